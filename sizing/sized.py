"""What does the rest of the arithmetic need of a model? Everything that looks at tensors, done once, as plain numbers.

``plan`` combines a ``Sized`` with a machine and a context, and never looks at a tensor again; a browser can be given
a ``Sized`` as data and repeat only that second half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate

from sizing.architectures import LayerKind, is_tied, layer_kinds
from sizing.blocks.tensor import Tensor
from sizing.buffers import Widths, widths
from sizing.cache import CachePart, cache_parts
from sizing.entries import Architecture, CacheRule, Format
from sizing.formats import layer_classes, tensor_bytes
from sizing.tensors import (
    embedding,
    head,
    layer_tensors,
    numbered,
    parameters,
    per_layer_embedding,
    read_elements,
)


@dataclass(frozen=True, slots=True)
class SizedLayer:
    """One layer in bytes, and in operations for one token."""

    dense: int  # bytes of all but the routed experts
    experts: int  # bytes of all routed experts
    flops: float  # multiply-adds x 2 of what a token uses, attention scores left out
    cache: CachePart
    attention_flops: float  # for each token already in the cache that is seen
    cache_heads: int  # how many ranks can share its cache out; 1 for a latent or entries that each needs whole
    largest: int  # bytes of its largest matrix, the routed experts' aside
    largest_expert: int  # bytes of the largest matrix of its routed experts


@dataclass(frozen=True, slots=True)
class Alike:
    """Layers whose caches are alike: how many of them come before each layer, and before the end."""

    cache: CachePart
    attention_flops: float
    cache_heads: int
    before: tuple[int, ...]


@dataclass(frozen=True)
class Sized:
    """A model in a format, with a cache type, as one runtime holds it. Bytes, and operations for one token."""

    layers: tuple[SizedLayer, ...]
    embedding: int  # bytes of the input embedding
    lookups: int  # bytes of further embeddings, of which a token reads a row
    output: int  # bytes of the output head and the last norm; a tied head is the embedding once more
    output_flops: float
    tied: bool
    widths: Widths
    experts: int
    experts_per_token: int
    total_parameters: int
    active_parameters: int

    @cached_property
    def weights(self) -> int:
        """Bytes of the published file: a tied head once."""
        own_head = self.output - (self.embedding if self.tied else 0)
        return self.embedding + self.lookups + own_head + self.dense[-1] + self.expert[-1]

    @cached_property
    def dense(self) -> tuple[int, ...]:
        """Bytes of the dense parts of all layers before each one, and before the end."""
        return _sums(x.dense for x in self.layers)

    @cached_property
    def expert(self) -> tuple[int, ...]:
        """Bytes of the routed experts of all layers before each one, and before the end."""
        return _sums(x.experts for x in self.layers)

    @cached_property
    def mixtures(self) -> tuple[int, ...]:
        """Layers with routed experts before each one, and before the end."""
        return _sums(x.experts > 0 for x in self.layers)

    @cached_property
    def largest_expert(self) -> int:
        """Bytes of the largest matrix of routed experts."""
        return max(x.largest_expert for x in self.layers)

    @cached_property
    def largest(self) -> int:
        """Bytes of the largest matrix of a layer."""
        return max(self.largest_expert, *(x.largest for x in self.layers))

    @cached_property
    def states(self) -> tuple[int, ...]:
        """Layers with a recurrent state before each one, and before the end."""
        return _sums(x.cache.state > 0 for x in self.layers)

    @cached_property
    def flops(self) -> tuple[float, ...]:
        """Operations for one token of all layers before each one, and before the end."""
        return tuple(accumulate((x.flops for x in self.layers), initial=0.0))

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """The layers gathered by their caches."""
        found = [(x.cache, x.attention_flops, x.cache_heads) for x in self.layers]
        return tuple(Alike(*one, _sums(one == x for x in found)) for one in dict.fromkeys(found))

    def cached(self, depth: int, first: int, end: int) -> float:
        """Bytes of cache that decoding reads of one sequence in layers ``first`` to ``end``."""
        return sum((group.before[end] - group.before[first]) * group.cache.bytes(depth) for group in self.alike)

    def moved(self, depth: int, first: int, end: int, ranks: int = 1) -> float:
        """Bytes of one sequence's cache that a step of layers ``first`` to ``end`` reads and writes, on each rank."""
        return sum(
            (group.before[end] - group.before[first]) * group.cache.moved(depth) / min(ranks, group.cache_heads)
            for group in self.alike
        )

    def attended(self, depth: int, first: int, end: int) -> float:
        """Operations of attention over ``depth`` cached tokens, for one token in layers ``first`` to ``end``."""
        return sum(
            (group.before[end] - group.before[first]) * group.cache.flops(depth, group.attention_flops)
            for group in self.alike
        )

    def attended_by_prompt(self, depth: int, prompt: int) -> float:
        """Operations of attention for ``prompt`` tokens that start at ``depth``, in all layers."""
        return sum(
            group.before[-1] * group.cache.flops_by(prompt, depth, group.attention_flops) for group in self.alike
        )

    def expert_share(self, tokens: float) -> float:
        """Expected share of a layer's routed experts that ``tokens`` tokens use together, routing being uniform."""
        if not self.experts:
            return 0.0
        return float(1.0 - (1.0 - self.experts_per_token / self.experts) ** tokens)


def _sums(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(values, initial=0))


def _attention_flops(a: Architecture, layer: LayerKind) -> float:
    """Operations of one layer's scores and their sum over values, for each cached token: 2 each for QK and PV."""
    if layer.mixer == "latent":
        # Absorbed form: scores over latent and rope, values over the latent (DeepSeek-V2 paper, section 2.1.2).
        latent = a.kv_lora_rank or 0
        return 2.0 * layer.heads * (2 * latent + (a.qk_rope_head_dim or 0))
    if layer.mixer in ("attention", "compressed"):
        return 2.0 * layer.heads * (layer.head_dim + layer.value_dim)
    return 0.0


@lru_cache(maxsize=4096)
def _layer_flops(a: Architecture, kind: LayerKind) -> float:
    return sum(2.0 * read_elements(t, a) for t in layer_tensors(a, kind))


@lru_cache(maxsize=65536)
def sized(a: Architecture, fmt: Format, cache_format: str, rule: CacheRule, gguf: bool) -> Sized:
    """Everything about a model in a format that needs its tensors; ``gguf`` where a GGUF file holds them.

    Raises SizingError for what it does not know.
    """
    bytes_of = tensor_bytes(fmt, a, gguf)
    known: dict[object, SizedLayer] = {}
    layers, caches = [], cache_parts(a, cache_format, rule)
    for i, one in enumerate(zip(layer_kinds(a), layer_classes(fmt, a, gguf), strict=True)):
        if one not in known:
            known[one] = _layer(a, one[0], i, bytes_of, caches[i])
        layers.append(known[one])
    tied, counts = is_tied(a), parameters(a)
    looked_up, last = embedding(a), tuple(head(a))
    further = tuple(per_layer_embedding(a))
    if with_first := [t for t in further if t.layer == 0]:
        first, work = layers[0], 2.0 * sum(read_elements(t, a) for t in with_first)
        layers[0] = replace(first, dense=first.dense + sum(map(bytes_of, with_first)), flops=first.flops + work)
    size = bytes_of(looked_up)
    return Sized(
        layers=tuple(layers),
        embedding=size,
        lookups=sum(bytes_of(t) for t in further if t.layer is None),
        output=sum(map(bytes_of, last)) + (size if tied else 0),
        output_flops=2.0 * sum(read_elements(t, a) for t in (looked_up, *last)),
        tied=tied,
        widths=widths(a),
        experts=a.experts,
        experts_per_token=a.experts_used,
        total_parameters=counts.total,
        active_parameters=counts.active,
    )


@lru_cache(maxsize=16384)
def _numbered(a: Architecture, kind: LayerKind, layer: int) -> tuple[Tensor, ...]:
    return tuple(numbered(layer_tensors(a, kind), layer))


def _layer(
    a: Architecture, kind: LayerKind, index: int, bytes_of: Callable[[Tensor], int], cache: CachePart
) -> SizedLayer:
    dense: list[int] = []
    experts: list[int] = []
    for tensor in _numbered(a, kind, index):
        (experts if tensor.count > 1 else dense).append(bytes_of(tensor))
    return SizedLayer(
        dense=sum(dense),
        experts=sum(experts),
        flops=_layer_flops(a, kind),
        cache=cache,
        attention_flops=_attention_flops(a, kind),
        cache_heads=_cache_heads(kind),
        largest=max(dense, default=0),
        largest_expert=max(experts, default=0),
    )


def _cache_heads(kind: LayerKind) -> int:
    if kind.mixer == "attention":
        return kind.kv_heads
    return 1 if kind.mixer in ("latent", "compressed") else kind.heads
