"""What does each place hold, given a layout? A pure function from a layout to bytes per place.

llama.cpp keeps the input embedding on the host at any ``-ngl`` (a tied one is held twice) and the output layer with
the last layers (source: llama.cpp src/llama-model.cpp). vLLM splits every matrix over its ranks; key heads are
repeated where there are fewer than ranks, and MLA's latent lies on every rank.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import lt

from sizing.engine import buffers
from sizing.engine.cache import padded
from sizing.engine.dealing import HOST
from sizing.engine.sized import Sized
from sizing.facts.entries.devices import Backend
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.units import known


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every layer and expert lies.

    Layers before the first of ``bounds`` lie on the host, each device has those from its bound to the next, and the
    experts of layers before ``experts_from`` lie on the host. With ``split`` "tensor" a place is a pipeline stage,
    whose ``ranks`` devices share each layer. ``output`` is the place of the output head.
    """

    split: str
    bounds: tuple[int, ...]
    output: int
    experts_from: int = 0
    experts_on_host: int = 0  # layers whose experts alone lie on the host
    ranks: int = 1

    @property
    def layers_on_host(self) -> int:
        """Layers that lie on the host whole."""
        return self.bounds[0]

    @property
    def layers(self) -> tuple[int, ...]:
        """For each layer a place's index, or ``HOST``."""
        ends = zip(range(HOST, len(self.bounds)), (0, *self.bounds), self.bounds, strict=False)
        return tuple(place for place, first, end in ends for _ in range(end - first))

    @property
    def experts(self) -> tuple[int, ...]:
        """The same for each layer's routed experts; a layer without any has its own place."""
        return tuple(HOST if i < self.experts_from else place for i, place in enumerate(self.layers))

    def routed(self, before: Sequence[int], place: int, first: int, end: int) -> int:
        """What a place that has layers ``first`` to ``end`` holds of the routed experts: their bytes or layers, by how
        much comes ``before`` each layer. The host has those of layers before ``experts_from`` too."""
        held = before[max(end, self.experts_from)]
        return held if place == HOST else held - before[max(first, self.experts_from)]

    @property
    def offloaded(self) -> bool:
        """Whether anything but what the runtime always keeps there lies on the host."""
        return self.bounds[0] > 0 or self.experts_on_host > 0


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes in parts."""

    weights: int = 0
    cache: int = 0
    buffers: int = 0
    overhead: int = 0

    @property
    def total(self) -> int:
        """All parts."""
        return self.weights + self.cache + self.buffers + self.overhead

    def __add__(self, other: Memory) -> Memory:
        return Memory(
            self.weights + other.weights,
            self.cache + other.cache,
            self.buffers + other.buffers,
            self.overhead + other.overhead,
        )


@dataclass(frozen=True)
class Request:
    """What is asked of a runtime."""

    runtime: Runtime
    backend: Backend
    context: int
    sequences: int = 1

    @cached_property
    def llama_cpp(self) -> bool:
        """Whether llama.cpp's placement rules apply: GGUF files, layer split."""
        return self.runtime.files == "gguf"

    @cached_property
    def overhead(self) -> int:
        """Bytes that driver and context take on each device; 0 where nobody states them."""
        return known(self.runtime.backends[self.backend].context_overhead) or 0


@dataclass(frozen=True)
class Demand:
    """What a model asks of memory, place by place, whatever the machine. Bytes."""

    sized: Sized
    request: Request
    proposals: dict[Hashable, object] = field(default_factory=dict)  # what ``layout`` has proposed already
    computing: dict[Hashable, int] = field(default_factory=dict)  # buffers known already

    @cached_property
    def context(self) -> int:
        """Tokens that the runtime allocates for a sequence."""
        return padded(self.request.context, self.request.runtime.cache.page)

    @cached_property
    def buffers(self) -> int:
        """Buffers of a place that computes layers only."""
        return buffers.compute(self.sized.widths, self.request.runtime, self.context, False)

    @cached_property
    def buffers_with_output(self) -> int:
        """Buffers of the place that computes the output head too."""
        return buffers.compute(self.sized.widths, self.request.runtime, self.context, True)

    def on_device(
        self, output: bool, first: bool = True, several: bool = False, experts: bool = False, on_host: int = 0
    ) -> int:
        """Buffers of a device that has the ``output`` layer, the ``first`` layer; of ``several`` that hold everything,
        or beside a host with some ``experts`` or the first layers whole."""
        key = output, first, several, experts, on_host
        if key not in self.computing:
            s, context = self.sized, self.context
            self.computing[key] = buffers.device(
                s.widths,
                self.request.runtime,
                context,
                output=output,
                first=first,
                copies=self.copies(several),
                matrix=(s.largest if on_host else s.largest_expert if experts else 0) if first else 0,
                cache=self.carried[on_host] if first and on_host else 0.0,
            )
        return self.computing[key]

    @cached_property
    def carried(self) -> tuple[float, ...]:
        """Bytes of cache that the first device holds for layers of the host, by how many lie there."""
        return buffers.carried([x.cache.bytes(self.context) * self.request.sequences for x in self.sized.layers])

    def copies(self, several: bool) -> int:
        """How many copies there are of what passes between ``several`` devices that hold everything."""
        return buffers.PIPELINE if several and self.request.llama_cpp else 1

    @cached_property
    def caches(self) -> tuple[tuple[tuple[int, ...], float, int], ...]:
        """Of layers whose caches are alike: how many come before each layer and the end, bytes of one such cache with
        all sequences, and how many ranks can share it out."""
        context, sequences = self.request.context, self.request.sequences
        return tuple((g.before, g.cache.held(context, sequences), g.cache_heads) for g in self.sized.alike)

    @cached_property
    def layers(self) -> tuple[float, ...]:
        """Bytes of the dense parts and caches of all layers before each one, and before the end."""
        s, caches = self.sized, self.caches
        if len(caches) == 1:
            before, size, _ = caches[0]
            return tuple([dense + size * count for dense, count in zip(s.dense, before, strict=True)])
        return tuple([dense + sum(size * before[i] for before, size, _ in caches) for i, dense in enumerate(s.dense)])

    @cached_property
    def least(self) -> float:
        """Bytes of weights and cache, wherever they lie: what no placement can do without."""
        return self.layers[-1] + self.sized.expert[-1] + self.sized.output

    def cache(self, first: int, end: int, ranks: int = 1) -> int:
        """Bytes of cache of layers ``first`` to ``end``, all sequences together; with ranks, on each of them."""
        total = 0.0
        for before, size, heads in self.caches:
            total += (before[end] - before[first]) * size / (ranks if ranks < heads else heads)
        return round(total)


def hold(demand: Demand, layout: Layout) -> tuple[Memory, ...]:
    """Memory of each device, then of the host."""
    if layout.split == "tensor":
        return _hold_split_tensors(demand, layout)
    s, request, bounds = demand.sized, demand.request, layout.bounds
    devices = len(bounds) - 1
    result = []
    # llama.cpp looks tokens up on the host; where host and head are one place, a tied embedding is held once.
    looked_up = HOST if request.llama_cpp else next((i for i in range(devices) if bounds[i + 1] > bounds[i]), HOST)
    several = _several(layout)
    for i in range(devices):
        first, end, has_output = bounds[i], bounds[i + 1], layout.output == i
        if first == end and not has_output:
            result.append(Memory())
            continue
        weights = s.dense[end] - s.dense[first] + layout.routed(s.expert, i, first, end)
        weights += _ends(s, has_output, looked_up == i)
        computing = demand.on_device(has_output, first == bounds[0], several, layout.experts_on_host > 0, bounds[0])
        result.append(Memory(weights, demand.cache(first, end), computing, request.overhead))
    result.append(on_host(demand, layout))
    return tuple(result)


def on_host(demand: Demand, layout: Layout) -> Memory:
    """Memory of the host alone, of layers that are split whole."""
    s, request, first = demand.sized, demand.request, layout.bounds[0]
    has_output, copies = layout.output == HOST, demand.copies(_several(layout))
    # llama.cpp looks tokens up on the host.
    weights = s.dense[first] + layout.routed(s.expert, HOST, 0, first)
    weights += _ends(s, has_output, request.llama_cpp or len(layout.bounds) == 1)
    beside = buffers.host(s.widths, request.runtime, demand.context, copies)
    return Memory(weights, demand.cache(0, first), demand.buffers_with_output if has_output else beside)


def _several(layout: Layout) -> bool:
    """Whether several devices hold everything."""
    return not layout.offloaded and sum(map(lt, layout.bounds, layout.bounds[1:])) > 1


def _ends(s: Sized, has_output: bool, has_embedding: bool) -> int:
    """Bytes of the embedding and the head in a place; a tied head beside its embedding is no second tensor."""
    embedding = 0 if has_output and s.tied else s.embedding
    return s.output * has_output + (embedding + s.lookups) * has_embedding


def _hold_split_tensors(demand: Demand, layout: Layout) -> tuple[Memory, ...]:
    s, request, ranks = demand.sized, demand.request, layout.ranks
    stages = len(layout.bounds) - 1
    result: list[Memory] = []
    for stage in range(stages):
        first, end = layout.bounds[stage], layout.bounds[stage + 1]
        weights = s.dense[end] - s.dense[first] + layout.routed(s.expert, stage, first, end)
        weights += _ends(s, stage == stages - 1, stage == 0)
        computing = demand.buffers_with_output if stage == stages - 1 else demand.buffers
        one = Memory(-(-weights // ranks), demand.cache(first, end, ranks), computing, request.overhead)
        result += [one] * ranks
    return (*result, Memory())
