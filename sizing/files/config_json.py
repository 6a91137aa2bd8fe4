"""What does a config.json mean in the words of ``Architecture``? The same facts, where models say them otherwise.

Several model types are another's text model under a name of their own; some list for each layer what one number says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sizing.errors import SizingError

Words = dict[str, Any]

# model_types whose text model has the blocks of another.
TYPES: Final[Mapping[str, str]] = {
    "deepseek_ref": "deepseek_v4",
    "gemma4_unified_text": "gemma4_text",
    "minimax_m3_vl": "minimax_m3",
    "minimax_m3_vl_text": "minimax_m3",
    "phi-msft": "phi",
    "step3p7_text": "step3p7",
}

_SYNONYMS: Final[Mapping[str, str]] = {
    "n_embd": "hidden_size",
    "n_layer": "num_hidden_layers",
    "n_head": "num_attention_heads",
    "n_head_kv": "num_key_value_heads",
    "n_inner": "intermediate_size",
    "n_positions": "max_position_embeddings",
    "num_attention_groups": "num_key_value_heads",
    "tie_embedding": "tie_word_embeddings",
    "global_attn_every_n_layers": "sliding_window_pattern",
    "expand": "mamba_expand",
    "mamba_ssm_cache_dtype": "mamba_ssm_dtype",
}


def canonical(config: Mapping[str, Any]) -> Words:
    """``config`` in the words that the catalog uses. Raises SizingError for what has no such word."""
    words = {_SYNONYMS.get(key, key): value for key, value in config.items()}
    words["model_type"] = TYPES.get(words["model_type"], words["model_type"])
    for key, translate in _TRANSLATED.items():
        if words.get(key) is not None:
            value = words.pop(key)
            # What a config.json says in both words, it says the same.
            words = {**translate(value, words), **{k: v for k, v in words.items() if v is not None}}
    for key, value in words.items():
        if isinstance(value, list) and key in _ONE_FOR_ALL:
            words[key] = _one(key, value)
    # What lists its layers need not count them.
    listed = words.get("layers_block_type") or words.get("hybrid_override_pattern")
    if words.get("num_hidden_layers") is None and listed:
        words["num_hidden_layers"] = len(listed)
    layers = words.get("num_hidden_layers")
    if isinstance(words.get("layer_types"), list) and isinstance(layers, int):
        # Some list their MTP layers too.
        words["layer_types"] = [_LAYER_TYPES.get(kind, kind) for kind in words["layer_types"][:layers]]
    if words["model_type"] == "phi" and words.get("intermediate_size") is None and words.get("hidden_size"):
        words["intermediate_size"] = 4 * words["hidden_size"]
    return words


# Keys that may hold a number, or one for each layer.
_ONE_FOR_ALL: Final = ("moe_intermediate_size", "moe_topk", "num_shared_expert", "intermediate_size", "gating_types")

_LAYER_TYPES: Final = {"deepseek_sparse_attention": "full_attention", "minimax_m3_sparse": "full_attention"}


def _one(key: str, values: Sequence[Any]) -> Any:
    if len(set(values)) != 1:
        raise SizingError(f"{key}: layers of different sizes ({sorted(set(values))}) are not known yet")
    return values[0]


def _dense_layers(flags: Sequence[Any]) -> Words:
    """Which layers have no experts, from a flag for each."""
    plain = [layer for layer, flag in enumerate(flags) if not flag]
    return {"first_k_dense_replace": len(plain)} if plain == list(range(len(plain))) else {"mlp_only_layers": plain}


def _frequency(value: Any, _: Words) -> Words:
    if isinstance(value, list):
        return _dense_layers(value)
    return {} if value == 1 else {"decoder_sparse_step": value}


def _kinds(value: Any, words: Words) -> Words:
    if words.get("mlp_only_layers") is not None or words.get("first_k_dense_replace") is not None:
        return {}
    return _dense_layers([kind == "sparse" for kind in value[: words.get("num_hidden_layers")]])


def _enumerated(value: Any, words: Words) -> Words:
    chosen = {int(i) for i in (value.split(",") if isinstance(value, str) else value)}
    return _dense_layers([layer in chosen for layer in range(words["num_hidden_layers"])])


def _slides(value: Any, words: Words) -> Words:
    return {"layer_types": ["sliding_attention" if flag else "full_attention" for flag in value]}


def _pattern(value: Any, _: Words) -> Words:
    """EXAONE writes LLLG where others write 4."""
    return {"sliding_window_pattern": len(value) if isinstance(value, str) else value}


def _other_attention(value: Any, words: Words) -> Words:
    """Step 3.5's setting of its sliding layers."""
    same = (words.get("num_key_value_heads"), words.get("head_dim"))
    if (value.get("num_attention_groups", same[0]), value.get("head_dim", same[1])) != same:
        raise SizingError("attention_other_setting: key heads of another number or size are not known yet")
    return {"num_sliding_attention_heads": value.get("num_attention_heads")}


def _sparse_attention(value: Any, words: Words) -> Words:
    """MiniMax M3's indexers, which stand beside experts."""
    flags = value.get("sparse_attention_freq")
    if flags is not None and _dense_layers(flags).get("first_k_dense_replace") != words.get("first_k_dense_replace"):
        raise SizingError("sparse_attention_config: indexers in layers without experts are not known yet")
    return {"index_n_heads": value.get("sparse_num_index_heads"), "index_head_dim": value.get("sparse_index_dim")}


def _gating(value: Any, _: Words) -> Words:
    if value is not True and value != "per-head":
        raise SizingError(f"gating: {value!r} is not known; known is a gate for each head")
    return {}


def _blocks(value: Any, _: Words) -> Words:
    """What decides the tensors of each block of NVIDIA's DeciLM; its other keys must be off."""
    return {"block_configs": [{"attention": _deci(b["attention"]), "ffn": _deci(b["ffn"])} for b in value]}


def _deci(block: Mapping[str, Any]) -> Words:
    known = ("n_heads_in_group", "ffn_mult", "no_op") + (
        ("replace_with_linear",) if "n_heads_in_group" in block else ()
    )
    strange = [key for key, value in block.items() if key not in known and value]
    if strange:
        raise SizingError(f"block_configs: {', '.join(strange)}: not known, and may matter to the size")
    return {key: value for key, value in block.items() if key != "no_op" and value}


# In this order: a later one may look at what an earlier one said.
_TRANSLATED: Final[Mapping[str, Callable[[Any, Words], Words]]] = {
    "moe_layer_freq": _frequency,
    "moe_layers_enum": _enumerated,
    "mlp_layer_types": _kinds,
    "hybrid_layer_pattern": _slides,
    "sliding_window_pattern": _pattern,
    "attention_other_setting": _other_attention,
    "sparse_attention_config": _sparse_attention,
    "gating": _gating,
    "block_configs": _blocks,
}
