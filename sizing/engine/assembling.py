"""What rig do devices and a host make? And the same beside another host, held to less power, or with more devices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from sizing.engine.numbers import total
from sizing.engine.rig import (
    BRIDGE,
    HOST_BANDWIDTH,
    HOST_LINK,
    LINK,
    NETWORK,
    POWER_LIMIT,
    REFERENCE_HOST,
    Card,
    Place,
    Rig,
)
from sizing.errors import SizingError

GIB: Final = 1073741824

# How speed follows a card's power limit: the share of its own to the power of three quarters. Assumed: an RTX 3090
# (350 W) decodes Qwen3.8 27B with 41.3 tokens/s, and with 31.9 at 250 W (sudoingX/qwen38-mtp); of 128 sequences on
# four, FP8 and AWQ lose 20 and 13 % from 300 to 220 W, and one sequence over all four nothing
# (LottoLottoLotto/4x3090-llm-benchmarks).
LEAST_POWER: Final = 0.3  # of its own, below which no card is held


# What is assumed where nobody states how a card reaches its host or its peers: PCIe 3.0 x16, each way, a generation or
# two behind what such cards have. And between boxes: Ethernet of 10 Gbit/s. Bytes/s.
ASSUMED_LINK: Final = 8e9 * 16 / 8 * 128 / 130
ASSUMED_NETWORK: Final = 1.25e9


@dataclass(frozen=True, slots=True)
class Unit:
    """A device with one of the memories that it is sold with. Bytes, bytes/s, watts; None where nobody states it."""

    device: str
    box: int  # what the box says
    capacity: int  # what a program may use
    assumed: str | None  # the fact that the capacity stands on, if that was observed of others only
    bandwidth: float | None
    card: Card
    unified: bool  # its memory is the host's
    backends: tuple[str, ...]  # the preferred one first
    watts: float | None  # its power limit


@dataclass(frozen=True, slots=True)
class HostMemory:
    """A host's memory. Bytes and bytes/s."""

    memory: int
    bandwidth: float | None
    named: bool = True  # else it is the one that is taken where none is named
    stated: bool = True  # else its bandwidth is what its channels could do
    alone: bool = False  # its size alone was told, and its bandwidth is another's


def assembled(
    id: str, units: Sequence[Unit], host: HostMemory, reserved: int, nodes: int = 1, network: float | None = None
) -> Rig:
    """The rig of these devices, node by node; the system keeps ``reserved`` bytes of the host."""
    places = [Place(f"{one.device}#{i}", one.capacity, one.bandwidth, one.card) for i, one in enumerate(units)]
    assumed = [one.assumed for one in units if one.assumed]
    first = units[0]
    if first.unified:
        own = total([one.box for one in units]) // nodes
        places.append(Place("host", own - reserved, first.bandwidth))
    else:
        places.append(Place("host", host.memory - reserved, host.bandwidth))
        if not host.named:
            assumed.append(REFERENCE_HOST)
    if nodes > 1:
        assumed.append(NETWORK)
        network = ASSUMED_NETWORK if network is None else network
    devices, links = joined(places[:-1], nodes, first.unified)
    assumed.extend(links)
    return Rig(
        id=id,
        places=(*devices, places[len(places) - 1]),
        unified=first.unified,
        backends=tuple([x for x in first.backends if all(x in other.backends for other in units)]),
        nodes=nodes,
        assumed=tuple(dict.fromkeys(assumed)),
        network=network,
    )


def joined(places: Sequence[Place], nodes: int, unified: bool) -> tuple[list[Place], list[str]]:
    """Devices as they reach each other in one node, and what is assumed of that. Cards of several kinds, and more of
    them than a bridge joins, do so over PCIe: an exchange among all goes as fast as its slowest link."""
    count = len(places) // nodes
    kinds = [place.card.id if place.card else "" for place in places]
    mixed = min(kinds) != max(kinds)
    found: list[Place] = []
    assumed: list[str] = []
    for place in places:
        card = place.card
        if card is not None and not unified:
            if count > 1 and (mixed or 0 < card.bridge < count):
                card = replace(card, link="pcie", peers=card.pcie)
            if count > 1 and card.peers is None:
                card, assumed = replace(card, link="pcie", peers=ASSUMED_LINK), [*assumed, LINK]
            if count > 1 and card.bridge and card.link == "nvlink":
                assumed.append(BRIDGE)
            if card.pcie is None:
                card, assumed = replace(card, pcie=ASSUMED_LINK), [*assumed, HOST_LINK]
        found.append(replace(place, card=card))
    return found, list(dict.fromkeys(assumed))


def hosted(rig: Rig, host: HostMemory, reserved: int) -> Rig:
    """The same devices beside another host; processors alone with another memory.

    Raises SizingError for another machine that is its own host, and for too small a memory.
    """
    if rig.unified and not rig.processors:
        raise SizingError(f"{rig.id} has one memory for the CPU and its device; it takes no host")
    assumed = [x for x in rig.assumed if x not in (REFERENCE_HOST, HOST_BANDWIDTH)]
    if not host.stated and not (rig.processors and host.alone):
        assumed.append(HOST_BANDWIDTH)
    places = _sockets(rig, host, reserved) if rig.processors else rig.devices
    bandwidth = places[0].bandwidth if rig.processors else host.bandwidth
    own = Place("host", _left(host.memory, host, reserved), bandwidth)
    return replace(rig, places=(*places, own), assumed=tuple(assumed))


def _sockets(rig: Rig, host: HostMemory, reserved: int) -> tuple[Place, ...]:
    """Processors that share a memory equally; of which the size alone was told, they read theirs as fast as before."""
    each = len(rig.devices) // rig.nodes
    memory = _left(host.memory // each, host, reserved)
    rate = None if host.alone or host.bandwidth is None else host.bandwidth / each
    return tuple([replace(one, capacity=memory, bandwidth=rate or one.bandwidth) for one in rig.devices])


def _left(memory: int, host: HostMemory, reserved: int) -> int:
    """Bytes of a host's memory that its system does not keep. Raises SizingError where it keeps all."""
    if memory <= reserved:
        keeps = f"the operating system keeps {reserved / GIB:g} GB of it"
        raise SizingError(f"a host of {host.memory / GIB:g} GB is too small: {keeps}")
    return memory - reserved


def limited(rig: Rig, watts: float, own: Sequence[float | None]) -> Rig:
    """The same with its devices held to a power limit, each; ``own`` are theirs. What that does to their speed is
    assumed.

    Raises SizingError for a limit that is none, or a device whose own is not known.
    """
    known: list[float] = []
    for i, one in enumerate(own):
        if one is None:
            card = rig.devices[i].card
            raise SizingError(f"nobody states the power of {card.id if card else rig.id}; leave the limit out")
        known.append(one)
    least = min(known)
    if not LEAST_POWER * least <= watts <= least:
        raise SizingError(
            f"a power limit lies between {round(LEAST_POWER * least)} and {round(least)} W here, not at {watts:g} W"
        )
    alone = len(rig.devices) == 1
    places: list[Place] = []
    for i, place in enumerate(rig.devices):
        share = sqrt(watts / known[i]) * sqrt(sqrt(watts / known[i]))
        # Of several cards that work in turn none is long at its limit.
        bandwidth = place.bandwidth * share if place.bandwidth and alone else place.bandwidth
        places.append(replace(place, bandwidth=bandwidth, card=slowed(place.card, share) if place.card else None))
    assumed = rig.assumed if watts == least else (*rig.assumed, POWER_LIMIT)
    return replace(rig, places=(*places, rig.host), assumed=assumed)


def slowed(card: Card, share: float) -> Card:
    """A card whose every rate is a share of its own."""
    return replace(
        card,
        rate=None if card.rate is None else card.rate * share,
        half=None if card.half is None else card.half * share,
        fp8=None if card.fp8 is None else card.fp8 * share,
        fp4=None if card.fp4 is None else card.fp4 * share,
        best_rate=card.best_rate * share,
    )


def with_more(rig: Rig, count: int) -> Rig:
    """The same with ``count`` more devices like the last one."""
    return extended(rig, [rig.devices[-1] for _ in range(count)])


def extended(rig: Rig, places: Sequence[Place]) -> Rig:
    """The same with further devices before the host."""
    more: list[Place] = []
    for place in places:
        named = place.card.id if place.card else rig.id
        more.append(replace(place, name=f"{named}#{len(rig.devices) + len(more)}"))
    devices, links = joined((*rig.devices, *more), rig.nodes, rig.unified)
    # A bridge that joined fewer joins them no more.
    assumed = [one for one in rig.assumed if one not in (LINK, BRIDGE)]
    return replace(rig, places=(*devices, rig.host), assumed=tuple(dict.fromkeys([*assumed, *links])))


def with_host_memory(rig: Rig, capacity: int) -> Rig:
    """The same with so many bytes of the host's memory that programs may use."""
    return replace(rig, places=(*rig.devices, replace(rig.host, capacity=capacity)))
