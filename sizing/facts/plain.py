"""How does an entry travel as JSON? To plain data and back: quantities in base units, and no field that is a default.

The way back trusts what it is given to have come from an entry, and so needs no validator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache, partial
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sizing.facts.entries.entry import Entry, default_of, stated
from sizing.facts.units import UNDISCLOSED

E = TypeVar("E", bound=Entry)

Reader = Callable[[Any], Any]
Parts = tuple[dict[str, Any], dict[str, Reader]]


def to_plain(entry: Entry) -> dict[str, Any]:
    """What an entry states, as JSON holds it."""
    return {name: _plain(fact) for name, fact in stated(entry).items()}


def _plain(fact: Any) -> Any:
    if isinstance(fact, Entry):
        return to_plain(fact)
    if isinstance(fact, Mapping):
        return {key: _plain(value) for key, value in fact.items()}
    if isinstance(fact, tuple):
        return [_plain(item) for item in fact]
    return fact.isoformat() if isinstance(fact, date) else fact


def from_plain(kind: type[E], plain: Mapping[str, Any]) -> E:
    """The entry that ``to_plain`` took apart."""
    defaults, readers = _parts_of(kind)
    facts = {**defaults, **plain}
    for name in readers.keys() & plain.keys():
        facts[name] = readers[name](facts[name])
    entry = object.__new__(kind)
    vars(entry).update(facts)
    return entry


def _parts(kind: type[Any]) -> Parts:
    """What an entry holds where nothing is said, all of its fields in their order; and how the fields are read of
    which JSON holds something else than the entry does."""
    hints = get_type_hints(kind)
    readers = {one.name: _reader(hints[one.name]) for one in fields(kind)}
    return (
        {one.name: default_of(one) for one in fields(kind)},
        {name: read for name, read in readers.items() if read is not None},
    )


# One a type, of which there are as many as classes. (To mypy no class is hashable.)
_parts_of: Callable[[type[Any]], Parts] = cache(_parts)  # type: ignore[assignment]


def _reader(hint: Any) -> Reader | None:
    """What turns JSON's value of a type into the entry's; None where they are the same."""
    if isinstance(hint, type) and issubclass(hint, Entry):
        return partial(from_plain, hint)
    if hint is date:
        return date.fromisoformat
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        item = _reader(parts[0])
        return tuple if item is None else partial(_tuple, item)
    if origin is dict:
        item = _reader(parts[1])
        return item and partial(_mapping, item)
    if origin in (Union, UnionType):
        read = next(filter(None, map(_reader, parts)), None)
        return read and partial(_stated, read)
    return None


def _tuple(item: Reader, plain: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(map(item, plain))


def _mapping(item: Reader, plain: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item(fact) for key, fact in plain.items()}


def _stated(read: Reader, plain: Any) -> Any:
    return plain if plain in (None, UNDISCLOSED) else read(plain)
