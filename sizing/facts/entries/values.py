"""What may a field hold? Text, numbers within bounds, quantities with their unit, dates and addresses.

The types are ``Annotated`` with what a validator asks for; nothing here imports one before it asks.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from sizing.facts import units
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
    if isinstance(value, str) and re.fullmatch(_DATE, value):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date; write it as 2026-11-20")


def _url(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(_URL, value) and strange(value) is None:
        return value
    raise ValueError(
        f"{value!r} is not a public address; write it in full, such as https://huggingface.co/Qwen/Qwen3-8B"
    )


_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_URL: Final = r"https?://[^\s/]+\.[^\s/]+(/\S*)?"

SOME: Final = Bounded(min_length=1)
Bool = Annotated[bool, Bounded(strict=True)]
Positive = Annotated[int, Bounded(strict=True, gt=0)]
Natural = Annotated[int, Bounded(strict=True, ge=0)]
Number = Annotated[float, Bounded(strict=True, allow_inf_nan=False)]
PositiveNumber = Annotated[float, Bounded(strict=True, allow_inf_nan=False, gt=0)]
Share = Annotated[float, Bounded(strict=True, ge=0, le=1)]
Text = Annotated[str, Bounded(strict=True, min_length=1), Clean()]
Date = Annotated[date, Read(_date, _DATE)]
Url = Annotated[str, Read(_url, _URL)]


def _quantity(of: Quantity) -> Read:
    return Read(of.read, of.pattern, whole=of.countable)


def _sizes(value: object) -> tuple[int, ...]:
    """One size, or several that a thing is sold in."""
    sizes = value if isinstance(value, list) else [value]
    if not sizes:
        raise ValueError("an empty list; give 24 GB, or a list of the sizes sold")
    return tuple(map(units.memory_size, sizes))


MemorySize = Annotated[int, _quantity(units.MEMORY)]
Overhead = Annotated[int, _quantity(replace(units.MEMORY, least="0 MiB", most="16 GB"))]
MemorySizes = Annotated[tuple[int, ...], Read(_sizes, units.MEMORY.pattern, many=True)]
Bandwidth = Annotated[float, _quantity(units.BANDWIDTH)]
WorkRate = Annotated[float, _quantity(units.WORK_RATE)]
Power = Annotated[float, _quantity(units.POWER)]
Amount = Annotated[int, _quantity(units.AMOUNT)]
