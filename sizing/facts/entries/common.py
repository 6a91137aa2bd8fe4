"""What do all entries share? Dates, addresses, quantities with their units, and where a fact was read."""

import contextlib
import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sizing.facts import units
from sizing.facts.units import UNDISCLOSED, Undisclosed


def _or_undisclosed(read: Any) -> BeforeValidator:
    def accept(value: object) -> object:
        return value if value == UNDISCLOSED else read(value)

    return BeforeValidator(accept)


def _date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date; write it as 2026-11-20")


def _url(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", value):
        return value
    raise ValueError(
        f"{value!r} is not a public address; write it in full, such as https://huggingface.co/Qwen/Qwen3-8B"
    )


Date = Annotated[date, BeforeValidator(_date)]
Url = Annotated[str, BeforeValidator(_url)]
MemorySize = Annotated[int, BeforeValidator(units.memory_size)]
Bandwidth = Annotated[float, BeforeValidator(units.bandwidth)]
MemorySizeOrUndisclosed = Annotated[int | Undisclosed, _or_undisclosed(units.memory_size)]
BandwidthOrUndisclosed = Annotated[float | Undisclosed, _or_undisclosed(units.bandwidth)]
WorkRateOrUndisclosed = Annotated[float | Undisclosed, _or_undisclosed(units.work_rate)]
PowerOrUndisclosed = Annotated[float | Undisclosed, _or_undisclosed(units.power)]
DateOrUndisclosed = Annotated[date | Undisclosed, _or_undisclosed(_date)]
Amount = Annotated[int, BeforeValidator(units.amount)]
AmountOrUndisclosed = Annotated[int | Undisclosed, _or_undisclosed(units.amount)]
Positive = Annotated[int, Field(gt=0, strict=True)]
Natural = Annotated[int, Field(ge=0, strict=True)]
Bool = Annotated[bool, Field(strict=True)]


class Entry(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Source(Entry):
    """Where a fact was read, and when."""

    url: Url = Field(description="the public address, such as https://huggingface.co/Qwen/Qwen3-8B")
    read: Date = Field(description="the day it was read, such as 2026-11-20")
    keys: tuple[str, ...] = Field((), alias="for", description="a list of the keys that it supports")
    note: str | None = Field(None, description="a short remark in text")


Sources = Annotated[tuple[Source, ...], Field(min_length=1)]
SOURCES = "a list of at least one {url, read}"
