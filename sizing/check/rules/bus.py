"""Can a memory be as fast as its entry says? Bandwidth is the bus's bits times what each of them carries.

Where the memory is stated with its rate and its channels ("8 channels of DDR4-3200"), there is one answer; where it is
stated with its rate alone ("LPDDR5X-8000"), the bus has a whole number of channels. Of a card's chips only the kind is
known: they come in few sizes and rates, each with its own part of the bus, so that the memory's size leaves few buses.
Rates are of the standards (JEDEC JESD212C GDDR5, JESD232A GDDR5X, JESD250D GDDR6, JESD239 GDDR7, JESD235D HBM2,
JESD238A HBM3) and of the chips that their makers sold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.entries.devices import Device
from sizing.facts.entries.machines import Host
from sizing.facts.units import GB, GIB, known

NEAR: Final = 0.01  # makers round their figures: 204.8 to 205
_TIP: Final = "correct the one that is wrong"

_STATED: Final = re.compile(r"(LP)?DDR[0-9]X?-([0-9]+)(?: at ([0-9]+) MT/s)?")
_CHANNELS: Final = re.compile(r"([0-9]+) channels?\b")
_CHANNEL: Final = 64  # bits of DDR that a channel is told by; LPDDR's are so counted too in this catalog
_PART: Final = 16  # bits that a bus of LPDDR grows by


@dataclass(frozen=True)
class _Chips:
    """What a kind of memory is sold as: sizes in GiB, a chip's bits of the bus, Gbit/s on each, and the widest bus."""

    sizes: tuple[float, ...]
    widths: tuple[int, ...]  # the second: two chips back to back share a part
    slowest: float
    fastest: float
    widest: int
    spare: float = 1.0  # how many times what is used may be there: stacks are sold with a part switched off


_KINDS: Final = {
    "GDDR5": _Chips((0.25, 0.5, 1), (32, 16), 3.6, 9, 512),
    "GDDR5X": _Chips((0.5, 1), (32, 16), 9, 12, 512),  # Quadros drive it at 9
    "GDDR6": _Chips((1, 2), (32, 16), 12, 20, 512),
    "GDDR6X": _Chips((1, 2), (32, 16), 19, 24, 512),
    "GDDR7": _Chips((2, 3), (32, 16), 18, 36, 512),
    "HBM2": _Chips((2, 4, 8), (1024,), 1.4, 2.5, 8192, 1.15),
    "HBM2E": _Chips((8, 16), (1024,), 2.4, 3.7, 8192, 1.15),
    "HBM3": _Chips((8, 12, 16, 24), (1024,), 4, 6.8, 8192, 1.15),
    "HBM3E": _Chips((16, 24, 36), (1024,), 5.8, 9.9, 16384, 1.15),
}


def _look(seen: Seen) -> Iterator[Finding]:
    for host, placed in seen.entries(Host):
        stated = known(host.bandwidth)
        if stated and (right := _right(stated, host.memory_type)) is not None:
            yield at(placed, ("bandwidth",), actual=f"{stated / GB:,g} GB/s", expected=right, tip=_TIP)
    for device, placed in seen.entries(Device):
        stated = known(device.bandwidth)
        if stated is None:
            continue
        right = _right(stated, device.memory.type) or _of_chips(device, stated)
        if right is not None:
            yield at(placed, ("bandwidth",), actual=f"{stated / GB:,g} GB/s", expected=right, tip=_TIP)


def _right(stated: float, memory: str) -> str | None:
    """What a bandwidth should be by its memory's own words; None where it may be so, or these do not tell."""
    if (rate := _STATED.search(memory)) is None:
        return None
    transfers = float(rate[3] or rate[2]) * 1e6  # a second, on each bit
    if (channels := _CHANNELS.search(memory)) is not None:
        right = int(channels[1]) * _CHANNEL / 8 * transfers
        return None if _near(stated, right) else f"{right / GB:,.1f} GB/s of {memory}"
    bits = stated * 8 / transfers
    whole = max(1, round(bits / _PART)) * _PART
    if rate[1] is None and "half" not in memory:
        whole = max(1, round(bits / _CHANNEL)) * _CHANNEL
    if _near(bits, whole) or "half" in memory:
        return None
    return f"{whole * transfers / 8 / GB:,.1f} GB/s, a whole number of channels of {memory}"


def _of_chips(device: Device, stated: float) -> str | None:
    """What a card's bandwidth should be by its chips; None where some of these can do it, or nobody knows them."""
    chips = _KINDS.get(device.memory.type.upper())
    if device.kind != "gpu" or chips is None:
        return None
    size = device.memory.box[0] / GIB
    buses = sorted({bus for bus in _buses(chips, size) if bus <= chips.widest})
    if not buses:
        kind = device.memory.type
        return f"a memory of chips of {kind}, which hold {', '.join(f'{one:g}' for one in chips.sizes)} GB each"
    reach = [(bus / 8 * chips.slowest, bus / 8 * chips.fastest) for bus in buses]
    if any(low * (1 - NEAR) <= stated / GB <= high * (1 + NEAR) for low, high in reach):
        return None
    ways = " or ".join(f"{low:,.0f} to {high:,.0f}" for low, high in reach)
    return f"{ways} GB/s of {size:g} GB of {device.memory.type} ({' or '.join(map(str, buses))} bits)"


def _buses(chips: _Chips, size: float) -> Iterator[int]:
    """The widths in bits of which a memory of that size may be."""
    for each in chips.sizes:
        least = -(-size // each)
        if least * each <= size * chips.spare:
            yield from (int(least) * width for width in chips.widths)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * other


RULE: Final = Rule("bus", "error", _look)
