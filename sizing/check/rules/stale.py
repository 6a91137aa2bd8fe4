"""Which prices are too old to decide anything, though nobody stated a newer one of the same?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.money import STALE_DAYS


def _look(seen: Seen) -> Iterator[Finding]:
    if seen.catalog is None:
        return
    places = {one.id: placed for one, placed in seen.priced()}
    for offer in sorted(seen.catalog.market.stale_offers(), key=lambda one: (one.date, one.id)):
        yield at(
            places[offer.id],
            ("date",),
            actual=f"the newest figure of {offer.id} is of {offer.date}",
            expected=f"one of the last {STALE_DAYS} days",
            tip="add a newer one beside it; until then it decides nothing",
        )


RULE: Final = Rule("stale", "warning", _look)
