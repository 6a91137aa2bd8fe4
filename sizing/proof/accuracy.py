"""How far off is it? Speeds predicted by fits that have not seen a case, beside what was measured.

``sizing.proof.fit`` makes these predictions and writes them into ``fitted.json`` together with the constants; they
are told here. A row is known by its mark, wherever it stands; of one that a catalog does not hold nothing is told.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

from sizing.catalog import Catalog
from sizing.engine.fitted import Near, Test
from sizing.engine.speed import Rate
from sizing.errors import SizingError
from sizing.facts.measurements import Measurement
from sizing.fitted import CHANGES
from sizing.kept import Same
from sizing.plan import Plan
from sizing.proof.cases import case, cases, fingerprint, host_bandwidth, machine_of, middle


@dataclass(frozen=True, slots=True)
class Errors:
    """Absolute errors of predicted over measured speed, less one."""

    rows: int
    median: float
    median_of_devices: float  # the median over devices of each device's median
    median_of_sources: float
    p90: float
    inside: float | None = None  # the share of rows in the range that other devices' residuals tell


@dataclass(frozen=True, slots=True)
class Line:
    """One class of rows of quality A, predicted at one era."""

    test: Test
    kind: str
    era: Literal["own", "reader"]  # a reader's: the rows of recent builds alone
    devices: int
    splits: Mapping[str, Errors]  # by what was left out: pairs, packings, devices (and their sources), time
    rules: Mapping[str, Errors]  # of thumb: size, share, fixed

    @property
    def rows(self) -> int:
        """How many rows it is told of."""
        return next(iter(self.rules.values())).rows


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


def table(catalog: Catalog) -> list[Line]:
    """The error of every class at each era."""
    return [
        Line(
            line["test"], line["class"], line["era"], line["devices"],
            {split: Errors(**errors) for split, errors in line["splits"].items()},
            {rule: Errors(**errors) for rule, errors in line["rules"].items()},
        )
        for line in catalog.planner.fit.validation
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """The error of a class with one thing of the model changed (``nothing``: as it is)."""

    test: Test
    kind: str
    changed: str
    rows: int
    median: float
    p90: float


def changes() -> list[Change]:
    """What each change of the model brought, as ``sizing.proof.changes`` last measured it."""
    lines = json.loads(CHANGES.read_text(encoding="utf-8"))
    return [Change(x["test"], x["class"], x["changed"], x["rows"], x["median"], x["p90"]) for x in lines]


def comparisons(catalog: Catalog, test: Test) -> list[Comparison]:
    """Every row that the fit stands on and the catalog holds."""
    rows = {row.mark: row for row in catalog.measurements()}
    left_out = catalog.planner.fit.left_out[test]
    return [Comparison(rows[mark], pair, device) for mark, pair, device in left_out if mark in rows]


def worst(found: Iterable[Comparison], most: int) -> list[Comparison]:
    """The rows of quality A that are furthest off, one for each device and model."""
    ordered = sorted(
        (c for c in found if c.row.quality == "A"), key=lambda c: abs(math.log(c.device_left_out)), reverse=True
    )
    first: dict[Any, Comparison] = {}
    for c in ordered:
        first.setdefault((c.row.device, c.row.model), c)
    return list(first.values())[:most]


def typical(found: Iterable[Comparison], fewest: int) -> list[Comparison]:
    """For each device of so many rows of quality A the one whose prediction is as far off as that of half of them; the
    slowest first."""
    by: dict[str, list[Comparison]] = {}
    for c in found:
        if c.row.quality == "A":
            by.setdefault(c.row.device, []).append(c)
    middles = [sorted(own, key=lambda c: c.device_left_out)[len(own) // 2] for own in by.values() if len(own) >= fewest]
    return sorted(middles, key=lambda c: c.row.tok_s)


@dataclass(frozen=True, slots=True)
class Told:
    """The errors on a left-out device's rows, before and after one number of its own is known: median and 90th
    percentile."""

    known: Test  # the number's
    test: Test  # of the rows
    near: Near
    rows: int
    devices: int
    before: tuple[float, float]
    after: tuple[float, float]


def told(catalog: Catalog) -> list[Told]:
    """What a number of one's own brings."""
    return [
        Told(x["known"], x["test"], x["near"], x["rows"], x["devices"], tuple(x["before"]), tuple(x["after"]))
        for x in catalog.planner.fit.told
    ]


def is_fresh(catalog: Catalog) -> bool:
    """Whether the constants were fitted to the rows and entries as they stand."""
    return catalog.planner.fit.fingerprint == fingerprint(cases(catalog))


def measured(catalog: Catalog, p: Plan, test: Test = "decode") -> Measurement | None:
    """The newest measurement of a plan's own case, within a factor of two of its context; None where there is none.

    That is the depth halfway through for decoding, and a prompt from empty for prefill. The row's tokens/s are those
    of all sequences together.
    """
    if p.machine is None or p.layout is None or p.layout.offloaded:
        return None
    device, count = p.machine.devices[0], len(p.machine.devices)
    split = p.layout.split if count > 1 else ""
    subject = _Subject(device.id, count, split, p.model.id, p.format.id, p.runtime.id, p.backend or "")
    near = [
        row
        for row in _alike(catalog).get((subject, test), ())
        if (row.batch, row.cache_format) == (p.sequences, p.cache_format)
        and (row.test == "decode" or row.depth == 0)
        and _doublings(_tokens(row), p.context) <= 1
    ]
    return max(
        near, key=lambda x: (x.era, x.quality == "A", -_doublings(_tokens(x), p.context), x.version), default=None
    )


@dataclass(frozen=True, slots=True)
class Timed:
    """A measured row beside what the constants, which know it, give for the very same case."""

    row: Measurement
    predicted: Rate | None  # None where its conditions are not all known, or a fact is undisclosed

    @property
    def inside(self) -> bool | None:
        """Whether the measured speed lies in the predicted range."""
        return None if self.predicted is None else self.predicted.low <= self.row.tok_s <= self.predicted.high


def timed(catalog: Catalog, row: Measurement) -> Timed:
    """A row beside what the constants give for its own case, at the era of its program."""
    try:
        machine = machine_of(catalog, row)
    except SizingError:
        return Timed(row, None)
    key = "timed", row, Same(catalog.model(row.model)), Same(machine), host_bandwidth(catalog, row)
    return catalog.planner.kept.get(key, lambda: _timed(catalog, row))


def _timed(catalog: Catalog, row: Measurement) -> Timed:
    found = case(catalog, row)
    return Timed(row, None if isinstance(found, str) else found.predicted)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a model in a format on some devices with a program, for one sequence; at least one."""

    decode: Timed | None
    prefill: Timed | None

    @property
    def row(self) -> Measurement:
        """A row that names the device, model, format and program."""
        found = self.decode or self.prefill
        assert found is not None
        return found.row


def each_measured(catalog: Catalog) -> list[Measured]:
    """Every device, model, format and program that one sequence was measured with, nothing on the host.

    Of each the row of quality A, if there is one, that decodes nearest to an empty context, and the one whose prompt
    is nearest to 512 tokens; the newest of several. In the catalog's order of devices and of models' sizes.
    """
    found: dict[_Subject, dict[str, Measurement]] = {}
    for (subject, test), rows in _alike(catalog).items():
        single = [row for row in rows if row.batch == 1]
        if single:
            found.setdefault(subject, {})[test] = max(single, key=_plainness)
    devices = {name: place for place, name in enumerate(catalog.devices)}
    order = sorted(found, key=lambda s: (devices[s.device], s.count, _size(catalog, s.model), astuple(s)))
    return [
        Measured(*(timed(catalog, row) if (row := found[one].get(test)) else None for test in ("decode", "prefill")))
        for one in order
    ]


def _plainness(row: Measurement) -> tuple[Any, ...]:
    """Higher for the row to show: any context up to 1,024 counts as empty, and prompts within a factor of two of 512
    as alike, so that the newest of them is shown."""
    tokens = _tokens(row)
    far = _doublings(max(tokens, 1024), 1024) if row.test == "decode" else row.depth + int(_doublings(tokens, 512))
    return row.quality == "A", row.cache_format == "f16", -far, row.era, row.version


def _size(catalog: Catalog, model: str) -> int:
    counts = catalog.model(model).parameters
    return counts.total if counts else 0


@dataclass(frozen=True, slots=True)
class _Subject:
    """What was measured, whatever the test's own conditions."""

    device: str
    count: int
    split: str
    model: str
    format: str
    runtime: str
    backend: str


_Alike = dict[tuple[_Subject, str], list[Measurement]]
_ALIKE: Final[WeakKeyDictionary[Catalog, _Alike]] = WeakKeyDictionary()  # gathered once for a catalog


def _alike(catalog: Catalog) -> _Alike:
    """The rows of each subject and test, of those with nothing on the host."""
    found = _ALIKE.get(catalog)
    if found is None:
        found = _ALIKE[catalog] = _gathered(catalog)
    return found


def _gathered(catalog: Catalog) -> _Alike:
    found: _Alike = {}
    for row in catalog.measurements():
        if row.experts_on_host is None and row.layers_on_device is None:
            subject = _Subject(row.device, row.count, row.split, row.model, row.format, row.runtime, row.backend)
            found.setdefault((subject, row.test), []).append(row)
    return found


def _tokens(row: Measurement) -> int:
    """What lies in the cache halfway through decoding; the prompt of prefill."""
    return max(1, middle(row) if row.test == "decode" else row.prompt or 1)


def _doublings(tokens: int, wanted: int) -> float:
    """How often one must be doubled, or halved, to become the other."""
    return abs(math.log2(tokens / wanted))
