"""Is an entry right? Plain data as an entry type; what is wrong as sentences that name what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from sizing.errors import Problem, SizingError
from sizing.facts.entries.entry import Entry, default_of, key_of

if TYPE_CHECKING:
    from sizing.facts.yaml import Document, Key

E = TypeVar("E", bound=Entry)

_UNKNOWN: Final = "unexpected_keyword_argument"  # what pydantic calls a key that no field has
_LONGEST: Final = 400  # characters of a sentence; a list of known keys has as many

# Built when first needed, one a type, of which there are as many as classes. (To mypy no class is hashable.)
_validator: Callable[[type[Any]], TypeAdapter[Any]] = cache(TypeAdapter)  # type: ignore[assignment]


def validate(
    kind: type[E],
    data: Any,
    document: Document,
    places: Callable[[Key], Sequence[Key]],
    problems: list[Problem],
) -> E | None:
    """``data`` as a ``kind``; what is wrong goes to ``problems``, each at the first of ``places(loc)`` in the file.

    What holds is kept with the document that states it, which is the same until its file is saved otherwise.
    """
    at = kind, places(())[0]
    held: E | None = document.held.get(at)
    if held is not None:
        return held
    try:
        entry: E = _validator(kind).validate_python(data)
    except ValidationError as error:
        told = _telling(error.errors(), data)
        for loc, one in told.items():
            if one["type"] == "missing" and loc in _misspelt(told, kind):
                continue  # its key is there, and unknown
            what = _readable(_sentence(one, kind, loc))
            problems.append(Problem(document.file, *document.told(*places(loc)), what))
        return None
    document.held[at] = entry
    return entry


def checked(kind: type[E], data: Mapping[str, Any]) -> E:
    """``data`` as a ``kind``. Raises SizingError, which tells the first thing that is wrong."""
    try:
        entry: E = _validator(kind).validate_python(data)
    except ValidationError as error:
        loc, one = next(iter(_telling(error.errors(), data).items()))
        key = _dotted(loc)
        raise SizingError(f"{key + ': ' if key else ''}{_readable(_sentence(one, kind, loc))}") from None
    return entry


def _dotted(loc: Key) -> str:
    return ".".join(map(str, loc))


def _sentence(error: Mapping[str, Any], kind: type[Entry], loc: Key) -> str:
    """A pydantic error as a plain sentence: what is wrong, then what would be right."""
    code, context = error["type"], error.get("ctx", {})
    if code == _UNKNOWN:
        known = _fields_at(kind, loc[:-1])
        meant = _likeliest(str(loc[-1]), known)
        return "unknown key; " + (f"did you mean {meant}?" if meant else f"known here: {', '.join(known)}")
    right = _about(kind, loc)
    if code == "missing":
        return "missing; give " + (right or "a value")
    if code in ("value_error", "assertion_error"):
        return str(context.get("error", error["msg"]))
    message = "is not a mapping; write keys and values under it" if code == "dataclass_type" else error["msg"]
    message = message[0].lower() + message[1:]
    given = error["input"] if isinstance(error["input"], str | int | float | bool) else "this"
    return f"{given}: {message}" + (f"; give {right}" if right else "")


def _readable(sentence: str) -> str:
    """A sentence of at most a few lines: the middle of a long value is left out."""
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST // 2]} … {sentence[-_LONGEST // 2 :]}"


def _fields_at(kind: type[Entry], loc: Key) -> dict[str, Field[Any]]:
    """The fields of the entry type that ``loc`` leads into, by their keys."""
    current: type[Entry] | None = kind
    for part in loc:
        field = _fields(current).get(str(part)) if current else None
        if current and field:
            current = _entry_in(get_type_hints(current)[field.name])
    return _fields(current) if current else {}


def _fields(kind: type[Entry]) -> dict[str, Field[Any]]:
    return {key_of(field): field for field in fields(kind)}


def _entry_in(hint: Any) -> type[Entry] | None:
    """The entry type that a field's type is, or holds."""
    if isinstance(hint, type) and issubclass(hint, Entry):
        return hint
    return next((found for inner in get_args(hint) if (found := _entry_in(inner))), None)


def _about(kind: type[Entry], loc: Key) -> str | None:
    """What the field at ``loc`` wants."""
    field = _fields_at(kind, loc[:-1]).get(str(loc[-1])) if loc else None
    return field.metadata.get("description") if field else None


def _likeliest(wrong: str, known: Mapping[str, Field[Any]]) -> str | None:
    """The key most like ``wrong``; of two that are nearly as like, the one that an entry must have."""

    def likeness(key: str) -> float:
        must = default_of(known[key]) is MISSING
        return difflib.SequenceMatcher(None, wrong, key).ratio() + 0.1 * must

    return max(difflib.get_close_matches(wrong, known, n=3), key=likeness, default=None)


def _telling(errors: Sequence[Any], data: Any) -> dict[Key, Any]:
    """The errors by their key of the file: one each, and none that only follows from one further inside."""
    found: dict[Key, Any] = {}
    for one in errors:
        found.setdefault(_key(one["loc"], data, one["type"] == "missing"), one)
    return {
        loc: one
        for loc, one in found.items()
        if not any(len(other) > len(loc) and other[: len(loc)] == loc for other in found)
    }


def _misspelt(told: Mapping[Key, Any], kind: type[Entry]) -> set[Key]:
    """The keys that unknown ones most likely mean."""
    unknown = [loc for loc, one in told.items() if one["type"] == _UNKNOWN]
    return {(*loc[:-1], _likeliest(str(loc[-1]), _fields_at(kind, loc[:-1])) or "") for loc in unknown}


def _key(loc: Key, data: Any, missing: bool) -> Key:
    """The keys that lead through ``data``; a union's location has a member's name too, such as ``Architecture``."""
    found: list[str | int] = []
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            continue
        found.append(part)
    return (*found, loc[-1]) if missing else tuple(found)
