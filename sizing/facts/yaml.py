"""How is a catalog file read? The events of YAML's parser as plain data, by YAML 1.2's rules, and one-line errors.

PyYAML resolves scalars by YAML 1.1 (``yes`` is true, ``12:30`` is 750); editors follow YAML 1.2. So only the parser of
PyYAML's C loader is used, and scalars are resolved here by the 1.2 core schema, with dates kept as text. Whatever could
be too much is counted while it is read: size, depth, values, and those that an alias stands for before it is followed.
"""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sizing.errors import CatalogError, Problem
from sizing.facts.content import MIB, content, decoded
from sizing.facts.text import named, strange

Key = tuple[str | int, ...]

# What a file may hold at most. The largest of the catalog holds a thirtieth of each.
_SIZE: Final = 4 * MIB
_DEPTH: Final = 50
_VALUES: Final = 200_000  # those that aliases stand for counted once more each time
_CHARACTERS: Final = 4096  # of one value
_DIGITS: Final = 18

_NUMERIC: Final = frozenset("+-.0123456789")
_INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Final = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_HINT: Final = "check this line's and the one before's indentation, colons and quotes"

_Parser: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file as plain data, with the line of every key. What aliases share, they share here too."""

    file: str
    data: Any
    lines: Mapping[Key, int]
    text: str = ""  # as it is written
    held: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)  # what was made of it already

    def place(self, *keys: Key) -> Key:
        """The first of ``keys`` that the file holds, else the first one's nearest parent."""
        found = next((key for key in keys if key in self.lines), keys[0])
        while found and found not in self.lines:
            found = found[:-1]
        return found

    def line(self, *keys: Key) -> int:
        """The line of the place of ``keys``."""
        return self.lines.get(self.place(*keys), 1)

    def told(self, *keys: Key) -> tuple[int, str]:
        """The line of the place of ``keys``, and the key as errors tell it: the one that is there, or should be."""
        place = self.place(*keys)
        return self.lines.get(place, 1), dotted(place if place in keys else keys[0])

    @cached_property
    def template(self) -> bool:
        """Whether it is an example to copy, and no part of the catalog."""
        return self.file.rpartition("/")[2].startswith("_")


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an anchor names, and how many values that is; None while it is still read."""

    data: Any
    values: int | None


class _Reader:
    """One file's events as plain data, with the line of every key."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        self.lines: dict[Key, int] = {}
        self.values = 0
        self._next = _Parser(text).get_event
        self._anchors: dict[str, _Anchored] = {}

    def document(self) -> Document:
        """The only document of the file. Raises CatalogError."""
        self._next()  # the stream begins
        if type(self._next()) is StreamEndEvent:
            return Document(self.file, {}, {}, self.text)
        data = self._value(self._next(), ())
        self._next()  # the document ends
        event: Any = self._next()
        if type(event) is not StreamEndEvent:
            self._fail(event, (), "a second document; keep one in a file")
        return Document(self.file, data, self.lines, self.text)

    def _value(self, event: Any, path: Key) -> Any:
        self.values += 1
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event, path)
        if event.tag is not None:
            self._fail(event, path, f"a tag ({event.tag[:40]}); leave it out and write the plain value")
        if self.values > _VALUES:
            self._fail(event, path, f"more than {_VALUES:,} values in a file; write several files")
        if kind is ScalarEvent:
            data = self._scalar(event, path)
            if event.anchor is not None:
                self._anchors[event.anchor] = _Anchored(data, 1)
            return data
        return self._nested(event, path)

    def _nested(self, event: Any, path: Key) -> Any:
        if len(path) >= _DEPTH:
            self._fail(event, path, f"nested more than {_DEPTH} deep; write it flatter")
        before = self.values
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(None, None)
        found: Any = self._list(path) if type(event) is SequenceStartEvent else self._mapping(path)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(found, self.values - before + 1)
        return found

    def _list(self, path: Key) -> list[Any]:
        result: list[Any] = []
        event: Any
        while type(event := self._next()) is not SequenceEndEvent:
            key = (*path, len(result))
            self.lines[key] = event.start_mark.line + 1
            result.append(self._value(event, key))
        return result

    def _mapping(self, path: Key) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        event: Any
        while type(event := self._next()) is not MappingEndEvent:
            line = event.start_mark.line + 1
            if type(event) is not ScalarEvent:
                self._fail(event, path, "a list, mapping or alias as a key; write a plain word")
            key = event.value
            at = (*path, key)
            if key in mapping:
                self._fail(event, at, f"given twice (first on line {self.lines[at]}); keep one")
            if len(key) > _CHARACTERS or event.style:
                self._scalar(event, path)
            self.lines[at] = line
            mapping[key] = self._value(self._next(), at)
        return mapping

    def _alias(self, event: Any, path: Key) -> Any:
        found = self._anchors.get(event.anchor)
        if found is None:
            self._fail(event, path, f"an alias to nothing; name it before, as &{event.anchor}")
        if found.values is None:
            self._fail(event, path, "an alias to what holds it; write the value out")
        self.values += found.values
        if self.values > _VALUES:
            self._fail(event, path, f"aliases that stand for more than {_VALUES:,} values; write fewer")
        return found.data

    def _scalar(self, event: Any, path: Key) -> Any:
        text = event.value
        if len(text) > _CHARACTERS:
            self._fail(event, path, f"{len(text):,} characters in a value; write at most {_CHARACTERS:,}")
        if event.style:
            if (at := strange(text)) is not None:  # by an escape
                self._fail(event, path, f"{named(text[at])} is not seen by readers; leave it out")
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self._number(event, path) if text[0] in _NUMERIC else text

    def _number(self, event: Any, path: Key) -> int | float | str:
        """A plain scalar that may be a number: a date is none."""
        text: str = event.value
        if _INT.fullmatch(text):
            if len(text) > _DIGITS:
                self._fail(event, path, f"a number of {len(text)} digits; write one that can be, in at most {_DIGITS}")
            return int(text)
        if _FLOAT.fullmatch(text):
            if not math.isfinite(number := float(text)):
                self._fail(event, path, f"{text[:40]} is more than a number holds; write one that can be")
            return number
        return text

    def _fail(self, event: Any, path: Key, what: str) -> NoReturn:
        raise CatalogError([Problem(self.file, event.start_mark.line + 1, dotted(path), what)])


def dotted(path: Key) -> str:
    """A key in words, its middle left out where it is long: of 900 nested brackets, say."""
    words = [str(part)[:60] for part in path]
    return ".".join(words if len(words) <= 12 else [*words[:4], "…", *words[-4:]])


def parsed(text: str, file: str) -> Document:
    """A file's text as plain data; ``file`` is what errors call it. Raises CatalogError."""
    if (at := strange(text)) is not None:
        what = f"{named(text[at])} is not seen by readers; leave it out"
        raise CatalogError([Problem(file, text.count("\n", 0, at) + 1, "", what)])
    if (directive := ("\n" + text).find("\n%")) >= 0:
        line = text.count("\n", 0, directive) + 1
        raise CatalogError([Problem(file, line, "", "a directive; leave it out: YAML 1.2 is what is read")])
    try:
        return _Reader(text, file).document()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        what = " ".join(str(error.problem or error.context or "unreadable").split())
        raise CatalogError([Problem(file, line, "", f"not YAML: {what}; {_HINT}")]) from None


@lru_cache(maxsize=1024)
def _last(file: str) -> dict[str, Document]:
    """The last reading of the file of that name, by its text: a file that was not saved since is not read again."""
    return {}


def forget() -> None:
    """Read every file anew when it is asked for next, for whoever changes what was made of it."""
    _last.cache_clear()


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: reading makes a great many objects that stay, and none to collect."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def read(path: Path, name: str) -> Document:
    """Read one YAML file; ``name`` is what errors call it. Raises CatalogError."""
    try:
        text = decoded(content(path, _SIZE))
    except ValueError as error:
        raise CatalogError([Problem(name, 1, "", str(error))]) from None
    kept = _last(name)
    if (document := kept.get(text)) is None:
        document = parsed(text, name)
        kept.clear()
        kept[text] = document
    return document
