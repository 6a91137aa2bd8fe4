"""What is known, by id? Every validated entry; and every name that may be said, read or not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.devices import Device, GpuLimit, RaiseGpuLimit
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.entries.runtimes import Runtime

# A bare device by name: 2x-rtx-4090, m3-max-40-core-64gb.
COUNTED: Final = re.compile(r"([1-9][0-9]*)x-(.+)", re.ASCII)
SIZED: Final = re.compile(r"(.+)-([1-9][0-9]{0,5})gb", re.ASCII)
MOST: Final = 1024  # devices of a machine

Sets = Mapping[str, Mapping[str, tuple[str, ...]]]

# Where the names of a kind stand, as errors tell it.
WHERE: Final[Mapping[str, str]] = {
    "models": "catalog/models/",
    "model types": "sizing/anatomy/architectures.py",
    "devices": "catalog/devices/",
    "machines": "catalog/machines/",
    "hosts": "catalog/machines/hosts.yaml",
    "offers": "catalog/offers/",
    "parts": "catalog/offers/parts.yaml",
    "apis": "catalog/offers/",
    "tariffs": "catalog/offers/electricity.yaml",
    "rates": "catalog/offers/exchange.yaml",
    "formats": "catalog/formats.yaml",
    "runtimes": "catalog/runtimes.yaml",
    "benchmarks": "catalog/benchmarks.yaml",
    "claims": "catalog/claims.yaml",
    "words": "catalog/claims.yaml",
    "kinds": "catalog/claims.yaml",
    "sections": "catalog/claims.yaml",
    "sets of models": "catalog/claims.yaml",
    "sets of machines": "catalog/claims.yaml",
    "sets of formats": "catalog/claims.yaml",
    "cache types": "sizing/facts/cache_types.py",
}


AXES: Final = ("models", "machines", "formats")  # of which claims may name sets


@dataclass(frozen=True)
class Names:
    """The names of each kind. Of a kind in ``unread`` a file could not be read, so that a name may be in there."""

    ids: Mapping[str, Mapping[str, object]]
    unread: frozenset[str] = frozenset()

    @staticmethod
    def of(facts: Facts) -> Names:
        """The ids of facts that all hold."""
        return Names(
            {
                "models": facts.models,
                "devices": facts.devices,
                "machines": facts.machine_entries,
                "hosts": facts.hosts,
                "formats": facts.formats,
                "runtimes": facts.runtimes,
                "benchmarks": facts.benchmarks,
            }
        )

    def knows(self, name: str, *kinds: str) -> bool:
        """Whether a name is of one of ``kinds``, or may be."""
        return any(name in self.ids[kind] or kind in self.unread for kind in kinds)

    def unknown(self, name: str, *kinds: str) -> str | None:
        """What is wrong with a name that is of none of ``kinds``; None where it is of one, or may be."""
        if self.knows(name, *kinds):
            return None
        known = [other for kind in kinds for other in self.ids[kind]]
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]}?" if close else "give a name from there"
        where = ", nor in ".join(dict.fromkeys(WHERE[kind] for kind in kinds))
        return f"{name!r} is not in {where}; {hint}"


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
    offers: Mapping[str, Offer]
    parts: Mapping[str, Part]
    apis: Mapping[str, ApiPrice]
    tariffs: Mapping[str, Tariff]
    rates: Mapping[str, ExchangeRate]
    benchmarks: Mapping[str, Benchmark]
    claims: Mapping[str, Claim]
    words: Mapping[str, Word]
    kinds: Mapping[str, Kind]
    sets: Sets  # axis: name: members
    origins: Mapping[str, tuple[str, int]]  # id: file and line of its entry


def members(sets: Sets, axis: str, names: Sequence[str]) -> tuple[str, ...]:
    """The ids that a list of ids and sets of ``axis`` stands for, each once."""
    own = sets.get(axis, {})
    return tuple(dict.fromkeys(member for name in names for member in own.get(name, (name,))))
