"""What does Linux say of its host? meminfo, cpuinfo, lscpu, numactl, dmidecode, uname and a Jetson's device tree."""

from __future__ import annotations

import re
from typing import Final

from sizing.facts.units import GIB
from sizing.here.arm import core
from sizing.here.seen import HostSeen, Reading, Seen
from sizing.here.values import from_json, objects, pairs, size, together, total, whole

_KIB: Final = re.compile(r"^(MemTotal|MemAvailable):\s+(\d+) kB", re.M)


def meminfo(text: str) -> Reading | None:
    """``/proc/meminfo``: kB are KiB."""
    said = {key: int(kib) << 10 for key, kib in _KIB.findall(text)}
    if "MemTotal" not in said:
        return None
    host = HostSeen(memory=said["MemTotal"], available=said.get("MemAvailable"))
    return Reading(tool="/proc/meminfo", host=host, system="linux")


_LIMIT: Final = re.compile(r"(^|[/\\])memory\.(max|limit_in_bytes)(\.txt)?$")
_NONE: Final = 1 << 62  # from which on a limit is none


def limit(name: str, text: str) -> Reading | None:
    """A control group's limit of memory, which the file's name tells: bytes, or max; None for another file."""
    if not _LIMIT.search(name):
        return None
    bytes_ = int(text) if text.strip().isdecimal() and len(text) < 25 else _NONE
    if bytes_ >= _NONE:
        return Reading(tool="cgroup")
    remark = f"the container may use {bytes_ / GIB:.1f} GiB of the memory"
    return Reading(tool="cgroup", host=HostSeen(limit=bytes_), system="linux", remarks=(remark,))


# Its words are the language's; its form is not: a head of words alone, then two rows of figures.
_FREE: Final = re.compile(
    r"(?m)^ {4,}(?:[^\s\d]+ +){2,}[^\s\d]+(?: +[^\s\d]+){0,3} *\n"
    r"[^\s\d:：]+[:：] *(?P<size>\d[\d.,]*)(?P<unit>[KMGTB]i?)?(?: +[\d.,]+(?:[KMGTB]i?)?){2,6} *$"
)
# Without a unit: KiB, or what -m and -g asked for, of which no computer has as many.
_UNITS: Final = ((1 << 19, "KiB"), (1 << 9, "MiB"), (0, "GiB"))


def free(text: str) -> Reading | None:
    """``free``: in KiB, in what was asked for, or each figure with its unit, of which G is 2**30 where i follows."""
    found = _FREE.search(text)
    if found is None:
        return None
    shown = found["size"].replace(",", ".")
    if shown.count(".") > 1:
        return None
    unit = found["unit"] or next(unit for least, unit in _UNITS if float(shown) >= least)
    host = HostSeen(memory=total(shown, f"{unit.removesuffix('B')}B"))
    return Reading(tool="free", host=host, system="linux")


def cpuinfo(text: str) -> Reading | None:
    """``/proc/cpuinfo``: a block a thread."""
    if not re.search(r"(?m)^processor\s*:", text):
        return None
    name = re.search(r"(?m)^(?:[mM]odel [nN]ame|Model|Hardware)\s*:\s*(.+?)\s*$", text)
    sockets = set(re.findall(r"(?m)^physical id\s*:\s*(\d+)", text))
    host = HostSeen(cpu=name[1] if name else core(text), sockets=len(sockets) or None)
    return Reading(tool="/proc/cpuinfo", host=host, system="linux")


def lscpu(text: str) -> Reading | None:
    """``lscpu``: NUMA nodes are no sockets. Its keys are translated, so that it is run in English."""
    if not re.search(
        r"(?m)^(CPU op-mode|Architecture|Architektur|架构|CPU family|Thread\(s\) per core|Model name|BogoMIPS)", text
    ):
        return None
    keys = dict(pairs(text.replace("：", ":")))
    cpu = next((keys[key] for key in ("Model name", "Modellname", "型号名称", "Nom de modèle") if key in keys), None)
    sockets = next((whole(keys[key]) for key in ("Socket(s)", "Sockel", "座") if key in keys), None)
    host = HostSeen(cpu=cpu, sockets=sockets or whole(keys.get("Cluster(s)")))
    return Reading(tool="lscpu", host=host, system="linux")


def lscpu_json(text: str) -> Reading | None:
    """``lscpu -J``: a list of fields with what stands in them, or nested under them."""
    if '"lscpu"' not in text:
        return None
    said = [one for one in objects(from_json(text), depth=12) if "field" in one]
    return lscpu("".join(f"{one['field']} {one.get('data') or ''}\n" for one in said))


_TOTALS: Final = re.compile(r"^(MemTotal|MemFree)\s+(?:[\d.]+\s+)+?([\d.]+)\s*$", re.M)


def numastat(text: str) -> Reading | None:
    """``numastat -m``: a column a node, and their sum; MB are MiB."""
    sums = {key: round(float(mib) * 2**20) for key, mib in _TOTALS.findall(text)}
    if "MemTotal" not in sums:
        return None
    host = HostSeen(memory=sums["MemTotal"], available=sums.get("MemFree"))
    return Reading(tool="numastat", host=host, system="linux")


_NODE: Final = re.compile(r"^node (\d+) size: (\d+) MB$", re.M)


def numactl(text: str) -> Reading | None:
    """``numactl --hardware``: MB are MiB."""
    nodes = dict(_NODE.findall(text))
    if not nodes:
        return None
    memory = sum(int(mib) for mib in nodes.values()) << 20
    free = re.findall(r"(?m)^node \d+ free: (\d+) MB$", text)
    available = sum(map(int, free)) << 20 if len(free) == len(nodes) else None
    host = HostSeen(memory=memory, available=available, sockets=_sockets(text))
    return Reading(tool="numactl", host=host, system="linux")


_DISTANCES: Final = re.compile(r"^\s*(\d{1,3}):((?:\s+\d{1,3})+)\s*$", re.M)
# Nodes of one socket are 10 to 16 apart, those of two 21 (Intel) to 32 (AMD); virtual machines say 20 of what is one.
_APART: Final = 20


def _sockets(text: str) -> int | None:
    """How many sockets the distances between nodes tell: nodes far apart are of two."""
    rows = [[int(x) for x in row.split()] for _, row in _DISTANCES.findall(text)]
    if not rows or any(len(row) != len(rows) for row in rows):
        return None
    firsts: list[int] = []
    for i, row in enumerate(rows):
        if all(row[first] > _APART for first in firsts):
            firsts.append(i)
    return len(firsts)


def dmidecode(text: str) -> Reading | None:
    """``dmidecode -t memory``: modules, by the speed they run at; channels by their locators."""
    if not re.search(r"(?m)^(Memory Device|Physical Memory Array)\s*$", text):
        return None
    slots = [dict(pairs(part)) for part in re.split(r"(?m)^Memory Device\s*$", text)[1:]]
    slots = [slot for slot in slots if "Size" in slot]
    modules = [slot for slot in slots if total(slot["Size"])]
    announced = sum(int(count) for count in re.findall(r"Number Of Devices: (\d+)", text))
    types = {slot.get("Type", "") for slot in modules} - {"", "Unknown", "Other"}
    # "Speed" is what a module is rated at, or its slowest profile; what it runs at is configured.
    rates = [_rate(slot.get("Configured Memory Speed") or slot.get("Configured Clock Speed")) for slot in modules]
    known = [rate for rate in rates if rate]
    cut = announced > len(slots)
    host = HostSeen(
        fitted=None if cut else together(total(slot["Size"]) for slot in modules),
        type=types.pop() if len(types) == 1 else None,
        rate=min(known, default=None),  # the slowest module decides
        channels=_by_slots(announced) if cut else channels(
            [(slot.get("Bank Locator", ""), slot.get("Locator", "")) for slot in modules]
        ),
    )  # fmt: skip
    shown = f"dmidecode: {len(slots)} of {announced} slots are shown; two slots a channel are assumed"
    return Reading(tool="dmidecode", host=host, system="linux", remarks=(shown,) if cut else ())


_BANK: Final = re.compile(r"(?m)^\s*\*-bank(?::\d+)?.*$")


def lshw(text: str) -> Reading | None:
    """``lshw -class memory``: modules as dmidecode has them, by the rate they run at."""
    banks = [dict(pairs(part)) for part in _BANK.split(text)[1:]]
    modules = [bank for bank in banks if total(bank.get("size"))]
    if not modules:
        return None
    told = [bank.get("description", "") for bank in modules]
    types = {one[0] for text in told if (one := re.search(r"\b(LP)?DDR\d\b", text))}
    rates = [int(one[1]) for text in told if (one := re.search(r"\b(\d{3,5}) MHz", text))]
    host = HostSeen(
        fitted=together(total(bank["size"]) for bank in modules),
        type=types.pop() if len(types) == 1 else None,
        rate=min(rates, default=None),
        channels=channels([("", bank.get("slot", "")) for bank in modules]),
    )
    return Reading(tool="lshw", host=host, system="linux")


_SHORT: Final = re.compile(r"(?m)^/0/\S+ +memory +(\d+ ?[MG]iB) (?:SO)?R?DIMM\b([^\n]*)")


def lshw_short(text: str) -> Reading | None:
    """``lshw -short``: modules by their sizes; which slots they are in is not said."""
    modules = _SHORT.findall(text)
    types = {one[0] for _, rest in modules if (one := re.search(r"\b(LP)?DDR\d\b", rest))}
    rates = [int(one[1]) for _, rest in modules if (one := re.search(r"\b(\d{3,5}) MHz", rest))]
    if not modules:
        return None
    host = HostSeen(
        fitted=together(total(one) for one, _ in modules),
        type=types.pop() if len(types) == 1 else None,
        rate=min(rates, default=None),
    )
    return Reading(tool="lshw", host=host, system="linux")


def _rate(text: str | None) -> int | None:
    found = re.match(r"(\d+) (?:MT/s|MHz)", text or "")
    return int(found[1]) if found else None


def _by_slots(count: int) -> int | None:
    """Channels of a board whose slots were not all shown: two slots each, but where there are one or two."""
    return max(count // 2, min(count, 2)) or None


# How boards write a channel, from the plainest on: "P0 CHANNEL A", "ChannelB-DIMM0", "DIMM_A1", "CPU1_DIMM_C2", "A1".
_CHANNELS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"CHANNEL[ _-]?([A-P0-9])",
        r"\bCH[ _-]?([A-P0-9])\b",
        r"DIMM[ _-]?([A-P])\d?\b",
        r"(?:\b|_)([A-O])\d\b",
    )
)
_SOCKET: Final = re.compile(r"\b(?:P|CPU|PROC|NODE)[ _]?(\d)", re.I)


def channels(places: list[tuple[str, str]]) -> int | None:
    """Channels in use, by modules' bank and locator: those whose letters differ, socket by socket; None where they do
    not say."""
    found = set()
    for bank, locator in places:
        channel = next((hit for form in _CHANNELS for text in (bank, locator) if (hit := form.search(text))), None)
        if channel is None:
            return None
        socket = _SOCKET.search(bank) or _SOCKET.search(locator)
        found.add((socket[1] if socket else "", channel[1].upper()))
    return len(found) or None


def kernel(text: str) -> Reading | None:
    """``uname`` and ``/proc/version``: WSL's kernel says that it is Microsoft's."""
    if not re.match(r"\s*(Linux |x86_64\s*$|aarch64\s*$|\d+\.\d+\.\d+-[\w.-]*microsoft)", text) or len(text) > 2000:
        return None
    return Reading(tool="uname", system="wsl2" if "microsoft" in text.lower() else "linux")


_BOARD: Final = re.compile(r"^(?:NVIDIA )?(Jetson [\w ()-]+|DGX Spark[\w ]*|Raspberry Pi \d[\w .]*)")


def board(text: str) -> Reading | None:
    """``/proc/device-tree/model``."""
    bare = text.strip("\0\n ")
    found = _BOARD.match(bare)
    if found is None or len(bare) > 100:
        return None
    if bare.startswith("Raspberry"):
        return Reading(tool="device tree", host=HostSeen(cpu=bare), system="linux")
    one = Seen(tool="device tree", vendor="nvidia", name=bare, unified=True)
    return Reading(tool="device tree", devices=(one,), system="linux")


def tegrastats(text: str) -> Reading | None:
    """``tegrastats``: ``RAM 4722/62841MB``."""
    found = re.search(r"\bRAM (\d+)/(\d+)MB\b", text)
    if found is None:
        return None
    memory, taken = total(found[2], "MiB"), size(found[1], "MiB")
    available = memory - taken if memory is not None and taken is not None else None
    return Reading(tool="tegrastats", host=HostSeen(memory=memory, available=available), system="linux")
