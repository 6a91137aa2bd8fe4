"""What runs here, best first; and what runs this? Models on a machine by score and by how long one waits for an answer,
machines for a model by what they cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sizing.engine.choosing import P
from sizing.engine.question import Question
from sizing.engine.ranking import Scored, apart, front
from sizing.engine.scoring import Board, E, Found, S, rows_of, seconds, test_of, tests_of, thinking_of


def fit(
    question: Question,
    models: Sequence[str],
    serve: Callable[[str], P | None],
    tests: Mapping[str, E],
    scores: Sequence[S],
    called: Callable[[str], str],
    size: Callable[[str], int],
    beaten: bool,
) -> list[Found[P, S, E]]:
    """The models that answer a question on a machine, best first; with ``beaten`` those too that another one beats.

    First those with a score in one edition of one test: of each, its best within the wait, and of these the ones that
    no faster one equals. Where none has a score, the ones with the most parameters come first; with ``beaten`` they
    follow. ``serve`` gives the plan in which a model serves here, ``called`` its name, ``size`` its parameters. Raises
    SizingError for an unknown test.
    """
    may = tests_of(question, tests)
    known = dict.fromkeys([x.model for x in scores if x.benchmark in may])
    plans = _served([name for name in models if name in known], serve)
    test = test_of(question, tests, scores, [p.outcome.loaded.model for p in plans])
    best: list[Found[P, S, E]] = []
    without = dict.fromkeys(models)
    why = "no independent score"
    if test is not None:
        board = Board(question, test, rows_of(question, test, scores), thinking_of(scores))
        scored = [one for p in plans for one in [board.found(p)] if one is not None]
        best = _ranked(scored, test, called, beaten)
        if best and not beaten:
            return best  # what has no score need not be planned
        ranked = dict.fromkeys([x.plan.outcome.loaded.model for x in scored])
        without = dict.fromkeys([name for name in models if name not in ranked])
        why = f"no score within the wait in {test.name} ({test.edition})"
    plans = [*plans, *_served([name for name in models if name not in known], serve)]
    rest: list[Found[P, S, E]] = []
    for p in plans:
        if p.outcome.loaded.model in without:
            rest.append(Found(p, seconds(p.outcome, question, 0), None, None, (why,)))
    return [*best, *sorted(rest, key=lambda x: -size(x.plan.outcome.loaded.model))]


def _served(models: Sequence[str], serve: Callable[[str], P | None]) -> list[P]:
    """The plans of those models that serve."""
    return [p for name in models for p in [serve(name)] if p is not None]


def _ranked(
    answers: Sequence[Found[P, S, E]], test: E, called: Callable[[str], str], beaten: bool
) -> list[Found[P, S, E]]:
    figures: list[Scored] = []
    for x in answers:
        assert x.score is not None
        assert x.seconds is not None
        figures.append(Scored(x.score.value, x.score.spread or 0.0, x.seconds))
    places = front(figures, test.tie)
    kept: list[Found[P, S, E]] = []
    for i, place in enumerate(places):
        mine = figures[place]
        why = f"{mine.score:g} in {test.name} ({test.edition}), an answer in {round(mine.seconds)} s"
        over = "nothing faster scores as high"
        if i + 1 < len(places):
            more = mine.score - figures[places[i + 1]].score
            over = f"{more:.3g} more than {called(answers[places[i + 1]].plan.outcome.loaded.model)}"
        kept.append(replace(answers[place], why=(why, over)))
    if not beaten:
        return kept
    others = [i for i in range(len(answers)) if i not in places]
    for place in sorted(others, key=lambda i: (-figures[i].score, figures[i].seconds)):
        by = _by_which(figures, place, places, test.tie)
        how = f"scores {figures[by].score:g} and answers in {round(figures[by].seconds)} s"
        why = f"{called(answers[by].plan.outcome.loaded.model)} {how}"
        kept.append(replace(answers[place], why=(why,)))
    return kept


def _by_which(figures: Sequence[Scored], place: int, kept: Sequence[int], tie: float) -> int:
    """The first of those kept that beats an answer: as good as it, and faster."""
    mine = figures[place]
    for i in kept:
        if figures[i].seconds <= mine.seconds and mine.score - figures[i].score <= apart(mine, figures[i], tie):
            return i
    return place


def context_within(question: Question, limit: int | None) -> int:
    """The use's context, or a model's limit where that is shorter and no context was asked for."""
    wanted = question.needs.context
    return question.context or (wanted if limit is None else min(wanted, limit))


def machines(
    question: Question,
    names: Sequence[str],
    serve: Callable[[str], P | None],
    standing: Callable[[str], tuple[int, float]],
    capacity: Callable[[str], int],
) -> list[tuple[str, Found[P, S, E]]]:
    """The machines on which a model answers a question, the cheapest first, each by its name.

    ``serve`` gives the plan in which it serves there, ``standing`` by what machines are put in order, ``capacity`` what
    their devices offer, which decides among equals.
    """
    found: list[tuple[str, Found[P, S, E]]] = []
    for name in names:
        p = serve(name)
        if p is not None:
            found.append((name, Found(p, seconds(p.outcome, question, 0))))
    return sorted(found, key=lambda x: (standing(x[0]), capacity(x[0]), _slow_to_decode(x[1].plan)))


def _slow_to_decode(p: P) -> float:
    rate = p.outcome.decode_at(p.outcome.context)
    return -rate.value if rate else 0.0
