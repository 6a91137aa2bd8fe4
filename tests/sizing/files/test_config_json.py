"""A config.json is read as its publisher meant it, whoever saved it since, or refused by the word in its way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sizing import SizingError, read_model
from sizing.cli import main
from sizing.model import Model

# Qwen3 0.6B's: https://huggingface.co/Qwen/Qwen3-0.6B/blob/main/config.json
QWEN3: dict[str, Any] = {
    "architectures": ["Qwen3ForCausalLM"], "attention_bias": False, "attention_dropout": 0.0, "bos_token_id": 151643,
    "eos_token_id": 151645, "head_dim": 128, "hidden_act": "silu", "hidden_size": 1024, "initializer_range": 0.02,
    "intermediate_size": 3072, "max_position_embeddings": 40960, "max_window_layers": 28, "model_type": "qwen3",
    "num_attention_heads": 16, "num_hidden_layers": 28, "num_key_value_heads": 8, "rms_norm_eps": 1e-06,
    "rope_scaling": None, "rope_theta": 1000000, "sliding_window": None, "tie_word_embeddings": True,
    "torch_dtype": "bfloat16", "transformers_version": "4.51.0", "use_cache": True, "use_sliding_window": False,
    "vocab_size": 151936,
}  # fmt: skip
COUNT = 596_049_920


def read(folder: Path, config: object) -> Model:
    file = folder / "config.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    return read_model(file)


def count(folder: Path, config: object) -> int:
    found = read(folder, config).parameters
    assert found is not None
    return found.total


@pytest.mark.parametrize(
    "harmless",
    [
        {"quantization": {"group_size": 64, "bits": 4}},  # mlx-lm writes it into every file
        {"unsloth_version": "2026.9.1", "unsloth_fixed": True},
        {"tokenizer_class": "Qwen2Tokenizer", "max_seq_len": 4096},
        {"quantization_config": {"quant_method": "awq", "bits": 4, "group_size": 128}},
        {"task_specific_params": {"text-generation": {"max_length": 50}}, "id2label": {"0": "LABEL_0"}},
    ],
)
def test_what_decides_no_size_passes_without_a_word(tmp_path: Path, harmless: dict[str, Any]) -> None:
    model = read(tmp_path, {**QWEN3, **harmless})
    assert model.parameters is not None
    assert (model.parameters.total, model.remarks) == (COUNT, ())


@pytest.mark.parametrize(
    "harmful",
    [
        {"mlp_bias": True},  # which other classes have
        {"num_zebra_layers": 3},
        {"zebra_hidden_size": 64},
        {"per_layer_config": {"0": {"num_experts": 64}}},
        {"zebra_config": {"num_experts": 64}},
        {"zebras": [{"hidden_size": 64}]},
        {"num_experts": 64, "num_experts_per_tok": 2},
        {"layer_types": ["linear_attention"] * 28},
    ],
)
def test_what_may_change_a_tensor_is_refused_by_name(tmp_path: Path, harmful: dict[str, Any]) -> None:
    with pytest.raises(SizingError, match=next(iter(harmful))) as caught:
        read(tmp_path, {**QWEN3, **harmful})
    assert "\n" not in str(caught.value)


def test_a_key_that_nobody_knows_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = read(tmp_path, {**QWEN3, "zebra": "striped", "horse": 0, "camel": None})
    assert model.remarks == ("zebra: not known; taken to decide no size",)
    assert main(["plan", str(tmp_path / "config.json")]) == 0
    assert "note     zebra: not known" in capsys.readouterr().out


def test_a_key_of_its_class_passes_with_the_classs_own_value_alone(tmp_path: Path) -> None:
    falcon = {**QWEN3, "model_type": "falcon_h1"}
    assert count(tmp_path, {**falcon, "projectors_bias": False}) == count(tmp_path, falcon)
    with pytest.raises(SizingError, match="projectors_bias: not known, and may matter"):
        read(tmp_path, {**falcon, "projectors_bias": True})


@pytest.mark.parametrize("none", [None, 0, "", [], False])
@pytest.mark.parametrize(
    "word", ["num_experts", "n_shared_experts", "shared_expert_intermediate_size", "attention_chunk_size", "hc_mult"]
)
def test_a_word_that_says_none_is_a_word_left_out(tmp_path: Path, word: str, none: object) -> None:
    if none is not False:
        assert count(tmp_path, {**QWEN3, word: none}) == COUNT


def test_what_is_left_out_is_filled_in_and_told(tmp_path: Path) -> None:
    # head_dim is 128 in Qwen3's class; hidden_size / num_attention_heads would be 64.
    model = read(tmp_path, {key: value for key, value in QWEN3.items() if key != "head_dim"})
    assert model.parameters is not None
    assert model.parameters.total == COUNT
    assert len(model.remarks) == 1
    assert model.remarks[0].endswith("fills them in: head_dim 128")


def test_a_file_that_says_no_size_at_all_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match=r"vocab_size is missing, and hidden_size; give a whole config\.json"):
        read(tmp_path, {"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]})


@pytest.mark.parametrize(
    "odd",
    [{"layer_types": [[]]}, {"num_hidden_layers": 10**9}, {"hidden_size": 10**9}, {"per_layer_config": {"a": 1}}],
)
def test_what_cannot_be_is_one_line_and_takes_no_memory(tmp_path: Path, odd: dict[str, Any]) -> None:
    with pytest.raises(SizingError, match=next(iter(odd))) as caught:
        read(tmp_path, {**QWEN3, **odd})
    assert "\n" not in str(caught.value)


# --- wrappers ------------------------------------------------------------------------------------------------------

TEXT = {key: value for key, value in QWEN3.items() if key not in ("tie_word_embeddings", "architectures")}
UNTIED = COUNT + 151936 * 1024


@pytest.mark.parametrize(
    "wrapper",
    [
        {"model_type": "zebra_vl", "text_config": TEXT, "num_zebra_layers": 3, "hidden_size": 64},
        {"model_type": "zebra_chat", "llm_config": TEXT},
        {"model_type": "zebra_vl", "language_config": TEXT},
        {"model_type": "zebra_omni", "thinker_config": {"text_config": TEXT, "audio_config": {"hidden_size": 64}}},
        {"model_type": "zebra_v", "brain": TEXT, "vision_config": {"hidden_size": 64, "model_type": "zebra_vision"}},
    ],
    ids=lambda wrapper: list(wrapper)[1],
)
def test_a_text_model_is_found_wherever_it_is_wrapped(tmp_path: Path, wrapper: dict[str, Any]) -> None:
    assert count(tmp_path, {**wrapper, "tie_word_embeddings": True}) == COUNT


def test_a_wrapper_says_which_type_its_text_model_is(tmp_path: Path) -> None:
    text = {key: value for key, value in QWEN3.items() if key not in ("model_type", "tie_word_embeddings")}
    nested = {"model_type": "qwen3_vl", "text_config": text, "tie_word_embeddings": True}
    assert count(tmp_path, nested) == count(tmp_path, {"model_type": "qwen3_vl", **text, "tie_word_embeddings": True})


def test_qwen_25_vl_has_qwen_2s_blocks(tmp_path: Path) -> None:
    words = {**QWEN3, "vision_config": {"depth": 32}, "vision_token_id": 151654}
    assert count(tmp_path, {**words, "model_type": "qwen2_5_vl"}) == count(tmp_path, {**QWEN3, "model_type": "qwen2"})


@pytest.mark.parametrize(
    ("outer", "inner", "tied"),
    [
        (True, None, True),  # as published
        (None, True, True),
        (False, None, False),
        (None, None, False),
        (True, False, True),  # saved again: false is the default of both classes, so true was meant
        (False, True, True),
    ],
)
def test_embeddings_are_tied_where_a_wrapper_and_its_text_model_mean_it(
    tmp_path: Path, outer: bool | None, inner: bool | None, tied: bool
) -> None:
    text = {**TEXT, "model_type": "qwen3_vl_text", **({} if inner is None else {"tie_word_embeddings": inner})}
    whole = {"model_type": "qwen3_vl", "text_config": text}
    config = whole if outer is None else {**whole, "tie_word_embeddings": outer}
    assert count(tmp_path, config) == (COUNT if tied else UNTIED)


def test_a_text_models_class_ties_qwen3_vl_moe_only_where_its_wrapper_does(tmp_path: Path) -> None:
    experts = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 64}
    text = {**TEXT, **experts, "model_type": "qwen3_vl_moe_text"}
    published = {"model_type": "qwen3_vl_moe", "text_config": text, "tie_word_embeddings": False}
    saved = {**published, "text_config": {**text, "tie_word_embeddings": True}}  # that class's default
    assert count(tmp_path, saved) == count(tmp_path, published)


# --- quantization_config that says odd things ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "native"),
    [
        ({"quant_method": "exl2", "bits": "4.25"}, "EXL2-4.25bpw"),
        ({"quant_method": "exl2", "bits": "four"}, "undisclosed"),
        ({"producer": ["modelopt"], "config_groups": {}}, "undisclosed"),
        ({"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": "int4"}}}, "undisclosed"),
        (
            {"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": {"num_bits": None}}}},
            "undisclosed",
        ),
        ({"quant_method": "compressed-tensors", "config_groups": ["group_0"]}, "undisclosed"),
        ({"quant_method": "gptq", "bits": [4], "group_size": {}}, "undisclosed"),
        ({"quant_method": ["awq"]}, "undisclosed"),
        # Groups and bits other than the usual ones.
        (
            {"quant_method": "auto-round", "bits": 4, "group_size": 128, "packing_format": "auto_round:auto_gptq"},
            "GPTQ",
        ),
        (
            {"quant_method": "auto-round", "bits": 4, "group_size": 64, "packing_format": "auto_round:auto_awq"},
            "AWQ-g64",
        ),
        ({"quant_method": "auto-round", "bits": 4, "group_size": 16, "data_type": "nv_fp"}, "undisclosed"),
        ({"quant_method": "auto-round", "bits": 4, "group_size": 128, "extra_config": {"lm_head": {}}}, "undisclosed"),
        ({"quant_method": "fbgemm_fp8", "activation_scale_ub": 1200.0}, "FP8-dynamic"),
        (
            {
                "quant_method": "quark",
                "global_quant_config": {"weight": {"dtype": "fp8_e4m3", "qscheme": "per_tensor"}},
            },
            "FP8",
        ),
        ({"quant_method": "quark", "global_quant_config": {"weight": {"dtype": ["int4"]}}}, "undisclosed"),
        ({"quant_method": "w8a8_int8"}, "INT8"),
        ({"quant_method": "awq", "bits": 4, "group_size": 64}, "AWQ-g64"),
        ({"quant_method": "awq", "bits": "8", "group_size": 32}, "AWQ-8bit-g32"),
        ({"quant_method": "gptq", "bits": 4, "group_size": 128}, "GPTQ"),
        ({"quant_method": "gptq", "bits": 3, "group_size": 128}, "GPTQ-3bit"),
        ({"quant_method": "gptq", "bits": 4, "group_size": 64}, "GPTQ-g64"),
        ({"quant_method": "gptq", "bits": 4, "group_size": -1}, "GPTQ-channel"),
        ({"quant_method": "gptq", "bits": 3, "group_size": "-1"}, "GPTQ-3bit-channel"),
        ({"quant_method": "gptq", "bits": 4, "group_size": -2}, "undisclosed"),
        (
            {"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size": 64}}},
            "undisclosed",
        ),
        (
            {"quant_method": "torchao", "quant_type": {"default": {"_type": "Int8WeightOnlyConfig", "_data": {}}}},
            "INT8",
        ),
        (
            {"quant_method": "torchao", "quant_type": {"default": {"_type": "Float8WeightOnlyConfig", "_data": {}}}},
            "FP8-dynamic",
        ),
        ({"quant_method": "torchao", "quant_type": "int4_weight_only"}, "undisclosed"),
        (
            {"quant_method": "torchao", "quant_type": {"default": {"_type": "Int4WeightOnlyConfig", "_data": {}}}},
            "undisclosed",
        ),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {
                    "group_0": {"weights": {"num_bits": 4, "type": "int", "group_size": None, "strategy": "channel"}}
                },
            },
            "W4A16-channel",
        ),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {"group_0": {"weights": {"num_bits": 4, "type": "int", "group_size": 64}}},
            },
            "W4A16-g64",
        ),
        ({"bits": 4, "group_size": 64}, "MLX-4bit"),
        ({"bits": 4, "group_size": 32}, "MLX-4bit-g32"),
        ({"bits": 4, "group_size": 64, "model.layers.0.mlp.gate": {"bits": 8, "group_size": 64}}, "MLX-4bit"),
        ({"bits": 4, "group_size": 64, "model.layers.0.mlp.down_proj": {"bits": 6, "group_size": 64}}, "undisclosed"),
    ],
)
def test_a_quantization_that_is_not_understood_is_undisclosed(
    tmp_path: Path, stated: dict[str, Any], native: str
) -> None:
    assert read(tmp_path, {**QWEN3, "quantization_config": stated}).native == native


def test_weights_that_are_stored_in_several_ways_are_told(tmp_path: Path) -> None:
    eight, four = ({"weights": {"num_bits": n, "type": "float", "group_size": 16}} for n in (8, 4))
    stated = {"quant_method": "compressed-tensors", "config_groups": {"attention": eight, "experts": four}}
    model = read(tmp_path, {**QWEN3, "quantization_config": stated})
    assert model.native == "NVFP4"
    assert any(one.startswith("modules in 4 and 8 bits") for one in model.remarks)


def test_a_size_that_an_unknown_word_may_say_is_not_filled_in(tmp_path: Path) -> None:
    """BLOOM says n_embed; taken for nothing, it would have 17 million parameters in place of 7 billion."""
    bloom = {"model_type": "bloom", "vocab_size": 250880, "n_layer": 30, "num_attention_heads": 32, "n_embed": 4096}
    assert count(tmp_path, bloom) == 7_069_016_064
    with pytest.raises(SizingError, match="hidden_size is left out, and zebra_width is not known"):
        read(tmp_path, {**{k: v for k, v in bloom.items() if k != "n_embed"}, "zebra_width": 4096})


@pytest.mark.parametrize(
    ("type_", "what"),
    [
        ("siglip", "sees"),
        ("clip", "sees"),
        ("detr", "sees"),
        ("wav2vec2", "hears or speaks"),
        ("timesfm", "forecasts"),
        ("clip_vision_model", "sees"),
        ("gemma3n_audio", "hears or speaks"),
        ("deberta-v2", "encodes texts in a way of its own"),
        ("albert", "encodes texts in a way of its own"),
    ],
)
def test_what_neither_reads_nor_writes_texts_is_called_by_what_it_does(tmp_path: Path, type_: str, what: str) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"model_type": type_, "hidden_size": 768}), encoding="utf-8")
    with pytest.raises(SizingError, match=f"an? {type_} {what}; it is no language model, and is not sized$"):
        read_model(file)
