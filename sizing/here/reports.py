"""What do windows and reports show of a computer? GPU-Z, the Task Manager, LACT, nvtop, hwinfo, glxinfo, intel_gpu_top,
and a Mac's own window."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import HostSeen, Kind, Reading, Seen, vendor_of
from sizing.here.values import bus, from_json, hexadecimal, objects, pairs, pci, size, total, whole

# A tag and what it holds.
_KEY: Final = re.compile(r"<(\w+)>\s*([^<]*?)\s*<[/]\1>")
_CARDS: Final = 64  # of a dump, at most


def gpu_z(text: str) -> Reading | None:
    """GPU-Z's dump in XML: sizes in MB, which are MiB."""
    if "<gpuz_dump" not in text:
        return None
    found = []
    for part in text.split("<card ")[1 : _CARDS + 1]:
        keys = dict(_KEY.findall(part))
        name = keys.get("cardname", "")
        ids = pci(hexadecimal(keys.get("vendorid")), hexadecimal(keys.get("deviceid")))
        memory = total(re.sub(r"\D.*", "", keys.get("memsize", "")), "MiB")
        found.append(Seen(tool="GPU-Z", vendor=vendor_of(name, ids), name=name, pci=ids, memory=memory))
    return Reading(tool="GPU-Z", devices=tuple(found), system="windows") if found else None


# "专用 GPU 内存  1.5/12.0 GB": what is in use, and all of it
_DEDICATED: Final = re.compile(
    r"(?mi)^[ \t]*(?:Dedicated GPU memory(?: usage)?|专用 ?GPU ?内存(?:利用率)?|專用 ?GPU ?記憶體(?:使用量)?|"
    r"Dedizierter GPU-Speicher|専用 ?GPU ?メモリ(?:使用量)?|Mémoire GPU dédiée)[ \t:：]*\n?[ \t]*"
    r"([\d.,]+)[ \t]*/[ \t]*([\d.,]+) ?GB"
)


def task_manager(text: str) -> Reading | None:
    """The page of a GPU in Windows' Task Manager, as it is copied."""
    found = []
    for part in re.split(r"(?m)^[ \t]*GPU \d+[ \t]*$", text):
        sizes = _DEDICATED.search(part)
        name = next((line.strip() for line in part.splitlines() if vendor_of(line) and ":" not in line), "")
        if sizes is None or not name:
            continue
        taken, memory = (one.replace(",", ".") for one in sizes.groups())
        found.append(
            Seen(
                tool="Task Manager",
                vendor=vendor_of(name),
                name=name,
                memory=total(memory, "GiB"),
                in_use=size(taken, "GiB"),
            )
        )
    return Reading(tool="Task Manager", devices=tuple(found), system="windows") if found else None


_LACT: Final = re.compile(
    r"(?m)^GPU Model: (?P<name>[^\n(]+?) \(0x(?P<vendor>[0-9A-F]{4}):0x(?P<device>[0-9A-F]{4})"
    r"(?::0x(?P<rev>[0-9A-F]{1,2}))?\)",
    re.I,
)


def lact(text: str) -> Reading | None:
    """``lact cli info``: a block a card, its place on the bus in the head."""
    heads = list(_LACT.finditer(text))
    found = []
    for at, head in enumerate(heads):
        before = text[heads[at - 1].end() if at else 0 : head.start()]
        rest = text[head.end() : heads[at + 1].start() if at + 1 < len(heads) else len(text)]
        where = re.search(r"(?m)^GPU [0-9A-F:]+-[0-9A-F:]+-([0-9a-f:.]+):", before, re.I)
        memory = re.search(r"(?m)^VRAM Size: (\d+ MiB)", rest)
        revision = (head["rev"] or "").lower().zfill(2) if head["rev"] else ""
        ids = pci(head["vendor"].lower(), head["device"].lower(), revision)
        found.append(
            Seen(
                tool="LACT",
                vendor=vendor_of(head["name"], ids),
                name=head["name"],
                pci=ids,
                bus=bus(where[1]) if where else "",
                memory=total(memory[1]) if memory else None,
            )
        )
    return Reading(tool="LACT", devices=tuple(found), system="linux") if found else None


_NVTOP: Final = re.compile(
    r"(?m)^[ \t]*Device \d+ \[(?P<name>[^\]\n]+)\](?P<rest>(?:(?!^[ \t]*Device \d+ \[)[^\n]*\n?)*)"
)


def nvtop(text: str) -> Reading | None:
    """nvtop's screen, and ``nvtop -s`` as JSON."""
    if '"device_name"' in text and '"mem_total"' in text:
        data = [one for one in objects(from_json(text)) if "device_name" in one and "mem_total" in one]
        found = [_monitored(str(x["device_name"]), whole(x["mem_total"]), whole(x.get("mem_used", ""))) for x in data]
    else:
        found = []
        for one in _NVTOP.finditer(text):
            sizes = re.search(r"MEM\[[^\]\n]*?([\d.]+[KMG]i)/([\d.]+[KMG]i)", one["rest"])
            memory, taken = (total(f"{sizes[2]}B"), size(f"{sizes[1]}B")) if sizes else (None, None)
            found.append(_monitored(one["name"], memory, taken))
    return Reading(tool="nvtop", devices=tuple(found)) if found else None


def _monitored(name: str, memory: int | None, taken: int | None) -> Seen:
    return Seen(tool="nvtop", vendor=vendor_of(name), name=name, memory=memory or None, in_use=taken)


def hwinfo(text: str) -> Reading | None:
    """``hwinfo --gfxcard``: a block a card."""
    found = []
    for part in re.split(r"(?m)^\d+: PCI ", text)[1:]:
        if "Hardware Class: graphics card" not in part:
            continue
        model = re.search(r'(?m)^\s*Model: "([^"\n]+)"', part)
        numbers = dict(re.findall(r"(?m)^\s*(Vendor|Device): pci 0x([0-9a-f]{4})", part))
        where = re.search(r"SysFS BusID: (\S+)", part)
        ids = pci(numbers.get("Vendor", ""), numbers.get("Device", ""))
        name = model[1] if model else ""
        vendor = vendor_of(name, ids)
        kind: Kind = "" if vendor else "virtual"
        found.append(
            Seen(tool="hwinfo", vendor=vendor, name=name, pci=ids, bus=bus(where[1] if where else ""), kind=kind)
        )
    return Reading(tool="hwinfo", devices=tuple(found), system="linux") if found else None


def glxinfo(text: str) -> Reading | None:
    """``glxinfo -B``: the device that draws; what draws on the processor is none."""
    if "OpenGL renderer string:" not in text and "Extended renderer info" not in text:
        return None
    keys: dict[str, str] = {}
    for key, value in pairs(text):
        keys.setdefault(key, value)
    told = keys.get("Device") or keys.get("OpenGL renderer string", "")
    number = re.search(r"\(0x([0-9a-f]{4})\)\s*$", told)
    maker = re.search(r"\(0x([0-9a-f]{4})\)\s*$", keys.get("Vendor", ""))
    name = re.sub(r" \((?:[^()]|\([^()]*\))*,.*$|/PCIe.*$| \(0x[0-9a-f]{4}\)$", "", told)
    shares = keys.get("Unified memory") == "yes"
    kind: Kind = "virtual" if "llvmpipe" in told or keys.get("Accelerated") == "no" else "integrated" if shares else ""
    memory = keys.get("Video memory") or keys.get("Dedicated video memory")
    one = Seen(
        tool="glxinfo",
        vendor=vendor_of(name),
        name=name,
        pci=pci(maker[1], number[1]) if maker and number and maker[1] in ("1002", "8086", "10de") else "",
        memory=None if kind else total(memory),
        kind=kind,
    )
    return Reading(tool="glxinfo", devices=(one,) if name else ())


_TOP: Final = re.compile(
    r"(?m)^card\d+\s+(?P<name>\S[^\n]*?)\s+pci:vendor=(?P<vendor>[0-9A-F]{4}),device=(?P<device>[0-9A-F]{4})", re.I
)


def intel_gpu_top(text: str) -> Reading | None:
    """``intel_gpu_top -L``: each card by its number."""
    found = []
    for one in _TOP.finditer(text):
        ids = pci(one["vendor"].lower(), one["device"].lower())
        found.append(Seen(tool="intel_gpu_top", vendor=vendor_of(one["name"], ids), name=one["name"], pci=ids))
    return Reading(tool="intel_gpu_top", devices=tuple(found), system="linux") if found else None


_ABOUT_CHIP: Final = re.compile(
    r"(?m)^[ \t]*(?:Chip|芯片|晶片|チップ|Puce|칩|Processor|处理器)\s+(Apple M\d\d?(?: (?:Pro|Max|Ultra))?)\s*$"
)
_ABOUT_MEMORY: Final = re.compile(
    r"(?m)^[ \t]*(?:Memory|内存|記憶體|メモリ|Mémoire|Speicher|Memoria|메모리)\s+(\d{1,4} ?(?:GB|TB|Go))\s*$"
)


def about_this_mac(text: str) -> Reading | None:
    """What a Mac's own window shows: the chip and the memory, without a sign between word and value."""
    chip, memory = _ABOUT_CHIP.search(text), _ABOUT_MEMORY.search(text)
    if chip is None:
        return None
    one = Seen(tool="macOS", vendor="apple", name=chip[1], kind="card", unified=True)
    host = HostSeen(memory=total(memory[1]) if memory else None, cpu=chip[1])
    return Reading(tool="macOS", devices=(one,), host=host, system="macos")
