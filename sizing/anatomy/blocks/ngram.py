"""What is an embedding of the last few tokens made of? A table hashed by them, and what mixes its rows into the stream.

Qwen4's layers that have one (modeling_qwen4_exp.py, Qwen4ExpTextPLELayer): each of some heads looks up a row of a table
of its own, whose length is a prime, so that two heads rarely collide alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sizing.anatomy.blocks.tensor import Tensor, linear, norm
from sizing.anatomy.shape import LayerKind, Shape


def ngram(s: Shape, layer: LayerKind) -> Iterator[Tensor]:
    """The table of a layer, and projections, norms and a convolution over all residual streams."""
    own, streams = s.ngram, max(1, s.streams) * s.hidden
    yield Tensor("ngram_embd", "embedding", (layer.ngram_rows, own.width // own.heads), lookup=True)
    yield from linear("ngram_key", "attention", streams, own.width)
    yield from linear("ngram_value", "attention", s.hidden, own.width)
    for part in ("key", "query", "conv"):
        yield norm(f"ngram_{part}_norm", streams)
    yield Tensor("ngram_conv1d", "attention", (streams, own.kernel))


@lru_cache(maxsize=64)
def rows(base: int, heads: int, place: int, multiple: int) -> int:
    """Rows of the table of the layer at ``place`` among those that have one: a prime from ``base`` on for each head.

    The heads of all such layers take one prime after another; the whole is filled up to a ``multiple``.
    """
    total, found, number = 0, 0, base - 1
    while found < (place + 1) * heads:
        number += 1
        if not _is_prime(number):
            continue
        found += 1
        total += number if found > place * heads else 0
    return -(-total // multiple) * multiple


def _is_prime(number: int) -> bool:
    if number < 4 or number % 2 == 0:
        return number in (2, 3)
    return all(number % divisor for divisor in range(3, int(number**0.5) + 1, 2))
