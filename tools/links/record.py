"""When did each address last answer? A table that is carried from one check to the next, and the report of this one.

    address,good,asked,said

``good`` is the last day on which it answered; before the first check, the day on which somebody read the fact there.
``asked`` is the day of the last check, and ``said`` what came of it: a status, or why there was none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from sizing.errors import SizingError

from .places import Place

# Statuses by which a host refuses programs: whether a person would be answered is not known.
REFUSES: Final = frozenset((401, 403, 405, 406, 429, 451, 999))
MOST_PLACES: Final = 3  # told of one address


@dataclass(frozen=True)
class Answer:
    """What an address said: a status, or in words why there was none."""

    code: int | None
    text: str

    @property
    def good(self) -> bool:
        return self.code is not None and 200 <= self.code < 300

    @property
    def refused(self) -> bool:
        return self.code in REFUSES

    def __str__(self) -> str:
        return str(self.code) if self.code else " ".join(self.text.split())[:120] or "nothing"


@dataclass(frozen=True)
class Row:
    """An address's line of the table."""

    address: str
    good: str
    asked: str
    said: str


_HEAD: Final = tuple(field.name for field in fields(Row))


def rows(
    places: Mapping[str, Sequence[Place]], answers: Mapping[str, Answer], before: Iterable[Row], today: str
) -> list[Row]:
    """The table after a check. An address that was not asked keeps its line; one that nobody names any more goes."""
    known = {row.address: row for row in before}
    made = []
    for address, where in places.items():
        old, answer = known.get(address), answers.get(address)
        good = max([place.read for place in where] + [old.good if old else ""])
        if answer is None:
            made.append(Row(address, good, old.asked if old else "", old.said if old else ""))
        else:
            made.append(Row(address, today if answer.good else good, today, str(answer)))
    return made


def written(table: Iterable[Row]) -> str:
    """The table as it is kept."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerows([_HEAD, *map(astuple, table)])
    return text.getvalue()


def kept(text: str, name: str) -> list[Row]:
    """A table that was kept. Raises SizingError with its name for what is none."""
    read = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return [Row(**row) for row in read]
    except TypeError:
        raise SizingError(f"{name}:{read.line_num}: is no record of links; its columns are {','.join(_HEAD)}") from None


def report(
    places: Mapping[str, Sequence[Place]], answers: Mapping[str, Answer], table: Iterable[Row], today: str
) -> str:
    """What a maintainer reads, as Markdown: which addresses do not answer, since when, and which lines name them."""
    wrong = {address for address, answer in answers.items() if not answer.good and not answer.refused}
    refused = sum(answer.refused for answer in answers.values())
    good = len(answers) - len(wrong) - refused
    told = [
        f"# Addresses, {today}",
        "",
        f"Of {len(places):,} addresses {good:,} answer, {refused:,} refuse programs, {len(wrong):,} do not answer, and "
        f"{len(places) - len(answers):,} were not asked.",
    ]
    gone = sorted((row for row in table if row.address in wrong), key=lambda row: (row.good, row.address))
    if gone:
        told += ["", "| last good | now | address | where |", "| --- | --- | --- | --- |"]
    for row in gone:
        where = [str(place) for place in places[row.address]]
        more = f" and {len(where) - MOST_PLACES} more" if len(where) > MOST_PLACES else ""
        cells = (row.good or "never", row.said, row.address, f"{', '.join(where[:MOST_PLACES])}{more}")
        told.append(f"| {' | '.join(map(_cell, cells))} |")
    return "\n".join([*told, ""])


def _cell(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;")
