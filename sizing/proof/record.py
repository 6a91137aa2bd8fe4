"""Does the engine agree with the runtime's own tools? The record of their answers beside what is computed.

``catalog/measurements/record`` holds what transformers, llama-quantize and llama-fit-params said of every open model;
its README says how it is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Any, Final

from sizing.anatomy.formats import file_bytes, format_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import sized
from sizing.anatomy.tensors import parameters, unsaved
from sizing.catalog import Catalog
from sizing.engine import buffers
from sizing.engine.beside import drafting_buffers, taken
from sizing.engine.cache import CachePart
from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout, as_asked
from sizing.engine.memory import Demand, Memory, hold
from sizing.engine.outcome import outcome
from sizing.engine.placement import Proposals
from sizing.engine.rig import Rig
from sizing.engine.settings import Settings, context_on, set_up
from sizing.errors import SizingError
from sizing.facts.cache_types import widening
from sizing.facts.machine import Machine
from sizing.facts.narrow import program
from sizing.facts.published import (
    BUFFERS,
    CACHES,
    COUNTS,
    FILE_SIZES,
    GROWTH,
    HELD,
    POOLS,
    TOTALS,
    BufferSize,
    CacheSize,
    FileSize,
    Pool,
    Total,
)
from sizing.facts.recorded import DEVICES, MEMORY, PARAMETERS, WEIGHTS, Allocated, Parameters, Placed, Weights
from sizing.facts.tables import Table
from sizing.facts.units import MIB, UNDISCLOSED
from sizing.kept import Same
from sizing.plan import plan


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
    "pools": ("6 % too many at most, or explained", lambda a: a.explained or a.error <= 0.06),
}


_Compare = Callable[[Catalog, Sequence[Any]], Iterator[Agreement]]


def agreements(catalog: Catalog) -> Iterator[Agreement]:
    """Every figure of the record whose model and format the catalog holds."""
    for table, compared in _COMPARED.items():
        gathered: dict[str, list[Any]] = {}
        for row in table.read(catalog.root, catalog):
            gathered.setdefault(row.model, []).append(row)
        for name, rows in gathered.items():
            machines = tuple(Same(_of_pool(catalog, row)) for row in rows if isinstance(row, Pool))
            key = "agreements", table.file, tuple(rows), Same(catalog.models[name]), machines
            yield from catalog.planner.kept.get(key, partial(_all, compared, catalog, rows))


def _all(compared: _Compare, catalog: Catalog, rows: Sequence[Any]) -> tuple[Agreement, ...]:
    return tuple(compared(catalog, rows))


def _counted(catalog: Catalog, rows: Iterable[Parameters]) -> Iterator[Agreement]:
    for row in rows:
        if (shape := catalog.models[row.model].shape) is not None:
            yield Agreement("parameters", row.model, row.total, parameters(shape).total + unsaved(shape))


def _made(catalog: Catalog, rows: Iterable[Weights]) -> Iterator[Agreement]:
    for row in rows:
        if (shape := catalog.models[row.model].shape) is not None:
            size = file_bytes(catalog.formats[row.format], shape, imatrix=False)
            yield Agreement("weights", f"{row.model} {row.format}", row.bytes, size)


def _memory(catalog: Catalog, rows: Iterable[Allocated]) -> Iterator[Agreement]:
    for row in rows:
        model, kind = catalog.model(row.model), row.cache_type
        if model.shape is None:
            continue
        held = plan(model, None, format="BF16", context=row.context, cache_format=kind).memory
        case = f"{row.model} {row.context} {kind}"
        yield Agreement("cache", case, row.cache_mib * MIB, held.cache)
        yield Agreement("buffers", case, row.compute_mib * MIB, held.buffers)


def _devices(catalog: Catalog, found: Iterable[Placed]) -> Iterator[Agreement]:
    for _, rows in groupby(found, key=attrgetter(*Placed.asked)):
        places = list(rows)
        if catalog.models[places[0].model].shape is not None:
            yield from _run(catalog, places[0], places)


def _run(catalog: Catalog, asked: Placed, rows: Iterable[Placed]) -> Iterator[Agreement]:
    """The places of one run of devices.csv."""
    rule = catalog.runtimes["llama.cpp"].cache
    size = sized(_shape(catalog, asked.model), catalog.formats[asked.format], asked.cache_type, rule, True)
    layout = as_asked(size, asked.shares, asked.layers, asked.experts_on_host)
    batch = asked.micro_batch
    llama_cpp = replace(program(catalog.runtimes["llama.cpp"], "cuda"), batched_tokens=batch, logit_rows=batch)
    demand = Demand(size, llama_cpp, asked.context, asked.sequences, widening=widening(asked.cache_type))
    held = hold(demand, layout)
    for row in rows:
        memory = held[HOST] if row.place == "host" else held[int(row.place)]
        case = f"{_in_words(asked)} {row.place}"
        where = "host" if row.place == "host" else "devices"
        yield Agreement(f"weights, {where}", case, _whole(row.model_mib), memory.weights)
        yield Agreement(f"buffers, {where}", case, _whole(row.compute_mib), memory.buffers)
        yield Agreement(f"cache, {where}", case, _whole(row.cache_mib), memory.cache)


def _in_words(asked: Placed) -> str:
    """Such as ``glm-5 Q4_K_M 1/1 32768 f16 -ngl 12 -ub 512 -np 1``."""
    moved = f" -ncmoe {asked.experts_on_host}" if asked.experts_on_host else ""
    return (
        f"{asked.model} {asked.format} {asked.split} {asked.context} {asked.cache_type} -ngl {asked.layers}{moved} "
        f"-ub {asked.micro_batch} -np {asked.sequences}"
    )


def _whole(mib: int) -> float:
    """Bytes of whole MiB, which were rounded down."""
    return (mib + 0.5) * MIB if mib else 0.0


def _files(catalog: Catalog, rows: Iterable[FileSize]) -> Iterator[Agreement]:
    for file in rows:
        fmt = format_of(catalog, catalog.models[file.model], file.format)
        made = {"imatrix": file.made == "imatrix", "mtp": file.made == "mtp"}
        size = file_bytes(fmt, _shape(catalog, file.model), **made)
        case = " ".join(filter(None, (file.model, file.format, file.made)))
        yield Agreement("file sizes", case, file.bytes, size, file.differs)


def _caches(catalog: Catalog, rows: Iterable[CacheSize]) -> Iterator[Agreement]:
    for cache in rows:
        case = f"{cache.model} {cache.context} {cache.cache_type}"
        yield Agreement("published caches", case, cache.mib * MIB, _cached(catalog, cache), cache.differs)


def _buffers(catalog: Catalog, rows: Iterable[BufferSize]) -> Iterator[Agreement]:
    for row in rows:
        case = f"{row.model} {row.context} {row.runtime} {row.backend} {row.place}"
        yield Agreement("published buffers", case, row.mib * MIB, _buffered(catalog, row), row.differs)


def _totals(catalog: Catalog, rows: Iterable[Total]) -> Iterator[Agreement]:
    for total in rows:
        parts, stated = COUNTS[total.counts], total.backend in catalog.runtimes[total.runtime].backends
        if stated or "overhead" not in parts:
            case = f"{total.model} {total.format} {total.context} {total.runtime} {total.device}"
            memory = on_device(catalog, total)
            computed = sum(getattr(memory, part) for part in parts)
            yield Agreement("totals", case, total.mib * MIB, computed, total.differs)


def _pools(catalog: Catalog, rows: Iterable[Pool]) -> Iterator[Agreement]:
    for pool in rows:
        case = f"{pool.model} {pool.format} {pool.context} {pool.runtime} {pool.version} {pool.devices}x {pool.device}"
        yield Agreement("pools", case, pool.tokens, _pooled(catalog, pool), pool.differs)


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
    backend = next(iter(runtime.backends))
    its = replace(program(runtime, backend), batched_tokens=batch, logit_rows=row.micro_batch)
    if row.place == "cpu" or row.runtime != "llama.cpp":
        return buffers.compute(size.widths, its, row.context, True)
    if row.place == "host":
        return buffers.host(size.widths, its, row.context)
    matrix = size.largest_expert if row.experts_on_host else 0
    return buffers.device(size.widths, its, row.context, output=True, matrix=matrix)


# The first vLLM that takes captured graphs from the cache; before, they lay beside what it filled.
_COUNTS_GRAPHS: Final = (0, 21)
# The first that keeps prefixes of hybrid models without being told to, and for that a state more.
_KEEPS_PREFIXES: Final = (0, 28)


def _of_pool(catalog: Catalog, row: Pool) -> Machine:
    return catalog.machine(row.device if row.devices == 1 else f"{row.devices}x-{row.device}")


def _pooled(catalog: Catalog, row: Pool) -> float:
    """Tokens that the cache of a published pool has room for."""
    machine = _of_pool(catalog, row)
    asked = Settings(
        utilization=row.utilization,
        max_sequences=row.max_sequences,
        micro_batch=row.batched_tokens,
        mtp=True if row.drafted else None,
        drafted=row.drafted or 0,
    )
    settled = catalog.planner.settled_on(catalog.model(row.model), row.format, row.runtime, row.cache_type, machine.rig)
    its = set_up(settled.loaded.program, asked)
    version = None if row.version == UNDISCLOSED else tuple(map(int, row.version.split(".")[:2]))
    if row.prefixes == "no" or (not row.prefixes and version is not None and version < _KEEPS_PREFIXES):
        its = replace(its, states=1)
    if version is not None and version < _COUNTS_GRAPHS:
        backends = catalog.runtimes[row.runtime].backends.items()
        its = replace(its, overhead=its.overhead - next(x.graphs for name, x in backends if name == its.backend))
    loaded = replace(settled.loaded, program=its)
    own = catalog.planner.proposals(settled, row.context, 1, asked).demand
    demand = replace(own, sized=loaded.sized, program=its, computing={})
    found = outcome(loaded, Proposals(demand, asked), machine.rig, None).pool_tokens
    assert found is not None, f"{its.name} fills no share of a device"
    return found


def _demand(catalog: Catalog, total: Total) -> Demand:
    """What the run of a published total asked of memory."""
    runtime = catalog.runtimes[total.runtime]
    backend = total.backend if total.backend in runtime.backends else next(iter(runtime.backends))
    its = program(runtime, backend)
    if runtime.files == "safetensors":
        # A prompt is computed at once; where it was over, a token.
        its = replace(its, batched_tokens=1 if total.counts == HELD else total.prompt, flash=total.flash != "no")
    elif runtime.files == "mlx":
        its = replace(its, batched_tokens=min(its.batched_tokens, total.prompt))
    if total.batched_tokens:
        its = replace(its, batched_tokens=total.batched_tokens)
    if total.logit_rows:
        its = replace(its, logit_rows=total.logit_rows)
    known = "recorded on", total.device, Same(catalog.devices)
    if (rig := catalog.planner.kept.get(known, partial(_rig, catalog, total.device))) is not None:
        its = replace(its, overhead=context_on(its, rig))
    fmt = format_of(catalog, catalog.models[total.model], total.format)
    size = sized(_shape(catalog, total.model), fmt, total.cache_type, runtime.cache, its.gguf)
    # Builds that are not told are from before llama.cpp's PR 23907.
    wider = 1.0 if total.version == UNDISCLOSED else widening(total.cache_type)
    if not total.drafted:
        return Demand(size, its, total.context, widening=wider)
    settled = catalog.planner.settled(
        catalog.model(total.model), total.format, total.runtime, total.cache_type, (its.backend,)
    )
    held = settled.held(Settings(mtp=True, vision=False))
    beside = taken(held, its.page, total.context, 1)
    beside = beside.plus(Memory(buffers=drafting_buffers(held, size, its, total.context)))
    return Demand(size, its, total.context, widening=wider, beside=beside, drafted=total.drafted)


def _rig(catalog: Catalog, device: str) -> Rig | None:
    """What a total was printed on; None for what the catalog does not hold, or not by this name."""
    with suppress(SizingError):
        return catalog.machine(device).rig
    return None


def on_device(catalog: Catalog, total: Total) -> Memory:
    """What the devices of a published total hold together, or the one that it counts."""
    return _on_device(total, _demand(catalog, total))


def _on_device(total: Total, demand: Demand) -> Memory:
    size = demand.sized
    layout = as_asked(size, total.shares, total.layers, total.experts_on_host or 0)
    *devices, host = hold(demand, layout)
    counted = devices if total.place is None else [devices[total.place]]
    found = reduce(Memory.plus, counted)
    if total.file_bytes:
        whole = hold(demand, Layout("layer", (0, len(size.layers)), 0))[0].weights
        other_types = (total.file_bytes - size.weights - demand.beside.weights) * found.weights / whole
        found = found.plus(Memory(weights=round(other_types)))
    # What Vulkan pins of the host is memory that the GPU reaches too.
    pinned = host if (total.counts, total.backend) == (GROWTH, "vulkan") else Memory()
    return found.plus(pinned).plus(Memory(overhead=total.taken * len(counted)))


# Each table with what its rows of one model say, beside what is computed.
_COMPARED: Final[Mapping[Table[Any], _Compare]] = {
    PARAMETERS: _counted,
    WEIGHTS: _made,
    MEMORY: _memory,
    FILE_SIZES: _files,
    CACHES: _caches,
    BUFFERS: _buffers,
    TOTALS: _totals,
    POOLS: _pools,
    DEVICES: _devices,
}


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
    """The published totals that count a driver's share too, and no more that nobody told apart, by runtime, backend and
    device."""
    gathered: dict[tuple[str, str, str], list[float]] = {}
    for total in TOTALS.read(catalog.root, catalog):
        if "overhead" in COUNTS[total.counts] and not total.differs and not total.in_use.isalpha():
            demand = _demand(catalog, total)
            rest = total.mib * MIB - _on_device(total, demand).total + demand.program.overhead
            gathered.setdefault((total.runtime, total.backend, total.device), []).append(rest)
    return [Unaccounted(*key, len(rest), median(rest), min(rest), max(rest)) for key, rest in gathered.items()]


def _shape(catalog: Catalog, model: str) -> Shape:
    shape = catalog.models[model].shape
    assert shape is not None, f"{model} is undisclosed"
    return shape


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
