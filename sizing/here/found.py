"""What is this computer, in the catalog's words? Its devices by id, its host, and the name that ``--on`` takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.device_names import processor_meant
from sizing.facts.entries.devices import Device
from sizing.facts.machine_names import PROCESSOR, rated
from sizing.facts.printed_names import PRINTED_NAMES
from sizing.facts.units import GIB
from sizing.here.joined import Joined, join
from sizing.here.named import Match, Matcher, is_slice, is_within
from sizing.here.prints import readings
from sizing.here.seen import HostSeen, Seen
from sizing.here.sockets import socket_of
from sizing.here.values import together

# What a graphics chip in a processor must be able to use, to be told from one that only draws.
_USEFUL: Final = 16 * GIB
# What hosts have, in GB: an operating system shows less than is fitted.
_SIZES: Final = (
    1, 2, 3, 4, 6, 8, 12, 16, 18, 20, 24, 32, 36, 40, 48, 56, 64, 72, 80, 96, 112, 128, 144, 160, 192, 224, 256, 288,
    320, 384, 448, 512, 576, 640, 768, 896, 1024, 1152, 1280, 1536, 2048, 2304, 3072, 4096, 6144, 8192,
)  # fmt: skip
_HIDDEN: Final = 0.12  # the share of what is fitted that a system hides at most


@dataclass(frozen=True)
class Group:
    """Equal devices. Bytes of each; ``in_use`` device by device."""

    device: str | None  # the catalog's id
    name: str
    count: int
    memory: int | None
    in_use: tuple[int | None, ...]
    how: str  # which tool says so
    unified: bool
    kind: str = ""
    parent: str | None = None  # of slices: the card's id
    carved: int | None = None  # of the host's memory, what its system does not show
    choices: tuple[str, ...] = ()  # ids among which nothing tells
    why: str = ""  # what does not agree, or is not known

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON: ``in_use`` one figure where all are equal, else a list."""
        taken = self.in_use[0] if len(set(self.in_use)) == 1 else list(self.in_use)
        found: dict[str, object] = {
            "device": self.device,
            "name": self.name,
            "count": self.count,
            "memory": self.memory,
            "in_use": taken,
            "how": self.how,
            "unified": self.unified,
        }
        return found | {key: value for key, value in self._more() if value}

    def _more(self) -> Iterable[tuple[str, object]]:
        yield "kind", self.kind
        yield "parent", self.parent
        yield "choices", list(self.choices)
        yield "why", self.why


@dataclass(frozen=True)
class Found:
    """A computer. ``machine`` is what ``--on`` takes, ``ram`` what ``--ram`` takes; None where no tool tells."""

    system: str | None
    groups: tuple[Group, ...]
    ignored: tuple[tuple[str, str], ...]
    host: HostSeen
    machine: str | None
    ram: str | None
    wired_limit: int | None
    remarks: tuple[str, ...]
    may_be: tuple[str, ...] = ()  # where no machine is told: what --device takes, of the chips that it may be

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        host = self.host
        return {
            "os": self.system,
            "devices": [group.as_dict() for group in self.groups],
            "host": {
                "memory": host.memory or host.fitted,
                "type": host.type,
                "channels": host.channels,
                "rate": host.rate,
                "cpu": host.cpu,
                "sockets": host.sockets,
            },
            "machine": self.machine,
            "ram": self.ram,
            "wired_limit": self.wired_limit,
            "ignored": [{"name": name, "why": why} for name, why in self.ignored],
            "remarks": list(self.remarks),
        }


def find(catalog: Catalog, texts: Mapping[str, str], remarks: Sequence[str] = ()) -> Found:
    """The computer whose tools printed these texts, by their names."""
    said, silent = readings(texts)
    joined = join(said)
    matcher = Matcher(catalog, PRINTED_NAMES.read(catalog.root, catalog))
    groups, aside = _groups(joined, matcher)
    machine, more = _machine(catalog, groups, joined.host)
    limit = next((one.memory for one in joined.devices if one.vendor == "apple" and one.unified), None)
    nothing = [f"{name}: says nothing that is known here" for name in silent]
    return Found(
        system=joined.system,
        groups=tuple(groups),
        ignored=tuple(aside),
        host=joined.host,
        machine=machine,
        ram=None if any(group.unified and group.device for group in groups) else ram(joined.host),
        wired_limit=limit if limit != joined.host.memory else None,
        remarks=(*remarks, *joined.remarks, *nothing, *more),
        may_be=() if machine else tuple(_may_be(catalog, groups, joined.host)),
    )


# --- devices --------------------------------------------------------------------------------------------------------


def _groups(joined: Joined, matcher: Matcher) -> tuple[list[Group], list[tuple[str, str]]]:
    """Equal devices together, in the order in which they were seen; and what does not count, with the reason."""
    aside = [(_called(one), reason) for one, reason in joined.ignored]
    matched = ((one, matcher.match(one, joined.host)) for one in joined.devices)
    seen: list[tuple[Seen, Match]] = [(_shared(one, match, joined.host), match) for one, match in matched]
    seen = _boards(seen, matcher, joined.host)
    cards = any(one.kind != "integrated" for one, _ in seen)
    groups: dict[tuple[object, ...], list[tuple[Seen, Match]]] = {}
    for one, match in seen:
        if one.kind == "integrated" and (reason := _useless(one, match, cards, joined.host)):
            aside.append((_called(one), reason))
            continue
        key = (match.device.id if match.device else one.name or one.pci[:9], one.kind, one.memory)
        groups.setdefault(key, []).append((one, match))
    return [_group(members, matcher) for members in groups.values()], aside


def _shared(one: Seen, match: Match, host: HostSeen) -> Seen:
    """A chip of NVIDIA's that only its number told: its memory is the host's."""
    if match.device is None or match.device.kind != "soc" or one.vendor != "nvidia" or one.unified:
        return one
    return replace(one, unified=True, memory=host.memory)


def _useless(one: Seen, match: Match, cards: bool, host: HostSeen) -> str:
    """Why graphics in a processor do not count; empty where they do: a chip of the catalog, or one that nothing names
    and that may use much. Intel gives graphics of several sizes one name: they count where the processor tells them."""
    if cards:
        return "is part of the processor, beside a card"
    sure = one.vendor != "intel" or (match.device is not None and is_within(match.device, host.cpu or ""))
    if not sure:
        return "is part of the processor and shares the host's memory"
    if match.device or match.choices or (not one.name and not one.pci and (one.memory or 0) >= _USEFUL):
        return ""
    return "is part of the processor and shares the host's memory"


def _boards(seen: list[tuple[Seen, Match]], matcher: Matcher, host: HostSeen) -> list[tuple[Seen, Match]]:
    """Chips that are printed one by one as the boards that are sold: two of half the board's memory are one."""
    result: list[tuple[Seen, Match]] = []
    halves: dict[str, list[Seen]] = {}
    for one, match in seen:
        if one.kind or match.device or one.vendor not in ("huawei", "cambricon") or not one.memory:
            result.append((one, match))
            continue
        halves.setdefault(one.name, []).append(one)
    boards = [board for chips in halves.values() for board in _paired(chips)]
    found = [(board, matcher.match(board, host)) for board in boards]
    if not all(match.device for _, match in found) or len({board.name for board in boards}) < len(halves):
        return seen  # no such board is known, or not even one is shown whole
    return [*result, *found]


def _paired(chips: list[Seen]) -> Iterable[Seen]:
    """Chips of one name: by the board that they say, else two and two. A chip whose other half is not shown counts with
    none."""
    boards: dict[str, list[Seen]] = {}
    for turn, chip in enumerate(chips):
        boards.setdefault(chip.board or str(turn // 2), []).append(chip)
    for two in boards.values():
        if len(two) != 2:
            continue
        memory, taken = together(chip.memory for chip in two), together(chip.in_use for chip in two)
        yield replace(two[0], memory=memory, in_use=taken)


def _called(one: Seen) -> str:
    where = f"a device at {one.bus}" if one.bus else "a device without a name"
    return one.name or one.pci or where


def _group(members: list[tuple[Seen, Match]], matcher: Matcher) -> Group:
    one, match = members[0]
    why = match.why
    if one.kind == "partitioned":
        match, why = Match(), "is divided; only its slices can be used"
    memory = None if one.kind == "partitioned" else one.memory or match.memory
    return Group(
        device=match.device.id if match.device else None,
        name=_called(one),
        count=len(members),
        memory=memory,
        in_use=tuple(member.in_use for member, _ in members),
        how=one.tool,
        unified=one.unified,
        kind=_kind(one),
        parent=matcher.parent(one),
        carved=one.carved,
        choices=match.choices,
        why=why,
    )


def _kind(one: Seen) -> str:
    """What it is of a card, where it is not the whole of one."""
    if one.kind == "partitioned":
        return "partitioned"
    return "slice" if is_slice(one) else ""


# --- the machine ----------------------------------------------------------------------------------------------------


def _machine(catalog: Catalog, groups: Sequence[Group], host: HostSeen) -> tuple[str | None, list[str]]:
    """The name that ``--on`` takes, and what it leaves out."""
    if not groups:
        return _processor(catalog, host)
    known = [group for group in groups if group.device]
    if not known:
        return None, []
    parts = [_part(catalog.device(group.device or ""), group, host) for group in known]
    if any(part is None for part in parts):
        return None, ["how much memory the chip has is not told; give --device with its size"]
    name = "+".join(part for part in parts if part)
    unsure = [group.name for group in groups if group.choices]
    told = [f"{name}: which it is, is not told; the list is without it" for name in dict.fromkeys(unsure)]
    try:
        return catalog.machine(name).id, told
    except SizingError as error:
        best = max(known, key=lambda group: (group.memory or 0) * group.count)
        one = _part(catalog.device(best.device or ""), best, host)
        return one, [f"{error}; the list is for {one} alone"]


def _may_be(catalog: Catalog, groups: Sequence[Group], host: HostSeen) -> Iterable[str]:
    """The first devices of which nothing tells which they are, with the memory that is told."""
    unsure = next((group for group in groups if group.choices), None)
    if unsure is not None:
        yield from (_part(catalog.device(id), unsure, host) or id for id in unsure.choices)


def _part(device: Device, group: Group, host: HostSeen) -> str | None:
    """``2x-rtx-3090`` or ``m2-max-38-core-32gb``."""
    times = f"{group.count}x-" if group.count > 1 else ""
    sizes = device.memory.box
    if device.kind == "gpu" or len(sizes) == 1:
        return f"{times}{device.id}"
    shown = host.memory + (group.carved or 0) if host.memory else 0
    memory = max(host.fitted or 0, shown, (group.memory or 0) if group.unified else 0)
    least = max(memory, (group.carved or 0) + GIB)  # what is carved out is not all of it
    enough = [box for box in sorted(sizes) if memory and box >= least]
    # A part of a memory that nobody told is some size's, and Apple's the next one's.
    told = host.fitted or host.memory or device.vendor == "apple" or len(enough) == 1
    return f"{times}{device.id}-{enough[0] >> 30}gb" if enough and told else None


def _processor(catalog: Catalog, host: HostSeen) -> tuple[str | None, list[str]]:
    """The processor with its memory as a machine: what it is sold with, or the next smaller size; one that the catalog
    does not know, by its memory."""
    if not host.cpu:
        return None, []
    cpu = processor_meant(catalog, host.cpu).id
    told = []
    if cpu is None:
        cpu = socket_of(host.cpu, host.type)
        if cpu is None or cpu not in catalog.devices:
            return _by_memory(catalog, host)
        told.append(f"{host.cpu}: counted as any in its socket, {catalog.device(cpu).name}")
    device, sockets = catalog.device(cpu), host.sockets or 1
    memory = fitted(host)
    if memory is None:
        return None, [f"the memory is not told; give --device with its size, such as {_of_size(device, 0)}"]
    each = memory // sockets
    smaller = [box for box in device.memory.box if box <= each]
    box = max(smaller, default=min(device.memory.box))
    times = f"{sockets}x-" if sockets > 1 else ""
    if box > each:
        return None, [f"{device.name} has {each >> 30} GB, less than the catalog knows it with"]
    if box < each:
        told.append(f"counted with {box >> 30} of its {each >> 30} GB, a size that the catalog knows")
    return f"{times}{_of_size(device, box)}", told


def _by_memory(catalog: Catalog, host: HostSeen) -> tuple[str | None, list[str]]:
    """Any processor, which its memory tells: with its rate, or the size alone."""
    said, memory, any_of_them = ram(host), fitted(host) or 0, catalog.device(PROCESSOR)
    told = [f"{host.cpu}: not in the catalog, counted as any processor"]
    if said is not None and rated(said):
        return rated(said), told
    smaller = [box for box in any_of_them.memory.box if box <= memory]
    return (_of_size(any_of_them, max(smaller)), told) if smaller else (None, [f"{host.cpu}: not in the catalog"])


def _of_size(device: Device, box: int) -> str:
    return f"{device.id}-{(box or device.memory.box[0]) >> 30}gb" if len(device.memory.box) > 1 else device.id


def fitted(host: HostSeen) -> int | None:
    """Bytes that a container may use; else of the modules: as they say themselves, or the size sold that is next to
    what the system shows."""
    if host.limit is not None:
        return host.limit // GIB * GIB
    if host.fitted:
        return host.fitted
    if host.memory is None:
        return None
    gigabytes = host.memory / GIB
    size = next((size for size in _SIZES if size >= gigabytes * 0.999), None)
    if size is None or gigabytes < size * (1 - _HIDDEN):
        return int(gigabytes) * GIB  # a virtual machine's share
    return size * GIB


def ram(host: HostSeen) -> str | None:
    """``64GB@DDR4-3200x2``, or the size alone."""
    memory = fitted(host)
    if not memory or memory < GIB:
        return None
    size = f"{memory >> 30}GB"
    kind = host.type if host.type and re.fullmatch(r"(LP)?DDR[345]X?", host.type) else None
    return f"{size}@{kind}-{host.rate}x{host.channels}" if kind and host.rate and host.channels else size
