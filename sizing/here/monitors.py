"""What do monitors and servers say of GPUs? Ollama's log, gpustat, inxi and lshw."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sizing.here.linux import channels
from sizing.here.seen import HostSeen, Kind, Reading, Seen, System, vendor_of
from sizing.here.values import bus, from_json, objects, size, together, total

# level=INFO … msg="inference compute" … library=cuda … name="NVIDIA GeForce RTX 4070" total="11.6 GiB" available=…
_INFERENCE: Final = re.compile(r'msg="inference compute"(?P<rest>[^\n]*)')
_SYSTEM_MEMORY: Final = re.compile(r'msg="system memory" total="([^"\n]+)"')
_KEY: Final = re.compile(r'\b(library|name|description|total|pci_id|type)=(?:"([^"\n]*)"|(\S+))')


def ollama(text: str) -> Reading | None:
    """The lines that Ollama's server logs at its start: what its runner may use, which is less than there is."""
    found = []
    system = _SYSTEM_MEMORY.search(text)
    memory = total(system[1]) if system else None
    for line in _INFERENCE.finditer(text):
        keys = {key: quoted or bare for key, quoted, bare in _KEY.findall(line["rest"])}
        name = keys.get("description") or keys.get("name", "")
        if keys.get("library", "").lower() == "cpu":
            memory = memory or total(keys.get("total"))
        if keys.get("library", "").lower() in ("", "cpu"):
            continue
        name = re.sub(r"^(CUDA|ROCm|Vulkan|Metal)\d*$", "", name)
        unified = vendor_of(name) == "apple"
        found.append(
            Seen(
                tool="Ollama",
                vendor=vendor_of(name),
                name=name,
                bus=bus(keys.get("pci_id")),
                memory=total(keys.get("total")),
                kind="integrated" if keys.get("type") == "iGPU" and not unified else "",
                unified=unified,
            )
        )
    if not found and memory is None:
        return None
    return Reading(tool="Ollama", devices=tuple(found), host=HostSeen(memory=memory))


# "[0] NVIDIA GeForce RTX 3090 | 45°C,   0 % |   300 / 24576 MB | user(1M)"
_GPUSTAT: Final = re.compile(
    r"^\[\d+\] (?P<name>[^|\n]+?)\s*\|[^|\n]*\d+ ?%[^|\n]*\|\s*(?P<taken>\d+) / (?P<memory>\d+) MB\b", re.M
)


def gpustat(text: str) -> Reading | None:
    """``gpustat``: MB are MiB."""
    found = [
        Seen(
            tool="gpustat",
            vendor=vendor_of(row["name"]) or "nvidia",
            name=row["name"],
            memory=total(row["memory"], "MiB"),
            in_use=size(row["taken"], "MiB"),
        )
        for row in _GPUSTAT.finditer(text)
    ]
    return _reading("gpustat", found)


_INXI_CPU: Final = re.compile(r"(?m)^CPU:[^\n]*(?:\n[ \t][^\n]*)*?\bmodel: (\S[^\n]*?)(?= (?:bits|socket|type):|\s*$)")
_INXI_MEMORY: Final = re.compile(r"\bMemory:[^\n]*?\bavailable: ([\d.]+ [MG]iB)")
_DEVICE: Final = re.compile(r"\bDevice-\d+: (?P<name>\S.*?)(?= (?:vendor|driver|type|bus-ID):|\s*$)(?P<rest>.*)$", re.M)


def inxi(text: str) -> Reading | None:
    """``inxi -G``: devices by their names on the bus; a camera is among them."""
    sections = dict(re.findall(r"(?ms)^(Graphics|Memory):(.*?)(?=^[A-Z]\w+:|\Z)", text))
    if not sections:
        return None
    graphics = sections.get("Graphics", "")
    devices = [
        Seen(tool="inxi", vendor=vendor_of(one["name"]), name=one["name"], bus=_bus_id(rest), pci=_chip_id(rest))
        for one, rest in _with_rest(graphics)
        if vendor_of(one["name"])
    ]
    cpu, memory = _INXI_CPU.search(text), _INXI_MEMORY.search(text)
    host = _inxi_modules(sections.get("Memory", ""))
    host = replace(host, cpu=cpu[1] if cpu else None, memory=total(memory[1]) if memory else None)
    system: System | None = "linux" if re.search(r"\bKernel: \d|\bv: kernel\b", text) else None
    if not devices and host == HostSeen():
        return None
    return Reading(tool="inxi", devices=tuple(devices), host=host, system=system)


_INXI_MODULE: Final = re.compile(
    r"Device-\d+: (?P<place>\S.*?) type: (?P<type>\S+)[^\n]*? size: (?P<size>[\d.]+ [MGT]iB)(?P<rest>[^\n]*)"
)


def _inxi_modules(text: str) -> HostSeen:
    """``inxi -m``: modules, by the speed that they run at where it is told beside what they are rated at."""
    modules = list(_INXI_MODULE.finditer(text))
    types = {one["type"] for one in modules}
    rates = [int(x[-1]) for one in modules if (x := re.findall(r"(\d{3,5}) MT/s", one["rest"]))]
    return HostSeen(
        fitted=together(total(one["size"]) for one in modules),
        type=types.pop() if len(types) == 1 else None,
        rate=min(rates, default=None),
        channels=channels([("", one["place"]) for one in modules]),
    )


def _with_rest(text: str) -> Iterable[tuple[re.Match[str], str]]:
    """Devices, each with all that is said of it: its lines go on until the next."""
    heads = list(_DEVICE.finditer(text))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        yield head, re.split(r"\n\s*(?:Display|API|Monitor-\d+):", text[head.start("rest") : end])[0]


def _bus_id(rest: str) -> str:
    found = re.search(r"bus-ID: (\S+)", rest)
    return bus(found[1]) if found else ""


def _chip_id(rest: str) -> str:
    found = re.search(r"chip-ID: ([0-9a-f]{4}:[0-9a-f]{4})\b", rest)
    return found[1] if found else ""


_DISPLAY: Final = re.compile(r"(?m)^\s*\*-(?:display|graphics)(?::\d+)?[^\n]*$")


def lshw(text: str) -> Reading | None:
    """``lshw -C display``."""
    found = []
    for part in _DISPLAY.split(text)[1:]:
        keys = dict(re.findall(r"(?m)^\s+(product|vendor|bus info): (\S.*?)\s*$", part.split("*-")[0]))
        name = f"{keys.get('vendor', '')} {keys.get('product', '')}".strip()
        vendor = vendor_of(name)
        if name:
            kind: Kind = "" if vendor else "virtual"
            found.append(Seen(tool="lshw", vendor=vendor, name=name, bus=bus(keys.get("bus info")), kind=kind))
    return _reading("lshw", found, "linux")


def lshw_json(text: str) -> Reading | None:
    """``lshw -json``: objects of the class display, alone or within others' children."""
    if '"class"' not in text or '"display"' not in text:
        return None
    found = []
    for one in objects(from_json(text)):
        if one.get("class") != "display":
            continue
        name = f"{one.get('vendor', '')} {one.get('product', '')}".strip()
        vendor = vendor_of(name)
        kind: Kind = "" if vendor else "virtual"
        if name:
            found.append(Seen(tool="lshw", vendor=vendor, name=name, bus=bus(str(one.get("businfo") or "")), kind=kind))
    return _reading("lshw", found, "linux")


_SHORT: Final = re.compile(r"(?m)^/0/\S+ +(?:/dev/\S+ +)?display +(\S[^\n]*?) *$")


def lshw_short(text: str) -> Reading | None:
    """``lshw -short``: a device by its name on the bus, whose maker is not said."""
    return _reading("lshw", [Seen(tool="lshw", vendor=vendor_of(x), name=x) for x in _SHORT.findall(text)], "linux")


def _reading(tool: str, found: Iterable[Seen], system: System | None = None) -> Reading | None:
    devices = tuple(found)
    return Reading(tool=tool, devices=devices, system=system) if devices else None
