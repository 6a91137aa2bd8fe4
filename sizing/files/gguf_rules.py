"""What does a GGUF header say in a way of its own? Rules that turn what no single key says into config.json's words.

Each takes the header's keys, its tensors' shapes by name, and the words so far, and gives words that go before those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sizing.anatomy.dialect.families import by_layer

Words = dict[str, Any]
Keys = Mapping[str, Any]
Shapes = Mapping[str, tuple[int, ...]]
Rule = Callable[[Keys, Shapes, Words], Words]


def _latent(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """MLA: the heads share one latent in GGUF, and the lengths without "_mla" are the latent's; of older files, which
    have none with it, the heads' own."""
    if "kv_lora_rank" not in words:
        return {}
    rope, flags = int(keys.get("rope.dimension_count", 0)), keys.get("attention.indexer.types")
    return {
        "num_key_value_heads": words["num_attention_heads"],
        "head_dim": None,
        "qk_rope_head_dim": rope,
        "qk_nope_head_dim": int(keys.get("attention.key_length_mla") or keys.get("attention.key_length", 0)) - rope,
        "v_head_dim": keys.get("attention.value_length_mla") or _value_length(keys, tensors, words),
        "indexer_types": ["full" if flag else "shared" for flag in flags] if isinstance(flags, Sequence) else None,
    }


def _value_length(keys: Keys, tensors: Shapes, words: Words) -> Any:
    """Of a file without the key: what its output projection takes of each head, else its plain key."""
    columns, heads = tensors.get("blk.0.attn_output.weight", (0,))[0], words["num_attention_heads"]
    return columns // heads if isinstance(heads, int) and heads and columns else keys.get("attention.value_length")


def _experts(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """A width that only the experts have stands for both; what no key says of dense layers, the tensors do."""
    width = words.get("moe_intermediate_size")
    if not width:
        return {}
    found: Words = {"intermediate_size": words.get("intermediate_size", width)}
    with_experts = {int(name.split(".")[1]) for name in tensors if name.endswith(".ffn_down_exps.weight")}
    if with_experts and "first_k_dense_replace" not in words and "interleave_moe_layer_step" not in words:
        found["first_k_dense_replace"] = min(with_experts)
    return found


GENERAL: Final[Sequence[Rule]] = (_latent, _experts)


def _delta_net(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Qwen's delta nets, in the words of state spaces."""
    values = int(keys["ssm.time_step_rank"])
    return {
        "linear_num_key_heads": keys["ssm.group_count"],
        "linear_key_head_dim": keys["ssm.state_size"],
        "linear_num_value_heads": values,
        "linear_value_head_dim": int(keys["ssm.inner_size"]) // values,
        "linear_conv_kernel_dim": keys["ssm.conv_kernel"],
    }


def _llama4(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """The plain layers' width stands beside the experts'; llama.cpp has chunks of 8,192 tokens where no key says it."""
    return {
        "attention_chunk_size": words.get("sliding_window") or 8192,
        "sliding_window": None,
        "intermediate_size_mlp": words.get("intermediate_size"),
        "intermediate_size": words.get("moe_intermediate_size"),
    }


def _most(values: Any) -> Any:
    """The one number of layers that have any."""
    return max(values) if isinstance(values, Sequence) else values


def _by_window(values: Any, flags: Any) -> tuple[Any, Any]:
    """What layers that see all have, and what those that slide have."""
    if not isinstance(values, Sequence):
        return values, None
    apart = [{v for v, flag in zip(values, flags, strict=False) if bool(flag) == slides} for slides in (False, True)]
    return (next(iter(found)) if len(found) == 1 else None for found in apart)  # type: ignore[return-value]


def _mimo(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Sliding layers have key heads of their own number; a value is narrower than a key."""
    flags = keys["attention.sliding_window_pattern"]
    full, slides = _by_window(keys["attention.head_count_kv"], flags)
    key, value = keys["attention.key_length"], keys["attention.value_length"]
    return {
        "num_key_value_heads": full, "swa_num_key_value_heads": slides, "v_head_dim": value, "swa_head_dim": key,
        "swa_v_head_dim": value,
    }  # fmt: skip


def _step(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Sliding layers have query heads of their own number."""
    full, slides = _by_window(keys["attention.head_count"], keys["attention.sliding_window_pattern"])
    return {"num_attention_heads": full, "num_sliding_attention_heads": slides}


def _laguna(keys: Keys, tensors: Shapes, words: Words) -> Words:
    heads = keys["attention.head_count"]
    return {"num_attention_heads": min(heads), "num_attention_heads_per_layer": list(heads)}


def _gemma3n(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Gemma 3n: the last layers borrow keys; streams side by side, and a low-rank path beside attention."""
    widths = keys["feed_forward_length"]
    return {
        "intermediate_size": _most(widths),
        "num_kv_shared_layers": keys.get("attention.shared_kv_layers"),
        "hidden_size_per_layer_input": keys.get("embedding_length_per_layer_input"),
        "vocab_size_per_layer_input": tensors.get("per_layer_token_embd.weight", (0, None))[-1],
        "altup_num_inputs": keys.get("altup.num_inputs"),
        "laurel_rank": tensors.get("blk.0.laurel_l.weight", (0, None))[-1],
    }


def _gemma4(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Layers that see all have longer heads; the last ones borrow keys, and may be wider; keys may be values too."""
    flags, widths = keys["attention.sliding_window_pattern"], keys["feed_forward_length"]
    full, slides = _by_window(keys["attention.head_count_kv"], flags)
    last = max((i for i, flag in enumerate(flags) if not flag and f"blk.{i}.attn_k.weight" in tensors), default=None)
    return {
        "head_dim": keys.get("attention.key_length_swa") or keys["attention.key_length"],
        "global_head_dim": keys["attention.key_length"],
        "num_key_value_heads": slides or full,
        "num_global_key_value_heads": full if slides else None,
        "attention_k_eq_v": last is not None and f"blk.{last}.attn_v.weight" not in tensors,
        "num_kv_shared_layers": keys.get("attention.shared_kv_layers"),
        "hidden_size_per_layer_input": keys.get("embedding_length_per_layer_input"),
        "vocab_size_per_layer_input": tensors.get("per_layer_token_embd.weight", (0, None))[-1],
        "intermediate_size": min(widths) if isinstance(widths, Sequence) else widths,
        "use_double_wide_mlp": isinstance(widths, Sequence) and min(widths) != max(widths),
        "enable_moe_block": bool(keys.get("expert_count")),
    }


def _convolutions(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """LFM2: a layer without key heads is a short convolution."""
    heads = keys["attention.head_count_kv"]
    return {
        "num_key_value_heads": _most(heads),
        "layer_types": ["full_attention" if n else "conv" for n in heads],
        "conv_L_cache": keys["shortconv.l_cache"],
        "block_auto_adjust_ff_dim": False,
        "num_dense_layers": keys.get("leading_dense_block_count"),
    }


def _mamba2(keys: Keys) -> Words:
    heads = int(keys["ssm.time_step_rank"])
    return {
        "mamba_n_heads": heads, "mamba_d_head": int(keys["ssm.inner_size"]) // heads,
        "mamba_d_ssm": keys["ssm.inner_size"], "mamba_d_state": keys["ssm.state_size"],
        "mamba_n_groups": keys["ssm.group_count"], "mamba_d_conv": keys["ssm.conv_kernel"],
    }  # fmt: skip


def _mamba1(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Mamba-1 in every layer."""
    return {
        "mamba_d_conv": keys["ssm.conv_kernel"], "mamba_d_state": keys["ssm.state_size"],
        "mamba_dt_rank": keys["ssm.time_step_rank"],
        "mamba_expand": int(keys["ssm.inner_size"]) // words["hidden_size"],
    }  # fmt: skip


def _mamba2_alone(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Mamba-2 in every layer."""
    return {**_mamba2(keys), "mamba_expand": int(keys["ssm.inner_size"]) // words["hidden_size"]}


def _positions(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Learned positions and what a token is for, as rows of their own."""
    return {
        "max_position_embeddings": tensors.get("position_embd.weight", (0, 0))[-1] or keys.get("context_length"),
        **_types(tensors),
    }


def _falcon1(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Falcon: one norm before both blocks of a layer, or two."""
    return {"num_ln_in_parallel_attn": 2 if "blk.0.attn_norm_2.weight" in tensors else 1}


def _granite(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """A layer without key heads is a Mamba mixer; the dense block is the experts' shared one."""
    heads = keys["attention.head_count_kv"]
    return {
        **_mamba2(keys), "num_key_value_heads": _most(heads),
        "layer_types": ["attention" if n else "mamba" for n in heads],
        "shared_intermediate_size": keys.get("expert_shared_feed_forward_length"),
    }  # fmt: skip


def _falcon(keys: Keys, tensors: Shapes, words: Words) -> Words:
    return {**_mamba2(keys), "mamba_rms_norm": any("ssm_norm" in name for name in tensors)}


def _nemotron(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """A layer is attention where it has key heads, a feed-forward block where it has a width, else a Mamba mixer."""
    heads, widths = keys["attention.head_count_kv"], keys["feed_forward_length"]
    experts = any("ffn_up_exps" in name for name in tensors)
    kinds = ["*" if n else ("E" if experts else "-") if width else "M" for n, width in zip(heads, widths, strict=True)]
    return {
        **_mamba2(keys), "num_key_value_heads": _most(heads), "intermediate_size": _most(widths),
        "hybrid_override_pattern": "".join(kinds), "moe_latent_size": keys.get("moe_latent_size"),
    }  # fmt: skip


def _jamba(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """A layer without key heads is a Mamba-1 mixer; every so many have experts, as wide as the other layers' block."""
    heads = keys["attention.head_count_kv"]
    attention = [i for i, n in enumerate(heads) if n]
    experts = [i for i in range(len(heads)) if f"blk.{i}.ffn_down_exps.weight" in tensors]
    return {
        "num_key_value_heads": _most(heads), "mamba_d_conv": keys["ssm.conv_kernel"],
        "mamba_d_state": keys["ssm.state_size"], "mamba_dt_rank": keys["ssm.time_step_rank"],
        "mamba_expand": int(keys["ssm.inner_size"]) // words["hidden_size"],
        "attn_layer_offset": attention[0], "attn_layer_period": (*attention, len(heads))[1] - attention[0],
        "expert_layer_offset": experts[0], "expert_layer_period": (*experts, len(heads))[1] - experts[0],
    }  # fmt: skip


def _layers_by_key_heads(keys: Keys) -> Words:
    """A layer without key heads keeps a state; of MTP layers nothing is said."""
    heads = keys["attention.head_count_kv"]
    trunk = heads[: len(heads) - int(keys.get("nextn_predict_layers") or 0)]
    return {"layer_types": ["full_attention" if n else "linear_attention" for n in trunk]}


def _kda(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Kimi's delta attention in most layers, told by their key heads."""
    return {
        **_layers_by_key_heads(keys), "linear_num_heads": keys["attention.head_count"],
        "linear_head_dim": keys["kda.head_dim"], "linear_conv_kernel_dim": keys["ssm.conv_kernel"],
        "head_dim": keys["kda.head_dim"],
    }  # fmt: skip


def _kimi_k3(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Kimi K3: gates, experts in a narrower stream, and residuals over groups of layers."""
    found = _kimi(keys, tensors, words)
    found["linear_attn_config"]["use_full_rank_gate"] = any(name.endswith(".ssm_g.weight") for name in tensors)
    return {
        **found, "mla_use_output_gate": any(name.endswith(".attn_gate.weight") for name in tensors),
        "attn_res_block_size": keys.get("attn_res.block_size"),
        "routed_expert_hidden_size": keys.get("expert_latent_length"),
        "latent_moe_use_norm": any(name.endswith(".ffn_routed_norm.weight") for name in tensors),
    }  # fmt: skip


def _dots3(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Sliding layers have a latent of their own; a shared expert may be wider than the others."""
    rope, flags = int(keys["rope.dimension_count"]), keys["attention.sliding_window_pattern"]
    full, slides = _by_window(keys["attention.head_count"], flags)
    shared = next((shape for name, shape in tensors.items() if name.endswith(".ffn_up_shexp.weight")), None)
    return {
        "num_attention_heads": full, "num_key_value_heads": full, "num_sliding_attention_heads": slides or full,
        "swa_q_lora_rank": keys["attention.q_lora_rank"], "swa_kv_lora_rank": keys["attention.kv_lora_rank_swa"],
        "swa_qk_nope_head_dim": int(keys["attention.key_length_mla_swa"]) - rope, "swa_qk_rope_head_dim": rope,
        "swa_v_head_dim": keys["attention.value_length_mla_swa"],
        "shared_expert_intermediate_size": shared[-1] if shared else None,
    }  # fmt: skip


def _lightning(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """MiniMax-01: a layer with a gate is linear attention."""
    gated = (f"blk.{i}.attn_gate.weight" in tensors for i in range(words["num_hidden_layers"]))
    return {"layer_types": ["linear_attention" if flag else "full_attention" for flag in gated]}


def _grows(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """OpenELM: each layer has heads and a width of its own."""
    return by_layer(keys["attention.head_count"], keys["attention.head_count_kv"], keys["feed_forward_length"])


def _rwkv7(keys: Keys, tensors: Shapes, words: Words) -> Words:
    return {
        "head_dim": keys["wkv.head_size"], "decay_low_rank_dim": keys["attention.decay_lora_rank"],
        "a_low_rank_dim": keys["attention.iclr_lora_rank"],
        "v_low_rank_dim": keys["attention.value_residual_mix_lora_rank"],
        "gate_low_rank_dim": keys["attention.gate_lora_rank"],
    }  # fmt: skip


def _rwkv6(keys: Keys, tensors: Shapes, words: Words) -> Words:
    return {
        "head_dim": keys["wkv.head_size"], "decay_low_rank_dim": keys["time_decay_extra_dim"],
        "lerp_low_rank_dim": keys["time_mix_extra_dim"],
    }  # fmt: skip


def _jina_bert(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Its two projections may be one tensor; the code model's queries and keys are normed."""
    return {"use_qk_norm": "blk.0.attn_q_norm.weight" in tensors, **_types(tensors)}


def _nomic_moe(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """Every so many layers have experts, as wide as the other layers' block."""
    return {
        **_types(tensors), "decoder_sparse_step": keys["moe_every_n_layers"], "first_k_dense_replace": None,
        "moe_intermediate_size": words["intermediate_size"],
    }  # fmt: skip


def _types(tensors: Shapes) -> Words:
    types = tensors.get("token_types.weight", (0, 0))
    return {"type_vocab_size": types[-1] if len(types) > 1 else 1}


def _kimi(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """A layer without key heads is Kimi Delta Attention; layers are counted from 1."""
    heads = keys["attention.head_count_kv"]
    return {
        "linear_attn_config": {
            "full_attn_layers": [i + 1 for i, n in enumerate(heads) if n], "num_heads": keys["attention.head_count"],
            "head_dim": keys["kda.head_dim"], "short_conv_kernel_size": keys["ssm.conv_kernel"],
        },
    }  # fmt: skip


def _compressed(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """DeepSeek V4."""
    return {
        "o_groups": keys["attention.output_group_count"], "o_lora_rank": keys["attention.output_lora_rank"],
        "compress_ratios": list(keys["attention.compress_ratios"]), "hc_mult": keys["hyper_connection.count"],
        "num_hash_layers": keys.get("hash_layer_count"), "qk_rope_head_dim": keys["rope.dimension_count"],
        "intermediate_size": None,
    }  # fmt: skip


def _blocks(keys: Keys, tensors: Shapes, words: Words) -> Words:
    """NVIDIA's DeciLM: every layer has its own width, some have no attention, or one matrix in its place."""
    queries, heads = keys["attention.head_count"], keys["attention.head_count_kv"]
    blocks = []
    for i, width in enumerate(keys["feed_forward_length"]):
        attention: Words = {"n_heads_in_group": queries[i] // heads[i]} if heads[i] else {}
        if not attention and f"blk.{i}.attn_output.weight" in tensors:
            attention = {"replace_with_linear": True}
        blocks.append(
            {"attention": attention, "ffn": {"ffn_mult": 1.5 * width / words["hidden_size"]} if width else {}}
        )
    return {
        "block_configs": blocks, "num_attention_heads": _most(queries), "num_key_value_heads": _most(heads),
        "intermediate_size": _most(keys["feed_forward_length"]),
    }  # fmt: skip


# By model_type.
OWN: Final[Mapping[str, Sequence[Rule]]] = {
    "bailing_hybrid": (_kda,),
    "deepseek_v4": (_compressed,),
    "dots3_note_text": (_dots3,),
    "falcon": (_falcon1,),
    "falcon_h1": (_falcon,),
    "bert": (_positions,),
    "gemma3n_text": (_gemma3n,),
    "gemma4_text": (_gemma4,),
    "gpt2": (_positions,),
    "gpt_bigcode": (_positions,),
    "glm5_next_text": (_kda,),
    "granitemoehybrid": (_granite,),
    "jina_bert": (_jina_bert,),
    "jamba": (_jamba,),
    "kimi_k3": (_kimi_k3,),
    "kimi_linear": (_kimi,),
    "laguna": (_laguna,),
    "lfm2": (_convolutions,),
    "lfm2_moe": (_convolutions,),
    "llama4_text": (_llama4,),
    "mamba": (_mamba1,),
    "mamba2": (_mamba2_alone,),
    "mimo_v2_flash": (_mimo,),
    "minimax": (_lightning,),
    "nemotron-nas": (_blocks,),
    "nemotron_h": (_nemotron,),
    "nomic_bert_moe": (_nomic_moe,),
    "openelm": (_grows,),
    "qwen3_5_moe_text": (_delta_net,),
    "qwen3_5_text": (_delta_net,),
    "qwen3_next": (_delta_net,),
    "rwkv6": (_rwkv6,),
    "rwkv7": (_rwkv7,),
    "step3p5": (_step,),
}
