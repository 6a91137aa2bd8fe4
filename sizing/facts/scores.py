"""How well did models do? The rows of ``measurements/scores.csv``: one model's score in one edition of a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from sizing.facts.columns import ADDRESS, DAY, SOME_TEXT, TEXT, id_of, number, one_of, whole
from sizing.facts.tables import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Row):
    """What somebody other than its maker measured of a model, in its published weights."""

    key: ClassVar = ("benchmark", "model", "checkpoint", "mode")

    benchmark: Annotated[str, id_of("benchmarks")]
    model: Annotated[str, id_of("models")]
    mode: Annotated[str, one_of("mode", "thinking", "plain")]  # plain: it answers without thinking first
    checkpoint: Annotated[str, SOME_TEXT]  # as the test's table calls it
    value: Annotated[float, number(0, 10_000)]
    spread: Annotated[float | None, number(0, 1000, empty=None)]  # half of its 95 % interval, where it is stated
    tokens: Annotated[int | None, whole(1, 10**6, empty=None)]  # mean of an answer, thinking among them
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]
    note: Annotated[str, TEXT]


SCORES: Final = Table("measurements/scores.csv", Score)
