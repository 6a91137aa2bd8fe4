"""How far off are predictions of what the fit has not seen? Rows left out in three ways, at two eras."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sizing.engine.fitted import Fitted, Seen, Test
from sizing.proof.accuracy import Errors
from sizing.proof.solving import FORM, Array, Form, Problem, newest, solve
from sizing.proof.timings import Timing

FOLDS: Final = 10
SEED: Final = 2026
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
    groups = sorted({group(row) for row in rows})
    random.Random(SEED).shuffle(groups)
    fold = {name: i % FOLDS for i, name in enumerate(groups)}
    for at in range(min(FOLDS, len(groups))):
        own = [fold[group(row)] == at for row in rows]
        yield [i for i, one in enumerate(own) if one], [i for i, one in enumerate(own) if not one]


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
        told = Fitted({}, {}, {}, {p: {d: frozenset(k) for d, k in own.items()} for p, own in measured.items()})
        for i, row in zip(judged, asked, strict=True):
            seen[i] = told.seen(row.device["program"], row.case.row.device, row.device["packing"])
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


def errors(rows: Sequence[Timing], residuals: Array, seen: Sequence[Seen | None] | None = None) -> Errors:
    """The errors of these rows; with what was ``seen`` of each, how many lie in their range, too."""
    off = np.abs(np.exp(-residuals) - 1)
    return Errors(
        len(rows),
        _rounded(np.median(off)),
        _of(off, [row.case.row.device for row in rows]),
        _of(off, [row.source for row in rows]),
        _rounded(np.quantile(off, 0.9)),
        None if seen is None else _inside(rows, residuals, seen),
    )


def _of(off: Array, groups: Sequence[str]) -> float:
    names = np.array(groups)
    return _rounded(np.median([np.median(off[names == name]) for name in sorted(set(groups))]))


def _inside(rows: Sequence[Timing], residuals: Array, seen: Sequence[Seen | None]) -> float | None:
    """The share of rows within the range that the residuals of other devices' rows, of which as much was seen, tell."""
    devices, known, inside, judged = np.array([row.case.row.device for row in rows]), np.array(seen), 0, 0
    for group in sorted(set(seen), key=str):
        own, names = residuals[known == group], devices[known == group]
        one, every = _held(own, names, level(own, names))
        inside, judged = inside + one, judged + every
    return _rounded(inside / judged) if judged else None


def _rounded(x: float | np.floating[Any]) -> float:
    return round(float(x), 4)


FEWEST: Final = 20  # residuals from which a range is told
HELD: Final = 0.8  # the share of rows that a range is to hold
LEVELS: Final = tuple(i / 200 for i in range(20, 1, -1))  # shares that each end of a range may leave out


def level(residuals: Array, devices: NDArray[np.str_]) -> float:
    """The share of residuals that each end of their range leaves out, so that it holds four in five rows of a device
    that had no part in it: a tenth where devices are alike, less where each is off in its own way."""
    for share in LEVELS:
        inside, judged = _held(residuals, devices, share)
        if inside >= HELD * judged:
            return share
    return LEVELS[-1]


def _held(residuals: Array, devices: NDArray[np.str_], share: float) -> tuple[int, int]:
    """How many rows lie in the range that other devices' rows tell, and of how many such a range is told."""
    inside, judged = 0, 0
    for name in sorted(set(devices.tolist())):
        own, others = residuals[devices == name], residuals[devices != name]
        if len(others) >= FEWEST:
            low, high = np.quantile(others, [share, 1 - share])
            inside += int(((own >= low) & (own <= high)).sum())
            judged += len(own)
    return inside, judged


def spread(residuals: Array, share: float = LEVELS[0]) -> tuple[float, float]:
    """The percentiles of measured over predicted that leave a ``share`` out at each end."""
    low, high = np.exp(np.quantile(residuals, [share, 1 - share]))
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
