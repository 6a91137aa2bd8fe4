"""What is an entry? A frozen record of stated facts, whose fields say what they want.

An entry is a plain dataclass, so that a plan can be answered without a validator; ``facts.validation`` turns what a
person wrote into one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, ClassVar, dataclass_transform


def about(text: str, *, default: Any = MISSING, default_factory: Any = MISSING, key: str | None = None) -> Any:
    """A field and its help, which ends its errors and documents it. ``key`` where a file's word is another."""
    metadata = {"description": text} if key is None else {"description": text, "alias": key}
    return field(default=default, default_factory=default_factory, metadata=metadata)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(about, field))
class Entry:
    """What every kind of entry is: a frozen dataclass by keywords, and for a validator a mapping without other keys."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __pydantic_config__: ClassVar[Mapping[str, object]] = {"extra": "forbid"}

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True, repr=False)(cls)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={fact!r}' for name, fact in stated(self).items())})"


def stated(entry: Entry) -> dict[str, Any]:
    """What an entry says: its fields by name, without those that hold their default."""
    held = ((one, getattr(entry, one.name)) for one in fields(entry) if one.repr)
    return {one.name: fact for one, fact in held if fact != default_of(one)}


def default_of(one: Field[Any]) -> Any:
    """What a field holds where nothing is said; ``MISSING`` where something must be."""
    return one.default if one.default_factory is MISSING else one.default_factory()


def key_of(one: Field[Any]) -> str:
    """What a field is called in a file."""
    return str(one.metadata.get("alias", one.name))
