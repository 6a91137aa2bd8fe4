"""What does lspci print? Any of its forms: ``-nn``, ``-v``, ``-vmm``, ``-vmmnD``; display and compute devices alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sizing.here.seen import Kind, Reading, Seen, vendor_of
from sizing.here.values import bus, pci, total

# PCI classes: 03 display, 12 processing accelerators. NVSwitch is a bridge (0680), and sound is 0403.
_CLASS: Final = re.compile(r"03[0-9a-f]{2}|12[0-9a-f]{2}", re.I)
_CLASS_NAME: Final = re.compile(
    r"VGA compatible controller|3D controller|Display controller|Processing accelerators", re.I
)
_LINE: Final = re.compile(
    r"^\s*(?P<bus>(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) "
    r"(?P<class>[^:\[\n]+?)(?: \[(?P<number>[0-9a-f]{4})\])?: "
    r"(?P<name>.+?)(?: \[(?P<pci>[0-9a-f]{4}:[0-9a-f]{4})\])?(?: \(rev (?P<rev>[0-9a-f]{2})\))?(?: \(prog-if .*)?$",
    re.I | re.M,
)
_LOST: Final = "ff"  # the revision of what has fallen off the bus, where every bit reads as one
_REGION: Final = re.compile(r"Memory at \S+ \(64-bit, prefetchable\)(?: \[\w+\])* \[size=(\d+[KMGT])\]")


def listing(text: str) -> Reading | None:
    """Every device of a class that may run models, and those that look so, which are marked."""
    found = [*_blocks(text), *_lines(text), *_quoted(text)]
    if not found and not re.search(r"(?m)^Slot:\t|^[0-9a-f:]{2,12}\.[0-7] \S", text):
        return None
    return Reading(tool="lspci", devices=tuple(found), system="linux")


def _seen(where: str, ids: str, name: str, revision: str, window: int | None = None) -> Seen:
    vendor = vendor_of(name, ids)
    kind: Kind = "" if vendor else "virtual"
    if revision == _LOST:
        kind, ids = "lost", ids.removesuffix(f":{_LOST}")
    own = "" if ids else revision
    return Seen(tool="lspci", vendor=vendor, name=name, pci=ids, revision=own, bus=where, window=window, kind=kind)


def _blocks(text: str) -> list[Seen]:
    """``-vmm``: a block of ``Key:<tab>value`` a device; with ``-n`` in numbers."""
    found = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        keys = dict(re.findall(r"(?m)^(\w+):\s+(.*?)\s*$", block))
        kind = keys.get("Class", "")
        if "Slot" in keys and (_CLASS.fullmatch(kind) or _CLASS_NAME.match(kind)):
            found.append(_of_block(keys))
    return found


def _of_block(keys: Mapping[str, str]) -> Seen:
    vendor, device = keys.get("Vendor", ""), keys.get("Device", "")
    revision = keys.get("Rev", "").lower()
    if re.fullmatch("(?i)[0-9a-f]{4}", vendor) and re.fullmatch("(?i)[0-9a-f]{4}", device):
        return _seen(bus(keys["Slot"]), pci(vendor.lower(), device.lower(), revision), "", revision)
    return _seen(bus(keys["Slot"]), "", f"{vendor} {device}".strip(), revision)


_QUOTED: Final = re.compile(
    r'^(?P<bus>(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) "(?P<class>[^"\n]*)" "(?P<vendor>[^"\n]*)" '
    r'"(?P<device>[^"\n]*)"(?: -r(?P<rev>[0-9a-f]{2}))?',
    re.I | re.M,
)
_NUMBER: Final = re.compile(r"\[?([0-9a-f]{4})\]?$", re.I)


def _quoted(text: str) -> list[Seen]:
    """``-mm``: each part in quotes; with ``-n`` numbers, with ``-nn`` both."""
    found = []
    for line in _QUOTED.finditer(text):
        if not (_CLASS.fullmatch(line["class"]) or _CLASS_NAME.match(line["class"])):
            continue
        vendor, device = (_NUMBER.search(line[part]) for part in ("vendor", "device"))
        revision = (line["rev"] or "").lower()
        ids = pci(vendor[1].lower(), device[1].lower(), revision) if vendor and device else ""
        name = "" if _NUMBER.fullmatch(line["device"]) else f"{line['vendor']} {line['device']}"
        found.append(_seen(bus(line["bus"]), ids, name, revision))
    return found


def _lines(text: str) -> list[Seen]:
    found = []
    starts = list(_LINE.finditer(text))
    for at, line in enumerate(starts):
        if not (_CLASS.fullmatch(line["number"] or "") or _CLASS_NAME.match(line["class"])):
            continue
        rest = text[line.end() : starts[at + 1].start() if at + 1 < len(starts) else len(text)]
        windows = [total(one) or 0 for one in _REGION.findall(rest)]
        vendor, device = (line["pci"] or ":").lower().split(":")
        revision = (line["rev"] or "").lower()
        ids = pci(vendor, device, revision)
        found.append(_seen(bus(line["bus"]), ids, line["name"], revision, max(windows, default=None)))
    return found
