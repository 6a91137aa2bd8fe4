"""What a computer prints, and what is to be found of it."""

from __future__ import annotations

from dataclasses import dataclass, field

GIB = 2**30
MIB = 2**20


@dataclass(frozen=True)
class Computer:
    """Texts by name, and what is to be found: (id, count, bytes) of devices, ``on`` for a plan."""

    texts: dict[str, str]
    devices: list[tuple[str | None, int, int | None]]
    on: str | None
    system: str | None = "linux"
    in_use: list[object] | None = None
    host: dict[str, object] = field(default_factory=dict)
    ram: str | None = None
    ignored: int = 0
