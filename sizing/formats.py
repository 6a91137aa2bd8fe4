"""How many bytes is a tensor in a format? Number types, and llama.cpp's recipes that mix them by role and layer.

The recipes are llama-quantize's rules as they stand in llama.cpp's src/llama-quant.cpp (read 2026-11-22 in the source
that llama-cpp-python 0.3.36 ships), without an importance matrix. Block sizes are ggml's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.architectures import blocks, is_tied
from sizing.entries import Architecture, Format
from sizing.reading import SizingError
from sizing.tensors import Tensor, tensors

RECIPES_READ_FROM: Final = "llama.cpp src/llama-quant.cpp, llama-cpp-python 0.3.36"

# ggml type: elements in a block, bytes of a block. A test compares these with the gguf package.
BLOCKS: Final[Mapping[str, tuple[int, int]]] = {
    "F32": (1, 4),
    "F16": (1, 2),
    "BF16": (1, 2),
    "Q8_0": (32, 34),
    "Q6_K": (256, 210),
    "Q5_K": (256, 176),
    "Q5_1": (32, 24),
    "Q5_0": (32, 22),
    "Q4_K": (256, 144),
    "Q4_1": (32, 20),
    "Q4_0": (32, 18),
    "Q3_K": (256, 110),
    "Q2_K": (256, 84),
}

# Where a row does not divide by a type's block, llama-quantize falls back to the type on the right.
_FALLBACK: Final = {"Q2_K": "Q4_0", "Q3_K": "Q4_0", "Q4_K": "Q5_0", "Q5_K": "Q5_1", "Q6_K": "Q8_0"}

# llama-quantize's file types: the type of every tensor that no rule below mentions.
_DEFAULT: Final[Mapping[str, str]] = {
    "F16": "F16",
    "BF16": "BF16",
    "Q8_0": "Q8_0",
    "Q6_K": "Q6_K",
    "Q5_K_M": "Q5_K",
    "Q5_K_S": "Q5_K",
    "Q4_K_M": "Q4_K",
    "Q4_K_S": "Q4_K",
    "Q4_0": "Q4_0",
    "Q3_K_L": "Q3_K",
    "Q3_K_M": "Q3_K",
    "Q3_K_S": "Q3_K",
    "Q2_K": "Q2_K",
}


def type_bytes(kind: str, elements: int) -> int:
    """Bytes of ``elements`` values of a ggml type, whole blocks."""
    block, size = BLOCKS[kind]
    return -(-elements // block) * size


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the recipes ask about a model."""

    layers: int
    experts: int
    groups: int  # query heads to a key head
    tied: bool
    is_70b: bool  # llama.cpp's own class "70B": 80 layers of llama with grouped heads, or 80 layers of qwen2


def _shape(a: Architecture) -> _Shape:
    gguf = blocks(a).gguf
    eighty = a.num_hidden_layers == 80 and a.experts != 8
    return _Shape(
        layers=a.num_hidden_layers,
        experts=a.experts,
        groups=a.num_attention_heads // a.kv_heads if not a.kv_lora_rank else 1,
        tied=is_tied(a),
        is_70b=eighty and (gguf == "qwen2" or (gguf == "llama" and a.kv_heads != a.num_attention_heads)),
    )


def _more_bits(layer: int, layers: int) -> bool:
    return layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2


def _value_type(recipe: str, kind: str, layer: int, s: _Shape) -> str:
    if recipe == "Q2_K":
        kind = "Q4_K" if s.groups >= 4 else "Q3_K"
    elif recipe == "Q3_K_M":
        kind = "Q5_K" if layer < 2 else "Q4_K"
    elif recipe == "Q3_K_L":
        kind = "Q5_K"
    elif recipe in ("Q4_K_M", "Q5_K_M") and _more_bits(layer, s.layers):
        kind = "Q6_K"
    elif recipe == "Q4_K_S" and layer < 4:
        kind = "Q5_K"
    if s.is_70b and kind in ("Q3_K", "Q4_K"):
        kind = "Q5_K"
    return "Q8_0" if s.experts == 8 else kind


def _down_type(recipe: str, kind: str, layer: int, s: _Shape) -> str:
    if recipe == "Q2_K":
        return "Q3_K"
    if recipe == "Q3_K_M":
        return "Q5_K" if layer < s.layers // 16 else "Q4_K"
    if recipe == "Q3_K_L":
        return "Q5_K"
    if recipe in ("Q4_K_M", "Q5_K_M") and _more_bits(layer, s.layers):
        return "Q6_K"
    if recipe == "Q4_K_S" and layer < s.layers // 8:
        return "Q5_K"
    return kind


def _attention_output_type(recipe: str, kind: str, s: _Shape) -> str:
    if s.experts == 8:
        return "Q5_K" if recipe in ("Q2_K", "Q3_K_S", "Q3_K_M", "Q4_K_S", "Q4_K_M") else kind
    return {"Q2_K": "Q3_K", "Q3_K_M": "Q4_K", "Q3_K_L": "Q5_K"}.get(recipe, kind)


def gguf_type(tensor: Tensor, recipe: str, s: _Shape) -> str:
    """The ggml type that llama-quantize gives ``tensor`` under ``recipe``."""
    # One-dimensional tensors, norms and routers stay F32 in every GGUF.
    if len(tensor.shape) < 2 or tensor.part == "router":
        return "F32"
    kind = _DEFAULT[recipe]
    if kind in ("F16", "BF16"):
        return kind
    layer = tensor.layer or 0
    if tensor.role == "output" or (tensor.role == "token_embd" and s.tied):
        kind = "Q8_0" if kind == "Q8_0" or tensor.shape[1] % BLOCKS[kind][0] else "Q6_K"
    elif tensor.role == "attn_v":
        kind = _value_type(recipe, kind, layer, s)
    elif tensor.role == "attn_k" and s.experts == 8:
        kind = "Q8_0"
    elif tensor.role.startswith("ffn_down"):
        kind = _down_type(recipe, kind, layer, s)
    elif tensor.role == "attn_output":
        kind = _attention_output_type(recipe, kind, s)
    return _that_divides(kind, tensor.shape[1])


def _that_divides(kind: str, columns: int) -> str:
    if columns % BLOCKS[kind][0]:
        kind = _FALLBACK.get(kind, kind)
    return "F16" if columns % BLOCKS[kind][0] else kind


def _gguf_bytes(a: Architecture, recipe: str) -> Callable[[Tensor], int]:
    if recipe not in _DEFAULT:
        raise SizingError(f"format {recipe} has no recipe in sizing/formats.py; known are {', '.join(_DEFAULT)}")
    shape = _shape(a)

    def size(tensor: Tensor) -> int:
        return type_bytes(gguf_type(tensor, recipe, shape), tensor.elements)

    return size


def _uniform_bytes(fmt: Format) -> Callable[[Tensor], int]:
    """One number type for all linear weights; what the format keeps stays in 16 bits."""

    def size(tensor: Tensor) -> int:
        if tensor.part in (*fmt.keeps, "norm", "bias", "mtp") or len(tensor.shape) < 2:
            # A router's correction bias is published in FP32.
            return tensor.elements * (4 if tensor.buffer else 2)
        return tensor.elements * fmt.bits // 8 + _scale_bytes(fmt, tensor)

    return size


def _scale_bytes(fmt: Format, tensor: Tensor) -> int:
    if fmt.scales is None:
        return 0
    rows, columns = tensor.shape
    if fmt.scales.block:
        high, wide = fmt.scales.block
        scales = -(-rows // high) * -(-columns // wide)
    elif fmt.scales.group:
        scales = rows * -(-columns // fmt.scales.group)
    else:
        scales = rows if fmt.scales.per == "channel" else 1
    return tensor.count * scales * (fmt.scales.bits + fmt.scales.zero_bits) // 8


@lru_cache(maxsize=4096)
def tensor_bytes(a: Architecture, fmt: Format, gguf: bool) -> tuple[tuple[Tensor, int], ...]:
    """Each tensor that is loaded (no MTP layer), with its bytes in ``fmt``; ``gguf`` where a GGUF file holds it."""
    size = _gguf_bytes(a, fmt.id) if gguf else _uniform_bytes(fmt)
    return tuple((t, size(t)) for t in tensors(a) if not t.mtp)
