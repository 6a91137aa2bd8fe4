"""What does Linux say of cards? The files under ``/sys/class/drm`` and the links under ``/dev/dri/by-path``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sizing.here.seen import Reading, Seen, vendor_of
from sizing.here.values import bus, hexadecimal, pci, size, together, total

CARD: Final = re.compile(r"sys/class/drm/(card\d+)/(device/.+|lmem_total_bytes|gt/.+)")


def cards(files: Mapping[str, str]) -> Reading | None:
    """Cards by the texts of their files; paths end as those of ``/sys`` do."""
    found: dict[str, dict[str, str]] = {}
    for path, text in files.items():
        if where := CARD.search(path):
            found.setdefault(where[1], {})[where[2].removeprefix("device/")] = text.strip()
    devices = [one for _, parts in sorted(found.items()) if (one := _card(parts)) is not None]
    return Reading(tool="/sys/class/drm", devices=tuple(devices), system="linux") if devices else None


def _card(parts: Mapping[str, str]) -> Seen | None:
    events = dict(line.split("=", 1) for line in parts.get("uevent", "").splitlines() if "=" in line)
    vendor, device = (hexadecimal(parts.get(name)) for name in ("vendor", "device"))
    if not vendor and re.fullmatch("(?i)[0-9a-f]{1,4}:[0-9a-f]{1,4}", events.get("PCI_ID", "")):
        vendor, device = (hexadecimal(half) for half in events["PCI_ID"].split(":"))
    amd = "mem_info_vram_total" in parts  # which no other driver writes
    ids = pci(vendor, device, hexadecimal(parts.get("revision"), 2))
    if not (ids or amd):
        return None
    # Intel's drivers: xe has a file for each tile, i915 one for the card.
    tiles = [total(text) for name, text in parts.items() if name.endswith("physical_vram_size_bytes")]
    own = parts.get("mem_info_vram_total") or parts.get("lmem_total_bytes")
    return Seen(
        tool="/sys/class/drm",
        vendor=vendor_of("", ids) or ("amd" if amd else ""),
        name=parts.get("product_name", ""),
        pci=ids,
        bus=bus(events.get("PCI_SLOT_NAME")),
        memory=total(own) or together(tiles),
        in_use=size(parts.get("mem_info_vram_used")),
        shared=total(parts.get("mem_info_gtt_total")),
    )


_LINK: Final = re.compile(r"pci-([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])-card\b")


def links(text: str) -> Reading | None:
    """``ls -l /dev/dri/by-path``: functions beyond the first are slices of the same card."""
    found = dict.fromkeys(_LINK.findall(text))
    devices = tuple(Seen(tool="/dev/dri", bus=where) for where in found if where.endswith(".0"))
    return Reading(tool="/dev/dri", devices=devices, system="linux") if devices else None
