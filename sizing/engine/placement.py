"""Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

All on the devices if that fits; else, where the runtime can offload, a mixture's experts go to the host layer by
layer (llama.cpp's ``--n-cpu-moe``), and last whole layers do (``-ngl``). Every move frees the devices, so the fewest
layers that must move are found by bisection.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from sizing.engine.dealing import deal
from sizing.engine.layout import Layout, everything_on_devices
from sizing.engine.memory import Demand, Memory, hold, on_host
from sizing.engine.numbers import first_that, total
from sizing.engine.rig import Rig


@dataclass(frozen=True, eq=False)
class Proposal:
    """A layout and what its places hold. Bytes."""

    demand: Demand
    layout: Layout

    @cached_property
    def held(self) -> tuple[Memory, ...]:
        """Memory of each device, then of the host."""
        return hold(self.demand, self.layout)

    @cached_property
    def devices(self) -> tuple[int, ...]:
        """What each device holds."""
        return tuple([m.total for m in self.held[:-1]])

    @cached_property
    def host(self) -> int:
        """What the host holds."""
        return self.held[-1].total if self.layout.split == "tensor" else on_host(self.demand, self.layout).total

    def suits(self, rig: Rig, share: float) -> bool:
        """Whether the machine holds it, its devices filled to at most ``share``."""
        if not self.suits_host(rig):
            return False
        needs = zip(self.devices, rig.capacities, strict=True)
        return all(need <= capacity * share for need, capacity in needs)

    def suits_host(self, rig: Rig) -> bool:
        """Whether the host holds its part; a unified memory holds device and host together."""
        return self.host + (total(self.devices) if rig.unified else 0) <= rig.host.capacity


@dataclass(frozen=True, eq=False)
class Proposals:
    """What is proposed for a demand, rig by rig."""

    demand: Demand
    whole: dict[tuple[int, ...], Proposal] = field(default_factory=dict)  # with nothing on the host, by proportions

    def best(self, rig: Rig) -> tuple[Proposal, bool]:
        """The best placement, and whether it runs. Where nothing runs: everything on the devices, which do not hold
        it."""
        demand = self.demand
        whole = self.whole.get(rig.proportions)
        if whole is None:
            whole = Proposal(demand, everything_on_devices(demand.sized, demand.program, rig))
            self.whole[rig.proportions] = whole
        program = demand.program
        least = demand.least
        if least <= rig.capacity and whole.suits(rig, program.utilization):
            return whole, True
        # What all places together do not hold would be searched for in vain, and long.
        if program.offload and least <= rig.host.capacity + (0 if rig.unified else rig.capacity):
            moved = _with_experts_moved(demand, rig, whole.layout) or _with_layers_moved(demand, rig)
            found = Proposal(demand, moved)
            # The devices hold it, or it would not have been found; moving more would only fill the host further.
            if found.suits_host(rig):
                return found, True
        return whole, False


def _with_experts_moved(demand: Demand, rig: Rig, whole: Layout) -> Layout | None:
    """The layout with the experts of the fewest first layers on the host; None where that is not enough."""
    s, most = demand.sized, 0
    if not s.experts:
        return None
    for i, place in enumerate(rig.devices):
        first, end = whole.bounds[i], whole.bounds[i + 1]
        has_output = i == whole.output
        computing = demand.on_device(has_output, i == 0, experts=True)
        excess = _needed(demand, first, end, first, has_output, computing) - place.capacity
        if excess > 0:
            moved = bisect_left(s.expert, s.expert[first] + excess)
            if moved > end:
                return None
            most = max(most, moved)
    return Layout("layer", whole.bounds, whole.output, most, s.mixtures[most])


def _hold_from(demand: Demand, capacities: tuple[int, ...], on_host: int) -> bool:
    """Whether devices hold what follows the first ``on_host`` layers, without routed experts."""
    s, count = demand.sized, len(demand.sized.layers)
    bounds, output = deal(count, capacities, on_host)
    for i, capacity in enumerate(capacities):
        computing = demand.on_device(i == output, i == 0, experts=s.experts > 0, on_host=count)
        if _needed(demand, bounds[i], bounds[i + 1], count, i == output, computing) > capacity:
            return False
    return True


def _needed(demand: Demand, first: int, end: int, experts_from: int, has_output: bool, computing: int) -> float:
    """Bytes of a device that holds layers ``first`` to ``end``, and their experts from ``experts_from`` on, beside
    its buffers for ``computing``."""
    s = demand.sized
    if first == end and not has_output:
        return 0
    ends = s.output if has_output else 0
    experts = s.expert[end] - s.expert[experts_from] if experts_from < end else 0
    return demand.layers[end] - demand.layers[first] + experts + ends + computing + demand.program.overhead


def _with_layers_moved(demand: Demand, rig: Rig) -> Layout:
    """The layout with the fewest first layers on the host that the devices hold, and all experts of a mixture."""
    s, capacities = demand.sized, rig.capacities
    count, last = len(s.layers), len(capacities) - 1
    if last == 0:
        one = demand.on_device(True, experts=s.experts > 0, on_host=count)
        excess = _needed(demand, 0, count, count, True, one) - capacities[0]
        on_host = max(1, bisect_left(demand.layers, excess)) if excess <= demand.layers[count] else count
    else:
        on_host = first_that(1, count, lambda moved: _hold_from(demand, capacities, moved))
    alone = s.mixtures[count] - s.mixtures[on_host]
    # Where no layer fits, the output layer stays on the host too (-ngl 0).
    bounds, output = deal(count, capacities, count + 1 if on_host == count else on_host)
    return Layout("layer", bounds, output, count if s.experts else 0, alone)
