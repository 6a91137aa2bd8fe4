"""A table is read row by row: every cell within what its column may say, every problem on its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, ClassVar, Final

import pytest

from sizing import Catalog
from sizing.errors import CatalogError, Problem
from sizing.facts.columns import ADDRESS, DATE, DAY, ERA, SOME_TEXT, TEXT, id_of, number, one_of, whole
from sizing.facts.days import latest
from sizing.facts.tables import Row, Table


@dataclass(frozen=True)
class Example(Row):
    """A row with a cell of each kind."""

    key: ClassVar = ("device", "count", "note")
    device: Annotated[str, id_of("devices")]
    count: Annotated[int, whole(1, 100)]
    maybe: Annotated[int | None, whole(0, 100, empty=None, undisclosed=-1)]
    speed: Annotated[float, number(0, 1000)]
    word: Annotated[str, one_of("word", "yes", "no")]
    day: Annotated[str, DAY]
    date: Annotated[date, DATE]
    era: Annotated[str, ERA]
    source_url: Annotated[str, ADDRESS]
    name: Annotated[str, SOME_TEXT]
    class_: Annotated[str, TEXT]
    note: Annotated[str, TEXT]


TABLE: Final = Table("example.csv", Example)
ROW: Final[Mapping[str, str]] = {
    "device": "rtx-4090", "count": "2", "maybe": "", "speed": "12.5", "word": "yes", "day": "2026-11-20",
    "date": "2024-02-29", "era": "2025H1", "source_url": "https://example.org/a?b=c", "name": "x", "class": "",
    "note": "",
}  # fmt: skip
HEAD: Final = ",".join(ROW)


def line(**changed: str) -> str:
    return ",".join({**ROW, **{key.rstrip("_"): value for key, value in changed.items()}}.values())


def read(folder: Path, catalog: Catalog, text: str | bytes) -> tuple[Example, ...]:
    (folder / TABLE.file).write_bytes(text.encode() if isinstance(text, str) else text)
    return TABLE.read(folder, catalog)


def problems(folder: Path, catalog: Catalog, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(CatalogError) as caught:
        read(folder, catalog, text)
    return caught.value.problems


def test_a_sound_row_is_read_as_its_fields_say(tmp_path: Path, catalog: Catalog) -> None:
    (row,) = read(tmp_path, catalog, f"{HEAD}\n{line()}\n")
    assert (row.count, row.maybe, row.speed, row.day, row.date) == (2, None, 12.5, "2026-11-20", date(2024, 2, 29))
    (row,) = read(tmp_path, catalog, f"{HEAD}\n{line(maybe='undisclosed', class_='A')}\n")
    assert (row.maybe, row.class_) == (-1, "A")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *(("count", text) for text in ("", "0", "101", "-1", "1.0", "1_0", "٣", "²", "0x1", "1e1", "01", "+1", " 1")),
        ("count", "9" * 40),
        *(("maybe", text) for text in ("none", "101", "-1", "Undisclosed")),
        *(("speed", text) for text in ("", "0", "-1", "1_9.5", "1e3", "1e999", "nan", "inf", "١.٥", "1,5", ".5", "5.")),
        ("speed", "1001"),
        *(("word", text) for text in ("", "Yes", "maybe")),
        *(
            (column, text)
            for column in ("day", "date")
            for text in ("", "2026-W47-1", "20261120", "2026-11-31", "2999-01-01", "2016-12-31", "٢٠٢٦-١١-٢٠")
        ),
        *(("era", text) for text in ("2025", "2025H3", "2016H1", "25H1")),
        *(("source_url", text) for text in ("", "example.org", "https://x", "ftp://e.org/a", "https://e.org/a b")),
        ("source_url", 'https://e.org/"'),
        *(("source_url", text) for text in ("record/x.csv", "record/../x.jsonl", "old/x.jsonl", "/record/x.jsonl")),
        *(("name", text) for text in ("", " ", " x", "x ")),
        *(("device", text) for text in ("", "rtx-4091", "RTX-4090")),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told_with_its_line_and_column(
    tmp_path: Path, catalog: Catalog, column: str, text: str
) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    (only,) = problems(tmp_path, catalog, f"{HEAD}\n{line(note='first')}\n{line(**{column: quoted})}\n")
    assert (only.file, only.line, only.key) == ("catalog/example.csv", 3, column)
    assert len(str(only)) < 300


def test_no_day_is_after_tomorrow(tmp_path: Path, catalog: Catalog) -> None:
    assert read(tmp_path, catalog, f"{HEAD}\n{line(day=latest().isoformat())}\n")
    (only,) = problems(tmp_path, catalog, f"{HEAD}\n{line(day=(latest() + timedelta(1)).isoformat())}\n")
    assert "is not a day from 2017-01-01 to today" in only.what


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"{HEAD}\n\n\n{line(count='x')}\n", 4),
        (f"\n{HEAD}\n{line()}\n\n{line(count='x', note='b')}\n", 5),
        (f"{HEAD}\n{line(note=chr(34) + 'a' + chr(10) + 'b' + chr(34))}\n{line(count='x')}\n", 4),
        (f"\ufeff{HEAD}\r\n{line()}\r\n{line(count='x', note='b')}\r\n", 3),
        (f"{HEAD}\n{line(count='x')}", 2),
    ],
    ids=["blank lines", "blank lines above", "a cell of two lines", "BOM and CRLF", "no line end"],
)
def test_a_line_number_is_the_files(tmp_path: Path, catalog: Catalog, text: str, at: int) -> None:
    (only,) = problems(tmp_path, catalog, text)
    assert (only.line, only.key) == (at, "count")


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("", 1, "missing; the header is device,count,maybe"),
        (f"{HEAD},more\n", 1, "unknown column; the header is device,count"),
        (f"{HEAD},note\n", 1, "given twice; the header is"),
        (f"{HEAD.replace('count', 'Count')}\n", 1, "missing; the header is"),
        (f"{HEAD}\n{line()},x\n", 2, "13 cells under 12 columns; quote a cell that holds a comma"),
        (f"{HEAD}\nrtx-4090,1\n", 2, "2 cells under 12 columns"),
        (f'{HEAD}\n{line()}\n{line(note=chr(34) + "open")}\n', 3, "not CSV: unexpected end of data; check this row's"),
        (f'{HEAD}\n{line(note=chr(34) + "a" + chr(34) + "b")}\n', 2, "not CSV: "),
        (f"{HEAD}\n{line(note='a' + chr(0))}\n", 2, "U+0000 is not seen by readers; leave it out"),
        (f"{HEAD}\n{line()}\n{line(note='a' + chr(0x202E))}\n", 3, "U+202E (right-to-left override) is not seen"),
        (f"{HEAD}\n{line(note='a' + chr(13) + 'b')}\n", 2, "a carriage return inside a line; leave it out"),
        (f'{HEAD}\n{line()}\n{line(note=chr(34) + (chr(10) + "x" * 90_000) * 2 + chr(34))}\n', 3, "a row of more than"),
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_told_where_it_ends_to_be_one(
    tmp_path: Path, catalog: Catalog, text: str, at: int, what: str
) -> None:
    (only,) = problems(tmp_path, catalog, text)
    assert only.line == at
    assert only.what.startswith(what)


def test_a_row_that_stands_twice_is_told_with_the_first(tmp_path: Path, catalog: Catalog) -> None:
    (only,) = problems(tmp_path, catalog, f"{HEAD}\n{line()}\n{line(note='b')}\n{line(speed='1')}\n")
    assert (only.line, only.what) == (4, "the same as line 2 in device, count, note; keep one")


def test_a_name_that_many_rows_say_is_told_once(tmp_path: Path, catalog: Catalog) -> None:
    rows = "".join(line(device="rtx-4091", note=str(i)) + "\n" for i in range(5))
    (only,) = problems(tmp_path, catalog, f"{HEAD}\n{rows}")
    assert only.line == 2
    assert only.what == "'rtx-4091' is not in catalog/devices/; did you mean rtx-4090? (4 more rows say the same)"


def test_every_other_problem_is_told(tmp_path: Path, catalog: Catalog) -> None:
    rows = "".join(line(count="x", note=str(i)) + "\n" for i in range(5))
    assert [one.line for one in problems(tmp_path, catalog, f"{HEAD}\n{rows}")] == [2, 3, 4, 5, 6]
