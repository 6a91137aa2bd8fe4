"""Where do transformers' words and llama.cpp's part? Nothing here changes a size; each table is by model_type."""

from __future__ import annotations

from typing import Any, Final

# What transformers has no type of its own for, and whose blocks it is made of.
KIN: Final = {"kimi_k2": "deepseek_v3", "minimax_m3": "minimax_m3_vl_text", "phi-msft": "phi"}

# Text models whose tensors transformers can name only inside their multimodal wrapper.
WRAPPED: Final = frozenset({"minimax_m3_vl_text"})

# Multi-token prediction: transformers builds no such layers, and llama.cpp's converter is told not to expect them.
MTP_KEYS: Final = ("num_nextn_predict_layers", "mtp_num_hidden_layers", "num_mtp_modules")

# The parts of a multimodal configuration that are not the text model's own words.
OTHER_CONFIGS: Final = ("model_type", "text_config", "vision_config", "audio_config")

# The names under which llama.cpp's converter knows what transformers calls otherwise.
CLASSES: Final = {"MiniMaxM3VLForConditionalGeneration": "MiniMaxM3SparseForConditionalGeneration"}

# Keys that the converter wants and that neither the catalog nor transformers gives.
ADDED: Final[dict[str, dict[str, Any]]] = {
    "deepseek_v32": {"scoring_func": "sigmoid"},
    "mimo_v2_flash": {
        "partial_rotary_factor": 0.334,
        "rope_theta": 5000000,
        "swa_rope_theta": 10000,
        "topk_method": "noaux_tc",
    },
    "minimax_m2": {"rotary_dim": 64, "scoring_func": "sigmoid"},
    "qwen3_vl_text": {"rope_parameters": {"mrope_section": [24, 20, 20]}},
    "qwen3_vl_moe_text": {"rope_parameters": {"mrope_section": [24, 20, 20]}},
}

# Keys whose one value the converter wants for each layer.
LISTS: Final[dict[str, tuple[str, ...]]] = {
    "hunyuan_v1_moe": ("moe_intermediate_size", "moe_topk", "num_shared_expert"),
}

# transformers' defaults that the converter takes for more than they say, unless they were given.
DROPPED: Final[dict[str, tuple[str, ...]]] = {
    "mimo_v2_flash": ("rope_parameters",),  # one for each kind of layer, where the converter reads one for all
    "nemotron_h": ("num_experts_per_tok", "n_routed_experts", "n_group", "topk_group"),  # they make every one a MoE
}

# Tensors whose checkpoint names transformers does not find again: pattern and replacement.
TENSORS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "deepseek_v4": (
        (r"^model\.", ""),
        (r"^embed_tokens\.", "embed."),
        (r"^hc_head\.hc_", "hc_head_"),
        (r"\.attn\.norm\.", ".attn.kv_norm."),
    ),
}
