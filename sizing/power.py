"""What does a machine draw? What was read at the wall with such devices, else a share of their power limits.

A machine that nobody measured draws the share of its devices' power limits that is the median of the measured ones of
its sort (with cards, or with one memory for all), and idles at their median share of what they draw under load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from sizing.catalog import Catalog
from sizing.facts.machine import Machine
from sizing.facts.units import known
from sizing.facts.watts import Watts


@dataclass(frozen=True, slots=True)
class Draw:
    """Watts at the wall of a whole machine, on and waiting, and while it answers; and what of it was not measured."""

    idle: float
    loaded: float
    assumed: tuple[str, ...] = ()  # idle_power, loaded_power
    sources: tuple[str, ...] = ()  # addresses


def draw(catalog: Catalog, machine: Machine) -> Draw | None:
    """What a machine draws; None where nobody states a limit of its devices, or it was measured."""
    own = _rows(catalog, machine)
    loaded, idle = _median(own, "load"), _median(own, "idle")
    assumed = []
    if loaded is None:
        assumed.append("loaded_power")
        loaded = _median(own, "max") or _by_limits(catalog, machine)
    if loaded is None:
        return None
    if idle is None:
        assumed.append("idle_power")
        idle = loaded * _shares(catalog, machine.unified).idle
    sources = dict.fromkeys(row.source_url for row in own)
    return Draw(idle, loaded, tuple(assumed), tuple(sources))


def _rows(catalog: Catalog, machine: Machine) -> list[Watts]:
    """What was read with the very same devices; a laptop's screen and battery make it another machine."""
    if machine.kind == "laptop" or machine.nodes > 1:
        return []
    (device, count), *others = Counter(device.id for device in machine.devices).items()
    return [] if others else [row for row in catalog.watts() if (row.device, row.count) == (device, count)]


def _median(rows: Iterable[Watts], state: str) -> float | None:
    found = [row.watts for row in rows if row.state == state]
    return median(found) if found else None


def _by_limits(catalog: Catalog, machine: Machine) -> float | None:
    """Watts under load by the devices' limits."""
    return None if machine.tdp is None else machine.tdp * _shares(catalog, machine.unified).loaded


@dataclass(frozen=True, slots=True)
class _Shares:
    """How much machines of a sort draw under load of their devices' limits, and idle of what they draw under load."""

    loaded: float
    idle: float


def _shares(catalog: Catalog, unified: bool) -> _Shares:
    groups: dict[tuple[str, int], list[Watts]] = {}
    for row in catalog.watts():
        if catalog.devices[row.device].unified == unified:
            groups.setdefault((row.device, row.count), []).append(row)
    loads, idles = [], []
    for (name, count), rows in groups.items():
        load, idle, limit = _median(rows, "load"), _median(rows, "idle"), known(catalog.devices[name].tdp)
        if load is not None and limit is not None:
            loads.append(load / (limit * count))
        if load is not None and idle is not None:
            idles.append(idle / load)
    return _Shares(_middle(loads), _middle(idles))


def _middle(shares: Sequence[float]) -> float:
    """The median; 1, the limit itself, where nothing was measured."""
    return median(shares) if shares else 1.0
