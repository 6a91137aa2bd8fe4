"""What does context cost? The cache as parts, each with its bytes per token and, for a window, its token limit.

llama.cpp's rules (src/llama-kv-cache*.cpp, read 2026-11-22 in llama-cpp-python 0.3.36): contexts are padded to 256
tokens; a sliding layer holds its window plus one micro-batch; MLA keeps one latent and no values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.architectures import LayerKind, blocks, layer_kinds
from sizing.blocks import recurrent
from sizing.entries import Architecture
from sizing.reading import SizingError

MICRO_BATCH: Final = 512  # llama.cpp's default -ub
_PAD: Final = 256

# Bytes of the state of a layer that keeps no tokens.
_STATES: Final[Mapping[str, Callable[[Architecture], int]]] = {"delta_net": recurrent.delta_net_state}

# Cache type: elements in a block, bytes of a block.
CACHE_TYPES: Final[Mapping[str, tuple[int, int]]] = {
    "f16": (1, 2),
    "bf16": (1, 2),
    "fp8": (1, 1),
    "q8_0": (32, 34),
    "q4_0": (32, 18),
}


@dataclass(frozen=True, slots=True)
class CachePart:
    """What one layer keeps for a sequence: for each token up to ``limit`` (None: all of them), and a constant state."""

    bytes_per_token: float
    limit: int | None = None
    state: int = 0

    def bytes(self, context: int) -> float:
        """Bytes held for a sequence of ``context`` tokens."""
        return self.state + self.bytes_per_token * self.seen(context)

    def seen(self, depth: int) -> int:
        """Tokens that are held of ``depth``."""
        return depth if self.limit is None else min(depth, self.limit)

    def seen_sum(self, depth: int, prompt: int) -> float:
        """Held tokens that ``prompt`` tokens starting at ``depth`` see, summed over them."""
        if self.limit is None or depth + prompt <= self.limit:
            return prompt * (depth + prompt / 2)
        inside = max(0, self.limit - depth)
        return inside * (depth + inside / 2) + (prompt - inside) * self.limit


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
    elements = elements_per_token(a, layer) + _indexer_elements(a, layer, llama_cpp)
    return CachePart(elements / block * size, _held(a, layer.window, llama_cpp), state)


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
