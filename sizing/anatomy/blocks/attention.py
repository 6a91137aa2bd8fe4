"""What is attention made of? Grouped heads, DeepSeek's latent with or without an indexer, or compressed entries."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.architectures import CHOSEN_RATIO, LayerKind, blocks
from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.facts.entries.architecture import Architecture


def grouped(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """Multi-head, grouped-query and multi-query attention: they differ only in the number of key heads."""
    kind = blocks(a)
    asked = a.attention_bias if a.attention_bias is not None else a.use_bias
    bias = kind.qkv_bias if asked is None else asked
    queries, keys = layer.heads * layer.head_dim, layer.kv_heads * layer.head_dim
    values = layer.kv_heads * layer.value_dim
    if kind.fused_qkv:
        yield from linear("attn_qkv", "attention", queries + keys + values, a.hidden_size, bias=bias)
    else:
        yield from linear("attn_q", "attention", queries * (1 + kind.gated_query), a.hidden_size, bias=bias)
        if layer.own_keys:
            yield from linear("attn_k", "attention", keys, a.hidden_size, bias=bias)
        if layer.own_values:
            yield from linear("attn_v", "attention", values, a.hidden_size, bias=bias)
    if kind.gate != "none":
        rows = layer.heads * (layer.value_dim if kind.gate == "element" else 1)
        yield from linear("attn_gate", "attention", rows, a.hidden_size)
    out_bias = bias and kind.output_bias if a.attention_out_bias is None else a.attention_out_bias
    yield from linear("attn_output", "attention", a.hidden_size, layer.heads * layer.value_dim, bias=out_bias)
    if kind.qk_norm != "none" and (a.use_qk_norm or (a.use_qk_norm is None and not kind.qk_norm_asked)):
        full = kind.qk_norm == "full"
        yield norm("attn_q_norm", queries if full else layer.head_dim, buffer=kind.fixed_qk_norm)
        if layer.own_keys:
            yield norm("attn_k_norm", keys if full else layer.head_dim, buffer=kind.fixed_qk_norm)
    if layer.sinks:
        yield Tensor("attn_sinks", "bias", (layer.heads,))
    if layer.indexer:
        yield from _block_indexer(a)


def projection(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """One matrix in the place of attention."""
    yield from linear("attn_output", "attention", a.hidden_size, a.hidden_size)


def latent(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """MLA (DeepSeek-V2 paper, section 2.1); kv_b is split into its key and value halves, as GGUF stores it."""
    rank, nope, rope = a.kv_lora_rank or 0, a.qk_nope_head_dim or 0, a.qk_rope_head_dim or 0
    value, heads = a.v_head_dim or 0, layer.heads
    if a.q_lora_rank:
        yield from linear("attn_q_a", "attention", a.q_lora_rank, a.hidden_size)
        yield norm("attn_q_a_norm", a.q_lora_rank)
        yield from linear("attn_q_b", "attention", heads * (nope + rope), a.q_lora_rank)
    else:
        yield from linear("attn_q", "attention", heads * (nope + rope), a.hidden_size)
    yield from linear("attn_kv_a_mqa", "attention", rank + rope, a.hidden_size)
    yield norm("attn_kv_a_norm", rank)
    yield Tensor("attn_k_b", "attention", (heads * rank, nope))
    yield Tensor("attn_v_b", "attention", (heads * value, rank))
    if a.mla_use_output_gate:
        yield from linear("attn_gate", "attention", heads * value, a.hidden_size)
    yield from linear("attn_output", "attention", a.hidden_size, heads * value)
    if layer.indexer:
        yield from _indexer(a)


def _indexer(a: Architecture) -> Iterator[Tensor]:
    """DeepSeek's sparse attention: small heads that score which cached tokens a query may see."""
    heads, size = a.index_n_heads or 0, a.index_head_dim or 0
    yield from linear("indexer.attn_q_b", "attention", heads * size, a.q_lora_rank or a.hidden_size)
    yield from linear("indexer.attn_k", "attention", size, a.hidden_size)
    yield norm("indexer.k_norm", size)
    yield Tensor("indexer.k_norm.bias", "bias", (size,))
    yield from linear("indexer.proj", "attention", heads, a.hidden_size)


def _block_indexer(a: Architecture) -> Iterator[Tensor]:
    """MiniMax M3's sparse attention: small heads, normed as the others, that score blocks of cached tokens."""
    heads, size = a.index_n_heads or 0, a.index_head_dim or 0
    yield from linear("indexer.q_proj", "attention", heads * size, a.hidden_size)
    yield from linear("indexer.k_proj", "attention", size, a.hidden_size)
    yield norm("indexer.q_norm", size)
    yield norm("indexer.k_norm", size)


def compressed(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """DeepSeek V4's: one key head that is its own value, a window, and entries that stand for ``ratio`` tokens each."""
    rank, queries = a.q_lora_rank or 0, layer.heads * layer.head_dim
    groups, group_rank = a.o_groups or 1, a.o_lora_rank or 0
    yield from linear("attn_q_a", "attention", rank, a.hidden_size)
    yield norm("attn_q_a_norm", rank)
    yield from linear("attn_q_b", "attention", queries, rank)
    yield from linear("attn_kv", "attention", layer.head_dim, a.hidden_size)
    yield norm("attn_kv_a_norm", layer.head_dim)
    yield from linear("attn_output_a", "attention", groups * group_rank, queries // groups)
    yield from linear("attn_output_b", "attention", a.hidden_size, groups * group_rank)
    yield Tensor("attn_sinks", "bias", (layer.heads,))
    if layer.ratio:
        yield from _compressor(a, "attn_compressor", layer.ratio, layer.head_dim)
    if layer.indexer:
        heads, size = a.index_n_heads or 0, a.index_head_dim or 0
        yield from linear("indexer.attn_q_b", "attention", heads * size, rank)
        yield from linear("indexer.proj", "attention", heads, a.hidden_size)
        yield from _compressor(a, "indexer_compressor", layer.ratio, size)


def _compressor(a: Architecture, role: str, ratio: int, size: int) -> Iterator[Tensor]:
    """What makes an entry of ``ratio`` tokens; where an indexer chooses, entries overlap and are twice as wide."""
    made = size * overlap(ratio)
    yield from linear(f"{role}_kv", "attention", made, a.hidden_size)
    yield from linear(f"{role}_gate", "attention", made, a.hidden_size)
    yield Tensor(f"{role}_ape", "attention", (ratio, made))
    yield norm(f"{role}_norm", size)


def overlap(ratio: int) -> int:
    """Groups of ``ratio`` tokens that an entry of compressed attention is made of."""
    return 2 if ratio == CHOSEN_RATIO else 1


def compressor_state(ratio: int, size: int) -> int:
    """Bytes of the tokens, with their weights, that wait to become an entry of ``size`` numbers, in FP32."""
    return 4 * 2 * (ratio * overlap(ratio)) * (size * overlap(ratio))
