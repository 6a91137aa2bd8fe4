"""What did somebody note? Sizes behind the words that tools and people use for them, in lines of any kind."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import HostSeen, Reading, Seen, System, vendor_of
from sizing.here.values import from_json, total, whole

_LINE: Final = re.compile(
    r"^[\s|*-]*(?P<label>[A-Za-z][\w .,`'()/-]{2,60}?)[`*]*\s*[:=|]\s*"
    r"[|*`\s]*(?P<size>\d+(?:\.\d+)?)\s*(?P<unit>[KMGT]i?B)\b",
    re.M,
)
_HOST: Final = re.compile(r"host ram|total ram|system (ram|memory)|physical memory|os.visible", re.I)
_OWN: Final = re.compile(r"dxgi|dedicated|qwmemorysize|vram total|vram_total|carve.?out", re.I)
_SHARED: Final = re.compile(r"gtt", re.I)


def notes(text: str) -> Reading | None:
    """Sizes that nobody else could read: of the host, of a graphics device, of what it shares."""
    host = own = shared = None
    for line in _LINE.finditer(text):
        size = total(f"{line['size']} {line['unit']}")
        label = line["label"]
        if _HOST.search(label):
            host = host or size
        elif _SHARED.search(label):
            shared = shared or size
        elif _OWN.search(label):
            own = own or size
    if host is None and own is None and shared is None:
        return None
    one = Seen(tool="notes", memory=own, shared=shared)
    system: System | None = "windows" if re.search(r"DXGI|Win32_|WMI", text) else None
    return Reading(tool="notes", devices=(one,) if own or shared else (), host=HostSeen(memory=host), system=system)


_NAME: Final = re.compile(
    r"^[\s|*-]*(?:GPU(?: ?\d)?|GPU Model|Device Name|Card Model|Device|Adapter)\s*[:|]\s*(\S[^\n|]*?)\s*\|?$", re.M
)
_IDS: Final = re.compile(r"\b(10de|1002|8086):(?:0x)?([0-9a-f]{4})\b", re.I)
_VRAM: Final = re.compile(
    r"^[\s|*-]*(?:VRAM|VRAM Size|Total VRAM|Memory Size|Memory, Cache|Dedicated video memory|Video memory)\s*[:|]\s*"
    r"(?:[\d.]+ ?[KMG]?i?B? ?/ ?)?([\d.]+ ?[KMG]i?B)\b",
    re.M | re.I,
)


def labelled(text: str) -> Reading | None:
    """Devices by their names, one with its PCI numbers and memory, as monitors and reports label them."""
    names = [one for one in _NAME.findall(text) if vendor_of(one)]
    ids, memory = _IDS.search(text), _VRAM.search(text)
    if not names:
        return None
    if len(names) > 1:
        return Reading(tool="notes", devices=tuple(Seen(tool="notes", vendor=vendor_of(x), name=x) for x in names))
    one = Seen(
        tool="notes",
        vendor=vendor_of(names[0]),
        name=names[0],
        pci=f"{ids[1]}:{ids[2]}".lower() if ids else "",
        memory=total(memory[1]) if memory else None,
    )
    return Reading(tool="notes", devices=(one,))


def properties(text: str) -> Reading | None:
    """Memory by PCI address, as JSON: ``{"0000:06:00.0": {"vram": "2147483648"}}``."""
    data = from_json(text) if '"vram"' in text else None
    if not isinstance(data, dict):
        return None
    found = [
        Seen(tool="notes", bus=bus, memory=whole(one.get("vram", "")))
        for bus, one in data.items()
        if re.fullmatch(r"[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]", bus) and isinstance(one, dict)
    ]
    return Reading(tool="notes", devices=tuple(found)) if found else None
