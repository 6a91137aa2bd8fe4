"""What would make it fit, or fit better? The engine's nearest changes of a plan (``sizing.engine.ways``), as plans."""

from __future__ import annotations

from dataclasses import replace

from sizing.catalog import planner_of
from sizing.engine import ways
from sizing.engine.assembling import with_host_memory
from sizing.facts.narrow import encoding
from sizing.plan import Plan

Way = ways.Way[Plan]


def ways_out(p: Plan) -> tuple[Way, ...]:
    """The nearest changes by which a plan fits; of a host's memory, by which it runs. None where it fits."""
    if p.machine is None or p.fits:
        return ()
    return ways.ways_out(
        p,
        p.machine.rig,
        p.machine.reserved,
        tuple(p.runtime.cache.types),
        [encoding(fmt) for fmt in planner_of(p.model).formats.values()],
        lambda: p.longest_context,
        lambda change, to: _changed(p, change, to),
    )


def _changed(p: Plan, change: str, to: str | int) -> Plan:
    """The plan with a change. Raises SizingError where it is not possible."""
    machine = p.machine
    if change == "format":
        return p.again(format=to, runtime=p.runtime.id)
    if machine is None or change in ("cache_format", "context"):
        return p.again(**{change: to})
    if change == "devices":
        return p.again(machine=machine.with_more(int(to)))
    larger = with_host_memory(machine.rig, int(to) - machine.reserved)
    return p.again(machine=replace(machine, rig=larger))
