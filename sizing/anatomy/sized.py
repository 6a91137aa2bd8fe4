"""What does the rest of the arithmetic need of a model? Everything that looks at tensors, done once, as plain numbers.

``plan`` combines a ``Sized`` with a machine and a context, and never looks at a tensor again; a browser can be given
a ``Sized`` as data and repeat only that second half.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from sizing.anatomy.blocks.tensor import Tensor
from sizing.anatomy.caches import cache_parts, mtp_parts
from sizing.anatomy.formats import layer_classes, tensor_bytes
from sizing.anatomy.shape import SCORES_TOKENS, Experts, LayerKind, Shape
from sizing.anatomy.tensors import (
    embedding,
    first,
    head,
    layer_tensors,
    mtp_layers,
    numbered,
    parameters,
    per_layer_embedding,
    read_elements,
)
from sizing.anatomy.widths import widths
from sizing.engine.cache import CachePart, padded
from sizing.engine.sized import Sized, SizedLayer
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import CacheRule


def _attention_flops(s: Shape, layer: LayerKind) -> float:
    """Operations of one layer's scores and their sum over values, for each cached token: 2 each for QK and PV."""
    if layer.mixer == "latent":
        # Absorbed form: scores over latent and rope, values over the latent (DeepSeek-V2 paper, section 2.1.2).
        latent = layer.latent or s.latent
        return 2.0 * layer.heads * (2 * latent.rank + latent.rope)
    if layer.mixer in ("attention", "compressed", "mixture", "shared"):
        # An encoder's tokens see those behind them too: twice what is summed over the tokens before.
        return 2.0 * (1 + s.blocks.encoder) * layer.heads * (layer.head_dim + layer.value_dim)
    return 0.0


@lru_cache(maxsize=4096)
def _layer_flops(s: Shape, kind: LayerKind) -> float:
    return sum(2.0 * read_elements(t, s) for t in layer_tensors(s, kind))


@lru_cache(maxsize=2048)
def sized(s: Shape, fmt: Format, cache_format: str, rule: CacheRule, gguf: bool) -> Sized:
    """Everything about a model in a format that needs its tensors; ``gguf`` where a GGUF file holds them.

    Raises SizingError for what it does not know.
    """
    bytes_of = tensor_bytes(fmt, s, gguf)
    known: dict[object, SizedLayer] = {}
    layers, caches = [], cache_parts(s, cache_format, rule)
    for i, one in enumerate(zip(s.layers, layer_classes(fmt, s, gguf), strict=True)):
        if one not in known:
            known[one] = _layer(s, one[0], i, bytes_of, caches[i])
        layers.append(known[one])
    tied, counts = s.tied and s.head in SCORES_TOKENS, parameters(s)
    looked_up, last = embedding(s), tuple(head(s))
    further = (*first(s), *per_layer_embedding(s))
    if with_first := [t for t in further if t.layer == 0]:
        lead, work = layers[0], 2.0 * sum(read_elements(t, s) for t in with_first)
        layers[0] = replace(lead, dense=lead.dense + sum(map(bytes_of, with_first)), flops=lead.flops + work)
    size = bytes_of(looked_up)
    own_head = bytes_of(replace(looked_up, role="output", part="output")) if tied and fmt.own_head else 0
    experts = s.experts if any(one.experts for one in layers) else Experts()  # MTP layers alone may have some
    return Sized(
        layers=tuple(layers),
        embedding=size,
        lookups=sum(bytes_of(t) for t in further if t.layer is None),
        output=sum(map(bytes_of, last)) + (own_head or (size if tied else 0)),
        output_flops=2.0 * sum(read_elements(t, s) for t in (looked_up, *last)),
        tied=tied,
        widths=widths(s),
        experts=experts.count,
        experts_per_token=experts.used,
        total_parameters=counts.total,
        active_parameters=counts.active,
        whole=s.blocks.encoder,
        answers=s.answers,
        padding=1.0 if gguf or fmt.tile is None else _padding(s, *fmt.tile),
        unpacked=_unpacked(s) if fmt.unpacked else 0,
        own_head=own_head,
    )


@lru_cache(maxsize=256)
def drafter(s: Shape, fmt: Format, cache_format: str, rule: CacheRule, gguf: bool) -> Sized | None:
    """A model's first multi-token-prediction layer with the output head, as a model of its own that drafts; None where
    there is none. Raises SizingError for what it does not know."""
    if not s.mtp:
        return None
    whole, bytes_of = sized(s, fmt, cache_format, rule, gguf), tensor_bytes(fmt, s, gguf, mtp=True)
    own = mtp_layers(s)[0]
    used = [t for t in own if t.role not in ("nextn.embed_tokens", "nextn.shared_head_head")]
    active = sum(read_elements(t, s) for t in used)
    layer = SizedLayer(
        dense=sum(bytes_of(t) for t in used if t.count == 1),
        experts=sum(bytes_of(t) for t in used if t.count > 1),
        flops=2.0 * active,
        cache=mtp_parts(s, cache_format, rule)[0],
        attention_flops=_attention_flops(s, s.mtp[0]),
        cache_heads=_cache_heads(s.mtp[0]),
        largest=max(map(bytes_of, used)),
        largest_expert=max((bytes_of(t) for t in used if t.count > 1), default=0),
    )
    total = sum(t.elements for t in used)
    return replace(whole, layers=(layer,), lookups=0, total_parameters=total, active_parameters=active)


def _padding(s: Shape, rows: int, columns: int) -> float:
    """How many times as many bytes experts' matrices take where these are padded to whole tiles."""
    width, hidden = s.experts.width, s.experts.hidden
    if not s.experts.count:
        return 1.0
    return padded(width, rows) * padded(hidden, columns) / (width * hidden)


def _unpacked(s: Shape) -> int:
    """Bytes of a layer's largest matrix in 16 bits, one expert's of a mixture."""
    return max([2 * t.elements // t.count for kind in s.layers for t in layer_tensors(s, kind)], default=0)


@lru_cache(maxsize=16384)
def _numbered(s: Shape, kind: LayerKind, layer: int) -> tuple[Tensor, ...]:
    return tuple(numbered(layer_tensors(s, kind), layer))


def _layer(s: Shape, kind: LayerKind, index: int, bytes_of: Callable[[Tensor], int], cache: CachePart) -> SizedLayer:
    dense: list[int] = []
    experts: list[int] = []
    for tensor in _numbered(s, kind, index):
        (experts if tensor.count > 1 else dense).append(bytes_of(tensor))
    return SizedLayer(
        dense=sum(dense),
        experts=sum(experts),
        flops=_layer_flops(s, kind),
        cache=cache,
        attention_flops=_attention_flops(s, kind),
        cache_heads=_cache_heads(kind),
        largest=max(dense, default=0),
        largest_expert=max(experts, default=0),
    )


def _cache_heads(kind: LayerKind) -> int:
    if kind.mixer in ("attention", "mixture", "shared"):
        return kind.kv_heads
    return 1 if kind.mixer in ("latent", "compressed") else kind.heads
