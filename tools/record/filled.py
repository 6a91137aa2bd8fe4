"""With which values does a model without weights compute as one with weights? Random ones, of a real model's size.

A speed depends on the values of weights in two ways: a chip spends less power on zeros, and a mixture chooses its
experts by them. Here each weight has a mean near zero and a deviation of DEVIATION, so that activations stay finite.
Routers are random too, and so are the tokens that llama.cpp's benchmarks read: what real text chooses together, these
do not, and a batch meets more distinct experts.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

DEVIATION: Final = 0.02  # of every weight, as transformers draws them (initializer_range)
TILE: Final = 1 << 26  # bytes of random blocks that are written again and again, each tensor from another on

# By type, the parts of a block as llama.cpp's ggml-common.h lays them out, and what each holds: a scale in FP16, or
# bytes of any value. A scale is DEVIATION by the deviation of what it multiplies; a k-quant's minima take off the mean.
_Q4_K: Final = DEVIATION / 257.0  # 4-bit values by 6-bit scales
_Q5_K: Final = DEVIATION / 530.0
_LAYOUTS: Final[Mapping[str, tuple[tuple[str, float | int], ...]]] = {
    "Q4_0": (("scale", DEVIATION / 4.61), ("any", 16)),
    "Q5_0": (("scale", DEVIATION / 9.23), ("any", 20)),
    "Q8_0": (("scale", DEVIATION / 73.9), ("any", 32)),
    "Q4_K": (("scale", _Q4_K), ("scale", 7.5 * _Q4_K), ("any", 140)),
    "Q5_K": (("scale", _Q5_K), ("scale", 15.5 * _Q5_K), ("any", 172)),
    "Q6_K": (("any", 208), ("scale", DEVIATION / 1365.0)),
    "MXFP4": (("exponent", 120), ("any", 16)),
}


def fill(gguf_file: Path, seed: int = 0) -> None:
    """Write values into the hole that a GGUF file's tensors are. Raises KeyError for a type that is not laid out."""
    import gguf

    rng = np.random.default_rng(seed)
    tiles: dict[str, memoryview] = {}
    handle = os.open(gguf_file, os.O_WRONLY)
    try:
        for tensor in gguf.GGUFReader(gguf_file).tensors:
            kind, size, offset = tensor.tensor_type.name, int(tensor.n_bytes), int(tensor.data_offset)
            if kind in ("F32", "I32"):
                _write(handle, offset, memoryview(_plain(tensor.name, kind, size // 4, rng).tobytes()))
                continue
            if kind not in tiles:
                tiles[kind] = memoryview(_tile(kind, rng).tobytes())
            block = gguf.GGML_QUANT_SIZES[tensor.tensor_type][1]
            start = block * int(rng.integers(len(tiles[kind]) // block))
            for part in _parts(tiles[kind], size, start):
                _write(handle, offset, part)
                offset += len(part)
    finally:
        os.close(handle)


def _parts(tile: memoryview, size: int, start: int) -> Iterator[memoryview]:
    """``size`` bytes of ``tile``, from ``start`` on and then over and over."""
    while size > 0:
        part = tile[start : start + size]
        yield part
        size -= len(part)
        start = 0


def _write(handle: int, offset: int, data: memoryview) -> None:
    while data:
        written = os.pwrite(handle, data, offset)
        data, offset = data[written:], offset + written


def _tile(kind: str, rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """Blocks of one type, TILE bytes at most."""
    if kind in ("F16", "BF16"):
        values = rng.standard_normal(TILE // 2, dtype=np.float32) * np.float32(DEVIATION)
        return values.astype(np.float16) if kind == "F16" else (values.view(np.uint32) >> 16).astype(np.uint16)
    parts: list[np.ndarray[Any, Any]] = []
    widths = [2 if what == "scale" else 1 if what == "exponent" else int(value) for what, value in _LAYOUTS[kind]]
    count = TILE // sum(widths)
    for (what, value), width in zip(_LAYOUTS[kind], widths, strict=True):
        if what == "any":
            parts.append(np.frombuffer(rng.bytes(count * width), np.uint8).reshape(count, width))
        else:
            one = np.array([value], np.float16).view(np.uint8) if what == "scale" else np.array([value], np.uint8)
            parts.append(np.broadcast_to(one, (count, width)))
    return np.concatenate(parts, axis=1)


def _plain(name: str, kind: str, count: int, rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """What is kept in FP32: norms are one, a state's decay is below zero, all else is random."""
    if kind == "I32":  # which experts a token's id chooses
        return np.zeros(count, np.int32)
    values = rng.standard_normal(count, dtype=np.float32)
    if name.endswith(("ssm_a", "ssm_a.weight")):
        return -np.exp(values)
    if "norm" in name or name.endswith(("ssm_d", "rope_freqs.weight")):
        return np.ones(count, np.float32)
    return values * np.float32(0.2 if "conv1d" in name else DEVIATION)
