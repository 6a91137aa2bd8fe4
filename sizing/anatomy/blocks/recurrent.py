"""What are the mixers made of that keep a state of constant size in place of keys and values?

Each has its tensors, and the bytes of its state for one sequence, which llama.cpp keeps in FP32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.anatomy.shape import LayerKind, Shape


def delta_net(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """A gated delta net (Qwen3-Next): a short convolution over queries, keys and values, then a recurrent state."""
    own, heads = s.delta, s.delta.value_heads
    keys, values = own.keys, own.values
    yield from linear("attn_qkv", "attention", 2 * keys + values, s.hidden)
    yield from linear("attn_gate", "attention", values, s.hidden)
    if s.blocks.split_beta:
        yield from linear("ssm_beta", "attention", heads, s.hidden)
        yield from linear("ssm_alpha", "attention", heads, s.hidden)
    else:
        yield from linear("ssm_ba", "attention", 2 * heads, s.hidden)
    yield Tensor("ssm_conv1d", "attention", (2 * keys + values, own.kernel))
    yield Tensor("ssm_dt", "bias", (heads,))
    yield Tensor("ssm_a", "bias", (heads,))
    yield norm("ssm_norm", own.value_dim)
    yield from linear("ssm_out", "attention", s.hidden, values)


def delta_net_state(s: Shape) -> int:
    """Bytes of a delta net's state: the convolution's last inputs and one matrix a head, in FP32."""
    return _delta_net_convolution(s) + 4 * s.delta.key_dim * s.delta.values


def _delta_net_convolution(s: Shape) -> int:
    return 4 * (s.delta.kernel - 1) * (2 * s.delta.keys + s.delta.values)


def mamba2(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Mamba-2: one projection makes gate, inputs, the two sides of the state (by groups) and the heads' steps."""
    own = s.space
    heads, inner, convolved = own.heads, own.inner, own.convolved
    yield from linear("ssm_in", "attention", inner + convolved + heads, s.hidden)
    yield Tensor("ssm_conv1d", "attention", (convolved, own.kernel))
    yield Tensor("ssm_conv1d.bias", "bias", (convolved,))
    yield Tensor("ssm_dt.bias", "bias", (heads,))
    yield Tensor("ssm_a", "bias", (heads,))
    yield Tensor("ssm_d", "bias", (heads,))
    if s.blocks.ssm_norm:
        yield norm("ssm_norm", inner)
    yield from linear("ssm_out", "attention", s.hidden, inner)


def mamba2_state(s: Shape) -> int:
    """Bytes of a Mamba-2 mixer's state: the convolution's last inputs and ``state`` numbers a channel."""
    return _mamba2_convolution(s) + 4 * s.space.state * s.space.inner


def _mamba2_convolution(s: Shape) -> int:
    return 4 * (s.space.kernel - 1) * s.space.convolved


def mamba(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Mamba-1 as Jamba has it, with norms on the step and on both sides of the state."""
    inner, state, rank = s.space.inner, s.space.state, s.space.step_rank
    yield from linear("ssm_in", "attention", 2 * inner, s.hidden)
    yield Tensor("ssm_conv1d", "attention", (inner, s.space.kernel))
    yield Tensor("ssm_conv1d.bias", "bias", (inner,))
    yield from linear("ssm_x", "attention", rank + 2 * state, inner)
    yield from linear("ssm_dt", "attention", inner, rank, bias=True)
    yield norm("ssm_dt_norm", rank)
    yield norm("ssm_b_norm", state)
    yield norm("ssm_c_norm", state)
    yield Tensor("ssm_a", "bias", (inner, state))
    yield Tensor("ssm_d", "bias", (inner,))
    yield from linear("ssm_out", "attention", s.hidden, inner)


def mamba_state(s: Shape) -> int:
    """Bytes of a Mamba-1 mixer's state."""
    return _mamba_convolution(s) + 4 * s.space.inner * s.space.state


def _mamba_convolution(s: Shape) -> int:
    return 4 * s.space.inner * (s.space.kernel - 1)


def kda(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Kimi Delta Attention: a delta net that forgets by channel, with a gate of full rank or of a head's width."""
    own = s.kda
    heads, head, inner = own.heads, own.head_dim, own.inner
    for part in ("q", "k", "v"):
        yield from linear(f"attn_{part}", "attention", inner, s.hidden)
        yield Tensor(f"ssm_conv1d_{part}", "attention", (inner, own.kernel))
    yield from linear("ssm_f_a", "attention", head, s.hidden)
    yield from linear("ssm_f_b", "attention", inner, head)
    yield from linear("ssm_beta", "attention", heads, s.hidden)
    yield Tensor("ssm_a", "bias", (heads,))
    yield Tensor("ssm_dt.bias", "bias", (inner,))
    if own.full_rank_gate:
        yield from linear("ssm_g", "attention", inner, s.hidden)
    else:
        yield from linear("ssm_g_a", "attention", head, s.hidden)
        yield from linear("ssm_g_b", "attention", inner, head)
    yield norm("ssm_norm", head)
    yield from linear("attn_output", "attention", s.hidden, inner)


def kda_state(s: Shape) -> int:
    """Bytes of its state: three convolutions' last inputs and one matrix a head."""
    return _kda_convolution(s) + 4 * s.kda.inner * s.kda.head_dim


def _kda_convolution(s: Shape) -> int:
    return 4 * s.kda.inner * 3 * (s.kda.kernel - 1)


def short_conv(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """LFM2's gated short convolution."""
    yield from linear("shortconv.in_proj", "attention", 3 * s.hidden, s.hidden)
    yield Tensor("shortconv.conv", "attention", (s.hidden, s.taps))
    yield from linear("shortconv.out_proj", "attention", s.hidden, s.hidden)


def short_conv_state(s: Shape) -> int:
    """Bytes of the convolution's last inputs."""
    return 4 * (s.taps - 1) * s.hidden


STATES: Final[Mapping[str, Callable[[Shape], int]]] = {
    "delta_net": delta_net_state,
    "kda": kda_state,
    "mamba": mamba_state,
    "mamba2": mamba2_state,
    "none": lambda s: 0,
    "short_conv": short_conv_state,
}

# What of that is a convolution's, which runtimes may keep in another type.
CONVOLUTIONS: Final[Mapping[str, Callable[[Shape], int]]] = {
    "delta_net": _delta_net_convolution,
    "kda": _kda_convolution,
    "mamba": _mamba_convolution,
    "mamba2": _mamba2_convolution,
    "none": lambda s: 0,
    "short_conv": short_conv_state,
}
