"""Is a figure written as everywhere? ``1008GB/s``, ``1,008 GB/s`` and ``450w`` are ``1008 GB/s`` and ``450 W``.

Only what can mean one thing is rewritten: ``gbps`` may be gigabits or gigabytes, and ``Gb`` is no ``GB``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final, get_args, get_type_hints

from sizing.check.mending.nodes import changed, root, scalars
from sizing.facts.entries.entry import Entry, key_of
from sizing.facts.entries.values import Read
from sizing.facts.sheets import Many, Named, One, Sheet
from sizing.facts.units import AMOUNT, BANDWIDTH, MEMORY, POWER, WORK_RATE

_UNITS: Final = {
    name: unit
    for quantity in (MEMORY, BANDWIDTH, WORK_RATE, POWER, AMOUNT)
    for unit in quantity.units
    if unit != "Gbps"
    for name in (unit, unit.lower(), unit.upper())
}
_FIGURE: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?[ \t]*([A-Za-z/]+)")
_NUMBER: Final = "[0-9]+(?:"  # with which the pattern of every quantity begins


def mended(text: str, sheet: Sheet) -> str:
    """A file's text with its figures written as everywhere."""
    keys = _keys(sheet.kind) | {key for one in sheet.beside.values() for key in _beside(one)}
    changes = [
        change
        for one in scalars(root(text))
        if not one.is_key and _named(one.path) in keys and (new := _tidy(one.text)) != one.text
        if (change := one.change(new)) is not None
    ]
    return changed(text, changes)


def _named(path: tuple[str | int, ...]) -> str:
    """The key that a value stands under; an item's is its list's."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _tidy(text: str) -> str:
    """A figure and its unit as everywhere; anything else as it is."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None or (unit := _UNITS.get(found[3])) is None:
        return text
    # A count has no gap before its unit: 8B.
    gap = "" if unit in AMOUNT.units else " "
    return f"{found[1].replace(',', '')}{found[2] or ''}{gap}{unit}"


def _beside(one: object) -> frozenset[str]:
    return _keys(one.kind) if isinstance(one, One | Many | Named) else frozenset()


def _keys(kind: type[Entry]) -> frozenset[str]:
    """The keys of an entry, and of what it holds, that take a figure with its unit."""
    return frozenset(_found(kind))


def _found(kind: Any) -> Iterator[str]:
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        parts = list(_parts(hints[one.name]))
        if any(isinstance(part, Read) and part.pattern.strip("^$()").startswith(_NUMBER) for part in parts):
            yield key_of(one)
        for part in parts:
            if isinstance(part, type) and is_dataclass(part):
                yield from _found(part)


def _parts(hint: Any) -> Iterator[Any]:
    """Everything that a type is made of."""
    yield hint
    yield from (found for part in (*get_args(hint), *getattr(hint, "__metadata__", ())) for found in _parts(part))
