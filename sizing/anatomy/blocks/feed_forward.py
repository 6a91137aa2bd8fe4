"""What is a feed-forward block made of? Projections, gated or not, or a router with experts of that shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sizing.anatomy.blocks.tensor import Part, Tensor, linear, norm
from sizing.anatomy.shape import LayerKind, Shape


def dense(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """The block that every token passes."""
    yield from _projections(s, "ffn", s.hidden, layer.width, bias=s.blocks.feed_forward_bias)
    if s.blocks.down_bias:
        yield Tensor("ffn_down.bias", "bias", (s.hidden,))
    if s.blocks.scored_shared:
        yield Tensor("ffn_scale", "bias", (1,))
    if s.blocks.activation:
        yield Tensor("ffn_act", "bias", (s.blocks.activation,))
    if s.blocks.sub_norms:
        yield norm("ffn_sub_norm", layer.width)
    if s.blocks.channel_mix == 2:
        yield from linear("channel_mix_receptance", "ffn", s.hidden, s.hidden)
    if s.blocks.channel_mix:
        yield Tensor("channel_mix_lerp", "bias", (s.blocks.channel_mix * s.hidden,))


def experts(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """A router and its experts, with shared experts where there are any."""
    kind, own = s.blocks, s.experts
    chosen = own.count + own.idle
    if kind.deep_router:
        yield from _deep_router(s, layer)
    else:
        scored = own.shared // own.width if kind.scored_shared else 0
        yield Tensor("ffn_gate_inp", "router", (chosen + scored, s.hidden))
    if kind.scored_shared:
        yield Tensor("ffn_gate_inp.scale", "bias", (1,))
    if kind.expert_bias:
        yield Tensor("ffn_gate_inp.bias", "bias", (chosen,))
    if layer.hashed:
        yield Tensor("ffn_gate_tid2eid", "router", (s.vocab, own.used), buffer=True, lookup=True)
    elif kind.experts == "corrected":
        yield Tensor("exp_probs_b", "router", (chosen,), buffer=not kind.correction_is_parameter)
    if own.hidden != s.hidden:
        yield from linear("ffn_latent_down", "ffn", own.hidden, s.hidden)
        yield from linear("ffn_latent_up", "ffn", s.hidden, own.hidden)
        if own.normed:
            yield norm("ffn_latent_norm", own.hidden)
        if kind.narrow_norm:
            yield norm("ffn_latent_norm_in", own.hidden)
    yield from _projections(s, "expert", own.hidden, own.width, "_exps", own.count, bias=kind.expert_bias)
    if own.seeing:
        yield from map(_seeing, _second_experts(s))
    if own.shared and kind.shared_gate:
        yield Tensor("ffn_gate_inp_shexp", "router", (1, s.hidden))
    if own.shared:
        yield from _projections(s, "ffn", s.hidden, own.shared, "_shexp", bias=kind.feed_forward_bias)
    if kind.experts_norm:
        yield norm("ffn_post_norm", s.hidden)
    if kind.experts_offset:
        yield Tensor("ffn_down_exps.offset", "bias", (s.hidden,))


def _deep_router(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Zaya's: what the router before it saw, with its own, through two layers; one more choice is no expert at all."""
    width = s.experts.router
    yield from linear("ffn_gate_down", "router", width, s.hidden, bias=True)
    if not layer.first:
        yield Tensor("ffn_gate_before.scale", "bias", (width,))
    yield norm("ffn_gate_norm", width)
    for role in ("ffn_gate_fc1", "ffn_gate_fc2"):
        yield from linear(role, "router", width, width, bias=True)
    yield Tensor("ffn_gate_inp", "router", (s.experts.count + 1, width))


def dense_beside_experts(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """LongCat's: a dense block, while experts work on what came before it."""
    yield from dense(s, layer)
    yield from experts(s, layer)


def _second_experts(s: Shape) -> Iterator[Tensor]:
    """ERNIE 4.5 VL's experts for the tokens of images, with a router of their own."""
    own, kind = s.experts, s.blocks
    yield Tensor("ffn_gate_inp_vision", "router", (own.count, s.hidden))
    yield Tensor("exp_probs_b_vision", "router", (own.count,), buffer=not kind.correction_is_parameter)
    yield from _projections(s, "expert", s.hidden, own.seeing, "_exps_vision", own.count)


def _seeing(tensor: Tensor) -> Tensor:
    return replace(tensor, seeing=True)


def dense_and_experts(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Gemma 4's pair: a dense block and experts side by side, each normed, the router and each expert scaled."""
    hidden, own = s.hidden, s.experts
    yield from dense(s, layer)
    yield norm("post_ffw_norm_1", hidden)
    yield norm("pre_ffw_norm_2", hidden)
    yield Tensor("ffn_gate_inp", "router", (own.count, hidden))
    yield Tensor("ffn_gate_inp.scale", "bias", (hidden,))
    yield from linear("ffn_gate_up_exps", "expert", 2 * own.width, hidden, count=own.count)
    yield from linear("ffn_down_exps", "expert", hidden, own.width, count=own.count)
    yield Tensor("ffn_down_exps.scale", "bias", (own.count,))
    yield norm("post_ffw_norm_2", hidden)


def _projections(
    s: Shape, part: Part, hidden: int, inner: int, suffix: str = "", count: int = 1, *, bias: bool = False
) -> Iterator[Tensor]:
    """A feed-forward block, gated or not, or ``count`` experts of that shape."""
    kind = s.blocks
    if kind.fused_gate_up and not suffix:
        yield from linear(f"ffn_up{suffix}", part, 2 * inner, hidden, bias=bias, count=count)
    else:
        if not kind.ungated:
            yield from linear(f"ffn_gate{suffix}", part, inner, hidden, bias=bias, count=count)
        yield from linear(f"ffn_up{suffix}", part, inner, hidden, bias=bias, count=count)
    yield from linear(f"ffn_down{suffix}", part, hidden, inner, bias=bias, count=count)
