"""What do short convolutions beside attention consist of? Their taps, and the tokens that they wait for."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.anatomy.blocks.tensor import Tensor, linear
from sizing.anatomy.shape import LayerKind, Shape


def cca(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Zaya's over queries and keys: by channels, then mixing those of a head; and how much each key head counts."""
    channels = (layer.heads + layer.kv_heads) * layer.head_dim
    yield from linear("attn_conv1d", "attention", channels, s.taps, bias=True)
    yield from linear("attn_conv1d_grouped", "attention", channels, layer.head_dim * s.grouped_taps, bias=True)
    yield Tensor("attn_temperature", "bias", (layer.kv_heads,))


def cca_state(s: Shape) -> int:
    """Bytes of the tokens that both convolutions wait for, and of half the values, which come a token later."""
    layer = next(kind for kind in s.layers if kind.beside == "cca")
    channels, values = (layer.heads + layer.kv_heads) * layer.head_dim, layer.kv_heads * layer.value_dim // 2
    return 4 * (channels * (s.taps + s.grouped_taps - 2) + values)


def tapped(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """Inkling's over keys, over values, and over what each block says.

    Those over keys and values of the second one's layers that see all make their taps anew for every token.
    """
    made = s.blocks.relative == "clipped" and not layer.window
    for part, width in (("k", layer.kv_heads * layer.head_dim), ("v", layer.kv_heads * layer.value_dim)):
        yield Tensor(f"attn_conv1d_{part}", "attention", (width, s.taps))
        if made:
            yield from linear(f"attn_conv1d_{part}_taps", "attention", layer.kv_heads * s.taps, s.hidden)
    for block in ("attn", "ffn"):
        yield Tensor(f"{block}_conv1d_out", "attention", (s.hidden, s.taps))


def tapped_state(s: Shape) -> int:
    """Bytes of the tokens that they wait for, of the widest layer."""
    keys = max(kind.kv_heads * (kind.head_dim + kind.value_dim) for kind in s.layers)
    return 4 * (s.taps - 1) * (keys + 2 * s.hidden)
