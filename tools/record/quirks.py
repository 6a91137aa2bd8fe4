"""Where do transformers' words and llama.cpp's part? Nothing here changes a size; each table is by model_type."""

from __future__ import annotations

from typing import Any, Final

# What transformers has no type of its own for, and whose blocks it is made of.
KIN: Final = {
    "baichuan": "llama",
    "exaone4_5_text": "exaone4",
    "internlm2": "llama",
    "kimi_k2": "deepseek_v3",
    "mimo": "qwen2",
    "minimax_m3": "minimax_m3_vl_text",
    "phi-msft": "phi",
}

# Encoders, which have no head that answers.
ENCODERS: Final = frozenset({"bert", "xlm-roberta"})

# Text models whose tensors transformers can name only inside their multimodal wrapper.
WRAPPED: Final = frozenset({"minimax_m3_vl_text"})

# Multi-token prediction: transformers builds no such layers, and llama.cpp's converter is told not to expect them.
MTP_KEYS: Final = ("num_nextn_predict_layers", "mtp_num_hidden_layers", "num_mtp_modules")

# The parts of a multimodal configuration that are not the text model's own words.
OTHER_CONFIGS: Final = ("model_type", "text_config", "vision_config", "audio_config")

# The names under which llama.cpp's converter knows what transformers calls otherwise.
CLASSES: Final = {
    "Mistral4ForCausalLM": "Mistral3ForConditionalGeneration",
    "MiniMaxM3VLForConditionalGeneration": "MiniMaxM3SparseForConditionalGeneration",
    "PhimoeForCausalLM": "PhiMoEForCausalLM",
}

# Keys that the converter wants and that neither the catalog nor transformers gives; a function reads the others.
ADDED: Final[dict[str, dict[str, Any]]] = {
    "deepseek_v32": {"scoring_func": "sigmoid"},
    "cohere2": {"rotary_pct": 1.0},
    "exaone_moe": {"scoring_func": "sigmoid"},
    "falcon_h1": {"head_dim": lambda c: c["hidden_size"] // c["num_attention_heads"]},
    "glm5_next_text": {
        "first_k_dense_replace": lambda c: c["mlp_layer_types"].index("sparse"),
        "linear_attn_config": lambda c: {
            "head_dim": c["linear_head_dim"],
            "num_heads": c["linear_num_heads"],
            "short_conv_kernel_size": c["linear_conv_kernel_dim"],
        },
        "mla_use_nope": True,
    },
    "gpt_neox": {"rotary_pct": 0.25},
    "gpt2": {"n_ctx": lambda c: c["n_positions"]},
    "kimi_k3": {
        "activation_situ_beta": 4.0,
        "activation_situ_linear_beta": 25.0,
        "hidden_act": "situ",
        "mla_use_nope": True,
        "moe_renormalize": True,
        "moe_router_activation_func": "sigmoid",
        "rms_norm_eps": 1e-5,
        "routed_scaling_factor": 1.0,
    },
    "mimo_v2_flash": {
        "partial_rotary_factor": 0.334,
        "rope_theta": 5000000,
        "swa_rope_theta": 10000,
        "topk_method": "noaux_tc",
    },
    "minimax_m2": {"rotary_dim": 64, "scoring_func": "sigmoid"},
    "kimi_linear": {
        "first_k_dense_replace": lambda c: c["mlp_layer_types"].index("sparse"),
        "linear_attn_config": lambda c: {
            "full_attn_layers": [i for i, x in enumerate(c["layer_types"], start=1) if x == "full_attention"],
            "head_dim": c["linear_head_dim"],
            "short_conv_kernel_size": c["linear_conv_kernel_dim"],
        },
        "moe_router_activation_func": "sigmoid",
    },
    "phimoe": {"original_max_position_embeddings": 4096},
    "nemotron-nas": {"rms_norm_eps": 1e-5},
    "qwen2_vl_text": {"rope_parameters": {"mrope_section": [16, 24, 24]}},
    "qwen2_5_vl_text": {"rope_parameters": {"mrope_section": [16, 24, 24]}},
    "qwen3_vl_text": {"rope_parameters": {"mrope_section": [24, 20, 20]}},
    "qwen3_vl_moe_text": {"rope_parameters": {"mrope_section": [24, 20, 20]}},
    "minimax_m3_vl_text": {"scoring_func": "sigmoid"},
    "dots1": {"scoring_func": "sigmoid"},
    "step3p5": {
        "attention_other_setting": lambda c: {"num_attention_heads": c["num_sliding_attention_heads"]},
        "partial_rotary_factors": lambda c: [1.0 if x == "sliding_attention" else 0.5 for x in c["layer_types"]],
        "moe_layers_enum": lambda c: ",".join(str(i) for i, x in enumerate(c["mlp_layer_types"]) if x == "sparse"),
    },
}

# Keys whose one value the converter wants for each layer.
LISTS: Final[dict[str, tuple[str, ...]]] = {
    "hunyuan_v1_moe": ("moe_intermediate_size", "moe_topk", "num_shared_expert"),
}

# transformers' defaults that the converter takes for more than they say, unless they were given.
DROPPED: Final[dict[str, tuple[str, ...]]] = {
    "falcon": ("num_kv_heads",),  # of the newer kind, which the older saves too
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
    "kimi_linear": ((r"\.block_sparse_moe\.((?:gate|up|down)_proj\.)", r".mlp.\1"),),
}

# Models whose checkpoints hold the experts' matrices the other way round, which transformers sees only on loading.
TRANSPOSED: Final = frozenset({"qwen3_vl_moe"})
