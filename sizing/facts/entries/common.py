"""What do all entries share? Where a fact was read."""

from __future__ import annotations

from typing import Annotated

from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Bounded, Date, Text, Url


class Source(Entry):
    """Where a fact was read, and when."""

    url: Url = about("the public address, such as https://huggingface.co/Qwen/Qwen3-8B")
    read: Date = about("the day it was read, such as 2026-11-20")
    keys: tuple[Text, ...] = about("a list of the keys that it supports", default=(), key="for")
    note: Text | None = about("a short remark in text", default=None)


Sources = Annotated[tuple[Source, ...], Bounded(min_length=1)]
SOURCES = "a list of at least one {url, read}"
