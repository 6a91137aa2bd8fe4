"""How far off are predictions of what the fit has not seen? Rows left out in three ways, at two eras."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sizing.engine.fitted import Fitted, Seen, Test
from sizing.proof.accuracy import Errors
from sizing.proof.solving import FORM, Array, Form, Problem, newest, solve
from sizing.proof.timings import Timing

FOLDS: Final = 10
LATER: Final = "2026H2"  # the first era that the time split judges
RECENT: Final = "2026H1"  # the first era whose rows are judged at a reader's era; older builds were slower
STILL: Final = 3e-2  # how steep the cost may still be where the constants of left-out rows are found

Part = tuple[list[int], list[int]]  # the rows that are judged, and those that the fit sees


def by_pairs(rows: Sequence[Timing]) -> Iterator[Part]:
    """A tenth of the (device, model) pairs after another."""
    yield from _folds(rows, lambda row: row.pair)


def by_packings(rows: Sequence[Timing]) -> Iterator[Part]:
    """A tenth of the (device, packing) pairs after another."""
    yield from _folds(rows, lambda row: (row.case.row.device, row.device["packing"]))


def by_sources(rows: Sequence[Timing]) -> Iterator[Part]:
    """A tenth of the sources after another."""
    yield from _folds(rows, lambda row: (row.source, ""))


def by_devices(rows: Sequence[Timing]) -> Iterator[Part]:
    """One device after another, together with every row of every source that has measured it. Devices that one and the
    same source alone has measured are left out at once, as leaving out the source does anyway."""
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        sources[row.case.row.device].add(row.source)
    bundles: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for device, own in sorted(sources.items()):
        bundles[tuple(own) if len(own) == 1 else ("", device)].add(device)
    for devices in bundles.values():
        known = set[str]().union(*(sources[device] for device in devices))
        left_out = [row.case.row.device in devices or row.source in known for row in rows]
        judged = [i for i, row in enumerate(rows) if row.case.row.device in devices]
        yield judged, [i for i, out in enumerate(left_out) if not out]


def by_time(rows: Sequence[Timing]) -> Iterator[Part]:
    """The rows of the newest builds, by a fit to all earlier ones."""
    later = [row.case.row.era >= LATER for row in rows]
    yield [i for i, new in enumerate(later) if new], [i for i, new in enumerate(later) if not new]


def _folds(rows: Sequence[Timing], group: Callable[[Timing], tuple[str, str]]) -> Iterator[Part]:
    """Parts by the names of groups alone, so that a new one moves no other from the part that judged it before."""
    folds = [_fold(group(row)) for row in rows]
    for at in sorted(set(folds)):
        yield [i for i, own in enumerate(folds) if own == at], [i for i, own in enumerate(folds) if own != at]


def _fold(group: tuple[str, str]) -> int:
    return int.from_bytes(sha256("|".join(group).encode()).digest()[:8]) % FOLDS


Split = Literal["pairs", "packings", "devices", "time"]
Splitting = Callable[[Sequence[Timing]], Iterator[Part]]
SPLITS: Final[Mapping[Split, Splitting]] = {
    "pairs": by_pairs,
    "packings": by_packings,
    "devices": by_devices,
    "time": by_time,
}


@dataclass(frozen=True)
class LeftOut:
    """Logarithms of predicted over measured seconds of every row, by a fit that has not seen it; NaN of rows that the
    split does not judge."""

    own: Array  # at the era of the row
    reader: Array  # at the era that a reader is answered for
    seen: tuple[Seen | None, ...]  # what the fit had seen of the row's case


def left_out(
    test: Test, rows: Sequence[Timing], split: Splitting, near: Mapping[tuple[str, str], float], form: Form = FORM
) -> LeftOut:
    """Residuals of every row that the split judges; ``near`` is where the constants are looked for."""
    own, reader = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    seen: list[Seen | None] = [None for _ in rows]
    for judged, known in split(rows):
        if not judged or not known:
            continue
        fitted_to, asked = [rows[i] for i in known], [rows[i] for i in judged]
        constants, x = solve(test, fitted_to, near, STILL, form)
        eras, measured = newest(fitted_to), packings(fitted_to)
        own[judged] = Problem(constants, asked).residuals(x)
        reader[judged] = Problem(constants, [row.at(eras) for row in asked]).residuals(x)
        told = Fitted({}, {}, {}, {test: {p: {d: frozenset(k) for d, k in own.items()} for p, own in measured.items()}})
        for i, row in zip(judged, asked, strict=True):
            seen[i] = told.seen(test, row.device["program"], row.case.row.device, row.device["packing"])
    return LeftOut(own, reader, tuple(seen))


def packings(rows: Iterable[Timing]) -> dict[str, dict[str, list[str]]]:
    """The devices that were measured with each program, and the packings there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row.device["program"]][row.case.row.device].add(row.device["packing"])
    return {
        program: {device: sorted(own) for device, own in sorted(devices.items())}
        for program, devices in sorted(found.items())
    }


def errors(rows: Sequence[Timing], residuals: Array, inside: float | None = None) -> Errors:
    """The errors of these rows; ``inside`` is the share of them that lie in their range, where that is known."""
    off = np.abs(np.exp(-residuals) - 1)
    return Errors(
        len(rows),
        _rounded(np.median(off)),
        _of(off, [row.case.row.device for row in rows]),
        _of(off, [row.source for row in rows]),
        _rounded(np.quantile(off, 0.9)),
        inside,
    )


def _of(off: Array, groups: Sequence[str]) -> float:
    names = np.array(groups)
    return _rounded(np.median([np.median(off[names == name]) for name in sorted(set(groups))]))


def _rounded(x: float | np.floating[Any]) -> float:
    return round(float(x), 4)


FEWEST: Final = 20  # residuals from which a range is told
HELD: Final = 0.8  # the share of rows that a range is to hold
TENTH: Final = 0.1  # what each end of a range leaves out of the residuals that it is told by
LEVELS: Final = np.arange(0.25, 0.005, -0.005)  # shares that it may, where it is to hold others' rows
KIN: Final = 5  # devices that all classes together count as, beside those of one class


@dataclass(frozen=True)
class Off:
    """Residuals, and the device of each."""

    residuals: Array
    devices: NDArray[np.str_]

    def of(self, chosen: NDArray[np.bool_]) -> Off:
        """Those that are chosen."""
        return Off(self.residuals[chosen], self.devices[chosen])


def off_of(rows: Sequence[Timing], residuals: Array) -> Off:
    """The residuals of these rows."""
    return Off(residuals, np.array([row.case.row.device for row in rows], np.str_))


class Sample:
    """What tells the range of a class: its own residuals, and those of all classes of which as much was seen. These
    weigh as much as a few devices of its own would: little beside many, most where few tell."""

    def __init__(self, own: Off, every: Off) -> None:
        both = np.concatenate([own.residuals, every.residuals])
        order = np.argsort(both)
        self.own, self.residuals = own, both[order]
        self.devices = np.concatenate([own.devices, every.devices])[order]
        self.mine = order < len(own.residuals)

    def ends(self, shares: Array, without: str | None = None) -> Array | None:
        """Both ends of the range that leaves each share out: two rows, a column a share. None where too few residuals
        of devices other than ``without`` tell it."""
        told = self.devices != without
        mine, every = told & self.mine, told & ~self.mine
        if every.sum() < FEWEST:
            return None
        each = mine.sum() / len(np.unique(self.devices[mine])) if mine.any() else 1.0
        weight = np.cumsum(mine + every * (KIN * each / every.sum()))
        at = np.searchsorted(weight, np.concatenate([shares, 1 - shares]) * weight[-1])
        ends: Array = self.residuals[np.minimum(at, len(weight) - 1)].reshape(2, -1)
        return ends

    def held(self) -> tuple[NDArray[np.int_], int]:
        """How many of the class's rows lie in the range that other devices' rows tell, at each level, and of how many
        such a range is told."""
        right, judged = np.zeros(len(LEVELS), int), 0
        for name in np.unique(self.own.devices):
            ends = self.ends(LEVELS, name)
            if ends is not None:
                its = self.own.residuals[self.own.devices == name][:, None]
                right += ((its >= ends[0]) & (its <= ends[1])).sum(axis=0)
                judged += len(its)
        return right, judged


def told(sample: Sample) -> tuple[float, float]:
    """The range of measured over predicted. Raises ValueError where too few residuals tell it."""
    ends = sample.ends(np.array([level(sample)]))
    if ends is None:
        raise ValueError(f"a range is told by {FEWEST} residuals or more")
    low, high = np.exp(ends[:, 0])
    return _rounded(low), _rounded(high)


def level(sample: Sample) -> float:
    """The share of residuals that each end of their range leaves out, so that it holds about four in five rows of a
    device that had no part in it: a tenth and more where devices are alike, less where each is off in its own way."""
    return float(LEVELS[_nearest(*sample.held())])


def inside(samples: Iterable[Sample]) -> float | None:
    """The share of the samples' rows within the range that other devices' rows tell; None where nothing tells one."""
    right = judged = 0
    for sample in samples:
        held, of = sample.held()
        right, judged = right + int(held[_nearest(held, of)]), judged + of
    return _rounded(right / judged) if judged else None


def _nearest(held: NDArray[np.int_], of: int) -> int:
    """The level that holds nearest to four in five, the fuller of two as near: where few devices tell, a step further
    may hold far more than that."""
    return min(range(len(held)), key=lambda i: (abs(held[i] - HELD * of), -held[i]))


def spread(residuals: Array) -> tuple[float, float]:
    """The 10th and 90th percentile of measured over predicted."""
    low, high = np.exp(np.quantile(residuals, [TENTH, 1 - TENTH]))
    return _rounded(low), _rounded(high)


def rules_of_thumb(test: Test, rows: Sequence[Timing]) -> dict[str, Array]:
    """Residuals of what widely used tools compute.

    ``size`` is llmfit's: 0.55 of one device's bandwidth over the weights that a token reads. ``share`` takes 0.7 of the
    bandwidth for all bytes that it reads, of a prompt 0.7 of the stated compute. ``fixed`` adds to these, as
    three-term estimators do, a millisecond for the step and 30 microseconds for each layer.
    """
    n = {name: np.array([row.numbers[name] for row in rows]) for name in rows[0].numbers}
    fixed = 1e-3 * n["batches"] + 3e-5 * (n["device.layers"] + n["host.layers"])
    if test == "prefill":
        work = (n["device.flops"] + n["device.attention"]) / (0.7 * n["stated"])
        return {"share": np.log(work / n["seconds"]), "fixed": np.log((work + fixed) / n["seconds"])}
    weights = n["device.dense"] + n["device.experts"] + n["host.dense"] + n["host.experts"]
    ranks = np.array([row.case.speed.layout.ranks for row in rows])
    rule = weights * ranks / (0.55 * n["bandwidth"])
    share = (n["device.dense"] + n["device.experts"] + n["device.cache"]) / (0.7 * n["bandwidth"])
    share += (n["host.dense"] + n["host.experts"] + n["host.cache"]) / (0.7 * n["host_bandwidth"])
    seconds = {"size": rule, "share": share, "fixed": share + fixed}
    return {name: np.log(own / n["seconds"]) for name, own in seconds.items()}
