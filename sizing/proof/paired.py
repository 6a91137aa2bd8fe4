"""Is one fit better than another? ``python -m sizing.proof.paired OLD`` compares ``fitted.json`` with an older one.

On the rows that both were judged by where devices were left out with their sources: rows that came, or went, change
nothing. A device's rows are off together, so devices are drawn, not rows (a paired bootstrap).
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from sizing.catalog import Catalog
from sizing.engine.fitted import TERMS, Fitted, Test
from sizing.fitted import FITTED
from sizing.proof.cases import cases
from sizing.proof.solving import Array

SEED: Final = 2026
DRAWS: Final = 2000
ENDS: Final = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Paired:
    """The rows of quality A of one class: their median error by both fits, and how much further off a device's are by
    the new one, in hundredths of a logarithm: less than nothing is better. ``low`` and ``high`` hold nine in ten draws.
    """

    test: Test
    kind: str
    rows: int
    devices: int
    before: float
    after: float
    change: float
    low: float
    high: float


def paired(catalog: Catalog, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Paired]:
    """Every class, by the residuals that two fits hold of left-out devices."""
    classes: dict[tuple[Test, str], dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    both = {test: _both(old["left_out"][test], new["left_out"][test]) for test in TERMS}
    for one in cases(catalog, Fitted.prior()):
        test: Test = "decode" if one.row.test == "decode" else "prefill"
        if one.row.quality == "A" and one.row.mark in both[test]:
            classes[test, one.speed.kind][one.row.device].append(both[test][one.row.mark])
    return [_told(test, kind, list(by.values())) for (test, kind), by in sorted(classes.items())]


def _both(old: Sequence[Any], new: Sequence[Any]) -> dict[str, tuple[float, float]]:
    """By a row's mark, predicted over measured by each fit."""
    before = {mark: device for mark, _, device in old}
    return {mark: (before[mark], device) for mark, _, device in new if mark in before}


def _told(test: Test, kind: str, devices: Sequence[Sequence[tuple[float, float]]]) -> Paired:
    ratios = np.array([pair for rows in devices for pair in rows])
    changes = np.array([np.mean([abs(math.log(new)) - abs(math.log(old)) for old, new in rows]) for rows in devices])
    weights = np.sqrt([len(rows) for rows in devices])  # rows of one device are alike, but not one
    drawn = np.random.default_rng(SEED).integers(0, len(devices), (DRAWS, len(devices)))
    means: Array = (changes * weights)[drawn].sum(axis=1) / weights[drawn].sum(axis=1)
    low, high = np.quantile(means, ENDS)
    before, after = np.median(np.abs(ratios - 1), axis=0)
    change = float((changes * weights).sum() / weights.sum())
    return Paired(
        test, kind, len(ratios), len(devices), float(before), float(after),
        *(100 * float(x) for x in (change, low, high)),
    )  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Print a line for each class."""
    old, new = (json.loads(Path(name).read_text(encoding="utf-8")) for name in (arguments[0], FITTED))
    for one in paired(Catalog.load(), old, new):
        print(
            f"{one.test:8} {one.kind:8} {one.rows:5} rows {one.devices:4} devices  {one.before:6.1%} → {one.after:6.1%}"
            f"  {one.change:+6.2f} ({one.low:+.2f} to {one.high:+.2f})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
