"""What does context cost? The cache as parts, each with its bytes per token and, for a window, its token limit.

llama.cpp's rules (src/llama-kv-cache*.cpp, read 2026-11-22 in llama-cpp-python 0.3.36): contexts are padded to 256
tokens; a sliding layer holds its window plus one micro-batch; MLA keeps one latent and no values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.architectures import blocks, windows
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
class CachePart:
    """What one layer keeps for a sequence: for each token up to ``limit`` (None: all of them), and a constant state."""

    layer: int
    bytes_per_token: float
    limit: int | None = None
    state: int = 0

    def bytes(self, context: int) -> float:
        """Bytes held for a sequence of ``context`` tokens."""
        return self.state + self.bytes_per_token * (context if self.limit is None else min(context, self.limit))


def cache_type(name: str) -> tuple[int, int]:
    """(elements, bytes) of a block. Raises SizingError for an unknown type."""
    try:
        return CACHE_TYPES[name.lower()]
    except KeyError:
        raise SizingError(f"cache type {name!r} is not known; known are {', '.join(CACHE_TYPES)}") from None


def elements_per_token(a: Architecture) -> int:
    """Cache elements that one layer keeps for one token."""
    if blocks(a).attention == "mla":
        return (a.kv_lora_rank or 0) + (a.qk_rope_head_dim or 0)
    return 2 * a.kv_heads * a.head_size


@lru_cache(maxsize=4096)
def cache_parts(a: Architecture, kind: str, llama_cpp: bool) -> tuple[CachePart, ...]:
    """The cache of each layer in a cache type."""
    block, size = cache_type(kind)
    per_token = elements_per_token(a) / block * size
    layers = windows(a)
    if llama_cpp and not blocks(a).window_in_llama_cpp:
        layers = (None,) * len(layers)
    held = [None if w is None else (_padded(w + MICRO_BATCH) if llama_cpp else w) for w in layers]
    return tuple(
        CachePart(i, 0.0, 0, _linear_state(a))
        if a.is_linear(i)
        else CachePart(i, per_token + ((a.index_head_dim or 0) / block * size if a.has_indexer(i) else 0), limit)
        for i, limit in enumerate(held)
    )


def _linear_state(a: Architecture) -> int:
    """Bytes of a linear layer's state: the convolution's last inputs and one matrix a head, in FP32."""
    convolution = ((a.linear_conv_kernel_dim or 1) - 1) * (2 * a.linear_keys + a.linear_values)
    return 4 * (convolution + (a.linear_key_head_dim or 0) * a.linear_values)


def _padded(tokens: int) -> int:
    return -(-tokens // _PAD) * _PAD


def allocated_context(context: int, llama_cpp: bool) -> int:
    """Tokens that the runtime allocates for ``context`` tokens of a sequence."""
    return _padded(context) if llama_cpp else context
