"""Which format is meant where none is said? What is published, the best that fits; else what people run beside a host.

The number type that the makers publish, where a runtime reads it there and it fits; else the published quantization
that fits with the most bits, by measured loss among equals. Where none fits, the one that people run beside a host: the
native one if it has four bits, else Q4_K_M, else the largest that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar

from sizing.engine.outcome import Outcome
from sizing.errors import SizingError

USUAL: Final = "Q4_K_M"  # what llama.cpp takes of a repository whose name says no more
FEW: Final = 4  # bits of a weight, with which people run what does not fit


class Answered(Protocol):
    """A plan, as far as is looked at here."""

    @property
    def outcome(self) -> Outcome:
        """What came out."""


P = TypeVar("P", bound=Answered)


def meant(first: Sequence[str], published: Sequence[str], ask: Callable[[str], P]) -> tuple[P, str]:
    """The plan in the format that is meant, and why that. ``first`` are the makers' own, ``published`` the others from
    the most bits on. Raises SizingError where none can run."""
    plans: list[P] = []
    for name in dict.fromkeys([*first, *published]):
        try:
            plans.append(ask(name))
        except SizingError:
            continue  # no runtime reads it there
        if plans[-1].outcome.fits is not False:
            native = plans[-1].outcome.loaded.encoding.id in first
            return plans[-1], "as published" if native else "the published one with the most bits that fits"
    if not plans:
        return ask([*first, USUAL][0]), "none can run"  # which says why what its makers publish cannot
    return _beside_a_host(plans, first), "of the published ones, none of which fits"


def _beside_a_host(plans: Sequence[P], first: Sequence[str]) -> P:
    """Of plans that do not fit, the one that people run with a part on the host."""
    native = [p for p in plans if _few(p) and p.outcome.loaded.encoding.id in first]
    usual = [p for p in plans if p.outcome.loaded.encoding.id == USUAL]
    fewer = [p for p in plans if _few(p) and p.outcome.loaded.encoding.id not in first]
    order = [*native, *usual, *fewer]
    for p in order:
        if p.outcome.runs:
            return p
    return order[0] if order else plans[0]


def _few(p: Answered) -> bool:
    return p.outcome.loaded.encoding.bits <= FEW
