"""What is the model made of? A list of tensors, from which parameter counts and file sizes are sums.

Roles are llama.cpp's GGUF tensor names without layer and ``.weight``, since its recipes are written in them
(source: llama.cpp gguf-py/gguf/constants.py). Shapes are (rows, columns), columns being the input dimension, which is
what a quantization block runs along. The modules and their shapes are those of Hugging Face transformers' models.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from sizing.architectures import blocks, is_tied
from sizing.entries import Architecture

Part = Literal["embedding", "output", "norm", "bias", "attention", "ffn", "expert", "router", "mtp"]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A weight. An expert tensor is one tensor whose ``count`` is the number of experts."""

    role: str
    part: Part
    shape: tuple[int, ...]
    layer: int | None = None
    count: int = 1
    buffer: bool = False  # kept in the file, but no parameter (a router's correction bias)
    mtp: bool = False  # belongs to a multi-token-prediction layer, which plain decoding does not run
    elements: int = field(init=False)  # over all ``count`` copies

    def __post_init__(self) -> None:
        object.__setattr__(self, "elements", math.prod(self.shape) * self.count)


@dataclass(frozen=True, slots=True)
class Parameters:
    """``total``: as transformers counts the text model. ``active``: what one token reads (no input embedding)."""

    total: int
    active: int


def _linear(role: str, part: Part, rows: int, columns: int, *, bias: bool = False, count: int = 1) -> Iterator[Tensor]:
    yield Tensor(role, part, (rows, columns), count=count)
    if bias:
        yield Tensor(f"{role}.bias", "bias", (rows,), count=count)


def _norm(role: str, size: int) -> Tensor:
    return Tensor(role, "norm", (size,))


def _grouped_attention(a: Architecture) -> Iterator[Tensor]:
    """Multi-head, grouped-query and multi-query attention: they differ only in num_key_value_heads."""
    kind = blocks(a)
    asked = a.attention_bias if a.attention_bias is not None else a.use_bias
    bias = kind.qkv_bias if asked is None else asked
    queries, keys = a.num_attention_heads * a.head_size, a.kv_heads * a.head_size
    if kind.fused_qkv:
        yield from _linear("attn_qkv", "attention", queries + 2 * keys, a.hidden_size, bias=bias)
    else:
        yield from _linear("attn_q", "attention", queries * (1 + kind.gated_query), a.hidden_size, bias=bias)
        yield from _linear("attn_k", "attention", keys, a.hidden_size, bias=bias)
        yield from _linear("attn_v", "attention", keys, a.hidden_size, bias=bias)
    out_bias = bias and kind.output_bias if a.attention_out_bias is None else a.attention_out_bias
    yield from _linear("attn_output", "attention", a.hidden_size, queries, bias=out_bias)
    if kind.qk_norm != "none" and (a.use_qk_norm or (a.use_qk_norm is None and not kind.qk_norm_asked)):
        full = kind.qk_norm == "full"
        yield _norm("attn_q_norm", queries if full else a.head_size)
        yield _norm("attn_k_norm", keys if full else a.head_size)
    if kind.sinks:
        yield Tensor("attn_sinks", "bias", (a.num_attention_heads,))


def _linear_attention(a: Architecture) -> Iterator[Tensor]:
    """A gated delta net (Qwen3-Next): a short convolution over queries, keys and values, then a recurrent state."""
    keys, values, heads = a.linear_keys, a.linear_values, a.linear_num_value_heads or 0
    yield from _linear("attn_qkv", "attention", 2 * keys + values, a.hidden_size)
    yield from _linear("attn_gate", "attention", values, a.hidden_size)
    if blocks(a).split_beta:
        yield from _linear("ssm_beta", "attention", heads, a.hidden_size)
        yield from _linear("ssm_alpha", "attention", heads, a.hidden_size)
    else:
        yield from _linear("ssm_ba", "attention", 2 * heads, a.hidden_size)
    yield Tensor("ssm_conv1d", "attention", (2 * keys + values, a.linear_conv_kernel_dim or 0))
    yield Tensor("ssm_dt", "bias", (heads,))
    yield Tensor("ssm_a", "bias", (heads,))
    yield _norm("ssm_norm", a.linear_value_head_dim or 0)
    yield from _linear("ssm_out", "attention", a.hidden_size, values)


def _attention(a: Architecture, index: int) -> Iterator[Tensor]:
    if a.is_linear(index):
        return _linear_attention(a)
    if blocks(a).attention == "mla":
        return itertools.chain(_latent_attention(a), _indexer(a) if a.has_indexer(index) else ())
    return _grouped_attention(a)


def _indexer(a: Architecture) -> Iterator[Tensor]:
    """DeepSeek's sparse attention: small heads that score which cached tokens a query may see."""
    heads, size = a.index_n_heads or 0, a.index_head_dim or 0
    yield from _linear("indexer.attn_q_b", "attention", heads * size, a.q_lora_rank or a.hidden_size)
    yield from _linear("indexer.attn_k", "attention", size, a.hidden_size)
    yield _norm("indexer.k_norm", size)
    yield Tensor("indexer.k_norm.bias", "bias", (size,))
    yield from _linear("indexer.proj", "attention", heads, a.hidden_size)


def _latent_attention(a: Architecture) -> Iterator[Tensor]:
    """MLA (DeepSeek-V2 paper, section 2.1); kv_b is split into its key and value halves, as GGUF stores it."""
    latent, nope, rope = a.kv_lora_rank or 0, a.qk_nope_head_dim or 0, a.qk_rope_head_dim or 0
    value, heads = a.v_head_dim or 0, a.num_attention_heads
    if a.q_lora_rank:
        yield from _linear("attn_q_a", "attention", a.q_lora_rank, a.hidden_size)
        yield _norm("attn_q_a_norm", a.q_lora_rank)
        yield from _linear("attn_q_b", "attention", heads * (nope + rope), a.q_lora_rank)
    else:
        yield from _linear("attn_q", "attention", heads * (nope + rope), a.hidden_size)
    yield from _linear("attn_kv_a_mqa", "attention", latent + rope, a.hidden_size)
    yield _norm("attn_kv_a_norm", latent)
    yield Tensor("attn_k_b", "attention", (heads * latent, nope))
    yield Tensor("attn_v_b", "attention", (heads * value, latent))
    yield from _linear("attn_output", "attention", a.hidden_size, heads * value)


def _feed_forward(
    part: Part, hidden: int, inner: int, suffix: str = "", count: int = 1, *, bias: bool = False, fused: bool = False
) -> Iterator[Tensor]:
    """A gated feed-forward block, or ``count`` experts of that shape."""
    if fused:
        yield from _linear(f"ffn_up{suffix}", part, 2 * inner, hidden, bias=bias, count=count)
    else:
        yield from _linear(f"ffn_gate{suffix}", part, inner, hidden, bias=bias, count=count)
        yield from _linear(f"ffn_up{suffix}", part, inner, hidden, bias=bias, count=count)
    yield from _linear(f"ffn_down{suffix}", part, hidden, inner, bias=bias, count=count)


def _experts(a: Architecture) -> Iterator[Tensor]:
    """A router and its experts, with shared experts where there are any."""
    kind, inner = blocks(a), a.moe_intermediate_size or a.width
    yield Tensor("ffn_gate_inp", "router", (a.experts, a.hidden_size))
    if kind.expert_bias:
        yield Tensor("ffn_gate_inp.bias", "bias", (a.experts,))
    if kind.experts == "corrected":
        yield Tensor("exp_probs_b", "router", (a.experts,), buffer=not kind.correction_is_parameter)
    yield from _feed_forward("expert", a.hidden_size, inner, "_exps", a.experts, bias=kind.expert_bias)
    shared = a.shared_width or (inner if kind.one_shared else 0)
    if shared and kind.shared_gate:
        yield Tensor("ffn_gate_inp_shexp", "router", (1, a.hidden_size))
    if shared:
        yield from _feed_forward("ffn", a.hidden_size, shared, "_shexp", bias=bool(a.use_bias))


def _layer(a: Architecture, index: int) -> Iterator[Tensor]:
    kind = blocks(a)
    before, after = kind.norms in ("pre", "both", "parallel"), kind.norms in ("post", "both")
    if before:
        yield _norm("attn_norm", a.hidden_size)
    yield from _attention(a, index)
    if after:
        yield _norm("post_attention_norm", a.hidden_size)
    if before and kind.norms != "parallel":
        yield _norm("ffn_norm", a.hidden_size)
    if a.has_experts(index):
        yield from _experts(a)
    else:
        width = a.intermediate_size_mlp or a.width
        yield from _feed_forward("ffn", a.hidden_size, width, bias=bool(a.use_bias), fused=kind.fused_gate_up)
    if after:
        yield _norm("post_ffw_norm", a.hidden_size)


def _mtp(a: Architecture, index: int) -> Iterator[Tensor]:
    """A multi-token-prediction layer as published: two norms, a projection, a layer, and its own embedding and head."""
    yield _norm("nextn.enorm", a.hidden_size)
    yield _norm("nextn.hnorm", a.hidden_size)
    yield from _linear("nextn.eh_proj", "mtp", a.hidden_size, 2 * a.hidden_size)
    yield from _layer(a, index)
    yield _norm("nextn.shared_head_norm", a.hidden_size)
    yield from _linear("nextn.embed_tokens", "mtp", a.vocab_size, a.hidden_size)
    yield from _linear("nextn.shared_head_head", "mtp", a.vocab_size, a.hidden_size)


@lru_cache(maxsize=1024)
def tensors(a: Architecture) -> tuple[Tensor, ...]:
    """Every tensor of the published text model, MTP layers marked. Raises SizingError for an unknown model_type."""
    result = [Tensor("token_embd", "embedding", (a.vocab_size, a.hidden_size))]
    for i in range(a.num_hidden_layers):
        result += [replace(t, layer=i) for t in _layer(a, i)]
    result.append(_norm("output_norm", a.hidden_size))
    if not is_tied(a):
        result.append(Tensor("output", "output", (a.vocab_size, a.hidden_size)))
    for i in range(a.num_hidden_layers, a.num_hidden_layers + (a.num_nextn_predict_layers or 0)):
        result += [replace(t, layer=i, mtp=True) for t in _mtp(a, i)]
    return tuple(result)


def read_elements(tensor: Tensor, a: Architecture) -> int:
    """Elements of ``tensor`` that one token reads: its experts' share, and none of an untied input embedding."""
    if tensor.part == "embedding" and not is_tied(a):
        return 0
    if tensor.count > 1:
        return tensor.elements // tensor.count * a.experts_used
    return tensor.elements


@lru_cache(maxsize=1024)
def loaded(a: Architecture) -> tuple[tuple[Tensor, int], ...]:
    """Each tensor that a runtime loads, which leaves MTP layers out, with the elements that one token reads of it."""
    return tuple((t, read_elements(t, a)) for t in tensors(a) if not t.mtp)


@lru_cache(maxsize=1024)
def parameters(a: Architecture) -> Parameters:
    """Parameter counts as sums over tensors: no buffers, no MTP layer, tied weights once."""
    counted = [(t.elements, read) for t, read in loaded(a) if not t.buffer]
    return Parameters(sum(elements for elements, _ in counted), sum(read for _, read in counted))
