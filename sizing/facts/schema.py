"""What does an editor need to know of the catalog's YAML? A JSON Schema for every kind of file, made of entry types.

What only the whole catalog decides (names, what a family states for its members, figures that fit each other) is left
to ``sizing check``.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Final

from pydantic import TypeAdapter

from sizing.facts.entries.entry import Entry
from sizing.facts.files import FILES, FileKind
from sizing.facts.sheets import Beside, Chosen, Listed, Many, Named, One, Sets, Sheet

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FOLDER: Final = PurePosixPath("docs/schema")  # of the repository, and schema/ of the site

_NAMES: Final[Schema] = {"type": "array", "items": {"type": "string"}, "minItems": 1}


def schemas() -> dict[str, Schema]:
    """The schema of each kind of YAML file, by the name of the schema's own file."""
    return {f"{kind.what.names}.json": _file(kind, kind.what) for kind in FILES if isinstance(kind.what, Sheet)}


def first_line(kind: FileKind) -> str:
    """What the first line of a file of that kind is, so that an editor finds its schema."""
    assert isinstance(kind.what, Sheet)
    up = "../" * (kind.where.count("/") + 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind.what.names}.json"


def _file(kind: FileKind, sheet: Sheet) -> Schema:
    definitions: dict[str, Schema] = {}
    member = _define(sheet.kind, definitions)
    del member["properties"]["id"]  # the key that a member stands under
    shared = member["properties"] if sheet.common else {}
    if sheet.common:  # what a member lacks, its file may state; maps are merged key by key
        for partial in (member, definitions.get("Architecture", {})):
            partial.pop("required", None)
    else:
        member["required"].remove("id")
    beside = {key: _beside(one, sheet, definitions) for key, one in sheet.beside.items()}
    return {
        "$schema": DIALECT,
        "title": kind.holds,
        "type": "object",
        "properties": {**shared, **beside, sheet.names: _map(f"{sheet.names} by id", _reference(sheet.kind))},
        "required": [sheet.names, *(key for key, one in sheet.beside.items() if isinstance(one, One) and one.needed)],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _beside(one: Beside, sheet: Sheet, definitions: dict[str, Schema]) -> Schema:
    match one:
        case One():
            _define(one.kind, definitions)
            return _reference(one.kind)
        case Many():
            own = _define(one.kind, definitions)
            own["required"] = [key for key in own["required"] if key not in one.shares]
            return {"type": "array", "items": _reference(one.kind)}
        case Named():
            _define(one.kind, definitions)
            return _map("by name", _reference(one.kind))
        case Listed():
            return {**_NAMES, "description": one.about}
        case Sets():
            return {
                "description": "for each axis, names for lists of ids",
                "type": "object",
                "properties": {axis: {"type": "object", "additionalProperties": _NAMES} for axis in one.axes},
                "additionalProperties": False,
            }
        case Chosen():
            return {"type": "string", "description": one.about}


def _define(kind: type[Entry], definitions: dict[str, Schema]) -> Schema:
    """Add a kind of entry, and those that it holds, to ``definitions``; returns its own."""
    own: Schema = _plain(TypeAdapter(kind).json_schema())
    definitions.update(own.pop("$defs", {}))
    definitions[kind.__name__] = own
    return own


def _plain(schema: Any) -> Any:
    """A schema without titles, which only repeat the keys; a field may be called title."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema.replace("``", "`") if isinstance(schema, str) else schema
    return {key: _plain(one) for key, one in schema.items() if key != "title" or isinstance(one, dict)}


def _reference(kind: type[Entry]) -> Schema:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _map(about: str, member: Schema) -> Schema:
    return {"description": about, "type": "object", "minProperties": 1, "additionalProperties": member}
