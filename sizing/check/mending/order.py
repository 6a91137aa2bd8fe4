"""Do an entry's keys stand in the order of its kind's template? A reader finds the same fact in the same place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import yaml

from sizing.catalog import HERE
from sizing.check.mending.nodes import root
from sizing.facts.files import FILES
from sizing.facts.sheets import Sheet

_TEMPLATES: Final = ("models", "devices", "machines", "offers")  # the folders that have one


def mended(text: str, sheet: Sheet) -> str:
    """A file's text with the keys of its members in order; members written in one line stay."""
    wanted = _orders().get(sheet.names)
    members = next((value for key, value in root(text).value if key.value == sheet.names), None)
    if not wanted or not isinstance(members, yaml.MappingNode):
        return text
    lines = text.split("\n")
    for _, member in reversed(members.value):
        if isinstance(member, yaml.MappingNode) and not member.flow_style:
            _sort(lines, member, wanted)
    return "\n".join(lines)


def _sort(lines: list[str], member: Any, wanted: Sequence[str]) -> None:
    """Put a member's keys in order, each with its value's lines and the comments above it."""
    keys = [key.value for key, _ in member.value]
    ranks = {name: i for i, name in enumerate(wanted)}
    right = sorted(keys, key=lambda name: ranks.get(name, len(wanted)))
    if right == keys or any(key not in ranks for key in keys):
        return
    starts = [_with_comments(lines, key.start_mark.line) for key, _ in member.value]
    end = _end(lines, member.value[-1][1])
    chunks = {key: lines[start:stop] for key, start, stop in zip(keys, starts, [*starts[1:], end], strict=True)}
    lines[starts[0] : end] = [line for key in right for line in chunks[key]]


def _with_comments(lines: Sequence[str], line: int) -> int:
    """The first of the lines of comments that stand right above a key, in its column."""
    indent = len(lines[line]) - len(lines[line].lstrip())
    while line and lines[line - 1].startswith(" " * indent + "#"):
        line -= 1
    return line


def _end(lines: Sequence[str], value: Any) -> int:
    """The line after the last of a value; a block ends where the next begins, after what is empty or a comment."""
    mark = value.end_mark
    end: int = mark.line if mark.column == 0 or not lines[mark.line][: mark.column].strip() else mark.line + 1
    while end > value.start_mark.line + 1 and not lines[end - 1].split("#")[0].strip():
        end -= 1
    return end


@lru_cache(maxsize=1)
def _orders() -> Mapping[str, list[str]]:
    """The order of keys by the kind of member, as the examples of the templates have them."""
    found: dict[str, list[str]] = {}
    for kind in FILES:
        if not isinstance(kind.what, Sheet) or kind.folder not in _TEMPLATES or not kind.many:
            continue
        path = HERE / kind.folder / "_template.yaml"
        for key, members in root(path.read_text(encoding="utf-8")).value:
            if key.value == kind.what.names:
                found[key.value] = _merged([[k.value for k, _ in member.value] for _, member in members.value])
    return found


def _merged(examples: Sequence[Sequence[str]]) -> list[str]:
    """One order of several: a key that an earlier example lacks follows the one that it follows."""
    order: list[str] = []
    for keys in examples:
        before = -1
        for key in keys:
            if key in order:
                before = order.index(key)
            else:
                before += 1
                order.insert(before, key)
    return order
