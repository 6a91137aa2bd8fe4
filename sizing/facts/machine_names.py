"""Which machine is meant by a name? Cards as people join them, and a host by its id or by its memory.

    rtx-4090 · 2x-rtx-4090 · rtx-5080+rtx-3090 · 3x-rtx-3090+rtx-4090 · "2x RTX 3090 + RTX 4090"
    m3-max-40-core-64gb · epyc-9355-768gb                      chips and processors that are their own host
    2x dgx-spark over 200GbE · 4x-m3-ultra-80-core-512gb-over-tb5     equal boxes, each a machine, and their network
    2x-dgx-spark                                               boxes whose own port is known
    desktop-ddr5-64gb · epyc-9355-768gb · 64GB@DDR4-3200x2     hosts: size, type and rate, channels

Names are matched exactly first, then by normal form: small letters and digits alone; then in the words of ids.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

from sizing.errors import SizingError
from sizing.facts import short_names
from sizing.facts.counts import counted
from sizing.facts.entries.devices import Device
from sizing.facts.entries.machines import PORT, Host, Installed, MachineEntry
from sizing.facts.index import MOST, SIZED, Facts
from sizing.facts.plain_names import plain
from sizing.facts.short_names import Meant
from sizing.facts.units import GIB, Undisclosed, known

MOST_CANDIDATES: Final = 5  # that a refusal names

# Equal boxes joined by Ethernet, Thunderbolt, or a link of so many Gbit/s.
_BOXES: Final = re.compile(rf"([1-9][0-9]{{0,2}})(?:x-| ?[x×*] ?)(.+?)(?: over |-over-)({PORT})")
_THUNDERBOLT: Final = {"tb3": 40, "tb4": 40, "tb5": 80}  # Gbit/s each way
_FASTEST: Final = 3200  # Gbit/s of a box's network that is sold

PROCESSOR: Final = "cpu"  # a computer without a card, which its memory alone tells

_MEMORY: Final = re.compile(r"([1-9][0-9]{0,4}) ?gb(?:@((?:lp)?ddr[345]x?)-([1-9][0-9]{2,4})x([1-9][0-9]?))?")
_LIKE_MEMORY: Final = re.compile(r"[1-9][0-9]{0,4} ?gb ?@.*")
# Transfers a second that are sold, in millions, by type (JEDEC, and what modules beyond it reach).
_RATES: Final = {"3": (800, 3200), "4": (1600, 5333), "5": (3200, 10667)}
_MOST_CHANNELS: Final = 24  # of two sockets

_RAM: Final = re.compile(r"(?:.*\s)?([1-9][0-9]{0,4}) ?gb?(?: ?ram)?|.*[^0-9]([1-9][0-9]{0,4}) ?(?:gb?)? ?ram")

_SUCH: Final = (
    "such as 2x-rtx-4090 or m4-max-40-core-128gb, or its memory alone: 32GB@DDR5-5600x2; "
    "what the catalog lacks, catalog/devices/_template.yaml adds"
)

T = TypeVar("T")
Named = TypeVar("Named", Device, MachineEntry)


class _UnknownDeviceError(SizingError):
    """No such device; whether there are some whose names are like it."""

    def __init__(self, said: str, *, near: bool) -> None:
        super().__init__(said)
        self.near = near


def find(entries: Mapping[str, T], name: str, what: str) -> T:
    """An entry by id. Raises SizingError that names at most five near ones."""
    if name in entries:
        return entries[name]
    raise SizingError(f"no {what} {_quoted(name)} in the catalog; {_hint(entries, name)}")


def _hint(ids: Iterable[str], name: str) -> str:
    known_ids = sorted(ids)
    if close := _close(known_ids, name):
        return f"did you mean {', '.join(close)}?"
    more = len(known_ids) - MOST_CANDIDATES
    return f"known are {', '.join(known_ids[:MOST_CANDIDATES])}" + (f" and {more} more" if more > 0 else "")


def _close(ids: Iterable[str], name: str) -> list[str]:
    return difflib.get_close_matches(name[:100], sorted(ids), n=MOST_CANDIDATES, cutoff=0.5)


def _quoted(name: str) -> str:
    return repr(name if len(name) <= 80 else f"{name[:79]}…")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """The normal form of a name, its letters and digits alone: ``RTX 4090`` and ``rtx-4090`` are one."""
    return re.sub(r"[\W_]", "", name.lower())


@lru_cache(maxsize=4096)
def _plainly(name: str) -> str:
    """The normal form of a name in the words of ids."""
    return normal(plain(name))


def rated(name: str) -> str | None:
    """A memory with its type, rate and channels, as it is written: ``64GB@DDR4-3200x2``; None of another name."""
    said = _MEMORY.fullmatch(name.strip().lower())
    return f"{said[1]}GB@{said[2].upper()}-{said[3]}x{said[4]}" if said is not None and said[2] else None


def tells_size(name: str) -> bool:
    """Whether a name is a memory's size alone: ``64GB``."""
    said = _MEMORY.fullmatch(name.strip().lower())
    return said is not None and said[2] is None


def machine_entry(facts: Facts, name: str, *, sized: bool = True) -> MachineEntry:
    """The machine that a name of the catalog, or of devices, stands for; of a processor without a size, where its
    memory is told elsewhere, and it need not be ``sized``. Raises SizingError."""
    if name in facts.machine_entries:
        return facts.machine_entries[name]
    if (ids := _ids(facts, name)) is not None:
        return _of_parts(facts, ids, name, sized)
    if _LIKE_MEMORY.fullmatch(name.strip().lower()):
        raise SizingError(f"{_quoted(name)}: write a memory by size, type and rate, channels: 16GB@DDR4-3200x2")
    text = plain(name)
    for said, words in ((name, normal), (text, _plainly)):
        called = [m for m in facts.machine_entries.values() if normal(said) in map(words, (m.id, m.name, *m.names))]
        if len(called) == 1:
            return called[0]
    if (boxes := _BOXES.fullmatch(text)) is not None:
        return _joined(facts, int(boxes[1]), boxes[2], boxes[3], name)
    if (ported := _ported(facts, text, name)) is not None:
        return ported
    try:
        return _of_parts(facts, [part.strip() for part in text.split("+")], name, sized)
    except _UnknownDeviceError as refused:
        alone = () if "+" in text else facts.machine_entries.values()
        sold = short_names.meant_machines(alone, text, whole=refused.near)
        if len(sold) == 1:
            return sold[0]
        raise (_unknown(name, [one.id for one in sold]) if sold else refused) from None


def _of_parts(facts: Facts, joined: list[str], name: str, sized: bool) -> MachineEntry:
    """A machine of devices alone, whose host is the reference. Raises SizingError."""
    parts = [_installed(facts, part, name if len(joined) == 1 else part, sized) for part in joined]
    _possible(facts, parts, name)
    devices = [facts.devices[one.device] for one in parts]
    return MachineEntry(
        id="+".join(_spelled(one, device) for one, device in zip(parts, devices, strict=True)),
        kind="desktop",
        name=" + ".join(
            f"{one.count} × {device.name}" if one.count > 1 else device.name
            for one, device in zip(parts, devices, strict=True)
        ),
        devices=tuple(parts),
        sources=devices[0].sources,
    )


def _ids(facts: Facts, name: str) -> list[str] | None:
    """The parts of a name that joins ids, which mean themselves whatever their words do; None for another one."""
    parts = [part.strip() for part in name.split("+")]
    return parts if all(_is_id(facts, part) or _is_id(facts, counted(part)[1]) for part in parts) else None


def _ported(facts: Facts, text: str, name: str) -> MachineEntry | None:
    """Equal boxes by the port that they have for it; None for what names no such boxes."""
    count, rest = counted(text)
    if count is None:
        return None
    for box in facts.machine_entries.values():
        names = (box.id, box.name, *box.names) if box.port is not None else ()
        if box.port is not None and normal(rest) in map(_plainly, names):
            return _joined(facts, count, box.id, box.port.lower(), name)
    return None


def _joined(facts: Facts, count: int, box: str, link: str, name: str) -> MachineEntry:
    """Equal boxes, each a machine of its own, that share a model over a network. Raises SizingError."""
    one = machine_entry(facts, box)
    if one.nodes > 1:
        raise SizingError(f"{_quoted(name)}: {one.id} is several boxes already; name one of them")
    if not 2 <= count <= MOST // sum(x.count for x in one.devices):
        raise SizingError(f"{_quoted(name)}: give 2 boxes or more, of {MOST} devices at most")
    speed = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9])?) ?(?:gbe|gbps)", link)
    gigabits = float(speed[1]) if speed else float(_THUNDERBOLT.get(link, 0))
    if not 0.1 <= gigabits <= _FASTEST:
        raise SizingError(f"{_quoted(name)}: no network {_quoted(link)}; write 10GbE, 200GbE, TB5 or 80Gbps")
    return MachineEntry(
        id=f"{count}x-{one.id}-over-{link.replace(' ', '')}",
        kind=one.kind,
        name=f"{count} × {one.name}, {_called_link(link)}",
        devices=one.devices,
        host=one.host,
        nodes=count,
        network=gigabits * 1e9 / 8,
        sources=one.sources,
    )


def _called_link(link: str) -> str:
    """``200GbE``, ``TB5`` or ``80 Gbit/s``."""
    link = link.replace(" ", "")
    if link.endswith("gbe"):
        return f"{link[:-3]}GbE"
    return f"{link[:-4]} Gbit/s" if link.endswith("gbps") else link.upper()


def _spelled(one: Installed, device: Device) -> str:
    """The name of such devices in normal form: ``2x-rtx-4090``, ``m3-max-40-core-64gb``."""
    size = f"-{one.memory >> 30}gb" if one.memory and len(device.memory.box) > 1 else ""
    return (f"{one.count}x-" if one.count > 1 else "") + device.id + size


def _possible(facts: Facts, parts: list[Installed], name: str) -> None:
    """Raise SizingError for devices that are no one machine."""
    count = sum(one.count for one in parts)
    if count > MOST:
        raise SizingError(f"{_quoted(name)} has more than {MOST} devices; give a smaller count")
    if len(parts) == 1:
        return
    for one in parts:
        device = facts.devices[one.device]
        if device.kind == "cpu":
            raise SizingError(f"{device.id} is a processor, not a card; give it as the host: {_spelled(one, device)}")
        if device.kind == "soc":
            raise SizingError(f"{device.id} is one chip with its own memory; it is no one machine with others")
    first = facts.devices[parts[0].device]
    for one in parts:
        if not set(first.backends) & set(facts.devices[one.device].backends):
            raise SizingError(f"{first.id} and {one.device} share no backend; choose cards that one runtime can use")


def _installed(facts: Facts, part: str, whole: str, sized: bool = True) -> Installed:
    """``2x-rtx-4090`` or ``m3-max-40-core-64gb``, of plain words; a processor need not be ``sized``. Raises
    SizingError."""
    times, rest = _counted(facts, part)
    if not 1 <= times <= MOST:
        raise SizingError(f"{_quoted(whole)}: a count lies between 1 and {MOST}; write it as 2x-rtx-4090")
    boxes = [m for m in facts.machine_entries.values() if normal(m.id) == normal(rest)] if rest != part else []
    for box in (x for x in boxes if facts.devices[x.devices[0].device].kind == "soc"):
        raise SizingError(f"{_quoted(whole)}: several boxes need their network; write {times}x {box.id} over 10GbE")
    one = _device(facts, rest, times, whole)
    device, size, count = one.device, one.size, times * one.count
    sizes = device.memory.box
    if device.kind != "gpu":
        size = sizes[0] if size is None and len(sizes) == 1 else size
        told = size in sizes or (size is None and device.kind == "cpu" and not sized)
        if not told:
            many = f"{count}x-" if count > 1 and device.kind == "cpu" else ""
            choices = ", ".join(f"{many}{device.id}-{s >> 30}gb" for s in sizes[:MOST_CANDIDATES])
            if device.kind == "cpu":
                raise SizingError(
                    f"{device.id} has the memory of its computer; say that with --ram, such as 64GB@DDR5-5600x2, or "
                    f"write one of {choices}"
                )
            raise SizingError(f"{device.id} is sold in several sizes; write one of {choices}")
        if count > 1 and device.kind == "soc":
            raise SizingError(
                f"{device.id} is one chip with its own memory; {count} of them are no one machine, but may be boxes "
                f"on a network: {count}x {_spelled(Installed(device=device.id, memory=size), device)} over 10GbE"
            )
    elif size is not None and size not in sizes:
        raise SizingError(f"{device.id} has {sizes[0] >> 30} GB; write {device.id}")
    return Installed(device=device.id, count=count, memory=size)


def _counted(facts: Facts, part: str) -> tuple[int, str]:
    """How many of what. More than there can be counts nothing but what is a device: 7900 XTX, Threadripper 7980X."""
    count, rest = counted(part)
    if _is_id(facts, part) or (not _is_id(facts, rest) and _called(facts.devices, part)):
        return 1, part  # MLU370-X4 is one card
    if count is None or (
        count > MOST and not _called(facts.devices, rest) and not short_names.meant(facts.devices, rest)[0]
    ):
        return 1, part
    return count, rest


def _is_id(facts: Facts, text: str) -> bool:
    """Whether it is the id of a device, with or without a size behind it, which nobody need look for."""
    sized = SIZED.fullmatch(text)
    return text in facts.devices or (sized is not None and sized[1] in facts.devices)


def _device(facts: Facts, text: str, count: int, name: str) -> Meant:
    """The device that plain words name, of which there are so many. Raises SizingError."""
    if text in facts.devices:
        return Meant(facts.devices[text], None, 1)
    if (sized := SIZED.fullmatch(text)) is not None and sized[1] in facts.devices:
        return Meant(facts.devices[sized[1]], int(sized[2]) * GIB, 1)
    called = _called(facts.devices, text)
    if len(called) == 1:
        return Meant(called[0], None, 1)
    if called:
        raise _unknown(name, [device.id for device in called], count)
    if (memory := _RAM.fullmatch(text)) is not None and (text.endswith("ram") or not short_names.said(text)[0]):
        size = memory[1] or memory[2]
        video = re.search("显存|vram", name, re.I)
        told = f"the host has it as --ram {size}GB; what has no card is named as {size}GB@DDR5-5600x2"
        if video:
            told = "write the card that has it, such as rtx-4090"
        raise SizingError(f"{_quoted(name)}: {size} GB of memory names no card; {told}")
    meant, likely = short_names.meant(facts.devices, text)
    if meant is None and count > 1 and text.endswith("s") and not likely:
        meant, likely = short_names.meant(facts.devices, text.removesuffix("s"))  # two 3090s
    if meant is not None:
        return meant
    slug = re.sub(r"[\W_]+", "-", text).strip("-")
    boxes = [] if slug in facts.machine_entries else [box.id for box in _beginning(facts.machine_entries, slug)]
    near = likely or [device.id for device in _beginning(facts.devices, slug)]
    found = boxes or near
    raise _unknown(name, found or short_names.like(facts.devices, text), count, near=bool(near), sure=bool(found))


def _unknown(name: str, ids: list[str], count: int = 1, *, near: bool = True, sure: bool = True) -> _UnknownDeviceError:
    """What refuses a name that could stand for so many of these, or for nothing; ``near`` where devices are like it,
    and not ``sure`` where something of the name is in none of them."""
    ids = [f"{count}x-{id}" for id in ids] if count > 1 else ids
    some = ", ".join(ids[:MOST_CANDIDATES])
    more = f" and {len(ids) - MOST_CANDIDATES} more" if len(ids) > MOST_CANDIDATES else ""
    if not ids:
        said = f"write the cards or the chip in it, {_SUCH}"
    elif len(ids) == 1 or not sure:
        said = f"did you mean {some}{more}?"
    else:
        said = f"write one of {some}{more}"
    return _UnknownDeviceError(f"no machine or device {_quoted(name)} in the catalog; {said}", near=near)


def _beginning(entries: Mapping[str, Named], name: str) -> list[Named]:
    """The entries whose ids begin with these words: T10 begins no T1000."""
    wanted = short_names.runs(name)
    return [d for d in entries.values() if wanted and short_names.runs(d.id)[: len(wanted)] == wanted]


def _called(devices: Mapping[str, Device], name: str) -> list[Device]:
    """Devices of this normal form: the one with such an id, else those with such a name."""
    wanted = normal(name)
    same = [d for d in devices.values() if normal(d.id) == wanted]
    return same or [d for d in devices.values() if wanted in _names(d)]


@lru_cache(maxsize=4096)
def _names(device: Device) -> tuple[str, ...]:
    """The normal forms of what a device is called: its name, and what of it means this one of several sold."""
    names = (device.name,) if device.short_name is None else (device.name, device.short_name)
    return tuple(normal(form) for name in names for form in (plain(name), name, device.vendor + name))


def host(facts: Facts, name: str) -> Host:
    """A host by its id, by a processor with its memory, or by size, type and channels: ``64GB@DDR4-3200x2``; with the
    size alone, the reference host's type. Raises SizingError."""
    if name in facts.hosts:
        return facts.hosts[name]
    reference = facts.hosts[facts.reference_host]
    if said := _MEMORY.fullmatch(name.strip().lower()):
        size, kind, rate, channels = said.groups()
        if kind is None:
            return _host(reference, name, int(size), reference.bandwidth, reference.memory_type)
        low, high = _RATES[kind.removeprefix("lp")[3]]
        if not low <= int(rate) <= high or int(channels) > _MOST_CHANNELS:
            raise SizingError(
                f"{_quoted(name)}: {kind.upper()} is sold at {low} to {high} MT/s, in up to {_MOST_CHANNELS} channels"
            )
        bandwidth = int(channels) * 8 * int(rate) * 1e6
        return _host(reference, name, int(size), bandwidth, f"{kind.upper()}-{rate}, {channels} channels")
    return _processor(facts, name, reference)


def _host(reference: Host, name: str, gigabytes: int, bandwidth: float | Undisclosed, kind: str) -> Host:
    return Host(
        id=name,
        name=f"{kind}, {gigabytes} GB",
        memory=gigabytes * GIB,
        bandwidth=bandwidth,
        memory_type=kind,
        sources=reference.sources,
    )


def _processor(facts: Facts, name: str, reference: Host) -> Host:
    """A processor of the catalog as a host."""
    near = f"{_hint(facts.hosts, name)}; or write size, type and rate, channels: 64GB@DDR4-3200x2"
    try:
        one = _installed(facts, plain(name), name)
    except SizingError as error:
        if "sold in" in str(error):
            raise
        raise SizingError(f"no host {_quoted(name)}; {near}") from None
    device = facts.devices[one.device]
    bandwidth = known(device.bandwidth)
    if device.kind != "cpu" or one.memory is None or bandwidth is None:
        raise SizingError(f"{device.id} is no host; {near}")
    return Host(
        id=name,
        name=device.name,
        memory=one.memory * one.count,
        bandwidth=bandwidth * one.count,
        memory_type=device.memory.type,
        sources=device.sources,
    )
