"""How far off is it? Predicted speeds beside every measured row of the catalog, by runtime, backend and era."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from sizing.catalog import Catalog
from sizing.measurements import Measurement
from sizing.plan import plan
from sizing.reading import SizingError
from sizing.speed import Rate


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measured speed and what is predicted for the same case. Tokens/s."""

    row: Measurement
    predicted: Rate

    @property
    def error(self) -> float:
        """Predicted over measured, less one."""
        return self.predicted.value / self.row.tok_s - 1

    @property
    def inside(self) -> bool:
        """Whether the measurement lies in the stated range."""
        return self.predicted.low <= self.row.tok_s <= self.predicted.high


@dataclass(frozen=True, slots=True)
class Group:
    """Comparisons of one kind together."""

    test: str
    runtime: str
    backend: str
    era: str
    rows: int
    median_error: float  # of the absolute errors
    inside: float  # share of rows in the range


def compare(catalog: Catalog, row: Measurement) -> Comparison | None:
    """The prediction for a measured row of one sequence; None where nothing can be predicted."""
    if row.batch != 1:
        return None
    generated, prompt = row.generated or 0, row.prompt or 0
    # Some tools give a prompt that decoding starts after, others the depth of the cache, others both.
    start = max(row.depth, prompt) if row.test == "decode" else row.depth
    try:
        p = plan(
            catalog.model(row.model),
            catalog.machine(_machine(catalog, row)),
            format=row.format,
            context=max(1, start + (generated if row.test == "decode" else prompt)),
            runtime=row.runtime,
        )
    except SizingError:
        return None
    if row.test == "decode":
        rate = p.decode_at(start + generated // 2)
    else:
        rate = p.prefill_at(prompt, start) if prompt else None
    return Comparison(row, rate) if rate else None


def _machine(catalog: Catalog, row: Measurement) -> str:
    device = catalog.device(row.device)
    size = f"-{max(device.memory.box) >> 30}gb" if len(device.memory.box) > 1 else ""
    return f"{row.count}x-{device.id}{size}" if row.count > 1 else f"{device.id}{size}"


def _newest_first(era: str) -> int:
    year, half = era.split("H")
    return -2 * int(year) - int(half)


def groups(comparisons: Iterable[Comparison]) -> list[Group]:
    """Comparisons by test, runtime, backend and era, the newest first."""
    gathered: dict[tuple[str, str, str, str], list[Comparison]] = defaultdict(list)
    for c in comparisons:
        gathered[c.row.test, c.row.runtime, c.row.backend, c.row.era].append(c)
    return [
        Group(*key, len(rows), median(abs(c.error) for c in rows), sum(c.inside for c in rows) / len(rows))
        for key, rows in sorted(gathered.items(), key=lambda item: (item[0][0], _newest_first(item[0][3]), item[0][1:]))
    ]


def accuracy(catalog: Catalog) -> list[Group]:
    """Every measured row that can be predicted, in groups."""
    found = (compare(catalog, row) for row in catalog.measurements())
    return groups(c for c in found if c is not None)
