"""Which shape does a GGUF file's header give? llama.cpp's keys and tensor names, in the words of ``Architecture``.

Keys are those of llama.cpp's gguf-py/gguf/constants.py, as conversion/ writes them. Where the tensors themselves tell,
they are asked: which layers have experts, indexers, biases or values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sizing.reading import SizingError

Shapes = Mapping[str, tuple[int, ...]]  # of each tensor: columns first

# llama.cpp's name of an architecture, and the model_type with the same tensors.
TYPES: Final[Mapping[str, str]] = {
    "arcee": "arcee",
    "afmoe": "afmoe",
    "command-r": "cohere",
    "cohere2": "cohere2",
    "cohere2moe": "cohere2_moe",
    "deepseek2": "deepseek_v3",
    "deepseek32": "deepseek_v32",
    "dots1": "dots1",
    "ernie4_5": "ernie4_5",
    "ernie4_5-moe": "ernie4_5_moe",
    "exaone4": "exaone4",
    "exaone-moe": "exaone_moe",
    "gemma2": "gemma2",
    "gemma3": "gemma3_text",
    "gemma4": "gemma4_text",
    "glm-dsa": "glm_moe_dsa",
    "glm4": "glm4",
    "glm4moe": "glm4_moe",
    "gpt-oss": "gpt_oss",
    "granite": "granite",
    "hunyuan-dense": "hunyuan_v1_dense",
    "hunyuan-moe": "hunyuan_v1_moe",
    "laguna": "laguna",
    "llama": "llama",
    "mimo2": "mimo_v2_flash",
    "minimax-m2": "minimax_m2",
    "minimax-m3": "minimax_m3",
    "mistral3": "ministral3",
    "mistral4": "mistral4",
    "muse-glimmer": "muse_glimmer_text",
    "olmo2": "olmo2",
    "phi2": "phi",
    "phi3": "phi3",
    "phimoe": "phimoe",
    "qwen2": "qwen2",
    "qwen3": "qwen3",
    "qwen3moe": "qwen3_moe",
    "qwen3vl": "qwen3_vl_text",
    "qwen3vlmoe": "qwen3_vl_moe_text",
    "seed_oss": "seed_oss",
    "smollm3": "smollm3",
    "step35": "step3p5",
}
# Of two model_types with one architecture, the one whose files have a certain key.
_SECOND: Final[Mapping[tuple[str, str], str]] = {
    ("llama", "expert_count"): "mixtral",
    ("olmo2", "attention.sliding_window"): "olmo3",
}

_KEYS: Final[Mapping[str, str]] = {
    "embedding_length": "hidden_size",
    "attention.key_length": "head_dim",
    "attention.value_length": "v_head_dim",
    "attention.key_length_swa": "swa_head_dim",
    "attention.value_length_swa": "swa_v_head_dim",
    "attention.sliding_window": "sliding_window",
    "attention.shared_kv_layers": "num_kv_shared_layers",
    "attention.indexer.head_count": "index_n_heads",
    "attention.indexer.key_length": "index_head_dim",
    "attention.indexer.top_k": "index_topk",
    "attention.q_lora_rank": "q_lora_rank",
    "attention.kv_lora_rank": "kv_lora_rank",
    "embedding_length_per_layer_input": "hidden_size_per_layer_input",
    "expert_count": "n_routed_experts",
    "expert_used_count": "num_experts_per_tok",
    "expert_shared_count": "n_shared_experts",
    "expert_shared_feed_forward_length": "shared_expert_intermediate_size",
    "expert_feed_forward_length": "moe_intermediate_size",
    "nextn_predict_layers": "num_nextn_predict_layers",
}


def model_type(architecture: str, own: Mapping[str, Any]) -> str | None:
    """The model_type of a file whose keys without their prefix are ``own``; None where it is not known."""
    found = (kind for (name, key), kind in _SECOND.items() if name == architecture and own.get(key))
    return next(found, TYPES.get(architecture))


def shape(own: Mapping[str, Any], tensors: Shapes) -> dict[str, Any]:
    """config.json's keys from a header's. Raises SizingError for layers of several widths that no word describes."""
    keys: dict[str, Any] = {word: _one(key, own[key]) for key, word in _KEYS.items() if own.get(key)}
    layers = int(own.get("block_count", 0)) - int(keys.get("num_nextn_predict_layers", 0))
    keys["num_hidden_layers"] = layers
    keys["vocab_size"] = tensors.get("token_embd.weight", (0, 0))[-1]
    if "per_layer_token_embd.weight" in tensors:
        keys["vocab_size_per_layer_input"] = tensors["per_layer_token_embd.weight"][-1]
    keys["tie_word_embeddings"] = "output.weight" not in tensors
    keys["attention_bias"] = _any(tensors, "attn_q.bias", "attn_qkv.bias")
    keys["attention_out_bias"] = _any(tensors, "attn_output.bias")
    keys["use_qk_norm"] = _any(tensors, "attn_q_norm.weight")
    keys |= _windows(own, layers) | _width(own)
    keys |= _heads(own, keys.get("layer_types"))
    if "n_routed_experts" in keys:
        keys |= _plain_layers(tensors, layers)
    if _lacks(tensors, layers, "attn_v", beside="attn_k"):
        keys["attention_k_eq_v"] = True
    if "kv_lora_rank" in keys:
        keys |= _latent(own, keys, tensors, layers)
    if "moe_intermediate_size" in keys:
        # llama.cpp counts first_k_dense_replace's layers with their own width.
        keys.setdefault("intermediate_size", keys["moe_intermediate_size"])
    return keys


def _any(tensors: Shapes, *ends: str) -> bool:
    return any(name.endswith(ends) for name in tensors)


def _has(tensors: Shapes, layer: int, role: str) -> bool:
    return f"blk.{layer}.{role}.weight" in tensors


def _lacks(tensors: Shapes, layers: int, role: str, *, beside: str) -> bool:
    """Whether some layer has ``beside`` without ``role``."""
    return any(_has(tensors, i, beside) and not _has(tensors, i, role) for i in range(layers))


def _windows(own: Mapping[str, Any], layers: int) -> dict[str, Any]:
    pattern = own.get("attention.sliding_window_pattern")
    if isinstance(pattern, list):
        kinds = ["sliding_attention" if slides else "full_attention" for slides in pattern[:layers]]
        return {"layer_types": kinds}
    return {"sliding_window_pattern": int(pattern)} if pattern else {}


def _width(own: Mapping[str, Any]) -> dict[str, Any]:
    """The feed-forward width; of layers that share keys it may be twice as much."""
    widths = own.get("feed_forward_length")
    if not widths:
        return {}
    if isinstance(widths, list) and set(widths) == {widths[0], 2 * widths[0]}:
        return {"intermediate_size": int(widths[0]), "use_double_wide_mlp": True}
    return {"intermediate_size": _one("feed_forward_length", widths)}


def _heads(own: Mapping[str, Any], kinds: Sequence[str] | None) -> dict[str, Any]:
    """Query and key heads, which may be given for each layer."""
    queries, keys = own.get("attention.head_count", 0), own.get("attention.head_count_kv")
    found: dict[str, Any] = {"num_attention_heads": queries[0] if isinstance(queries, list) else int(queries)}
    if isinstance(queries, list) and len(set(queries)) > 1:
        found["num_attention_heads_per_layer"] = list(map(int, queries[: len(kinds) if kinds else None]))
    if isinstance(keys, list) and len(set(keys)) > 1:
        by_kind = dict(zip(kinds or (), keys, strict=False))
        if not kinds or any(by_kind[kind] != count for kind, count in zip(kinds, keys, strict=False)):
            _one("attention.head_count_kv", keys)
        found["num_key_value_heads"] = int(by_kind["full_attention"])
        found["swa_num_key_value_heads"] = int(by_kind["sliding_attention"])
    elif keys:
        found["num_key_value_heads"] = _one("attention.head_count_kv", keys)
    return found


def _plain_layers(tensors: Shapes, layers: int) -> dict[str, Any]:
    """The layers without a router."""
    plain = [i for i in range(layers) if not _has(tensors, i, "ffn_gate_inp")]
    return {"first_k_dense_replace": len(plain)} if plain == list(range(len(plain))) else {"mlp_only_layers": plain}


def _latent(own: Mapping[str, Any], keys: Mapping[str, Any], tensors: Shapes, layers: int) -> dict[str, Any]:
    """MLA: the heads share one latent, and the lengths without "_mla" are the latent's."""
    rope = int(own.get("rope.dimension_count", 0))
    found = {
        "num_key_value_heads": keys["num_attention_heads"],
        "head_dim": None,
        "qk_rope_head_dim": rope,
        "qk_nope_head_dim": int(own.get("attention.key_length_mla", 0)) - rope,
        "v_head_dim": int(own.get("attention.value_length_mla", 0)),
    }
    if "index_n_heads" in keys:
        indexed = (_has(tensors, i, "indexer.proj") for i in range(layers))
        found["indexer_types"] = ["full" if its_own else "shared" for its_own in indexed]
    return found


def _one(key: str, value: Any) -> int:
    """A number that may be given for each layer."""
    if isinstance(value, list):
        if len(set(value)) > 1:
            raise SizingError(f"{key}: layers of different widths ({sorted(set(value))}) are not known yet")
        value = value[0]
    return int(value)
