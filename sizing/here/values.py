"""How do tools write a figure? Sizes with and without units, numbers of a bus, and the many ways to say nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

# "N/A" in a table and in XML, "[N/A]" in CSV, "[Not Supported]" of older drivers, and what stands for a failure.
_NOTHING: Final = re.compile(r"\[?(n/?a|not supported|not available|unknown( error)?|err!?|none|null|-+)?\]?", re.I)
_SIZE: Final = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,6})?)\s*([KMGT](?:i?B|o)?|B|bytes)?", re.I)
_SHIFT: Final = {"b": 0, "k": 10, "m": 20, "g": 30, "t": 40}
_BUS: Final = re.compile(r"(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])", re.I)
# macOS 26 writes its log into what a tool prints.
_LOGGED: Final = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^\n]*\n?", re.M)
_ROWS: Final = 2000  # of a table of devices
_MOST: Final = 2**50  # bytes that are a memory


def said(text: str | None) -> str:
    """What a cell says; empty where it says that nothing is known."""
    bare = (text or "").strip()
    return "" if _NOTHING.fullmatch(bare) else bare


def size(text: str | None, unit: str = "B") -> int | None:
    """Bytes of ``24564 MiB``, or of a bare number in ``unit``; every tool here means powers of 1,024, also by "MB"."""
    found = _SIZE.fullmatch(said(text).replace(",", ""))
    if found is None:
        return None
    count = round(float(found[1]) * 2 ** _SHIFT[(found[2] or unit)[0].lower()])
    return count if count < _MOST else None


def total(text: str | None, unit: str = "B") -> int | None:
    """As ``size``, but no device has nothing."""
    return size(text, unit) or None


def together(parts: Iterable[int | None]) -> int | None:
    """Their sum; None where there are none, or one of them is not known."""
    known = list(parts)
    return sum(one for one in known if one is not None) if known and None not in known else None


def number(text: str | None) -> float | None:
    """The number that a cell begins with: ``450.00 W``."""
    found = re.match(r"[0-9]{1,9}(\.[0-9]{1,6})?", said(text))
    return float(found[0]) if found else None


def whole(text: object) -> int | None:
    """A whole number, also where a tool quotes it."""
    found = re.fullmatch(r"[0-9]{1,18}", str(text).strip())
    return int(found[0]) if found else None


def bus(text: str | None) -> str:
    """``0000:01:00.0`` of ``00000000:01:00.0`` or ``01:00.0``; empty where it is none."""
    found = _BUS.search(text or "")
    if found is None:
        return ""
    return f"{int(found[1] or '0', 16):04x}:{found[2]}:{found[3]}.{found[4]}".lower()


def hexadecimal(text: str | None, digits: int = 4) -> str:
    """``744c`` of ``0x744C``; empty where it is no such number."""
    found = re.fullmatch(r"(?:0x)?([0-9a-f]{1,8})", said(text), re.I)
    return f"{int(found[1], 16):0{digits}x}" if found else ""


def pci(vendor: str, device: str, revision: str = "") -> str:
    """``1002:744c:c8`` of its parts; empty without the first two."""
    return f"{vendor}:{device}" + (f":{revision}" if revision else "") if vendor and device else ""


def from_json(text: str) -> Any:
    """What JSON in a print-out says, noise around it left out; None where there is none, or only a part of it."""
    bare = _LOGGED.sub("", text).strip()
    starts = [at for at in (bare.find("{"), bare.find("[")) if at >= 0]
    if not starts:
        return None
    try:
        return json.JSONDecoder().raw_decode(bare, min(starts))[0]
    except (ValueError, RecursionError):
        return None


def objects(data: Any, depth: int = 6) -> Iterator[dict[str, Any]]:
    """Every object in JSON, the outer before the inner."""
    if isinstance(data, dict):
        yield data
    if depth and isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from objects(one, depth - 1)


def cells_of(text: str) -> list[list[str]]:
    """The rows of CSV, blank ones left out; none where it is no CSV."""
    try:
        lines = text.strip().splitlines()[:_ROWS]
        return [cells for cells in csv.reader(lines, skipinitialspace=True) if cells]
    except csv.Error:
        return []


def pairs(text: str, between: str = ":") -> Iterator[tuple[str, str]]:
    """Every ``key: value`` line, spaces around both removed; a line that has no such sign is passed by."""
    for line in text.splitlines():
        key, sign, value = line.strip(" \t|").partition(between)
        if sign:
            yield key.strip(), value.strip()
