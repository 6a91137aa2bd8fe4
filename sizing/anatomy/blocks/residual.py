"""What carries a model's stream past its blocks, where it is more than a sum? A few small tensors around each block."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.facts.entries.architecture import Architecture


def around(a: Architecture, block: str) -> Iterator[Tensor]:
    """What a block ("attn" or "ffn") has of hyper-connections (DeepSeek V4) or residuals over layers (Kimi K3)."""
    if a.hc_mult:
        yield from _hyper_connection(a, f"hc_{block}", a.hc_mult * (a.hc_mult + 2), 3)
    if a.attn_res_block_size:
        yield from _scores(a, f"{block}_res")


def after_the_last(a: Architecture) -> Iterator[Tensor]:
    """What makes one stream of them again for the output."""
    if a.hc_mult:
        yield from _hyper_connection(a, "output_hc", a.hc_mult, 1)
    if a.attn_res_block_size:
        yield from _scores(a, "output_res")


def _hyper_connection(a: Architecture, role: str, rows: int, scales: int) -> Iterator[Tensor]:
    """Weights of ``hc_mult`` streams among each other, made of all of them."""
    yield from linear(f"{role}_fn", "attention", rows, (a.hc_mult or 1) * a.hidden_size)
    yield Tensor(f"{role}_base", "bias", (rows,))
    yield Tensor(f"{role}_scale", "bias", (scales,))


def _scores(a: Architecture, role: str) -> Iterator[Tensor]:
    """How much a block takes of each earlier group of layers; llama.cpp stores norm and projection as their product."""
    yield norm(f"{role}_norm", a.hidden_size)
    yield norm(f"{role}_score", a.hidden_size)
