"""Where in a text does each value stand? The nodes of YAML's parser, each with its keys and its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from sizing.facts.yaml import Key

_Loader: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, order=True)
class Change:
    """New text for a part of one line; lines and columns are counted from 0."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Scalar:
    """A word of a file, its keys, and where it stands."""

    path: Key
    text: str
    is_key: bool
    node: Any

    def change(self, text: str) -> Change | None:
        """Another text in its place; None where it is quoted or stands on several lines, which is left as it is."""
        start, end = self.node.start_mark, self.node.end_mark
        if self.node.style not in (None, "") or start.line != end.line:
            return None
        return Change(start.line, start.column, end.column, text)


def root(text: str) -> Any:
    """The outermost node of a text that is YAML."""
    return yaml.compose(text, Loader=_Loader)


def scalars(node: Any, path: Key = ()) -> Iterator[Scalar]:
    """Every word, keys among them; what an alias names is told where it is written."""
    if isinstance(node, yaml.ScalarNode):
        yield Scalar(path, node.value, False, node)
    elif isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            if _below(item, node):
                yield from scalars(item, (*path, i))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = (*path, key.value)
            yield Scalar(at, key.value, True, key)
            if _below(value, key):
                yield from scalars(value, at)


def _below(node: Any, holder: Any) -> bool:
    """Whether a node is written in what holds it; one that an alias names stands before."""
    return bool(node.start_mark.index >= holder.start_mark.index)


def changed(text: str, changes: Iterable[Change]) -> str:
    """A text with parts of its lines replaced."""
    lines = text.split("\n")
    for one in sorted(changes, reverse=True):
        line = lines[one.line]
        lines[one.line] = line[: one.start] + one.text + line[one.end :]
    return "\n".join(lines)
