"""What does context cost? The cache as parts, each with its bytes per token and, for a window, its token limit.

llama.cpp's rules (src/llama-kv-cache*.cpp, read 2026-11-22 in llama-cpp-python 0.3.36): contexts are padded to 256
tokens; a sliding layer holds its window plus one micro-batch; MLA keeps one latent and no values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.architectures import LayerKind, blocks, layer_kinds
from sizing.blocks import attention, recurrent
from sizing.entries import Architecture
from sizing.reading import SizingError

MICRO_BATCH: Final = 512  # llama.cpp's default -ub
_PAD: Final = 256

# Cache type: elements in a block, bytes of a block.
CACHE_TYPES: Final[Mapping[str, tuple[int, int]]] = {
    "f16": (1, 2),
    "bf16": (1, 2),
    "fp8": (1, 1),
    "q8_0": (32, 34),
    "q4_0": (32, 18),
}


@dataclass(frozen=True, slots=True)
class Entries:
    """Compressed attention's share of a cache: an entry for every ``ratio`` tokens, of which a token reads some."""

    ratio: int
    bytes: float  # of an entry
    flops: float  # of a token, for each entry that it reads
    chosen: int | None = None  # entries that it reads; None for all
    pad: int = 1  # the runtime holds a multiple of so many

    def held(self, context: int) -> float:
        """Bytes held for a sequence of ``context`` tokens."""
        return self.bytes * (-(-context // self.ratio // self.pad) * self.pad)

    def read(self, depth: int) -> int:
        """Entries that a token reads with ``depth`` tokens before it."""
        return seen(self.chosen, depth // self.ratio)

    def read_by(self, prompt: int, depth: int) -> float:
        """The same summed over ``prompt`` tokens that start at ``depth``."""
        return seen_by(self.chosen and self.chosen * self.ratio, depth, prompt) / self.ratio


@dataclass(frozen=True, slots=True)
class CachePart:
    """What one layer keeps for a sequence: for each token up to ``limit`` (None: all of them), and a constant state."""

    bytes_per_token: float
    limit: int | None = None
    state: int = 0
    entries: tuple[Entries, ...] = ()

    def bytes(self, context: int) -> float:
        """Bytes held for a sequence of ``context`` tokens."""
        tokens = self.bytes_per_token * seen(self.limit, context)
        return self.state + tokens + sum(e.held(context) for e in self.entries)

    def moved(self, depth: int) -> float:
        """Bytes that a step moves with ``depth`` tokens held: a state is written back, and of entries some are read."""
        tokens = self.bytes_per_token * seen(self.limit, depth)
        return 2 * self.state + tokens + sum(e.bytes * e.read(depth) for e in self.entries)

    def flops(self, depth: int, each: float) -> float:
        """Operations of a token over ``depth`` tokens held: ``each`` for each that it sees, and its entries' own."""
        return each * seen(self.limit, depth) + sum(e.flops * e.read(depth) for e in self.entries)

    def flops_by(self, prompt: int, depth: int, each: float) -> float:
        """The same summed over ``prompt`` tokens that start at ``depth``."""
        own = sum(e.flops * e.read_by(prompt, depth) for e in self.entries)
        return each * seen_by(self.limit, depth, prompt) + own


def seen(limit: int | None, depth: int) -> int:
    """How many of ``depth`` things a token sees that sees at most ``limit``."""
    return depth if limit is None else min(limit, depth)


def seen_by(limit: int | None, depth: int, prompt: int) -> float:
    """Cached tokens that ``prompt`` tokens starting at ``depth`` see, summed over them."""
    if limit is None or depth + prompt <= limit:
        return prompt * (depth + prompt / 2)
    inside = max(0, limit - depth)
    return inside * (depth + inside / 2) + (prompt - inside) * limit


def cache_type(name: str) -> tuple[int, int]:
    """(elements, bytes) of a block. Raises SizingError for an unknown type."""
    try:
        return CACHE_TYPES[name.lower()]
    except KeyError:
        raise SizingError(f"cache type {name!r} is not known; known are {', '.join(CACHE_TYPES)}") from None


def elements_per_token(a: Architecture, layer: LayerKind) -> int:
    """Cache elements that a layer keeps for one token: none where it has no attention, or another layer's keys."""
    if not layer.own_keys:
        return 0
    if layer.mixer == "latent":
        return (a.kv_lora_rank or 0) + (a.qk_rope_head_dim or 0)
    if layer.mixer == "compressed":
        return layer.head_dim  # keys, which are their own values
    return layer.kv_heads * (layer.head_dim + layer.value_dim)


def cache_parts(a: Architecture, kind: str, llama_cpp: bool) -> tuple[CachePart, ...]:
    """The cache of each layer in a cache type."""
    return tuple(cache_part(a, layer, kind, llama_cpp) for layer in layer_kinds(a))


@lru_cache(maxsize=4096)
def cache_part(a: Architecture, layer: LayerKind, kind: str, llama_cpp: bool) -> CachePart:
    """The cache of a layer of one kind."""
    state = recurrent.STATES[layer.recurrent](a)
    if layer.mixer == layer.recurrent or layer.mixer == "projection":
        return CachePart(0.0, 0, state)
    block, size = cache_type(kind)
    elements, held = elements_per_token(a, layer), _held(a, layer.window, llama_cpp)
    if layer.mixer != "compressed":
        elements += _indexer_elements(a, layer, llama_cpp)
        return CachePart(elements / block * size, held, state)
    entries = tuple(_entries(a, layer, size / block, _PAD if llama_cpp else 1))
    waiting = [attention.compressor_state(layer.ratio, layer.head_dim)] if layer.ratio else []
    waiting += [attention.compressor_state(layer.ratio, a.index_head_dim or 0)] if layer.indexer else []
    return CachePart(elements / block * size, held, sum(waiting), entries)


def _entries(a: Architecture, layer: LayerKind, size: float, pad: int) -> Iterator[Entries]:
    """The compressed entries of a layer, ``size`` bytes an element: attended to, and where some are chosen, scored."""
    if layer.ratio:
        attended = 4.0 * layer.heads * layer.head_dim
        chosen = a.index_topk if layer.indexer else None
        yield Entries(layer.ratio, size * layer.head_dim, attended, chosen, pad)
    if layer.indexer:
        width = a.index_head_dim or 0
        yield Entries(layer.ratio, size * width, 2.0 * (a.index_n_heads or 0) * width, None, pad)


def _indexer_elements(a: Architecture, layer: LayerKind, llama_cpp: bool) -> int:
    """Elements that an indexer keeps of a token: a key; beside grouped heads, llama.cpp allots its values too."""
    if not layer.indexer:
        return 0
    return (a.index_head_dim or 0) * (2 if llama_cpp and layer.mixer == "attention" else 1)


def _held(a: Architecture, window: int | None, llama_cpp: bool) -> int | None:
    """Tokens that a runtime keeps of a window."""
    if window is None or (llama_cpp and not blocks(a).window_in_llama_cpp):
        return None
    return _padded(window + MICRO_BATCH) if llama_cpp else window


def _padded(tokens: int) -> int:
    return -(-tokens // _PAD) * _PAD


def allocated_context(context: int, llama_cpp: bool) -> int:
    """Tokens that the runtime allocates for ``context`` tokens of a sequence."""
    return _padded(context) if llama_cpp else context
