"""Where does a fact stand? The addresses of an entry's sources that support some of its keys."""

from __future__ import annotations

from collections.abc import Iterable

from sizing.facts.entries.common import Source


def addresses(sources: Iterable[Source], *keys: str) -> tuple[str, ...]:
    """Addresses of the sources that are said to support one of these keys, and of those that say nothing of that; of
    all, where none remains."""
    every = list(sources)
    own = [one for one in every if not keys or not one.keys or any(key.split(".")[0] in keys for key in one.keys)]
    return tuple(dict.fromkeys(one.url for one in own or every))
