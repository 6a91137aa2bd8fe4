"""How is a catalog file read? YAML nodes with their marks, by YAML 1.2's rules, and one-line errors.

PyYAML resolves scalars by YAML 1.1 (``yes`` is true, ``12:30`` is 750); editors follow YAML 1.2. So only the
composer of PyYAML's C loader is used, and scalars are resolved here by the 1.2 core schema, with dates kept as text.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from sizing.errors import CatalogError, Problem

if TYPE_CHECKING:
    from yaml.nodes import Node

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Loader(_Base):  # type: ignore[misc]
    """Composes nodes without tags: scalars are resolved here, and finding a tag for each node costs time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""


Key = tuple[str | int, ...]

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True)
class Document:
    """A YAML file as plain data, with the line of every key."""

    file: str
    data: Any
    lines: Mapping[Key, int]

    def line(self, *keys: Key) -> int:
        """The line of the first of ``keys`` that the file holds, else of the last one's nearest parent."""
        for key in keys:
            if key in self.lines:
                return self.lines[key]
        key = keys[0]
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


def _scalar(text: str, plain: bool) -> Any:
    if not plain:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


class _Plain:
    """Turns the nodes of one file into plain data, and notes the line of every key."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Key, int] = {}
        self._open: set[int] = set()  # the nodes that hold the current one, by identity

    def data(self, node: Node, path: Key) -> Any:
        """A node's data. Raises CatalogError."""
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node.value, not node.style)
        if id(node) in self._open:
            self._fail(node, path, "an alias to what holds it; write the value out")
        self._open.add(id(node))
        try:
            return self._list(node, path) if isinstance(node, yaml.SequenceNode) else self._mapping(node, path)
        finally:
            self._open.remove(id(node))

    def _list(self, node: Node, path: Key) -> list[Any]:
        result = []
        for i, item in enumerate(node.value):
            self.lines[(*path, i)] = item.start_mark.line + 1
            result.append(self.data(item, (*path, i)))
        return result

    def _mapping(self, node: Node, path: Key) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._fail(key_node, path, "a list or mapping as a key; write a plain word")
            key = key_node.value
            if key in mapping:
                first = self.lines[(*path, key)]
                self._fail(key_node, (*path, key), f"given twice (first on line {first}); keep one")
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            mapping[key] = self.data(value_node, (*path, key))
        return mapping

    def _fail(self, node: Node, path: Key, what: str) -> NoReturn:
        line = node.start_mark.line + 1
        raise CatalogError([Problem(self.file, line, ".".join(map(str, path)), what)])


@lru_cache(maxsize=4096)
def _parse(text: str, name: str) -> Document:
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context or "unreadable").split())
        hint = "check this line's and the one before's indentation, colons and quotes"
        raise CatalogError([Problem(name, mark.line + 1 if mark else 1, "", f"not YAML: {what}; {hint}")]) from None
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        raise CatalogError([Problem(name, 1, "", f"not YAML: {what}; write plain UTF-8 text")]) from None
    plain = _Plain(name)
    return Document(name, plain.data(node, ()) if node is not None else {}, plain.lines)


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
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CatalogError([Problem(name, 1, "", f"not UTF-8 text (byte {error.start}); save it as UTF-8")]) from None
    return _parse(text, name)
