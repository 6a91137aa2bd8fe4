"""What do all entries share? Where a fact was read."""

from __future__ import annotations

from typing import Annotated

from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Bounded, Date, Text, Url
from sizing.facts.units import significant


class Source(Entry):
    """Where a fact was read, and when."""

    url: Url = about("the public address, such as https://huggingface.co/Qwen/Qwen3-8B")
    read: Date = about("the day it was read, such as 2026-11-20")
    keys: tuple[Text, ...] = about("a list of the keys that it supports", default=(), key="for")
    note: Text | None = about("a short remark in text", default=None)


# How often a second a memory can be read as a whole: a tenth of a large server's to six times a GDDR7 card's.
READS = (0.02, 400.0)


def plausible(what: str, value: float | None, of: str, base: float | None, bounds: tuple[float, float]) -> None:
    """Raise ValueError where a figure is no plausible multiple of another one; None is what nobody states."""
    if value is None or base is None:
        return
    least, most = bounds
    if not least <= value / base <= most:
        times = significant(value / base)
        raise ValueError(f"{what} is {times} times that {of}, and {least:g} to {most:,g} is plausible; check the units")


Sources = Annotated[tuple[Source, ...], Bounded(min_length=1)]
SOURCES = "a list of at least one {url, read}"
