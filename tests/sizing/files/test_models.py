"""A model read from a file is the catalog's: a config.json, a GGUF file's header, a family file."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy
import pytest
from gguf import GGUFWriter

from sizing import Catalog, SizingError, read_model
from sizing.anatomy.architectures import TABLE
from sizing.anatomy.caches import cache_parts
from sizing.anatomy.dialect import shape_of
from sizing.anatomy.formats import file_bytes
from sizing.anatomy.tensors import parameters, tensors
from sizing.facts.entries.architecture import Architecture
from sizing.facts.plain import to_plain
from sizing.facts.validation import checked
from sizing.files.safetensors import number_type

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
    assert (model.context, model.native) == (32768, "BF16")


def test_every_open_entrys_own_keys_give_its_parameters(catalog: Catalog, tmp_path: Path) -> None:
    for entry in catalog.models.values():
        if isinstance(entry.architecture, Architecture):
            # Within the model that sees, to which some text models' heads belong.
            model = read_model(write(tmp_path, {"text_config": to_plain(entry.architecture)}))
            assert model.parameters == entry.parameters, entry.id


def own_keys(catalog: Catalog, model: str) -> dict[str, Any]:
    architecture = catalog.model(model).architecture
    assert isinstance(architecture, Architecture)
    return to_plain(architecture)


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


@pytest.mark.parametrize("key", ["projectors_bias", "conv_bias"])
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
        ({"model_type": "lama"}, r"model_type 'lama' is not known; known are .*llama"),
        ({"model_type": ["qwen2"]}, "model_type"),
        ({"num_hidden_layers": 0}, "num_hidden_layers: .*greater than 0"),
        ({"vocab_size": "many"}, "vocab_size: .*integer"),
        ({"hidden_size": 3585}, "hidden_size is not a multiple of num_attention_heads; give head_dim"),
        ({"num_key_value_heads": 3}, "num_attention_heads 28 is not a multiple of num_key_value_heads 3"),
        ({"layer_types": ["full_attention"]}, "layer_types has 1 entries for 28 layers"),
        ({"layer_types": ["linear_attention"] * 28}, "linear_num_value_heads"),
        ({"layer_types": ["circular_attention"] * 28}, "layer_types.0"),
        ({"max_position_embeddings": -1}, "max_position_embeddings|context"),
        ({"model_type": "kimi_k2"}, "missing, and a kimi_k2 needs it"),
        ({"num_experts": 8, "num_experts_per_tok": 2}, "num_experts: a qwen2 has no experts"),
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
        (b"", "is empty; get it anew"),
        (b"{", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (b"[]", "no model_type; give a Hugging Face config.json"),
        (b'{"hidden_size": 1}', "no model_type"),
        (b'{"model_type": "llama"}', "vocab_size is missing"),
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
    with pytest.raises(SizingError, match="an empty folder; download the model into it"):
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
PLAIN: dict[str, Any] = {"n_routed_experts": 6, "num_experts_per_tok": 2, "moe_intermediate_size": 32}
LATENT: dict[str, Any] = {
    "num_key_value_heads": 4, "q_lora_rank": 48, "kv_lora_rank": 32, "qk_nope_head_dim": 16, "qk_rope_head_dim": 8,
    "v_head_dim": 24,
}  # fmt: skip
INDEXER: dict[str, Any] = {"index_n_heads": 2, "index_head_dim": 16, "index_topk": 64}
LINEAR: dict[str, Any] = {
    "num_hidden_layers": 4, "head_dim": 32, "linear_num_key_heads": 2, "linear_num_value_heads": 4,
    "linear_key_head_dim": 16, "linear_value_head_dim": 16, "linear_conv_kernel_dim": 4, "full_attention_interval": 4,
}  # fmt: skip
SLIDING = ("sliding_attention", "sliding_attention", "full_attention")
SHAPES: dict[str, dict[str, Any]] = {
    "llama": {"model_type": "llama", **COMMON},
    "llama, tied": {"model_type": "llama", **COMMON, "tie_word_embeddings": True},
    "llama, wide heads": {"model_type": "llama", **COMMON, "head_dim": 32},
    "llama, biases": {"model_type": "llama", **COMMON, "attention_bias": True},
    "granite": {"model_type": "granite", **COMMON},
    "qwen2": {"model_type": "qwen2", **COMMON},
    "qwen3": {"model_type": "qwen3", **COMMON, "head_dim": 32},
    "qwen3_vl_text": {"model_type": "qwen3_vl_text", **COMMON, "head_dim": 32},
    "qwen3_moe": {"model_type": "qwen3_moe", **COMMON, **PLAIN},
    "qwen3_vl_moe_text": {"model_type": "qwen3_vl_moe_text", **COMMON, **PLAIN, "head_dim": 32},
    "qwen3_next": {"model_type": "qwen3_next", **COMMON, **PLAIN, **LINEAR, "shared_expert_intermediate_size": 48},
    "qwen3_5_moe_text": {
        "model_type": "qwen3_5_moe_text", **COMMON, **PLAIN, **LINEAR, "shared_expert_intermediate_size": 48,
    },
    "qwen3_5_text": {"model_type": "qwen3_5_text", **COMMON, **LINEAR},
    "mixtral": {"model_type": "mixtral", **COMMON, "num_local_experts": 4, "num_experts_per_tok": 2},
    "glm4": {"model_type": "glm4", **COMMON},
    "glm4_moe": {
        "model_type": "glm4_moe", **COMMON, **EXPERTS, "attention_bias": True, "head_dim": 32,
        "num_nextn_predict_layers": 0,
    },
    "glm4_moe, MTP": {
        "model_type": "glm4_moe", **COMMON, **EXPERTS, "attention_bias": True, "head_dim": 32, "use_qk_norm": True,
        "num_nextn_predict_layers": 1,
    },
    "deepseek_v2": {"model_type": "deepseek_v2", **COMMON, **EXPERTS, **LATENT, "q_lora_rank": 0},
    "deepseek_v3": {"model_type": "deepseek_v3", **COMMON, **EXPERTS, **LATENT, "num_nextn_predict_layers": 0},
    "deepseek_v32": {"model_type": "deepseek_v32", **COMMON, **EXPERTS, **LATENT, **INDEXER},
    "glm_moe_dsa": {
        "model_type": "glm_moe_dsa", **COMMON, **EXPERTS, **LATENT, **INDEXER,
        "indexer_types": ("full", "shared", "full"),
    },
    "gemma2": {"model_type": "gemma2", **COMMON, "tie_word_embeddings": True, "sliding_window": 512},
    "gemma3_text": {"model_type": "gemma3_text", **COMMON, "tie_word_embeddings": True, "sliding_window": 512},
    "cohere2": {"model_type": "cohere2", **COMMON, "tie_word_embeddings": True, "sliding_window": 512},
    "exaone4": {"model_type": "exaone4", **COMMON, "sliding_window": 512, "layer_types": SLIDING},
    "olmo2": {"model_type": "olmo2", **COMMON},
    "olmo3": {"model_type": "olmo3", **COMMON, "sliding_window": 512, "layer_types": SLIDING},
    "gpt_oss": {"model_type": "gpt_oss", **COMMON, **PLAIN, "sliding_window": 128, "attention_bias": True},
    "phi3": {"model_type": "phi3", **COMMON, "sliding_window": 2047},
    "minimax_m2": {"model_type": "minimax_m2", **COMMON, **PLAIN, "intermediate_size": 32},
    "ernie4_5": {"model_type": "ernie4_5", **COMMON, "tie_word_embeddings": True},
    "ernie4_5_moe": {"model_type": "ernie4_5_moe", **COMMON, **EXPERTS, "tie_word_embeddings": True},
    "hunyuan_v1_dense": {"model_type": "hunyuan_v1_dense", **COMMON},
    "seed_oss": {"model_type": "seed_oss", **COMMON, "attention_bias": True, "attention_out_bias": False},
    "smollm3": {"model_type": "smollm3", **COMMON, "tie_word_embeddings": True},
    "llama4_text": {
        "model_type": "llama4_text", **COMMON, "num_local_experts": 4, "num_experts_per_tok": 1,
        "intermediate_size": 32, "intermediate_size_mlp": 160, "attention_chunk_size": 8192,
        "interleave_moe_layer_step": 2,
    },
}  # fmt: skip

GGUF_NAMES: dict[str, str] = {
    "deepseek_v2": "deepseek2", "deepseek_v3": "deepseek2", "deepseek_v32": "deepseek32",
    "ernie4_5_moe": "ernie4_5-moe", "gemma3_text": "gemma3", "glm4_moe": "glm4moe", "glm_moe_dsa": "glm-dsa",
    "gpt_oss": "gpt-oss", "hunyuan_v1_dense": "hunyuan-dense", "llama4_text": "llama4", "minimax_m2": "minimax-m2",
    "mixtral": "llama", "olmo3": "olmo2", "qwen3_5_moe_text": "qwen35moe", "qwen3_5_text": "qwen35",
    "qwen3_moe": "qwen3moe", "qwen3_next": "qwen3next", "qwen3_vl_moe_text": "qwen3vlmoe", "qwen3_vl_text": "qwen3vl",
}  # fmt: skip


def words(shape: str) -> Architecture:
    """The words of one of the shapes above."""
    return checked(Architecture, {k: v for k, v in SHAPES[shape].items() if v is not None})


def gguf_keys(a: Architecture) -> dict[str, Any]:
    """The keys that convert_hf_to_gguf.py writes (llama.cpp, gguf-py/gguf/constants.py), less the name before them."""
    wide, chunked, s = a.intermediate_size_mlp or a.intermediate_size, a.model_type == "llama4_text", shape_of(a)
    linear = (a.linear_num_value_heads or 0) * (a.linear_value_head_dim or 0)
    keys: dict[str, Any] = {
        "context_length": 2048, "embedding_length": a.hidden_size, "feed_forward_length": wide,
        "block_count": a.num_hidden_layers + (a.num_nextn_predict_layers or 0),
        "attention.head_count": a.num_attention_heads,
        "attention.head_count_kv": 1 if a.kv_lora_rank else s.layers[0].kv_heads,
        "expert_count": s.experts.count, "expert_used_count": s.experts.used, "expert_shared_count": a.n_shared_experts,
        "expert_feed_forward_length": a.intermediate_size if chunked else a.moe_intermediate_size,
        "expert_shared_feed_forward_length": a.shared_expert_intermediate_size,
        "leading_dense_block_count": a.first_k_dense_replace, "nextn_predict_layers": a.num_nextn_predict_layers,
        "interleave_moe_layer_step": a.interleave_moe_layer_step, "attention.sliding_window": a.sliding_window,
        "attention.indexer.head_count": a.index_n_heads, "attention.indexer.key_length": a.index_head_dim,
        "attention.indexer.top_k": a.index_topk, "full_attention_interval": a.full_attention_interval,
    }  # fmt: skip
    if a.layer_types:
        keys["attention.sliding_window_pattern"] = [kind == "sliding_attention" for kind in a.layer_types]
    if a.indexer_types:
        keys["attention.indexer.types"] = [kind == "full" for kind in a.indexer_types]
    if linear:
        keys |= {
            "ssm.conv_kernel": a.linear_conv_kernel_dim, "ssm.state_size": a.linear_key_head_dim,
            "ssm.group_count": a.linear_num_key_heads, "ssm.time_step_rank": a.linear_num_value_heads,
            "ssm.inner_size": linear,
        }  # fmt: skip
    if a.kv_lora_rank:
        rope = a.qk_rope_head_dim or 0
        keys |= {
            "attention.q_lora_rank": a.q_lora_rank, "attention.kv_lora_rank": a.kv_lora_rank,
            "attention.key_length": a.kv_lora_rank + rope, "attention.value_length": a.kv_lora_rank,
            "attention.key_length_mla": (a.qk_nope_head_dim or 0) + rope,
            "attention.value_length_mla": a.v_head_dim, "rope.dimension_count": rope,
        }  # fmt: skip
    else:
        keys |= {"attention.key_length": s.layers[0].head_dim, "attention.value_length": s.layers[0].head_dim}
    return {key: value for key, value in keys.items() if value}


def write_gguf(
    file: Path, a: Architecture, changed: Mapping[str, Any] = MappingProxyType({}), without: str | None = None
) -> None:
    """A GGUF file as convert_hf_to_gguf.py lays it out, full of zeros."""
    kind = GGUF_NAMES.get(a.model_type, a.model_type)
    writer = GGUFWriter(str(file), kind)
    writer.add_name("Tiny")
    writer.add_file_type(15)  # Q4_K_M
    for key, value in {**gguf_keys(a), **changed}.items():
        if isinstance(value, list):
            writer.add_array(f"{kind}.{key}", value)
        else:
            writer.add_uint32(f"{kind}.{key}", value)
    for tensor in tensors(shape_of(a)):
        role = tensor.role.removesuffix(".bias")
        name = role if tensor.layer is None else f"blk.{tensor.layer}.{role}"
        if name == without:
            continue
        suffix = "bias" if tensor.role.endswith(".bias") or tensor.role == "exp_probs_b" else "weight"
        shape = tensor.shape if tensor.count == 1 else (tensor.count, *tensor.shape)
        writer.add_tensor(f"{name}.{suffix}", numpy.zeros(shape, dtype=numpy.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_gguf_files_header_gives_the_models_parameters(tmp_path: Path, shape: str) -> None:
    a = words(shape)
    write_gguf(tmp_path / "tiny.gguf", a)
    model = read_model(tmp_path / "tiny.gguf")
    assert model.parameters == parameters(shape_of(a))
    assert (model.name, model.context, model.native) == ("Tiny", 2048, "Q4_K_M")


def test_every_model_type_that_llama_cpp_has_is_tried_here_or_by_its_converters_header() -> None:
    headers = json.loads(Path(__file__).with_name("gguf_headers.json").read_text(encoding="utf-8"))
    tried = {entry["model_type"] for entry in (*SHAPES.values(), *headers.values())}
    read_as_another = {"glm4_moe_lite", "kimi_k2", "mimo", "mistral", "step3p7"}
    # llama.cpp's converter has these, and the recorder has not written a file of them yet.
    unrecorded = {"afmoe", "arcee", "exaone_moe"}
    # Known as config.json alone, and counted against transformers where it has them.
    counted = set(json.loads((Path(__file__).parents[1] / "anatomy" / "families.json").read_text(encoding="utf-8")))
    uncounted = {"bailing_moe", "bailing_moe_v2", "chatglm", "deepseek", "minicpm", "orion", "qwen", "rwkv7"}
    uncounted |= {"ernie4_5_vl_moe_text", "mllama_text_model"}  # which are counted in their wrappers
    # Of whose files test_gguf_families has the tensors.
    uncounted |= {"jina_bert", "nomic_bert_moe", "rwkv6", "codeshell", "grok", "grok_beside", "jais", "neobert"}
    uncounted |= {"openelm", "plamo3", "plm", "smallthinker"}
    unread = set(TABLE) - tried
    assert unread - counted == (read_as_another | unrecorded | uncounted | {"kimi_k3"}) - counted


@pytest.mark.parametrize("shape", ["gemma2", "gemma3_text", "olmo3", "exaone4", "gpt_oss", "llama4_text", "qwen3_next"])
def test_a_gguf_files_header_gives_the_models_cache(catalog: Catalog, tmp_path: Path, shape: str) -> None:
    a = words(shape)
    write_gguf(tmp_path / "tiny.gguf", a)
    read, rule = read_model(tmp_path / "tiny.gguf").shape, catalog.runtime("llama.cpp").cache
    assert read is not None
    assert cache_parts(read, "f16", rule) == cache_parts(shape_of(a), "f16", rule)


def test_a_number_for_each_layer_is_one_where_all_are_the_same(tmp_path: Path) -> None:
    a = words("llama")
    write_gguf(tmp_path / "tiny.gguf", a, {"attention.head_count_kv": [2, 2, 2]})
    assert read_model(tmp_path / "tiny.gguf").parameters == parameters(shape_of(a))
    write_gguf(tmp_path / "other.gguf", a, {"attention.head_count_kv": [2, 1, 2]})
    with pytest.raises(SizingError, match=r"other\.gguf: num_key_value_heads: layers of different sizes \(\[1, 2\]\)"):
        read_model(tmp_path / "other.gguf")


def test_a_file_whose_tensors_are_not_what_its_keys_say_is_refused(tmp_path: Path) -> None:
    a = words("llama")
    write_gguf(tmp_path / "tiny.gguf", a, without="blk.1.ffn_up")
    with pytest.raises(SizingError, match=r"its tensors hold .* numbers, and a llama of that shape .*not known yet"):
        read_model(tmp_path / "tiny.gguf")


def test_a_part_of_a_split_file_needs_the_others(tmp_path: Path) -> None:
    file = tmp_path / "tiny-00001-of-00002.gguf"
    writer = GGUFWriter(str(file), "llama")
    writer.add_uint16("split.count", 2)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(SizingError, match=r"one of 2 parts; put the others beside it: tiny-00002-of-00002\.gguf"):
        read_model(file)


@pytest.mark.parametrize("length", [4, 8, 40, 500, 2000])
def test_a_gguf_file_that_is_cut_off_is_one_line(tmp_path: Path, length: int) -> None:
    file = tmp_path / "tiny.gguf"
    write_gguf(file, words("llama"))
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
    with pytest.raises(SizingError, match=r"x\.gguf: a vocabulary alone, without a tensor"):
        read_model(tmp_path / "x.gguf")


# --- safetensors ---------------------------------------------------------------------------------------------------

FP8_BLOCKS = {"quant_method": "fp8", "fmt": "e4m3", "weight_block_size": [128, 128]}


def qwen2_bytes(catalog: Catalog, fmt: str) -> int:
    shape = catalog.model("qwen2-7b").shape
    assert shape is not None
    return file_bytes(catalog.format(fmt), shape, False)


def write_index(folder: Path, total: int, *names: str) -> Path:
    file = folder / "model.safetensors.index.json"
    weights = dict.fromkeys(("model.embed_tokens.weight", *names), "model-00001-of-00002.safetensors")
    file.write_text(json.dumps({"metadata": {"total_size": total}, "weight_map": weights}), encoding="utf-8")
    return file


def write_safetensors(folder: Path, size: int, name: str = "model.embed_tokens.weight") -> Path:
    file, header = folder / "model.safetensors", {name: {"dtype": "BF16", "shape": [1], "data_offsets": [0, size]}}
    text = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text)
    return file


def test_an_index_beside_its_config_is_read_and_held_to_its_size(catalog: Catalog, tmp_path: Path) -> None:
    write(tmp_path, QWEN2_7B)
    model = read_model(write_index(tmp_path, qwen2_bytes(catalog, "BF16")))
    assert (model.parameters, model.native) == (catalog.model("qwen2-7b").parameters, "BF16")
    with pytest.raises(SizingError, match=r"7,000,000,000 bytes, and config\.json describes 15,231,233,024 in BF16"):
        read_model(write_index(tmp_path, 7_000_000_000))


def test_a_quantized_checkpoint_is_known_by_its_config_and_its_size(catalog: Catalog, tmp_path: Path) -> None:
    write(tmp_path, {**QWEN2_7B, "quantization_config": {"quant_method": "awq", "bits": 4, "group_size": 128}})
    assert read_model(write_index(tmp_path, qwen2_bytes(catalog, "AWQ"))).native == "AWQ"
    with pytest.raises(SizingError, match=r"in AWQ; some parts are stored in a way that is not known yet"):
        read_model(write_index(tmp_path, qwen2_bytes(catalog, "BF16")))


def test_a_tower_that_sees_may_add_to_an_index(catalog: Catalog, tmp_path: Path) -> None:
    write(tmp_path, QWEN2_7B)
    more = qwen2_bytes(catalog, "BF16") * 12 // 10
    assert read_model(write_index(tmp_path, more, "visual.blocks.0.attn.qkv.weight")).native == "BF16"


def test_a_single_safetensors_file_is_held_to_its_header(catalog: Catalog, tmp_path: Path) -> None:
    write(tmp_path, {**QWEN2_7B, "quantization_config": FP8_BLOCKS})
    assert read_model(write_safetensors(tmp_path, qwen2_bytes(catalog, "FP8"))).native == "FP8"
    with pytest.raises(SizingError, match=r"bytes, and config\.json describes"):
        read_model(write_safetensors(tmp_path, 1000))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("model.safetensors", b"", "is empty; get it anew"),
        ("model.safetensors", struct.pack("<Q", 2) + b"{x", "not a whole safetensors file"),
        ("model.safetensors", struct.pack("<Q", 9) + b'{"a": []}', "not a safetensors file"),
        ("model.safetensors.index.json", b"[]", "not a safetensors file or index"),
        ("model.safetensors.index.json", b"{}", "no weight_map and total_size"),
    ],
    ids=["empty", "cut off", "a list", "no index", "an empty index"],
)
def test_a_broken_checkpoint_is_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    write(tmp_path, QWEN2_7B)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SizingError, match=message) as caught:
        read_model(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_nvidias_older_checkpoints_name_their_format_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "hf_quant_config.json").write_text(
        '{"producer": {"name": "modelopt"}, "quantization": {"quant_algo": "NVFP4", "group_size": 16}}'
    )
    assert read_model(write(tmp_path, QWEN2_7B)).native == "NVFP4"


def test_a_checkpoint_needs_its_config(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match=r"no config\.json beside it"):
        read_model(write_index(tmp_path, 1000))


@pytest.mark.parametrize(
    ("config", "native"),
    [
        ({"torch_dtype": "bfloat16"}, "BF16"),
        ({"dtype": "float16"}, "F16"),
        ({}, None),
        ({"quantization_config": FP8_BLOCKS}, "FP8"),
        ({"quantization_config": {"quant_method": "mxfp4"}}, "MXFP4"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 4, "group_size": 128}}, "GPTQ"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 4, "group_size": 32}}, "GPTQ-g32"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 8, "group_size": 128}}, "GPTQ-Int8"),
        ({"quantization_config": {"quant_method": "gptq", "bits": 3, "group_size": 128}}, "GPTQ-3bit"),
        ({"quantization_config": {"quant_method": "bitsandbytes", "load_in_8bit": True}}, "LLM-INT8"),
        (
            {"quantization_config": {
                "quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4",
                "bnb_4bit_use_double_quant": True,
            }},
            "NF4-DQ",
        ),
        ({"quantization_config": {"quant_method": "exl2", "bits": 4.25}}, "EXL2-4.25bpw"),
        ({"quantization_config": {"quant_method": "exl3", "bits": 3.5, "head_bits": 6}}, "EXL3-3.5bpw"),
        ({"quantization": {"group_size": 64, "bits": 4}}, "MLX-4bit"),
        ({"quantization": {"group_size": 32, "bits": 4, "mode": "mxfp4"}}, "MLX-MXFP4"),
        ({"quantization_config": {"quant_method": "unheard of"}, "torch_dtype": "bfloat16"}, None),
        ({"quantization_config": {"quant_method": "modelopt", "quant_algo": "NVFP4", "group_size": 16}}, "NVFP4"),
    ],
)  # fmt: skip
def test_a_config_names_its_checkpoints_format(config: dict[str, Any], native: str | None) -> None:
    assert number_type(config) == native


@pytest.mark.parametrize(
    ("weights", "native"),
    [
        ({"num_bits": 4, "type": "int", "group_size": 32, "strategy": "group"}, "INT4"),
        ({"num_bits": 4, "type": "int", "group_size": 128, "strategy": "group"}, "W4A16"),
        ({"num_bits": 4, "type": "float", "group_size": 16, "strategy": "tensor_group"}, "NVFP4"),
        ({"num_bits": 4, "type": "float", "group_size": 32, "strategy": "group"}, "MXFP4"),
        ({"num_bits": 8, "type": "int", "group_size": None, "strategy": "channel"}, "INT8"),
        ({"num_bits": 8, "type": "float", "group_size": None, "strategy": "channel"}, "FP8-dynamic"),
        ({"num_bits": 8, "type": "float", "group_size": None, "strategy": "tensor"}, "FP8"),
    ],
)
def test_compressed_tensors_groups_name_a_format(catalog: Catalog, weights: dict[str, Any], native: str) -> None:
    stated = {"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": weights}}}
    assert number_type({"quantization_config": stated}) == native
    assert native in catalog.formats


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
