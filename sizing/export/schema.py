"""What may stand in the data that others read? A JSON Schema, made of the entries' own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from sizing.facts.entries.entry import Entry, default_of

Schema = dict[str, Any]

_PLAIN: Final[Mapping[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    object: {},
    Any: {},
}
_NUMBERS: Final = ("context", "memory", "weights", "cache")  # of a plan, always there
_TEXTS: Final = ("model", "machine", "format", "runtime")
_MAYBE: Final = ("decode", "decode_low", "decode_high", "decode_empty", "prefill", "time_to_first_token")
_SAID: Final = ("backend", "verdict")


def schema(kinds: Mapping[str, type[Entry]]) -> Schema:
    """A definition for each kind of object. Sizes are bytes, rates are a second's, and so are times."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {**{name: _entry(kind, own_id=True) for name, kind in kinds.items()}, "plans": _plan()},
    }


def _entry(kind: type[Entry], *, own_id: bool = False) -> Schema:
    hints = get_type_hints(kind)
    told = {
        one.name: {**_of(hints[one.name]), "description": one.metadata.get("description", "")} for one in fields(kind)
    }
    needed = [one.name for one in fields(kind) if default_of(one) is MISSING]
    more: Schema = {"id": {"type": "string"}, "computed": {"type": "object"}} if own_id else {}
    return {"type": "object", "properties": {**told, **more}, "required": needed, "additionalProperties": False}


def _of(hint: Any) -> Schema:
    """What JSON holds of a type."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Entry):
        return _entry(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, UnionType):
        return {"anyOf": [_of(one) for one in parts]}
    if origin is tuple:
        if parts[-1] is not Ellipsis:
            return {"type": "array", "prefixItems": [_of(one) for one in parts], "items": False}
        return {"type": "array", "items": _of(parts[0])}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _of(parts[1])}
    return {}


def _plan() -> Schema:
    told: Schema = {name: {"type": "integer"} for name in _NUMBERS}
    told |= {name: {"type": "string"} for name in _TEXTS}
    told |= {name: {"type": ["number", "null"]} for name in _MAYBE}
    told |= {name: {"type": ["string", "null"]} for name in _SAID}
    return {"type": "object", "properties": told, "required": list(told), "additionalProperties": False}
