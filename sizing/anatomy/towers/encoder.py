"""What is a tower made of? Patches, positions, and layers of attention and feed-forward blocks.

A tensor's ``count`` is here the number of layers that have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sizing.anatomy.blocks.tensor import Tensor


def matrix(role: str, rows: int, columns: int, *, bias: bool = True, count: int = 1) -> Iterator[Tensor]:
    """A projection, with its bias where it has one."""
    yield Tensor(role, "tower", (rows, columns), count=count)
    if bias:
        yield Tensor(f"{role}.bias", "tower", (rows,), count=count)


def vector(role: str, size: int, *, bias: bool = False, count: int = 1) -> Iterator[Tensor]:
    """A norm's scale or another list of numbers; with ``bias``, a norm that centres too."""
    yield Tensor(role, "tower", (size,), count=count)
    if bias:
        yield Tensor(f"{role}.bias", "tower", (size,), count=count)


def convolution(role: str, out: int, into: int, *kernel: int, bias: bool = True) -> Iterator[Tensor]:
    """A convolution over one, two or three dimensions."""
    yield Tensor(role, "tower", (out, into, *kernel))
    if bias:
        yield Tensor(f"{role}.bias", "tower", (out,))


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a tower, which are alike."""

    count: int
    width: int
    inner: int  # width of the feed-forward block
    keys: int = 0  # width of keys and of values; 0 for the layer's
    qkv_bias: bool = True
    key_bias: bool = True  # where queries have one
    output_bias: bool = True
    mlp_bias: bool = True
    gated: bool = False
    norm_bias: bool = True
    norms: int = 2
    head_norm: int = 0  # size of the norms of queries and of keys; 0 for none
    head_norm_bias: bool = False
    scales: int = 0  # further vectors, such as what scales each block's answer

    def tensors(self) -> Iterator[Tensor]:
        """Those of all layers."""
        n, width, keys = self.count, self.width, self.keys or self.width
        yield from matrix("attn_q", width, width, bias=self.qkv_bias, count=n)
        yield from matrix("attn_k", keys, width, bias=self.qkv_bias and self.key_bias, count=n)
        yield from matrix("attn_v", keys, width, bias=self.qkv_bias, count=n)
        yield from matrix("attn_out", width, width, bias=self.output_bias, count=n)
        if self.head_norm:
            yield from vector("attn_q_norm", self.head_norm, bias=self.head_norm_bias, count=n)
            yield from vector("attn_k_norm", self.head_norm, bias=self.head_norm_bias, count=n)
        if self.gated:
            yield from matrix("ffn_gate", self.inner, width, bias=self.mlp_bias, count=n)
        yield from matrix("ffn_up", self.inner, width, bias=self.mlp_bias, count=n)
        yield from matrix("ffn_down", width, self.inner, bias=self.mlp_bias, count=n)
        for i in range(self.norms):
            yield from vector(f"ln{i + 1}", width, bias=self.norm_bias, count=n)
        for i in range(self.scales):
            yield from vector(f"ls{i + 1}", width, count=n)
