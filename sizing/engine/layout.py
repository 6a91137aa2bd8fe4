"""Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

All on the devices if that fits; else, where the runtime can offload, a mixture's experts go to the host layer by
layer (llama.cpp's ``--n-cpu-moe``), and last whole layers do (``-ngl``). Every move frees the devices, so the fewest
layers that must move are found by bisection.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from sizing.engine.dealing import deal
from sizing.engine.memory import Demand, Layout, Memory, hold, on_host
from sizing.engine.sized import Sized
from sizing.facts.machine import Machine


@dataclass(frozen=True)
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

    def suits(self, machine: Machine, share: float) -> bool:
        """Whether the machine holds it, its devices filled to at most ``share``."""
        return self.suits_host(machine) and all(
            need <= capacity * share for need, capacity in zip(self.devices, machine.capacities, strict=True)
        )

    def suits_host(self, machine: Machine) -> bool:
        """Whether the host holds its part; a unified memory holds device and host together."""
        return self.host + (sum(self.devices) if machine.unified else 0) <= machine.host.capacity


def propose(demand: Demand, machine: Machine) -> tuple[Proposal, bool]:
    """The best placement, and whether it runs. Where nothing runs: everything on the devices, which do not hold it."""
    whole = demand.proposals.get(machine.proportions)
    if whole is None:
        whole = demand.proposals[machine.proportions] = Proposal(demand, everything_on_devices(demand, machine))
    assert isinstance(whole, Proposal)
    runtime = demand.request.runtime
    least = demand.least
    if least <= machine.capacity and whole.suits(machine, runtime.gpu_memory_utilization):
        return whole, True
    # What all places together do not hold would be searched for in vain, and long.
    if runtime.offload and least <= machine.host.capacity + (0 if machine.unified else machine.capacity):
        moved = _with_experts_moved(demand, machine, whole.layout) or _with_layers_moved(demand, machine)
        found = Proposal(demand, moved)
        # The devices hold it, or it would not have been found; moving more would only fill the host further.
        if found.suits_host(machine):
            return found, True
    return whole, False


def everything_on_devices(demand: Demand, machine: Machine) -> Layout:
    """The layout with nothing on the host."""
    count, runtime = len(demand.sized.layers), demand.request.runtime
    if runtime.split == "tensor":
        nodes = machine.nodes
        stages = tuple(-(-stage * count // nodes) for stage in range(nodes + 1))
        return Layout("tensor", stages, nodes - 1, ranks=len(machine.devices) // nodes)
    return Layout("layer", *deal(count, machine.capacities))


def as_asked(s: Sized, shares: tuple[float, ...], layers_on_device: int | None, experts_on_host: int) -> Layout:
    """llama.cpp's layout over devices of these ``shares`` for -ngl (None: all) and --n-cpu-moe."""
    count = len(s.layers)
    # -ngl counts the output layer as one more.
    bounds, output = deal(count, shares, 0 if layers_on_device is None else max(0, count + 1 - layers_on_device))
    hosted = min(experts_on_host, count) if s.experts else 0
    return Layout("layer", bounds, output, hosted, s.mixtures[max(hosted, bounds[0])] - s.mixtures[bounds[0]])


def _with_experts_moved(demand: Demand, machine: Machine, whole: Layout) -> Layout | None:
    """The layout with the experts of the fewest first layers on the host; None where that is not enough."""
    s, most = demand.sized, 0
    if not s.experts:
        return None
    for i, place in enumerate(machine.devices):
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


def _needed(demand: Demand, first: int, end: int, experts_from: int, has_output: bool, computing: int) -> float:
    """Bytes of a device that holds layers ``first`` to ``end``, and their experts from ``experts_from`` on, beside
    its buffers for ``computing``."""
    s, request = demand.sized, demand.request
    if first == end and not has_output:
        return 0
    ends = s.output if has_output else 0
    experts = s.expert[end] - s.expert[experts_from] if experts_from < end else 0
    return demand.layers[end] - demand.layers[first] + experts + ends + computing + request.overhead


def _with_layers_moved(demand: Demand, machine: Machine) -> Layout:
    """The layout with the fewest first layers on the host that the devices hold, and all experts of a mixture."""
    s, capacities = demand.sized, machine.capacities
    count, last = len(s.layers), len(capacities) - 1
    if last == 0:
        one = demand.on_device(True, experts=s.experts > 0, on_host=count)
        excess = _needed(demand, 0, count, count, True, one) - capacities[0]
        on_host = max(1, bisect_left(demand.layers, excess)) if excess <= demand.layers[count] else count
    else:

        def fits(on_host: int) -> bool:
            bounds, output = deal(count, capacities, on_host)
            return all(
                _needed(
                    demand,
                    bounds[i],
                    bounds[i + 1],
                    count,
                    i == output,
                    demand.on_device(i == output, i == 0, experts=s.experts > 0, on_host=count),
                )
                <= capacity
                for i, capacity in enumerate(capacities)
            )

        on_host = 1 + bisect_left(range(1, count), True, key=fits)
    alone = s.mixtures[count] - s.mixtures[on_host]
    # Where no layer fits, the output layer stays on the host too (-ngl 0).
    bounds, output = deal(count, capacities, count + 1 if on_host == count else on_host)
    return Layout("layer", bounds, output, count if s.experts else 0, alone)
