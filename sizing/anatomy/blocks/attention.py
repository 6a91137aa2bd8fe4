"""What is attention made of? Grouped heads, DeepSeek's latent with or without an indexer, or compressed entries."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.architectures import CHOSEN_RATIO
from sizing.anatomy.blocks.tensor import Tensor, linear, norm, norms
from sizing.anatomy.shape import LayerKind, Shape


def grouped(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Multi-head, grouped-query and multi-query attention: they differ only in the number of key heads."""
    kind, bias = s.blocks, s.blocks.qkv_bias
    queries, keys = layer.heads * layer.head_dim, layer.kv_heads * layer.head_dim
    values = layer.kv_heads * layer.value_dim
    if kind.fused_qkv:
        yield from linear("attn_qkv", "attention", queries + keys + values, s.hidden, bias=bias)
    else:
        yield from linear("attn_q", "attention", queries * (1 + kind.gated_query), s.hidden, bias=bias)
        if layer.own_keys:
            yield from linear("attn_k", "attention", keys, s.hidden, bias=bias and kind.key_bias)
        if layer.own_values:
            yield from linear("attn_v", "attention", values, s.hidden, bias=bias)
    if kind.gate != "none":
        rows = layer.heads * (layer.value_dim if kind.gate == "element" else 1)
        yield from linear("attn_gate", "attention", rows, s.hidden)
        if kind.gate_offset:
            yield Tensor("attn_gate.offset", "bias", (layer.heads,))
    if kind.relative != "none":
        yield from _relative(s, layer)
    if kind.contrast:
        yield Tensor("attn_contrast", "bias", (4 * layer.head_dim,))
    if kind.decay:
        yield from linear("attn_decay", "attention", layer.kv_heads, values, bias=bias)
        yield Tensor("attn_decay.scale", "bias", (layer.kv_heads,))
    if kind.sub_norms:
        yield norm("attn_sub_norm", s.hidden)
    yield from linear("attn_output", "attention", s.hidden, layer.heads * layer.value_dim, bias=kind.output_bias)
    if kind.qk_norm != "none":
        full, bias, fixed = kind.qk_norm == "full", kind.qk_norm_bias, kind.fixed_qk_norm
        yield from norms("attn_q_norm", queries if full else layer.head_dim, bias=bias, buffer=fixed)
        if layer.own_keys:
            yield from norms("attn_k_norm", keys if full else layer.head_dim, bias=bias, buffer=fixed)
    if layer.sinks:
        yield Tensor("attn_sinks", "bias", (layer.heads,))
    if layer.indexer:
        yield from _block_indexer(s)


def _relative(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Inkling's positions: how much each distance counts, as far as a layer sees them."""
    yield from linear("attn_relative", "attention", layer.heads * s.relative, s.hidden)
    yield Tensor("attn_relative_bank", "attention", (s.relative, layer.window or s.reach))
    if s.blocks.relative == "clipped":
        yield from linear("attn_sinks_proj", "attention", layer.heads, s.hidden)
        yield Tensor("attn_q_scale", "bias", (layer.heads * layer.head_dim,))
        yield Tensor("attn_relative_scale", "bias", (layer.heads * s.relative,))


def cross(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Attention to what an image's tower says, with gates for it and for the feed-forward block (Llama 3.2 Vision)."""
    queries, keys = layer.heads * layer.head_dim, layer.kv_heads * layer.head_dim
    yield from linear("cross_attn_q", "attention", queries, s.hidden)
    yield from linear("cross_attn_k", "attention", keys, s.hidden)
    yield from linear("cross_attn_v", "attention", keys, s.hidden)
    yield from linear("cross_attn_output", "attention", s.hidden, queries)
    yield norm("cross_attn_q_norm", layer.head_dim)
    yield norm("cross_attn_k_norm", layer.head_dim)
    yield Tensor("cross_attn_attn_gate", "bias", (1,))
    yield Tensor("cross_attn_mlp_gate", "bias", (1,))


def projection(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """One matrix in the place of attention."""
    yield from linear("attn_output", "attention", s.hidden, s.hidden)


def mixture(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """JetMoe's: experts each have the queries and the output of some heads, and all share keys and values."""
    own, keys = s.experts, layer.kv_heads * layer.head_dim
    yield Tensor("attn_gate_inp", "router", (own.count, s.hidden))
    yield from linear("attn_q_exps", "expert", keys, s.hidden, count=own.count)
    yield from linear("attn_output_exps", "expert", s.hidden, keys, count=own.count)
    yield Tensor("attn_output.bias", "bias", (s.hidden,))
    yield from linear("attn_kv", "attention", 2 * keys, s.hidden)


def shared(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Zamba's: one block of attention and feed-forward for several layers, which sees the embedding beside the stream.

    The first layer that runs it holds it; each has a projection of its own behind it, and may add to it by adapters.
    """
    wide, inner = 2 * s.hidden, layer.heads * layer.head_dim
    keys = layer.kv_heads * layer.head_dim
    if layer.owner:
        yield norm("shared_attn_norm", wide)
        for part, rows in (("q", inner), ("k", keys), ("v", keys)):
            yield from linear(f"shared_attn_{part}", "attention", rows, wide)
        yield from linear("shared_attn_output", "attention", s.hidden, inner)
        yield norm("shared_ffn_norm", s.hidden)
        yield from linear("shared_ffn_gate_up", "ffn", 2 * layer.width, s.hidden)
        yield from linear("shared_ffn_down", "ffn", s.hidden, layer.width)
    yield from linear("shared_output", "attention", s.hidden, s.hidden)
    if s.adapter:
        yield from linear("adapter_ffn_a", "ffn", s.adapter, s.hidden)
        yield from linear("adapter_ffn_b", "ffn", 2 * layer.width, s.adapter)
    if s.adapter and s.adapted:
        for part in ("q", "k", "v"):
            yield from linear(f"adapter_{part}_a", "attention", s.adapter, wide)
            yield from linear(f"adapter_{part}_b", "attention", wide, s.adapter)


def latent(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """MLA (DeepSeek-V2 paper, section 2.1); kv_b is split into its key and value halves, as GGUF stores it."""
    own, heads = layer.latent or s.latent, layer.heads
    queries = heads * (own.nope + own.rope)
    if own.query_rank:
        yield from linear("attn_q_a", "attention", own.query_rank, s.hidden, bias=s.blocks.qkv_bias)
        yield norm("attn_q_a_norm", own.query_rank)
        if s.blocks.gated_query:
            yield from linear("attn_q_gate", "attention", queries + heads * own.value, 2 * own.query_rank)
        else:
            yield from linear("attn_q_b", "attention", queries, own.query_rank)
    else:
        yield from linear("attn_q", "attention", queries, s.hidden)
    rope = own.rope if layer.rotates else 0
    if layer.own_keys:
        yield from linear("attn_kv_a_mqa", "attention", own.rank + rope, s.hidden, bias=s.blocks.qkv_bias)
        yield norm("attn_kv_a_norm", own.rank)
    if s.blocks.rope_norm:
        yield norm("attn_k_norm", rope)
    yield Tensor("attn_k_b", "attention", (heads * own.rank, own.nope + own.rope - rope))
    yield Tensor("attn_v_b", "attention", (heads * own.value, own.rank))
    if own.gated or s.blocks.gate == "element":
        yield from linear("attn_gate", "attention", heads * own.value, s.hidden)
    elif s.blocks.gate == "head":
        yield from linear("attn_gate", "attention", heads, s.hidden)
    yield from linear("attn_output", "attention", s.hidden, heads * own.value, bias=s.blocks.output_bias)
    if layer.sinks:
        yield Tensor("attn_sinks", "bias", (heads,))
    if s.blocks.scaled_logits:
        yield Tensor("attn_scaling", "bias", (2 * heads,))
    if layer.indexer:
        yield from _indexer(s)


def _indexer(s: Shape) -> Iterator[Tensor]:
    """DeepSeek's sparse attention: small heads that score which cached tokens a query may see."""
    heads, size = s.indexer.heads, s.indexer.head_dim
    yield from linear("indexer.attn_q_b", "attention", heads * size, s.latent.query_rank or s.hidden)
    yield from linear("indexer.attn_k", "attention", size, s.hidden)
    yield norm("indexer.k_norm", size)
    yield Tensor("indexer.k_norm.bias", "bias", (size,))
    yield from linear("indexer.proj", "attention", heads, s.hidden)
    if s.blocks.scaled_logits:
        yield from norms("indexer.q_norm", s.hidden, bias=True)
        yield Tensor("indexer.scaling", "bias", (2 * heads,))
    if s.indexer.pool:
        yield from linear("indexer.kpool_gate", "attention", size, s.hidden)
        yield Tensor("indexer.kpool_ape", "attention", (s.indexer.pool, size))


def _block_indexer(s: Shape) -> Iterator[Tensor]:
    """MiniMax M3's sparse attention: small heads, normed as the others, that score blocks of cached tokens."""
    heads, size = s.indexer.heads, s.indexer.head_dim
    yield from linear("indexer.q_proj", "attention", heads * size, s.hidden)
    yield from linear("indexer.k_proj", "attention", size, s.hidden)
    yield norm("indexer.q_norm", size)
    yield norm("indexer.k_norm", size)


def compressed(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """DeepSeek V4's: one key head that is its own value, a window, and entries that stand for ``ratio`` tokens each."""
    rank, queries = s.latent.query_rank, layer.heads * layer.head_dim
    groups, group_rank = s.latent.groups, s.latent.group_rank
    yield from linear("attn_q_a", "attention", rank, s.hidden)
    yield norm("attn_q_a_norm", rank)
    yield from linear("attn_q_b", "attention", queries, rank)
    yield from linear("attn_kv", "attention", layer.head_dim, s.hidden)
    yield norm("attn_kv_a_norm", layer.head_dim)
    yield from linear("attn_output_a", "attention", groups * group_rank, queries // groups)
    yield from linear("attn_output_b", "attention", s.hidden, groups * group_rank)
    yield Tensor("attn_sinks", "bias", (layer.heads,))
    if layer.ratio:
        yield from _compressor(s, "attn_compressor", layer.ratio, layer.head_dim)
    if layer.indexer:
        heads, size = s.indexer.heads, s.indexer.head_dim
        yield from linear("indexer.attn_q_b", "attention", heads * size, rank)
        yield from linear("indexer.proj", "attention", heads, s.hidden)
        yield from _compressor(s, "indexer_compressor", layer.ratio, size)


def _compressor(s: Shape, role: str, ratio: int, size: int) -> Iterator[Tensor]:
    """What makes an entry of ``ratio`` tokens; where an indexer chooses, entries overlap and are twice as wide."""
    made = size * overlap(ratio)
    yield from linear(f"{role}_kv", "attention", made, s.hidden)
    yield from linear(f"{role}_gate", "attention", made, s.hidden)
    yield Tensor(f"{role}_ape", "attention", (ratio, made))
    yield norm(f"{role}_norm", size)


def overlap(ratio: int) -> int:
    """Groups of ``ratio`` tokens that an entry of compressed attention is made of."""
    return 2 if ratio == CHOSEN_RATIO else 1


def compressor_state(ratio: int, size: int) -> int:
    """Bytes of the tokens, with their weights, that wait to become an entry of ``size`` numbers, in FP32."""
    return 4 * 2 * (ratio * overlap(ratio)) * (size * overlap(ratio))
