"""What does a plan compute on? Cards, places where bytes can lie, and a rig of them: what datasheets say, no more.

Facts become these records in ``sizing.facts.narrow``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.numbers import total
from sizing.engine.program import Program

NO_GENERATION: Final = "unknown"

FAST: Final = 1e10  # bytes/s of a network over which ranks share layers: 100 Gbit/s Ethernet with RDMA, and more

SWITCHED: Final = (
    1e11  # bytes/s each way to a peer over NVLink's switches, and more; a bridge of two cards has half of it
)

MESH: Final = 7  # others that a card's own links lead to, one each: those of eight cards without a switch

GPU_LIMIT: Final = "gpu_limit"  # assumed: what the system lets a GPU have of one memory, by other sizes

SLOT_LOGITS: Final = "slot_logits"  # assumed: a server of today, which keeps a row of logits for each of its slots

# Assumed of cards of which nobody states it; they matter only where something passes over these links.
LINK: Final = "link"  # how they reach each other
HOST_LINK: Final = "host_link"  # how they reach their host
BRIDGE: Final = "bridge"  # they have one: cards of which a bridge of NVLink joins so many

CONTEXT: Final = "context"  # assumed: what driver and context take on a device, by other backends

NETWORK: Final = "network"  # assumed: what it costs to go from one node to the next, by other machines

POWER_LIMIT: Final = "power_limit"  # assumed: what a power limit does to speed, by other cards

# Assumptions about a host; they matter only where something lies on it.
REFERENCE_HOST: Final = "host"  # it was not named: the catalog's reference
HOST_BANDWIDTH: Final = "host_bandwidth"  # what its channels could do


@dataclass(frozen=True, slots=True)
class Card:
    """A device as the formulas of speed see it. Operations/s and bytes/s; None where nobody states it."""

    id: str
    generation: str  # the chip's architecture
    memory: str  # the kind that decides what share of the bandwidth is reached: HBM or other
    link: str  # how its peers are reached: nvlink, mesh, pcie or none
    rate: float | None  # of 16-bit numbers with 32-bit sums, else what is stated of 16 or 32 bits
    half: float | None  # of 16-bit numbers, however they are summed
    single: float | None  # of 32-bit numbers
    fp8: float | None
    fp4: float | None
    best_rate: float  # the best rate of its datasheet, of any number type; 0 where none is stated
    peers: float | None  # each way to its peers; None where it has none
    pcie: float | None  # each way to its host
    capability: float | None = None  # CUDA's; None of others' devices
    soldered: bool = False  # as in a laptop, to which nobody adds another
    bridge: int = 0  # how many cards a bridge of NVLink joins; 0 where boards or switches join all


@dataclass(frozen=True, slots=True)
class Place:
    """A memory where weights and cache can lie. Bytes and bytes/s; ``card`` is None for the host."""

    name: str
    capacity: int  # what a program may use
    bandwidth: float | None
    card: Card | None = None


@dataclass(frozen=True)
class Rig:
    """A machine as the engine sees it. ``places`` are its devices, node by node, then its host."""

    id: str
    places: tuple[Place, ...]
    unified: bool  # host and device share one memory; so it is where the CPU itself is the device
    backends: tuple[str, ...]  # of its first device, the preferred one first
    nodes: int = 1
    assumed: tuple[str, ...] = ()  # what stands on an observation of another machine
    network: float | None = None  # bytes/s each way between nodes; None for one node, or where nobody states it

    def node(self, device: int) -> int:
        """The node of a device by its number."""
        return device * self.nodes // len(self.devices)

    @cached_property
    def stages(self) -> int:
        """How many stages there are, one after another, whose devices share each layer: the nodes. Those of one device
        share it among each other where the network is fast."""
        alone = len(self.places) - 1 == self.nodes and (self.network or 0.0) >= FAST
        return 1 if alone else self.nodes

    @cached_property
    def switched(self) -> bool:
        """Whether switches of NVLink join the devices of a node."""
        cards = [place.card for place in self.devices] if len(self.devices) > self.nodes else []
        return len(cards) > 0 and all(
            card is not None and card.link == "nvlink" and (card.peers or 0.0) >= SWITCHED for card in cards
        )

    @property
    def processors(self) -> bool:
        """Whether the processor itself is the device."""
        return len(self.backends) == 1 and self.backends[0] == "cpu"

    @cached_property
    def devices(self) -> tuple[Place, ...]:
        """The places that are no host."""
        return self.places[:-1]

    @cached_property
    def capability(self) -> float | None:
        """The least CUDA capability of its devices; None where none has one."""
        told = [one for place in self.devices if place.card for one in [place.card.capability] if one is not None]
        return min(told) if told else None

    @cached_property
    def host(self) -> Place:
        """The CPU's memory."""
        return self.places[len(self.places) - 1]

    def place(self, index: int) -> Place:
        """A device by its number, or the host by ``HOST``."""
        return self.host if index == HOST else self.places[index]

    @cached_property
    def capacities(self) -> tuple[int, ...]:
        """Bytes of each device that a program may use."""
        return tuple([place.capacity for place in self.devices])

    @cached_property
    def capacity(self) -> int:
        """Bytes of all devices together that a program may use."""
        return total(self.capacities)

    @cached_property
    def alike(self) -> bool:
        """Whether all devices are of one kind, so that it does not matter which of them has how much."""
        cards = [place.card.id if place.card else "" for place in self.devices]
        return min(cards) == max(cards)

    def room(self, program: Program, margin: bool = True) -> tuple[float, ...]:
        """Bytes that a program fills of each device, within the margin that it keeps by itself or without.

        vLLM asks that its share is free when it has started, so it can take all but its own context.
        """
        if not margin and program.utilization < 1:
            return tuple([max(0.0, capacity - program.overhead) for capacity in self.capacities])
        kept = program.margin if margin else 0
        return tuple([max(0.0, capacity * program.utilization - kept) for capacity in self.capacities])

    @cached_property
    def proportions(self) -> tuple[int, ...]:
        """What decides how layers are dealt out: stages, devices, and their capacities where they differ."""
        capacities = self.capacities
        equal = min(capacities) == max(capacities)
        return (self.stages, len(capacities)) if equal else (self.stages, len(capacities), *capacities)
