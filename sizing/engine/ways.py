"""What would make it fit, or fit better? The nearest changes of a plan that does not fit, each with its own plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic

from sizing.engine.assembling import GIB
from sizing.engine.choosing import P
from sizing.engine.numbers import most
from sizing.engine.outcome import Outcome
from sizing.engine.program import Encoding
from sizing.engine.rig import Rig
from sizing.errors import SizingError

# Cache types from the least loss on, of those that runtimes offer.
CACHE_TYPES: Final = ("q8_0", "8bit", "fp8", "q4_0", "4bit")
HOSTS: Final = (32, 64, 96, 128, 192, 256, 384, 512, 768, 1024)  # GB that hosts are sold with
STEP: Final = 256  # tokens in whose steps a longest context is told
UNLIMITED: Final = 1048576  # tokens up to which it is looked for, where the model states no limit
CROWD: Final = 1024  # sequences up to which is looked
DEVICES: Final = 8  # up to which more are thought of


@dataclass(frozen=True)
class Way(Generic[P]):
    """One change, and the plan that it makes."""

    change: str  # cache_format, format, context, devices or host_memory
    to: str | int
    plan: P

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        found = self.plan.outcome
        decode = found.decode_at(found.context)
        return {
            "change": self.change,
            "to": self.to,
            "verdict": found.verdict,
            "total": found.memory.total,
            "decode": decode.as_dict() if decode else None,
        }


def longest(limit: int | None, fits: Callable[[int], bool]) -> int:
    """The most tokens, in steps of 256 and up to a model's limit, that fit; 0 where not even one step does."""
    steps = max(1, (UNLIMITED if limit is None else limit) // STEP)
    if fits(steps * STEP):
        return steps * STEP  # as most do where there is room
    return most(lambda count: fits(count * STEP), steps - 1) * STEP


def ways_out(
    p: P,
    rig: Rig | None,
    reserved: int,
    caches: Sequence[str],
    encodings: Sequence[Encoding],
    longest_context: Callable[[], int | None],
    ask: Callable[[str, str | int], P],
) -> tuple[Way[P], ...]:
    """The nearest changes by which a plan fits; of a host's memory, by which it runs. None where it fits.

    ``rig`` is what it was asked of, whose system keeps ``reserved`` bytes of the host; ``caches`` are the cache types
    of its runtime, ``encodings`` the formats of the catalog. ``ask`` gives the plan with a change, ``longest_context``
    how much of its own context would fit.
    """
    if rig is None or p.outcome.fits:
        return ()
    longest_that_fits = longest_context() or 0
    shorter = [longest_that_fits] if 0 < longest_that_fits < p.outcome.context else []
    found = [
        _first("cache_format", _caches(p.outcome, caches), ask, lambda one: bool(one.outcome.fits)),
        _first("format", _formats(p.outcome, encodings), ask, lambda one: _smaller(one.outcome, p.outcome)),
        _first("context", shorter, ask, lambda one: True),
        _first("devices", _devices(p.outcome, rig), ask, lambda one: bool(one.outcome.fits)),
        _first("host_memory", _hosts(p.outcome, rig, reserved), ask, lambda one: bool(one.outcome.runs)),
    ]
    return tuple([way for way in found if way is not None])


def _first(
    change: str, choices: Sequence[str | int], ask: Callable[[str, str | int], P], suits: Callable[[P], bool]
) -> Way[P] | None:
    """The first choice with which a plan is possible, and suits."""
    for to in choices:
        try:
            found = ask(change, to)
        except SizingError:
            continue
        if suits(found):
            return Way(change, to, found)
    return None


def _caches(found: Outcome, caches: Sequence[str]) -> list[str]:
    """The runtime's cache types, the one of the least loss first."""
    return [kind for kind in CACHE_TYPES if kind in caches] if found.loaded.cache_format in ("f16", "bf16") else []


def _formats(found: Outcome, encodings: Sequence[Encoding]) -> list[str]:
    """The other formats of the same runtime whose loss was measured, the one of the least first."""
    own = found.loaded
    readable = [x for x in encodings if x.loss is not None and own.program.runtime in x.runtimes]
    return [x.id for x in sorted(readable, key=lambda x: (x.loss, x.id)) if x.id != own.encoding.id]


def _smaller(one: Outcome, other: Outcome) -> bool:
    return bool(one.fits) and one.memory.weights < other.memory.weights


def _devices(found: Outcome, rig: Rig) -> list[int]:
    """One more card like the last, and so on up to eight in all."""
    asked = found.asked
    last = rig.devices[-1].card
    soldered = last is not None and last.soldered
    if rig.unified or rig.nodes > 1 or soldered or asked.in_use or asked.placed:
        return []
    return list(range(1, DEVICES + 1 - len(rig.devices)))


def _hosts(found: Outcome, rig: Rig, reserved: int) -> list[int]:
    """Larger sizes of the host's memory, where it does not run."""
    if found.runs or rig.unified:
        return []
    return [size * GIB for size in HOSTS if size * GIB - reserved > rig.host.capacity]
