"""What a file holds decides: without a format named, its own tensors are counted, to the byte."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
from gguf import GGMLQuantizationType, GGUFWriter, quant_shape_to_byte_shape

from sizing import Catalog, SizingError, plan, read_model
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.own import own_bytes
from sizing.anatomy.tensors import tensors
from sizing.files.ggml import TENSOR_TYPES
from tests.sizing.files.test_models import gguf_keys, words

TYPES = {name: number for number, (name, _, _) in TENSOR_TYPES.items()}


def write_mix(file: Path, mix: dict[str, str], recipe: int | None = 15) -> int:
    """A llama of three layers whose tensors have types by the end of their names, else F32; returns their bytes."""
    a, total = words("llama"), 0
    writer = GGUFWriter(str(file), "llama")
    if recipe is not None:
        writer.add_file_type(recipe)
    for key, value in gguf_keys(a).items():
        writer.add_uint32(f"llama.{key}", value)
    for tensor in tensors(shape_of(a)):
        name = tensor.role if tensor.layer is None else f"blk.{tensor.layer}.{tensor.role}"
        kind = next((mix[end] for end in mix if name.endswith(end)), "F32")
        shape = quant_shape_to_byte_shape(tensor.shape, GGMLQuantizationType(TYPES[kind])) if kind != "F32" else None
        data = numpy.zeros(shape or tensor.shape, dtype=numpy.uint8 if shape else numpy.float32)
        writer.add_tensor(f"{name}.weight", data, raw_dtype=GGMLQuantizationType(TYPES[kind]))
        total += data.nbytes
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return total


UNKNOWN_MIX = {"blk.0.ffn_down": "Q8_0", "ffn_down": "Q4_0", "attn_v": "Q8_0", "attn_q": "Q5_1", "token_embd": "Q4_1"}


def test_a_file_takes_what_its_tensors_take(catalog: Catalog, tmp_path: Path) -> None:
    total = write_mix(tmp_path / "tiny.gguf", UNKNOWN_MIX)
    p = plan(read_model(tmp_path / "tiny.gguf", catalog=catalog), None, context=256)
    assert p.memory.weights == total
    assert p.format.id == "Q4_K_M"  # as its header calls itself, though its types are others
    assert p.notes == ("format Q4_K_M: not named; as the file holds it",)
    named = plan(p.model, None, format="Q8_0", context=256)
    assert named.memory.weights != total
    assert named.notes == ()


def test_a_file_that_does_not_say_what_it_is_called_is_called_by_what_most_of_it_is(
    catalog: Catalog, tmp_path: Path
) -> None:
    total = write_mix(tmp_path / "tiny.gguf", {"": "Q8_0"}, recipe=None)
    p = plan(read_model(tmp_path / "tiny.gguf", catalog=catalog), None, context=256)
    assert (p.format.id, p.memory.weights) == ("Q8_0", total)


def test_a_format_that_is_named_goes_before_the_files_own(catalog: Catalog, tmp_path: Path) -> None:
    total = write_mix(tmp_path / "tiny-UD-Q4_K_XL.gguf", UNKNOWN_MIX)
    model = read_model(tmp_path / "tiny-UD-Q4_K_XL.gguf", catalog=catalog)
    assert plan(model, None, context=256).format.id == "UD-Q4_K_XL"
    assert plan(model, None, context=256).memory.weights == total
    assert plan(model, None, format="F16", context=256).format.id == "F16"


def test_two_files_of_one_name_are_not_mixed_up(catalog: Catalog, tmp_path: Path) -> None:
    sizes = []
    for i, mix in enumerate(({"ffn_down": "Q8_0"}, {"ffn_down": "Q4_0"})):
        (tmp_path / str(i)).mkdir()
        total = write_mix(tmp_path / str(i) / "tiny.gguf", mix)
        p = plan(read_model(tmp_path / str(i) / "tiny.gguf", catalog=catalog), None, context=256)
        assert p.memory.weights == total
        sizes.append(p.memory.weights)
    assert sizes[0] != sizes[1]


def test_each_layer_has_its_own_bytes(catalog: Catalog, tmp_path: Path) -> None:
    write_mix(tmp_path / "tiny.gguf", UNKNOWN_MIX)
    first, second, *_ = plan(read_model(tmp_path / "tiny.gguf", catalog=catalog), None, context=256).sized.layers
    assert first.dense > second.dense


def test_what_a_file_stores_otherwise_is_shared_within_its_layer() -> None:
    s = shape_of(words("llama"))
    stored = {
        f"{'' if t.layer is None else f'blk.{t.layer}.'}{t.role}.weight": 10 for t in tensors(s) if t.role != "attn_k"
    }
    stored["blk.0.attn_kx.weight"] = 7
    stored["blk.1.attn_kx.weight"] = 7
    stored["blk.2.attn_kx.weight"] = 7
    stored["rope_freqs.weight"] = 5
    own = own_bytes(s, stored)
    assert own["attn_k", 0] == 7
    assert sum(own.values()) == sum(stored.values())


def test_a_tensor_that_is_not_there_is_refused() -> None:
    s = shape_of(words("llama"))
    stored = {f"blk.{t.layer}.{t.role}.weight": 10 for t in tensors(s) if t.layer == 0}
    with pytest.raises(SizingError, match=r"it holds no \w+ of layer"):
        own_bytes(s, stored)


def test_a_scale_beside_a_tensor_is_counted_with_it() -> None:
    s = shape_of(words("llama"))
    stored = {f"{'' if t.layer is None else f'blk.{t.layer}.'}{t.role}.weight": 10 for t in tensors(s)}
    stored["blk.0.ffn_up.scale"] = 4
    assert own_bytes(s, stored)["ffn_up", 0] == 14
