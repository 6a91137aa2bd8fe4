"""What are the mixers made of that keep a state of constant size in place of keys and values?

Each has its tensors, and the bytes of its state for one sequence, which llama.cpp keeps in FP32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sizing.anatomy.blocks.convolved import cca_state, tapped_state
from sizing.anatomy.blocks.tensor import Tensor, linear, norm, norms
from sizing.anatomy.shape import LayerKind, Shape, StateSpace


def delta_net(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """A gated delta net (Qwen3-Next): a short convolution over queries, keys and values, then a recurrent state."""
    own, heads = s.delta, s.delta.value_heads
    keys, values = own.keys, own.values
    if s.blocks.apart:
        for part, width in (("q", keys), ("k", keys), ("v", values)):
            yield from linear(f"attn_{part}", "attention", width, s.hidden)
    else:
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
    yield from linear("ssm_in", "attention", inner + convolved + heads, s.hidden, bias=own.bias)
    yield from _convolution(convolved, own)
    yield Tensor("ssm_dt.bias", "bias", (heads,))
    yield Tensor("ssm_a", "bias", (heads,))
    yield Tensor("ssm_d", "bias", (heads,))
    if s.blocks.ssm_norm:
        yield norm("ssm_norm", inner)
    yield from linear("ssm_out", "attention", s.hidden, inner, bias=own.bias)


def _convolution(channels: int, own: StateSpace) -> Iterator[Tensor]:
    yield Tensor("ssm_conv1d", "attention", (channels, own.kernel))
    if own.convolution_bias:
        yield Tensor("ssm_conv1d.bias", "bias", (channels,))


def mamba2_state(s: Shape) -> int:
    """Bytes of a Mamba-2 mixer's state: the convolution's last inputs and ``state`` numbers a channel."""
    return _mamba2_convolution(s) + 4 * s.space.state * s.space.inner


def _mamba2_convolution(s: Shape) -> int:
    return 4 * (s.space.kernel - 1) * s.space.convolved


def mamba(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Mamba-1; Jamba's has norms on the step and on both sides of the state."""
    inner, state, rank = s.space.inner, s.space.state, s.space.step_rank
    yield from linear("ssm_in", "attention", 2 * inner, s.hidden, bias=s.space.bias)
    yield from _convolution(inner, s.space)
    yield from linear("ssm_x", "attention", rank + 2 * state, inner)
    yield from linear("ssm_dt", "attention", inner, rank, bias=True)
    if s.blocks.ssm_norm:
        yield norm("ssm_dt_norm", rank)
        yield norm("ssm_b_norm", state)
        yield norm("ssm_c_norm", state)
    yield Tensor("ssm_a", "bias", (inner, state))
    yield Tensor("ssm_d", "bias", (inner,))
    yield from linear("ssm_out", "attention", s.hidden, inner, bias=s.space.bias)


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
    if own.full_rank_forget:
        yield from linear("ssm_f", "attention", inner, s.hidden)
    else:
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
    bias = s.blocks.convolution_bias
    yield from linear("shortconv.in_proj", "attention", 3 * s.hidden, s.hidden, bias=bias)
    yield from linear("shortconv.conv", "attention", s.hidden, s.taps, bias=bias)
    yield from linear("shortconv.out_proj", "attention", s.hidden, s.hidden, bias=bias)


def short_conv_state(s: Shape) -> int:
    """Bytes of the convolution's last inputs."""
    return 4 * (s.taps - 1) * s.hidden


def lightning(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """MiniMax-01's linear attention: heads that decay by a fixed rate, a norm over all of them, and a gate."""
    width = layer.heads * layer.head_dim
    yield from linear("attn_qkv", "attention", 3 * width, s.hidden)
    yield norm("attn_norm_out", width)
    yield from linear("attn_gate", "attention", width, s.hidden)
    yield from linear("attn_output", "attention", s.hidden, width)


def lightning_state(s: Shape) -> int:
    """Bytes of one matrix a head."""
    head_dim = next(kind.head_dim for kind in s.layers if kind.mixer == "lightning")
    return 4 * s.heads * head_dim * head_dim


def lru(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """RecurrentGemma's: a short convolution, then one number a channel that gates by blocks of channels decide."""
    own, inner = s.space, s.space.inner
    for part in ("x", "y"):
        yield from linear(f"lru_{part}", "attention", inner, s.hidden, bias=True)
    yield from linear("lru_out", "attention", s.hidden, inner, bias=True)
    yield from _convolution(inner, own)
    yield Tensor("lru_a", "bias", (inner,))
    for part in ("input", "recurrent"):
        yield from linear(f"lru_{part}_gate", "attention", inner, inner // own.heads, bias=True)


def lru_state(s: Shape) -> int:
    """Bytes of the convolution's last inputs and one number a channel."""
    return _mamba_convolution(s) + 4 * s.space.inner


def mlstm(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """xLSTM's: a matrix a head that input and forget gates write, a gate on what is read, and a norm over the heads."""
    own, bias = s.delta, s.blocks.qkv_bias
    for part, width in (("q", own.keys), ("k", own.keys), ("v", own.values), ("gate", own.values)):
        yield from linear(f"attn_{part}", "attention", width, s.hidden, bias=bias)
    for part in ("input", "forget"):
        yield from linear(f"ssm_{part}", "attention", own.value_heads, s.hidden, bias=True)
    yield norm("ssm_norm", own.values)
    yield from linear("attn_output", "attention", s.hidden, own.values, bias=bias)


def mlstm_state(s: Shape) -> int:
    """Bytes of one matrix, one vector of keys and one number a head."""
    own = s.delta
    return 4 * own.key_heads * (own.key_dim * own.value_dim + own.key_dim + 1)


def rwkv4(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """RWKV-4's time mixing: keys, values and receptances of this token and the one before, and a decay a channel."""
    width = s.space.inner
    for part in ("key", "value", "receptance"):
        yield from linear(f"time_mix_{part}", "attention", width, s.hidden)
        yield Tensor(f"time_mix_lerp_{part}", "bias", (s.hidden,))
    yield Tensor("time_mix_decay", "bias", (width,))
    yield Tensor("time_mix_first", "bias", (width,))
    yield from linear("time_mix_output", "attention", s.hidden, width)


def rwkv4_state(s: Shape) -> int:
    """Bytes of the last token as both blocks saw it, and of three numbers a channel."""
    return 4 * (2 * s.hidden + 3 * s.space.inner)


def rwkv6(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """RWKV-6's time mixing: a matrix a head, with decays and mixes of this token and the one before of its own
    (llama.cpp src/models/rwkv6.cpp)."""
    own, width = s.ranks, s.space.inner
    for part in ("key", "value", "receptance", "gate"):
        yield from linear(f"time_mix_{part}", "attention", width, s.hidden)
    yield from linear("time_mix_w1", "attention", 5 * own.lerp, s.hidden)
    yield from linear("time_mix_w2", "attention", s.hidden, 5 * own.lerp)
    yield Tensor("time_mix_lerp_x", "bias", (s.hidden,))
    yield Tensor("time_mix_lerp_fused", "bias", (5 * s.hidden,))
    yield Tensor("time_mix_first", "bias", (width,))
    yield Tensor("time_mix_decay", "bias", (width,))
    yield from linear("time_mix_decay_w1", "attention", own.decay, s.hidden)
    yield from linear("time_mix_decay_w2", "attention", width, own.decay)
    yield from norms("time_mix_ln", width, bias=True)
    yield from linear("time_mix_output", "attention", s.hidden, width)


def rwkv7(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """RWKV-7's time mixing: a matrix a head, with decays, rates and gates of its own for every channel.

    All but the first layer mix their values with the first one's (llama.cpp src/models/rwkv7.cpp).
    """
    own, width = s.ranks, s.space.inner
    for part in ("key", "value", "receptance"):
        yield from linear(f"time_mix_{part}", "attention", width, s.hidden)
    narrow = (("w", own.decay), ("a", own.rate), *(() if layer.first else (("v", own.value),)))
    for part, rank in narrow:
        yield Tensor(f"time_mix_{part}0", "bias", (width,))
        yield from linear(f"time_mix_{part}1", "attention", rank, s.hidden)
        yield from linear(f"time_mix_{part}2", "attention", width, rank)
    yield from linear("time_mix_g1", "attention", own.gate, s.hidden)
    yield from linear("time_mix_g2", "attention", width, own.gate)
    yield Tensor("time_mix_lerp_fused", "bias", (6 * s.hidden,))
    for part in ("k_k", "k_a", "r_k"):
        yield Tensor(f"time_mix_{part}", "bias", (width,))
    yield from norms("time_mix_ln", width, bias=True)
    yield from linear("time_mix_output", "attention", s.hidden, width)


def rwkv7_state(s: Shape) -> int:
    """Bytes of the last token as both blocks saw it, and of one matrix a head."""
    return 4 * (2 * s.hidden + s.space.inner * s.space.state)


STATES: Final[Mapping[str, Callable[[Shape], int]]] = {
    "cca": cca_state,
    "delta_net": delta_net_state,
    "kda": kda_state,
    "lightning": lightning_state,
    "lru": lru_state,
    "mamba": mamba_state,
    "mamba2": mamba2_state,
    "mlstm": mlstm_state,
    "none": lambda s: 0,
    "rwkv4": rwkv4_state,
    "rwkv6": rwkv7_state,
    "rwkv7": rwkv7_state,
    "short_conv": short_conv_state,
    "tapped": tapped_state,
}

# What of that is a convolution's, which runtimes may keep in another type.
CONVOLUTIONS: Final[Mapping[str, Callable[[Shape], int]]] = {
    "cca": cca_state,
    "delta_net": _delta_net_convolution,
    "kda": _kda_convolution,
    "lightning": lambda s: 0,
    "lru": _mamba_convolution,
    "mamba": _mamba_convolution,
    "mamba2": _mamba2_convolution,
    "mlstm": lambda s: 0,
    "none": lambda s: 0,
    "rwkv4": lambda s: 0,
    "rwkv6": lambda s: 0,
    "rwkv7": lambda s: 0,
    "short_conv": short_conv_state,
    "tapped": tapped_state,
}
