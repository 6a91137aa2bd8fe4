"""How far off is it? Speeds predicted by fits that have not seen a case, beside what was measured.

``sizing.fit`` makes these predictions and writes them into ``fitted.json`` together with the constants; they are told
here. A row is known by its number among the measurements, which holds as long as the fit is fresh.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sizing.cases import cases, fingerprint
from sizing.catalog import Catalog
from sizing.fitted import Test, fitted
from sizing.measurements import Measurement
from sizing.plan import Plan


@dataclass(frozen=True, slots=True)
class Errors:
    """Absolute errors of predicted over measured speed, less one."""

    median: float
    median_of_devices: float  # the median over devices of each device's median
    p90: float
    inside: float | None = None  # the share of rows in the range that the other groups' residuals tell


@dataclass(frozen=True, slots=True)
class Line:
    """One class of rows of quality A."""

    test: Test
    kind: str
    rows: int
    devices: int
    pairs_left_out: Errors
    devices_left_out: Errors
    rules: Mapping[str, Errors]  # of thumb: size, share


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measured row, and predicted over measured speed where its (device, model) pair, or its device, was left out."""

    row: Measurement
    pair_left_out: float
    device_left_out: float

    @property
    def predicted(self) -> float:
        """Tokens/s, predicted without a look at this device."""
        return self.row.tok_s * self.device_left_out

    @property
    def reason(self) -> Literal["alone", "unlike"]:
        """Why it is likely far off: no other device of its kind was measured, or rows alike say something else."""
        return "alone" if abs(math.log(self.pair_left_out)) < abs(math.log(self.device_left_out)) / 2 else "unlike"


def table() -> list[Line]:
    """The error of every class."""
    return [
        Line(
            line["test"], line["class"], line["rows"], line["device_count"],
            Errors(**line["pairs"]), Errors(**line["devices"]),
            {rule: Errors(**errors) for rule, errors in line["rules"].items()},
        )
        for line in fitted().data["validation"]
    ]  # fmt: skip


def comparisons(catalog: Catalog, test: Test) -> list[Comparison]:
    """Every row that the fit stands on."""
    rows = catalog.measurements()
    return [Comparison(rows[number], pair, device) for number, pair, device in fitted().data["left_out"][test]]


def worst(found: Iterable[Comparison], most: int) -> list[Comparison]:
    """The rows of quality A that are furthest off, one for each device and model."""
    ordered = sorted(
        (c for c in found if c.row.quality == "A"), key=lambda c: abs(math.log(c.device_left_out)), reverse=True
    )
    first: dict[Any, Comparison] = {}
    for c in ordered:
        first.setdefault((c.row.device, c.row.model), c)
    return list(first.values())[:most]


def is_fresh(catalog: Catalog) -> bool:
    """Whether the constants were fitted to the rows and entries as they stand."""
    return bool(fitted().data["fingerprint"] == fingerprint(cases(catalog)))


def measured(catalog: Catalog, p: Plan, test: Test = "decode") -> Measurement | None:
    """The newest measurement of a plan's own case: on its device, near its depth; None where there is none."""
    if p.machine is None or p.layout is None or p.layout.offloaded:
        return None
    device = p.machine.devices[0].device
    found = [
        row
        for row in catalog.measurements()
        if device is not None
        and (row.test, row.model, row.format, row.runtime) == (test, p.model.id, p.format.id, p.runtime.id)
        and (row.device, row.count, row.batch) == (device.id, len(p.machine.devices), p.sequences)
        and row.experts_on_host is None
        and row.layers_on_device is None
        and p.context / 2 <= max(1, _context(row)) <= p.context * 2
    ]
    return max(found, key=lambda row: (row.era, row.quality == "A", row.version), default=None)


def _context(row: Measurement) -> int:
    return max(row.depth, row.prompt or 0) + (row.generated or 0)
