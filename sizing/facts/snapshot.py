"""How does an installed catalog load at once? As one file of validated facts, made when the package was built.

It holds the facts that were made of the catalog's YAML, and a digest of those files: where one of them was changed
since, the snapshot is of no use, and YAML is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.devices import Device, GpuLimit, RaiseGpuLimit
from sizing.facts.entries.entry import Entry
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import CitedModelEntry
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import Facts
from sizing.facts.plain import from_plain, to_plain

NAME: Final = "snapshot.json"

# The kinds of entries that ``Facts`` holds by id; what else it holds is below.
_BY_ID: Final[Mapping[str, type[Entry]]] = {
    "models": CitedModelEntry,
    "devices": Device,
    "machine_entries": MachineEntry,
    "formats": Format,
    "runtimes": Runtime,
    "hosts": Host,
    "offers": Offer,
    "parts": Part,
    "apis": ApiPrice,
    "tariffs": Tariff,
    "rates": ExchangeRate,
    "benchmarks": Benchmark,
    "claims": Claim,
    "words": Word,
    "kinds": Kind,
}
_AS_IT_IS: Final = ("reference_host", "reserved")


def digest(root: Path) -> str:
    """What the YAML files under a catalog's folder hold, as a hash."""
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(root.rglob("*.yaml")):
        data = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()


def write(facts: Facts, root: Path, file: Path) -> None:
    """Write the facts that were read from the catalog at ``root``."""
    data: dict[str, Any] = {"digest": digest(root)}
    for name in (one.name for one in fields(Facts)):
        data[name] = _plain(getattr(facts, name))
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _plain(fact: Any) -> Any:
    if isinstance(fact, Entry):
        return to_plain(fact)
    if isinstance(fact, Mapping):
        return {key: _plain(value) for key, value in fact.items()}
    return [_plain(one) for one in fact] if isinstance(fact, tuple) else fact


def read(root: Path, file: Path) -> Facts | None:
    """The facts of the catalog at ``root``; None where there is no snapshot of it as it is now."""
    try:
        data = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    if data["digest"] != digest(root):
        return None
    by_id = {name: MappingProxyType(dict(_entries(kind, data[name]))) for name, kind in _BY_ID.items()}
    raising = data["raise_gpu_limit"]
    return Facts(
        **by_id,  # type: ignore[arg-type]
        **{name: data[name] for name in _AS_IT_IS},
        gpu_limits=tuple(from_plain(GpuLimit, one) for one in data["gpu_limits"]),
        raise_gpu_limit=raising and from_plain(RaiseGpuLimit, raising),
        sets={axis: {name: tuple(ids) for name, ids in own.items()} for axis, own in data["sets"].items()},
        origins={name: (where, line) for name, (where, line) in data["origins"].items()},
    )


def _entries(kind: type[Entry], data: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    return ((name, from_plain(kind, one)) for name, one in data.items())
