"""Which days can a fact be of? None before there was such hardware, and none that nobody has seen."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sizing.errors import SizingError

PATTERN: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
FIRST: Final = date(2000, 1, 1)

_WRITTEN: Final = date(2026, 11, 26)  # no clock is right that shows an earlier day


EPOCH: Final = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970


def today() -> date:
    """The day it is, or that of ``$SOURCE_DATE_EPOCH``, by which builds and tests come out alike on every day.

    Raises SizingError where that is no number of seconds.
    """
    said = os.environ.get(EPOCH)
    if not said:
        return date.today()
    try:
        return datetime.fromtimestamp(int(said), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SizingError(f"${EPOCH} is {said!r}; give whole seconds since 1970, or leave it out") from None


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
