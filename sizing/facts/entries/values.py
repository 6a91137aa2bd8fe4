"""What may a field hold? Text, numbers within bounds, quantities with their unit, dates and addresses.

The types are ``Annotated`` with what a validator asks for; nothing here imports one before it asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from sizing.facts import days, units
from sizing.facts.text import named, strange
from sizing.facts.units import Quantity

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Bounded:
    """Marks a type with what a value must keep to, in pydantic-core's words: ``gt``, ``le``, ``pattern`` …"""

    def __init__(self, **bounds: object) -> None:
        self.bounds = bounds

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema: Any = {**handler(source), **self.bounds}
        return schema  # type: ignore[no-any-return]


class Read:
    """Marks a type with the function that reads it from a file, and the pattern of the text that it reads.

    ``whole`` where it reads a positive whole number too, ``many`` where a list of them may stand.
    """

    def __init__(
        self, read: Callable[[object], object], pattern: str, *, whole: bool = False, many: bool = False
    ) -> None:
        self.read, self.pattern, self.whole, self.many = read, f"^({pattern})$", whole, many

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        written: CoreSchema = core_schema.str_schema(pattern=self.pattern)
        if self.whole:
            written = core_schema.union_schema([core_schema.int_schema(ge=1), written])
        if self.many:
            written = core_schema.union_schema([written, core_schema.list_schema(written, min_length=1)])
        return core_schema.no_info_plain_validator_function(self.read, json_schema_input_schema=written)


class NullIsZero:
    """Marks a figure of which null says that there is none, not that it is left out: it is read as 0."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_zero, handler(source))


def _zero(value: object) -> object:
    return 0 if value is None else value


class Clean:
    """Marks text that is shown: every character of it is seen, and none changes how others are."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(_clean, handler(source))


def _clean(value: str) -> str:
    """Text of one line, its accents composed. Raises ValueError for what a reader would not see."""
    if (at := strange(value)) is not None:
        raise ValueError(f"character {at + 1} is {named(value[at])}, which nobody sees; leave it out")
    if value != " ".join(value.split()):
        raise ValueError(f"{value!r} has line ends or needless spaces; write it in one line")
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _date(value: object) -> date:
    try:
        return days.day(value)
    except ValueError as error:
        raise ValueError(f"{value!r} {error}") from None


def address(value: object) -> str:
    """A public address. Raises ValueError in words."""
    if isinstance(value, str) and re.fullmatch(_URL, value) and strange(value) is None:
        return value
    raise ValueError(
        f"{value!r} is not a public address; write it in full, such as https://huggingface.co/Qwen/Qwen3-8B"
    )


_URL: Final = r"https?://[^\s/]+\.[^\s/]+(/\S*)?"


def whole(least: int, most: int) -> Bounded:
    """A whole number within what is plausible."""
    return Bounded(strict=True, **({"gt": 0} if least == 1 else {"ge": least}), le=most)


def number(least: float, most: float) -> Bounded:
    """A number within what is plausible."""
    return Bounded(strict=True, allow_inf_nan=False, ge=least, le=most)


_MANY: Final = 10**7  # no width, vocabulary or count of tokens at once comes near

SOME: Final = Bounded(min_length=1)
Bool = Annotated[bool, Bounded(strict=True)]
Positive = Annotated[int, Bounded(strict=True, gt=0, le=_MANY)]
Natural = Annotated[int, Bounded(strict=True, ge=0, le=_MANY)]
Figure = Annotated[Natural | None, NullIsZero()]  # None where it is left out
Port = Annotated[int, whole(1, 65_535)]
Layers = Annotated[int, whole(1, 1000)]
Count = Annotated[int, whole(1, 1024)]  # of devices, or of nodes
Bytes = Annotated[int, whole(10**6, 10**14)]  # of a file, or of a memory
Bits = Annotated[int, whole(1, 64)]
SpareBits = Annotated[int, whole(0, 1024)]  # 0 where there are none
Number = Annotated[float, Bounded(strict=True, allow_inf_nan=False)]
PositiveNumber = Annotated[float, Bounded(strict=True, allow_inf_nan=False, gt=0, le=10**6)]
Share = Annotated[float, Bounded(strict=True, ge=0, le=1)]
PriceAmount = Annotated[float, number(0.01, 10**8)]  # of a thing, or of an hour of it
TokenPrice = Annotated[float, number(0, 1000)]  # of a million tokens; 0 where they are free
UnitPrice = Annotated[float, number(0.001, 1000)]  # of a kWh, or of one of a currency
Text = Annotated[str, Bounded(strict=True, min_length=1, max_length=1000), Clean()]
Id = Annotated[str, Bounded(strict=True, max_length=80, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
_WORD = "[A-Za-z0-9][A-Za-z0-9._-]*"
Repository = Annotated[str, Bounded(strict=True, max_length=120, pattern=f"^{_WORD}/{_WORD}$")]
Image = Annotated[  # of a container, with its tag
    str, Bounded(strict=True, max_length=200, pattern=r"^[a-z0-9]+([./_-][a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$")
]
# A language by its code in ISO 639: two letters, or three where it has no two.
Language = Annotated[str, Bounded(strict=True, pattern="^[a-z]{2,3}$")]
OllamaTag = Annotated[str, Bounded(strict=True, max_length=120, pattern=f"^([a-z0-9-]+/)?[a-z0-9][a-z0-9.-]*:{_WORD}$")]
Date = Annotated[date, Read(_date, days.PATTERN)]
Url = Annotated[str, Read(address, _URL)]


def _quantity(of: Quantity) -> Read:
    return Read(of.read, of.pattern, whole=of.countable)


def _sizes(value: object) -> tuple[int, ...]:
    """One size, or several that a thing is sold in."""
    sizes = value if isinstance(value, list) else [value]
    if not sizes:
        raise ValueError("an empty list; give 24 GB, or a list of the sizes sold")
    return tuple(map(units.memory_size, sizes))


_THOUSANDS: Final = "[1-9][0-9]{0,5}K"
_LONGEST: Final = 10**8


def tokens(value: object) -> int:
    """A number of tokens: 4096, or 4K. Raises ValueError in words."""
    if isinstance(value, str) and re.fullmatch(_THOUSANDS, value):
        return int(value[:-1]) * 1024
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LONGEST:
        return value
    raise ValueError(f"{value!r} is no number of tokens from 1 to {_LONGEST:,}; write 4096, or 4K")


Tokens = Annotated[int, Read(tokens, _THOUSANDS, whole=True)]
MemorySize = Annotated[int, _quantity(units.MEMORY)]
Kept = Annotated[int, _quantity(replace(units.MEMORY, least="0 MiB", most="64 GB"))]  # of a host, by its system
LeastMemory = Annotated[int, _quantity(replace(units.MEMORY, least="0 MiB"))]  # of devices that something holds for
Overhead = Annotated[int, _quantity(replace(units.MEMORY, least="0 MiB", most="32 GB"))]
MemorySizes = Annotated[tuple[int, ...], Read(_sizes, units.MEMORY.pattern, many=True)]
Bandwidth = Annotated[float, _quantity(units.BANDWIDTH)]
HostBandwidth = Annotated[float, _quantity(replace(units.BANDWIDTH, least="1 GB/s", most="5 TB/s"))]
WorkRate = Annotated[float, _quantity(units.WORK_RATE)]
Power = Annotated[float, _quantity(units.POWER)]
Amount = Annotated[int, Read(units.amount, units.AMOUNT.pattern, whole=units.AMOUNT.countable)]
