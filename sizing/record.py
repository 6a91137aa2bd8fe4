"""Does the engine agree with the runtime's own tools? The record of their answers beside what is computed.

``catalog/measurements/record`` holds what transformers, llama-quantize and llama-fit-params said of every open model;
its README says how it is made again.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sizing.catalog import Catalog
from sizing.entries import Architecture
from sizing.formats import file_bytes
from sizing.plan import plan
from sizing.units import MIB


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure of the record, and the engine's. Parameters, or bytes."""

    what: str
    case: str
    recorded: float
    computed: float

    @property
    def error(self) -> float:
        """Computed over recorded, less one."""
        return self.computed / self.recorded - 1 if self.recorded else float(self.computed != 0)

    def within(self, share: float, bytes_: float = 0.0) -> bool:
        """Whether the two differ by at most a share, or by at most so many bytes."""
        return abs(self.error) <= share or abs(self.computed - self.recorded) <= bytes_


@dataclass(frozen=True, slots=True)
class Summary:
    """The agreements on one thing, with the target that they are held to."""

    what: str
    target: str
    count: int
    met: int
    median_error: float
    worst: Agreement


# What: the target in words, and as a test.
TARGETS: dict[str, tuple[str, Callable[[Agreement], bool]]] = {
    "parameters": ("exact", lambda a: a.computed == a.recorded),
    "weights": ("0.1 %", lambda a: a.within(0.001)),
    "cache": ("0.1 % or 1 MiB", lambda a: a.within(0.001, MIB)),
    "buffers": ("10 % or 32 MiB", lambda a: a.within(0.10, 32 * MIB)),
}


def agreements(catalog: Catalog) -> Iterator[Agreement]:
    """Every figure of the record whose model and format the catalog holds."""
    folder = catalog.root / "measurements" / "record"
    shapes = {m.id: m.architecture for m in catalog.models.values() if isinstance(m.architecture, Architecture)}
    for row in _rows(folder / "parameters.csv"):
        counts = catalog.models[row["model"]].parameters if row["model"] in shapes else None
        if counts:
            yield Agreement("parameters", row["model"], float(row["total"]), counts.total)
    for row in _rows(folder / "weights.csv"):
        if row["model"] in shapes and row["format"] in catalog.formats:
            size = file_bytes(catalog.formats[row["format"]], shapes[row["model"]], imatrix=False)
            yield Agreement("weights", f"{row['model']} {row['format']}", float(row["bytes"]), size)
    for row in _rows(folder / "memory.csv"):
        if row["model"] in shapes:
            yield from _memory(catalog, row)


def _memory(catalog: Catalog, row: dict[str, str]) -> Iterator[Agreement]:
    context, kind = int(row["context"]), row["cache_type"]
    held = plan(catalog.model(row["model"]), None, format="BF16", context=context, cache_format=kind).memory
    case = f"{row['model']} {context} {kind}"
    yield Agreement("cache", case, float(row["cache_mib"]) * MIB, held.cache)
    yield Agreement("buffers", case, float(row["compute_mib"]) * MIB, held.buffers)


def summaries(found: Iterable[Agreement]) -> list[Summary]:
    """The record against its targets."""
    gathered: dict[str, list[Agreement]] = {what: [] for what in TARGETS}
    for agreement in found:
        gathered[agreement.what].append(agreement)
    return [
        Summary(
            what,
            target,
            len(gathered[what]),
            sum(map(meets, gathered[what])),
            median(abs(a.error) for a in gathered[what]),
            max(gathered[what], key=lambda a: abs(a.error)),
        )
        for what, (target, meets) in TARGETS.items()
        if gathered[what]
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
