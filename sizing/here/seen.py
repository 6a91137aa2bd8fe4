"""What can a tool show? Devices as it prints them, the host, and the system; nothing of it is known to be true yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Final, Literal

Kind = Literal["", "card", "integrated", "virtual", "slice", "partitioned", "lost"]
System = Literal["linux", "windows", "macos", "wsl2"]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One device as one tool prints it. Bytes and watts; None and empty text where it does not say."""

    tool: str
    vendor: str = ""  # the catalog's word: nvidia, amd, intel …
    name: str = ""  # may end in "...", where the tool cuts names
    pci: str = ""  # vendor:device or vendor:device:revision, in small hexadecimal
    revision: str = ""  # where the other numbers are not printed
    bus: str = ""  # 0000:01:00.0
    memory: int | None = None
    in_use: int | None = None
    shared: int | None = None  # of the host's memory, what it may use besides
    carved: int | None = None  # of the host's memory, what its firmware keeps for it and the system does not show
    window: int | None = None  # the largest region that the bus maps; all of the memory where the BIOS allows it
    kind: Kind = ""  # partitioned: a card whose memory belongs to its slices; lost: one that no longer answers the bus
    parent: str = ""  # of a slice: the card's name
    board: str = ""  # chips of one board say the same
    gpu_cores: int | None = None
    cpu_cores: int | None = None
    watts: float | None = None  # the power limit
    fanless: bool = False
    unified: bool = False  # its memory is the host's


@dataclass(frozen=True, kw_only=True)
class HostSeen:
    """The processors and their memory. Bytes, millions of transfers a second."""

    memory: int | None = None
    available: int | None = None
    limit: int | None = None  # of the memory, what a container may use
    fitted: int | None = None  # the modules' sizes together
    type: str | None = None  # such as DDR5
    rate: int | None = None
    channels: int | None = None
    cpu: str | None = None
    cpu_cores: int | None = None
    sockets: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that one print-out says."""

    tool: str
    devices: tuple[Seen, ...] = ()
    host: HostSeen = field(default_factory=HostSeen)
    system: System | None = None
    remarks: tuple[str, ...] = ()  # what a reader should know of it, as sentences without a stop


def first_said(hosts: Iterable[HostSeen]) -> HostSeen:
    """Of each figure, the first that is said."""
    found: dict[str, object] = {}
    for host in hosts:
        for one in fields(HostSeen):
            if found.get(one.name) is None:
                found[one.name] = getattr(host, one.name)
    return HostSeen(**found)  # type: ignore[arg-type]


# PCI vendors whose display and compute devices run models, by the catalog's words. All others on a bus are none: what a
# server's management chip, a virtual machine or a remote desktop shows.
PCI_VENDORS: Final = {
    "10de": "nvidia", "1002": "amd", "8086": "intel", "1ed5": "moore-threads", "19e5": "huawei", "cabc": "cambricon",
    "1d94": "hygon", "9999": "metax", "1e3e": "iluvatar", "1d22": "kunlunxin", "1ee0": "biren", "1da3": "habana",
}  # fmt: skip
# The words by which a name tells its vendor.
_NAMED: Final = {
    "nvidia": ("nvidia", "geforce", "quadro", "tesla", "titan rtx", "titan xp", "titan v", "grid "),
    "amd": ("amd", "radeon", "instinct", "advanced micro"),
    "intel": ("intel", "iris", "arc(tm)", "uhd graphics"),
    "apple": ("apple",),
    "qualcomm": ("qualcomm", "adreno"),
    "moore-threads": ("mtt s", "moore threads"),
    "metax": ("metax", "mxc5"),
    "iluvatar": ("iluvatar",),
    "cambricon": ("mlu2", "mlu3", "mlu5"),
    "huawei": ("ascend",),
    "enflame": ("enflame",),
}


def vendor_of(name: str, pci: str = "") -> str:
    """The vendor that a PCI number, else a name tells; empty where neither does."""
    if pci[:4] in PCI_VENDORS:
        return PCI_VENDORS[pci[:4]]
    said = name.lower()
    return next((vendor for vendor, words in _NAMED.items() if any(word in said for word in words)), "")
