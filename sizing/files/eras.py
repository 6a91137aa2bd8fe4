"""In which half of a year was a build of llama.cpp made? By the days on which others were the newest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from sizing.facts.published import Build


def half(day: date) -> str:
    """An era: 2025H2."""
    return f"{day.year}H{1 if day.month < 7 else 2}"


def era_of(builds: Iterable[Build], build: int, today: date) -> str | None:
    """The half of the year in which llama.cpp's build of that number was made; None where two are possible.

    It is no older than the newest of an earlier day with a smaller number, and no newer than that of a later day.
    """
    known = sorted((one.build, one.day) for one in builds)
    after = bisect_left([number for number, _ in known], build)
    if after == 0:
        return None
    last = known[after][1] if after < len(known) else today
    first = half(known[after - 1][1])
    return first if first == half(last) else None
