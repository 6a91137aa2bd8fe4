"""How far off are predictions of anyone's rows? Each predicted, and errors by class and by what the fit has seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Literal

from sizing.catalog import Catalog
from sizing.engine.fitted import Fitted, Seen
from sizing.engine.speed import Rate
from sizing.facts.measurements import SPEEDS, Measurement
from sizing.proof.cases import case

Era = Literal["reader", "own"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of a file and what is predicted of it. Tokens/s of all its sequences together."""

    cells: dict[str, str]  # as in the file
    measured: float | None
    test: str
    rate: Rate | None
    why: str | None  # why nothing is predicted
    kind: str | None
    seen: Seen | None

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON: the file's own columns, too."""
        rate = self.rate
        return {
            **self.cells,
            "value": rate.value if rate else None,
            "low": rate.low if rate else None,
            "high": rate.high if rate else None,
            "why": self.why,
            "class": self.kind,
            "seen": self.seen,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """The absolute errors of some rows' predicted speed, and the share of rows in their range."""

    name: str
    rows: int
    median: float
    p90: float
    inside: float


def judged(catalog: Catalog, file: Path, fitted: Fitted, era: Era) -> list[Judged]:
    """Every row of a file of measurements, predicted as a reader is answered today, or for its own build's era.

    Raises SizingError for a file that is no such table.
    """
    return [_judged(catalog, cells, row, fitted, era) for cells, row in SPEEDS.anyones(file, catalog)]


def _judged(catalog: Catalog, cells: dict[str, str], row: Measurement | str, fitted: Fitted, era: Era) -> Judged:
    if isinstance(row, str):
        return Judged(cells, None, cells["test"], None, row, None, None)
    found = case(catalog, row, fitted=fitted)
    if isinstance(found, str):
        return Judged(cells, row.tok_s, row.test, None, found, None, None)
    speed = found.speed if era == "own" else replace(found.speed, era=None)
    rate = replace(found, speed=speed).predicted
    why = None if rate else "undisclosed: " + (", ".join(speed.unknown()) or "a bandwidth")
    seen = speed.seen("decode" if row.test == "decode" else "prefill")
    return Judged(cells, row.tok_s, row.test, rate, why, speed.kind, seen)


def summaries(found: Sequence[Judged]) -> list[Summary]:
    """The errors of each test by class, then by what was seen, then of all."""
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for named in (lambda one: one.kind, lambda one: f"seen: {one.seen}", lambda one: "all"):
        for one in sorted(found, key=lambda one: (one.test, str(named(one)))):
            if one.rate is not None and one.measured is not None:
                off = abs(one.rate.value / one.measured - 1)
                groups[f"{one.test} {named(one)}"].append((off, one.rate.low <= one.measured <= one.rate.high))
    return [
        Summary(name, len(own), median(errors), _p90(errors), sum(inside for _, inside in own) / len(own))
        for name, own in groups.items()
        for errors in [[off for off, _ in own]]
    ]


def _p90(errors: Sequence[float]) -> float:
    return quantiles(errors, n=10, method="inclusive")[-1] if len(errors) > 1 else errors[0]
