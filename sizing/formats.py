"""How many bytes is a tensor in a format? One number type for all linear weights, or a GGUF file's mixed types."""

from __future__ import annotations

from collections.abc import Callable

from sizing.blocks.tensor import Tensor
from sizing.entries import Architecture, Format
from sizing.recipes import LayerClass, gguf_type, recipe_classes, shape_of, type_bytes


def _gguf_bytes(a: Architecture, recipe: str) -> Callable[[Tensor], int]:
    shape = shape_of(a)

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


def tensor_bytes(fmt: Format, a: Architecture, gguf: bool) -> Callable[[Tensor], int]:
    """The bytes of a tensor of ``a`` in ``fmt``; ``gguf`` where a GGUF file holds it. Raises SizingError."""
    return _gguf_bytes(a, fmt.id) if gguf else _uniform_bytes(fmt)


def layer_classes(fmt: Format, a: Architecture, gguf: bool) -> tuple[LayerClass, ...]:
    """For each layer what the format asks of its number: layers of one kind and class take the same bytes."""
    return recipe_classes(shape_of(a)) if gguf else ((),) * a.num_hidden_layers
