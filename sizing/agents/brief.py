"""What of an answer does an agent need? What one would tell, in a tenth of what ``--json`` prints.

Keys are those of ``--json``, with the same meaning. Left out is what says nothing (null, an empty list), what says the
same again, and what only a program would read: which layer lies where, the parts of a price. What was computed is
rounded to four digits; counts and prices are as they are stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Data = dict[str, Any]

# What a program reads: where each layer lies, the commands (a tool of their own), how a price is put together.
_ASIDE: Final = frozenset(("layout", "launch", "parts", "sources", "benchmark", "subject", "by", "day", "text"))
_STATED: Final = frozenset(("amount", "input", "output", "cached"))  # prices
_DIGITS: Final = 4


def brief(answer: Mapping[str, Any]) -> Data:
    """An answer of a command, or a plan, in short."""
    offer = answer.get("offer")
    below = {key: _without(value, offer) if offer else value for key, value in answer.items() if key != "offer"}
    found: Data = _short({**below, "offer": offer})
    return found


def _without(one: Any, offer: Any) -> Any:
    """What an answer holds without the price that it tells itself."""
    if isinstance(one, Mapping):
        return {key: _without(value, offer) for key, value in one.items() if value != offer}
    return one


def _short(one: Any) -> Any:
    if isinstance(one, float):
        rounded = float(f"{one:.{_DIGITS}g}")
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(one, list | tuple):
        return [_short(part) for part in one]
    if not isinstance(one, Mapping):
        return one
    told = {key: value for key, value in one.items() if key not in _ASIDE}
    kept = {key: value if key in _STATED else _short(value) for key, value in told.items()}
    if kept.get("throughput") == kept.get("decode"):
        kept.pop("throughput", None)  # of one sequence they are one
    return {key: value for key, value in kept.items() if value is not None and value not in ([], {})}
