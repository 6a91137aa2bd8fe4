"""What runs here, best first? Models on a machine by score and by how long one waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from sizing.catalog import Catalog
from sizing.engine.ranking import Scored, apart, front
from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.machine import Machine
from sizing.search.answer import Answer
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import Board, seconds, test_of


def fit(catalog: Catalog, machine: Machine, question: Question = CHAT, *, beaten: bool = False) -> list[Answer]:
    """The models that answer a question on a machine, best first; with ``beaten`` those too that another one beats.

    First those with a score in one edition of one test: of each, its best within the wait, and of these the ones that
    no faster one equals. Where none has a score, the ones with the most parameters come first; with ``beaten`` they
    follow. Raises SizingError for an unknown test.
    """
    asked = (m for m in catalog.models.values() if question.takes(m))
    plans = [p for p in (serving(model, machine, question) for model in asked) if p is not None]
    test = test_of(catalog, question, {p.model.id for p in plans})
    board = Board.of(catalog, question, test) if test else None
    scored = [one for p in plans if (one := board.answer(p)) is not None] if board else []
    best = _ranked(scored, test, beaten) if test else []
    if best and not beaten:
        return best
    without = {a.plan.model.id for a in scored}
    why = "no independent score" if test is None else f"no score within the wait in {test.name} ({test.edition})"
    rest = [Answer(p, seconds(p, question, 0), why=(why,)) for p in plans if p.model.id not in without]
    return [*best, *sorted(rest, key=_size, reverse=True)]


def _size(answer: Answer) -> int:
    counted = answer.plan.model.parameters
    return counted.total if counted else 0


def _ranked(answers: Sequence[Answer], test: Benchmark, beaten: bool) -> list[Answer]:
    figures = [Scored(a.score.value, a.score.spread or 0, a.seconds) for a in answers if a.score and a.seconds]
    places = front(figures, test.tie)
    kept = [
        _told(answers, figures, place, below, test) for place, below in zip(places, [*places[1:], None], strict=True)
    ]
    if not beaten:
        return kept
    others = sorted(set(range(len(answers))) - set(places), key=lambda i: (-figures[i].score, figures[i].seconds))
    return [*kept, *(_beaten(answers, figures, place, places, test) for place in others)]


def _told(
    answers: Sequence[Answer], figures: Sequence[Scored], place: int, below: int | None, test: Benchmark
) -> Answer:
    """An answer with why it beats the next one."""
    one = answers[place]
    why = f"{figures[place].score:g} in {test.name} ({test.edition}), an answer in {figures[place].seconds:.0f} s"
    if below is None:
        return Answer(one.plan, one.seconds, one.score, test, (why, "nothing faster scores as high"))
    more = figures[place].score - figures[below].score
    return Answer(
        one.plan, one.seconds, one.score, test, (why, f"{more:.3g} more than {answers[below].plan.model.name}")
    )


def _beaten(
    answers: Sequence[Answer], figures: Sequence[Scored], place: int, kept: Sequence[int], test: Benchmark
) -> Answer:
    """An answer with which one beats it: as good as it and faster."""
    mine, one = figures[place], answers[place]
    by = next(
        i for i in kept
        if figures[i].seconds <= mine.seconds and mine.score - figures[i].score <= apart(mine, figures[i], test.tie)
    )  # fmt: skip
    why = f"{answers[by].plan.model.name} scores {figures[by].score:g} and answers in {figures[by].seconds:.0f} s"
    return Answer(one.plan, one.seconds, one.score, test, (why,))
