"""What runs here, best first? Models on a machine by score and by how long one waits for an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from sizing.catalog import Catalog
from sizing.engine.ranking import Scored, apart, front
from sizing.errors import SizingError
from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.machine import Machine
from sizing.facts.scores import Score
from sizing.model import Model
from sizing.plan import Plan
from sizing.search.answer import Answer
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question


def fit(catalog: Catalog, machine: Machine, question: Question = CHAT, *, beaten: bool = False) -> list[Answer]:
    """The models that answer a question on a machine, best first; with ``beaten`` those too that another one beats.

    First those with a score in one edition of one test: of each, its best within the wait, and of these the ones that
    no faster one equals. Where none has a score, the ones with the most parameters come first; with ``beaten`` they
    follow. Raises SizingError for an unknown test.
    """
    asked = [m for m in catalog.models.values() if question.takes(m)]
    known = {s.model for s in catalog.scores() if s.benchmark in _tests(catalog, question)}
    plans = list(_served((m for m in asked if m.id in known), machine, question))
    test = _test(catalog, question, plans)
    scored = list(_scored(catalog, question, plans, test)) if test else []
    best = _ranked(scored, test, beaten) if test else []
    if best and not beaten:
        return best  # what has no score need not be planned
    plans += _served((m for m in asked if m.id not in known), machine, question)
    without = {a.plan.model.id for a in scored}
    why = "no independent score" if test is None else f"no score within the wait in {test.name} ({test.edition})"
    rest = [replace(timed(p, question), why=(why,)) for p in plans if p.model.id not in without]
    return [*best, *sorted(rest, key=_size, reverse=True)]


def _served(models: Iterable[Model], machine: Machine, question: Question) -> Iterator[Plan]:
    """The plans of those models that serve."""
    return (p for p in (serving(model, machine, question) for model in models) if p is not None)


def seconds(p: Plan, question: Question, thinking: float) -> float | None:
    """Until an answer of the use's length stands: the prompt read, ``thinking`` tokens and the answer written."""
    needs = question.needs
    first = p.time_to_first_token(needs.prompt)
    written = thinking + needs.answer
    rate = p.decode_at(min(needs.context, needs.prompt + round(written)))
    return None if first is None or rate is None else first + written / rate.value


def timed(p: Plan, question: Question) -> Answer:
    """A plan as an answer, with the seconds until it stands without thinking."""
    return Answer(p, seconds(p, question, 0), asked=question)


def _size(answer: Answer) -> int:
    counted = answer.plan.model.parameters
    return counted.total if counted else 0


def _tests(catalog: Catalog, question: Question) -> dict[str, Benchmark]:
    """The editions that may decide, by id: the one that was asked for, else those of the subject."""
    if question.benchmark is None:
        subject = question.needs.subject
        return {one.id: one for one in catalog.benchmarks.values() if one.subject == subject}
    found = catalog.benchmarks.get(question.benchmark)
    if found is None:
        known = ", ".join(catalog.benchmarks)
        raise SizingError(f"{question.benchmark!r} is no test of this catalog; give one of {known}")
    return {found.id: found}


def _test(catalog: Catalog, question: Question, plans: Sequence[Plan]) -> Benchmark | None:
    """The edition whose scores decide: of those that may, the one with most of these models; of two with as many, the
    newer. None where none of them has a score."""
    tests = _tests(catalog, question)
    if question.benchmark is not None:
        return tests[question.benchmark]
    ids = {p.model.id for p in plans}
    covered = Counter(name for name, _ in {(s.benchmark, s.model) for s in catalog.scores() if s.model in ids})
    own = [one for one in tests.values() if covered[one.id]]
    return max(own, key=lambda one: (covered[one.id], one.day), default=None)


def _thinking(scores: Iterable[Score]) -> dict[str, float]:
    """How many tokens more an answer takes with thinking: a model's own mean where a test tells it, and for all others
    (``""``) the median of these."""
    told: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in scores:
        if one.tokens is not None:
            told[one.model][one.mode].append(one.tokens)
    plain = median([n for modes in told.values() for n in modes["plain"]] or [0])
    more = {
        model: max(0.0, max(modes["thinking"]) - (min(modes["plain"]) if modes["plain"] else plain))
        for model, modes in told.items()
        if modes["thinking"]
    }
    return {**more, "": median(more.values() or [0.0])}


def _scored(catalog: Catalog, question: Question, plans: Sequence[Plan], test: Benchmark) -> Iterator[Answer]:
    """Each plan with its best score within the wait."""
    thinking = _thinking(catalog.scores())
    rows: dict[str, list[Score]] = defaultdict(list)
    for one in catalog.scores():
        guessed = one.value <= test.chance + (one.spread or test.tie)
        if one.benchmark == test.id and not guessed and question.thinking in (None, one.mode == "thinking"):
            rows[one.model].append(one)
    for p in plans:
        within = []
        for one in rows[p.model.id]:
            more = thinking.get(one.model, thinking[""]) if one.mode == "thinking" else 0
            takes = seconds(p, question, more)
            if takes is not None and takes <= question.needs.wait:
                within.append((one.value, -takes, one))
        if within:
            _, waited, one = max(within, key=lambda x: x[:2])
            more = thinking.get(one.model, thinking[""]) if one.mode == "thinking" else 0
            yield Answer(p, -waited, one, test, asked=question, thinking=more)


def _ranked(answers: Sequence[Answer], test: Benchmark, beaten: bool) -> list[Answer]:
    figures = [Scored(a.score.value, a.score.spread or 0, a.seconds) for a in answers if a.score and a.seconds]
    places = front(figures, test.tie)
    if not places:
        return []
    nexts = [*places[1:], None]
    kept = [_told(answers, figures, place, below, test) for place, below in zip(places, nexts, strict=True)]
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
        return replace(one, why=(why, "nothing faster scores as high"))
    more = figures[place].score - figures[below].score
    return replace(one, why=(why, f"{more:.3g} more than {answers[below].plan.model.name}"))


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
    return replace(one, why=(why,))
