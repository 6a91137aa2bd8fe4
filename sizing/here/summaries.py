"""What do people paste of their computer? The few lines of neofetch and fastfetch, and of jetson-stats."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import HostSeen, Kind, Reading, Seen, System, vendor_of
from sizing.here.values import from_json, objects, total

# "GPU 1: NVIDIA GeForce RTX 4070 [Discrete]", behind a logo's letters or alone
_SAID: Final = re.compile(
    r"(?m)(?:^|[ \t])(?P<key>OS|Host|Kernel|CPU|GPU|Memory)(?: ?\d+| \([^)\n]*\))?: +(?P<value>\S[^\n]*?)[ \t]*$"
)
_COLOURS: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_KINDS: Final[dict[str, Kind]] = {"Integrated": "integrated", "Discrete": "", "Unknown": "", "Virtual": "virtual"}
_OF: Final = re.compile(r"(?:[\d.]+ ?[KMGT]i?B? ?/ ?)([\d.]+ ?[KMGT]i?B)")


def fetched(text: str) -> Reading | None:
    """neofetch, fastfetch and those that are alike: the memory that is used, then all of it."""
    said = [(one["key"], one["value"]) for one in _SAID.finditer(_COLOURS.sub("", text))]
    keys = dict(said)
    if not {"OS", "Kernel"} & keys.keys() or not {"CPU", "Memory"} <= keys.keys():
        return None
    memory = _OF.search(keys["Memory"])
    cpu = re.sub(r" \(\d+\)(?: @ .*)?$| @ .*$", "", keys["CPU"])
    host = HostSeen(memory=total(memory[1]) if memory else None, cpu=cpu)
    devices = tuple(_drawn(value, cpu) for key, value in said if key == "GPU")
    return Reading(tool="fetch", devices=devices, host=host, system=_system(keys.get("OS", "")))


def fetched_json(text: str) -> Reading | None:
    """``fastfetch --format json``: a module with its result."""
    if '"result"' not in text:
        return None
    said = {str(one["type"]): one["result"] for one in objects(from_json(text)) if "type" in one and "result" in one}
    cards, memory, cpu = (said.get(name) for name in ("GPU", "Memory", "CPU"))
    found = []
    for one in cards if isinstance(cards, list) else []:
        name = str(one.get("name") or "") if isinstance(one, dict) else ""
        kind = _KINDS.get(str(one.get("type")), "") if name else ""
        sizes = [x.get("total") for x in objects(one.get("memory"), depth=2)] if name else []
        size = next((x for x in sizes if isinstance(x, int) and x > 0 and kind != "integrated"), None)
        if name and not name.startswith("Apple"):
            vendor = str(one.get("vendor") or "")
            whole = name if vendor_of(name) else f"{vendor} {name}"
            found.append(Seen(tool="fetch", vendor=vendor_of(whole), name=name, kind=kind, memory=size))
    total_memory = memory.get("total") if isinstance(memory, dict) else None
    host = HostSeen(
        memory=total_memory if isinstance(total_memory, int) else None,
        cpu=str(cpu["cpu"]) if isinstance(cpu, dict) and cpu.get("cpu") else None,
    )
    return Reading(tool="fetch", devices=tuple(found), host=host) if found or host != HostSeen() else None


def _drawn(value: str, cpu: str) -> Seen:
    found = re.fullmatch(r"(.*?)(?: @ [\d.]+ [GM]Hz)?(?: \([\d.]+ [GM]iB\))?(?: \[(\w+)\])?", value)
    name, kind = (found[1], found[2]) if found else (value, None)
    apple = name.startswith("Apple")
    return Seen(
        tool="macOS" if apple else "fetch",
        vendor=vendor_of(name),
        name=re.sub(r" \(\d+\)$", "", cpu if apple and cpu.startswith("Apple") else name),
        gpu_cores=int(cores[1]) if apple and (cores := re.search(r" \((\d+)\)$", name)) else None,
        kind="card" if apple else _KINDS.get(kind or "", ""),
        unified=apple,
    )


def _system(said: str) -> System | None:
    if said.startswith(("macOS", "Darwin")):
        return "macos"
    return "windows" if said.startswith("Windows") else "linux" if said else None


_MODULE: Final = re.compile(r"(?m)^[ \t-]*Module: (NVIDIA Jetson [^\n(]+?)(?: \((?:(\d+) ?GB ram|[^)\n]*)\))?[ \t]*$")


def jetson(text: str) -> Reading | None:
    """``jetson_release``: the module, with its memory."""
    found = _MODULE.search(text)
    if found is None:
        return None
    name = f"{found[1]} {found[2]}GB" if found[2] else found[1]
    if re.search(r"(?m)^Model: [^\n]* Super\b", text):
        name += " Super"
    one = Seen(tool="device tree", vendor="nvidia", name=name, unified=True)
    return Reading(tool="device tree", devices=(one,), system="linux")
