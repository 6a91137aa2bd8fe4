"""How is a table read? CSV text as rows of a dataclass, whose fields say what a cell may be; each problem has its line.

A field's type says what the rest of the house sees, its ``Column`` what may be written:

    count: Annotated[int, whole(1)]

A table's columns are its row's fields, in any order; ``class_`` is the column ``class``. A field with a default is a
column that may be absent.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cached_property, lru_cache
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Generic, TypeVar, get_args, get_origin, get_type_hints

from sizing.errors import CatalogError, Problem
from sizing.facts.columns import Column
from sizing.facts.content import MIB, content, decoded
from sizing.facts.index import Facts, Names
from sizing.facts.text import named, strange

Wrong = tuple[str, str]  # a column, and what is wrong in it
R = TypeVar("R", bound="Row")

_SIZE: Final = 16 * MIB
_RECORD: Final = 100_000  # characters of one row
_LINES: Final = 1_000_000
_PROBLEMS: Final = 1000  # that are told of one table


class Row:
    """What a table's rows have in common."""

    __slots__ = ()
    key: ClassVar[tuple[str, ...]] = ()  # the columns that tell a row from all others
    naming: ClassVar[tuple[str, ...]] = ()  # those whose cells ``wrong`` looks up

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """What cannot be, though every cell could: a name that the catalog does not know, or two cells that differ."""
        return None


@dataclass(frozen=True)
class Table(Generic[R]):
    """A file of rows of one kind."""

    file: str  # under the catalog's folder
    row: type[R]

    def read(self, root: Path, facts: Facts) -> tuple[R, ...]:
        """Every row. Raises CatalogError with every problem."""
        problems: list[Problem] = []
        rows = self.rows(root, facts, Names.of(facts), problems)
        if problems:
            raise CatalogError(problems)
        return rows

    def rows(self, root: Path, facts: Facts, names: Names, problems: list[Problem]) -> tuple[R, ...]:
        """Every row that holds; what is wrong with the others goes to ``problems``."""
        found: list[R] = []
        own: list[tuple[int, str, str]] = []
        alike: dict[Wrong, int] = {}
        unknown = self._unknown(names)
        for line, row in self._written(root / self.file):
            wrong = (unknown(row) or row.wrong(facts, names)) if isinstance(row, Row) else row
            if wrong is None:
                found.append(row)  # type: ignore[arg-type]
                continue
            alike[wrong] = alike.get(wrong, 0) + (wrong[0] in self.naming)
            if alike[wrong] <= 1:
                own.append((line, *wrong))
            if len(own) == _PROBLEMS:
                own.append((line, "", f"{_PROBLEMS:,} rows are wrong; mend these first"))
                break
        for line, column, what in own:
            more = f" ({more - 1} more rows say the same)" if (more := alike.get((column, what), 0)) > 1 else ""
            problems.append(Problem(f"catalog/{self.file}", line, column, f"{what}{more}"))
        return tuple(found)

    def placed(self, root: Path) -> Iterator[tuple[int, R]]:
        """Every row that can be read, with the line on which it begins."""
        return ((line, row) for line, row in self._written(root / self.file) if isinstance(row, self.row))

    def anyones(self, file: Path, facts: Facts) -> list[tuple[dict[str, str], R | str]]:
        """The rows of anyone's file, which may have further columns: each with its cells, as a row or what is wrong.

        Raises CatalogError for a file that is no such table.
        """
        found: list[tuple[dict[str, str], R | str]] = []
        names = Names.of(facts)
        unknown = self._unknown(names)
        try:
            records = _records(decoded(content(file, _SIZE)))
            line, header = next(records, (1, []))
            own = [name in self.columns for name in header]
            read = self._reader(line, [name for name, yes in zip(header, own, strict=True) if yes])
            for line, cells in records:
                if len(cells) != len(header):
                    raise _TableError(line, "", f"{len(cells)} cells under {len(header)} columns; quote commas")
                row = read([cell for cell, yes in zip(cells, own, strict=True) if yes])
                wrong = (unknown(row) or row.wrong(facts, names)) if isinstance(row, Row) else row
                told = " ".join(word for word in wrong if word) if wrong is not None else None
                found.append((dict(zip(header, cells, strict=True)), row if told is None else told))  # type: ignore[arg-type]
        except _TableError as error:
            raise CatalogError([Problem(str(file), error.line, error.column, str(error))]) from None
        except ValueError as error:
            raise CatalogError([Problem(str(file), 1, "", str(error))]) from None
        return found

    def _written(self, file: Path) -> Sequence[tuple[int, R | Wrong]]:
        """What a file says, whatever the catalog's names are: rows, or what is wrong with a line or from it on."""
        try:
            return _said(self, content(file, _SIZE))
        except ValueError as error:
            return [(1, ("", str(error)))]

    def _unknown(self, names: Names) -> Callable[[Row], Wrong | None]:
        """What is wrong with the names in a row; each is looked up once."""
        columns = [(name, column.of) for name, column in self.columns.items() if column.of]
        seen: dict[tuple[str, str], Wrong | None] = {}

        def unknown(row: Row) -> Wrong | None:
            for column, kind in columns:
                if not (name := getattr(row, column)):
                    continue
                if (column, name) not in seen:
                    what = names.unknown(name, kind)
                    seen[column, name] = None if what is None else (column, what)
                if (wrong := seen[column, name]) is not None:
                    return wrong
            return None

        return unknown

    @cached_property
    def naming(self) -> frozenset[str]:
        """The columns whose cells are names: one that nothing stands for is told once, however many rows say it."""
        return frozenset({name for name, column in self.columns.items() if column.of}.union(self.row.naming))

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """What each column may say, in the order of the row's fields."""
        hints = get_type_hints(self.row, include_extras=True)
        named = fields(self.row)  # type: ignore[arg-type]
        return {field.name.removesuffix("_"): _column(hints[field.name]) for field in named}

    def _reader(self, line: int, header: list[str]) -> Callable[[list[str]], R | Wrong]:
        """What makes a row of cells under a header. Raises _TableError for one that does not name every column once."""
        columns = self.columns
        needed = [field.name.removesuffix("_") for field in fields(self.row) if field.default is MISSING]  # type: ignore[arg-type]
        for name in (*needed, *header):
            if name not in header or name not in columns or header.count(name) > 1:
                what = "given twice" if header.count(name) > 1 else "missing" if name in columns else "unknown column"
                raise _TableError(line, name[:40], f"{what}; the header is {','.join(columns)}")
        read = [(f"{name}_" if iskeyword(name) else name, _kept(columns[name])) for name in header]
        make: Callable[..., R] = self.row

        def row(cells: list[str]) -> R | Wrong:
            if len(cells) != len(read):
                return "", f"{len(cells)} cells under {len(read)} columns; quote a cell that holds a comma"
            values = {}
            for (name, cell), text in zip(read, cells, strict=True):
                value, wrong = cell(text)
                if wrong is not None:
                    return name.removesuffix("_"), wrong
                values[name] = value
            return make(**values)

        return row


@lru_cache(maxsize=32)  # more than there are tables: a save that leaves one as it was does not read it again
def _said(table: Table[R], data: bytes) -> Sequence[tuple[int, R | Wrong]]:
    """What the lines of a table say, but for names: each a row or what is wrong with it; the last may end the reading.

    Raises ValueError for what is no text.
    """
    found: list[tuple[int, R | Wrong]] = []
    lines: dict[tuple[object, ...], int] = {}
    wrong = 0
    try:
        records = _records(decoded(data))
        read = table._reader(*next(records, (1, [])))
        for line, cells in records:
            row = read(cells)
            if isinstance(row, Row) and row.key:
                key = tuple(getattr(row, name) for name in row.key)
                if (first := lines.setdefault(key, line)) != line:
                    row = "", f"the same as line {first} in {', '.join(row.key)}; keep one"
            found.append((line, row))
            wrong += not isinstance(row, Row)
            if wrong == _PROBLEMS:
                break
    except _TableError as error:
        found.append((error.line, (error.column, str(error))))
    return found


class _TableError(Exception):
    """What ends the reading of a table."""

    def __init__(self, line: int, column: str, what: str) -> None:
        super().__init__(what)
        self.line, self.column = line, column


def _column(hint: Any) -> Column:
    found = [one for one in get_args(hint) if isinstance(one, Column)] if get_origin(hint) is Annotated else []
    assert len(found) == 1, f"{hint} needs a Column"
    return found[0]


def _kept(column: Column) -> Callable[[str], tuple[Any, str | None]]:
    """A cell's value or what is wrong with it; columns repeat themselves, so that each text is looked at once."""
    seen: dict[str, tuple[Any, str | None]] = {}

    def cell(text: str) -> tuple[Any, str | None]:
        found = seen.get(text)
        if found is None:
            found = seen[text] = _value(column, text)
        return found

    return cell


def _value(column: Column, text: str) -> tuple[Any, str | None]:
    try:
        return column.read(text), None
    except ValueError as error:
        return None, f"{shown(text)} {error}"


def shown(text: str) -> str:
    """A cell as an error shows it: quoted, in one line, and not too long."""
    return repr(text if len(text) <= 60 else text[:60] + "…")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line on which it begins; blank lines are none. Raises _TableError."""
    if (at := strange(text)) is not None:
        line = text.count("\n", 0, at) + 1
        raise _TableError(line, "", f"{named(text[at])} is not seen by readers; leave it out")
    text = text.replace("\r\n", "\n")
    if (at := text.find("\r")) >= 0:
        raise _TableError(text.count("\n", 0, at) + 1, "", "a carriage return inside a line; leave it out")
    if text.count("\n") > _LINES:
        raise _TableError(_LINES, "", f"more than {_LINES:,} lines; remove what is empty")
    source = _Lines(text)
    reader = csv.reader(source, strict=True)
    while True:
        first = source.start()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _TableError(first, "", f"not CSV: {error}; check this row's quotes") from None
        if cells:
            yield first, cells


class _Lines:
    """The lines of a text, for a reader of CSV that takes several for a record."""

    def __init__(self, text: str) -> None:
        self._lines = iter(text.splitlines(keepends=True))
        self._line = self._first = 0
        self._taken = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._line += 1
        self._taken += len(line)
        if self._taken > _RECORD:
            raise _TableError(self._first, "", f"a row of more than {_RECORD:,} characters; check its quotes")
        return line

    def start(self) -> int:
        """The line on which the next record begins."""
        self._taken = 0
        self._first = self._line + 1
        return self._first
