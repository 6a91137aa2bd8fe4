"""A model read from a file is the catalog's: a config.json, a GGUF file's header, a family file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy
import pytest
from gguf import GGUFWriter

from sizing import Catalog, SizingError, read_model
from sizing.architectures import layer_kinds
from sizing.entries import Architecture
from sizing.tensors import parameters, tensors

# As Qwen2 7B's config.json, keys included that decide no size.
QWEN2_7B: dict[str, Any] = {
    "architectures": ["Qwen2ForCausalLM"], "attention_dropout": 0.0, "hidden_act": "silu", "hidden_size": 3584,
    "intermediate_size": 18944, "max_position_embeddings": 32768, "max_window_layers": 28, "model_type": "qwen2",
    "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4, "rope_theta": 1000000.0,
    "sliding_window": 131072, "tie_word_embeddings": False, "torch_dtype": "bfloat16", "use_cache": True,
    "use_sliding_window": False, "vocab_size": 152064,
}  # fmt: skip


def write(folder: Path, config: object) -> Path:
    file = folder / "config.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    return file


def test_a_config_json_gives_the_parameters_of_its_entry(catalog: Catalog, tmp_path: Path) -> None:
    model = read_model(write(tmp_path, QWEN2_7B))
    assert model.parameters == catalog.model("qwen2-7b").parameters
    assert (model.context, model.native) == (32768, "bfloat16")


def test_every_open_entrys_own_keys_give_its_parameters(catalog: Catalog, tmp_path: Path) -> None:
    for entry in catalog.models.values():
        if isinstance(entry.architecture, Architecture):
            model = read_model(write(tmp_path, entry.architecture.model_dump(exclude_none=True)))
            assert model.parameters == entry.parameters, entry.id


def own_keys(catalog: Catalog, model: str) -> dict[str, Any]:
    architecture = catalog.model(model).architecture
    assert isinstance(architecture, Architecture)
    return architecture.model_dump(exclude_none=True)


def test_layers_in_words_are_layers_in_letters(catalog: Catalog, tmp_path: Path) -> None:
    keys = own_keys(catalog, "nemotron-3-nano-30b-a3b")
    words = {"M": "mamba", "E": "moe", "*": "attention"}
    keys["layers_block_type"] = [words[letter] for letter in keys.pop("hybrid_override_pattern")]
    del keys["num_hidden_layers"]  # Nemotron 3 Ultra's config.json has none
    harmless = {"chunk_size": 128, "time_step_min": 0.001, "use_conv_bias": True, "mtp_hybrid_override_pattern": "*E"}
    model = read_model(write(tmp_path, {**keys, **harmless}))
    assert model.parameters == catalog.model("nemotron-3-nano-30b-a3b").parameters


def test_lfm2s_word_for_a_tied_head_is_read(catalog: Catalog, tmp_path: Path) -> None:
    keys = own_keys(catalog, "lfm2-350m")
    del keys["tie_word_embeddings"]
    tied, own = (read_model(write(tmp_path, {**keys, "tie_embedding": x})).parameters for x in (True, False))
    assert tied == catalog.model("lfm2-350m").parameters
    assert tied is not None
    assert own is not None
    assert own.total - tied.total == 65536 * 1024


@pytest.mark.parametrize("key", ["mlp_bias", "mamba_proj_bias", "conv_bias"])
def test_a_bias_that_is_not_known_is_refused_where_it_is_there(catalog: Catalog, tmp_path: Path, key: str) -> None:
    keys = own_keys(catalog, "falcon-h1-0.5b")
    assert read_model(write(tmp_path, {**keys, key: False})).parameters
    with pytest.raises(SizingError, match=f"{key}: not known, and may matter"):
        read_model(write(tmp_path, {**keys, key: True}))


def test_kimi_k3s_config_json_calls_its_text_model_kimi_linear(catalog: Catalog, tmp_path: Path) -> None:
    text = {**own_keys(catalog, "kimi-k3"), "model_type": "kimi_linear", "activation_situ_beta": 4.0}
    model = read_model(write(tmp_path, {"model_type": "kimi_k3", "text_config": text}))
    assert model.parameters == catalog.model("kimi-k3").parameters


def test_a_window_that_is_switched_off_is_none(tmp_path: Path) -> None:
    off = read_model(write(tmp_path, QWEN2_7B)).architecture
    on = read_model(write(tmp_path, {**QWEN2_7B, "use_sliding_window": True})).architecture
    assert isinstance(off, Architecture)
    assert isinstance(on, Architecture)
    assert (off.sliding_window, on.sliding_window) == (None, 131072)


def test_a_model_is_named_after_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Qwen2-7B-Instruct"
    folder.mkdir()
    assert read_model(write(folder, QWEN2_7B)).name == "Qwen2-7B-Instruct"


def test_a_path_may_be_text(tmp_path: Path) -> None:
    assert read_model(str(write(tmp_path, QWEN2_7B))).parameters


def test_a_null_is_a_key_left_out(tmp_path: Path) -> None:
    assert read_model(write(tmp_path, {**QWEN2_7B, "head_dim": None, "max_position_embeddings": None})).parameters


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"model_type": "gemma3"}, r"model_type 'gemma3' is not known; known are .*llama"),
        ({"model_type": ["qwen2"]}, "model_type"),
        ({"num_hidden_layers": 0}, "num_hidden_layers: .*greater than 0"),
        ({"vocab_size": "many"}, "vocab_size: .*integer"),
        ({"hidden_size": 3585}, "hidden_size is not a multiple of num_attention_heads; give head_dim"),
        ({"num_key_value_heads": 3}, "num_attention_heads 28 is not a multiple of num_key_value_heads 3"),
        ({"layer_types": ["full_attention"]}, "layer_types has 1 entries for 28 layers"),
        ({"layer_types": ["linear_attention"] * 28}, "linear_num_value_heads"),
        ({"layer_types": ["circular_attention"] * 28}, "layer_types.0"),
        ({"max_position_embeddings": -1}, "max_position_embeddings|context"),
    ],
)
def test_a_config_that_cannot_be_is_one_line(tmp_path: Path, changed: dict[str, object], message: str) -> None:
    file = write(tmp_path, {**QWEN2_7B, **changed})
    with pytest.raises(SizingError, match=message) as caught:
        read_model(file)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (b"[]", "no model_type; give a Hugging Face config.json"),
        (b'{"hidden_size": 1}', "no model_type"),
        (b'{"model_type": "llama"}', "vocab_size"),
        (b"[" * 100_000, "not JSON"),
    ],
    ids=["empty", "cut off", "UTF-16", "a list", "no model_type", "nothing else", "deep"],
)
def test_what_is_no_config_is_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "config.json"
    file.write_bytes(data)
    with pytest.raises(SizingError, match=message) as caught:
        read_model(file)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match="No such file"):
        read_model(tmp_path / "config.json")
    with pytest.raises(SizingError, match="directory"):
        read_model(tmp_path)


# --- GGUF ----------------------------------------------------------------------------------------------------------

COMMON: dict[str, Any] = {
    "vocab_size": 96, "hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 3, "num_attention_heads": 4,
    "num_key_value_heads": 2, "tie_word_embeddings": False,
}  # fmt: skip
EXPERTS: dict[str, Any] = {
    "n_routed_experts": 6, "num_experts_per_tok": 2, "n_shared_experts": 1, "moe_intermediate_size": 32,
    "first_k_dense_replace": 1,
}  # fmt: skip
SHAPES: dict[str, dict[str, Any]] = {
    "llama": {"model_type": "llama", **COMMON},
    "llama, tied": {"model_type": "llama", **COMMON, "tie_word_embeddings": True},
    "llama, wide heads": {"model_type": "llama", **COMMON, "head_dim": 32},
    "qwen2": {"model_type": "qwen2", **COMMON},
    "mixtral": {"model_type": "mixtral", **COMMON, "num_local_experts": 4, "num_experts_per_tok": 2},
    "glm4_moe": {"model_type": "glm4_moe", **COMMON, **EXPERTS, "attention_bias": True, "head_dim": 32},
    "glm4_moe, MTP": {
        "model_type": "glm4_moe", **COMMON, **EXPERTS, "attention_bias": True, "head_dim": 32, "use_qk_norm": True,
        "num_nextn_predict_layers": 1,
    },
    "olmo3": {"model_type": "olmo3", **COMMON, "num_hidden_layers": 8, "sliding_window": 512},
    "gemma4_text": {
        "model_type": "gemma4_text", **COMMON, "num_hidden_layers": 12, "tie_word_embeddings": True, "head_dim": 16,
        "global_head_dim": 32, "num_global_key_value_heads": 1, "attention_k_eq_v": True, "sliding_window": 512,
    },
    "gemma4_text, shared": {
        "model_type": "gemma4_text", **COMMON, "num_hidden_layers": 12, "tie_word_embeddings": True, "head_dim": 16,
        "global_head_dim": 32, "sliding_window": 512, "num_kv_shared_layers": 4, "use_double_wide_mlp": True,
        "hidden_size_per_layer_input": 8, "vocab_size_per_layer_input": 96,
    },
    "step3p5": {
        "model_type": "step3p5", **COMMON, **EXPERTS, "num_hidden_layers": 8, "sliding_window": 512,
        "num_sliding_attention_heads": 6, "head_dim": 16,
    },
    "deepseek_v3": {
        "model_type": "deepseek_v3", **COMMON, **EXPERTS, "num_key_value_heads": 4, "q_lora_rank": 48,
        "kv_lora_rank": 32, "qk_nope_head_dim": 16, "qk_rope_head_dim": 8, "v_head_dim": 24,
    },
}  # fmt: skip


def each(values: list[int]) -> int | list[int]:
    """One number where all layers agree, as the converter writes it."""
    return values if len(set(values)) > 1 else values[0]


def write_gguf(file: Path, a: Architecture) -> None:
    """A GGUF file as convert_hf_to_gguf.py lays it out (keys: llama.cpp, gguf-py/gguf/constants.py), full of zeros."""
    names = {"mixtral": "llama", "deepseek_v3": "deepseek2", "glm4_moe": "glm4moe", "olmo3": "olmo2"}
    kind = {**names, "gemma4_text": "gemma4", "step3p5": "step35"}.get(a.model_type, a.model_type)
    kinds = layer_kinds(a)
    writer = GGUFWriter(str(file), kind)
    writer.add_name("Tiny")
    writer.add_context_length(2048)
    writer.add_embedding_length(a.hidden_size)
    writer.add_block_count(a.num_hidden_layers + (a.num_nextn_predict_layers or 0))
    writer.add_feed_forward_length(each([layer.width for layer in kinds]))
    writer.add_head_count(each([layer.heads for layer in kinds]))
    writer.add_head_count_kv(1 if a.kv_lora_rank else each([layer.kv_heads for layer in kinds]))
    if a.sliding_window:
        writer.add_sliding_window(a.sliding_window)
        writer.add_sliding_window_pattern([layer.window is not None for layer in kinds])
        writer.add_key_length_swa(a.head_size)
        writer.add_value_length_swa(a.head_size)
    if a.num_kv_shared_layers:
        writer.add_shared_kv_layers(a.num_kv_shared_layers)
    if a.hidden_size_per_layer_input:
        writer.add_embedding_length_per_layer_input(a.hidden_size_per_layer_input)
    if a.experts:
        writer.add_expert_count(a.experts)
        writer.add_expert_used_count(a.num_experts_per_tok or 0)
    if a.n_routed_experts:
        writer.add_expert_shared_count(a.n_shared_experts or 0)
        writer.add_expert_feed_forward_length(a.moe_intermediate_size or 0)
        writer.add_leading_dense_block_count(a.first_k_dense_replace or 0)
    if a.num_nextn_predict_layers:
        writer.add_nextn_predict_layers(a.num_nextn_predict_layers)
    if a.kv_lora_rank:
        writer.add_q_lora_rank(a.q_lora_rank or 0)
        writer.add_kv_lora_rank(a.kv_lora_rank)
        writer.add_key_length(a.kv_lora_rank + (a.qk_rope_head_dim or 0))
        writer.add_value_length(a.kv_lora_rank)
        writer.add_key_length_mla((a.qk_nope_head_dim or 0) + (a.qk_rope_head_dim or 0))
        writer.add_value_length_mla(a.v_head_dim or 0)
        writer.add_rope_dimension_count(a.qk_rope_head_dim or 0)
    else:
        writer.add_key_length(a.global_head_dim or a.head_size)
        writer.add_value_length(a.global_head_dim or a.head_size)
        writer.add_rope_dimension_count(a.head_size)
    for tensor in tensors(a):
        role = tensor.role.removesuffix(".bias")
        name = role if tensor.layer is None or role.startswith("per_layer") else f"blk.{tensor.layer}.{role}"
        suffix = "bias" if tensor.role.endswith(".bias") or tensor.buffer else "weight"
        shape = tensor.shape if tensor.count == 1 else (tensor.count, *tensor.shape)
        writer.add_tensor(f"{name}.{suffix}", numpy.zeros(shape, dtype=numpy.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_gguf_files_header_gives_the_models_parameters(tmp_path: Path, shape: str) -> None:
    a = Architecture.model_validate(SHAPES[shape])
    write_gguf(tmp_path / "tiny.gguf", a)
    model = read_model(tmp_path / "tiny.gguf")
    assert model.parameters == parameters(a)
    assert (model.name, model.context) == ("Tiny", 2048)


@pytest.mark.parametrize("length", [4, 8, 40, 500, 2000])
def test_a_gguf_file_that_is_cut_off_is_one_line(tmp_path: Path, length: int) -> None:
    file = tmp_path / "tiny.gguf"
    write_gguf(file, Architecture.model_validate(SHAPES["llama"]))
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(SizingError, match="GGUF") as caught:
        read_model(file)
    assert "\n" not in str(caught.value)


def test_a_gguf_file_of_an_unknown_architecture_is_one_line(tmp_path: Path) -> None:
    writer = GGUFWriter(str(tmp_path / "x.gguf"), "mamba")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(SizingError, match=r"'mamba' is not known; known are .*llama"):
        read_model(tmp_path / "x.gguf")


# --- family files --------------------------------------------------------------------------------------------------


def test_a_family_file_with_one_model_is_that_model(catalog: Catalog, tmp_path: Path) -> None:
    file = shutil.copy(catalog.root / "models" / "mixtral.yaml", tmp_path / "own.yaml")
    assert read_model(file).parameters == catalog.model("mixtral-8x7b").parameters


def test_a_family_file_with_several_models_needs_an_id(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="holds 2 models; give one of the ids llama-3-8b, llama-3-70b"):
        read_model(catalog.root / "models" / "llama-3.yaml")


def test_a_broken_family_file_has_its_line(catalog: Catalog, tmp_path: Path) -> None:
    text = (catalog.root / "models" / "mixtral.yaml").read_text(encoding="utf-8")
    file = tmp_path / "own.yaml"
    file.write_text(text.replace("license:", "licence:"), encoding="utf-8")
    with pytest.raises(SizingError, match=r"own\.yaml:\d+: "):
        read_model(file)


# --- the same shape in other words ---------------------------------------------------------------------------------

BASE: dict[str, Any] = {**COMMON, "num_hidden_layers": 8}
SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "GPT-2's words for phi-2": (
        {"model_type": "phi-msft", "vocab_size": 96, "n_embd": 64, "n_layer": 3, "n_head": 4, "n_inner": None,
         "n_head_kv": None, "resid_pdrop": 0.1, "tie_word_embeddings": False},
        {"model_type": "phi", "vocab_size": 96, "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4,
         "intermediate_size": 256, "tie_word_embeddings": False},
    ),
    "Step's own words": (
        {"model_type": "step3p5", **BASE, **EXPERTS, "num_key_value_heads": None, "num_attention_groups": 2,
         "sliding_window": 512, "attention_other_setting": {"num_attention_heads": 6, "num_attention_groups": 2},
         "head_dim": 16, "moe_layers_enum": "1,2,3,4,5,6,7", "first_k_dense_replace": None},
        {"model_type": "step3p5", **BASE, **EXPERTS, "sliding_window": 512, "num_sliding_attention_heads": 6,
         "head_dim": 16},
    ),
    "experts and windows as flags": (
        {"model_type": "mimo_v2_flash", **BASE, **EXPERTS, "n_shared_experts": None, "first_k_dense_replace": None,
         "moe_layer_freq": [0] + [1] * 7, "hybrid_layer_pattern": [0, 1, 1, 1, 1, 0, 1, 1], "sliding_window": 128,
         "swa_num_key_value_heads": 4},
        {"model_type": "mimo_v2_flash", **BASE, **EXPERTS, "n_shared_experts": None, "sliding_window": 128,
         "swa_num_key_value_heads": 4},
    ),
    "a number for each layer": (
        {"model_type": "hunyuan_v1_moe", **COMMON, "num_experts": 4, "moe_topk": [2] * 3, "num_shared_expert": [1] * 3,
         "moe_intermediate_size": [32] * 3},
        {"model_type": "hunyuan_v1_moe", **COMMON, "num_experts": 4, "moe_topk": 2, "num_shared_expert": 1,
         "moe_intermediate_size": 32},
    ),
    "a pattern in letters": (
        {"model_type": "exaone4", **BASE, "sliding_window": 4096, "sliding_window_pattern": "LLLG"},
        {"model_type": "exaone4", **BASE, "sliding_window": 4096, "sliding_window_pattern": 4},
    ),
}  # fmt: skip


@pytest.mark.parametrize("words", SAME)
def test_two_ways_to_say_a_shape_give_the_same_layers(tmp_path: Path, words: str) -> None:
    read = []
    for name, config in zip(("one", "other"), SAME[words], strict=True):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(config), encoding="utf-8")
        a = read_model(file).architecture
        assert isinstance(a, Architecture)
        read.append((layer_kinds(a), parameters(a)))
    assert read[0] == read[1]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("gating", "per-element", "gating: 'per-element' is not known"),
        ("moe_topk", [2, 3, 2], r"moe_topk: layers of different sizes \(\[2, 3\]\)"),
        ("attention_other_setting", {"head_dim": 32}, "key heads of another number or size"),
    ],
)
def test_what_no_word_describes_is_refused_in_one_line(tmp_path: Path, key: str, value: object, told: str) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"model_type": "laguna", **COMMON, "head_dim": 16, key: value}), encoding="utf-8")
    with pytest.raises(SizingError, match=told) as caught:
        read_model(file)
    assert "\n" not in str(caught.value)
