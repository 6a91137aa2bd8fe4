"""Which words of config.json mean the same? One table, and one for the names of model types and of layers.

A word on the left is the canonical one; its synonyms are other models' words for the same figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Words = dict[str, object]

_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "hidden_size": ("n_embd", "d_model"),
    "num_hidden_layers": ("n_layer", "n_layers", "num_layers"),
    "num_attention_heads": ("n_head", "n_heads", "num_heads"),
    "num_key_value_heads": ("n_head_kv", "num_kv_heads", "num_attention_groups"),
    "head_dim": ("attention_head_dim",),
    "intermediate_size": ("n_inner", "ffn_hidden_size", "ffn_dim", "block_ff_dim"),
    "tie_word_embeddings": ("tie_embedding",),
    "max_position_embeddings": ("n_positions", "model_max_length"),
    "sliding_window_pattern": ("global_attn_every_n_layers",),
    "num_sliding_attention_heads": ("swa_num_attention_heads",),
    "num_experts": ("num_local_experts", "n_routed_experts", "moe_num_experts"),
    "num_experts_per_tok": (
        "num_experts_per_token", "experts_per_token", "moe_k", "top_k_experts", "moe_topk", "moe_top_k",
    ),
    "n_shared_experts": ("moe_num_shared_experts", "num_shared_expert", "num_shared_experts"),
    "moe_intermediate_size": ("expert_ffn_hidden_size", "expert_intermediate_size"),
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
    "mamba_d_state": ("ssm_state_size",),
    "mamba_n_groups": ("n_groups",),
    "mamba_d_conv": ("conv_kernel",),
    "mamba_expand": ("expand",),
    "mamba_ssm_dtype": ("mamba_ssm_cache_dtype",),
}  # fmt: skip
CANONICAL: Final[Mapping[str, str]] = {word: own for own, words in _SYNONYMS.items() for word in words}

# model_types whose text model has the blocks of another.
TYPES: Final[Mapping[str, str]] = {
    "cosmos3_edge_text": "arcee",
    "deepseek_ocr2_text": "deepseek",
    "deepseek_ref": "deepseek_v4",
    "ernie4_5_moe_vl": "ernie4_5_vl_moe_text",
    "gemma4_unified_text": "gemma4_text",
    "granite_docling_text": "llama",
    "hunyuan_vl_text": "hunyuan_v1_dense",
    "internlm": "llama",
    "internlm2": "llama",
    "llava_llama": "llama",
    "llava_mistral": "mistral",
    "llava_qwen": "qwen2",
    "minicpm": "llama",
    "minimax_m3_vl": "minimax_m3",
    "minimax_m3_vl_text": "minimax_m3",
    "paddleocr_vl_text": "ernie4_5",
    "phi-msft": "phi",
    "phi3_v": "phi3",
    "phi4_multimodal": "phi3",
    "phi4mm": "phi3",
    "qwen2_5_omni_text": "qwen2",
    "qwen2_5_vl_text": "qwen2",
    "qwen2_vl_text": "qwen2",
    "qwen3_omni_moe_text": "qwen3_vl_moe_text",
    "step3p7_text": "step3p7",
    "unlimited_ocr_text": "deepseek",
}

# What a config.json calls its layers, in the words that the catalog accepts.
LAYERS: Final[Mapping[str, str]] = {
    "deepseek_sparse_attention": "full_attention",
    "hybrid": "full_attention",
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


def renamed(words: Mapping[str, object]) -> tuple[Words, list[tuple[str, str]]]:
    """``words`` under their canonical names, and the pairs of them that contradict each other.

    Of synonyms that are both there, one that says a figure goes before one that says none.
    """
    found: Words = {}
    by: dict[str, str] = {}
    torn = []
    for word, value in words.items():
        own = CANONICAL.get(word, word)
        if found.get(own):
            if value and value != found[own]:
                torn.append((by[own], word))
            continue
        found[own], by[own] = value, word
    return found, torn
