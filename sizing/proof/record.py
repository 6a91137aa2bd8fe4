"""Does the engine agree with the runtime's own tools? The record of their answers beside what is computed.

``catalog/measurements/record`` holds what transformers, llama-quantize and llama-fit-params said of every open model;
its README says how it is made again.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Final

from sizing.anatomy.formats import file_bytes
from sizing.anatomy.sized import sized
from sizing.catalog import Catalog
from sizing.engine import buffers
from sizing.engine.cache import CachePart
from sizing.engine.dealing import HOST
from sizing.engine.layout import as_asked
from sizing.engine.memory import Demand, Layout, Memory, Request, hold
from sizing.facts.entries.architecture import Architecture
from sizing.facts.units import MIB
from sizing.plan import plan
from sizing.proof.published import COUNTS, BufferSize, CacheSize, Total, buffer_sizes, cache_sizes, file_sizes, totals


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure of the record, and the engine's. Parameters, or bytes."""

    what: str
    case: str
    recorded: float
    computed: float
    explained: bool = False  # its row says why the two differ

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
    explained: int  # of those met: their rows say why they differ, and the errors leave them out
    median_error: float
    worst: Agreement


# What: the target in words, and as a test.
TARGETS: dict[str, tuple[str, Callable[[Agreement], bool]]] = {
    "parameters": ("exact", lambda a: a.computed == a.recorded),
    "weights": ("0.1 %", lambda a: a.within(0.001)),
    "cache": ("0.1 % or 1 MiB", lambda a: a.within(0.001, MIB)),
    "buffers": ("10 % or 32 MiB", lambda a: a.within(0.10, 32 * MIB)),
    "weights, devices": ("0.1 % or 1 MiB", lambda a: a.within(0.001, MIB)),
    "weights, host": ("0.1 % or 1 MiB", lambda a: a.within(0.001, MIB)),
    "cache, devices": ("0.1 % or 1 MiB", lambda a: a.within(0.001, MIB)),
    "cache, host": ("0.1 % or 1 MiB", lambda a: a.within(0.001, MIB)),
    "buffers, devices": ("10 % or 32 MiB", lambda a: a.within(0.10, 32 * MIB)),
    "buffers, host": ("10 % or 32 MiB", lambda a: a.within(0.10, 32 * MIB)),
    "file sizes": ("1 %, or explained", lambda a: a.explained or a.within(0.01)),
    "published caches": ("1 %, or explained", lambda a: a.explained or a.within(0.01)),
    "published buffers": ("10 % or 32 MiB, or explained", lambda a: a.explained or a.within(0.10, 32 * MIB)),
    "totals": ("5 %, or explained", lambda a: a.explained or a.within(0.05)),
}

# What a run of devices.csv was asked for; its other columns are of one place.
_ASKED: Final = (
    "model", "format", "split", "layers", "experts_on_host", "context", "cache_type", "micro_batch",
    "sequences",
)  # fmt: skip


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
    yield from _published(catalog)
    for asked, rows in groupby(_rows(folder / "devices.csv"), key=lambda row: tuple(row[key] for key in _ASKED)):
        if asked[0] in shapes:
            yield from _devices(catalog, dict(zip(_ASKED, asked, strict=True)), rows)


def _memory(catalog: Catalog, row: dict[str, str]) -> Iterator[Agreement]:
    context, kind = int(row["context"]), row["cache_type"]
    held = plan(catalog.model(row["model"]), None, format="BF16", context=context, cache_format=kind).memory
    case = f"{row['model']} {context} {kind}"
    yield Agreement("cache", case, float(row["cache_mib"]) * MIB, held.cache)
    yield Agreement("buffers", case, float(row["compute_mib"]) * MIB, held.buffers)


def _devices(catalog: Catalog, asked: dict[str, str], rows: Iterable[dict[str, str]]) -> Iterator[Agreement]:
    """The places of one run of devices.csv."""
    rule = catalog.runtimes["llama.cpp"].cache
    size = sized(_shape(catalog, asked["model"]), catalog.formats[asked["format"]], asked["cache_type"], rule, True)
    shares = tuple(float(share) for share in asked["split"].split("/"))
    layout = as_asked(size, shares, int(asked["layers"]), int(asked["experts_on_host"]))
    batch = int(asked["micro_batch"])
    runtime = replace(catalog.runtimes["llama.cpp"], batched_tokens=batch, logit_rows=batch)
    request = Request(runtime, "cuda", int(asked["context"]), int(asked["sequences"]))
    held = hold(Demand(size, request), layout)
    for row in rows:
        memory = held[HOST] if row["place"] == "host" else held[int(row["place"])]
        case = f"{_in_words(asked)} {row['place']}"
        where = "host" if row["place"] == "host" else "devices"
        yield Agreement(f"weights, {where}", case, _whole(row["model_mib"]), memory.weights)
        yield Agreement(f"buffers, {where}", case, _whole(row["compute_mib"]), memory.buffers)
        if batch == catalog.runtimes["llama.cpp"].batched_tokens:  # with which windows are held
            yield Agreement(f"cache, {where}", case, _whole(row["cache_mib"]), memory.cache)


def _in_words(asked: Mapping[str, str]) -> str:
    """Such as ``glm-5 1/1 32768 f16 -ngl 12 -ub 512 -np 1``."""
    moved = f" -ncmoe {asked['experts_on_host']}" if asked["experts_on_host"] != "0" else ""
    return (
        f"{asked['model']} {asked['split']} {asked['context']} {asked['cache_type']} -ngl {asked['layers']}{moved} "
        f"-ub {asked['micro_batch']} -np {asked['sequences']}"
    )


def _whole(mib: str) -> float:
    """Bytes of whole MiB, which were rounded down."""
    return (float(mib) + 0.5) * MIB if mib != "0" else 0.0


def _published(catalog: Catalog) -> Iterator[Agreement]:
    """What others printed and published, whose model the catalog holds."""
    for file in file_sizes(catalog.root, catalog):
        size = file_bytes(catalog.formats[file.format], _shape(catalog, file.model), imatrix=False)
        yield Agreement("file sizes", f"{file.model} {file.format}", file.bytes, size, file.differs)
    for cache in cache_sizes(catalog.root, catalog):
        case = f"{cache.model} {cache.context} {cache.cache_type}"
        yield Agreement("published caches", case, cache.mib * MIB, _cached(catalog, cache), cache.differs)
    for row in buffer_sizes(catalog.root, catalog):
        case = f"{row.model} {row.context} {row.runtime} {row.backend} {row.place}"
        yield Agreement("published buffers", case, row.mib * MIB, _buffered(catalog, row), row.differs)
    for total in totals(catalog.root, catalog):
        parts, stated = COUNTS[total.counts], total.backend in catalog.runtimes[total.runtime].backends
        if stated or "overhead" not in parts:
            case = f"{total.model} {total.format} {total.context} {total.runtime} {total.device}"
            memory = _on_device(catalog, total)
            computed = sum(getattr(memory, part) for part in parts)
            yield Agreement("totals", case, total.mib * MIB, computed, total.differs)


_PARTS: Final[Mapping[str, Callable[[CachePart], bool]]] = {
    "all": lambda part: True,
    "full": lambda part: part.limit is None,
    "window": lambda part: bool(part.limit),
    "state": lambda part: part.state > 0,
}


def _cached(catalog: Catalog, row: CacheSize) -> float:
    """Bytes of the caches that a line of a log counts."""
    p = plan(
        catalog.model(row.model),
        None,
        format="BF16",
        context=max(1, row.context),
        cache_format=row.cache_type,
        runtime=row.runtime,
    )
    counted = (x.cache for x in p.sized.layers if _PARTS[row.part](x.cache))
    return sum(part.held(row.context, row.sequences) for part in counted)


def _buffered(catalog: Catalog, row: BufferSize) -> int:
    """Bytes of the buffers of one place."""
    runtime = catalog.runtimes[row.runtime]
    fmt, gguf = catalog.formats[row.format or "F16"], row.runtime == "llama.cpp"
    size = sized(_shape(catalog, row.model), fmt, "f16", runtime.cache, gguf)
    batch = row.micro_batch if row.runtime == "llama.cpp" else runtime.batched_tokens
    runtime = replace(runtime, batched_tokens=batch, logit_rows=row.micro_batch)
    if row.place == "cpu" or row.runtime != "llama.cpp":
        return buffers.compute(size.widths, runtime, row.context, True)
    if row.place == "host":
        return buffers.host(size.widths, runtime, row.context)
    matrix = size.largest_expert if row.experts_on_host else 0
    return buffers.device(size.widths, runtime, row.context, output=True, matrix=matrix)


def _on_device(catalog: Catalog, total: Total) -> Memory:
    """What the devices of a published total hold together."""
    runtime = catalog.runtimes[total.runtime]
    backend = next((name for name in runtime.backends if name == total.backend), next(iter(runtime.backends)))
    if runtime.files == "safetensors":
        runtime = replace(runtime, batched_tokens=total.prompt)  # a prompt is computed at once
    elif runtime.files == "mlx":
        step = min(total.prompt, runtime.batched_tokens)
        runtime = replace(runtime, batched_tokens=step, logit_rows=step)
    fmt, gguf = catalog.formats[total.format], runtime.files == "gguf"
    size = sized(_shape(catalog, total.model), fmt, total.cache_type, runtime.cache, gguf)
    layout = Layout("layer", (0, len(size.layers)), 0)
    memory = hold(Demand(size, Request(runtime, backend, total.context)), layout)[0]
    other_types = int(total.file_bytes) - size.weights if total.file_bytes else 0
    return memory + Memory(weights=other_types)


@dataclass(frozen=True, slots=True)
class Unaccounted:
    """What whole runs took on a kind of device beyond weights, cache and buffers, as llama.cpp says it. Bytes."""

    runtime: str
    backend: str
    device: str
    rows: int
    median: float
    low: float
    high: float


def unaccounted(catalog: Catalog) -> list[Unaccounted]:
    """The published totals that count a driver's share too, by runtime, backend and device."""
    gathered: dict[tuple[str, str, str], list[float]] = {}
    for total in totals(catalog.root, catalog):
        if "overhead" in COUNTS[total.counts]:
            memory = _on_device(catalog, total)
            rest = total.mib * MIB - memory.weights - memory.cache - memory.buffers
            gathered.setdefault((total.runtime, total.backend, total.device), []).append(rest)
    return [Unaccounted(*key, len(rest), median(rest), min(rest), max(rest)) for key, rest in gathered.items()]


def _shape(catalog: Catalog, model: str) -> Architecture:
    architecture = catalog.models[model].architecture
    assert isinstance(architecture, Architecture), f"{model} is undisclosed"
    return architecture


def summaries(found: Iterable[Agreement]) -> list[Summary]:
    """The record against its targets."""
    gathered: dict[str, list[Agreement]] = {what: [] for what in TARGETS}
    for agreement in found:
        gathered[agreement.what].append(agreement)
    return [_summary(what, all_) for what, all_ in gathered.items() if all_]


def _summary(what: str, found: Sequence[Agreement]) -> Summary:
    target, meets = TARGETS[what]
    plain = [a for a in found if not a.explained] or found
    return Summary(
        what=what,
        target=target,
        count=len(found),
        met=sum(map(meets, found)),
        explained=sum(a.explained for a in found),
        median_error=median(abs(a.error) for a in plain),
        worst=max(plain, key=lambda a: abs(a.error)),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
