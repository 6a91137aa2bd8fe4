"""What is a machine made of? Devices and a host, put together as places with a capacity and a bandwidth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from sizing.engine.assembling import HostMemory, Unit, assembled, extended, hosted, limited
from sizing.engine.rig import GPU_LIMIT, Place, Rig
from sizing.errors import SizingError
from sizing.facts.entries.devices import Device, GpuLimit
from sizing.facts.entries.machines import Host, Installed, MachineEntry
from sizing.facts.narrow import card
from sizing.facts.units import GIB, known


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

    def hosted(self, host: Host, stated: bool = True, alone: bool = False) -> Machine:
        """The same devices beside another host, whose bandwidth was ``stated`` or is what its channels could do, or of
        which the size ``alone`` was told; processors alone with that memory.

        Raises SizingError for another machine that is its own host.
        """
        memory = HostMemory(host.memory, known(host.bandwidth), stated=stated, alone=alone)
        rig = hosted(self.rig, memory, self.reserved)
        entry = None if self.entry is None else replace(self.entry, host=host.id)
        named = f"{host.memory // GIB} GB" if alone and rig.processors else host.name
        own = host.memory if rig.processors else self.memory
        return replace(self, rig=rig, entry=entry, name=f"{self.name}, {named}", memory=own)

    def limited(self, watts: float) -> Machine:
        """The same with its devices held to a power limit, each; what that does to their speed is assumed.

        Raises SizingError for a limit that is none, or a device whose own is not known.
        """
        own = [known(device.tdp) if device.tdp else None for device in self.devices]
        return replace(self, rig=limited(self.rig, watts, own))

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
        rig = extended(self.rig, places)
        memory = self.memory + sum(device.memory.box[0] for device in devices)
        added = Installed(device=devices[0].id, count=len(devices))
        entry = None if self.entry is None else replace(self.entry, devices=(*self.entry.devices, added))
        return replace(self, rig=rig, devices=(*self.devices, *devices), memory=memory, entry=entry)

    @property
    def unpaced(self) -> tuple[str, ...]:
        """The devices of which nobody states how fast their memory is."""
        return tuple(
            one.id for one, place in zip(self.devices, self.rig.devices, strict=True) if place.bandwidth is None
        )

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


def unit(
    device: Device, size: int | None, reserved: int, limits: Sequence[GpuLimit], devices: Iterable[Device]
) -> Unit:
    """A device with the memory that was bought, of those that it is sold with; None means the first."""
    box = size or device.memory.box[0]
    capacity, guess = _usable(device, box, reserved, limits, devices)
    return Unit(
        device=device.id,
        box=box,
        capacity=capacity,
        assumed=guess,
        bandwidth=known(device.bandwidth),
        card=card(device),
        unified=device.unified,
        backends=device.backends,
        watts=known(device.tdp) if device.tdp else None,
    )


def assemble(
    entry: MachineEntry, devices: Mapping[str, Device], host: Host, reserved: int, limits: Sequence[GpuLimit]
) -> Machine:
    """A machine's places from its entry; ``reserved`` bytes of the host are the operating system's."""
    units: list[Unit] = []
    for installed in entry.devices * entry.nodes:
        one = unit(devices[installed.device], installed.memory, reserved, limits, devices.values())
        units += [one] * installed.count
    own = HostMemory(host.memory, known(host.bandwidth), named=bool(entry.host))
    network = known(entry.network) if entry.network is not None else None
    return Machine(
        reserved=reserved,
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        devices=tuple(devices[one.device] for one in units),
        rig=assembled(entry.id, units, own, reserved, entry.nodes, network),
        memory=sum(one.box for one in units),
        entry=entry,
    )
