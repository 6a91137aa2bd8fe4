"""What may be asked of a start? Where the server listens, from where weights come, and what the nodes are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sizing.errors import SizingError

LOCALHOST: Final = "127.0.0.1"
SOURCES: Final = ("huggingface", "modelscope")

_ADDRESS: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Unsaid, a server listens on this machine alone, and nodes are called node1, node2 …"""

    host: str = LOCALHOST  # the address that it listens at
    port: int | None = None  # None: the one that it has by itself
    source: str = "huggingface"  # or modelscope
    nodes: tuple[str, ...] = ()  # addresses of a cluster's nodes, the first one's first

    def __post_init__(self) -> None:
        """Raises SizingError for what names no address, port or source."""
        for one in (self.host, *self.nodes):
            if not _ADDRESS.fullmatch(one):
                raise SizingError(f"{one!r} is no address; write a name or a number, such as 192.168.1.10")
        if self.port is not None and not 1 <= self.port <= 65_535:
            raise SizingError(f"{self.port} is no port; give a number from 1 to 65535")
        if self.source not in SOURCES:
            raise SizingError(f"{self.source!r} is no source of weights; choose {' or '.join(SOURCES)}")

    @property
    def open(self) -> bool:
        """Whether others than this machine reach the server."""
        return self.host not in (LOCALHOST, "localhost", "::1")

    def named(self, count: int) -> tuple[str, ...]:
        """The nodes' addresses. Raises SizingError where fewer or more are given than there are."""
        if not self.nodes:
            return tuple(f"node{number}" for number in range(1, count + 1))
        if len(self.nodes) != count:
            raise SizingError(f"{len(self.nodes)} nodes are named; the machine has {count}")
        return self.nodes
