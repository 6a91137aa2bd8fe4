"""Which days can a fact be of? None before there was such hardware, and none that nobody has seen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

PATTERN: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
FIRST: Final = date(2000, 1, 1)

_WRITTEN: Final = date(2026, 11, 26)  # no clock is right that shows an earlier day


def latest() -> date:
    """The last day that can have been: somewhere it is tomorrow already."""
    return max(date.today(), _WRITTEN) + timedelta(days=1)


def day(value: object, first: date = FIRST) -> date:
    """``2026-11-20`` as a day. Raises ValueError in words."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and re.fullmatch(PATTERN, value) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError("is not a date; write it as 2026-11-20")
    if not first <= found <= latest():
        raise ValueError(f"is not a day from {first} to today; write the day that it was")
    return found
