"""Which device of the catalog is it? By PCI numbers, printed names, cores and memory; none where they do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sizing.catalog import Catalog
from sizing.facts.device_names import main_name, words
from sizing.facts.entries.devices import Device
from sizing.facts.printed_names import PrintedName
from sizing.facts.units import known
from sizing.here.seen import HostSeen, Seen

# A slice of a card as hypervisors name it: GRID V100D-8C, NVIDIA L40S-24Q.
_VGPU: Final = re.compile(r"^(?P<card>.+)-\d+[ABCQ]$")
# What a name says of a chip's making, and what people leave out of one: "RTX 4090".
_EDITION: Final = re.compile(r" (?:Rev\. [A-Z]|Lite Hash Rate)\b")
_LINES: Final = ("geforce", "radeon")
# What a driver takes of the box at most: ECC a sixteenth, OpenCL on an Arc a fifth.
_LEAST: Final = 0.78
_MOST: Final = 1.01
_SIZE: Final = re.compile(r"\d+gb|sxm|pcie|nvl")
_BIN: Final = re.compile(r"^(M\d+(?: Pro| Max| Ultra)?) \((?:(\d+)-core CPU, )?(\d+)-core GPU\)")


@dataclass(frozen=True)
class Match:
    """The device that is meant, or those among which nothing tells."""

    device: Device | None = None
    choices: tuple[str, ...] = ()
    why: str = ""  # what does not agree, or is not known
    memory: int | None = None  # what the bus's window over it tells of it


@dataclass
class Matcher:
    """Devices of a catalog, with the names and numbers that systems show."""

    catalog: Catalog
    printed: Sequence[PrintedName]
    _by_pci: dict[str, list[Device]] = field(default_factory=dict)
    _by_name: dict[frozenset[str], list[Device]] = field(default_factory=dict)
    _exact: dict[str, Device] = field(default_factory=dict)  # of names of one device
    _numbered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        devices = self.catalog.devices
        for name in {row.name for row in self.printed} - {""}:
            if len(ids := {row.device for row in self.printed if row.name == name}) == 1:
                self._exact[name] = devices[ids.pop()]
        for row in self.printed:
            device = devices[row.device]
            if row.pci:
                self._numbered.add(device.id)
                self._by_pci.setdefault(row.pci, []).append(device)
                if row.pci.count(":") == 2:
                    self._by_pci.setdefault(row.pci[:9], []).append(device)
            if row.name:
                self._by_name.setdefault(words(row.name), []).append(device)
        for device in devices.values():
            if device.kind != "cpu":
                for name in _own_names(device):
                    self._by_name.setdefault(words(name), []).append(device)

    def match(self, one: Seen, host: HostSeen) -> Match:
        """The device that was seen. A slice of a card is none of the catalog's."""
        if is_slice(one):
            return Match(why="a slice of a card is no device of the catalog")
        if one.name.endswith("..."):
            found = list(self._cut(one))
        elif one.vendor == "apple":
            found = self._apple(one)
        else:
            found = self._told(one)
        if one.kind == "integrated" and host.cpu and (not found or len(_unique(found)) > 1):
            found = self._in_processor(one, host.cpu) or found
        return _certain(_by_memory(_unique(found), one, host), one)

    def _in_processor(self, one: Seen, cpu: str) -> list[Device]:
        """The chip that a processor's name tells: the graphics of a Ryzen AI Max+ 395, or of a Core Ultra 7 258V."""
        chips = [d for d in self.catalog.devices.values() if d.kind == "soc" and d.vendor == one.vendor]
        return [d for d in chips if is_within(d, cpu) or words(main_name(d)) <= words(cpu)]

    def parent(self, one: Seen) -> str | None:
        """The card that a slice is of, where its name alone tells."""
        name = one.parent or (cut[1] if (cut := _VGPU.match(one.name)) else "")
        bare = name.removeprefix("GRID ").removeprefix("NVIDIA ")
        found = _unique(
            device for text in (name, bare, f"Tesla {bare}") for device in self._by_name.get(words(text), [])
        )
        return found[0].id if name and len(found) == 1 else None

    def _told(self, one: Seen) -> list[Device]:
        """By numbers and name; where both are known, what agrees, else the number."""
        numbered = self._by_pci.get(one.pci) or self._by_pci.get(one.pci[:9], []) if one.pci else []
        named = self._named(one.name)
        if "Max-Q" in one.name:
            numbered = [device for device in numbered if "Max-Q" in device.name]
        both = [device for device in numbered if device in named]
        if both or numbered:
            return both or numbered
        if one.pci.startswith("10de:"):
            named = [device for device in named if device.id not in self._numbered]  # another chip has that name
        named = [device for device in named if not one.vendor or device.vendor == one.vendor]
        return self._of_revision(named, one) or named

    def _of_revision(self, named: Sequence[Device], one: Seen) -> list[Device]:
        """Of an AMD chip's cards, those of the revision that is printed without the chip's number."""
        rows = [row for row in self.printed if one.revision and row.pci.startswith("1002:")]
        own = {row.device for row in rows if row.pci.endswith(f":{one.revision}")}
        return [device for device in named if device.id in own]

    def _named(self, name: str) -> list[Device]:
        """By the words of a name; of a bus's own, those in brackets: ``AD102 [GeForce RTX 4090]``."""
        if exact := self._exact.get(name):
            return [exact, *self._rebuilt(exact)]
        name = _EDITION.sub("", name)
        inner = re.findall(r"\[([^\]]+)\]", name)
        for text in (name, *inner):
            parts = [self._by_name.get(words(part), []) for part in _alternatives(text)]
            if found := self._by_name.get(words(text)) or [device for part in parts for device in part]:
                return found
        if found := [device for line in _LINES for device in self._by_name.get(words(name) | {line}, [])]:
            return found
        if re.search(r"Jetson|Thor|Orin|GB10|DGX Spark", name):
            return self._board(words(name))
        return []

    def _rebuilt(self, device: Device) -> Iterable[Device]:
        """Cards that were made of this one with another memory, and still print its name."""
        for other in self._by_name.get(words(main_name(device)), []):
            if other.id != device.id and words(re.sub(r" \d+ ?GB\b", "", main_name(other))) == words(main_name(device)):
                yield other

    def _board(self, printed: frozenset[str]) -> list[Device]:
        """A board's or a chip's name says more, or less, than the module's."""
        chips = [d for d in self.catalog.devices.values() if d.kind == "soc" and d.vendor == "nvidia"]
        mine = {d.id: frozenset(w for w in words(main_name(d)) if not _SIZE.fullmatch(w)) for d in chips}
        inside = [d for d in chips if mine[d.id] <= printed]
        longest = max((len(mine[d.id]) for d in inside), default=0)
        part = [d for d in chips if printed and printed <= mine[d.id]]
        return [d for d in inside if len(mine[d.id]) == longest] or part

    def _cut(self, one: Seen) -> Iterable[Device]:
        """A name that a table cut: those that are longer than its room and go on so, by power limit and fan."""
        start = one.name.removesuffix("...").rstrip()
        if not re.search(r"\d{2,}", start):
            return  # it breaks off before the model
        full: dict[str, Device] = {}
        for row in self.printed:
            full.setdefault(row.name, self.catalog.devices[row.device])
        printed = [(name, device) for name, device in full.items() if name.startswith(start)]
        for name, device in printed or self._going_on(start):
            if len(name) <= len(one.name):
                continue
            limit = known(device.tdp) if device.tdp is not None else None
            if one.watts and limit and one.watts > limit * 1.1:
                continue
            if one.fanless != (device.market in ("datacenter", "laptop")):
                continue
            yield device

    def _going_on(self, start: str) -> Iterable[tuple[str, Device]]:
        """Devices whose own names go on as an older driver writes them: ``Tesla V100-PCIE`` with its memory."""
        form = re.match(r"Tesla (\w+)-([A-Z]+)\d?$", start)
        if form is None:
            return
        for device in self.catalog.devices.values():
            said = words(main_name(device))
            if device.vendor == "nvidia" and {form[1].lower(), form[2].lower()} <= said:
                yield f"{start}-{device.memory.box[-1] >> 30}GB", device

    def _apple(self, one: Seen) -> list[Device]:
        """A chip's bins, by the cores of its GPU and its CPU, as far as they are known."""
        chip = one.name.removeprefix("Apple ").strip()
        found = []
        for device in self.catalog.devices.values():
            bin_ = _BIN.match(device.name) if device.vendor == "apple" else None
            if bin_ is None or bin_[1] != chip:
                continue
            if one.gpu_cores is not None and one.gpu_cores != int(bin_[3]):
                continue
            if one.cpu_cores is not None and bin_[2] and one.cpu_cores != int(bin_[2]):
                continue
            found.append(device)
        return found


def is_within(device: Device, cpu: str) -> bool:
    """Whether a processor's name is one of those that have a chip's graphics."""
    return any(words(name) <= words(cpu) for name in device.processors)


def is_slice(one: Seen) -> bool:
    """Whether it is a part of a card, by its tool or as hypervisors name parts."""
    return one.kind == "slice" or bool(_VGPU.match(one.name))


def _own_names(device: Device) -> list[str]:
    """The product's name; without its memory, which most tools leave out; and a chip's graphics in brackets."""
    main = main_name(device)
    names = [main, re.sub(r" \d+ ?GB\b", "", main)]
    aside = re.search(r"\((Radeon [^)]+)\)", device.name)
    return [*names, *([aside[1]] if aside else [])]


def _alternatives(text: str) -> Iterable[str]:
    """Each name of several that share a number, as buses list them: ``Radeon RX 6700/6700 XT / 6800M`` leaves out the
    line's words, and ``Instinct MI60 / MI50`` says the first whole."""
    first, *others = re.split(r"\s*/\s*", text)
    line = re.match(r"(?:[A-Za-z()]+ )+(?=\S*\d)", first)
    yield first.removeprefix("Radeon ") if "Instinct" in first else first
    for other in others:
        yield other.removeprefix("Radeon ") if "Instinct" in other else other
        if line:
            yield line[0] + other


def _certain(match: Match, one: Seen) -> Match:
    """None where a bus's name lists several cards of a chip, of which the catalog has one, and nothing tells which."""
    inner = re.search(r"\[([^\]]*/[^\]]*)\]\s*$", one.name)
    told = one.pci or one.revision or one.memory or one.window or one.kind
    if match.device is None or inner is None or told:
        return match
    return Match(choices=(match.device.id,), why="what is printed does not tell which")


def _unique(devices: Iterable[Device]) -> list[Device]:
    return list({device.id: device for device in devices}.values())


def _by_memory(found: list[Device], one: Seen, host: HostSeen) -> Match:
    """Of sizes that share a name, the one whose memory is seen."""
    if not found:
        return Match(why=_unmatched(one))
    memory = host.memory if found[0].kind == "soc" and one.unified else one.memory
    if found[0].kind == "soc" and not one.unified:
        memory = None  # a carve-out says nothing of the whole
    if memory is None and one.window:
        inside = [box for d in found for box in d.memory.box if one.window / 2 < box <= one.window]
        if inside:
            one_size = _one_of([device for device in found if inside[0] in device.memory.box])
            return replace(one_size, memory=inside[0] if one_size.device else None)
    if memory is None:
        # A name without a size is what its maker sells; others of it are modified, which only their memory tells.
        plain = [device for device in found if device.kind == "gpu" and not re.search(r"\d+ ?GB\b", device.name)]
        return _one_of(plain if len(plain) == 1 else found)
    boxes = sorted({box for device in found for box in device.memory.box if box * _MOST >= memory})
    if not boxes:
        largest = max(found, key=lambda device: device.memory.box[-1])
        more = f"it shows {memory / 2**30:.1f} GiB, more than the catalog's {largest.memory.box[-1] >> 30} GB"
        alike = len({words(re.sub(r" \d+ ?GB\b", "", main_name(d))) for d in found}) == 1
        modified = alike and largest.kind == "gpu"
        return Match(device=largest if modified else None, why=more)
    if memory < boxes[0] * _LEAST and found[0].kind != "soc":
        return Match(why=f"it shows {memory / 2**30:.1f} GiB, and the catalog's has {boxes[0] >> 30} GB")
    return _one_of([device for device in found if boxes[0] in device.memory.box])


def _unmatched(one: Seen) -> str:
    if one.name.endswith("..."):
        return "its name is cut before what tells"
    return "not in the catalog" if one.name or one.pci else "its name is not printed"


def _one_of(found: list[Device]) -> Match:
    if len(found) == 1:
        return Match(device=found[0])
    return Match(choices=tuple(device.id for device in found), why="what is printed does not tell which")
