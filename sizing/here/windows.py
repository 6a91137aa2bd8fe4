"""What do Windows' tools print? CIM classes as JSON, as lists and by wmic, the registry's sizes, DXGI and dxdiag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sizing.here.linux import channels
from sizing.here.seen import HostSeen, Kind, Reading, Seen, vendor_of
from sizing.here.values import from_json, hexadecimal, objects, pci, said, together, total, whole

Keys = Mapping[str, Any]

# AdapterRAM is a number of 32 bits: 4 GiB and more is printed as this, or as a negative one.
_FULL: Final = 0xFFF0_0000
# Intel's driver prints 2 GiB less a page for a card of any size (IGCIT/Intel-GPU-Community-Issue-Tracker-IGCIT#1370).
_HALF: Final = range(0x7FFF_F000, 0x8000_0000)
_MIB: Final = 1 << 20
_LINE: Final = 1000  # characters of a line that a person or a tool writes
_TYPES: Final = {24: "DDR3", 26: "DDR4", 29: "LPDDR3", 30: "LPDDR4", 34: "DDR5", 35: "LPDDR5"}  # of SMBIOS
_QW: Final = "HardwareInformation.qwMemorySize"


def cim(text: str) -> Reading | None:
    """Win32_VideoController, Win32_PhysicalMemory, Win32_ComputerSystem and Win32_Processor, in any form; and the
    display class of the registry."""
    entries = list(_entries(text))
    adapters = [one for keys in entries if _QW not in keys and (one := _adapter(keys)) is not None]
    stored = [one for keys in entries if _QW in keys and (one := _adapter(keys)) is not None]
    devices = [one for one in _with_sizes(adapters, stored) if one.name or one.pci]
    host = _host(entries)
    if not devices and host == HostSeen():
        return None
    tool = "Windows" if adapters or not devices else "registry"
    return Reading(tool=tool, devices=tuple(devices), host=host, system="windows")


def _with_sizes(adapters: list[Seen], stored: list[Seen]) -> list[Seen]:
    """Adapters with the memory that the registry stores for each. It keeps those that were taken out, so that it adds
    none where adapters are listed."""
    if not adapters:
        return [replace(one, tool="registry") for one in stored]
    result = list(adapters)
    free = list(range(len(adapters)))
    for one in stored:
        at = next((at for at in free if (result[at].pci[:9] or result[at].name) == (one.pci[:9] or one.name)), None)
        if at is not None:
            free.remove(at)
            result[at] = replace(result[at], memory=one.memory or result[at].memory)
    return result


def _entries(text: str) -> Iterator[Keys]:
    """Objects of JSON; else blocks of ``Key : value`` or ``Key=value``; else wmic's CSV or table."""
    if (data := from_json(text)) is not None and re.match(r"\s*[\[{]", text):
        for one in objects(data):
            yield {key: value for key, value in one.items() if value is not None}
        return
    for block in re.split(r"\n\s*\n", text.replace("\r", "").strip()):
        keys: dict[str, str] = {}
        for key, value in re.findall(r"(?m)^\s*(?:Win32_\w+\.)?([A-Za-z][\w.]*)\s*[:=][ \t]*(.*?)\s*$", block):
            if key in keys and key in ("Name", "BankLabel", "Capacity"):
                yield keys
                keys = {}
            keys[key] = value
        yield keys
    if re.search(r"\t(?:PCI|ACPI)\\VEN_|\(RAM\)\t", text):
        yield from _reported(text)
    else:
        yield from (
            _columns(text) if re.search(r"AdapterRAM|Node,|(?m:^[ \w]*\bCapacity\b[ \w]*$)", text) else _paths(text)
        )


_HEADS: Final = {"AdapterRAM", "PNPDeviceID", "Capacity", "TotalPhysicalMemory", "SMBIOSMemoryType"}


# A device of Get-PnpDevice, or of a list of them: a name before its path.
_PATH: Final = re.compile(r"PCI\\VEN_[0-9A-F]{4}&DEV_[0-9A-F]{4}\S*", re.I)
_STATE: Final = re.compile(r"^(?:(?:OK|Error|Unknown|Degraded)\b)?\s*(?:Display\b)?\s*")


def _paths(text: str) -> Iterator[Keys]:
    """Lines with a device's path, of display adapters by their name; a path alone is one."""
    for line in text.splitlines():
        path = _PATH.search(line) if len(line) < _LINE else None
        if path is None:
            continue
        name = _STATE.sub("", line[: path.start()].strip())
        if not name or (vendor_of(name) and not re.search(r"audio|controller|bus|usb", name, re.I)):
            yield {"Name": name, "PNPDeviceID": path[0]}


def _columns(text: str) -> Iterator[Keys]:
    """``wmic … get A,B``: columns that begin where their heads do; with ``/format:csv``, cells between commas."""
    lines = [line for line in text.replace("\r", "").splitlines() if line.strip()]
    if len(lines) < 2:
        return
    if lines[0].startswith("Node,"):
        heads = lines[0].split(",")
        for line in lines[1:]:
            yield dict(zip(heads, line.split(","), strict=False))
        return
    at = next((i for i, line in enumerate(lines) if set(re.findall(r"\w+", line)) & _HEADS), None)
    if at is None:
        return
    starts = [(found.start(), found[0]) for found in re.finditer(r"\w+", lines[at])]
    for line in lines[at + 1 :]:
        if set(line) <= set("- "):
            continue
        # PowerShell sets numbers to the right, so that one may begin before its head, but never ends before it.
        cells: dict[str, str] = {}
        for word in re.finditer(r"\S+", line):
            head = [name for start, name in starts if start < word.end()][-1:] or [starts[0][1]]
            cells[head[0]] = f"{cells.get(head[0], '')} {word[0]}".strip()
        yield cells


def _reported(text: str) -> Iterator[Keys]:
    """``msinfo32``: a key, a tab and a value; adapters among much else, told by their memory."""
    for block in re.split(r"\n\s*\n", text.replace("\r", "")):
        cells = [line.split("\t")[:2] for line in block.splitlines() if "\t" in line]
        rows = [(key.strip(), value.strip()) for key, value in cells]
        path = next((value for _, value in rows if _PATH.match(value)), None)
        if path and any(re.search(r"\bRAM\b", key) for key, _ in rows):
            name = next((value for _, value in rows if vendor_of(value) and not _PATH.match(value)), "")
            yield {"Name": name, "PNPDeviceID": path}
        fitted = next((total(value) for key, value in rows if key.endswith("(RAM)")), None)
        if fitted:
            yield {"TotalPhysicalMemory": fitted}


_IDS: Final = re.compile(r"VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})(?:&SUBSYS_\w+)?(?:&REV_([0-9A-F]{2}))?", re.I)


_MEMORY_SAID: Final = re.compile(
    r"^\s*(?:Total Physical Memory|物理内存总量|实体内存总量|實體記憶體總計|Gesamter physi(?:sch|kalisch)er Speicher|"
    r"Mémoire physique totale|Cantidad total de memoria física|Memoria fisica totale|Memória física total|"
    r"物理メモリの合計|(?:총|전체) 실제 메모리|Полный объ[её]м физической памяти|Totaal fysiek geheugen)"
    r"\s*[:：]\s*([\d.,\u00a0\u202f ]+?)\s*(?:MB|Mo|МБ)\s*$",
    re.M,
)


def systeminfo(text: str) -> Reading | None:
    """``systeminfo``, with the thousands as the language parts them."""
    found = _MEMORY_SAID.search(text.replace("\r", ""))
    if found is None:
        return None
    memory = total(re.sub(r"\D", "", found[1]), "MiB")
    return Reading(tool="Windows", host=HostSeen(memory=memory), system="windows")


def _ids(path: str) -> str:
    found = _IDS.search(path)
    return pci(hexadecimal(found[1]), hexadecimal(found[2]), (found[3] or "").lower()) if found else ""


# Adapters that only draw or forward a picture, where no path tells them.
_DRAWN: Final = re.compile(
    r"Microsoft (Basic|Remote)|Virtual|Parsec|GameViewer|IddS|Indirect|Meta |Citrix|VMware|DisplayLink|Mirror|Dummy",
    re.I,
)


def _adapter(keys: Keys) -> Seen | None:
    path = str(keys.get("PNPDeviceID") or keys.get("MatchingDeviceId") or "")
    names = (keys.get(one) for one in ("DriverDesc", "HardwareInformation.AdapterString", "Name", "Caption"))
    name = str(next((one for one in names if one), ""))
    video = keys.keys() & {"AdapterRAM", "PNPDeviceID", "VideoProcessor", _QW, "AdapterCompatibility"}
    if not video or "SMBIOSMemoryType" in keys or "NumberOfCores" in keys:
        return None
    real = re.match(r"PCI\\|ACPI\\VEN_QCOM", path, re.I) if path else not _DRAWN.search(name)
    ids = _ids(path)
    vendor = "qualcomm" if "VEN_QCOM" in path.upper() else vendor_of(name, ids)
    kind: Kind = "" if real and (vendor or not name) else "virtual"
    return Seen(tool="Windows", vendor=vendor, name=said(name), pci=ids, memory=_memory(keys), kind=kind)


def _memory(keys: Keys) -> int | None:
    """The registry's 64 bits, where a driver did not write megabytes; else AdapterRAM, where it is not full."""
    wide = whole(keys.get(_QW, ""))
    if wide is not None and wide >= _MIB:
        return wide
    narrow = whole(re.sub(r"[ ,].*", "", str(keys.get("AdapterRAM") or "")))
    return narrow if narrow and narrow < _FULL and narrow not in _HALF else None


def _host(entries: Sequence[Keys]) -> HostSeen:
    modules = [keys for keys in entries if whole(keys.get("Capacity", "")) and keys.keys() & _OF_MODULES]
    system = next(
        (whole(x) for keys in entries if (x := keys.get("TotalPhysicalMemory") or keys.get("CsTotalPhysicalMemory"))),
        None,
    )
    visible = next(
        (
            whole(x)
            for keys in entries
            if (x := keys.get("TotalVisibleMemorySize") or keys.get("OsTotalVisibleMemorySize"))
        ),
        None,
    )
    free = next(
        (whole(x) for keys in entries if (x := keys.get("FreePhysicalMemory") or keys.get("OsFreePhysicalMemory"))),
        None,
    )
    cpu = next((str(keys["Name"]) for keys in entries if "NumberOfCores" in keys and keys.get("Name")), None)
    sockets = sum("NumberOfCores" in keys and bool(keys.get("Name")) for keys in entries)
    types = {_TYPES.get(whole(keys.get("SMBIOSMemoryType", "")) or 0) for keys in modules} - {None}
    rates = [rate for keys in modules if (rate := whole(keys.get("ConfiguredClockSpeed") or keys.get("Speed") or ""))]
    places = [(str(keys.get("BankLabel") or ""), str(keys.get("DeviceLocator") or "")) for keys in modules]
    return HostSeen(
        memory=system or (visible << 10 if visible else None),
        available=free << 10 if free else None,
        fitted=together(whole(keys["Capacity"]) for keys in modules),
        type=types.pop() if len(types) == 1 else None,
        rate=min(rates, default=None),
        channels=channels(places),
        cpu=cpu,
        sockets=sockets or None,
    )


_OF_MODULES: Final = {
    "SMBIOSMemoryType",
    "BankLabel",
    "DeviceLocator",
    "ConfiguredClockSpeed",
    "PartNumber",
    "Speed",
    "Manufacturer",
}


_DXDIAG: Final = re.compile(
    r"^[ \t]*(DirectX Version|Dedicated Memory|Dedizierter Speicher|专用内存|Card name|Kartenname|卡名称|显卡名称)"
    r"\s*[:：]",
    re.M,
)


def dxdiag(text: str) -> Reading | None:
    """``dxdiag /t`` and what DXGI says: dedicated memory; MB are MiB. Some of its keys are translated."""
    if not _DXDIAG.search(text):
        return None
    bare = text.replace("\r", "").replace("：", ":")
    parts = re.split(r"(?m)^(?=\s*(?:Card name|Kartenname|卡名称|显卡名称):)", bare)
    devices = [one for part in parts if (one := _display(part)) is not None]
    # All that is fitted, what firmware keeps too; then what the system sees of it.
    fitted, seen = [*re.findall(r"(?m)^[^:\n]{1,60}: (\d+)\s*MB RAM", bare), None, None][:2]
    cpu = re.search(r"(?m)^\s*(?:Processor|Prozessor|处理器): (.+?)(?: +\(\d+ \w+\))?(?:, ~.*)?\s*$", bare)
    whole_gib = fitted is not None and int(fitted) % 1024 == 0
    host = HostSeen(
        memory=total(seen, "MiB") or (None if whole_gib else total(fitted, "MiB")),
        fitted=total(fitted, "MiB") if whole_gib else None,
        cpu=cpu[1] if cpu else None,
    )
    return Reading(tool="dxdiag", devices=tuple(devices), host=host, system="windows")


def _display(part: str) -> Seen | None:
    name = re.search(r"(?m)^\s*(?:Card name|Kartenname|卡名称|显卡名称): *(.+?)\s*$", part)
    dedicated = re.search(r"(?m)^\s*(?:Dedicated Memory|Dedizierter Speicher|专用内存): (\d+) MB", part)
    if name is None and dedicated is None:
        return None
    called = said(name[1]) if name else ""
    ids = _ids(part)
    vendor = vendor_of(called, ids)
    drawn = bool(called) and (bool(_DRAWN.search(called)) or not vendor)
    return Seen(
        tool="dxdiag",
        vendor=vendor,
        name=called,
        pci=ids,
        memory=total(dedicated[1], "MiB") if dedicated else None,
        kind="virtual" if drawn else "",
    )
