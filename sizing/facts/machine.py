"""What is a machine made of? Devices and a host, put together as places with a capacity and a bandwidth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from sizing.engine.rig import GPU_LIMIT, HOST_BANDWIDTH, NETWORK, POWER_LIMIT, REFERENCE_HOST, Card, Place, Rig
from sizing.errors import SizingError
from sizing.facts.entries.devices import Device, GpuLimit
from sizing.facts.entries.machines import Host, Installed, MachineEntry
from sizing.facts.narrow import card
from sizing.facts.units import GIB, known

# How speed follows a card's power limit: the share of its own to this power. Assumed: an RTX 3090 (350 W) decodes
# Qwen3.8 27B with 41.3 tokens/s, and with 31.9 at 250 W (sudoingX/qwen38-mtp); of 128 sequences on four, FP8 and AWQ
# lose 20 and 13 % from 300 to 220 W, and one sequence over all four nothing (LottoLottoLotto/4x3090-llm-benchmarks).
POWER: Final = 0.75


def _slowed(card: Card, share: float) -> Card:
    """A card whose every rate is a share of its own."""

    def of(rate: float | None) -> float | None:
        return None if rate is None else rate * share

    best = card.best_rate * share
    return replace(card, rate=of(card.rate), half=of(card.half), fp8=of(card.fp8), fp4=of(card.fp4), best_rate=best)


@dataclass(frozen=True)
class Machine:
    """What a person buys or rents: its devices as facts, node by node, and the rig that they make for arithmetic."""

    id: str
    name: str
    kind: str
    devices: tuple[Device, ...]
    rig: Rig
    memory: int  # bytes that the box says, over devices (one memory if unified)
    reserved: int = 0  # bytes of a host that the operating system keeps
    entry: MachineEntry | None = None  # as it is sold, or as its name describes it

    @property
    def places(self) -> tuple[Place, ...]:
        """Where weights and cache can lie: a place for each device, then the host."""
        return self.rig.places

    @property
    def host(self) -> Place:
        """The CPU's memory."""
        return self.rig.host

    @property
    def capacity(self) -> int:
        """Bytes of all devices together that a program may use."""
        return self.rig.capacity

    @property
    def unified(self) -> bool:
        """Whether host and device share one memory; so it is where the CPU itself is the device."""
        return self.rig.unified

    @property
    def backends(self) -> tuple[str, ...]:
        """The first device's backends, the preferred one first."""
        return self.rig.backends

    @property
    def nodes(self) -> int:
        """How many equal nodes it is made of."""
        return self.rig.nodes

    @property
    def assumed(self) -> tuple[str, ...]:
        """What stands on an observation of another machine."""
        return self.rig.assumed

    def hosted(self, host: Host, stated: bool = True) -> Machine:
        """The same devices beside another host, whose bandwidth was ``stated`` or is what its channels could do.

        Raises SizingError for a machine that is its own host.
        """
        if self.unified:
            raise SizingError(f"{self.id} has one memory for the CPU and its device; it takes no host")
        memory = host.memory - self.reserved
        if memory <= 0:
            keeps = f"the operating system keeps {self.reserved / GIB:g} GB of it"
            raise SizingError(f"a host of {host.memory / GIB:g} GB is too small: {keeps}")
        place = Place("host", memory, known(host.bandwidth))
        assumed = [x for x in self.rig.assumed if x not in (REFERENCE_HOST, HOST_BANDWIDTH)]
        rig = replace(
            self.rig,
            places=(*self.rig.devices, place),
            assumed=(*assumed, *([] if stated else [HOST_BANDWIDTH])),
        )
        entry = None if self.entry is None else replace(self.entry, host=host.id)
        return replace(self, rig=rig, entry=entry, name=f"{self.name}, {host.name}")

    def limited(self, watts: float) -> Machine:
        """The same with its devices held to a power limit, each; what that does to their speed is assumed.

        Raises SizingError for a limit that is none, or a device whose own is not known.
        """
        most = [known(device.tdp) if device.tdp else None for device in self.devices]
        if any(one is None for one in most):
            raise SizingError(f"nobody states the power of {self.devices[most.index(None)].id}; leave the limit out")
        least = min(one for one in most if one)
        if not 0.3 * least <= watts <= least:
            raise SizingError(
                f"a power limit lies between {0.3 * least:.0f} and {least:.0f} W here, not at {watts:g} W"
            )
        alone = len(self.rig.devices) == 1
        places = []
        for place, own in zip(self.rig.devices, most, strict=True):
            share = (watts / (own or watts)) ** POWER
            # Of several cards that work in turn none is long at its limit.
            bandwidth = place.bandwidth * share if place.bandwidth and alone else place.bandwidth
            places.append(replace(place, bandwidth=bandwidth, card=place.card and _slowed(place.card, share)))
        assumed = self.rig.assumed if watts == least else (*self.rig.assumed, POWER_LIMIT)
        return replace(self, rig=replace(self.rig, places=(*places, self.rig.host), assumed=assumed))

    def with_more(self, count: int) -> Machine:
        """The same with ``count`` more devices like the last one, which nobody sells as a whole."""
        return self._extended((self.rig.devices[-1],) * count, (self.devices[-1],) * count)

    def with_cards(self, card: Machine, count: int = 1) -> Machine:
        """The same with ``count`` more cards, each as a bare machine has it, by the name of all cards together.

        Raises SizingError where they share no backend.
        """
        shared = tuple(x for x in self.backends if x in card.backends)
        if not shared:
            raise SizingError(f"{self.id} and {card.id} share no backend; choose cards that one runtime can use")
        grown = self._extended(card.rig.devices * count, card.devices * count)
        name = f"{self.name} + {f'{count} × ' if count > 1 else ''}{card.name}"
        own = self.entry.devices if self.entry else tuple(Installed(device=x.id, count=1) for x in self.devices)
        alone = "+".join(f"{one.count}x-{one.device}" if one.count > 1 else one.device for one in own)
        said = f"{alone}+{f'{count}x-' if count > 1 else ''}{card.id}"
        return replace(grown, id=said, name=name, rig=replace(grown.rig, id=said, backends=shared))

    def _extended(self, places: Sequence[Place], devices: tuple[Device, ...]) -> Machine:
        """With further devices before the host."""
        first = len(self.devices)
        named = [
            replace(place, name=f"{device.id}#{first + i}")
            for i, (place, device) in enumerate(zip(places, devices, strict=True))
        ]
        rig = replace(self.rig, places=(*self.rig.devices, *named, self.rig.host))
        memory = self.memory + sum(device.memory.box[0] for device in devices)
        added = Installed(device=devices[0].id, count=len(devices))
        entry = None if self.entry is None else replace(self.entry, devices=(*self.entry.devices, added))
        return replace(self, rig=rig, devices=(*self.devices, *devices), memory=memory, entry=entry)

    @property
    def tdp(self) -> float | None:
        """The devices' power limits together, in watts; None where one is undisclosed."""
        total = 0.0
        for device in self.devices:
            watts = known(device.tdp)
            if watts is None:
                return None
            total += watts
        return total


def gpu_limit(memory: int, device: Device, limits: Sequence[GpuLimit]) -> tuple[int, bool]:
    """Bytes that the system lets the GPU use of ``memory``, and whether that was observed for this size.

    Of the same vendor's chips: the same chip with the same memory first, then the newest row of the same memory, which
    stands first, else the share of the nearest size. Without any, all of it.
    """
    own = [x for x in limits if x.vendor == device.vendor]
    if not own:
        return memory, False
    same = [x for x in own if x.memory == memory]
    if same:
        return next((x for x in same if x.device == device.id), same[0]).limit, True
    # A chip's own row says more of it than another's.
    nearest = min(own, key=lambda x: (x.device != device.id, abs(x.memory - memory), x.memory))
    return memory * nearest.limit // nearest.memory, False


def withheld(vendor: str, devices: Iterable[Device]) -> int:
    """Bytes of a card that the driver shows and no program is offered: the median of a vendor's cards of which both
    are known; 0 where none is."""
    known_both = [
        shown - offered
        for one in devices
        if one.vendor == vendor and (shown := known(one.memory.driver)) and (offered := known(one.memory.offered))
    ]
    return round(median(known_both)) if known_both else 0


def _usable(
    device: Device, box: int, reserved: int, limits: Sequence[GpuLimit], devices: Iterable[Device]
) -> tuple[int, str | None]:
    """Bytes of a device that a program may use, and the fact that had to be assumed, if any."""
    if device.kind == "cpu":
        return box - reserved, None
    if device.kind == "soc":
        capacity, observed = gpu_limit(box, device, limits)
        return capacity, None if observed else GPU_LIMIT
    if offered := known(device.memory.offered):
        return offered, None
    driver = known(device.memory.driver)
    return (driver or box) - withheld(device.vendor, devices), None if driver else "driver_memory"


def assemble(
    entry: MachineEntry, devices: Mapping[str, Device], host: Host, reserved: int, limits: Sequence[GpuLimit]
) -> Machine:
    """A machine's places from its entry; ``reserved`` bytes of the host are the operating system's."""
    places: list[Place] = []
    built: list[Device] = []
    assumed: list[str] = []
    total = 0
    for installed in entry.devices * entry.nodes:
        device = devices[installed.device]
        box = installed.memory or device.memory.box[0]
        capacity, guess = _usable(device, box, reserved, limits, devices.values())
        assumed += [guess] if guess else []
        for _ in range(installed.count):
            places.append(Place(f"{device.id}#{len(places)}", capacity, known(device.bandwidth), card(device)))
            built.append(device)
            total += box
    unified = built[0].unified
    if unified:
        places.append(Place("host", total // entry.nodes - reserved, places[0].bandwidth))
    else:
        places.append(Place("host", host.memory - reserved, known(host.bandwidth)))
        assumed += [] if entry.host else [REFERENCE_HOST]
    rig = Rig(
        id=entry.id,
        places=tuple(places),
        unified=unified,
        backends=tuple(x for x in built[0].backends if all(x in other.backends for other in built)),
        nodes=entry.nodes,
        assumed=tuple(dict.fromkeys([*assumed, *([NETWORK] if entry.nodes > 1 else [])])),
        network=known(entry.network) if entry.network is not None else None,
    )
    return Machine(
        reserved=reserved,
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        devices=tuple(built),
        rig=rig,
        memory=total,
        entry=entry,
    )
