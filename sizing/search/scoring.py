"""How well does a plan answer, and how soon? Its best score within the wait, in one edition of one test."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.scores import Score
from sizing.plan import Plan
from sizing.search.answer import Answer
from sizing.search.question import Question


def seconds(p: Plan, question: Question, thinking: float) -> float | None:
    """Until an answer of the use's length stands: the prompt read, ``thinking`` tokens and the answer written."""
    needs = question.needs
    first = p.time_to_first_token(needs.prompt)
    written = thinking + needs.answer
    rate = p.decode_at(min(needs.context, needs.prompt + round(written)))
    return None if first is None or rate is None else first + written / rate.value


def test_of(catalog: Catalog, question: Question, models: Collection[str]) -> Benchmark | None:
    """The edition whose scores decide: the one that was asked for, else of the subject the one with most of these
    models; of two with as many, the newer. None where none of them has a score. Raises SizingError for an unknown
    one."""
    if question.benchmark is not None:
        found = catalog.benchmarks.get(question.benchmark)
        if found is None:
            known = ", ".join(catalog.benchmarks)
            raise SizingError(f"{question.benchmark!r} is no test of this catalog; give one of {known}")
        return found
    covered = Counter(name for name, _ in {(s.benchmark, s.model) for s in catalog.scores() if s.model in models})
    own = [one for one in catalog.benchmarks.values() if one.subject == question.needs.subject and covered[one.id]]
    return max(own, key=lambda one: (covered[one.id], one.day), default=None)


@dataclass(frozen=True)
class Board:
    """The scores of one edition that a question allows, by model."""

    question: Question
    test: Benchmark
    rows: Mapping[str, list[Score]]
    thinking: Mapping[str, float]  # tokens more that an answer takes with thinking; of "" where a model says nothing

    @staticmethod
    def of(catalog: Catalog, question: Question, test: Benchmark) -> Board:
        """The scores that say more than guessing would."""
        rows: dict[str, list[Score]] = defaultdict(list)
        for one in catalog.scores():
            guessed = one.value <= test.chance + (one.spread or test.tie)
            if one.benchmark == test.id and not guessed and question.thinking in (None, one.mode == "thinking"):
                rows[one.model].append(one)
        return Board(question, test, rows, _thinking(catalog.scores()))

    def written(self, model: str) -> Iterator[tuple[Score, float]]:
        """Each score of a model with the tokens that it thinks for an answer."""
        for one in self.rows.get(model, ()):
            yield one, self.thinking.get(model, self.thinking[""]) if one.mode == "thinking" else 0.0

    def answer(self, p: Plan) -> Answer | None:
        """The plan with its best score within the wait, the sooner of equals; None where it has none."""
        within = []
        for one, more in self.written(p.model.id):
            takes = seconds(p, self.question, more)
            if takes is not None and takes <= self.question.needs.wait:
                within.append((one.value, -takes, one))
        if not within:
            return None
        _, waited, best = max(within, key=lambda x: x[:2])
        return Answer(p, -waited, best, self.test)


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
