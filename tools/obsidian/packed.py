"""How is the plugin's data told in few bytes? Like stands by like, and all of it is compressed.

What is said of many things, of each in the same words, is told word by word: a mapping of records, or a list of them,
becomes a column for each word. So a model more takes some hundred bytes: what it weighs is worked out in the note.

    base85 of zlib of JSON, in which {"$": kind, …} stands for what it was:

    {"$": "map", "of": [key, …], "to": the list of its values}
    {"$": "records", "many": how many, "words": {word: [places, whether these are all that say it or all that do not,
                                                        the list of what is said]}}
    {"$": "rows", "columns": [list, …]}     lists of one length

``obsidian/src/packed.ts`` reads it.
"""

from __future__ import annotations

import json
from base64 import b85encode
from collections.abc import Sequence
from typing import Any, Final

from zopfli import zlib

MANY: Final = 4  # of fewer, columns save nothing
SPARSE: Final = 2  # nor where so many times more could be said


def packed(data: Any) -> bytes:
    """What JSON can tell, without loss; an object with the key "$" is none of it."""
    return b85encode(zlib.compress(json.dumps(told(data), ensure_ascii=False, separators=(",", ":")).encode()))


def told(data: Any) -> Any:
    """The same, with like by like."""
    if isinstance(data, dict):
        values = list(data.values())
        if len(values) >= MANY and all(isinstance(one, (dict, list, tuple)) for one in values):
            return {"$": "map", "of": list(data), "to": _listed(values)}
        return {key: told(value) for key, value in data.items()}
    return _listed(data) if isinstance(data, (list, tuple)) else data


def _listed(every: Sequence[Any]) -> Any:
    if len(every) >= MANY and all(isinstance(one, dict) for one in every):
        words = dict.fromkeys(word for one in every for word in one)
        if len(words) * len(every) <= SPARSE * sum(map(len, every)):
            return {"$": "records", "many": len(every), "words": {word: _column(every, word) for word in words}}
    if len(every) >= MANY and all(isinstance(one, (list, tuple)) for one in every):
        lengths = {len(one) for one in every}
        if len(lengths) == 1 and lengths != {0}:
            return {"$": "rows", "columns": [_listed(column) for column in zip(*every, strict=True)]}
    return [told(one) for one in every]


def _column(every: Sequence[dict[str, Any]], word: str) -> list[Any]:
    """Where a word is said, or where it is not, and what is said."""
    saying = [place for place, one in enumerate(every) if word in one]
    lacking = [place for place, one in enumerate(every) if word not in one]
    few = len(saying) < len(lacking)
    return [saying if few else lacking, few, _listed([one[word] for one in every if word in one])]
