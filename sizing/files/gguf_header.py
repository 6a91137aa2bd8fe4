"""What stands in a GGUF file's header? Its keys and its tensors, read in one pass, and nothing that follows.

The format is ggml's docs/gguf.md, versions 2 and 3, of either byte order. A vocabulary decides nothing and is skipped:
arrays of numbers by arithmetic, strings one length after another. A header says how much is to come, and may lie: no
count is believed that the file is too short for, or that no model has.
"""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from sizing.errors import SizingError
from sizing.facts.content import opened
from sizing.files.ggml import TENSOR_TYPES

MAGIC: Final = b"GGUF"

_WINDOW: Final = 1 << 20  # bytes in memory at once, beside a longer text
_HEADER: Final = 1 << 28  # the longest header: Qwen3's vocabulary takes 6 MB
_KEYS: Final = 1 << 16
_TENSORS: Final = 1 << 18
_NAME: Final = 1 << 16  # bytes of a key or of a tensor's name
_TEXT: Final = 1 << 22  # bytes of a text that is kept
_LIST: Final = 1 << 16  # elements of an array that is kept; there are as many layers at most
_STRINGS: Final = 1 << 22  # of an array; the largest vocabulary has a quarter million
_DIMENSIONS: Final = 4

# The format's numbers of its types of values: how struct reads one, and how many bytes it has.
_NUMBERS: Final[Mapping[int, tuple[str, int]]] = {
    0: ("B", 1), 1: ("b", 1), 2: ("H", 2), 3: ("h", 2), 4: ("I", 4), 5: ("i", 4), 6: ("f", 4), 7: ("?", 1),
    10: ("Q", 8), 11: ("q", 8), 12: ("d", 8),
}  # fmt: skip
_STRING, _ARRAY = 8, 9
_VOCABULARY: Final = "tokenizer."
_TOKENS: Final = "tokenizer.ggml.tokens"


class Readable(Protocol):
    """A file that is open for reading bytes."""

    def read(self, count: int, /) -> bytes:
        """At most so many from where it stands."""

    def seek(self, place: int, /) -> int:
        """Let it stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A tensor as a file holds it. ``shape`` is (columns, rows, …); ``type`` is ggml's number of its format."""

    shape: tuple[int, ...]
    type: int


@dataclass(frozen=True)
class RawHeader:
    """Everything that a header says, a vocabulary left out."""

    keys: Mapping[str, Any]
    tensors: Mapping[str, Stored]
    missing: int = 0  # bytes of the tensors' data that the file is too short for
    vocabulary: int = 0  # tokens of its vocabulary; 0 where it has none


def read_raw(path: Path) -> RawHeader:
    """The header of one file. Raises SizingError, in one line, for one that is cut short or lies."""
    try:
        with opened(path) as file:
            return header_in(file, os.fstat(file.fileno()).st_size)
    except ValueError as error:
        raise SizingError(f"{path}: {unreadable(error)}") from None


def header_in(file: Readable, size: int) -> RawHeader:
    """The header of a file of so many bytes. Raises ValueError in words."""
    return _Reader(file, size).header()


def unreadable(error: ValueError) -> str:
    """What is said of a file whose header cannot be read."""
    return f"not a whole GGUF file: {error}"


def _read(file: Readable, count: int) -> bytes:
    try:
        return file.read(count)
    except OSError as error:
        raise ValueError(f"cannot be read ({(error.strerror or str(error)).lower()})") from None


class _Reader:
    """A file from its beginning on, a window of it in memory. Methods raise ValueError in words."""

    def __init__(self, file: Readable, size: int) -> None:
        self._file = file
        self._size = size
        self._window = b""
        self._at = 0  # in the window
        self._before = 0  # bytes of the file that precede the window
        self._order = "<"
        self._tokens = 0  # of the vocabulary
        self._end = 0  # of the last tensor's data, from the end of the header on

    def header(self) -> RawHeader:
        """The whole header."""
        if self._bytes(4, "its beginning") != MAGIC:
            raise ValueError("it does not begin with GGUF; give one that does")
        version = self._number("I", 4, "its version")
        if version & 0xFFFF == 0:
            self._order, version = ">", version >> 24
        if version not in (2, 3):
            raise ValueError(f"it is of version {version}; convert the model anew, which gives version 3")
        tensors = self._count("tensors", _TENSORS, 24)
        keys = self._count("keys", _KEYS, 13)
        found = dict(self._key() for _ in range(keys))
        stored = self._tensors(tensors)
        return RawHeader(found, stored, self._missing(found.get("general.alignment")), self._tokens)

    def _missing(self, alignment: Any) -> int:
        """How many bytes of the tensors' data the file is too short for."""
        line = alignment if isinstance(alignment, int) and 0 < alignment <= _WINDOW else 32
        begin = -(-(self._before + self._at) // line) * line
        return max(0, begin + self._end - self._size) if self._end else 0

    def _key(self) -> tuple[str, Any]:
        key = self._text(_NAME, "a key")
        return key, self._value(key, self._number("I", 4, key))

    def _value(self, key: str, kind: int) -> Any:
        if kind in _NUMBERS:
            return self._number(*_NUMBERS[kind], key)
        if kind == _STRING and key.startswith(_VOCABULARY):
            self._skip_texts(1, key)
            return None
        if kind == _STRING:
            return self._text(_TEXT, key)
        if kind != _ARRAY:
            raise ValueError(f"{key} is of type {kind}, which there is not; get it anew")
        return self._array(key, self._number("I", 4, key))

    def _array(self, key: str, kind: int) -> list[Any] | None:
        """The elements; None for a vocabulary's, and for too many to be of layers."""
        if kind not in _NUMBERS and kind != _STRING:
            raise ValueError(f"{key} is an array of type {kind}, which no model has; get it anew")
        wide = _NUMBERS[kind][1] if kind in _NUMBERS else 8
        length = self._count(f"elements in {key}", _STRINGS if kind == _STRING else self._size, wide)
        kept = length <= _LIST and not key.startswith(_VOCABULARY)
        if key == _TOKENS:
            self._tokens = length
        if kind == _STRING:
            if kept:
                return [self._text(_TEXT, key) for _ in range(length)]
            self._skip_texts(length, key)
            return None
        if not kept:
            self._skip(length * wide, key)
            return None
        return list(struct.unpack(f"{self._order}{length}{_NUMBERS[kind][0]}", self._bytes(length * wide, key)))

    def _tensors(self, count: int) -> dict[str, Stored]:
        tensors: dict[str, Stored] = {}
        for _ in range(count):
            name = self._text(_NAME, "a tensor's name")
            dimensions = self._number("I", 4, name)
            if dimensions > _DIMENSIONS:
                raise ValueError(f"{name} has {dimensions} dimensions, more than 4; get it anew")
            shape = struct.unpack(f"{self._order}{dimensions}Q", self._bytes(8 * dimensions, name))
            if any(not 0 < length < 1 << 40 for length in shape):
                raise ValueError(f"{name} has the shape {shape}, which none has; get it anew")
            if name in tensors:
                raise ValueError(f"two tensors are called {name}; get it anew")
            kind = self._number("I", 4, name)
            at = self._number("Q", 8, name)  # where its data lie, from the end of the header on
            if kind in TENSOR_TYPES and at < 1 << 50:
                _, block, size = TENSOR_TYPES[kind]
                self._end = max(self._end, at + math.prod(shape) // block * size)
            tensors[name] = Stored(shape, kind)
        return tensors

    # --- bytes ---

    def _count(self, what: str, most: int, least_bytes: int) -> int:
        """How many there are to come, each of so many bytes at least."""
        count = int(self._number("Q", 8, what))
        if count > most or count * least_bytes > self._size - self._before - self._at:
            raise ValueError(f"it says {count:,} {what}, and is too short for them, or lies; get it anew")
        return count

    def _number(self, form: str, width: int, what: str) -> Any:
        return struct.unpack(f"{self._order}{form}", self._bytes(width, what))[0]

    def _text(self, most: int, what: str) -> str:
        length = self._number("Q", 8, what)
        if length > most:
            raise ValueError(f"cut short in its header, or no GGUF file: {what} of {length:,} bytes; get the file anew")
        return self._bytes(length, what).decode("utf-8", errors="replace")

    def _bytes(self, count: int, what: str) -> bytes:
        if self._at + count > len(self._window):
            self._refill(count, what)
        found = self._window[self._at : self._at + count]
        self._at += count
        return found

    def _skip(self, count: int, what: str) -> None:
        if self._at + count <= len(self._window):
            self._at += count
            return
        beyond = count - (len(self._window) - self._at)
        self._before += len(self._window) + beyond
        self._window, self._at = b"", 0
        if self._before > self._size:
            raise self._short(what)
        self._file.seek(self._before)

    def _skip_texts(self, count: int, what: str) -> None:
        """Texts one after another, of which only the lengths are looked at."""
        length_at = struct.Struct(f"{self._order}Q").unpack_from
        while count:
            window, at = self._window, self._at
            last = len(window) - 8
            while count and at <= last:
                at += 8 + length_at(window, at)[0]
                count -= 1
            if at <= len(window):
                self._at = at
                if count:
                    self._refill(8, what)
            else:
                self._at = len(window)
                self._skip(at - len(window), what)

    def _refill(self, count: int, what: str) -> None:
        """Let at least ``count`` bytes lie in the window from where it stands."""
        rest = self._window[self._at :]
        self._before += self._at
        if self._before + count > _HEADER:
            raise ValueError(f"its header has more than {_HEADER >> 20} MiB, which no model has; get it anew")
        more = _read(self._file, max(_WINDOW, count - len(rest)))
        self._window, self._at = rest + more, 0
        if len(self._window) < count:
            raise self._short(what)

    def _short(self, what: str) -> ValueError:
        return ValueError(f"cut short in its header, at {what}; get it anew")
