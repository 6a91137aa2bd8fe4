"""What was a number made of? Numbers that remember, which the engine's own formulas take like any others.

So an explanation is what was computed, and cannot differ from it: a formula that changes is told as it is from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf, sqrt
from typing import Final

# How tightly a formula's last operation binds.
_SUM: Final = 1
_PRODUCT: Final = 2
_POWER: Final = 3
_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Input:
    """A number that a formula takes: a fact, a fitted constant, what the plan laid out, or another step's value."""

    value: float
    unit: str  # bytes, s, bytes/s, FLOP, FLOP/s, tokens, parameters, bits; empty for a plain number
    by: str = "fact"  # fact, fitted, plan, or step
    sources: tuple[str, ...] = field(default=(), repr=False)  # addresses


@dataclass(frozen=True, eq=False)
class Term:
    """A number, and the formula in Python's words that gives it from named inputs. What is nothing is left out."""

    value: float
    formula: str
    inputs: Mapping[str, Input]
    binding: int = _NAME
    addends: tuple[Term, ...] = ()  # where it is a sum
    squared: Term | None = None  # where it is a square

    def __add__(self, other: Term) -> Term:
        if not other.value:
            return self
        if not self.value:
            return other
        parts = (*(self.addends or (self,)), *(other.addends or (other,)))
        return Term(self.value + other.value, f"{self.formula} + {other.formula}", _both(self, other), _SUM, parts)

    def __mul__(self, other: Term) -> Term:
        value = self.value * other.value if self.value and other.value else 0.0
        if not value:
            return NOTHING
        if self is other:
            return Term(value, f"{self.bound(_POWER + 1)}**2", self.inputs, _POWER, squared=self)
        formula = f"{self.bound(_PRODUCT)} * {other.bound(_PRODUCT)}"
        return Term(value, formula, _both(self, other), _PRODUCT)

    def __truediv__(self, other: Term) -> Term:
        if not self.value or other.value == inf:
            return NOTHING
        formula = f"{self.bound(_PRODUCT)} / {other.bound(_POWER)}"
        return Term(self.value / other.value, formula, _both(self, other), _PRODUCT)

    def bound(self, least: int) -> str:
        """The formula, in brackets where what stands around it binds as tightly."""
        return self.formula if self.binding >= least else f"({self.formula})"


NOTHING: Final = Term(0.0, "0", {})


def _both(one: Term, other: Term) -> dict[str, Input]:
    """The inputs of both; what has one name must be one number."""
    for name in one.inputs.keys() & other.inputs.keys():
        assert one.inputs[name].value == other.inputs[name].value, name
    return {**one.inputs, **other.inputs}


def named(name: str, value: float, unit: str = "", by: str = "fact", sources: Iterable[str] = ()) -> Term:
    """A number that was given."""
    return Term(float(value), name, {name: Input(float(value), unit, by, tuple(sources))})


def plain(value: float) -> Term:
    """A number that says itself."""
    return Term(float(value), f"{value:g}", {})


def added(terms: Iterable[Term]) -> Term:
    """Their sum."""
    result = NOTHING
    for term in terms:
        result = result + term
    return result


def less(one: Term, other: Term) -> Term:
    """A difference."""
    if not other.value:
        return one
    formula = f"{one.formula} - {other.bound(_PRODUCT)}"
    return Term(one.value - other.value, formula, _both(one, other), _SUM)


def called(function: str, take: Callable[..., float], *terms: Term) -> Term:
    """What a function of Python makes of terms."""
    inputs: dict[str, Input] = {}
    for term in terms:
        inputs |= term.inputs
    formula = f"{function}({', '.join(term.formula for term in terms)})"
    return Term(take(*(term.value for term in terms)), formula, inputs)


def root(term: Term) -> Term:
    """The square root; of a square, what was squared."""
    return term.squared or called("sqrt", sqrt, term)
