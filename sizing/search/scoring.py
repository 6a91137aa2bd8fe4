"""How well does a plan answer, and how soon? The engine's scoring (``sizing.engine.scoring``) of a catalog's scores."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sizing.catalog import Catalog, planner_of
from sizing.engine import scoring as engine
from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.scores import Score
from sizing.kept import Same
from sizing.plan import Plan
from sizing.search.answer import Answer
from sizing.search.estimating import Estimate, Estimates
from sizing.search.question import Question

Found = engine.Found[Plan, Score, Benchmark]


def seconds(p: Plan, question: Question, thinking: float) -> float | None:
    """Until an answer of the use's length stands: the prompt read, ``thinking`` tokens and the answer written."""
    return engine.seconds(p.outcome, question, thinking)


def timed(p: Plan, question: Question) -> Answer:
    """A plan as an answer, with the seconds until it stands without thinking."""
    return Answer(p, seconds(p, question, 0), asked=question)


def answer_of(found: Found, question: Question, expected: Estimates | None = None) -> Answer:
    """What was found as an answer to a question; ``expected`` is of what test its estimate is."""
    return Answer(
        estimate=None if expected is None or found.estimate is None else Estimate(found.estimate, expected),
        plan=found.plan,
        seconds=found.seconds,
        score=found.score,
        benchmark=found.test,
        why=found.why,
        asked=question,
        thinking=found.thinking,
        kind=found.kind,
    )


def test_of(catalog: Catalog, question: Question, models: Collection[str]) -> Benchmark | None:
    """The edition whose scores decide: of those that may, the one with most of these models; of two with as many, the
    newer. None where none of them has a score. Raises SizingError for an unknown one."""
    return engine.test_of(question, catalog.benchmarks, catalog.scores(), list(models))


@dataclass(frozen=True)
class Board(engine.Board[Score, Benchmark]):
    """The scores of one edition that a question allows, by model."""

    @staticmethod
    def of(catalog: Catalog, question: Question, test: Benchmark) -> Board:
        """The scores that say more than guessing would."""
        scores = catalog.scores()
        return Board(question, test, engine.rows_of(question, test, scores), engine.thinking_of(scores))

    def answer(self, p: Plan, question: Question) -> Answer | None:
        """The plan with its best score within the wait, the sooner of equals; None where it has none, or nobody knows
        how long its prompt takes."""

        def make() -> Answer | None:
            found = self.found(p)
            return None if found is None or found.seconds is None else answer_of(found, question)

        key = "answer", Same(p), question, self.question, Same(self.test), tuple(self.written(p.model.id))
        return planner_of(p.model).kept.get(key, make)
