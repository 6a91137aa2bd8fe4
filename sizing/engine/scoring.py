"""How well does a plan answer, and how soon? Its best score within the wait, in one edition of one test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sizing.engine.choosing import P
from sizing.engine.numbers import middle
from sizing.engine.outcome import Outcome
from sizing.engine.question import Question
from sizing.engine.ranking import Scored, front
from sizing.errors import SizingError


class Edition(Protocol):
    """One edition of a test."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def edition(self) -> str:
        """The version or the day of the table."""

    @property
    def subject(self) -> Any:
        """What it is of."""

    @property
    def day(self) -> Any:
        """The day of the table; of two, the later one is more."""

    @property
    def tie(self) -> float:
        """The difference up to which two scores say nothing, where rows state no interval."""

    @property
    def chance(self) -> float:
        """The score of guessing."""

    @property
    def rating(self) -> bool:
        """Whether a score is a rating, which says only by how much one is ahead of another."""


class Row(Protocol):
    """A score of a model in a test."""

    @property
    def benchmark(self) -> str:
        """The test's id."""

    @property
    def model(self) -> str:
        """The model's id."""

    @property
    def mode(self) -> str:
        """``thinking`` or ``plain``."""

    @property
    def value(self) -> float:
        """The score."""

    @property
    def spread(self) -> float | None:
        """Half of its 95 % interval, where that is stated."""

    @property
    def tokens(self) -> int | None:
        """The mean of an answer's tokens, thinking among them, where that is stated."""


S = TypeVar("S", bound=Row)
E = TypeVar("E", bound=Edition)


@dataclass(frozen=True)
class Found(Generic[P, S, E]):
    """A plan with its score, how long one waits for it, and why it stands where it does."""

    plan: P
    seconds: float | None  # until an answer stands, thinking among it
    score: S | None = None
    test: E | None = None  # of which the score is
    why: tuple[str, ...] = ()
    thinking: float = 0.0  # tokens that are thought before
    kind: str | None = None  # what it is among the others, such as FRONT of ``sizing.engine.listing``
    estimate: float | None = None  # where it has no score: what scored models of its size and day lead to expect


def seconds(found: Outcome, question: Question, thinking: float) -> float | None:
    """Until an answer of the use's length stands: the prompt read, ``thinking`` tokens and the answer written."""
    needs = question.needs
    first = found.time_to_first_token(needs.prompt)
    written = thinking + needs.answer
    rate = found.decode_at(min(needs.context, needs.prompt + round(written)))
    return None if first is None or rate is None else first + written / rate.value


def waited(found: Outcome, question: Question, thinking: float) -> float | None:
    """The seconds until an answer stands; where nobody knows how long the prompt takes, as of some processors, those in
    which it is written: how answers compare there. Where that is not known either, none if no speed is asked for, as
    all are alike in that; else None."""
    takes = seconds(found, question, thinking)
    if takes is not None:
        return takes
    needs = question.needs
    written = thinking + needs.answer
    rate = found.decode_at(min(needs.context, needs.prompt + round(written)))
    if rate is None:
        return 0.0 if needs.min_decode <= 0 else None
    return written / rate.value


def rate_within(found: Outcome, question: Question, thinking: float) -> float | None:
    """Tokens/s at which an answer that takes longer than the wait would stand within it; None where it does, or where
    reading the prompt alone takes longer."""
    takes, needs = waited(found, question, thinking), question.needs
    first = found.time_to_first_token(needs.prompt)
    read = 0.0 if first is None else first
    if takes is None or takes <= needs.wait or read >= needs.wait:
        return None
    return (thinking + needs.answer) / (needs.wait - read)


def tests_of(question: Question, tests: Mapping[str, E]) -> dict[str, E]:
    """The editions that may decide, by id: the one that was asked for, else those of the subject. Raises SizingError
    for an unknown one."""
    if question.benchmark is None:
        subject = question.needs.subject
        return {name: one for name, one in tests.items() if one.subject == subject}
    if question.benchmark not in tests:
        raise SizingError(f"'{question.benchmark}' is no test of this catalog; give one of {', '.join(tests)}")
    return {question.benchmark: tests[question.benchmark]}


def subject_of(question: Question, tests: Mapping[str, E]) -> str:
    """What the tests are of that may decide. Raises SizingError for an unknown one."""
    if question.benchmark is None:
        return question.needs.subject
    return str(tests_of(question, tests)[question.benchmark].subject)


def test_of(question: Question, tests: Mapping[str, E], scores: Sequence[S], models: Sequence[str]) -> E | None:
    """The edition whose scores decide: of those that may, the one with most of these models; of two with as many, the
    newer. None where none of them has a score. Raises SizingError for an unknown one."""
    may = tests_of(question, tests)
    if question.benchmark is not None:
        return may[question.benchmark]
    asked = dict.fromkeys(models)
    covered = dict.fromkeys(may, 0)
    for name, _ in dict.fromkeys([(x.benchmark, x.model) for x in scores if x.model in asked and x.benchmark in may]):
        covered[name] = covered[name] + 1
    best: E | None = None
    for name, one in may.items():
        most = 0 if best is None else covered[best.id]
        if covered[name] > most or (best is not None and covered[name] == most and one.day > best.day):
            best = one
    return best


@dataclass(frozen=True)
class Board(Generic[S, E]):
    """The scores of one edition that a question allows, by model."""

    question: Question
    test: E
    rows: Mapping[str, list[S]]
    thinking: Mapping[str, float]  # tokens more that an answer takes with thinking; of "" where a model says nothing

    def written(self, model: str) -> list[tuple[S, float]]:
        """Each score of a model with the tokens that it thinks for an answer."""
        thought = self.thinking.get(model, self.thinking[""])
        return [(one, thought if one.mode == "thinking" else 0.0) for one in self.rows.get(model, [])]

    def found(self, p: P) -> Found[P, S, E] | None:
        """The plan with its best score within the wait, a slower one where it is higher by more than chance; None where
        it has none."""
        timed: list[Found[P, S, E]] = []
        scored: list[Scored] = []
        for one, more in self.written(p.outcome.loaded.model):
            takes = waited(p.outcome, self.question, more)
            if takes is not None and takes <= self.question.needs.wait:
                timed.append(Found(p, seconds(p.outcome, self.question, more), one, self.test, (), more))
                scored.append(Scored(one.value, 0.0 if one.spread is None else one.spread, takes))
        best = front(scored, self.test.tie)
        return timed[best[0]] if best else None


def rows_of(question: Question, test: E, scores: Sequence[S]) -> dict[str, list[S]]:
    """The scores in a test that say more than guessing would, by model."""
    rows: dict[str, list[S]] = {}
    for one in scores:
        guessed = one.value <= test.chance + (one.spread or test.tie)
        allowed = question.thinking is None or question.thinking == (one.mode == "thinking")
        if one.benchmark == test.id and not guessed and allowed:
            if one.model not in rows:
                rows[one.model] = []
            rows[one.model].append(one)
    return rows


def thinking_of(scores: Sequence[S]) -> dict[str, float]:
    """How many tokens more an answer takes with thinking: a model's own mean where a test tells it, and for all others
    (``""``) the median of these."""
    told: dict[str, dict[str, list[int]]] = {"plain": {}, "thinking": {}}
    for one in scores:
        if one.tokens is not None:
            own = told[one.mode]
            if one.model not in own:
                own[one.model] = []
            own[one.model].append(one.tokens)
    plain = middle([n for _, counts in told["plain"].items() for n in counts])
    more: dict[str, float] = {}
    for model, counts in told["thinking"].items():
        less = told["plain"].get(model)
        more[model] = max(0.0, max(counts) - (plain if less is None else min(less)))
    more[""] = middle([n for _, n in more.items()])
    return more
