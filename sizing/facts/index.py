"""What is known? Every entry by id, once read; and which entries a name stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.devices import Device, GpuLimit, RaiseGpuLimit
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.runtimes import Runtime

# A bare device by name: 2x-rtx-4090, m3-max-40-core-64gb.
COUNTED: Final = re.compile(r"([1-9][0-9]*)x-(.+)")
SIZED: Final = re.compile(r"(.+)-([1-9][0-9]*)gb")

Sets = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, eq=False)
class Facts:
    """Every validated entry, by id."""

    models: Mapping[str, ModelEntry]
    devices: Mapping[str, Device]
    machine_entries: Mapping[str, MachineEntry]
    formats: Mapping[str, Format]
    runtimes: Mapping[str, Runtime]
    hosts: Mapping[str, Host]
    reference_host: str
    reserved: int  # bytes of a host that its operating system takes
    gpu_limits: tuple[GpuLimit, ...]
    raise_gpu_limit: RaiseGpuLimit | None
    claims: Mapping[str, Claim]
    words: Mapping[str, Word]
    kinds: Mapping[str, Kind]
    sets: Sets  # axis: name: members
    origins: Mapping[str, tuple[str, int]]  # id: file and line of its entry


def members(sets: Sets, axis: str, names: Sequence[str]) -> tuple[str, ...]:
    """The ids that a list of ids and sets of ``axis`` stands for, each once."""
    own = sets.get(axis, {})
    return tuple(dict.fromkeys(member for name in names for member in own.get(name, (name,))))
