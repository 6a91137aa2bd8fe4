"""Which core is it? Arm processors print numbers of their maker and of the part, and no name."""

from __future__ import annotations

import re
from typing import Final

# As lscpu decodes them (util-linux, sys-utils/lscpu-arm.c, https://github.com/util-linux/util-linux, read 2026-11-27):
# the cores of servers, of boards and of laptops.
_PARTS: Final = {
    (0x41, 0xD03): "Cortex-A53", (0x41, 0xD05): "Cortex-A55", (0x41, 0xD08): "Cortex-A72", (0x41, 0xD0A): "Cortex-A75",
    (0x41, 0xD0B): "Cortex-A76", (0x41, 0xD0C): "Neoverse-N1", (0x41, 0xD40): "Neoverse-V1",
    (0x41, 0xD41): "Cortex-A78", (0x41, 0xD42): "Cortex-A78AE", (0x41, 0xD49): "Neoverse-N2",
    (0x41, 0xD4F): "Neoverse-V2",
    (0x48, 0xD01): "Kunpeng-920", (0x70, 0x662): "FTC662", (0x70, 0x663): "FTC663", (0xC0, 0xAC3): "Ampere-1",
    (0xC0, 0xAC4): "Ampere-1a",
}  # fmt: skip
_NUMBERS: Final = re.compile(r"(?m)^CPU (implementer|part)\s*:\s*(0x[0-9a-fA-F]{1,4})\s*$")


def core(cpuinfo: str) -> str | None:
    """The name of the first core in ``/proc/cpuinfo``; its numbers where they name none that is known here."""
    said: dict[str, str] = {}
    for what, number in _NUMBERS.findall(cpuinfo):
        said.setdefault(what, number)
    if len(said) < 2:
        return None
    maker, part = int(said["implementer"], 16), int(said["part"], 16)
    return _PARTS.get((maker, part), f"Arm implementer {maker:#x} part {part:#x}")
