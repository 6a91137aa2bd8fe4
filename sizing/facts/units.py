"""What does a quantity with a unit mean? Text such as ``1008 GB/s`` to base units: bytes, bytes/s, operations/s, watts.

Memory that is built of DRAM is sold in binary gigabytes ("24 GB" is 24 x 2**30 bytes), so ``memory_size`` reads GB
as 2**30; every rate (GB/s, TFLOPS) is decimal, as vendors use it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeVar

Undisclosed = Literal["undisclosed"]
UNDISCLOSED: Final[Undisclosed] = "undisclosed"

KIB, MIB, GIB = 2**10, 2**20, 2**30
GB = 10**9

T = TypeVar("T")


@dataclass(frozen=True)
class Quantity:
    """A kind of figure: what it is called, what each of its units is in the base unit, and what is plausible."""

    what: str
    units: Mapping[str, float]
    example: str
    least: str
    most: str
    whole: bool = False  # held as a whole number of base units
    countable: bool = False  # may be written as a whole number without a unit

    @property
    def pattern(self) -> str:
        """What its text looks like, as a regular expression."""
        return f"([0-9]+(?:\\.[0-9]+)?) ?({'|'.join(self.units)})"

    def read(self, text: object) -> float:
        """In the base unit. Raises ValueError, which says what would be right."""
        value = self._value(text)
        if value is None:
            known = ", ".join(self.units)
            raise ValueError(f"{text!r} is not {self.what}; write a number and one of {known}, such as {self.example}")
        low, high = self._bounds
        if not low <= value <= high:
            raise ValueError(f"{text!r} is not plausible; {self.what} is {self.least} to {self.most}: check the unit")
        return round(value) if self.whole else value

    def _value(self, text: object) -> float | None:
        if self.countable and isinstance(text, int) and not isinstance(text, bool) and text > 0:
            return text
        match = self._pattern.fullmatch(text) if isinstance(text, str) else None
        # As it is written: 2.074 TFLOPS times 10¹² is a little less in binary.
        return None if match is None else float(f"{float(match[1]) * self.units[match[2]]:.15g}")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _bounds(self) -> tuple[float, float]:
        low, high = self._value(self.least), self._value(self.most)
        assert low is not None
        assert high is not None
        return low, high


MEMORY: Final = Quantity(
    "an amount of memory",
    {"KiB": KIB, "MiB": MIB, "GiB": GIB, "TiB": 2**40, "MB": MIB, "GB": GIB, "TB": 2**40},
    "24 GB", "256 MiB", "64 TB", whole=True,
)  # fmt: skip
BANDWIDTH: Final = Quantity(
    "a bandwidth", {"GB/s": 10**9, "TB/s": 10**12, "Gbps": 10**9 / 8}, "1008 GB/s", "0.1 GB/s", "100 TB/s"
)
WORK_RATE: Final = Quantity(
    "a compute rate",
    {"TFLOPS": 10**12, "TOPS": 10**12, "PFLOPS": 10**15, "POPS": 10**15},
    "165.2 TFLOPS", "0.01 TFLOPS", "100 PFLOPS",
)  # fmt: skip
POWER: Final = Quantity("a power", {"W": 1, "kW": 1000}, "450 W", "1 W", "20 kW")
AMOUNT: Final = Quantity(
    "a count", {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}, "8B", "0.001K", "1000T", whole=True, countable=True
)


def memory_size(text: object) -> int:
    """``"24 GB"`` or ``"24564 MiB"`` to bytes; GB is binary, as DRAM is sold."""
    return int(MEMORY.read(text))


def amount(text: object) -> int:
    """``"8.03B"`` or ``8030261248`` to a count."""
    return int(AMOUNT.read(text))


def known(value: T | Undisclosed) -> T | None:
    """The value, or None where it is undisclosed."""
    return None if value == UNDISCLOSED else value


def significant(value: float, digits: int = 3) -> str:
    """A figure as it is written: rounded to so many significant digits, thousands separated, never with an exponent."""
    decimals = decimals_for(value, digits)
    return f"{round(value, decimals):,.{max(0, decimals)}f}"


def decimals_for(value: float, digits: int) -> int:
    """The decimals that leave ``digits`` significant digits, after rounding: 9.97 has two as 10."""
    if value == 0:
        return 0
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    return decimals - 1 if abs(round(value, decimals)) >= 10 ** (digits - decimals) else decimals
