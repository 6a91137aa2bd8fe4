"""Which format is meant where none is said? What is published, the best that fits; else what people run beside a host.

The number type that the makers publish, where a runtime reads it there and it fits; else the published quantization
that fits with the most bits, by measured loss among equals. Where none fits, the one that people run beside a host: the
native one if it has four bits, else Q4_K_M, else the largest that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Final, Protocol, TypeVar

from sizing.engine.outcome import Loaded, Outcome
from sizing.engine.program import Encoding
from sizing.engine.rig import Rig
from sizing.errors import SizingError

USUAL: Final = "Q4_K_M"  # what llama.cpp takes of a repository whose name says no more
NONE_FITS: Final = "of the published ones, none of which fits"
LAST: Final = 3  # of what is run beside a host: what nobody runs so
FEW: Final = 4  # bits of a weight, with which people run what does not fit


class Answered(Protocol):
    """A plan, as far as is looked at here."""

    @property
    def outcome(self) -> Outcome:
        """What came out."""


P = TypeVar("P", bound=Answered)


def meant(
    first: Sequence[str], published: Sequence[str], load: Callable[[str], Loaded], room: float, ask: Callable[[str], P]
) -> tuple[P, str]:
    """The plan in the format that is meant, and why that. ``first`` are the makers' own, ``published`` the others from
    the most bits on; ``load`` tells what is held in one, of which devices have ``room`` for so many bytes: to plan what
    they cannot hold takes longest, and most of those plans nobody would look at. Raises SizingError where none can run.
    """
    found: list[tuple[int, str]] = []
    for name in dict.fromkeys([*first, *published]):
        try:
            loaded = load(name)
            own, native = loaded.sized, loaded.encoding.id in first
            if own.weights - own.embedding - own.lookups <= room:
                p = ask(name)
                if p.outcome.fits is not False:
                    return p, "as published" if native else "the published one with the most bits that fits"
            found.append((_beside_a_host(loaded.encoding, native), name))
        except SizingError:
            continue  # no runtime reads it there
    told: list[P] = []
    for rank, name in sorted(found, key=lambda one: one[0]):
        if rank == LAST and len(told) > 0:
            break
        try:
            told.append(ask(name))
        except SizingError:
            continue
        if rank < LAST and told[-1].outcome.runs:
            return told[-1], NONE_FITS
    if len(told) > 0:
        return told[0], NONE_FITS
    return ask([*first, USUAL][0]), "none can run"  # which says why what its makers publish cannot


def offered(rig: Rig | None, wired_limit: int | None) -> float:
    """Bytes that devices offer at most: a Mac's system may be told to offer more than it does by itself."""
    if rig is None:
        return inf
    return rig.capacity if wired_limit is None else max(rig.capacity, wired_limit)


def _beside_a_host(format: Encoding, native: bool) -> int:
    """Which of those that do not fit people run with a part on the host: the lowest."""
    if native and format.bits <= FEW:
        return 0
    if format.id == USUAL:
        return 1
    return 2 if format.bits <= FEW else LAST
