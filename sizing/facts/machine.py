"""What is a machine made of? Places with a capacity and a bandwidth: its devices, and its host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sizing.facts.entries.devices import Backend, Device, GpuLimit, Interconnect
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.offers import Price
from sizing.facts.units import UNDISCLOSED, known


@dataclass(frozen=True, slots=True)
class Place:
    """A memory where weights and cache can lie. Bytes and bytes/s; ``device`` is None for the host."""

    name: str
    capacity: int  # what a program may use
    bandwidth: float | None
    device: Device | None = None

    @property
    def is_host(self) -> bool:
        """Whether it is the CPU's memory."""
        return self.device is None


@dataclass(frozen=True)
class Machine:
    """A machine ready for arithmetic. ``places`` are its devices, node by node, then its host."""

    id: str
    name: str
    kind: str
    places: tuple[Place, ...]
    unified: bool  # host and device share one memory; so it is where the CPU itself is the device
    memory: int  # bytes that the box says, over devices (one memory if unified)
    nodes: int = 1
    price: Price | None = None
    entry: MachineEntry | None = None
    assumed: tuple[str, ...] = ()  # what stands on an observation of another machine

    @cached_property
    def devices(self) -> tuple[Place, ...]:
        """The places that are no host."""
        return self.places[:-1]

    @cached_property
    def capacities(self) -> tuple[int, ...]:
        """Bytes of each device that a program may use."""
        return tuple(place.capacity for place in self.devices)

    @cached_property
    def capacity(self) -> int:
        """Bytes of all devices together that a program may use."""
        return sum(self.capacities)

    @cached_property
    def proportions(self) -> tuple[int, ...]:
        """What decides how layers are dealt out: nodes, devices, and their capacities where they differ."""
        capacities = self.capacities
        equal = min(capacities) == max(capacities)
        return (self.nodes, len(capacities)) if equal else (self.nodes, len(capacities), *capacities)

    @cached_property
    def backends(self) -> tuple[Backend, ...]:
        """The first device's backends, the preferred one first."""
        device = self.devices[0].device
        return device.backends if device is not None else ("cpu",)

    @property
    def host(self) -> Place:
        """The CPU's memory."""
        return self.places[-1]

    @property
    def link(self) -> Interconnect | None:
        """How the devices reach each other and the host."""
        device = self.devices[0].device
        return device.interconnect if device is not None else None

    @property
    def cost(self) -> float | None:
        """The stated price for everything it covers, in its currency: every card, or every node."""
        if self.price is None:
            return None
        times = {"whole": 1, "card": len(self.devices), "node": self.nodes}[self.price.covers]
        return self.price.amount * times

    @property
    def tdp(self) -> float | None:
        """The devices' power limits together, in watts; None where one is undisclosed."""
        total = 0.0
        for place in self.devices:
            watts = known(place.device.tdp) if place.device else None
            if watts is None:
                return None
            total += watts
        return total


def gpu_limit(memory: int, device: Device, limits: Sequence[GpuLimit]) -> tuple[int, bool]:
    """Bytes that the system lets the GPU use of ``memory``, and whether that was observed for this size.

    Of the same vendor's chips: the same chip with the same memory first, then the same memory, else the share of the
    nearest size. Without any, all of it.
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


def _usable(device: Device, box: int, reserved: int, limits: Sequence[GpuLimit]) -> tuple[int, str | None]:
    """Bytes of a device that a program may use, and the fact that had to be assumed, if any."""
    if device.kind == "cpu":
        return box - reserved, None
    if device.kind == "soc":
        capacity, observed = gpu_limit(box, device, limits)
        return capacity, None if observed else "gpu_limit"
    driver = known(device.memory.driver)
    return driver or box, None if driver else "driver_memory"


def assemble(
    entry: MachineEntry, devices: Mapping[str, Device], host: Host, reserved: int, limits: Sequence[GpuLimit]
) -> Machine:
    """A machine's places from its entry; ``reserved`` bytes of the host are the operating system's."""
    places: list[Place] = []
    assumed: list[str] = []
    total = 0
    for installed in entry.devices * entry.nodes:
        device = devices[installed.device]
        box = installed.memory or device.memory.box[0]
        capacity, guess = _usable(device, box, reserved, limits)
        assumed += [guess] if guess else []
        for _ in range(installed.count):
            places.append(Place(f"{device.id}#{len(places)}", capacity, known(device.bandwidth), device))
            total += box
    unified = devices[entry.devices[0].device].unified
    if unified:
        places.append(Place("host", total - reserved, places[0].bandwidth))
    else:
        places.append(Place("host", (host.memory - reserved) * entry.nodes, host.bandwidth))
    return Machine(
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        places=tuple(places),
        unified=unified,
        memory=total,
        nodes=entry.nodes,
        price=None if entry.price == UNDISCLOSED else entry.price,
        entry=entry,
        assumed=tuple(dict.fromkeys(assumed)),
    )
