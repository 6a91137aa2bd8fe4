"""Which device does a name mean that a tool printed? By its words, without what drivers and catalogs add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.facts.entries.devices import Device
from sizing.facts.index import Facts

# What a driver's name adds to the product's, or the catalog's to the driver's.
_VENDORS: Final = frozenset(["nvidia", "amd", "apple", "intel", "graphics", "gpu", "dcu", "iluvatar"])
_UNTOLD: Final = re.compile(r"\d+gb|sxm|pcie|nvl")
_BIN: Final = re.compile(r"\d+-core GPU\)")


@dataclass(frozen=True)
class Meant:
    """The id that a name means, or those among which it does not tell."""

    id: str | None
    choices: tuple[str, ...] = ()


def meant(found: Sequence[str]) -> Meant:
    """The one that was found, or the choice among several."""
    return Meant(found[0]) if len(found) == 1 else Meant(None, tuple(found))


def device_meant(facts: Facts, name: str, cpu: str) -> Meant:
    """The GPU that a driver calls so; of one that is part of a processor, by that one's name."""
    printed, gpus = words(name), [d for d in facts.devices.values() if d.kind != "cpu"]
    same = [d for d in gpus if words(main_name(d)) == printed]
    parts = [d for d in gpus if words(_aside(d)) == printed]
    if parts and not same:
        return meant([d.id for d in parts if words(main_name(d)) <= words(cpu)] or [d.id for d in parts])
    if any(_BIN.search(d.name) for d in same):
        return Meant(None, tuple(d.id for d in same))  # a chip with fewer cores at work has the same name
    return meant([d.id for d in same]) if same else Meant(None, tuple(_without_size(gpus, printed)))


def processor_meant(facts: Facts, name: str) -> Meant:
    """The CPU whose name stands in what its tool printed."""
    printed = words(name)
    found = {d.id: words(main_name(d)) for d in facts.devices.values() if d.kind == "cpu"}
    inside = {name: len(own) for name, own in found.items() if own <= printed}
    return meant([name for name, length in inside.items() if length == max(inside.values())])


def _without_size(gpus: Iterable[Device], printed: frozenset[str]) -> Iterable[str]:
    """Those whose names say more only of their memory or their form."""
    for device in gpus:
        more = words(main_name(device)) - printed
        if printed and printed <= words(main_name(device)) and all(map(_UNTOLD.fullmatch, more)):
            yield device.id


def main_name(device: Device) -> str:
    """The name before what the catalog adds in brackets or after a comma."""
    return re.split(r"[(,]", device.name)[0]


def _aside(device: Device) -> str:
    found = re.search(r"\((.+)\)", device.name)
    return found[1] if found else ""


def words(name: str) -> frozenset[str]:
    """The words of a name that tell products apart."""
    bare = re.sub(r"\((r|tm)\)", " ", name.lower())
    bare = re.sub(r"\(.*?\)", " ", bare)  # the driver, the chip
    bare = re.sub(r"(\d+) ?gb\b", r"\1gb", bare)
    bare = re.sub(r"\bsxm\d\b", "sxm", bare)
    bare = re.sub(r"\bhbm\d\w*\b", " ", bare)
    return frozenset(re.findall(r"[a-z0-9.+]+", bare)) - _VENDORS
