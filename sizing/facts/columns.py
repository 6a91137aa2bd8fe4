"""What may a cell of a table say? Numbers within bounds, days, addresses, names of the catalog, a few words.

A column reads a cell's text, or says what is wrong with it, as the end of a sentence that begins with the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sizing.facts.days import day
from sizing.facts.units import UNDISCLOSED

_FIRST_DAY: Final = date(2017, 1, 1)  # before anybody ran what the catalog holds


@dataclass(frozen=True)
class Column:
    """What the cells of a column may say. ``read`` gives a cell's value; it raises ValueError with what is wrong."""

    read: Callable[[str], Any]
    of: str = ""  # a kind of names, where a cell is one; an empty cell names nothing


def whole(least: int = 0, most: int = 10**15, *, empty: object = ..., undisclosed: object = ...) -> Column:
    """A whole number; an empty cell, or an undisclosed figure, where it may be so, is ``empty`` or ``undisclosed``."""
    words = {text: value for text, value in (("", empty), (UNDISCLOSED, undisclosed)) if value is not ...}
    also = "".join(f", or {'nothing' if text == '' else text}" for text in words)
    right = f"is no whole number; write one from {least:,} to {most:,}{also}"

    def read(text: str) -> Any:
        if text in words:
            return words[text]
        if not re.fullmatch("0|[1-9][0-9]{0,17}", text) or not least <= int(text) <= most:
            raise ValueError(right)
        return int(text)

    return Column(read)


def number(above: float, most: float, *, least: float | None = None, empty: object = ...) -> Column:
    """A decimal number above ``above``, or from ``least`` on, to ``most``; an empty cell, where it may be, is
    ``empty``."""
    bounds = f"above {above:g}" if least is None else f"from {least:g}"
    right = f"is no number {bounds}, to {most:,.0f}; write it plainly, such as 12.5"

    def read(text: str) -> Any:
        if text == "" and empty is not ...:
            return empty
        found = float(text) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,15})?", text) else -1.0
        if not (found > above if least is None else found >= least) or found > most:
            raise ValueError(right)
        return found

    return Column(read)


def one_of(what: str, *words: str) -> Column:
    """One of a few words."""
    known = ", ".join(word or "nothing" for word in words)

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"is no {what}; write one of {known}")
        return text

    return Column(read)


def matching(pattern: str, right: str) -> Column:
    """Text of a form."""
    form = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(right)
        return text

    return Column(read)


def id_of(kind: str, *, or_none: bool = False) -> Column:
    """An id of the catalog."""

    def read(text: str) -> str:
        if not text and not or_none:
            raise ValueError("is missing; give an id")
        return text

    return Column(read, of=kind)


def _a_day(text: str) -> date:
    return day(text, _FIRST_DAY)


def _as_written(read: Callable[[str], Any]) -> Callable[[str], str]:
    def checked(text: str) -> str:
        read(text)
        return text

    return checked


DAY: Final = Column(_as_written(_a_day))
DATE: Final = Column(_a_day)
# Where a row was read: an address of the web, or a file beside it that this project recorded itself.
ADDRESS: Final = matching(
    r"https?://[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+(:[0-9]+)?(/[^\s<>\"]*)?|record/[a-z0-9.-]+\.jsonl",
    "is no address; give the public one that it was read at, such as https://github.com/…",
)
TEXT: Final = Column(str)
SOME_TEXT: Final = matching(r"\S(.*\S)?", "is missing, or begins or ends with a space")
ERA: Final = matching("20(1[7-9]|[2-9][0-9])H[12]", "is no half of a year; write it as 2025H1")
