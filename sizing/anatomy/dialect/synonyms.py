"""Which words of config.json mean the same? One table, and one for the names of model types and of layers.

A word on the left is the canonical one; its synonyms are other models' words for the same figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Words = dict[str, object]

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "hidden_size": ("n_embd", "d_model", "n_embed"),
    "num_hidden_layers": ("n_layer", "n_layers", "num_layers"),
    "num_attention_heads": ("n_head", "n_heads", "num_heads", "attention_heads"),
    "num_key_value_heads": ("n_head_kv", "num_kv_heads", "num_attention_groups"),
    "head_dim": ("attention_head_dim", "kv_channels"),
    "intermediate_size": ("n_inner", "ffn_hidden_size", "ffn_dim", "block_ff_dim", "dff"),
    "vocab_size": ("padded_vocab_size",),
    "embedding_size": ("word_embed_proj_dim",),
    "attention_bias": ("use_qkv_bias", "qkv_bias"),
    "use_qk_norm": ("qk_layernorm",),
    "labels": ("num_labels",),
    "use_post_norm": ("use_sandwich_norm",),
    "expansion_ratio": ("intermediate_multiple_size",),
    "sliding_window": ("window_size", "attention_window_size"),
    "full_attention_interval": ("layer_group_size",),
    "hc_mult": ("hc_count",),
    "index_n_heads": ("indexer_n_heads",),
    "index_head_dim": ("indexer_head_dim",),
    "index_topk": ("indexer_budget",),
    "linear_conv_kernel_dim": ("short_conv_kernel_size",),
    "full_attn_idxs": ("attn_layer_indices",),
    "tie_word_embeddings": ("tie_embedding",),
    "max_position_embeddings": ("n_positions", "model_max_length"),
    "sliding_window_pattern": ("global_attn_every_n_layers",),
    "num_sliding_attention_heads": ("swa_num_attention_heads",),
    "num_experts": ("num_local_experts", "n_routed_experts", "moe_num_experts"),
    "num_experts_per_tok": (
        "num_experts_per_token", "experts_per_token", "moe_k", "top_k_experts", "moe_topk", "moe_top_k",
    ),
    "n_shared_experts": ("moe_num_shared_experts", "num_shared_expert", "num_shared_experts"),
    "moe_intermediate_size": ("expert_ffn_hidden_size", "expert_intermediate_size", "expert_hidden_dim"),
    "shared_expert_intermediate_size": (
        "moe_shared_expert_intermediate_size", "share_expert_dim", "share_expert_dims",
    ),
    "dense_intermediate_size": ("intermediate_size_mlp", "prefix_dense_intermediate_size"),
    "moe_latent_size": ("routed_expert_hidden_size",),
    "first_k_dense_replace": ("moe_layer_start_index", "num_dense_layers"),
    "decoder_sparse_step": ("interleave_moe_layer_step", "moe_layer_interval"),
    "num_nextn_predict_layers": ("num_mtp_layers", "mtp_num_hidden_layers"),
    "mamba_n_heads": ("mamba_num_heads",),
    "mamba_d_head": ("mamba_head_dim",),
    "mamba_d_state": ("ssm_state_size", "state_size"),
    "mamba_n_groups": ("mamba_ngroups", "n_groups",),
    "mamba_d_conv": ("conv_kernel", "conv1d_width"),
    "mamba_d_ssm": ("lru_width",),
    "mamba_expand": ("expand",),
    "mamba_dt_rank": ("time_step_rank",),
    "mamba_conv_bias": ("use_conv_bias",),
    "mamba_ssm_dtype": ("mamba_ssm_cache_dtype",),
}  # fmt: skip
CANONICAL: Final[Mapping[str, str]] = {word: own for own, words in _SYNONYMS.items() for word in words}

# Words that mean another thing in one model_type than elsewhere.
OF_TYPE: Final[Mapping[str, Mapping[str, str]]] = {
    "distilbert": {"dim": "hidden_size", "hidden_dim": "intermediate_size"},
    "falcon_mamba": {"use_bias": "mamba_proj_bias"},
    "inkling_text": {
        "conv_kernel_size": "conv_L_cache",
        "sconv_kernel_size": "conv_L_cache",
        "sliding_window_size": "sliding_window",
        "dense_mlp_idx": "first_k_dense_replace",
    },
    "inkling2_text": {
        "conv_kernel_size": "conv_L_cache",
        "sconv_kernel_size": "conv_L_cache",
        "sliding_window_size": "sliding_window",
        "intermediate_size": "moe_intermediate_size",
        "n_layers_per_attn_res_block": "attn_res_block_size",
    },
    "internlm3": {"bias": "mlp_bias"},
    "mamba": {"use_bias": "mamba_proj_bias"},
    "muse_spark_text": {"moe_hidden_size": "moe_latent_size"},
    "smallthinker": {
        "moe_num_primary_experts": "num_experts",
        "moe_num_active_primary_experts": "num_experts_per_tok",
        "moe_ffn_hidden_size": "moe_intermediate_size",
        "sliding_window_size": "sliding_window",
    },
    "codeshell": {"num_query_groups": "num_key_value_heads"},
    "openelm": {"model_dim": "hidden_size", "num_transformer_layers": "num_hidden_layers"},
    "rwkv": {"attention_hidden_size": "mamba_d_ssm"},
    "xlstm": {"embedding_dim": "hidden_size", "num_blocks": "num_hidden_layers"},
    "zamba2": {"n_mamba_heads": "mamba_n_heads", "kv_channels": "kv_channels"},
    "nemotron_h": {"use_bias": "mamba_proj_bias"},
    "mamba2": {"num_heads": "mamba_n_heads", "head_dim": "mamba_d_head", "use_bias": "mamba_proj_bias"},
}

# model_types whose text model has the blocks of another.
TYPES: Final[Mapping[str, str]] = {
    "cohere_compass_text": "cohere2",
    "cosmos3_edge_text": "arcee",
    "apertus1p5_text": "apertus",
    "sarvam_mla": "deepseek_v3",
    "Keye": "qwen3",
    "KeyeVL1_5": "qwen3",
    "deepseek_ocr2_text": "deepseek",
    "deepseek_ref": "deepseek_v4",
    "dots_ocr": "qwen2",
    "ernie4_5_moe_vl": "ernie4_5_vl_moe_text",
    "exaone4_5_text": "exaone4",
    "gemma4_unified_text": "gemma4_text",
    "baichuan": "llama",
    "exaone": "llama",
    "xverse": "llama",
    "gpt-sw3": "gpt2",
    "internlm": "llama",
    "internlm2": "llama",
    "internlm3": "llama",
    "iquestcoder": "llama",
    "granite_docling_text": "llama",
    "granite4_vision_text": "granite",
    "hunyuan_vl_text": "hunyuan_v1_dense",
    "llava_llama": "llama",
    "llava_mistral": "mistral",
    "llava_qwen": "qwen2",
    "mimo_v2": "mimo_v2_flash",
    "minimax_m3_vl": "minimax_m3",
    "new": "gte",
    "minimax_m3_vl_text": "minimax_m3",
    "paddleocr_vl_text": "ernie4_5",
    "phi-msft": "phi",
    "phi3_v": "phi3",
    "phi4_multimodal": "phi3",
    "phi4mm": "phi3",
    "qwen2_5_omni_text": "qwen2_vl_text",
    "qwen2_5_vl_text": "qwen2_vl_text",
    "qwen3_omni_moe_text": "qwen3_vl_moe_text",
    "step3p7_text": "step3p7",
    "unlimited_ocr_text": "deepseek",
}

# What a config.json calls its layers, in the words that the catalog accepts.
LAYERS: Final[Mapping[str, str]] = {
    "deepseek_sparse_attention": "full_attention",
    "hybrid": "full_attention",
    "hybrid_sliding": "sliding_attention",
    "indexed_attention": "full_attention",
    "minimax_m3_sparse": "full_attention",
    "reference_sliding_attention": "full_attention",  # a window over answers alone: what was read stays
    "window_attention": "sliding_attention",
}
# And where a layer is one block alone.
BLOCKS: Final[Mapping[str, str]] = {
    "full_attention": "attention",
    "linear_attention": "mamba",
}


def canonical_name(word: str, model_type: str) -> str:
    """The catalog's word for one of a config.json of a type."""
    return OF_TYPE.get(model_type, {}).get(word) or CANONICAL.get(word, word)


def renamed(words: Mapping[str, object]) -> tuple[Words, list[tuple[str, str]]]:
    """``words`` under their canonical names, and the pairs of them that contradict each other.

    Of synonyms that are both there, one that says a figure goes before one that says none.
    """
    found: Words = {}
    by: dict[str, str] = {}
    torn = []
    for word, value in words.items():
        own = canonical_name(word, str(words.get("model_type")))
        if found.get(own):
            if value and value != found[own]:
                torn.append((by[own], word))
            continue
        found[own], by[own] = value, word
    return found, torn
