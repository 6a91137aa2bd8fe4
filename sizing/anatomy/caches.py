"""What does context cost? The cache as parts, each with its bytes per token and, for a window, its token limit.

How a runtime pads, and what it keeps of a window, is its rule in ``catalog/runtimes.yaml``, with the sources.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from sizing.anatomy.blocks import attention, recurrent
from sizing.anatomy.shape import LayerKind, Shape
from sizing.engine.cache import CachePart, Compressed, padded, possible_type
from sizing.errors import SizingError
from sizing.facts.cache_types import CACHE_TYPES
from sizing.facts.entries.runtimes import CacheRule


def cache_types(name: str, rule: CacheRule) -> tuple[str, str]:
    """The types of keys and of values: ``q8_0``, or ``q8_0/q4_0``. Raises SizingError for what the runtime lacks."""
    keys, slash, values = name.lower().partition("/")
    for kind in (keys, values) if slash else (keys,):
        possible_type(kind, rule.types)
    if slash and keys != values and not rule.apart:
        raise SizingError(f"this runtime has one type for keys and values; give one of {', '.join(rule.types)}")
    return keys, values if slash else keys


def elements_per_token(s: Shape, layer: LayerKind) -> int:
    """Cache elements that a layer keeps for one token: none where it has no attention, or another layer's keys."""
    return sum(_elements(s, layer))


def _elements(s: Shape, layer: LayerKind) -> tuple[int, int]:
    """Elements of one token's keys, and of its values; MLA's latent stands for both, and counts as keys."""
    if not layer.own_keys or layer.mixer in ("cross", "projection", "none") or layer.mixer == layer.recurrent:
        return 0, 0
    if layer.mixer == "latent":
        latent = layer.latent or s.latent
        return latent.rank + (latent.rope if layer.rotates else 0), 0
    if layer.mixer == "compressed":
        return layer.head_dim, 0  # keys, which are their own values
    return layer.kv_heads * layer.head_dim, layer.kv_heads * layer.value_dim


@lru_cache(maxsize=4096)
def cache_parts(s: Shape, name: str, rule: CacheRule) -> tuple[CachePart, ...]:
    """The cache of each layer. Raises SizingError for a cache type that the runtime or the model cannot have."""
    kinds, types = s.layers, cache_types(name, rule)
    by_kind = {kind: _part(s, kind, types, rule) for kind in set(kinds)}
    if rule.grouped and not any(part.compressed for part in by_kind.values()):
        by_kind = _grouped(Counter(kinds), by_kind, rule)
    return tuple(by_kind[kind] for kind in kinds)


def mtp_parts(s: Shape, name: str, rule: CacheRule) -> tuple[CachePart, ...]:
    """The cache of each multi-token-prediction layer. Raises SizingError likewise."""
    types = cache_types(rule.drafting or name, rule)
    return tuple(_part(s, kind, types, rule) for kind in s.mtp)


def _part(s: Shape, layer: LayerKind, types: tuple[str, str], rule: CacheRule) -> CachePart:
    """The cache of a layer of one kind; an encoder sees a text once, and keeps nothing."""
    if s.blocks.encoder:
        return CachePart(0.0, 0, 0)
    state = _state(s, layer, rule)
    if layer.mixer == layer.recurrent or layer.mixer in ("projection", "cross"):
        return CachePart(0.0, 0, state)
    windowed = bool(layer.window) and rule.keeps_windows(s.model_type)
    if windowed and rule.window_type:
        types = cache_types(rule.window_type, rule)
    keys, values = _elements(s, layer)
    sparse = layer.indexer and layer.mixer == "latent" and types[0] == "fp8" and rule.sparse_latent
    size = _bytes(keys, sparse or types[0], layer.head_dim if layer.mixer == "attention" else keys)
    size += _bytes(values, types[1], layer.value_dim)
    entries: tuple[Compressed, ...] = ()
    if layer.mixer == "compressed":
        entries = tuple(_entries(s, layer, types[0], rule))
        waiting = [attention.compressor_state(layer.ratio, layer.head_dim)] if layer.ratio else []
        waiting += [attention.compressor_state(layer.ratio, s.indexer.head_dim)] if layer.indexer else []
        state += sum(waiting)
    elif layer.indexer:
        copies = 2 if rule.indexer_values and layer.mixer == "attention" else 1
        # Beside a key, what weighs it and what its pool comes to (llama.cpp src/llama-memory-hybrid-idx.cpp).
        copies = 3 if s.indexer.pool else copies
        size += copies * _bytes(s.indexer.head_dim, rule.indexer or types[0], s.indexer.head_dim)
    if not layer.window or not windowed:
        return CachePart(size, None, state, entries, rule.page)
    if not rule.quantized_windows and any(CACHE_TYPES[kind][0] > 1 for kind in types):
        raise SizingError(
            f"cache type {types[0]!r} is not possible here: the runtime keeps a window's cache in 16 bits"
        )
    limit, slack = padded(layer.window + rule.window_spare, rule.page), rule.window_pages * rule.page
    return CachePart(size, limit, state, entries, rule.page, slack, rule.batch_spare, rule.least(s.model_type))


def _entries(s: Shape, layer: LayerKind, kind: str, rule: CacheRule) -> Iterator[Compressed]:
    """The compressed entries of a layer: attended to, and where some are chosen, scored. A runtime that masks the
    others reads all of them."""
    pad = rule.page
    if layer.ratio:
        attended = 4.0 * layer.heads * layer.head_dim
        chosen = s.indexer.chosen or None if layer.indexer and not rule.masks else None
        yield Compressed(layer.ratio, _bytes(layer.head_dim, kind, layer.head_dim), attended, chosen, pad)
    if layer.indexer:
        width = s.indexer.head_dim
        yield Compressed(layer.ratio, _bytes(width, kind, width), 2.0 * s.indexer.heads * width, None, pad)


def _bytes(elements: int, kind: str, head: int) -> float:
    """Bytes of one token's elements; blocks do not reach over a head's end."""
    block, size = CACHE_TYPES[kind]
    if elements and head % block:
        raise SizingError(f"cache type {kind!r} has blocks of {block} elements, which do not divide heads of {head}")
    return elements / block * size


def _state(s: Shape, layer: LayerKind, rule: CacheRule) -> int:
    """Bytes of a state; a runtime that gives it 16 bits still follows a config.json that asks for FP32."""
    bits = 32 if s.wide_states else rule.state_bits
    whole, convolution = recurrent.STATES[layer.recurrent](s), recurrent.CONVOLUTIONS[layer.recurrent](s)
    return (convolution * rule.convolution_bits + (whole - convolution) * bits) // 32


def _grouped(
    layers: Mapping[LayerKind, int], parts: Mapping[LayerKind, CachePart], rule: CacheRule
) -> dict[LayerKind, CachePart]:
    """Parts in pages of one size, and layers in groups of one size (vLLM, v1/core/kv_cache_utils.py).

    Where there are states, a page of attention grows to hold one, and a state fills a page. Where kinds of cache
    differ, layers that only fill up a group cost what the others do.
    """
    state = max((part.state for part in parts.values()), default=0)
    widest = max((part.bytes_per_token for part in parts.values()), default=0.0)
    if state and widest:
        page = padded(math.ceil(state / widest), rule.page)
        filled = math.ceil(page * widest)
        parts = {kind: replace(part, state=filled if part.state else 0, page=page) for kind, part in parts.items()}
    counts: dict[CachePart, int] = defaultdict(int)
    for kind, part in parts.items():
        counts[part] += layers[kind]
    if len({(part.limit, part.state) for part in counts}) < 2:
        return dict(parts)
    size = min(counts.values())
    size = max(counts.values()) if max(counts.values()) < 1.5 * size else size
    return {kind: _scaled(part, padded(counts[part], size) / counts[part]) for kind, part in parts.items()}


def _scaled(part: CachePart, factor: float) -> CachePart:
    return replace(part, bytes_per_token=part.bytes_per_token * factor, state=math.ceil(part.state * factor))
