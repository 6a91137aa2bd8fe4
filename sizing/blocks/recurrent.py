"""What are the mixers made of that keep a state of constant size in place of keys and values?

Each has its tensors, and the bytes of its state for one sequence.
"""

from __future__ import annotations

from collections.abc import Iterator

from sizing.architectures import LayerKind, blocks
from sizing.blocks.tensor import Tensor, linear, norm
from sizing.entries import Architecture


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
    """Bytes of a delta net's state in FP32: the convolution's last inputs and one matrix a head."""
    return delta_net_convolution(a) + 4 * (a.linear_key_head_dim or 0) * a.linear_values


def delta_net_convolution(a: Architecture) -> int:
    """Bytes of the convolution's last inputs in FP32."""
    return 4 * ((a.linear_conv_kernel_dim or 1) - 1) * (2 * a.linear_keys + a.linear_values)
