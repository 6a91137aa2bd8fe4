"""What do AMD's tools print? rocm-smi in all its forms, which Hygon's hy-smi shares, amd-smi and rocminfo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sizing.here.seen import HostSeen, Kind, Reading, Seen, System
from sizing.here.values import bus, cells_of, from_json, hexadecimal, number, objects, pci, said, size, total

Cells = dict[str, str]

_HYGON: Final = re.compile(r"\b(K100|BW\d+|Z100|DCU|HCU)", re.I)


# --- rocm-smi -------------------------------------------------------------------------------------------------------


def rocm_smi(text: str) -> Reading | None:
    """``rocm-smi`` as JSON, CSV, lines, or tables."""
    found = _from_json(text) or _from_csv(text) or _from_lines(text) or _from_tables(text)
    if found:
        return Reading(tool="rocm-smi", devices=_cards(map(_device, found.values())), system="linux")
    devices = tuple(_concise(text))
    return Reading(tool="rocm-smi", devices=devices, system="linux") if devices else None


def _from_json(text: str) -> dict[str, Cells]:
    data = from_json(text) if '"card' in text else None
    if not isinstance(data, dict):
        return {}
    return {
        name: {_key(key): str(value) for key, value in cells.items()}
        for name, cells in data.items()
        if re.fullmatch(r"card\d+", name) and isinstance(cells, dict)
    }


def _from_csv(text: str) -> dict[str, Cells]:
    if not re.match(r"\s*device,", text):
        return {}
    header, *lines = cells_of(text)
    keys = [_key(key) for key in header]
    return {cells[0]: dict(zip(keys, cells, strict=False)) for cells in lines if cells and cells[0].startswith("card")}


_LINE: Final = re.compile(r"^(?:GPU|HCU|DCU)\[(\d+)\]\s*: ([^:\n]+?)\s*:\s*(.*?)\s*$", re.M)


def _from_lines(text: str) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for card, key, value in _LINE.findall(text):
        if not re.search(r"unsupported|not supported", value, re.I):
            found.setdefault(card, {}).setdefault(_key(key), value)
    return {card: cells for card, cells in found.items() if cells.keys() & _TELLING}


_TELLING: Final = {
    "card series",
    "card model",
    "card sku",
    "vram total memory (b)",
    "vram total memory (mib)",
    "device name",
    "device id",
}
_HEADS: Final = {
    "vram total memory (b)": r"VRAM Total Memory \(B\)",
    "vram total used memory (b)": r"VRAM Total Used Memory \(B\)",
    "gtt total memory (b)": r"GTT Total Memory \(B\)",
    "card series": "Card Series",
    "card model": "Card Model",
}


def _from_tables(text: str) -> dict[str, Cells]:
    """Newer releases: a header whose columns are two spaces or more apart."""
    found: dict[str, Cells] = {}
    keys: list[str] = []
    for line in text.splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        if cells[0] == "Device" and len(cells) > 1:
            keys = [_key(cell) for cell in cells]
        elif keys and re.fullmatch(r"\d+", cells[0]) and len(cells) == len(keys):
            if _HEADS.keys() & set(keys):
                found.setdefault(cells[0], {}).update(zip(keys, cells, strict=True))
        elif line.startswith("="):
            keys = []
    return found


def _key(text: str) -> str:
    return text.strip().lower().rstrip(":")


def _device(cells: Mapping[str, str]) -> Seen:
    name = said(cells.get("card series")) or said(cells.get("device name")) or said(cells.get("market name"))
    sku = said(cells.get("card sku"))
    hygon = bool(_HYGON.search(f"{name} {sku}"))
    # "Card Model" is the board's number in older releases, which print the chip's as "Device ID"; newer ones print the
    # board's as "Subsystem ID".
    newer = cells.keys() & {"subsystem id", "gfx version", "device rev"}
    model = hexadecimal(cells.get("device id")) or (hexadecimal(cells.get("card model")) if newer else "")
    memory = total(cells.get("vram total memory (b)")) or total(cells.get("vram total memory (mib)"), "MiB")
    in_use = size(cells.get("vram total used memory (b)"))
    return Seen(
        tool="rocm-smi",
        vendor="hygon" if hygon else "amd",
        name=name,
        pci="" if hygon else pci("1002", model, hexadecimal(cells.get("device rev"), 2)),
        bus=bus(cells.get("pci bus")),
        memory=memory,
        in_use=size(cells.get("vram total used memory (mib)"), "MiB") if in_use is None else in_use,
        shared=total(cells.get("gtt total memory (b)")),
        watts=number(cells.get("max graphics package power (w)")),
        kind=_divided(cells.get("compute partition")),
    )


def _divided(mode: Any) -> Kind:
    """Whether a card is divided, by its mode: SPX is one part, DPX two, CPX as many as there are dies."""
    return "partitioned" if re.fullmatch(r"[A-RT-Z]PX", said(str(mode or ""))) else ""


def _cards(found: Iterable[Seen]) -> tuple[Seen, ...]:
    """Cards, of which the parts of a divided one, each on a function of its place, print the whole again."""
    kept: list[Seen] = []
    places: set[str] = set()
    for one in found:
        place = one.bus[:-2] if one.kind == "partitioned" else ""
        if not place or place not in places:
            kept.append(one)
        places.add(place)
    return tuple(kept)


_ROW: Final = re.compile(r"^\s*(\d+)\s+(?:\d+\s+(0x[0-9a-fA-F]{4}),\s+\d+\s+)?-?[\d.]+ ?°?C\b.*$", re.M | re.I)
_PARTITIONS: Final = re.compile(r"\bNPS\d, ([A-Z]{3}), (\d+)")


def _concise(text: str) -> Iterator[Seen]:
    """The table of temperatures and clocks: how many there are, and which is part of a processor."""
    hygon = bool(re.search(r"(?m)^HCU\s|\bHCU%|\bDCU%|hy-smi", text))
    if not re.search(r"ROCm|System Management Interface|VRAM%", text):
        return
    for row in _ROW.finditer(text):
        parts = _PARTITIONS.search(row[0])
        if parts and parts[2] != "0":
            continue  # one of several parts of a card, each of which shows the whole memory
        kind: Kind = "integrated" if re.search(r"\b(Unsupported|None)\b", row[0]) else ""
        if parts and parts[1] != "SPX":
            kind = "partitioned"
        yield Seen(
            tool="rocm-smi",
            vendor="hygon" if hygon else "amd",
            pci=pci("1002", hexadecimal(row[2])),
            kind=kind,
        )


# --- amd-smi --------------------------------------------------------------------------------------------------------


def amd_smi(text: str) -> Reading | None:
    """``amd-smi static --asic --vram --bus --json`` and ``amd-smi metric --mem-usage --json``."""
    if '"gpu"' not in text or not re.search(r'"(asic|vram|mem_usage)"', text):
        return None
    found = []
    for one in objects(from_json(text)):
        if "gpu" not in one or not one.keys() & {"asic", "vram", "mem_usage"}:
            continue
        asic, where = _part(one, "asic"), _part(one, "bus")
        memory, usage, parts = _part(one, "vram"), _part(one, "mem_usage"), _part(one, "partition")
        ids = pci("1002", hexadecimal(asic.get("device_id")), hexadecimal(asic.get("rev_id"), 2))
        found.append(
            Seen(
                tool="amd-smi",
                vendor="amd",
                name=said(asic.get("market_name")),
                pci=ids,
                bus=bus(where.get("bdf")),
                memory=_measured(memory.get("size")) or _measured(usage.get("total_vram")) or None,
                in_use=_measured(usage.get("used_vram")),
                shared=_measured(usage.get("total_gtt")) or None,
                kind=_divided(parts.get("accelerator_partition") or parts.get("compute_partition")),
            )
        )
    return Reading(tool="amd-smi", devices=_cards(found), system="linux") if found else None


def amd_smi_text(text: str) -> Reading | None:
    """``amd-smi static`` and ``amd-smi metric`` as text: ``KEY: value`` under a heading for each GPU."""
    if not re.search(r"(?m)^\s+(MARKET_NAME|TOTAL_VRAM|VRAM):", text):
        return None
    found = []
    for part in re.split(r"(?m)^GPU: \d+\s*$", text)[1:]:
        if not part.endswith("\n"):
            continue  # it breaks off, perhaps before it says that the card is divided
        keys = dict(re.findall(r"(?m)^\s+([A-Z_]+):[ \t]*(\S.*?)\s*$", part))
        memory = re.search(r"(?m)^\s+VRAM:\s*\n(?:\s+(?!SIZE)[A-Z_]+:[^\n]*\n)*\s+SIZE: (.*?)\s*$", part)
        found.append(
            Seen(
                tool="amd-smi",
                vendor="amd",
                name=said(keys.get("MARKET_NAME")),
                pci=pci("1002", hexadecimal(keys.get("DEVICE_ID")), hexadecimal(keys.get("REV_ID"), 2)),
                bus=bus(keys.get("BDF")),
                memory=total(memory[1] if memory else keys.get("TOTAL_VRAM"), "MB"),
                in_use=size(keys.get("USED_VRAM"), "MB"),
                shared=total(keys.get("TOTAL_GTT"), "MB"),
                kind=_divided(keys.get("ACCELERATOR_PARTITION") or keys.get("COMPUTE_PARTITION")),
            )
        )
    return Reading(tool="amd-smi", devices=_cards(found), system="linux") if found else None


# "0000:05:00.0    AMD Instinct MI300X | …" and below it "… 285/196592 MB": a name that is too long is cut in front.
_SMI_ROW: Final = re.compile(
    r"^\|\s*(?P<bus>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])\s+(?P<name>\S[^|\n]*?)\s*\|[^|\n]*\|\s*\n"
    r"\|(?P<below>[^|\n]*)\|[^|\n]*?(?P<taken>\d+)\s*/\s*(?P<memory>\d+) (?P<unit>MB|GB)\s*\|",
    re.M | re.I,
)


def amd_smi_table(text: str) -> Reading | None:
    """``amd-smi`` without a command, from ROCm 7 on."""
    if "AMD-SMI" not in text:
        return None
    found = []
    for row in _SMI_ROW.finditer(text):
        parts = re.search(r"\b([A-Z]PX)/NPS\d", row["below"])
        kind = _divided(parts[1] if parts else "")
        name = re.sub(r"^\.\.\.(?!(?:AMD|Radeon|Instinct) )\S*\s*|^\.\.\.", "", row["name"])
        found.append(
            Seen(
                tool="amd-smi",
                vendor="amd",
                name="" if said(name) == "" else name,
                bus=bus(row["bus"]),
                memory=total(row["memory"], row["unit"]),
                in_use=size(row["taken"], row["unit"]) if total(row["memory"]) else None,
                kind=kind,
            )
        )
    return Reading(tool="amd-smi", devices=_cards(found), system="linux") if found else None


def _part(one: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = one.get(key)
    return found if isinstance(found, dict) else {}


def _measured(value: Any) -> int | None:
    """Bytes of ``{"value": 24560, "unit": "MB"}``, or of such a text."""
    if isinstance(value, dict):
        value = f"{value.get('value')} {value.get('unit', 'MB')}"
    return size(str(value), "MB") if value is not None else None


# --- rocminfo -------------------------------------------------------------------------------------------------------


def rocminfo(text: str) -> Reading | None:
    """The agents that are GPUs, each with its largest pool."""
    if "Marketing Name:" not in text or "Device Type:" not in text:
        return None
    found = []
    processors = []
    for agent in re.split(r"(?m)^\*+\s*\nAgent \d+", text)[1:]:
        name = re.search(r"Marketing Name:[ \t]*(.*?)\s*$", agent, re.M)
        if re.search(r"Device Type:\s*CPU", agent) and name and name[1] != "CPU":  # which it is called under WSL
            processors.append(name[1])
        if not re.search(r"Device Type:\s*GPU", agent):
            continue
        chip = re.search(r"Chip ID:\s*\d+\(0x([0-9a-f]{4})\)", agent)
        pools = [total(f"{kib} K") for kib in re.findall(r"Size:\s+(\d+)\(0x[0-9a-f]+\) KB", agent)]
        found.append(
            Seen(
                tool="rocminfo",
                vendor="amd",
                name=name[1] if name else "",
                pci=pci("1002", chip[1]) if chip else "",
                memory=max((one for one in pools if one), default=None),
            )
        )
    host = HostSeen(cpu=next(iter(processors), None))
    system: System = "wsl2" if "WSL environment detected" in text else "linux"
    return Reading(tool="rocminfo", devices=tuple(found), host=host, system=system) if found else None


_READY: Final = re.compile(r"amdgpu[^\n]*?(\d+)M of (VRAM|GTT) memory ready")


def dmesg(text: str) -> Reading | None:
    """What the kernel's driver says at the start."""
    ready = {kind: int(mib) << 20 for mib, kind in _READY.findall(text)}
    if "VRAM" not in ready:
        return None
    one = Seen(tool="dmesg", vendor="amd", memory=ready["VRAM"], shared=ready.get("GTT"))
    return Reading(tool="dmesg", devices=(one,), system="linux")
