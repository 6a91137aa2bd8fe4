"""What is the model made of? A list of tensors, from which parameter counts and file sizes are sums.

Roles are llama.cpp's GGUF tensor names without layer and ``.weight``, since its recipes are written in them
(source: llama.cpp gguf-py/gguf/constants.py). Shapes are (rows, columns), columns being the input dimension, which is
what a quantization block runs along. The modules and their shapes are those of Hugging Face transformers' models.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
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

    @property
    def elements(self) -> int:
        """Elements over all ``count`` copies."""
        return math.prod(self.shape) * self.count


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
    bias = kind.qkv_bias if a.attention_bias is None else a.attention_bias
    queries, keys = a.num_attention_heads * a.head_size, a.kv_heads * a.head_size
    yield from _linear("attn_q", "attention", queries, a.hidden_size, bias=bias)
    yield from _linear("attn_k", "attention", keys, a.hidden_size, bias=bias)
    yield from _linear("attn_v", "attention", keys, a.hidden_size, bias=bias)
    # Llama's attention_bias also covers the output projection; Qwen2's and GLM's do not.
    yield from _linear("attn_output", "attention", a.hidden_size, queries, bias=bias and kind.gguf == "llama")
    if kind.qk_norm if a.use_qk_norm is None else a.use_qk_norm:
        yield _norm("attn_q_norm", a.head_size)
        yield _norm("attn_k_norm", a.head_size)


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


def _feed_forward(part: Part, hidden: int, inner: int, suffix: str = "", count: int = 1) -> Iterator[Tensor]:
    """A gated feed-forward block, or ``count`` experts of that shape."""
    yield from _linear(f"ffn_gate{suffix}", part, inner, hidden, count=count)
    yield from _linear(f"ffn_up{suffix}", part, inner, hidden, count=count)
    yield from _linear(f"ffn_down{suffix}", part, hidden, inner, count=count)


def _experts(a: Architecture) -> Iterator[Tensor]:
    """A router and its experts, with shared experts where there are any."""
    inner = a.moe_intermediate_size or a.intermediate_size
    yield Tensor("ffn_gate_inp", "router", (a.experts, a.hidden_size))
    if blocks(a).experts == "deepseek":
        yield Tensor("exp_probs_b", "router", (a.experts,), buffer=True)
    yield from _feed_forward("expert", a.hidden_size, inner, "_exps", a.experts)
    if a.n_shared_experts:
        yield from _feed_forward("ffn", a.hidden_size, inner * a.n_shared_experts, "_shexp")


def _layer(a: Architecture, index: int) -> Iterator[Tensor]:
    yield _norm("attn_norm", a.hidden_size)
    yield from _latent_attention(a) if blocks(a).attention == "mla" else _grouped_attention(a)
    yield _norm("ffn_norm", a.hidden_size)
    if a.experts and index >= (a.first_k_dense_replace or 0):
        yield from _experts(a)
    else:
        yield from _feed_forward("ffn", a.hidden_size, a.intermediate_size)


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
    if tensor.part == "expert":
        return tensor.elements // tensor.count * (a.num_experts_per_tok or 0)
    return tensor.elements


@lru_cache(maxsize=1024)
def parameters(a: Architecture) -> Parameters:
    """Parameter counts as sums over tensors: no buffers, no MTP layer, tied weights once."""
    counted = [t for t in tensors(a) if not t.buffer and not t.mtp]
    return Parameters(sum(t.elements for t in counted), sum(read_elements(t, a) for t in counted))
