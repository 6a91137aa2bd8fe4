"""What are the mixers made of that keep a state of constant size in place of keys and values?

Each has its tensors, and the bytes of its state for one sequence, which llama.cpp keeps in FP32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sizing.anatomy.architectures import LayerKind, blocks
from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.facts.entries.architecture import Architecture


def delta_net(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """A gated delta net (Qwen3-Next): a short convolution over queries, keys and values, then a recurrent state."""
    keys, values, heads = a.linear_keys, a.linear_values, a.linear_num_value_heads or 0
    yield from linear("attn_qkv", "attention", 2 * keys + values, a.hidden_size)
    yield from linear("attn_gate", "attention", values, a.hidden_size)
    if blocks(a).split_beta:
        yield from linear("ssm_beta", "attention", heads, a.hidden_size)
        yield from linear("ssm_alpha", "attention", heads, a.hidden_size)
    else:
        yield from linear("ssm_ba", "attention", 2 * heads, a.hidden_size)
    yield Tensor("ssm_conv1d", "attention", (2 * keys + values, a.linear_conv_kernel_dim or 0))
    yield Tensor("ssm_dt", "bias", (heads,))
    yield Tensor("ssm_a", "bias", (heads,))
    yield norm("ssm_norm", a.linear_value_head_dim or 0)
    yield from linear("ssm_out", "attention", a.hidden_size, values)


def delta_net_state(a: Architecture) -> int:
    """Bytes of a delta net's state: the convolution's last inputs and one matrix a head, in FP32."""
    return _delta_net_convolution(a) + 4 * (a.linear_key_head_dim or 0) * a.linear_values


def _delta_net_convolution(a: Architecture) -> int:
    return 4 * ((a.linear_conv_kernel_dim or 1) - 1) * (2 * a.linear_keys + a.linear_values)


def mamba2(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """Mamba-2: one projection makes gate, inputs, the two sides of the state (by groups) and the heads' steps."""
    heads, inner, convolved = a.ssm_heads, a.ssm_inner, _mamba2_convolved(a)
    yield from linear("ssm_in", "attention", inner + convolved + heads, a.hidden_size)
    yield Tensor("ssm_conv1d", "attention", (convolved, a.ssm_kernel))
    yield Tensor("ssm_conv1d.bias", "bias", (convolved,))
    yield Tensor("ssm_dt.bias", "bias", (heads,))
    yield Tensor("ssm_a", "bias", (heads,))
    yield Tensor("ssm_d", "bias", (heads,))
    if blocks(a).ssm_norm if a.mamba_rms_norm is None else a.mamba_rms_norm:
        yield norm("ssm_norm", inner)
    yield from linear("ssm_out", "attention", a.hidden_size, inner)


def _mamba2_convolved(a: Architecture) -> int:
    return a.ssm_inner + 2 * a.ssm_groups * a.ssm_state


def mamba2_state(a: Architecture) -> int:
    """Bytes of a Mamba-2 mixer's state: the convolution's last inputs and ``ssm_state`` numbers a channel."""
    return _mamba2_convolution(a) + 4 * a.ssm_state * a.ssm_inner


def _mamba2_convolution(a: Architecture) -> int:
    return 4 * (a.ssm_kernel - 1) * _mamba2_convolved(a)


def mamba(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """Mamba-1 as Jamba has it, with norms on the step and on both sides of the state."""
    inner, state = a.ssm_inner, a.ssm_state
    rank = a.mamba_dt_rank if isinstance(a.mamba_dt_rank, int) else -(-a.hidden_size // 16)
    yield from linear("ssm_in", "attention", 2 * inner, a.hidden_size)
    yield Tensor("ssm_conv1d", "attention", (inner, a.ssm_kernel))
    yield Tensor("ssm_conv1d.bias", "bias", (inner,))
    yield from linear("ssm_x", "attention", rank + 2 * state, inner)
    yield from linear("ssm_dt", "attention", inner, rank, bias=True)
    yield norm("ssm_dt_norm", rank)
    yield norm("ssm_b_norm", state)
    yield norm("ssm_c_norm", state)
    yield Tensor("ssm_a", "bias", (inner, state))
    yield Tensor("ssm_d", "bias", (inner,))
    yield from linear("ssm_out", "attention", a.hidden_size, inner)


def mamba_state(a: Architecture) -> int:
    """Bytes of a Mamba-1 mixer's state."""
    return _mamba_convolution(a) + 4 * a.ssm_inner * a.ssm_state


def _mamba_convolution(a: Architecture) -> int:
    return 4 * a.ssm_inner * (a.ssm_kernel - 1)


def kda(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """Kimi Delta Attention: a delta net that forgets by channel, with a gate of full rank or of a head's width."""
    heads, head = _kda_heads(a)
    inner = heads * head
    for part in ("q", "k", "v"):
        yield from linear(f"attn_{part}", "attention", inner, a.hidden_size)
        yield Tensor(f"ssm_conv1d_{part}", "attention", (inner, _kda_kernel(a)))
    yield from linear("ssm_f_a", "attention", head, a.hidden_size)
    yield from linear("ssm_f_b", "attention", inner, head)
    yield from linear("ssm_beta", "attention", heads, a.hidden_size)
    yield Tensor("ssm_a", "bias", (heads,))
    yield Tensor("ssm_dt.bias", "bias", (inner,))
    if a.linear_attn_config and a.linear_attn_config.use_full_rank_gate:
        yield from linear("ssm_g", "attention", inner, a.hidden_size)
    else:
        yield from linear("ssm_g_a", "attention", head, a.hidden_size)
        yield from linear("ssm_g_b", "attention", inner, head)
    yield norm("ssm_norm", head)
    yield from linear("attn_output", "attention", a.hidden_size, inner)


def _kda_heads(a: Architecture) -> tuple[int, int]:
    stated = a.linear_attn_config
    return (stated.num_heads, stated.head_dim) if stated else (0, 0)


def _kda_kernel(a: Architecture) -> int:
    return a.linear_attn_config.short_conv_kernel_size if a.linear_attn_config else 1


def kda_state(a: Architecture) -> int:
    """Bytes of its state: three convolutions' last inputs and one matrix a head."""
    heads, head = _kda_heads(a)
    return _kda_convolution(a) + 4 * heads * head * head


def _kda_convolution(a: Architecture) -> int:
    heads, head = _kda_heads(a)
    return 4 * heads * head * 3 * (_kda_kernel(a) - 1)


def short_conv(a: Architecture, layer: LayerKind) -> Iterator[Tensor]:
    """LFM2's gated short convolution."""
    yield from linear("shortconv.in_proj", "attention", 3 * a.hidden_size, a.hidden_size)
    yield Tensor("shortconv.conv", "attention", (a.hidden_size, a.conv_L_cache or 0))
    yield from linear("shortconv.out_proj", "attention", a.hidden_size, a.hidden_size)


def short_conv_state(a: Architecture) -> int:
    """Bytes of the convolution's last inputs."""
    return 4 * ((a.conv_L_cache or 1) - 1) * a.hidden_size


STATES: Final[Mapping[str, Callable[[Architecture], int]]] = {
    "delta_net": delta_net_state,
    "kda": kda_state,
    "mamba": mamba_state,
    "mamba2": mamba2_state,
    "none": lambda a: 0,
    "short_conv": short_conv_state,
}

# What of that is a convolution's, which runtimes may keep in another type.
CONVOLUTIONS: Final[Mapping[str, Callable[[Architecture], int]]] = {
    "delta_net": _delta_net_convolution,
    "kda": _kda_convolution,
    "mamba": _mamba_convolution,
    "mamba2": _mamba2_convolution,
    "none": lambda a: 0,
    "short_conv": short_conv_state,
}
