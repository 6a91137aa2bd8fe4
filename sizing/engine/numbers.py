"""Which arithmetic comes out alike everywhere? What Pythons, or JavaScript, would do differently, spelled out.

Beside these: a number that must be whole is rounded half to even (``round``), and no whole number reaches 2**53.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, Self, TypeVar


class Quantity(Protocol):
    """A number, or an array of them: what the formulas of speed compute with."""

    def __add__(self, other: Self, /) -> Self: ...

    def __mul__(self, other: Self, /) -> Self: ...

    def __truediv__(self, other: Self, /) -> Self: ...


N = TypeVar("N", bound=Quantity)
T = TypeVar("T", int, float)


def total(values: Iterable[T]) -> T:
    """The sum, from left to right; Python's own compensates for rounding from 3.12 on."""
    result: T = 0
    for value in values:
        result += value
    return result


def power(base: float, exponent: int) -> float:
    """``base`` to a whole power, by squaring, the exponent's lowest binary digit first."""
    result = 1.0
    while exponent > 0:
        if exponent % 2 == 1:
            result *= base
        base *= base
        exponent //= 2
    return result


def first_that(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first whole number from ``low`` on for which it holds, where it holds for all that follow; ``high`` where for
    none before."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def most(fits: Callable[[int], bool], limit: int) -> int:
    """The largest number up to ``limit`` that fits, where every smaller one does too; 0 where none does."""
    return first_that(1, limit + 1, lambda number: not fits(number)) - 1


def middle(values: Sequence[float]) -> float:
    """The median; 0 of nothing."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return 0.0
    return ordered[half] if len(ordered) % 2 == 1 else (ordered[half - 1] + ordered[half]) / 2


def over(count: int, size: int) -> int:
    """How many of ``size`` hold ``count``: the quotient, rounded up."""
    return -(-count // size)


def single(value: float) -> float:
    """In single precision, as C computes with floats."""
    rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    return rounded
