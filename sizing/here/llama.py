"""What does llama.cpp print of its devices? ``llama-server --list-devices``, the lines at a program's start, and the
table of memory at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sizing.here.seen import Kind, Reading, Seen, System, vendor_of
from sizing.here.values import bus, size, total

# "CUDA0: NVIDIA GeForce RTX 4090 (24080 MiB, 23600 MiB free)": what a program is offered, which is less than there is.
_BACKEND: Final = r"(?P<backend>CUDA|ROCm|Vulkan|SYCL|Metal|MTL|CANN|MUSA)\d*"
_LISTED: Final = re.compile(
    rf"^[ \t]*{_BACKEND}: (?P<name>[^\n]{{1,120}}?) \((?P<total>\d+) MiB, (?P<free>\d+) MiB free\)\s*$", re.M
)
# "|   - CUDA0 (RTX 4090)   | 24080 = 1234 + (22000 = …": all of it, and what is still free
_BROKEN_DOWN: Final = re.compile(
    rf"\|\s+- {_BACKEND} \((?P<name>[^|\n]{{1,120}})\)\s*\|\s*(?P<total>\d+) = (?P<free>\d+) \+", re.M
)
# of CUDA and ROCm, newer ones with the memory
_FOUND: Final = re.compile(
    r"^[ \t]*(?P<backend>)Device \d+: (?P<name>[^\n,]{1,120}), (?:compute capability|gfx\w+)[^\n]*?"
    r"(?:, VRAM: (?P<total>\d+) MiB[^\n]*)?$",
    re.M,
)
# "ggml_vulkan: 0 = AMD Radeon RX 6600 (RADV NAVI23) (radv) | uma: 0 | …": the driver stands in the last brackets
_VULKAN: Final = re.compile(
    r"^ggml_vulkan: \d+ = (?P<name>[^|\n]{1,120}?) \((?P<driver>[^()|\n]+)\) \| uma: (?P<uma>[01]) \|", re.M
)
# "using device CUDA0 (NVIDIA GeForce RTX 3090) (0000:01:00.0) - 23287 MiB free", once a model that is loaded
_USED: Final = re.compile(
    r"\busing device (?P<backend>[A-Z][A-Za-z]+)(?P<turn>\d*) \((?P<name>[^\n]{1,120}?)\)"
    r"(?: \((?P<bus>[0-9a-f:.]+|unknown id)\))? - \d+ MiB free",
)
# Whose cards a backend drives, where it drives one maker's.
_MAKERS: Final = {"CUDA": "nvidia", "ROCm": "amd", "SYCL": "intel", "CANN": "huawei", "MUSA": "moore-threads"}
_BUILT: Final = re.compile(r"\bbuil[dt][^\n]* (?:with|for) [^\n]*")
_SYSTEMS: Final[tuple[tuple[str, System], ...]] = (
    (r"linux", "linux"), (r"apple|darwin", "macos"), (r"MSVC|Windows|mingw|w64", "windows"),
)  # fmt: skip


def devices(text: str) -> Reading | None:
    """Devices with the memory that they offer, else by name alone."""
    found = _once(_sized(_LISTED.finditer(text))) or _once(_sized(_BROKEN_DOWN.finditer(text)))
    found = found or [_seen(one["name"], total(one["total"], "MiB"), None) for one in _FOUND.finditer(text)]
    found = found or [_of_vulkan(one) for one in _VULKAN.finditer(text)] or _loaded(text)
    return Reading(tool="llama.cpp", devices=tuple(found), system=_system(text)) if found else None


def _sized(lines: Iterable[re.Match[str]]) -> list[tuple[str, Seen]]:
    found = []
    for one in lines:
        seen = _seen(one["name"], total(one["total"], "MiB"), size(one["free"], "MiB"))
        found.append((one["backend"], replace(seen, vendor=seen.vendor or _MAKERS.get(one["backend"], ""))))
    return found


def _once(listed: list[tuple[str, Seen]]) -> list[Seen]:
    """A build of several backends lists a card once for each: of each vendor, what the backend says that shows most of
    its cards, the first of equals."""
    most: dict[str, str] = {}
    count: dict[tuple[str, str], int] = {}
    for backend, one in listed:
        count[one.vendor, backend] = count.get((one.vendor, backend), 0) + 1
    for (vendor, backend), many in count.items():
        if many > count.get((vendor, most.get(vendor, "")), 0):
            most[vendor] = backend
    return [one for backend, one in listed if most[one.vendor] == backend]


def _of_vulkan(line: re.Match[str]) -> Seen:
    one = _seen(line["name"], None, None)
    return replace(one, kind="integrated") if line["uma"] == "1" and not (one.unified or one.kind) else one


def _loaded(text: str) -> list[Seen]:
    """The devices that a model was loaded on; it may have been loaded more than once."""
    lines = {(line["backend"], line["turn"]): line for line in _USED.finditer(text)}
    return [replace(_seen(one["name"], None, None), bus=bus(one["bus"])) for one in lines.values()]


def _system(text: str) -> System | None:
    """The system that the program was built for, as it says at its start."""
    built = _BUILT.search(text)
    return next((one for form, one in _SYSTEMS if built and re.search(form, built[0], re.I)), None)


def _seen(name: str, memory: int | None, free: int | None) -> Seen:
    vendor = vendor_of(name)
    kind: Kind = "virtual" if "llvmpipe" in name else ""
    return Seen(
        tool="llama.cpp",
        vendor=vendor,
        name=re.sub(r" \((RADV|NVK|ANV|DG2|BMG|LLVM)[^)]*\)", "", name),
        memory=memory,
        in_use=memory - free if memory is not None and free is not None and free <= memory else None,
        kind=kind,
        unified=vendor == "apple",
    )
