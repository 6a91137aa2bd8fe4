"""How is much that is alike told in few bytes? What is said of many things, in the same words of each, word by word.

A mapping of records, or a list of them, becomes a column for each word, in which {"$": kind, …} stands for what it was:

    {"$": "map", "of": [key, …], "to": the list of its values}
    {"$": "records", "many": how many, "words": {word: [places, whether these are all that say it or all that do not,
                                                        the list of what is said]}}
    {"$": "rows", "columns": [list, …]}     lists of one length

``columns.mjs`` reads it, in a page and in a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

MANY: Final = 4  # of fewer, columns save nothing
SPARSE: Final = 2  # nor where so many times more could be said


def told(data: Any) -> Any:
    """What JSON can tell, with like by like; an object with the key "$" is none of it."""
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
