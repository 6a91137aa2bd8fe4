"""What does a checkpoint hold for which transformers has no class? Its tensors, listed one by one."""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import torch

Shaped = Iterator[tuple[str, tuple[int, ...]]]

# What is saved with the weights, but is a buffer to transformers elsewhere.
BUFFER: Final = ".e_score_correction_bias"


def _kimi_k3(c: Mapping[str, Any]) -> Shaped:
    """Kimi K3: Kimi Linear with residuals across layers, gates of full rank, and experts in a narrower space."""
    hidden, heads = c["hidden_size"], c["num_attention_heads"]
    linear = c["linear_attn_config"]
    yield "model.embed_tokens.weight", (c["vocab_size"], hidden)
    yield "lm_head.weight", (c["vocab_size"], hidden)
    for norm in ("norm", "output_attn_res_norm", "output_attn_res_proj"):
        yield f"model.{norm}.weight", (hidden,)
    for i in range(c["num_hidden_layers"]):
        layer = f"model.layers.{i}."
        for norm in ("input_layernorm", "post_attention_layernorm"):
            yield f"{layer}{norm}.weight", (hidden,)
        for residual in ("self_attention_res", "mlp_res"):
            yield f"{layer}{residual}_norm.weight", (hidden,)
            yield f"{layer}{residual}_proj.weight", (hidden,)
        attention = _mla(c, hidden, heads) if i + 1 in linear["full_attn_layers"] else _kda(linear, hidden)
        yield from ((f"{layer}self_attn.{name}", shape) for name, shape in attention)
        if i < c["first_k_dense_replace"]:
            yield from _gated(f"{layer}mlp.", hidden, c["intermediate_size"])
        else:
            yield from ((f"{layer}block_sparse_moe.{name}", shape) for name, shape in _latent_moe(c, hidden))


def _mla(c: Mapping[str, Any], hidden: int, heads: int) -> Shaped:
    query, latent, value = c["q_lora_rank"], c["kv_lora_rank"], c["v_head_dim"]
    plain, rotated = c["qk_nope_head_dim"], c["qk_rope_head_dim"]
    yield "q_a_proj.weight", (query, hidden)
    yield "q_a_layernorm.weight", (query,)
    yield "q_b_proj.weight", (heads * (plain + rotated), query)
    yield "kv_a_proj_with_mqa.weight", (latent + rotated, hidden)
    yield "kv_a_layernorm.weight", (latent,)
    yield "kv_b_proj.weight", (heads * (plain + value), latent)
    yield "g_proj.weight", (heads * value, hidden)
    yield "o_proj.weight", (hidden, heads * value)


def _kda(linear: Mapping[str, Any], hidden: int) -> Shaped:
    heads, head = linear["num_heads"], linear["head_dim"]
    inner = heads * head
    for part in ("q", "k", "v"):
        yield f"{part}_proj.weight", (inner, hidden)
        yield f"{part}_conv1d.weight", (inner, 1, linear["short_conv_kernel_size"])
    yield "f_a_proj.weight", (head, hidden)
    yield "f_b_proj.weight", (inner, head)
    yield "b_proj.weight", (heads, hidden)
    yield "A_log", (heads,)
    yield "dt_bias", (inner,)
    yield "g_proj.weight", (inner, hidden)
    yield "o_norm.weight", (head,)
    yield "o_proj.weight", (hidden, inner)


def _latent_moe(c: Mapping[str, Any], hidden: int) -> Shaped:
    latent, width, experts = c["routed_expert_hidden_size"], c["moe_intermediate_size"], c["num_experts"]
    yield "gate.weight", (experts, hidden)
    yield f"gate{BUFFER}", (experts,)
    yield "routed_expert_down_proj.weight", (latent, hidden)
    yield "routed_expert_up_proj.weight", (hidden, latent)
    yield "routed_expert_norm.weight", (latent,)
    for i in range(experts):
        yield f"experts.{i}.w1.weight", (width, latent)
        yield f"experts.{i}.w2.weight", (latent, width)
        yield f"experts.{i}.w3.weight", (width, latent)
    yield from _gated("shared_experts.", hidden, width * c["num_shared_experts"])


def _nemotron_nas(c: Mapping[str, Any]) -> Shaped:
    """DeciLM: Llama's blocks, each with its own number of key heads and width, or none of either."""
    hidden = c["hidden_size"]
    yield "model.embed_tokens.weight", (c["vocab_size"], hidden)
    yield "lm_head.weight", (c["vocab_size"], hidden)
    yield "model.norm.weight", (hidden,)
    for i, block in enumerate(c["block_configs"]):
        layer = f"model.layers.{i}."
        if group := block["attention"]["n_heads_in_group"]:
            yield f"{layer}input_layernorm.weight", (hidden,)
            for part, width in (("q", hidden), ("k", hidden // group), ("v", hidden // group)):
                yield f"{layer}self_attn.{part}_proj.weight", (width, hidden)
            yield f"{layer}self_attn.o_proj.weight", (hidden, hidden)
        elif block["attention"].get("replace_with_linear"):
            yield f"{layer}input_layernorm.weight", (hidden,)
            yield f"{layer}self_attn.linear_attn.weight", (hidden, hidden)
        if multiple := block["ffn"]["ffn_mult"]:
            yield f"{layer}post_attention_layernorm.weight", (hidden,)
            yield from _gated(f"{layer}mlp.", hidden, -(-int(2 * multiple * hidden / 3) // 256) * 256)


def _gated(name: str, hidden: int, width: int) -> Shaped:
    yield f"{name}gate_proj.weight", (width, hidden)
    yield f"{name}up_proj.weight", (width, hidden)
    yield f"{name}down_proj.weight", (hidden, width)


_LISTS: Final[Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Shaped]]]] = {
    "kimi_k3": ("KimiK3ForConditionalGeneration", _kimi_k3),
    "nemotron-nas": ("DeciLMForCausalLM", _nemotron_nas),
}


def knows(model_type: str) -> bool:
    """Whether this module lists the tensors of ``model_type``."""
    return model_type in _LISTS


def tensors(config: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The class that llama.cpp's converter asks for, and the checkpoint's tensors on the meta device."""
    class_name, shapes = _LISTS[config["model_type"]]
    return class_name, {name: torch.empty(s, dtype=torch.bfloat16, device="meta") for name, s in shapes(config)}
