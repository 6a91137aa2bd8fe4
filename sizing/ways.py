"""What would make it fit, or fit better? The nearest changes of a plan that does not fit, each with its own plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sizing.catalog import planner_of
from sizing.errors import SizingError
from sizing.facts.units import GIB
from sizing.plan import Plan
from sizing.unsaid import measured_loss

# Cache types from the least loss on, of those that runtimes offer.
CACHE_TYPES: Final = ("q8_0", "8bit", "fp8", "q4_0", "4bit")
HOSTS: Final = (32, 64, 96, 128, 192, 256, 384, 512, 768, 1024)  # GB that hosts are sold with


@dataclass(frozen=True)
class Way:
    """One change, and the plan that it makes."""

    change: str  # cache_format, format, context, devices or host_memory
    to: str | int
    plan: Plan

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        decode = self.plan.decode
        return {
            "change": self.change,
            "to": self.to,
            "verdict": self.plan.verdict,
            "total": self.plan.memory.total,
            "decode": decode.as_dict() if decode else None,
        }


def ways_out(p: Plan) -> tuple[Way, ...]:
    """The nearest changes by which a plan fits; of a host's memory, by which it runs. None where it fits."""
    if p.machine is None or p.fits:
        return ()
    return tuple(way for found in (_cache, _format, _context, _devices, _host) for way in found(p))


def _tried(p: Plan, change: str, to: str | int, **changes: object) -> Iterator[Way]:
    """The way, if such a plan is possible."""
    try:
        yield Way(change, to, p.again(**changes))
    except SizingError:
        return


def _cache(p: Plan) -> Iterator[Way]:
    """The cache type of the least loss with which it fits."""
    if p.cache_format not in ("f16", "bf16"):
        return
    for kind in CACHE_TYPES:
        if kind in p.runtime.cache.types:
            for way in _tried(p, "cache_format", kind, cache_format=kind):
                if way.plan.fits:
                    yield way
                    return


def _format(p: Plan) -> Iterator[Way]:
    """The format of the least measured loss with which it fits on the same runtime."""
    formats = planner_of(p.model).formats.values()
    readable = [fmt for fmt in formats if p.runtime.id in fmt.runtimes]
    measured = [(loss, fmt) for fmt in readable if (loss := measured_loss(fmt)) is not None]
    for _, fmt in sorted(measured, key=lambda one: (one[0], one[1].id)):
        if fmt.id != p.format.id:
            for way in _tried(p, "format", fmt.id, format=fmt.id, runtime=p.runtime.id):
                if way.plan.fits and way.plan.memory.weights < p.memory.weights:
                    yield way
                    return


def _context(p: Plan) -> Iterator[Way]:
    """The longest context that fits, if it is shorter."""
    longest = p.longest_context
    if longest and longest < p.context:
        yield from _tried(p, "context", longest, context=longest)


def _devices(p: Plan) -> Iterator[Way]:
    """One more card like the last, or as many as are needed up to eight in all."""
    assert p.machine is not None
    if p.machine.unified or p.machine.nodes > 1 or p.settings["in_use"] or p.outcome.asked.placed:
        return
    for more in range(1, 9 - len(p.machine.devices)):
        for way in _tried(p, "devices", more, machine=p.machine.with_more(more)):
            if way.plan.fits:
                yield way
                return


def _host(p: Plan) -> Iterator[Way]:
    """The smallest host's memory with which it runs, if it does not."""
    assert p.machine is not None
    if p.runs or p.machine.unified:
        return
    for size in HOSTS:
        capacity = size * GIB - p.machine.reserved
        if capacity > p.machine.host.capacity:
            rig = p.machine.rig
            larger = replace(rig, places=(*rig.devices, replace(rig.host, capacity=capacity)))
            for way in _tried(p, "host_memory", size * GIB, machine=replace(p.machine, rig=larger)):
                if way.plan.runs:
                    yield way
                    return
