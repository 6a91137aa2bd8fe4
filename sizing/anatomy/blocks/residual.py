"""What carries a model's stream past its blocks, where it is more than a sum? A few small tensors around each block."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.anatomy.shape import LayerKind, Shape


def around(s: Shape, block: str) -> Iterator[Tensor]:
    """What a block ("attn" or "ffn") has of hyper-connections (DeepSeek V4) or residuals over layers (Kimi K3)."""
    if s.stream_rank:
        yield from _gated(s, f"hc_{block}")
        yield from linear(f"hc_{block}_inject", "attention", s.streams, s.streams * s.hidden)
    elif s.streams:
        mixed = s.blocks.streams != "apart"
        yield from _hyper_connection(s, f"hc_{block}", s.streams * (s.streams * mixed + 2), 2 + mixed)
    if s.choosing and s.blocks.relative == "none":
        yield from _scores(s, f"{block}_res")


def scaled(s: Shape) -> Iterator[Tensor]:
    """The learned scales of what each block adds to, with offsets where there are any."""
    kind, parts = s.blocks.scaled_residual, ("attn_residual", "ffn_residual")
    for part in parts if kind != "none" else ():
        yield norm(part, s.hidden)
    if kind == "affine":
        for part in parts:
            yield Tensor(f"{part}.bias", "bias", (s.hidden,))
            yield norm(f"{part}_out", s.hidden)
            yield Tensor(f"{part}_out.bias", "bias", (s.hidden,))


def queries(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """What a layer of Inkling 2 asks of the blocks of layers before it, with a norm each: for its queries, keys and
    values apart where it sees all, but in the first layer; and once for its experts."""
    if s.blocks.relative != "clipped":
        return
    apart = 1 if layer.window else 3
    if not layer.first:
        yield Tensor("attn_res_query", "norm", (apart * s.hidden,))
    yield Tensor("ffn_res_query", "norm", (s.hidden,))
    if apart > 1:
        yield norm("attn_k_input_norm", s.hidden)
        yield norm("attn_v_input_norm", s.hidden)


def beside(s: Shape) -> Iterator[Tensor]:
    """What a layer of Gemma 3n has beside its blocks: AltUp, which predicts and corrects streams, and LAuReL."""
    if n := s.altup:
        if s.altup_scaled:
            yield norm("altup_correct_scale", s.hidden)
        yield Tensor("altup_correct_coef", "bias", (n, n))
        yield Tensor("altup_predict_coef", "bias", (n * n, n))
        yield Tensor("altup_router", "bias", (n, s.hidden))
        yield norm("altup_router_norm", s.hidden)
    if s.laurel:
        yield from linear("laurel_l", "ffn", s.laurel, s.hidden)
        yield from linear("laurel_r", "ffn", s.hidden, s.laurel)
        yield norm("laurel_post_norm", s.hidden)


def after_the_last(s: Shape) -> Iterator[Tensor]:
    """What makes one stream of them again for the output."""
    if s.altup:
        for role in ("altup_proj", "altup_unembd_proj"):
            yield from linear(role, "ffn", (s.altup - 1) * s.hidden, s.hidden)
    if s.stream_rank:
        yield from _gated(s, "output_hc")
    elif s.streams and s.blocks.streams != "averaged":
        yield from _hyper_connection(s, "output_hc", s.streams, 1)
    if s.choosing and s.blocks.relative == "none":
        yield from _scores(s, "output_res")
    elif s.choosing:
        yield Tensor("output_res_query", "norm", (s.hidden,))


def _hyper_connection(s: Shape, role: str, rows: int, scales: int) -> Iterator[Tensor]:
    """Weights of the streams among each other, made of all of them."""
    yield from linear(f"{role}_fn", "attention", rows, s.streams * s.hidden)
    yield Tensor(f"{role}_base", "bias", (rows,))
    yield Tensor(f"{role}_scale", "bias", (scales,))


def gated_norm(s: Shape, role: str) -> Iterator[Tensor]:
    """What scales a norm's answer by itself, through a narrow middle (A.X K2)."""
    if s.norm_rank:
        yield from linear(f"{role}_gate_down", "ffn", s.norm_rank, s.hidden)
        yield from linear(f"{role}_gate_up", "ffn", s.hidden, s.norm_rank)


def _gated(s: Shape, role: str) -> Iterator[Tensor]:
    """Qwen4's: a norm over each stream, and how much of each a block sees, made through a narrow middle."""
    width = s.streams * s.hidden
    yield norm(f"{role}_norm", width)
    yield from linear(f"{role}_down", "attention", s.stream_rank, width)
    yield from linear(f"{role}_up", "attention", width, s.stream_rank)


def _scores(s: Shape, role: str) -> Iterator[Tensor]:
    """How much a block takes of each earlier group of layers; llama.cpp stores norm and projection as their product."""
    yield norm(f"{role}_norm", s.hidden)
    yield norm(f"{role}_score", s.hidden)
