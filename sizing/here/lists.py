"""Which devices does a tool list, a line each? ``clinfo -l``, ``nvidia-settings``, ``amd-smi list``, and what other
vendors' tools print for ``-L``."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from sizing.here.seen import Reading, Seen, vendor_of
from sizing.here.values import bus, cells_of, hexadecimal, pci, said, size, total

_PLATFORM: Final = re.compile(r"(?m)^\s*Platform #\d+:")
_DEVICE: Final = re.compile(r"(?m)^[\s`|+-]*Device #\d+: (\S[^\n]*?)\s*$")


def clinfo(text: str) -> Reading | None:
    """``clinfo -l``: a device stands below each platform that can drive it; processors are none."""
    most: Counter[str] = Counter()
    for platform in _PLATFORM.split(text)[1:]:
        most |= Counter(name for name in _DEVICE.findall(platform) if _graphics(name))
    devices = tuple(Seen(tool="clinfo", vendor=vendor_of(name), name=name) for name in most.elements())
    return Reading(tool="clinfo", devices=devices) if devices else None


def _graphics(name: str) -> bool:
    return bool(vendor_of(name)) and not re.search(r"\bCPU\b|Core\(TM\)|Xeon|Ryzen \d+ \d{4}", name)


_SETTINGS: Final = re.compile(r"(?m)^\s*\[\d+\] \S*\[gpu:\d+\] \((\S[^\n]*)\)\s*$")


def nvidia_settings(text: str) -> Reading | None:
    """``nvidia-settings -q gpus``."""
    devices = tuple(Seen(tool="nvidia-settings", vendor="nvidia", name=name) for name in _SETTINGS.findall(text))
    return Reading(tool="nvidia-settings", devices=devices, system="linux") if devices else None


# The number on the bus stands in AMD's UUID behind the card's own: 00ff744c-0000-1000-80e6-…
_LISTED: Final = re.compile(
    r"(?m)^GPU: \d+\s*\n\s+BDF: (?P<bus>[0-9a-f:.]+)\s*\n\s+UUID: [0-9a-f]{2}ff(?P<id>[0-9a-f]{4})-", re.I
)


def amd_smi(text: str) -> Reading | None:
    """``amd-smi list``, and ``amd-smi static --asic --csv`` and ``amd-smi metric --mem-usage --csv``."""
    devices = [
        Seen(tool="amd-smi", vendor="amd", pci=pci("1002", one["id"].lower()), bus=bus(one["bus"]))
        for one in _LISTED.finditer(text)
    ]
    if re.match(r"\s*gpu,.*\b(market_name|device_id|total_vram)\b", text):
        heads, *rows = cells_of(text)
        for row in rows:
            cells = dict(zip(heads, row, strict=False))
            ids = pci("1002", hexadecimal(cells.get("device_id")), hexadecimal(cells.get("rev_id"), 2))
            name = said(cells.get("market_name"))
            devices.append(
                Seen(
                    tool="amd-smi",
                    vendor="amd",
                    name=name,
                    pci=ids,
                    memory=total(cells.get("vram_size") or cells.get("size") or cells.get("total_vram"), "MB"),
                    in_use=size(cells.get("used_vram"), "MB"),
                    shared=total(cells.get("total_gtt"), "MB"),
                )
            )
    return Reading(tool="amd-smi", devices=tuple(devices), system="linux") if devices else None


# "GPU 0: Iluvatar BI-V150 (UUID: …)", "GPU#0  MXC500 0000:0e:00.0 (UUID: …)"
_OTHERS: Final = re.compile(
    r"(?m)^\s*GPU ?#?\d+:?[ \t]+(?P<name>\S[^\n(]*?)(?:[ \t]+(?P<bus>[0-9a-f:]+\.[0-7]))?[ \t]+\(UUID: [^\n]*\)\s*$",
    re.I,
)
_OWN: Final = ("nvidia", "")  # whose lists are read elsewhere, or nobody's


def others(text: str) -> Reading | None:
    """``-L`` of tools made after nvidia-smi."""
    devices = tuple(
        Seen(tool="list", vendor=vendor_of(one["name"]), name=one["name"], bus=bus(one["bus"]))
        for one in _OTHERS.finditer(text)
        if vendor_of(one["name"]) not in _OWN
    )
    return Reading(tool="list", devices=devices, system="linux") if devices else None
