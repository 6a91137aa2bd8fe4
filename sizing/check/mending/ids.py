"""Are ids kebab-case? ``RTX_4090`` is ``rtx-4090``, where it is a key and wherever YAML files name it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sizing.check.mending.nodes import changed, root, scalars
from sizing.facts.reader import is_id
from sizing.facts.references import IDLE, REFERENCES
from sizing.facts.sheets import Sheet

Renamed = Mapping[str, str]

# The keys under which an entry names another.
_NAMING: Final = frozenset(
    next(part for part in reversed(path.split(".")) if part != "*" and not part.isdigit())
    for paths in (*REFERENCES.values(), *IDLE.values())
    for path in paths
    if path
)


def renamed(files: Mapping[Path, tuple[str, Sheet]]) -> Renamed:
    """What ids that are none should be: those of which only one is left, and nothing has it yet."""
    ids = {name: sheet.names for text, sheet in files.values() for name in _members(text, sheet)}
    wanted = {name: _kebab(name) for name, kind in ids.items() if not is_id(kind, name)}
    new = list(wanted.values())
    return {
        old: name for old, name in wanted.items() if is_id(ids[old], name) and name not in ids and new.count(name) == 1
    }


def mended(text: str, names: Renamed) -> str:
    """A file's text with these ids renamed, as keys of members and as names."""
    if not any(old in text for old in names):
        return text
    changes = [
        change
        for one in scalars(root(text))
        if (new := names.get(one.text)) is not None
        if (len(one.path) == 2 if one.is_key else bool(_NAMING.intersection(one.path)))
        if (change := one.change(new)) is not None
    ]
    return changed(text, changes)


def _members(text: str, sheet: Sheet) -> list[str]:
    """The ids that a file's members have."""
    return [one.text for one in scalars(root(text)) if one.is_key and len(one.path) == 2 and one.path[0] == sheet.names]


def _kebab(name: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
