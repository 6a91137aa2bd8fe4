"""What does a quantity with a unit mean? Text such as ``1008 GB/s`` to base units: bytes, bytes/s, operations/s, watts.

Memory that is built of DRAM is sold in binary gigabytes ("24 GB" is 24 x 2**30 bytes), so ``memory_size`` reads GB
as 2**30; every rate (GB/s, TFLOPS) is decimal, as vendors use it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeVar

Undisclosed = Literal["undisclosed"]
UNDISCLOSED: Final[Undisclosed] = "undisclosed"

KIB, MIB, GIB = 2**10, 2**20, 2**30
GB = 10**9

_MEMORY: Final = {"KiB": KIB, "MiB": MIB, "GiB": GIB, "TiB": 2**40, "MB": MIB, "GB": GIB, "TB": 2**40}
_BANDWIDTH: Final = {"GB/s": 10**9, "TB/s": 10**12, "Gbps": 10**9 / 8}
_WORK: Final = {"TFLOPS": 10**12, "TOPS": 10**12, "PFLOPS": 10**15, "POPS": 10**15}
_POWER: Final = {"W": 1, "kW": 1000}
_COUNT: Final = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_TIME: Final = {"us": 1e-6, "ms": 1e-3, "s": 1.0}

_QUANTITY = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z/]+)")

T = TypeVar("T")


def _read(text: object, units: Mapping[str, float], what: str, example: str) -> float:
    match = _QUANTITY.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None or match[2] not in units:
        raise ValueError(f"{text!r} is not {what}; write a number and one of {', '.join(units)}, such as {example}")
    return float(match[1]) * units[match[2]]


def _positive(text: object, units: Mapping[str, float], what: str, example: str) -> float:
    value = _read(text, units, what, example)
    if not value:
        raise ValueError(f"{text!r} is none; write undisclosed, or a number above zero, such as {example}")
    return value


def memory_size(text: object) -> int:
    """``"24 GB"`` or ``"24564 MiB"`` to bytes; GB is binary, as DRAM is sold."""
    return round(_read(text, _MEMORY, "an amount of memory", "24 GB"))


def bandwidth(text: object) -> float:
    """``"1008 GB/s"`` to bytes per second (decimal)."""
    return _positive(text, _BANDWIDTH, "a bandwidth", "1008 GB/s")


def work_rate(text: object) -> float:
    """``"165.2 TFLOPS"`` to operations per second."""
    return _positive(text, _WORK, "a compute rate", "165.2 TFLOPS")


def power(text: object) -> float:
    """``"450 W"`` to watts."""
    return _positive(text, _POWER, "a power", "450 W")


def duration(text: object) -> float:
    """``"900 us"`` to seconds."""
    return _read(text, _TIME, "a duration", "900 us")


def amount(text: object) -> int:
    """``"671B"`` or ``671026404352`` to a count."""
    if isinstance(text, int) and not isinstance(text, bool) and text > 0:
        return text
    return round(_read(text, _COUNT, "a count", "8B"))


def known(value: T | Undisclosed) -> T | None:
    """The value, or None where it is undisclosed."""
    return None if value == UNDISCLOSED else value
