"""How is a catalog file read? YAML nodes with their marks, by YAML 1.2's rules, and one-line errors.

PyYAML resolves scalars by YAML 1.1 (``yes`` is true, ``12:30`` is 750); editors follow YAML 1.2. So only the
composer of PyYAML's C loader is used, and scalars are resolved here by the 1.2 core schema, with dates kept as text.
"""

from __future__ import annotations

import difflib
import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from yaml.nodes import Node

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Loader(_Base):  # type: ignore[misc]
    """Composes nodes without tags: scalars are resolved here, and finding a tag for each node costs time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""


Key = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


class SizingError(Exception):
    """Bad input: one line that says what is wrong and what would be right."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one catalog file."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key + ': ' if self.key else ''}{self.what}"


class CatalogError(SizingError):
    """The catalog does not hold; ``problems`` lists every reason, and the text is the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more: python -m sizing check)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


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


def _sentence(error: Mapping[str, Any], model: type[BaseModel], loc: Key) -> str:
    """A pydantic error as a plain sentence: what is wrong, then what would be right."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        names = _keys_at(model, loc[:-1])
        meant = _likeliest(str(loc[-1]), names, _required_at(model, loc[:-1]))
        return "unknown key; " + (f"did you mean {meant}?" if meant else f"known here: {', '.join(names)}")
    if kind == "missing":
        right = _description_at(model, loc)
        return "missing; give " + (right or "a value")
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error", error["msg"]))
    right = _description_at(model, loc)
    message = error["msg"][0].lower() + error["msg"][1:]
    given = error["input"] if isinstance(error["input"], str | int | float | bool) else "this"
    return f"{given}: {message}" + (f"; give {right}" if right else "")


def _model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel] | None:
    """The entry type that ``loc`` leads into."""
    current: type[BaseModel] | None = model
    for part in loc:
        if current is None:
            return None
        field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        if field is not None:
            current = _inner(field.annotation)
    return current


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if found is not None:
            return found
    return None


def _likeliest(wrong: str, names: Sequence[str], required: Sequence[str]) -> str | None:
    """The name most like ``wrong``; of two that are nearly as like, the one that an entry must have."""
    close = difflib.get_close_matches(wrong, names, n=3)
    likeness = {n: difflib.SequenceMatcher(None, wrong, n).ratio() + 0.1 * (n in required) for n in close}
    return max(likeness, key=likeness.__getitem__, default=None)


def _required_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    found = _model_at(model, loc)
    return [f.alias or n for n, f in found.model_fields.items() if f.is_required()] if found else []


def _keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    found = _model_at(model, loc)
    return [f.alias or n for n, f in found.model_fields.items()] if found else []


def _description_at(model: type[BaseModel], loc: Sequence[str | int]) -> str | None:
    found = _model_at(model, loc[:-1])
    if found is None:
        return None
    for name, field in found.model_fields.items():
        if loc and loc[-1] in (name, field.alias):
            return field.description
    return None


def validate(
    model: type[M],
    data: Any,
    document: Document,
    places: Callable[[Key], Sequence[Key]],
    problems: list[Problem],
) -> M | None:
    """``data`` as a ``model``; what is wrong goes to ``problems``, each at the first of ``places(loc)`` in the file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for loc, one in _telling(error.errors()).items():
            where = places(loc)
            dotted = ".".join(str(part) for part in where[0])
            problems.append(Problem(document.file, document.line(*where), dotted, _sentence(one, model, loc)))
        return None


def _telling(errors: Sequence[Any]) -> dict[Key, Any]:
    """The errors by their key of the file: one each, and none that only follows from one further inside."""
    found: dict[Key, Any] = {}
    for one in errors:
        # Unions add a member's name to the location: a type's ("Architecture") or a validator's ("literal[…]").
        loc = tuple(p for p in one["loc"] if not (isinstance(p, str) and (p[:1].isupper() or "[" in p)))
        found.setdefault(loc, one)
    return {
        loc: one
        for loc, one in found.items()
        if not any(len(other) > len(loc) and other[: len(loc)] == loc for other in found)
    }
