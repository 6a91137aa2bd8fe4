"""Is an entry right? Plain data as an entry type; what is wrong as sentences that name what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sizing.errors import Problem
from sizing.facts.yaml import Document, Key

M = TypeVar("M", bound=BaseModel)


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
            problems.append(Problem(document.file, *document.told(*places(loc)), _sentence(one, model, loc)))
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
