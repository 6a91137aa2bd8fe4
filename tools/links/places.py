"""Where does an address stand, and when did somebody read it there? The catalog's sources, and the prose's links."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sizing.check.mending.nodes import root, scalars

PROSE: Final = ("*.md", ".github/*.md", "obsidian/*.md", "docs/**/*.md")
_WRITTEN: Final = re.compile(r"https?://[^\s<>\"'`)\]}|]+")  # in Markdown
_MADE_UP: Final = re.compile(r"https?://([\w-]+\.)*(example(\.(com|org))?|invalid|localhost)\b|https?://127\.")


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, from 1; the day that the fact says it was read on, where one is said."""

    file: str
    line: int
    read: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def places(folder: Path) -> dict[str, list[Place]]:
    """Every address of a checkout, with all places where it is written, in order."""
    found: dict[str, set[Place]] = {}
    for address, place in _all(folder):
        if address.startswith("http") and not _MADE_UP.match(address):  # else a record of this project's own
            found.setdefault(address, set()).add(place)
    return {address: sorted(where) for address, where in sorted(found.items())}


def _all(folder: Path) -> Iterator[tuple[str, Place]]:
    for file in sorted(folder.glob("catalog/**/*.yaml")):
        yield from _stated(file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8"))
    for file in sorted(folder.glob("catalog/**/*.csv")):
        yield from _measured(file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8"))
    for file in sorted({file for pattern in PROSE for file in folder.glob(pattern)}):
        yield from _told(file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8"))


def _stated(file: str, text: str) -> Iterator[tuple[str, Place]]:
    """Of an entry's sources: ``{url: …, read: …}``, in either order."""
    words = [one for one in scalars(root(text)) if not one.is_key and one.path]
    days = {one.path[:-1]: one.text for one in words if one.path[-1] == "read"}
    for one in words:
        if one.path[-1] == "url":
            yield one.text, Place(file, one.node.start_mark.line + 1, _day(days.get(one.path[:-1])))


def _measured(file: str, text: str) -> Iterator[tuple[str, Place]]:
    """Of a table's rows: the column ``source_url``."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    line = 2
    for row in rows:
        if address := row.get("source_url"):
            yield address, Place(file, line, _day(row.get("read")))
        line = rows.line_num + 1  # a note may have lines of its own


def _told(file: str, text: str) -> Iterator[tuple[str, Place]]:
    for number, line in enumerate(text.splitlines(), 1):
        for found in _WRITTEN.findall(line):
            yield found.rstrip(".,;:!?*。，；：！？"), Place(file, number)


def _day(said: Any) -> str:
    with suppress(ValueError, TypeError):
        return dt.date.fromisoformat(said).isoformat()
    return ""
