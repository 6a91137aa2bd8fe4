"""What do Linux's drivers say of GPUs themselves? The kernel's log of Intel's, and the files of NVIDIA's and AMD's."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import Kind, Reading, Seen
from sizing.here.values import bus, pci, whole

_INTEL: Final = re.compile(r"\b(?:xe|i915) (?P<bus>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]): (?P<said>[^\n]*)")
_ID: Final = re.compile(r"\(device ID ([0-9a-f]{4})\)(?P<rest>.*)", re.I)
# xe tells what is fitted tile by tile; i915 what may be used of it.
_VRAM: Final = re.compile(r"VRAM\[\d+, \d+\]: Actual physical size (0x[0-9a-f]+)|Local memory available: (0x[0-9a-f]+)")


def intel(text: str) -> Reading | None:
    """What xe and i915 write into the kernel's log: the number on the bus, and a card's memory."""
    said: dict[str, str] = {}
    for line in _INTEL.finditer(text):
        said[line["bus"]] = f"{said.get(line['bus'], '')}{line['said']}\n"
    found = []
    for where, lines in said.items():
        number = _ID.search(lines)
        memory = sum(int(xe or i915, 16) for xe, i915 in _VRAM.findall(lines))
        if number is None and not memory:
            continue
        kind: Kind = "" if memory or (number and "discrete" in number["rest"]) else "integrated"
        ids = pci("8086", number[1].lower()) if number else ""
        found.append(Seen(tool="dmesg", vendor="intel", pci=ids, bus=bus(where), memory=memory or None, kind=kind))
    return Reading(tool="dmesg", devices=tuple(found), system="linux") if found else None


_INFORMATION: Final = re.compile(r"(?m)^Model:[ \t]+(\S[^\n]*?)[ \t]*$(?=\n(?:IRQ|GPU UUID|Video BIOS):)")


def nvidia(text: str) -> Reading | None:
    """``/proc/driver/nvidia/gpus/*/information``, one after the other."""
    models = list(_INFORMATION.finditer(text))
    ends = [*(one.start() for one in models[1:]), len(text)]
    found = []
    for one, end in zip(models, ends, strict=False):
        where = re.search(r"(?m)^Bus Location:[ \t]+(\S+)", text[one.end() : end])
        name = "" if "Unknown" in one[1] else one[1]
        found.append(Seen(tool="driver", vendor="nvidia", name=name, bus=bus(where[1]) if where else ""))
    return Reading(tool="driver", devices=tuple(found), system="linux") if found else None


_AMD: Final = 0x1002


def amd(text: str) -> Reading | None:
    """``/sys/class/kfd/kfd/topology/nodes/*/properties``, one after the other: nodes that compute."""
    if not re.search(r"(?m)^gfx_target_version \d", text):
        return None
    found = []
    for node in re.split(r"(?m)^(?=cpu_cores_count )", text):
        keys = dict(re.findall(r"(?m)^(\w+) (\d+)\s*$", node))
        number = {key: whole(value) or 0 for key, value in keys.items()}
        if number.get("vendor_id") != _AMD or not number.get("simd_count"):
            continue
        place = number.get("location_id", 0)
        where = f"{number.get('domain', 0):04x}:{place >> 8 & 255:02x}:{place >> 3 & 31:02x}.{place & 7}"
        found.append(
            Seen(
                tool="kfd",
                vendor="amd",
                pci=pci("1002", f"{number.get('device_id', 0):04x}"),
                bus=bus(where) if place else "",
                memory=number.get("local_mem_size") or number.get("size_in_bytes") or None,
            )
        )
    return Reading(tool="kfd", devices=tuple(found), system="linux") if found else None
