"""What is a feed-forward block made of? Projections, gated or not, or a router with experts of that shape."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.architectures import LayerKind, blocks
from sizing.anatomy.blocks.tensor import Part, Tensor, linear, norm
from sizing.facts.entries.architecture import Architecture


def dense(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """The block that every token passes."""
    bias = bool(a.use_bias) or blocks(a).feed_forward_bias
    return _projections(a, "ffn", a.hidden_size, layer.width, bias=bias)


def experts(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """A router and its experts, with shared experts where there are any."""
    kind, inner = blocks(a), a.moe_intermediate_size or a.width
    yield Tensor("ffn_gate_inp", "router", (a.experts, a.hidden_size))
    if kind.expert_bias:
        yield Tensor("ffn_gate_inp.bias", "bias", (a.experts,))
    if layer.hashed:
        yield Tensor("ffn_gate_tid2eid", "router", (a.vocab_size, a.experts_used), buffer=True, lookup=True)
    elif kind.experts == "corrected":
        yield Tensor("exp_probs_b", "router", (a.experts,), buffer=not kind.correction_is_parameter)
    if a.expert_hidden != a.hidden_size:
        yield from linear("ffn_latent_down", "ffn", a.expert_hidden, a.hidden_size)
        yield from linear("ffn_latent_up", "ffn", a.hidden_size, a.expert_hidden)
        if a.latent_moe_use_norm:
            yield norm("ffn_latent_norm", a.expert_hidden)
    yield from _projections(a, "expert", a.expert_hidden, inner, "_exps", a.experts, bias=kind.expert_bias)
    shared = a.shared_width or (inner if kind.one_shared else 0)
    if shared and kind.shared_gate:
        yield Tensor("ffn_gate_inp_shexp", "router", (1, a.hidden_size))
    if shared:
        yield from _projections(a, "ffn", a.hidden_size, shared, "_shexp", bias=bool(a.use_bias))


def dense_and_experts(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """Gemma 4's pair: a dense block and experts side by side, each normed, the router and each expert scaled."""
    hidden, inner = a.hidden_size, a.moe_intermediate_size or a.width
    yield from dense(a, layer)
    yield norm("post_ffw_norm_1", hidden)
    yield norm("pre_ffw_norm_2", hidden)
    yield Tensor("ffn_gate_inp", "router", (a.experts, hidden))
    yield Tensor("ffn_gate_inp.scale", "bias", (hidden,))
    yield from linear("ffn_gate_up_exps", "expert", 2 * inner, hidden, count=a.experts)
    yield from linear("ffn_down_exps", "expert", hidden, inner, count=a.experts)
    yield Tensor("ffn_down_exps.scale", "bias", (a.experts,))
    yield norm("post_ffw_norm_2", hidden)


def _projections(
    a: Architecture, part: Part, hidden: int, inner: int, suffix: str = "", count: int = 1, *, bias: bool = False
) -> Iterator[Tensor]:
    """A feed-forward block, gated or not, or ``count`` experts of that shape."""
    kind = blocks(a)
    if kind.fused_gate_up and not suffix:
        yield from linear(f"ffn_up{suffix}", part, 2 * inner, hidden, bias=bias, count=count)
    else:
        if not kind.ungated:
            yield from linear(f"ffn_gate{suffix}", part, inner, hidden, bias=bias, count=count)
        yield from linear(f"ffn_up{suffix}", part, inner, hidden, bias=bias, count=count)
    yield from linear(f"ffn_down{suffix}", part, hidden, inner, bias=bias, count=count)
