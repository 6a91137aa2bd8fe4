"""What carries a model's stream past its blocks, where it is more than a sum? A few small tensors around each block."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.anatomy.shape import Shape


def around(s: Shape, block: str) -> Iterator[Tensor]:
    """What a block ("attn" or "ffn") has of hyper-connections (DeepSeek V4) or residuals over layers (Kimi K3)."""
    if s.streams:
        yield from _hyper_connection(s, f"hc_{block}", s.streams * (s.streams + 2), 3)
    if s.choosing:
        yield from _scores(s, f"{block}_res")


def after_the_last(s: Shape) -> Iterator[Tensor]:
    """What makes one stream of them again for the output."""
    if s.streams:
        yield from _hyper_connection(s, "output_hc", s.streams, 1)
    if s.choosing:
        yield from _scores(s, "output_res")


def _hyper_connection(s: Shape, role: str, rows: int, scales: int) -> Iterator[Tensor]:
    """Weights of the streams among each other, made of all of them."""
    yield from linear(f"{role}_fn", "attention", rows, s.streams * s.hidden)
    yield Tensor(f"{role}_base", "bias", (rows,))
    yield Tensor(f"{role}_scale", "bias", (scales,))


def _scores(s: Shape, role: str) -> Iterator[Tensor]:
    """How much a block takes of each earlier group of layers; llama.cpp stores norm and projection as their product."""
    yield norm(f"{role}_norm", s.hidden)
    yield norm(f"{role}_score", s.hidden)
