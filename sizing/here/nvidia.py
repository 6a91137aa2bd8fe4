"""What does nvidia-smi print? Its table, ``-q`` as XML and as text, ``--query-gpu`` as CSV, ``-L`` and ``topo -m``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from sizing.here.seen import HostSeen, Reading, Seen, System
from sizing.here.tables import OTHERS, rows
from sizing.here.values import bus, cells_of, number, pairs, pci, said, size, total

_FAILED: Final = re.compile(
    r"NVIDIA-SMI has failed[^\n]*|Failed to initialize NVML[^\n]*|No devices were found|"
    r"NVIDIA-SMI couldn't find[^\n]*|Unable to determine the device handle[^\n]*",
)
# Drivers from 610 on say KMD Version.
_VERSIONS: Final = re.compile(r"NVIDIA-SMI (\d+\.\d+)\S*\s+(?:Driver|KMD) Version: (\d+(?:\.\d+)+)")
# What shares its memory with the processor, so that NVML has no figure for it.
_UNIFIED: Final = re.compile(r"\b(GB10|Thor|Orin|Xavier)\b")
_HAS_NAME: Final = re.compile(r"NVIDIA |GeForce|Tesla |Quadro |TITAN |GRID ")


def failure(text: str) -> Reading | None:
    """The sentence that stands instead of an answer."""
    found = _FAILED.search(text)
    if found is None:
        return None
    sentence = found[0].split(". ")[0].strip().rstrip(".")
    # On Windows the sentence goes on about the driver model.
    linux = sentence.startswith("NVIDIA-SMI has failed") or "Driver/library" in sentence
    system: System | None = "linux" if linux and "WDDM" not in text else None
    return Reading(tool="nvidia-smi", system=system, remarks=(f"nvidia-smi: {sentence}",))


def _seen(**values: object) -> Seen:
    one = Seen(tool="nvidia-smi", vendor="nvidia", **values)  # type: ignore[arg-type]
    return replace(one, unified=True, memory=None) if _UNIFIED.search(one.name) else one


def _system(text: str) -> System | None:
    """Windows has a driver model; under WSL the tool is one release and Windows' driver, of two parts, another."""
    if re.search(r"<current_dm>(WDDM|TCC|MCDM)|\b(WDDM|TCC|MCDM)\s+\|", text):
        return "windows"
    versions = _VERSIONS.search(text)
    if versions and versions[2].count(".") == 1 and versions[1] != versions[2]:
        return "wsl2"
    return "linux" if re.search(r"\(nvgpu\)|\b(On|Off)\s+\|\s+[0-9A-F]{4,8}:|<current_dm>N/A", text) else None


# --- the table ------------------------------------------------------------------------------------------------------


def table(text: str) -> Reading | None:
    """The table of ``nvidia-smi``, and the one of MIG slices below it; not those that were made after it."""
    head = re.search(r"MIG M\.|\bPersistence-M|Volatile Uncorr|^\|\s+\d+\s+(NVIDIA|Tesla|GeForce|Quadro) ", text, re.M)
    if "NVIDIA-SMI" not in text and not (head and not OTHERS.search(text)):
        return None
    found = [
        _seen(
            name=row.name,
            bus=row.bus,
            memory=row.memory,
            in_use=row.in_use,
            watts=row.watts,
            fanless=row.fanless,
            kind="partitioned" if row.partitioned else "",
        )
        for row in rows(text)
    ]
    if not found:
        return None
    return Reading(tool="nvidia-smi", devices=(*found, *_slices(text, found)), system=_system(text))


_SLICE: Final = re.compile(
    r"^\|\s*(\d+)\s+\d+\s+\d+\s+\d+\s*\|\s*(\d+)\s*MiB\s*/\s*(\d+)\s*MiB\s*\|\s*(\d*)", re.M
)  # GPU, instance, compute instance and number; multiprocessors


def _slices(text: str, cards: list[Seen]) -> Iterator[Seen]:
    for card, taken, memory, processors in _SLICE.findall(text):
        parent = cards[int(card)].name if int(card) < len(cards) else ""
        yield _seen(
            name=_slice_of(parent or "NVIDIA GPU", processors),
            memory=total(memory, "MiB"),
            in_use=size(taken, "MiB"),
            kind="slice",
            parent=parent,
        )


# --- XML and text of -q ---------------------------------------------------------------------------------------------


def query(text: str) -> Reading | None:
    """``nvidia-smi -q -x``; read part by part, so that one that breaks off says what it says."""
    if "<nvidia_smi_log>" not in text and "<product_name>" not in text:
        return None
    found: list[Seen] = []
    remarks: list[str] = []
    for part in re.split(r"<gpu id=", text)[1:]:
        name = _tag(part, "product_name")
        if not re.search("<[/](fb_memory_usage|gpu)>", part):
            remarks.append("nvidia-smi -q: breaks off, and a device is left out")
            continue
        if not name:
            continue
        own = re.sub(r"(?s)<mig_devices>.*?(<[/]mig_devices>|\Z)", "", part)
        ids = _tag(part, "pci_device_id")
        slices = list(_xml_slices(part, name))
        found.append(
            _seen(
                name=name,
                pci=pci(ids[4:].lower(), ids[:4].lower()) if re.fullmatch("(?i)[0-9a-f]{4}10DE", ids) else "",
                bus=bus(_tag(part, "pci_bus_id") or part[:20]),
                memory=total(_in(own, "fb_memory_usage", "total")),
                in_use=size(_in(own, "fb_memory_usage", "used")),
                watts=number(_tag(part, "current_power_limit") or _tag(part, "power_limit")),
                fanless=bool(re.search(r"<fan_speed>\s*N/A", part)),
                kind="partitioned" if _tag(part, "current_mig") == "Enabled" else "",
            )
        )
        found += slices
    return Reading(tool="nvidia-smi -q", devices=tuple(found), system=_system(text), remarks=tuple(remarks))


def _tag(text: str, name: str) -> str:
    found = re.search(rf"<{name}>\s*([^<]*?)\s*<[/]{name}>", text)
    return said(found[1]) if found else ""


def _in(text: str, outer: str, inner: str) -> str:
    found = re.search(rf"(?s)<{outer}>(.*?)(<[/]{outer}>|\Z)", text)
    return _tag(found[1], inner) if found else ""


def _xml_slices(part: str, parent: str) -> Iterator[Seen]:
    for one in re.split(r"<mig_device>", part)[1:]:
        memory = total(_in(one, "fb_memory_usage", "total"))
        in_use = size(_in(one, "fb_memory_usage", "used"))
        name = _slice_of(parent, _tag(one, "multiprocessor_count"))
        yield _seen(name=name, memory=memory, in_use=in_use, kind="slice", parent=parent)


def _slice_of(card: str, processors: str) -> str:
    return f"{card}, MIG slice" + (f" of {processors} multiprocessors" if processors else "")


_FB: Final = re.compile(r"FB Memory Usage\s+Total\s*:\s*([^\n]*)(?:\s+Reserved\s*:[^\n]*)?\s+Used\s*:\s*([^\n]*)")


def query_text(text: str) -> Reading | None:
    """``nvidia-smi -q`` as text."""
    if not re.search(r"^=+NVSMI LOG=+", text, re.M):
        return None
    found = []
    for part in re.split(r"(?m)^GPU (?=[0-9A-Fa-f]{4,8}:)", text)[1:]:
        memory = _FB.search(part)
        keys = dict(reversed(list(pairs(part))))  # the first of each key
        ids = keys.get("Device Id", "")
        found.append(
            _seen(
                name=keys.get("Product Name", ""),
                bus=bus(part[:20]),
                pci=pci("10de", ids[2:6].lower()) if re.fullmatch("0x[0-9A-Fa-f]{4}10DE", ids) else "",
                memory=total(memory[1]) if memory else None,
                in_use=size(memory[2]) if memory else None,
            )
        )
    return Reading(tool="nvidia-smi -q", devices=tuple(found)) if found else None


# --- CSV ------------------------------------------------------------------------------------------------------------

_COMMAND: Final = re.compile(r"nvidia-smi\b.*--query-gpu=(\S+)")


def asked(text: str) -> str | None:
    """The header that ``--format=csv,noheader`` leaves out, by the command that was typed."""
    found = _COMMAND.search(text)
    return found[1].strip("'\"") if found and len(text) < 2000 else None


def csv_query(text: str) -> Reading | None:
    """``nvidia-smi --query-gpu=… --format=csv``, with its header or without."""
    lines = cells_of(text)
    if not lines:
        return None
    header = [re.sub(r" \[.*", "", cell).strip() for cell in lines[0]]
    if any(cell in ("name", "gpu_name", "memory.total", "memory.used") for cell in header):
        found = [_of_cells(dict(zip(header, cells, strict=False))) for cells in lines[1:] if len(cells) == len(header)]
    else:
        found = [one for cells in lines if (one := _by_looks(cells)) is not None]
    three = re.search(r"(?m)(?:^|, ?)\d{3}\.\d{2,3}\.\d{2}(?:,|$)", text)  # Windows' drivers have two parts
    system: System | None = "linux" if three else None
    return Reading(tool="nvidia-smi --query-gpu", devices=tuple(found), system=system) if found else None


def _of_cells(cells: Mapping[str, str]) -> Seen:
    ids = said(cells.get("pci.device_id", ""))
    return _seen(
        name=said(cells.get("name", cells.get("gpu_name", ""))),
        bus=bus(cells.get("pci.bus_id", cells.get("gpu_bus_id"))),
        pci=pci("10de", ids[2:6].lower()) if re.fullmatch("(?i)0x[0-9a-f]{4}10de", ids) else "",
        memory=total(cells.get("memory.total"), "MiB"),
        in_use=size(cells.get("memory.used"), "MiB"),
        watts=number(cells.get("power.limit")),
        kind="partitioned" if cells.get("mig.mode.current", "").strip() == "Enabled" else "",
    )


_LEAST: Final = 2000  # MiB of a card


def _by_looks(cells: list[str]) -> Seen | None:
    """A row without a header: the name and the bus tell themselves, sizes only with their unit."""
    name = next((cell.strip() for cell in cells if _HAS_NAME.match(cell) and "compatible" not in cell), "")
    if not name or len(cells) < 2 or name.count("(") != name.count(")"):  # another tool's sentence
        return None
    sizes = [total(cell) for cell in cells if re.fullmatch(r"\d+ MiB", cell.strip())]
    where = next((found for cell in cells if (found := bus(cell))), "")
    return _seen(name=name, bus=where, memory=max((one for one in sizes if one), default=_bare(cells)))


def _bare(cells: list[str]) -> int | None:
    """The memory where ``nounits`` leaves its unit out: the sum of what is in use and what is free, else the one number
    that is whole GiB but for what a driver keeps. Clocks of memory, such as 10501 and 14001 MHz, are not so near."""
    numbers = [int(cell) for cell in cells if re.fullmatch(r"\d{1,6}", cell.strip())]
    sums = [one for one in numbers if any(one - other in numbers for other in numbers if 0 < other < one)]
    whole = [one for one in numbers if one >= 0.99 * 1024 * math.ceil(one / 1024) and one >= _LEAST]
    memory = sums[0] if len(sums) == 1 else whole[0] if len(whole) == 1 else 0
    return memory << 20 if memory >= _LEAST else None


# --- -L and topo ----------------------------------------------------------------------------------------------------

_LISTED: Final = re.compile(
    r"(?m)^[ \t]*(?:GPU models and configuration[ \t]*:[ \t]*)?GPU ([\d,]{1,60}): "
    r"(?P<name>(?!.*(?:Compute Capability|\[(?:Discrete|Integrated)\]$)).+?)(?: \(UUID: .*|(?=\n))$"
)
_MIG: Final = re.compile(r"(?m)^\s+MIG (\S+)\s+Device")


def listing(text: str) -> Reading | None:
    """``nvidia-smi -L``, and what other tools print in its manner."""
    if not _LISTED.search(text):
        return None
    found: list[Seen] = []
    for block in re.split(r"(?m)^(?=[ \t]*(?:GPU models and configuration[ \t]*:[ \t]*)?GPU [\d,]+: )", text):
        card = _LISTED.match(block)
        if card is None or not _HAS_NAME.match(card["name"]):
            continue
        slices = _MIG.findall(block)
        whole = _seen(name=card["name"].strip(), kind="partitioned" if slices else "")
        found += [whole] * len([one for one in card[1].split(",") if one])
        found += [_seen(name=f"{whole.name} MIG {one}", kind="slice", parent=whole.name) for one in slices]
    return Reading(tool="nvidia-smi -L", devices=tuple(found)) if found else None


def topology(text: str) -> Reading | None:
    """``nvidia-smi topo -m``: how many GPUs there are, network cards not among them, and the sockets."""
    lines = re.findall(r"(?m)^\s*(?:\x1b\[4m)?\s*(GPU\d+(?:\s+GPU\d+)*)\b", text)
    header = next((row.split() for row in lines if len(row.split()) > 1), None)
    own = {row.split()[0] for row in lines if len(row.split()) == 1}
    if not re.search(r"(?m)^\s*GPU0\s+X\b", text):
        return None
    count = len(header) if header else len(own)
    affinity = set(re.findall(r"(?m)^\s*GPU\d+\s.*\s(\d[\d,-]*-\d[\d,-]*)\s", text))
    sockets = len(affinity) if len(affinity) > 1 else None
    return Reading(
        tool="nvidia-smi topo",
        devices=tuple(_seen() for _ in range(count)),
        host=HostSeen(sockets=sockets),
        system="linux",
    )
