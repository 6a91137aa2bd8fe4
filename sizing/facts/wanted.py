"""What does each field of an entry want, as plain data? For whoever has no validator at hand.

    {"name": the entry's, "fields": {name: {"right": what would be right, or null, "needed", "kind"}}}

A field that files call otherwise has that as its ``key``. A ``kind`` is a list: its name and what it takes, such as
``["whole", {"gt": 0, "le": 1000}]``, ``["maybe", kind]``, ``["read", "amount"]``, or ``["entry", this again]``.
``sizing.facts.built`` reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from sizing.facts.built import READERS
from sizing.facts.entries.entry import Entry, default_of, key_of
from sizing.facts.entries.values import Bounded, Clean, NullIsZero, Read

Kind = list[Any]

_PLAIN: Final[Mapping[Any, str]] = {bool: "flag", int: "whole", float: "number", str: "text"}
_BOUNDS: Final = ("gt", "ge", "le", "min_length", "max_length", "pattern", "allow_inf_nan")


def _wanted(kind: type[Entry]) -> dict[str, Any]:
    """What the fields of an entry's type want."""
    hints = get_type_hints(kind, include_extras=True)
    told = {
        one.name: {
            "right": one.metadata.get("description"),
            "needed": default_of(one) is MISSING,
            "kind": _kind(hints[one.name]),
            **({} if key_of(one) == one.name else {"key": key_of(one)}),
        }
        for one in fields(kind)
    }
    return {"name": kind.__name__, "fields": told}


# Worked out once, of as many types as there are. (To mypy no class is hashable.)
wanted: Final[Callable[[type[Any]], dict[str, Any]]] = cache(_wanted)  # type: ignore[assignment]


def _kind(hint: Any) -> Kind:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(_kind(parts[0]), parts[1:])
    if origin in (Union, UnionType):
        told = [_kind(part) for part in parts if part is not NoneType]
        one = told[0] if len(told) == 1 else ["either", told]
        return ["maybe", one] if NoneType in parts else one
    if origin is Literal:
        return ["one", list(parts)]
    if origin is tuple:
        return ["many", _kind(parts[0])]
    if origin is dict:
        return ["map", _kind(parts[1])]
    if isinstance(hint, type) and issubclass(hint, Entry):
        return ["entry", _wanted(hint)]
    return [_PLAIN[hint], {}] if hint in _PLAIN else ["any"]


def _marked(kind: Kind, marks: tuple[object, ...]) -> Kind:
    """A kind with what it is marked with."""
    for mark in marks:
        if isinstance(mark, Read):
            name = next((name for name, read in READERS.items() if read == mark.read), None)
            return ["any"] if name is None else ["read", name]
        if isinstance(mark, NullIsZero):
            kind = ["zero", kind]
        elif isinstance(mark, Clean):
            kind = ["clean", kind]
        elif isinstance(mark, Bounded) and len(kind) == 2 and isinstance(kind[1], dict) and kind[0] != "entry":
            kind = [kind[0], {**kind[1], **{key: x for key, x in mark.bounds.items() if key in _BOUNDS}}]
    return kind
