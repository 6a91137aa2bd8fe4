"""Weights that nobody downloaded compute like real ones: finite, of a real model's size, never all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from tools.record.filled import DEVIATION, fill

ROWS, WIDTH = 64, 1024
QUANTIZED = ("Q4_0", "Q5_0", "Q8_0", "Q4_K", "Q5_K", "Q6_K", "MXFP4", "BF16", "F16")


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a file without weights holds once it is filled, by tensor, in FP32."""
    path = tmp_path_factory.mktemp("filled") / "model.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    for name in QUANTIZED:
        kind = gguf.GGMLQuantizationType[name]
        empty = np.zeros(gguf.quant_shape_to_byte_shape((ROWS, WIDTH), kind), np.uint8)
        writer.add_tensor(name, empty, raw_dtype=kind)
    for name in ("blk.0.attn_norm.weight", "blk.0.ffn_gate_inp.weight", "blk.0.ssm_a"):
        writer.add_tensor(name, np.zeros((ROWS, WIDTH), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    fill(path)
    tensors = gguf.GGUFReader(path).tensors
    return {t.name: np.asarray(gguf.dequantize(t.data, t.tensor_type), np.float32).reshape(-1) for t in tensors}


@pytest.mark.parametrize("kind", QUANTIZED)
def test_a_weight_of_any_type_is_random_about_zero_as_transformers_would_draw_it(
    values: dict[str, Any], kind: str
) -> None:
    drawn = values[kind]
    assert np.isfinite(drawn).all()
    assert abs(drawn.mean()) < 0.15 * DEVIATION
    # MXFP4's scales are powers of two: as near as one of them comes.
    assert abs(np.log2(drawn.std() / DEVIATION)) < (0.5 if kind == "MXFP4" else 0.03)
    halves = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
    assert abs(np.corrcoef(*halves)[0, 1]) < 0.05  # no block like another


def test_norms_are_one_a_router_chooses_and_a_state_decays(values: dict[str, Any]) -> None:
    assert (values["blk.0.attn_norm.weight"] == 1).all()
    assert values["blk.0.ffn_gate_inp.weight"].std() == pytest.approx(DEVIATION, rel=0.05)
    assert (values["blk.0.ssm_a"] < 0).all()


def test_two_tensors_of_one_type_are_not_alike(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    for name in ("one", "other"):
        writer.add_tensor(name, np.zeros((ROWS, WIDTH), np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    fill(path)
    one, other = (np.asarray(t.data) for t in gguf.GGUFReader(path).tensors)
    assert (one != other).mean() > 0.9
