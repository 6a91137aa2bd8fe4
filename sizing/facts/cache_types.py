"""Which number types can a cache have? By every runtime's names for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Cache type: elements in a block, bytes of a block. ggml's names first.
CACHE_TYPES: Final[Mapping[str, tuple[int, int]]] = {
    "f32": (1, 4),
    "f16": (1, 2),
    "bf16": (1, 2),
    "q8_0": (32, 34),
    "q6_0": (32, 26),
    "q5_1": (32, 24),
    "q5_0": (32, 22),
    "q4_1": (32, 20),
    "q4_0": (32, 18),
    "iq4_nl": (32, 18),
    "fp8": (1, 1),  # E4M3 or E5M2, one scale a tensor
    "fp8_128": (128, 132),  # E4M3 with an FP32 scale for 128 elements
    "fp8_ds_mla": (576, 656),  # a latent of 512 in E4M3 with four FP32 scales, and 64 positions in 16 bits
    "8bit": (64, 68),  # MLX's affine groups of 64, with a scale and a bias of 16 bits
    "4bit": (64, 36),
    "q8": (32, 34),  # ExLlama's groups of 32, with a scale of 16 bits
    "q6": (32, 26),
    "q4": (32, 18),
}


def widening(name: str) -> float:
    """How many times as many bytes the elements of a cache type take in 16 bits; 1.0 for a type that no kernel widens.

    ``q8_0/q4_0`` names the keys' type and the values'.
    """
    bits = []
    for kind in name.lower().split("/"):
        elements, size = CACHE_TYPES.get(kind, (1, 2))
        bits.append(min(2.0, size / elements))
    return 2 * len(bits) / sum(bits)
