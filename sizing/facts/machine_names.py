"""Which machine is meant by a name? Cards as people join them, and a host by its id or by its memory.

    rtx-4090 · 2x-rtx-4090 · rtx-5080+rtx-3090 · 3x-rtx-3090+rtx-4090 · "2x RTX 3090 + RTX 4090"
    m3-max-40-core-64gb · epyc-9355-768gb                      chips and processors that are their own host
    2x dgx-spark over 200GbE · 4x-m3-ultra-80-core-512gb-over-tb5     equal boxes, each a machine, and their network
    2x-dgx-spark                                               boxes whose own port is known
    desktop-ddr5-64gb · epyc-9355-768gb · 64GB@DDR4-3200x2     hosts: size, type and rate, channels

Names are matched exactly first, then by normal form: small letters and digits alone.
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
from sizing.facts.units import GIB, Undisclosed, known

MOST_CANDIDATES: Final = 5  # that a refusal names

# Equal boxes joined by Ethernet, Thunderbolt, or a link of so many Gbit/s.
_BOXES: Final = re.compile(rf"([1-9][0-9]{{0,2}})(?:x-| ?[x×*] ?)(.+?)(?: over |-over-)({PORT})")
_THUNDERBOLT: Final = {"tb3": 40, "tb4": 40, "tb5": 80}  # Gbit/s each way
_FASTEST: Final = 3200  # Gbit/s of a box's network that is sold

_MEMORY: Final = re.compile(r"([1-9][0-9]{0,4}) ?gb(?:@((?:lp)?ddr[345]x?)-([1-9][0-9]{2,4})x([1-9][0-9]?))?")
# Transfers a second that are sold, in millions, by type (JEDEC, and what modules beyond it reach).
_RATES: Final = {"3": (800, 3200), "4": (1600, 5333), "5": (3200, 10667)}
_MOST_CHANNELS: Final = 24  # of two sockets

_PLUS: Final = re.compile(r"max\+(?= ?(?:pro ?)?[0-9]{3}\b)", re.IGNORECASE)  # of a Max+ 395: it joins nothing

_SUCH: Final = "such as 2x-rtx-4090 or m4-max-40-core-128gb"

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
    """The normal form of a name: ``RTX 4090`` and ``rtx-4090`` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def machine_entry(facts: Facts, name: str) -> MachineEntry:
    """The machine that a name of the catalog, or of devices, stands for. Raises SizingError."""
    if name in facts.machine_entries:
        return facts.machine_entries[name]
    called = [m for m in facts.machine_entries.values() if normal(name) in (normal(m.id), normal(m.name))]
    if len(called) == 1:
        return called[0]
    if (boxes := _BOXES.fullmatch(name.strip().lower())) is not None:
        return _joined(facts, int(boxes[1]), boxes[2], boxes[3], name)
    if (ported := _ported(facts, name)) is not None:
        return ported
    try:
        return _of_parts(facts, name)
    except _UnknownDeviceError as refused:
        alone = () if len(_joins(name)) > 1 else facts.machine_entries.values()
        sold = short_names.meant_machines(alone, name, whole=refused.near)
        if len(sold) == 1:
            return sold[0]
        raise (_unknown(facts, name, [one.id for one in sold]) if sold else refused) from None


def _of_parts(facts: Facts, name: str) -> MachineEntry:
    """A machine of devices alone, whose host is the reference. Raises SizingError."""
    parts = [_installed(facts, part.strip(), name) for part in _joins(name)]
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


def _joins(name: str) -> list[str]:
    """The parts that a name joins."""
    return _PLUS.sub("max ", name).split("+")


def _ported(facts: Facts, name: str) -> MachineEntry | None:
    """Equal boxes by the port that they have for it; None for what names no such boxes."""
    count, rest = counted(name.strip().lower())
    if count is None:
        return None
    for box in facts.machine_entries.values():
        if box.port is not None and normal(rest) in (normal(box.id), normal(box.name)):
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


def _installed(facts: Facts, part: str, whole: str) -> Installed:
    """``2x-rtx-4090`` or ``m3-max-40-core-64gb``. Raises SizingError."""
    said, rest = (None, part) if _called(facts.devices, part) else counted(part)  # MLU370-X4 is one card
    if said is not None and said > MOST and short_names.meant(facts.devices, part)[0]:
        said, rest = None, part  # 7900 XTX
    count = 1 if said is None else said
    if not 1 <= count <= MOST:
        raise SizingError(f"{_quoted(whole)}: a count lies between 1 and {MOST}; write it as 2x-rtx-4090")
    boxes = [m for m in facts.machine_entries.values() if normal(m.id) == normal(rest)] if said else []
    for box in (x for x in boxes if facts.devices[x.devices[0].device].kind == "soc"):
        raise SizingError(f"{_quoted(whole)}: several boxes need their network; write {count}x {box.id} over 10GbE")
    device, size = _device(facts, rest, count)
    sizes = device.memory.box
    if device.kind != "gpu":
        size = sizes[0] if size is None and len(sizes) == 1 else size
        if size not in sizes:
            choices = ", ".join(f"{device.id}-{s >> 30}gb" for s in sizes[:MOST_CANDIDATES])
            raise SizingError(f"{device.id} is sold in several sizes; write one of {choices}")
        if count > 1 and device.kind == "soc":
            raise SizingError(
                f"{device.id} is one chip with its own memory; {count} of them are no one machine, but may be boxes "
                f"on a network: {count}x {_spelled(Installed(device=device.id, memory=size), device)} over 10GbE"
            )
    elif size is not None and size not in sizes:
        raise SizingError(f"{device.id} has {sizes[0] >> 30} GB; write {device.id}")
    return Installed(device=device.id, count=count, memory=size)


def _device(facts: Facts, name: str, count: int) -> tuple[Device, int | None]:
    """A device of which there are so many, and the size that its name states, in bytes. Raises SizingError."""
    if name in facts.devices:
        return facts.devices[name], None
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-").replace("-gb", "gb")
    called = _called(facts.devices, slug)
    sized = SIZED.fullmatch(slug)
    if not called and sized:
        called = _called(facts.devices, sized[1])
        if len(called) == 1:
            return called[0], int(sized[2]) * GIB if len(sized[2]) < 6 else 0
    if len(called) == 1:
        return called[0], None
    if called:
        raise _unknown(facts, name, [device.id for device in called], count)
    meant, likely = short_names.meant(facts.devices, name)
    if meant is None and count > 1 and name.endswith("s") and not likely:
        meant, likely = short_names.meant(facts.devices, name.removesuffix("s"))  # two 3090s
    if meant is None and sized and not likely:
        meant, likely = short_names.meant(facts.devices, sized[1])
        meant = (meant[0], int(sized[2][:6]) * GIB) if meant else None
    if meant is not None:
        return meant
    boxes = [] if slug in facts.machine_entries else [box.id for box in _beginning(facts.machine_entries, slug)]
    near = likely or [device.id for device in _beginning(facts.devices, slug)]
    raise _unknown(facts, name, boxes or near, count, near=bool(near))


def _unknown(facts: Facts, name: str, ids: list[str], count: int = 1, *, near: bool = True) -> _UnknownDeviceError:
    """What refuses a name that could stand for so many of these, or for nothing; ``near`` where devices are like it."""
    ids = [f"{count}x-{id}" for id in ids] if count > 1 else ids
    if not ids:
        close = _close((*facts.machine_entries, *facts.devices), name)
        said = f"did you mean {', '.join(close)}?" if close else f"write the cards or the chip in it, {_SUCH}"
    elif len(ids) == 1:
        said = f"did you mean {ids[0]}?"
    else:
        more = f" and {len(ids) - MOST_CANDIDATES} more" if len(ids) > MOST_CANDIDATES else ""
        said = f"write one of {', '.join(ids[:MOST_CANDIDATES])}{more}"
    return _UnknownDeviceError(f"no machine or device {_quoted(name)} in the catalog; {said}", near=near)


def _beginning(entries: Mapping[str, Named], name: str) -> list[Named]:
    """The entries whose names begin so: those whose next word begins behind it, where there are some."""
    found = [d for d in entries.values() if normal(d.id).startswith(normal(name) or "-")]
    return [d for d in found if d.id.startswith(f"{name}-")] or found


def _called(devices: Mapping[str, Device], name: str) -> list[Device]:
    """Devices of this normal form: the one with such an id, else those with such a name."""
    wanted = normal(name)
    same = [d for d in devices.values() if normal(d.id) == wanted]
    return same or [d for d in devices.values() if wanted in map(normal, _names(d))]


def _names(device: Device) -> tuple[str, ...]:
    """What a device is called: its name, with its vendor's, and what of it means this one of several sizes sold."""
    own = (device.name, device.vendor + device.name)
    short = device.short_name
    return own if short is None else (*own, short, device.name.partition(short)[0] + short)


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
        one = _installed(facts, name, name)
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
