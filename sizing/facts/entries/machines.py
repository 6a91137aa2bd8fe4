"""What may a machine's entry say, and a host's?"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sizing.facts.entries.common import (
    SOURCES,
    Bandwidth,
    BandwidthOrUndisclosed,
    DateOrUndisclosed,
    Entry,
    MemorySize,
    Positive,
    Sources,
)
from sizing.facts.entries.offers import Price
from sizing.facts.units import Undisclosed


class Host(Entry):
    """A CPU with its memory, for what does not lie on a device."""

    id: str
    name: str = Field(description="a short name")
    memory: MemorySize = Field(description="such as 64 GB")
    bandwidth: Bandwidth = Field(description="the memory bandwidth of all channels, such as 89.6 GB/s")
    memory_type: str = Field(description="such as DDR5-5600, 2 channels")
    sources: Sources = Field(description=SOURCES)


class Installed(Entry):
    """Devices of one kind in a machine."""

    device: str = Field(description="a device's id")
    count: Positive = Field(1, description="how many, such as 2")
    memory: MemorySize | None = Field(None, description="for a soc or a cpu, the size bought, such as 64 GB")


class MachineEntry(Entry):
    """What a person buys or rents."""

    id: str
    kind: Literal["laptop", "desktop", "workstation", "server", "cloud"] = Field(
        description="laptop, desktop, workstation, server or cloud"
    )
    name: str = Field(description="the product's name")
    devices: tuple[Installed, ...] = Field(min_length=1, description="a list of {device, count}")
    host: str | None = Field(None, description="a host's id of hosts.yaml; left out for a soc or a cpu")
    nodes: Positive = Field(1, description="the number of equal nodes, for a cluster")
    network: BandwidthOrUndisclosed | None = Field(None, description="between nodes, for each node, such as 400 GB/s")
    released: DateOrUndisclosed | None = Field(None, description="the release date, such as 2022-10-12")
    price: Price | Undisclosed = Field(description="{amount, currency, region, date, kind, covers}, or undisclosed")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.nodes > 1 and self.network is None:
            raise ValueError("a cluster of several nodes needs its network, such as 400 GB/s, or undisclosed")
        return self
