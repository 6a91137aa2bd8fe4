"""Is plain data what an entry wants, and which entry is it? Without a validator, so that a browser can ask too.

``sizing.facts.wanted`` tells what each field wants. What is wrong is told as ``sizing.facts.validation`` tells it; a
test compares the two.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sizing.errors import SizingError
from sizing.facts.entries.architecture import (
    Architecture,
    BlockAttention,
    BlockConfig,
    BlockFeedForward,
    LayerConfig,
    LinearAttention,
)
from sizing.facts.entries.common import Source
from sizing.facts.entries.formats import Checkpoint, Format, Loss, Mixed, Scales
from sizing.facts.entries.models import Headline, ModelEntry, Names, PublishedFile, Towers
from sizing.facts.entries.runtimes import BackendFacts, ByMemory, CacheRule, Runtime, Server
from sizing.facts.entries.values import address, tokens
from sizing.facts.text import named, strange
from sizing.facts.units import amount

Wanted = Mapping[str, Any]
Loc = tuple[str, ...]

_ENTRIES: Final[Mapping[str, Any]] = {
    "Architecture": Architecture,
    "BackendFacts": BackendFacts,
    "BlockAttention": BlockAttention,
    "BlockConfig": BlockConfig,
    "BlockFeedForward": BlockFeedForward,
    "ByMemory": ByMemory,
    "CacheRule": CacheRule,
    "Checkpoint": Checkpoint,
    "Format": Format,
    "Headline": Headline,
    "LayerConfig": LayerConfig,
    "LinearAttention": LinearAttention,
    "Loss": Loss,
    "Mixed": Mixed,
    "ModelEntry": ModelEntry,
    "Names": Names,
    "PublishedFile": PublishedFile,
    "Runtime": Runtime,
    "Scales": Scales,
    "Server": Server,
    "Source": Source,
    "Towers": Towers,
}
# What reads text from a file, but for days, which browsers keep as text.
READERS: Final[Mapping[str, Callable[[object], object]]] = {"tokens": tokens, "amount": amount, "address": address}
_LONGEST: Final = 400  # characters of a sentence


class WantedError(SizingError):
    """The first thing that is wrong, and where."""


def built(wanted: Wanted, data: Mapping[str, Any]) -> Any:
    """The entry that plain data are. Raises WantedError for the first thing that is wrong."""
    return _entry(wanted, data, (), None)


def trusted(wanted: Wanted, data: Mapping[str, Any]) -> Any:
    """The entry of what was one before, of which some facts may have been left out."""
    left_out = {name: None for name, one in wanted["fields"].items() if one["needed"] and name not in data}
    facts = {name: _trusted(wanted["fields"][name]["kind"], value) for name, value in data.items()}
    kind = _ENTRIES[wanted["name"]]
    return kind(**{**left_out, **facts})


def _trusted(kind: Sequence[Any], value: Any) -> Any:
    match kind[0]:
        case "maybe" | "zero" | "clean":
            return None if value is None else _trusted(kind[1], value)
        case "either":
            inner = next((one for one in kind[1] if one[0] == "entry"), kind)
            return _trusted(inner, value) if isinstance(value, Mapping) else value
        case "many":
            return tuple([_trusted(kind[1], one) for one in value])
        case "map":
            return {key: _trusted(kind[1], one) for key, one in value.items()}
        case "entry":
            return trusted(kind[1], value)
    return value


def text(key: str, value: str) -> str:
    """Text that is shown. Raises WantedError."""
    found: str = _clean(_text({"min_length": 1, "max_length": 1000}, value, (key,), None), (key,))
    return found


def _entry(wanted: Wanted, data: Any, loc: Loc, right: str | None) -> Any:
    if not isinstance(data, Mapping):
        raise _error(loc, data, "is not a mapping; write keys and values under it", right)
    fields, facts = wanted["fields"], {}
    for name, one in fields.items():
        key = one.get("key", name)
        if key in data:
            facts[name] = _value(one["kind"], data[key], (*loc, key), one["right"])
        elif one["needed"]:
            raise WantedError(f"{_dotted((*loc, key))}: missing; give {one['right'] or 'a value'}")
    known = {one.get("key", name): one for name, one in fields.items()}
    for name in data:
        if name not in known:
            meant = _likeliest(name, known)
            what = f"did you mean {meant}?" if meant else f"known here: {', '.join(known)}"
            raise WantedError(f"{_dotted((*loc, name))}: {_readable(f'unknown key; {what}')}")
    kind = _ENTRIES[wanted["name"]]
    return kind(**facts)


def _value(kind: Sequence[Any], value: Any, loc: Loc, right: str | None) -> Any:
    match kind[0]:
        case "maybe":
            return None if value is None else _value(kind[1], value, loc, right)
        case "zero":
            return 0 if value is None else _value(kind[1], value, loc, right)
        case "flag":
            if not isinstance(value, bool):
                raise _error(loc, value, "input should be a valid boolean", right)
            return value
        case "whole" | "number":
            return _number(kind, value, loc, right)
        case "text":
            return _text(kind[1], value, loc, right)
        case "clean":
            return _clean(_value(kind[1], value, loc, right), loc)
        case "read":
            return _read(kind[1], value, loc)
        case "one":
            if not any(isinstance(value, str) and value == one for one in kind[1]):
                raise _error(loc, value, f"input should be {_choices(kind[1])}", right)
            return value
        case "either":
            return _either(kind[1], value, loc, right)
        case "many":
            if not isinstance(value, list | tuple):
                raise _error(loc, value, "input should be a valid tuple", right)
            inner = kind[1]
            return tuple([_value(inner, one, (*loc, str(i)), None) for i, one in enumerate(value)])
        case "map":
            if not isinstance(value, Mapping):
                raise _error(loc, value, "input should be a valid dictionary", right)
            return {key: _value(kind[1], one, (*loc, key), None) for key, one in value.items()}
        case "entry":
            return _entry(kind[1], value, loc, right)
    return value


def _number(kind: Sequence[Any], value: Any, loc: Loc, right: str | None) -> Any:
    if kind[0] == "whole":
        if not isinstance(value, int) or isinstance(value, bool):
            raise _error(loc, value, "input should be a valid integer", right)
    elif not isinstance(value, int | float) or isinstance(value, bool):
        raise _error(loc, value, "input should be a valid number", right)
    elif kind[1].get("allow_inf_nan") is False and not math.isfinite(value):
        raise _error(loc, value, "input should be a finite number", right)
    bounded = _bounded(kind[1], value, loc, right)
    return bounded if kind[0] == "whole" else float(bounded)


def _read(name: str, value: Any, loc: Loc) -> Any:
    try:
        return READERS[name](value)
    except ValueError as error:
        raise WantedError(f"{_dotted(loc)}: {_readable(str(error))}") from None


def _either(kinds: Sequence[Any], value: Any, loc: Loc, right: str | None) -> Any:
    """The first kind that a value is of; where it is of none, what is wrong by the first one."""
    for kind in kinds[1:]:
        try:
            return _value(kind, value, loc, right)
        except WantedError:
            continue
    return _value(kinds[0], value, loc, right)


def _bounded(bounds: Mapping[str, Any], value: Any, loc: Loc, right: str | None) -> Any:
    if "gt" in bounds and not value > bounds["gt"]:
        raise _error(loc, value, f"input should be greater than {bounds['gt']}", right)
    if "ge" in bounds and not value >= bounds["ge"]:
        raise _error(loc, value, f"input should be greater than or equal to {bounds['ge']}", right)
    if "le" in bounds and not value <= bounds["le"]:
        raise _error(loc, value, f"input should be less than or equal to {bounds['le']}", right)
    return value


def _text(bounds: Mapping[str, Any], value: Any, loc: Loc, right: str | None) -> Any:
    if not isinstance(value, str):
        raise _error(loc, value, "input should be a valid string", right)
    least, most = bounds.get("min_length", 0), bounds.get("max_length")
    if len(value) < least:
        raise _error(loc, value, f"string should have at least {least} character", right)
    if most is not None and len(value) > most:
        raise _error(loc, value, f"string should have at most {most} characters", right)
    if "pattern" in bounds and not re.fullmatch(bounds["pattern"], value):
        raise _error(loc, value, f"string should match pattern '{bounds['pattern']}'", right)
    return value


def _clean(value: str, loc: Loc) -> str:
    if (at := strange(value)) is not None:
        what = f"character {at + 1} is {named(value[at])}, which nobody sees; leave it out"
        raise WantedError(f"{_dotted(loc)}: {what}")
    if value != " ".join(value.split()):
        what = f"{value!r} has line ends or needless spaces; write it in one line"
        raise WantedError(f"{_dotted(loc)}: {_readable(what)}")
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _choices(listed: Sequence[str]) -> str:
    told = [f"'{one}'" for one in listed]
    return f"{', '.join(told[:-1])} or {told[-1]}" if told[1:] else told[0]


def _error(loc: Loc, value: Any, message: str, right: str | None) -> WantedError:
    given = value if isinstance(value, str | int | float | bool) else "this"
    return WantedError(f"{_dotted(loc)}: {_readable(f'{given}: {message}' + (f'; give {right}' if right else ''))}")


def _dotted(loc: Loc) -> str:
    return ".".join(loc)


def _readable(sentence: str) -> str:
    """A sentence of at most a few lines: the middle of a long value is left out."""
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST // 2]} … {sentence[-(_LONGEST // 2) :]}"


def _likeliest(wrong: str, fields: Mapping[str, Any]) -> str | None:
    """The key most like ``wrong``; of two that are nearly as like, the one that an entry must have."""
    close = difflib.get_close_matches(wrong, fields, n=3)
    return max(close, key=lambda key: _likeness(wrong, key, fields[key]["needed"]), default=None)


def _likeness(wrong: str, key: str, needed: bool) -> float:
    return difflib.SequenceMatcher(None, wrong, key).ratio() + (0.1 if needed else 0)
