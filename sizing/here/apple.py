"""What do macOS's tools print? system_profiler as JSON and as text, and sysctl."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sizing.here.seen import HostSeen, Reading, Seen
from sizing.here.values import from_json, pairs, total, whole

_CHIP: Final = re.compile(r"\bApple M\d\d?(?: (?:Pro|Max|Ultra))?\b")
# "Memory" as the system's languages write it.
_MEMORY: Final = frozenset(
    ["Memory", "Speicher", "内存", "記憶體", "メモリ", "Mémoire", "Memoria", "메모리", "Memória", "Total RAM"]
)
_CORES: Final = re.compile(
    r"Total Number of Cores|Gesamtanzahl der Kerne|核总数|核心總數|コアの総数|Nombre total de cœurs|"
    r"Cantidad total de núcleos|Número total de núcleos|Numero totale di core|총 코어 개수"
)


def _chip(name: str, gpu_cores: int | None, cpu_cores: int | None, memory: int | None = None) -> Seen:
    return Seen(
        tool="macOS",
        vendor="apple",
        name=name,
        kind="card",
        memory=memory,
        gpu_cores=gpu_cores,
        cpu_cores=cpu_cores,
        unified=True,
    )


def profiler_json(text: str) -> Reading | None:
    """``system_profiler -json``: its keys are never translated."""
    if '"SPDisplaysDataType"' not in text and '"SPHardwareDataType"' not in text:
        return None
    data = from_json(text)
    return _profiled(data) if isinstance(data, dict) else None


_PAIR: Final = re.compile(r"<key>(\w+)<[/]key>\s*<string>([^<]*)<[/]string>")


def profiler_xml(text: str) -> Reading | None:
    """``system_profiler -xml``: the same keys, one chip's in one list and one system's in another."""
    if "<plist" not in text or not re.search("<key>(?:sppci_model|chip_type|physical_memory)<[/]key>", text):
        return None
    keys = dict(reversed(_PAIR.findall(text)))  # of several, the first
    return _profiled({"SPDisplaysDataType": [keys], "SPHardwareDataType": [keys]})


def _profiled(data: Mapping[str, Any]) -> Reading:
    """What lists of the display's and the hardware's keys say."""
    found: list[Seen] = []
    for one in _objects(data.get("SPDisplaysDataType")):
        name = str(one.get("sppci_model") or one.get("_name") or "")
        if _CHIP.search(name):
            found.append(_chip(name, whole(one.get("sppci_cores")), None))
        elif name:
            shown = str(one.get("spdisplays_vram") or one.get("_spdisplays_vram") or "")
            found.append(Seen(tool="macOS", name=name, memory=total(shown)))
    host = HostSeen(cpu=next((one.name for one in found if one.unified), None))
    for one in _objects(data.get("SPHardwareDataType")):
        # "proc 12:8:4": all, fast and sparing cores
        cores = re.match(r"proc (\d+)", str(one.get("number_processors", "")))
        chip = _CHIP.search(str(one.get("chip_type", "")))
        count = whole(cores[1]) if cores else None
        cpu = chip[0] if chip else str(one.get("cpu_type") or "") or None
        host = HostSeen(memory=total(str(one.get("physical_memory", ""))), cpu=cpu, cpu_cores=count)
        if chip:
            found = _with_cpu(found, chip[0], count)
    return Reading(tool="system_profiler", devices=tuple(found), host=host, system="macos")


def _objects(data: Any) -> Iterable[Mapping[str, Any]]:
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []


def _with_cpu(found: list[Seen], chip: str, cores: int | None) -> list[Seen]:
    others = [one for one in found if not one.unified]
    gpu = next((one.gpu_cores for one in found if one.unified), None)
    return [_chip(chip, gpu, cores), *others]


# What stands in each language alike: a Mac's model, and Apple as the maker of what draws.
_MAC: Final = re.compile(r"\bMac\w*\d+,\d+\b|\(0x106b\)")
_OF_MEMORY: Final = re.compile(r"\d{1,4}\s?(?:GB|Go)")
_OF_CORES: Final = re.compile(r"\d{1,2} \(\d+ \D+ \d+ \D+\)|[5-9]|[1-8]\d")


def profiler_text(text: str) -> Reading | None:
    """``system_profiler SPHardwareDataType SPDisplaysDataType`` in any language, with log lines in between."""
    chip = _CHIP.search(text)
    known = re.search(r"(?m)^\s*(Chipset Model|Chip|チップ|芯片|晶片|Puce|칩)\s*[:：]", text)
    if chip is None or not (known or _MAC.search(text)):
        return None
    memory = cpu = gpu = None
    displays = False
    for key, value in pairs(text.replace("：", ":").replace("ГБ", "GB")):
        displays = displays or key in ("Chipset Model", "Graphics/Displays", "Chipsatz-Modell", "芯片组型号")
        count = re.match(r"\d+", value)
        # In a language that is not known here, a figure tells by its form which it is.
        if memory is None and (key in _MEMORY or (_OF_MEMORY.fullmatch(value) and "VRAM" not in key)):
            memory = total(value)
        elif count and (_CORES.fullmatch(key) or _OF_CORES.fullmatch(value)):
            alone = count[0] == value.strip()  # a processor's count goes on with its kinds
            if displays or alone:
                gpu = gpu or int(count[0])
            else:
                cpu = cpu or int(count[0])
    one = _chip(chip[0], gpu, cpu)
    host = HostSeen(memory=memory, cpu=chip[0], cpu_cores=cpu)
    return Reading(tool="system_profiler", devices=(one,), host=host, system="macos")


_FEW: Final = 12  # lines of what was asked without keys
_LEAST: Final = 2**32  # bytes of a Mac's memory; cores and limits are smaller numbers
_METAL: Final = re.compile(r"recommendedMaxWorkingSetSize\s*=\s*([\d.]+) MB")


def metal(text: str) -> Reading | None:
    """What llama.cpp prints of Metal: the chip, and the memory that the GPU may use; MB count 10**6."""
    found, chip = _METAL.search(text), _CHIP.search(text)
    if found is None or chip is None:
        return None
    one = _chip(chip[0], None, None, round(float(found[1]) * 10**6))
    return Reading(tool="Metal", devices=(one,), system="macos")


def registry(text: str) -> Reading | None:
    """``ioreg``: the GPU's cores, and whose it is."""
    cores, name = re.search(r'"gpu-core-count" = (\d+)', text), re.search(r'"model" = "(Apple M[^"\n]*)"', text)
    if cores is None:
        return None
    return Reading(tool="ioreg", devices=(_chip(name[1] if name else "", whole(cores[1]), None),), system="macos")


def sysctl_values(text: str) -> Reading | None:
    """``sysctl -n``, which leaves the keys out: a line that is a chip's name, and one that is a memory."""
    lines = [line.strip() for line in text.splitlines()]
    chip = next((line for line in lines if _CHIP.fullmatch(line)), None)
    if chip is None or len(lines) > _FEW:
        return None
    memory = next((size for line in lines if (size := whole(line) or 0) >= _LEAST), None)
    return Reading(
        tool="sysctl", devices=(_chip(chip, None, None),), host=HostSeen(memory=memory, cpu=chip), system="macos"
    )


def sysctl(text: str) -> Reading | None:
    """``sysctl hw.memsize machdep.cpu.brand_string iogpu.wired_limit_mb``; a limit of 0 is the system's own."""
    said = pairs(text.replace(" = ", ": "))
    keys = {key: value for key, value in said if re.match(r"(hw|machdep|iogpu|debug)\.", key)}
    if not keys.keys() & {"hw.memsize", "machdep.cpu.brand_string", "iogpu.wired_limit_mb", "hw.model"}:
        return None
    memory = total(keys.get("hw.memsize"))
    # The limit was debug.iogpu.wired_limit, in bytes, before macOS 14.
    limit = total(keys.get("iogpu.wired_limit_mb"), "MiB") or total(keys.get("debug.iogpu.wired_limit"))
    chip = _CHIP.search(keys.get("machdep.cpu.brand_string", ""))
    cores = whole(keys.get("hw.physicalcpu", keys.get("hw.ncpu", "")))
    model = keys.get("hw.model", "")
    cpu = keys.get("machdep.cpu.brand_string") or None
    host = HostSeen(memory=memory, cpu=cpu, cpu_cores=cores)
    if chip is None and not re.match(r"Mac\d", model):
        return Reading(tool="sysctl", host=host, system="macos")
    one = _chip(chip[0] if chip else model, None, cores, limit)
    return Reading(tool="sysctl", devices=(one,), host=host, system="macos")
