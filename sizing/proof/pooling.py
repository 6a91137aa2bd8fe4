"""How far does one number of one's own tell the others? From rows that one source measured on one device.

A share of what a test was off by, where the fit had not seen the case, holds for the machine's other cases, too; what
is left of their residuals is their range.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sizing.engine.fitted import NEAR, TELLS, Near, Seen, Test, towards
from sizing.proof.judging import FEWEST, LeftOut, Split, spread
from sizing.proof.solving import Array
from sizing.proof.timings import Timing

SEED: Final = 2026
REFERENCES: Final = 4  # rows that each row is told by, at most
SHARES: Final = tuple(i / 20 for i in range(21))  # that are tried
ALIKE: Final = 1.01  # what is left by two shares that are alike
TOLD: Final = tuple((known, test, near) for known, tests in TELLS.items() for test in tests for near in NEAR)
ASKED: Final[Mapping[Seen, Split]] = {"all": "pairs", "device": "packings", "program": "devices"}

Rows = Mapping[Test, Sequence[Timing]]
Left = Mapping[Test, Mapping[Split, LeftOut]]


@dataclass(frozen=True)
class Told:
    """Rows that are asked for, and for each one of the same machine's that is known: logarithms of measured over
    predicted speed."""

    known: Array
    asked: Array
    devices: tuple[str, ...]

    def left(self, share: float) -> Array:
        """What is left of the asked rows' residuals once a share of what is known is told."""
        return self.asked - np.log([towards(float(ratio), share) for ratio in np.exp(self.known)])


def pooled(rows: Rows, left: Left) -> dict[str, list[float]]:
    """For what is known, each test that it tells of, what was seen and how near the case is: the share that holds, and
    the range."""
    found: dict[str, list[float]] = {}
    for known, test, near in TOLD:
        for seen, split in ASKED.items():
            told = pairs(rows, left, known, test, split, near)
            if len(told.asked) < FEWEST:
                told = pairs(rows, left, known, test, "devices", "other")
            share = _least(told)
            low, high = spread(told.left(share))
            found[f"{known} {test} {seen} {near}"] = [share, min(low, 1.0), max(high, 1.0)]
    return found


def _least(told: Told) -> float:
    """The smallest share that leaves as little as any, to a hundredth: no more is told than what the rows speak for."""
    means = [float(np.abs(told.left(share)).mean()) for share in SHARES]
    return next(share for share, mean in zip(SHARES, means, strict=True) if mean <= ALIKE * min(means))


def proved(rows: Rows, left: Left, shares: Mapping[str, Sequence[float]]) -> list[dict[str, Any]]:
    """Median and 90th percentile of the errors on a left-out device's rows of quality A, before and after one of its
    other rows is known."""
    found = []
    for known, test, near in TOLD:
        told = pairs(rows, left, known, test, "devices", near, quality="A")
        line: dict[str, Any] = {"known": known, "test": test, "near": near, "rows": len(told.asked)}
        line["devices"] = len(set(told.devices))
        for name, share in (("before", 0.0), ("after", shares[f"{known} {test} program {near}"][0])):
            off = np.abs(np.exp(-told.left(share)) - 1)
            line[name] = [round(float(np.quantile(off, q)), 4) for q in (0.5, 0.9)]
        found.append(line)
    return found


def pairs(rows: Rows, left: Left, which: Test, test: Test, split: Split, near: Near, quality: str = "") -> Told:
    """Every row of a test that a split judges, beside some rows of ``which`` test of the same source, device and
    program that are as near to it."""
    known, asked, devices = [], [], []
    machines = _machines(rows[which], left[which][split].own)
    choice = random.Random(SEED)
    for row, off in zip(rows[test], left[test][split].own, strict=True):
        if not np.isfinite(off) or (quality and row.case.row.quality != quality):
            continue
        beside = [
            other
            for one, other in machines[_machine(row)]
            if one.case.number != row.case.number and _near(one, row) == near
        ]
        for other in choice.sample(beside, min(REFERENCES, len(beside))):
            known.append(other)
            asked.append(float(off))
            devices.append(row.case.row.device)
    return Told(np.array(known), np.array(asked), tuple(devices))


def _machines(rows: Sequence[Timing], residuals: Array) -> Mapping[tuple[str, ...], list[tuple[Timing, float]]]:
    found: dict[tuple[str, ...], list[tuple[Timing, float]]] = defaultdict(list)
    for row, off in zip(rows, residuals, strict=True):
        if np.isfinite(off) and row.case.speed.kind != "batch":
            found[_machine(row)].append((row, float(off)))
    return found


def _machine(row: Timing) -> tuple[str, ...]:
    asked = row.case.row
    return row.source, asked.device, f"{asked.count}", row.device["program"], asked.host


def _near(one: Timing, other: Timing) -> Near:
    own, its = one.case.row, other.case.row
    if (own.model, own.format) == (its.model, its.format):
        return "same"
    alike = all(one.device[name] == other.device[name] for name in ("packing", "kind"))
    return "kin" if alike else "other"
