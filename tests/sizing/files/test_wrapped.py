"""Files as publishers write them, of models that see: what they come to is what Hugging Face counts of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sizing.errors import SizingError
from sizing.files.models import read_model

QWEN_VISION = {
    "depth": 32, "hidden_act": "silu", "hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16, "in_chans": 3,
    "out_hidden_size": 3584, "patch_size": 14, "spatial_merge_size": 2, "spatial_patch_size": 14, "window_size": 112,
    "fullatt_block_indexes": [7, 15, 23, 31], "tokens_per_second": 2, "temporal_patch_size": 2,
}  # fmt: skip
# Its words among the wrapper's own, as it was published.
QWEN2_5_VL_7B = {
    "architectures": ["Qwen2_5_VLForConditionalGeneration"], "attention_dropout": 0.0, "bos_token_id": 151643,
    "vision_start_token_id": 151652, "hidden_act": "silu", "hidden_size": 3584, "initializer_range": 0.02,
    "intermediate_size": 18944, "max_position_embeddings": 128000, "max_window_layers": 28,
    "model_type": "qwen2_5_vl", "num_attention_heads": 28, "num_hidden_layers": 28, "num_key_value_heads": 4,
    "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "sliding_window": 32768, "tie_word_embeddings": False,
    "torch_dtype": "bfloat16", "use_cache": True, "use_sliding_window": False, "vision_config": QWEN_VISION,
    "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]}, "vocab_size": 152064,
}  # fmt: skip
QWEN2_5_VL_3B = {
    **QWEN2_5_VL_7B, "hidden_size": 2048, "intermediate_size": 11008, "num_attention_heads": 16,
    "num_hidden_layers": 36, "num_key_value_heads": 2, "tie_word_embeddings": True, "vocab_size": 151936,
    "vision_config": {**QWEN_VISION, "out_hidden_size": 2048},
}  # fmt: skip
QWEN2_VL_7B = {
    **QWEN2_5_VL_7B, "model_type": "qwen2_vl",
    "vision_config": {
        "depth": 32, "embed_dim": 1280, "mlp_ratio": 4, "num_heads": 16, "in_chans": 3, "hidden_size": 3584,
        "patch_size": 14, "spatial_merge_size": 2, "spatial_patch_size": 14, "temporal_patch_size": 2,
    },
}  # fmt: skip
LLAMA_VISION_11B = {
    "architectures": ["MllamaForConditionalGeneration"], "image_token_index": 128256, "model_type": "mllama",
    "text_config": {
        "cross_attention_layers": [3, 8, 13, 18, 23, 28, 33, 38], "hidden_act": "silu", "hidden_size": 4096,
        "intermediate_size": 14336, "max_position_embeddings": 131072, "model_type": "mllama_text_model",
        "num_attention_heads": 32, "num_hidden_layers": 40, "num_key_value_heads": 8, "rms_norm_eps": 1e-05,
        "rope_theta": 500000.0, "tie_word_embeddings": False, "vocab_size": 128256,
    },
    "torch_dtype": "bfloat16",
    "vision_config": {
        "attention_heads": 16, "hidden_act": "gelu", "hidden_size": 1280, "image_size": 560,
        "intermediate_layers_indices": [3, 7, 15, 23, 30], "intermediate_size": 5120, "max_num_tiles": 4,
        "model_type": "mllama_vision_model", "norm_eps": 1e-05, "num_channels": 3, "num_global_layers": 8,
        "num_hidden_layers": 32, "patch_size": 14, "vision_output_dim": 7680,
        "supported_aspect_ratios": [[1, 1], [1, 2], [1, 3], [1, 4], [2, 1], [2, 2], [3, 1], [4, 1]],
    },
}  # fmt: skip
KIMI_VL = {
    "architectures": ["KimiVLForConditionalGeneration"], "model_type": "kimi_vl", "tie_word_embeddings": False,
    "media_placeholder_token_id": 163605, "torch_dtype": "bfloat16", "vocab_size": 163840,
    "text_config": {
        "model_type": "deepseek_v3", "vocab_size": 163840,
        "max_position_embeddings": 131072, "hidden_size": 2048, "intermediate_size": 11264,
        "moe_intermediate_size": 1408, "num_hidden_layers": 27, "num_attention_heads": 16, "n_shared_experts": 2,
        "n_routed_experts": 64, "ep_size": 1, "routed_scaling_factor": 2.446, "kv_lora_rank": 512,
        "q_lora_rank": None, "qk_rope_head_dim": 64, "v_head_dim": 128, "qk_nope_head_dim": 128,
        "topk_method": "noaux_tc", "n_group": 1, "topk_group": 1, "num_experts_per_tok": 6, "moe_layer_freq": 1,
        "first_k_dense_replace": 1, "norm_topk_prob": True, "scoring_func": "sigmoid", "aux_loss_alpha": 0.001,
        "seq_aux": True, "num_key_value_heads": 16, "hidden_act": "silu", "rope_theta": 800000.0,
        "rope_scaling": None, "attention_bias": False, "num_nextn_predict_layers": 0, "tie_word_embeddings": False,
    },
    "vision_config": {
        "model_type": "moonvit", "patch_size": 14, "num_attention_heads": 16, "num_hidden_layers": 27,
        "hidden_size": 1152, "intermediate_size": 4304, "init_pos_emb_height": 64, "init_pos_emb_width": 64,
        "merge_kernel_size": [2, 2], "torch_dtype": "bfloat16",
    },
}  # fmt: skip

# Hugging Face's counts of the safetensors (https://github.com/AlexsJones/llmfit, llmfit-core/data/hf_models.json).
PUBLISHED = [
    (QWEN2_5_VL_3B, 3754622976), (QWEN2_5_VL_7B, 8292166656), (QWEN2_VL_7B, 8291375616),
    (LLAMA_VISION_11B, 10670220835), ({"model_type": "glm4v"}, 10292777472),
]  # fmt: skip


def read(folder: Path, config: dict[str, Any]) -> Any:
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return read_model(folder / "config.json")


@pytest.mark.parametrize(
    ("config", "count"), PUBLISHED, ids=lambda one: one["model_type"] if isinstance(one, dict) else ""
)
def test_text_and_towers_together_are_what_is_published(tmp_path: Path, config: dict[str, Any], count: int) -> None:
    model = read(tmp_path, config)
    assert model.parameters.total + model.towers_parameters == count


def test_moonshots_tower_is_counted_in_its_own_codes_words(tmp_path: Path) -> None:
    model = read(tmp_path, KIMI_VL)
    # Hugging Face counts 3,392 numbers more, of which 26 x 64 are the routers' biases.
    assert model.parameters.total + model.towers_parameters == 16407657776 - 3392


TEXT = {"hidden_size": 1024, "intermediate_size": 2816, "num_hidden_layers": 4, "num_attention_heads": 16}
TEXT |= {"num_key_value_heads": 16, "vocab_size": 32000}


@pytest.mark.parametrize(("version", "type_"), [("2.5", "llama"), (2.6, "qwen2"), ("4.0", "llama"), ("4.5", "qwen3")])
def test_a_version_tells_which_text_model_it_has(tmp_path: Path, version: object, type_: str) -> None:
    config = {**TEXT, "model_type": "minicpmv", "version": version, "query_num": 64}
    config |= {"slice_config": {"max_slice_nums": 9, "model_type": "minicpmv"}, "vision_config": {"patch_size": 14}}
    seen, plain = read(tmp_path, config), read(tmp_path, {**TEXT, "model_type": type_})
    assert seen.parameters == plain.parameters
    assert [one.kind for one in seen.seeing] == ["vision"]


def test_the_first_two_do_not_say_their_version(tmp_path: Path) -> None:
    first = {**TEXT, "model_type": "minicpmv", "query_num": 64, "hidden_size": 2304, "num_attention_heads": 36}
    first["num_key_value_heads"] = 36
    assert read(tmp_path, first).shape.model_type == "minicpm"
    assert read(tmp_path, {**TEXT, "model_type": "minicpmv", "query_num": 96}).shape.model_type == "llama"


@pytest.mark.parametrize(
    ("type_", "text", "count"),
    [
        # vLLM vllm/model_executor/models/dots_ocr.py: Qwen2ForCausalLM; what dots.ocr's text model comes to.
        ("dots_ocr", {"model_type": "qwen2", "hidden_size": 1536, "intermediate_size": 8960, "num_hidden_layers": 28,
                      "num_attention_heads": 12, "num_key_value_heads": 2, "vocab_size": 151936}, 1_777_088_000),
        # Keye's 8B is built on Qwen3 8B, whose count this is.
        ("KeyeVL1_5", {"model_type": "qwen3", "hidden_size": 4096, "intermediate_size": 12288, "num_hidden_layers": 36,
                       "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151936},
         8_190_735_360),
    ],
)  # fmt: skip
def test_a_wrapper_whose_words_are_its_text_models(
    tmp_path: Path, type_: str, text: dict[str, Any], count: int
) -> None:
    config = {**text, "tie_word_embeddings": False, "vision_config": {"patch_size": 14}}
    assert read(tmp_path, {**config, "model_type": type_}).parameters.total == count
    assert read(tmp_path, config).parameters.total == count


def test_a_version_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match=r"version 9\.1: which text model"):
        read(tmp_path, {**TEXT, "model_type": "minicpmv", "version": 9.1})


def test_deepseeks_second_generation_may_have_the_firsts_attention(tmp_path: Path) -> None:
    experts = {"n_routed_experts": 8, "n_shared_experts": 2, "num_experts_per_tok": 2, "moe_intermediate_size": 256}
    none = {"kv_lora_rank": None, "q_lora_rank": None, "qk_nope_head_dim": 0, "qk_rope_head_dim": 0, "v_head_dim": 0}
    plain = {**TEXT, **experts, **none, "model_type": "deepseek_v2", "use_mla": False, "first_k_dense_replace": 1}
    model = read(tmp_path, {"model_type": "deepseek_vl_v2", "language_config": plain})
    attention = 4 * 4 * 1024 * 1024
    dense, sparse = 3 * 1024 * 2816, 3 * 1024 * 256 * (8 + 2) + 8 * 1024
    assert model.parameters.total == 2 * 32000 * 1024 + attention + dense + 3 * sparse + (2 * 4 + 1) * 1024


# As DeepSeek-OCR-2 was published: its text model says its class, and no model_type.
DEEPSEEK_OCR_2 = {
    "architectures": ["DeepseekOCR2ForCausalLM"], "model_type": "deepseek_vl_v2", "torch_dtype": "bfloat16",
    "language_config": {
        "architectures": ["DeepseekV2ForCausalLM"], "first_k_dense_replace": 1, "hidden_size": 1280,
        "intermediate_size": 6848, "kv_lora_rank": None, "lm_head": True, "max_position_embeddings": 8192,
        "moe_intermediate_size": 896, "n_group": 1, "n_routed_experts": 64, "n_shared_experts": 2,
        "num_attention_heads": 10, "num_experts_per_tok": 6, "num_hidden_layers": 12, "num_key_value_heads": 10,
        "q_lora_rank": None, "qk_nope_head_dim": 0, "qk_rope_head_dim": 0, "rm_head": False, "topk_group": 1,
        "topk_method": "greedy", "torch_dtype": "bfloat16", "use_mla": False, "v_head_dim": 0, "vocab_size": 129280,
    },
    "projector_config": {"input_dim": 896, "model_type": "mlp_projector", "n_embed": 1280},
    "vision_config": {"image_size": 1024, "mlp_ratio": 3.7362, "model_name": "deepencoderv2", "model_type": "vision"},
}  # fmt: skip


def test_a_text_model_that_says_its_class_alone_is_of_that_type(tmp_path: Path) -> None:
    model = read(tmp_path, DEEPSEEK_OCR_2)
    ends, attention, dense = 2 * 129280 * 1280, 4 * 1280 * 1280, 3 * 1280 * 6848
    sparse = 64 * 1280 + 3 * 1280 * 896 * (64 + 2)
    assert model.parameters.total == ends + 12 * attention + dense + 11 * sparse + (2 * 12 + 1) * 1280
    assert not any("lm_head" in remark for remark in model.remarks)


@pytest.mark.parametrize(
    ("name", "type_"), [("LlamaForCausalLM", "llama"), ("Qwen2ForCausalLM", "qwen2"), ("InternLM2ForCausalLM", "llama")]
)
def test_a_class_says_which_model_a_file_without_a_type_is(tmp_path: Path, name: str, type_: str) -> None:
    said = read(tmp_path, {**TEXT, "model_type": type_, "attention_bias": type_ == "qwen2"})
    assert read(tmp_path, {**TEXT, "architectures": [name]}).parameters == said.parameters


def test_a_class_that_nobody_knows_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match="no model_type"):
        read(tmp_path, {**TEXT, "architectures": ["OursForCausalLM"]})


def test_the_makers_own_words_of_a_tower_are_named(tmp_path: Path) -> None:
    config = {**TEXT, "model_type": "llava_llama", "mm_vision_tower": "openai/clip-vit-large-patch14-336"}
    (tower,) = read(tmp_path, {**config, "mm_hidden_size": 1024}).seeing
    assert (tower.kind, tower.model_type) == ("vision", "openai/clip-vit-large-patch14-336")


def test_a_text_model_of_which_only_the_type_is_said_is_as_its_class(tmp_path: Path) -> None:
    model = read(tmp_path, {"model_type": "llava", "text_config": {"model_type": "llama"}, "vision_config": {}})
    assert model.parameters.total == 6738415616
    assert "vocab_size 32000, hidden_size 4096" in model.remarks[0]


def test_a_wrapper_of_another_text_model_than_its_own_says_nothing_of_its_embeddings(tmp_path: Path) -> None:
    """LLaVA is made of a Llama, whose embeddings are two, and says so when it is saved again; Gemma's are one."""
    gemma = {
        "model_type": "gemma2", "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26,
        "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "vocab_size": 256000,
    }  # fmt: skip
    for words in (gemma, {**gemma, "tie_word_embeddings": True}):
        for said in ({}, {"tie_word_embeddings": False}):
            config = {"model_type": "llava", **said, "text_config": words, "vision_config": {}}
            assert read(tmp_path, config).parameters.total == 2_614_341_888
    untied = {"model_type": "llava", "text_config": {**gemma, "tie_word_embeddings": False}}
    assert read(tmp_path, untied).parameters.total == 2_614_341_888 + 256000 * 2304
