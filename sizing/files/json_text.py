"""What does a JSON file from outside hold? Plain data of a bounded size: what could be too much is counted first."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any, Final

from sizing.errors import SizingError
from sizing.facts.content import MIB, content

_SIZE: Final = 32 * MIB
# Commas, colons and opening brackets, of which each value needs one: a real index of shards has a quarter million.
_MARKS: Final = 700_000
_DEPTH: Final = 50
_DIGITS: Final = 18
_LONGEST: Final = 1 << 16  # characters of a text


def read_json(file: Path) -> Any:
    """What a file of at most 32 MiB holds, in UTF-8 or UTF-16. Raises SizingError, in one line."""
    try:
        return parsed(content(file, _SIZE))
    except ValueError as error:
        raise SizingError(f"{file}: {error}") from None


def parsed(data: bytes) -> Any:
    """JSON as plain data. Raises ValueError in words."""
    if sum(map(data.count, (b",", b":", b"[", b"{"))) > _MARKS:
        raise ValueError("not JSON that a model has: more than half a million values; give a smaller file")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        value, _ = decoded_from(data.decode("utf-16" if wide else "utf-8-sig").strip(), 0, whole=True)
    except UnicodeDecodeError as error:
        raise ValueError(f"not JSON: no UTF-8 text (byte {error.start}); save it as UTF-8") from None
    return value


def decoded_from(text: str, at: int, *, whole: bool = False) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends: with the text, if that is ``whole``.

    Raises ValueError in words.
    """
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: line {error.lineno}: {error.msg.lower()}; give the whole file") from None
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if whole and end < len(text):
        line = text.count("\n", 0, end) + 1
        raise ValueError(f"not JSON: line {line}: more after its end; give the file as it was")
    _keep_within(value)
    return value, end


def _keep_within(value: Any) -> None:
    """Raise ValueError where something is nested deeper, or a text is longer, than a model's files have it."""
    level = [value]
    for _ in range(_DEPTH):
        inside: list[Any] = []
        for outer in level:
            inside += outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ()
        if long := next((one for one in inside if isinstance(one, str) and len(one) > _LONGEST), None):
            raise ValueError(f"not JSON that a model has: a text of {len(long):,} characters; give the file as it was")
        level = [one for one in inside if isinstance(one, dict | list)]
        if not level:
            return
    raise ValueError(_TOO_DEEP)


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(f"not JSON that a model has: a number of {len(text):,} digits; write one that can be")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        for key, value in pairs:
            if found[key] != value:  # a file may say the same twice
                raise ValueError(f"not JSON that can be read: {key[:60]!r} is given twice; keep one")
    return found


_TOO_DEEP: Final = f"not JSON that a model has: nested more than {_DEPTH} deep; give the file as it was"
_DECODER: Final = json.JSONDecoder(parse_int=_whole, object_pairs_hook=_object)
