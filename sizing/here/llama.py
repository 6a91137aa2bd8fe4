"""What does llama.cpp print of its devices? ``llama-server --list-devices``, and the lines at a program's start."""

from __future__ import annotations

import re
from typing import Final

from sizing.here.seen import Kind, Reading, Seen, vendor_of
from sizing.here.values import size, total

# "CUDA0: NVIDIA GeForce RTX 4090 (24080 MiB, 23600 MiB free)": what a program is offered, which is less than there is.
_LISTED: Final = re.compile(
    r"^\s*(?:CUDA|ROCm|Vulkan|SYCL|Metal|MTL|CANN|MUSA)\d*: (?P<name>[^\n]{1,120}?) "
    r"\((?P<total>\d+) MiB, (?P<free>\d+) MiB free\)\s*$",
    re.M,
)
_FOUND: Final = re.compile(
    r"^\s*Device \d+: (?P<name>[^\n,]{1,120}), (?:compute capability|gfx\w+)[^\n]*$", re.M
)  # of CUDA and ROCm


def devices(text: str) -> Reading | None:
    """Devices with the memory that they offer, else by name alone."""
    listed = list(_LISTED.finditer(text))
    found = [_seen(one["name"], total(one["total"], "MiB"), size(one["free"], "MiB")) for one in listed]
    found = found or [_seen(one["name"], None, None) for one in _FOUND.finditer(text)]
    return Reading(tool="llama.cpp", devices=tuple(found)) if found else None


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
