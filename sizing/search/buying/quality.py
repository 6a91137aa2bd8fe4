"""By what are purchases compared? By the best score within the wait; for one model by the bits of its format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot, inf
from typing import Final

from sizing.catalog import Catalog
from sizing.engine.bounds import Least
from sizing.engine.listing import as_good, follows
from sizing.engine.ranking import Scored
from sizing.engine.scoring import subject_of
from sizing.engine.serving import Choice
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.facts.scores import Score
from sizing.model import Model
from sizing.plan import Plan
from sizing.search.answer import Answer
from sizing.search.bounds import fewest
from sizing.search.estimating import estimates
from sizing.search.formats import choices
from sizing.search.models import released
from sizing.search.question import Question, Use, require_answers
from sizing.search.scoring import Board, seconds, test_of

# Bits from which a format's loss lies within what tests can tell; and bits that make no difference.
ENOUGH_BITS: Final = 8.0
SAME_BITS: Final = 0.5


@dataclass(frozen=True)
class Promise:
    """What a plan of a model can be at most, before it is made."""

    score: float
    written: float  # tokens of an answer, thinking among them


@dataclass(frozen=True)
class Quality:
    """What is asked for, and by what its answers are compared."""

    catalog: Catalog
    question: Question
    models: tuple[Model, ...]  # that come into question, the best first
    board: Board | None  # None: by bits where one model was named, else by what it is expected to score
    named: bool

    @staticmethod
    def of(catalog: Catalog, question: Question, model: Model | None = None) -> Quality:
        """What a question, or a model that was named, is compared by. Raises SizingError for what nobody can own."""
        if model is not None:
            if not model.open:
                raise SizingError(f"{model.id} is served by its maker alone, so that no machine runs it")
            require_answers(model)
            return Quality(catalog, question.of(model), (model,), None, named=True)
        asked = [one for one in catalog.models.values() if question.takes(one)]
        test = test_of(catalog, question, {one.id for one in asked})
        board = Board.of(catalog, question, test) if test else None
        if board is not None:
            asked = _not_followed(asked, board)
        found = Quality(catalog, question, tuple(asked), board, named=False)
        best = sorted(asked, key=lambda one: -max((x.score for x in found.promises(one)), default=-inf))
        return Quality(catalog, question, tuple(best), board, named=False)

    @property
    def tie(self) -> float:
        """The difference that says nothing."""
        return self.board.test.tie if self.board else SAME_BITS if self.named else 0.0

    @cached_property
    def margin(self) -> float:
        """By how much a better one must be better so that whatever beats it beats the other too.

        Where each score has an interval of its own, what is a tie with the one may be none with the other.
        """
        if self.board is None:
            return 0.0
        spreads = [one.spread or 0.0 for rows in self.board.rows.values() for one in rows]
        least, most = min(spreads, default=0.0), max(spreads, default=0.0)
        return most - least if least > 0 or most == 0 else hypot(most, most)

    @property
    def wait(self) -> float:
        """Seconds within which an answer stands; of one model that was named, only where that was said."""
        asked = self.question.wait
        return self.needs.wait if self.board is not None else inf if asked is None else asked

    def promises(self, model: Model) -> Sequence[Promise]:
        """What a model can be at most; none where it has no score."""
        answer = float(self.needs.answer)
        if self.board is not None:
            return [Promise(one.value, more + answer) for one, more in self.board.written(model.id)]
        return [Promise(ENOUGH_BITS if self.named else self._expected(model), answer)]

    def least_seconds(self, model: Model, machine: Machine) -> float:
        """Seconds than which a plan of the model takes no fewer for a token that it writes here."""
        return self._least[model.id].seconds(machine.rig)

    @cached_property
    def needs(self) -> Use:
        """What an answer must keep to."""
        return self.question.needs

    @cached_property
    def choices(self) -> Mapping[str, Sequence[Choice]]:
        """Of each model, the formats in which it may be served."""
        return {one.id: choices(one, self.question) for one in self.models}

    @cached_property
    def _least(self) -> Mapping[str, Least]:
        """What each model takes at least, in whatever format."""
        return {name: fewest(one.least for one in found) for name, found in self.choices.items()}

    def answer(self, p: Plan) -> Answer | None:
        """The plan with its score and how soon it answers; None where that is not known, or takes too long."""
        if self.board is not None:
            return self.board.answer(p, self.question)
        takes = seconds(p, self.question, 0)
        return None if takes is None or takes > self.wait else Answer(p, takes)

    def scored(self, answer: Answer) -> Scored:
        """An answer as plain figures."""
        takes = inf if answer.seconds is None else answer.seconds
        score, spread = self._expected(answer.plan.model), 0.0
        if answer.score is not None:
            score, spread = answer.score.value, answer.score.spread or 0.0
        elif self.named:
            score = min(answer.plan.format.bits, ENOUGH_BITS)
        outcome = answer.plan.outcome
        return Scored(score, spread, takes, outcome.whole, outcome.firm)

    def _expected(self, model: Model) -> float:
        """What a model without a score is compared by: what it is expected to score."""
        found = estimates(self.catalog).get(subject_of(self.question, self.catalog.benchmarks))
        return found.by_model.get(model.id, 0.0) if found else _size(model)


def _not_followed(models: Sequence[Model], board: Board) -> list[Model]:
    """Those that their maker has not followed by a newer one of their size that scores as much in each mode: the same
    machine serves it as fast."""
    told = {one.id: (released(one), board.rows.get(one.id, [])) for one in models}

    def equals(newer: Sequence[Score], older: Sequence[Score]) -> bool:
        return all(
            any(x.mode == one.mode and as_good(_figures(x), _figures(one), board.test.tie) for x in newer)
            for one in older
        )

    return [
        one
        for one in models
        for own, rows in [told[one.id]]
        if not any(follows(other, own) and theirs and equals(theirs, rows) for other, theirs in told.values())
    ]


def _figures(one: Score) -> Scored:
    return Scored(one.value, one.spread or 0.0, 0.0)


def _size(model: Model) -> float:
    return float(model.parameters.total) if model.parameters else 0.0
