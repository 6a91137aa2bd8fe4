"""Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

All on the devices if that fits, dealt by their free memory as llama.cpp does by itself; else, where layers are split
whole, shifted to the devices with room (``-ts``); without the margin, with fewer logits where a server keeps them so.
Else, where the runtime can offload, a mixture's experts go to the host layer by layer (``--n-cpu-moe``), and last whole
layers do (``-ngl``). What stays is packed device by device: each takes as many layers as it holds, a layer without its
experts being small, so that all of them are filled. Packing in a given order fails only where no dealing succeeds, and
every layer moved frees devices, so the fewest are found by bisection; hence more memory, or one more device, never
moves more to the host.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout, as_asked, everything_on_devices
from sizing.engine.memory import Demand, Memory, hold, on_host
from sizing.engine.numbers import first_that, total
from sizing.engine.program import Program
from sizing.engine.rig import Rig
from sizing.engine.settings import DEFAULT, Settings

# Whether and how it runs, from best to worst.
FITS: Final = "fits"  # on the devices, within the margin that the runtime keeps
TIGHT: Final = "tight"  # only without that margin, with nothing else on the devices
OFFLOAD: Final = "offload"  # with layers or experts on the host
DISK: Final = "disk"  # mapped from its file, of which memory holds a part at a time
NO: Final = "no"

WORTH: Final = 1.03  # by how much leaving devices out must be faster, as more lies on the host then
BALANCING: Final = 12  # halvings in search of the evenest packing: to less than a layer


@dataclass(frozen=True, eq=False)
class Proposal:
    """A layout and what its places hold. Bytes."""

    demand: Demand
    layout: Layout
    bare: Proposal | None = None  # the same where driver and context take nothing of a device, where that is known

    @cached_property
    def held(self) -> tuple[Memory, ...]:
        """Memory of each device, then of the host."""
        if self.bare is None:
            return hold(self.demand, self.layout)
        held, overhead = self.bare.held, self.demand.overhead
        return (*[m if m.total == 0 else Memory(m.weights, m.cache, m.buffers, overhead) for m in held[:-1]], held[-1])

    @cached_property
    def devices(self) -> tuple[int, ...]:
        """What each device holds."""
        return tuple([m.total for m in self.held[:-1]])

    @cached_property
    def host(self) -> int:
        """What the host holds."""
        if self.bare is not None:
            return self.bare.host
        return self.held[-1].total if self.layout.split == "tensor" else on_host(self.demand, self.layout).total

    def suits(self, rig: Rig, room: tuple[float, ...], margin: bool) -> bool:
        """Whether the machine holds it, its devices filled to at most their ``room``, within the ``margin`` or
        without."""
        if not self.suits_host(rig):
            return False
        return all(need <= most for need, most in zip(self.needs(margin), room, strict=True))

    def needs(self, margin: bool) -> tuple[int, ...]:
        """What each device holds beside a ``margin``, or without one."""
        apart = margin and self.demand.program.apart
        return tuple([m.total - m.buffers for m in self.held[:-1]]) if apart else self.devices

    def suits_host(self, rig: Rig, beside: int = 0) -> bool:
        """Whether the host holds its part, which is the first node's, ``beside`` so many bytes; a unified memory holds
        device and host together."""
        return self.host + self._beside(rig) + beside <= rig.host.capacity

    def _beside(self, rig: Rig) -> int:
        """What devices hold of the host's own memory."""
        return total(self.devices[: len(rig.devices) // rig.nodes]) if rig.unified else 0

    def maps(self, rig: Rig) -> bool:
        """Whether the host holds what cannot be read from a mapped file: caches and buffers."""
        beside = on_host(self.demand, self.layout)
        return beside.cache + beside.buffers + self._beside(rig) <= rig.host.capacity


@dataclass(frozen=True, eq=False)
class Proposals:
    """What is proposed for a demand, rig by rig."""

    demand: Demand
    settings: Settings = DEFAULT
    whole: dict[tuple[int, ...], Proposal] = field(default_factory=dict)  # with nothing on the host, by proportions
    bare: Proposals | None = None  # those of a program that takes no context on a device
    # With the fewest on the host, by what devices have room for beside their contexts.
    offloaded: dict[tuple[float, ...], Proposal] = field(default_factory=dict)

    def where(self, program: Program) -> Proposals:
        """Those where a program takes another context on each device: what does not follow from that is shared."""
        return Proposals(replace(self.demand, program=program), self.settings, bare=self)

    def best(
        self, rig: Rig, paces: tuple[float, ...] = (), rate: Callable[[Layout], float] | None = None
    ) -> tuple[Proposal, str]:
        """The best placement and its verdict. Where nothing runs: everything on the devices, which do not hold it.

        ``paces`` is how fast each device decodes what it has; none where that does not matter, or is not known; then
        ``rate`` is how fast a layout decodes.
        """
        program, least = self.demand.program, self.demand.least
        # The most that places may hold: within the runtime's margin, then without it.
        rooms = [rig.room(program)]
        if program.margin or (program.utilization < 1 and self.settings.utilization is None):
            rooms.append(rig.room(program, margin=False))
        if self.settings.placed and program.split == "layer":
            return self._asked(rig, rooms)
        whole = self._whole(rig)
        for i, room in enumerate(rooms):
            if least <= total(room):
                found = self._on_devices(rig, room, i == 0, paces)
                if found is None and i and self.sparing is not None:
                    found = self.sparing._on_devices(rig, room, False, paces)
                if found is not None:
                    return found, TIGHT if i else FITS
        if not program.offload:
            return whole, NO
        for room in rooms:
            # What all places together do not hold would be searched for in vain, and long.
            others = room[len(room) // rig.nodes :] if rig.unified else room
            if least <= rig.host.capacity + total(others):
                found = self._offloaded(room)
                if program.experts_alone and found.layout.layers_on_host:
                    continue
                # The devices hold it, or it would not have been found; moving more would only fill the host further.
                if found.suits_host(rig):
                    return self._without_slow(rig, room, paces, rate, found), OFFLOAD
        return whole, DISK if self._maps(rig, rooms[0]) else NO

    @cached_property
    def sparing(self) -> Proposals | None:
        """Those of the same with a row of logits for each slot, where that is fewer."""
        fewer = self.demand.sparing
        if fewer is None:
            return None
        if self.bare is not None and self.bare.sparing is not None:
            return self.bare.sparing.where(fewer.program)
        return Proposals(fewer, self.settings)

    def _asked(self, rig: Rig, rooms: list[tuple[float, ...]]) -> tuple[Proposal, str]:
        """The placement that is set, whether it serves or not."""
        asked, s = self.settings, self.demand.sized
        shares = asked.tensor_split or rig.capacities
        layout = as_asked(s, shares, asked.layers_on_device, asked.experts_on_host or 0)
        found = Proposal(self.demand, layout)
        for i, room in enumerate(rooms):
            if found.suits(rig, room, i == 0):
                return found, OFFLOAD if layout.offloaded else TIGHT if i else FITS
        if self.sparing is not None and len(rooms) > 1:
            spared = Proposal(self.sparing.demand, layout)
            if spared.suits(rig, rooms[1], False):
                return spared, OFFLOAD if layout.offloaded else TIGHT
        return found, NO

    def _whole(self, rig: Rig) -> Proposal:
        """With nothing on the host, as the runtime deals by itself."""
        whole = self.whole.get(rig.proportions)
        if whole is None:
            if self.bare is not None:
                whole = self._with_contexts(self.bare._whole(rig))
            else:
                shares = self.settings.tensor_split or () if self.demand.program.split == "tensor" else ()
                layout = everything_on_devices(self.demand.sized, self.demand.program, rig, shares)
                whole = Proposal(self.demand, layout)
            self.whole[rig.proportions] = whole
        return whole

    def _on_devices(self, rig: Rig, room: tuple[float, ...], margin: bool, paces: tuple[float, ...]) -> Proposal | None:
        """With nothing on the host: as the runtime deals by itself, else shifted to devices with room. Of devices that
        are not equally fast, the slower ones have what the faster ones do not hold. None where that is not enough."""
        split = len(room) > 1 and self.demand.program.split == "layer"
        if not split or not paces:
            whole = self._whole(rig)
            if whole.suits(rig, room, margin):
                return whole
        if not split:
            return None
        own = paces or tuple([0.0 for _ in room])
        for slowness in sorted([-pace for pace in own]):
            least = -slowness
            rooms = [(most if own[i] >= least else 0.0, own[i] > least) for i, most in enumerate(room)]
            layout = _filled(self.demand, rooms)
            found = Proposal(self.demand, layout) if layout is not None else None
            if found is not None and found.suits(rig, room, margin):
                return found
        return None

    def _offloaded(self, room: tuple[float, ...]) -> Proposal:
        """With the fewest on the host of devices with such ``room``."""
        found = self.offloaded.get(room)
        if found is None:
            if self.bare is not None:
                beside = tuple([max(0.0, most - self.demand.overhead) for most in room])
                found = self._with_contexts(self.bare._offloaded(beside))
            else:
                found = Proposal(self.demand, _offloaded(self.demand, room))
            self.offloaded[room] = found
        return found

    def _without_slow(
        self,
        rig: Rig,
        room: tuple[float, ...],
        paces: tuple[float, ...],
        rate: Callable[[Layout], float] | None,
        found: Proposal,
    ) -> Proposal:
        """The fastest of what was ``found`` for all devices and what there is without the slowest of them: one that is
        no faster than the host, or would have the layers of which the host has the experts, slows the others down."""
        if rate is None:
            return found
        best, fastest = found, rate(found.layout)
        # Of devices that are all alike the last ones.
        own = paces or tuple([1.0 - i for i in range(len(room))])
        for least in sorted(dict.fromkeys(own))[1:]:
            fewer = self._offloaded(tuple([most if own[i] >= least else 0.0 for i, most in enumerate(room)]))
            if not fewer.suits_host(rig) or (self.demand.program.experts_alone and fewer.layout.layers_on_host):
                continue
            faster = rate(fewer.layout)
            if faster > WORTH * fastest:
                best, fastest = fewer, faster
        return best

    def _with_contexts(self, bare: Proposal) -> Proposal:
        return Proposal(self.demand, bare.layout, bare)

    def _maps(self, rig: Rig, room: tuple[float, ...]) -> bool:
        """Whether it runs from a mapped file, the devices holding what they can."""
        if not self.demand.program.gguf:
            return False
        hosted = Proposal(self.demand, _without_devices(self.demand, room))
        return hosted.maps(rig) or self._offloaded(room).maps(rig)


def _filled(demand: Demand, rooms: Sequence[tuple[float, bool]]) -> Layout | None:
    """All layers on devices: some filled, as each of ``rooms`` says, the others to as equal shares of theirs as may be.
    None where that is not enough."""
    room = tuple([most for most, _ in rooms])
    found = _packed(demand, room, several=True)
    if found is None:
        # One device alone keeps no copies of what passes between several.
        for i, most in enumerate(room):
            if found is None:
                found = _packed(demand, tuple([most if j == i else 0.0 for j in range(len(room))]))
        return found
    low, high = 0.0, 1.0
    for _ in range(BALANCING):
        share = (low + high) / 2
        closer = _packed(demand, tuple([most if full else most * share for most, full in rooms]), several=True)
        if closer is None:
            low = share
        else:
            high, found = share, closer
    return found


def _offloaded(demand: Demand, room: tuple[float, ...]) -> Layout:
    """The layout with the fewest first layers' experts on the host that devices with such ``room`` hold; where that is
    not enough, with all experts and the fewest first layers whole."""
    s, count = demand.sized, len(demand.sized.layers)
    if s.experts:
        moved = first_that(1, count + 1, lambda n: _packed(demand, room, experts_from=n) is not None)
        if moved <= count:
            found = _packed(demand, room, experts_from=moved)
            if found is not None:
                return found
    moved = first_that(1, count + 1, lambda n: _packed(demand, room, n, count) is not None)
    found = _packed(demand, room, moved, count) if moved <= count else None
    return found if found is not None else _without_devices(demand, room)


def _without_devices(demand: Demand, room: tuple[float, ...]) -> Layout:
    """The layout where no device holds a layer: the output layer stays on the host too (``-ngl 0``)."""
    count = len(demand.sized.layers)
    return Layout("layer", tuple([count for _ in range(len(room) + 1)]), HOST, count if demand.sized.experts else 0)


def _packed(
    demand: Demand, room: tuple[float, ...], on_host: int = 0, experts_from: int = 0, several: bool = False
) -> Layout | None:
    """Layers from ``on_host`` on, and the output layer, packed device by device, experts from ``experts_from`` on with
    them; None where they do not all fit. ``several`` says that copies are kept of what passes between devices."""
    s, count = demand.sized, len(demand.sized.layers)
    experts_from = experts_from if s.experts else 0
    least = demand.layers[count] - demand.layers[on_host] + s.expert[count] - s.expert[max(experts_from, on_host)]
    if least + s.output > total(room):
        return None
    bounds, output, start = [on_host], HOST, on_host
    for i, most in enumerate(room):
        load = _Load(demand, start, start == on_host, on_host, experts_from, several)
        end = load.end(most, i + 1 == len(room))
        output = i if start <= count < end else output
        start = end
        bounds.append(min(end, count))
    if start <= count:
        return None
    moved = s.mixtures[max(experts_from, on_host)] - s.mixtures[on_host]
    return Layout("layer", tuple(bounds), output, experts_from, moved)


@dataclass(frozen=True, eq=False)
class _Load:
    """A device that takes layers from ``start`` on."""

    demand: Demand
    start: int
    first: bool  # no device before it holds anything
    on_host: int  # layers that lie there whole
    experts_from: int  # whose experts lie on devices
    several: bool

    def end(self, most: float, all_or_none: bool) -> int:
        """Before which layer it must stop, not to hold more than ``most``; the output layer is one more, the last."""
        everything = len(self.demand.sized.layers) + 1
        if self.start >= everything or self.needs(everything) <= most:
            return everything
        if all_or_none:
            return self.start
        end = first_that(self.start + 1, everything, lambda end: self.needs(end) > most) - 1
        if not self.first or self.experts_from <= max(end, self.on_host):
            return end
        # Experts of later devices' layers lie on the host: the first device copies those too.
        return first_that(self.start + 1, everything, lambda end: self.needs(end, True) > most) - 1

    def needs(self, end: int, beyond: bool = False) -> float:
        """Bytes with all layers before ``end``."""
        demand, s = self.demand, self.demand.sized
        last = len(s.layers)
        has_output, end = end > last, min(end, last)
        hosted, before = self.experts_from > self.on_host, self.experts_from
        held = demand.layers[end] - demand.layers[self.start]
        held += s.expert[max(end, before)] - s.expert[max(self.start, before)]
        layers = end - self.start
        # As if its last mixer were shared, where any can be: so more layers never need less.
        torn = demand.torn(self.start, end, any(s.torn)) if self.several else 0
        computing = demand.on_device(
            has_output, layers, self.first, self.several, hosted, self.on_host, beyond=beyond, torn=torn
        )
        beside = demand.beside.total if self.first else 0
        return held + (s.output if has_output else 0) + computing + demand.overhead + beside
