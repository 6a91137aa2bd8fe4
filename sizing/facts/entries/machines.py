"""What may a machine's entry say, and a host's?"""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from sizing.facts.entries.common import READS, SOURCES, Sources, plausible
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.offers import PartUse
from sizing.facts.entries.values import SOME, Bandwidth, Count, Date, HostBandwidth, Kept, MemorySize, Text
from sizing.facts.units import Undisclosed, known


class Host(Entry):
    """A CPU with its memory, for what does not lie on a device."""

    id: Text
    name: Text = about("a short name")
    memory: MemorySize = about("such as 64 GB")
    bandwidth: HostBandwidth | Undisclosed = about(
        "the memory bandwidth of all channels, such as 89.6 GB/s, or undisclosed"
    )
    memory_type: Text = about("such as DDR5-5600, 2 channels")
    parts: tuple[PartUse, ...] = about(
        "a list of {part, count}: all that it is built of, but for cards, where it is built of parts", default=()
    )
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        plausible("bandwidth", known(self.bandwidth), "of its memory", self.memory, READS)


class Reserved(Entry):
    """What an operating system takes of its host."""

    memory: Kept = about("such as 4 GB")
    sources: Sources = about(SOURCES)


class Installed(Entry):
    """Devices of one kind in a machine."""

    device: Text = about("a device's id")
    count: Count = about("how many, such as 2", default=1)
    memory: MemorySize | None = about("for a soc or a cpu, the size bought, such as 64 GB", default=None)


# Ethernet, Thunderbolt, or a link of so many Gbit/s, as people write them.
PORT: Final = r"[0-9.]+ ?gbe|tb[345]|[0-9.]+ ?gbps"


class MachineEntry(Entry):
    """What a person buys or rents."""

    id: Text
    kind: Literal["laptop", "desktop", "workstation", "server", "cloud"] = about(
        "laptop, desktop, workstation, server or cloud"
    )
    name: Text = about("the product's name")
    names: tuple[Text, ...] = about("a list of what equal machines of other makers are called", default=())
    devices: Annotated[tuple[Installed, ...], SOME] = about("a list of {device, count}")
    host: Text | None = about("a host's id of hosts.yaml; left out for a soc or a cpu", default=None)
    nodes: Count = about("the number of equal nodes, for a cluster", default=1)
    network: Bandwidth | Undisclosed | None = about("between nodes, for each node, such as 400 GB/s", default=None)
    port: Text | None = about("the port by which several of them are joined: 200GbE, TB5 or 80Gbps", default=None)
    released: Date | Undisclosed | None = about("the release date, such as 2022-10-12", default=None)
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if self.nodes > 1 and self.network is None:
            raise ValueError("a cluster of several nodes needs its network, such as 400 GB/s, or undisclosed")
        if self.port is not None and not re.fullmatch(PORT, self.port, re.I):
            raise ValueError(f"port {self.port!r} is none; write 10GbE, 200GbE, TB5 or 80Gbps")
