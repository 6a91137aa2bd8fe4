"""What does each place hold, given a layout? A pure function from a layout to bytes per place.

llama.cpp keeps the input embedding on the host at any ``-ngl`` (a tied one is held twice) and the output layer with
the last layers (source: llama.cpp src/llama-model.cpp). vLLM splits every matrix over its ranks; key heads are repeated
where there are fewer than ranks, and MLA's latent lies on every rank.
"""

from __future__ import annotations

from dataclasses import dataclass

from sizing import buffers
from sizing.cache import padded
from sizing.entries import Backend, Runtime
from sizing.sized import Sized
from sizing.units import known

HOST = -1


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every layer and expert lies: for each layer a place's index, or ``HOST``.

    With ``split`` "tensor", the index is a pipeline stage, whose ``ranks`` devices share each layer.
    """

    split: str
    layers: tuple[int, ...]
    experts: tuple[int, ...]
    output: int
    ranks: int = 1

    @property
    def layers_on_host(self) -> int:
        """Layers whose attention lies on the host."""
        return sum(i == HOST for i in self.layers)

    @property
    def experts_on_host(self) -> int:
        """Layers whose experts alone lie on the host."""
        return sum(e == HOST != i for i, e in zip(self.layers, self.experts, strict=True))

    @property
    def offloaded(self) -> bool:
        """Whether anything but what the runtime always keeps there lies on the host."""
        return bool(self.layers_on_host or self.experts_on_host)


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


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a runtime."""

    runtime: Runtime
    backend: Backend
    context: int
    sequences: int = 1

    @property
    def llama_cpp(self) -> bool:
        """Whether llama.cpp's placement rules apply: GGUF files, layer split."""
        return self.runtime.files == "gguf"

    @property
    def overhead(self) -> int:
        """Bytes that driver and context take on each device; 0 where nobody states them."""
        return known(self.runtime.backends[self.backend].context_overhead) or 0


def hold(s: Sized, layout: Layout, request: Request, devices: int) -> tuple[Memory, ...]:
    """Memory of each device, then of the host."""
    if layout.split == "tensor":
        return _hold_split_tensors(s, layout, request, devices)
    weights, cache = [0] * (devices + 1), [0.0] * (devices + 1)
    context = padded(request.context, request.runtime.cache.page)
    for layer, place, experts in zip(s.layers, layout.layers, layout.experts, strict=True):
        weights[place] += layer.dense
        weights[experts] += layer.experts
        cache[place] += layer.cache.held(request.context, request.sequences)
    weights[layout.output] += s.output
    # llama.cpp looks tokens up on the host; where host and head are one place, a tied embedding is held once.
    embedding = HOST if request.llama_cpp else layout.layers[0]
    weights[embedding] += s.embedding if not (s.tied and embedding == layout.output) else 0
    used = [any(p == i for p in (*layout.layers, layout.output)) for i in range(devices)]
    result = []
    for i in range(devices):
        computing = buffers.compute(s.widths, request.runtime, context, i == layout.output) if used[i] else 0
        result.append(Memory(weights[i], round(cache[i]), computing, request.overhead if used[i] else 0))
    if devices == 0 or layout.layers_on_host:
        host_buffers = buffers.compute(s.widths, request.runtime, context, layout.output == HOST)
    else:
        host_buffers = buffers.staging(s.widths, request.runtime, context)
    result.append(Memory(weights[HOST], round(cache[HOST]), host_buffers, 0))
    return tuple(result)


def _hold_split_tensors(s: Sized, layout: Layout, request: Request, devices: int) -> tuple[Memory, ...]:
    ranks, stages = layout.ranks, max(layout.layers) + 1
    result: list[Memory] = []
    for stage in range(stages):
        own = [layer for layer, at in zip(s.layers, layout.layers, strict=True) if at == stage]
        weights = sum(x.dense + x.experts for x in own)
        weights += s.embedding if stage == 0 else 0
        head = s.output - (s.embedding if s.tied and stages == 1 else 0)
        weights += head if stage == stages - 1 else 0
        cache = sum(x.cache.held(request.context, request.sequences) for x in own)
        share = max(1 / ranks, 1 / s.kv_heads)
        computing = buffers.compute(s.widths, request.runtime, request.context, stage == stages - 1)
        result += [Memory(-(-weights // ranks), round(cache * share), computing, request.overhead)] * ranks
    result += [Memory()] * (devices - len(result))
    return (*result, Memory())
