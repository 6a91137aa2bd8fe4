"""What do people paste of their computer? The few lines of neofetch and fastfetch, and of jetson-stats."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import HostSeen, Kind, Reading, Seen, System, vendor_of
from sizing.here.values import total

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
