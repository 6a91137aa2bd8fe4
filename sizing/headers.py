"""What does a GGUF file's header say in ``config.json``'s words? Its keys, and the names and shapes of its tensors.

Names of keys are llama.cpp's (gguf-py/gguf/constants.py); which layer mixes tokens how is read from its tensors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sizing.reading import SizingError

Keys = dict[str, Any]
Shapes = Mapping[str, tuple[int, ...]]  # by tensor: columns, then rows

# llama.cpp reads several of transformers' model types as one architecture; their tensors have the same shapes.
TYPES: Final[Mapping[str, str]] = {
    "deepseek2": "deepseek_v3",
    "falcon-h1": "falcon_h1",
    "glm4moe": "glm4_moe",
    "granite": "granite",
    "granitehybrid": "granitemoehybrid",
    "jamba": "jamba",
    "kimi-linear": "kimi_linear",
    "lfm2": "lfm2",
    "lfm2moe": "lfm2_moe",
    "llama": "llama",
    "nemotron_h": "nemotron_h",
    "nemotron_h_moe": "nemotron_h",
    "qwen2": "qwen2",
    "qwen3": "qwen3",
    "qwen35": "qwen3_5_text",
    "qwen35moe": "qwen3_5_moe_text",
    "qwen3moe": "qwen3_moe",
    "qwen3next": "qwen3_next",
}

# config.json's key for each of GGUF's.
_KEYS: Final[Mapping[str, str]] = {
    "embedding_length": "hidden_size",
    "feed_forward_length": "intermediate_size",
    "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim",
    "attention.sliding_window": "sliding_window",
    "expert_count": "n_routed_experts",
    "expert_used_count": "num_experts_per_tok",
    "expert_shared_count": "n_shared_experts",
    "expert_feed_forward_length": "moe_intermediate_size",
    "expert_shared_feed_forward_length": "moe_shared_expert_intermediate_size",
    "moe_latent_size": "moe_latent_size",
    "leading_dense_block_count": "first_k_dense_replace",
    "nextn_predict_layers": "num_nextn_predict_layers",
    "attention.q_lora_rank": "q_lora_rank",
    "attention.kv_lora_rank": "kv_lora_rank",
    "shortconv.l_cache": "conv_L_cache",
}


def keys_of(kind: str, own: Mapping[str, Any], tensors: Shapes) -> Keys:
    """config.json's keys for an architecture of ``TYPES``; ``own`` are the header's keys without its name."""
    keys: Keys = {config: _one(own[key]) for key, config in _KEYS.items() if own.get(key)}
    layers = int(own.get("block_count", 0)) - int(keys.get("num_nextn_predict_layers", 0))
    keys["model_type"] = "mixtral" if kind == "llama" and own.get("expert_count") else TYPES[kind]
    keys["num_hidden_layers"] = layers
    keys["vocab_size"] = tensors.get("token_embd.weight", (0, 0))[-1]
    keys["tie_word_embeddings"] = "output.weight" not in tensors
    keys["attention_bias"] = _ends(tensors, "attn_q.bias", "attn_qkv.bias")
    keys["use_qk_norm"] = _ends(tensors, "attn_q_norm.weight")
    keys["block_auto_adjust_ff_dim"] = False  # the width is the adjusted one
    if "kv_lora_rank" in keys:
        keys |= _latent(own, keys)
    if "moe_intermediate_size" in keys:
        # llama.cpp counts first_k_dense_replace's layers with their own width.
        keys.setdefault("intermediate_size", keys["moe_intermediate_size"])
    if _ends(tensors, "ssm_conv1d.weight", "ssm_conv1d_q.weight"):
        keys |= _state(kind, own, keys, tensors)
    return keys | _layers(kind, own, layers, tensors)


def _latent(own: Mapping[str, Any], keys: Keys) -> Keys:
    """Multi-head latent attention: the lengths without "_mla" are the latent's, which the heads share."""
    rope = int(own["attention.key_length"]) - keys["kv_lora_rank"]
    keys.pop("head_dim", None)
    return {
        "num_key_value_heads": keys["num_attention_heads"],
        "v_head_dim": int(own.get("attention.value_length_mla", 0)),
        "qk_nope_head_dim": int(own.get("attention.key_length_mla", 0)) - rope,
        "qk_rope_head_dim": rope,
    }


def _state(kind: str, own: Mapping[str, Any], keys: Keys, tensors: Shapes) -> Keys:
    """The mixers that keep a state; their "time_step_rank" counts heads, save for Mamba-1."""
    if kind == "kimi-linear":
        return {}  # its linear_attn_config has them
    kernel, inner, heads, state = (
        int(own[f"ssm.{key}"]) for key in ("conv_kernel", "inner_size", "time_step_rank", "state_size")
    )
    groups = int(own.get("ssm.group_count", 0))
    if kind.startswith("qwen3"):
        return {
            "linear_conv_kernel_dim": kernel,
            "linear_num_key_heads": groups,
            "linear_num_value_heads": heads,
            "linear_key_head_dim": state,
            "linear_value_head_dim": inner // heads,
        }
    mamba = {"mamba_d_conv": kernel, "mamba_d_state": state, "mamba_d_ssm": inner}
    if kind == "jamba":
        return {**mamba, "mamba_dt_rank": heads}
    normed = _ends(tensors, "ssm_norm.weight")
    return {**mamba, "mamba_n_heads": heads, "mamba_n_groups": groups, "mamba_rms_norm": normed}


def _layers(kind: str, own: Mapping[str, Any], count: int, tensors: Shapes) -> Keys:
    """What config.json lists for each layer, where layers differ."""
    parts = [{name.split(".", 2)[2] for name in tensors if name.startswith(f"blk.{i}.")} for i in range(count)]
    words = [_word(layer) for layer in parts]
    expert = [i for i, layer in enumerate(parts) if "ffn_gate_inp.weight" in layer]
    found: Keys = {}
    if not {"mlp", "moe"}.isdisjoint(words):
        return {"layers_block_type": words}
    if kind == "kimi-linear":
        linear = {
            "num_heads": int(own["attention.head_count"]),
            "head_dim": int(own["kda.head_dim"]),
            "short_conv_kernel_size": int(own["ssm.conv_kernel"]),
            "full_attn_layers": [i + 1 for i, word in enumerate(words) if word == "attention"],
        }
        return {"linear_attn_config": linear}
    if kind == "jamba":
        found["mlp_only_layers"] = sorted(set(range(count)).difference(expert))
    if len(set(words)) > 1:
        found["layer_types"] = words
    return found


def _word(layer: set[str]) -> str:
    """A layer that has an attention and a state side by side counts as attention, as all of its model do."""
    if "shortconv.conv.weight" in layer:
        return "conv"
    if "attn_k.weight" in layer or "attn_kv_a_mqa.weight" in layer:
        return "linear_attention" if "ssm_f_a.weight" in layer else "attention"
    if "ssm_out.weight" in layer:
        return "linear_attention" if "attn_gate.weight" in layer else "mamba"
    return "moe" if "ffn_gate_inp.weight" in layer else "mlp"


def _ends(tensors: Shapes, *ends: str) -> bool:
    return any(name.endswith(ends) for name in tensors)


def _one(value: Any) -> int:
    """A number that may be given for each layer, 0 where a layer has no such block."""
    if isinstance(value, Sequence):
        different = sorted(set(value) - {0})
        if len(different) > 1:
            raise SizingError(f"layers of different widths ({different}) are not known yet")
        value = different[0] if different else 0
    return int(value)
