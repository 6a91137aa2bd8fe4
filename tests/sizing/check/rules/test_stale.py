"""A price of half a year ago decides nothing, and is told of until somebody states a newer one."""

from __future__ import annotations

import pytest

from sizing.check import looked
from tests.sizing.conftest import Shelf

FILE = "offers/cards-us.yaml"
OFFER = (
    "  {id}: {{device: rtx-4090, kind: new, amount: 2000, covers: card, seller: a shop, region: DE, date: {date}}}\n"
)


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("2026-11-01",), None),
        (("2026-01-05",), "2026-01-05"),
        (("2026-01-05", "2026-11-01"), None),  # it has been overtaken
        (("2025-01-05", "2026-01-05"), "2026-01-05"),
    ],
)
def test_of_one_card_in_one_place(shelf: Shelf, dates: tuple[str, ...], told: str | None) -> None:
    offers = "".join(OFFER.format(id=f"an-offer-{i}", date=date) for i, date in enumerate(dates))
    shelf.edit(FILE, "\noffers:\n", f"\noffers:\n{offers}")
    found = [one for rule, one in looked(shelf.root).warnings if rule == "stale" and "an-offer" in one.key]
    assert [(one.key, one.actual, one.expected, one.tip) for one in found] == (
        []
        if told is None
        else [
            (
                f"offers.an-offer-{dates.index(told)}.date",
                f"the newest figure of an-offer-{dates.index(told)} is of {told}",
                "one of the last 180 days",
                "add a newer one beside it; until then it decides nothing",
            )
        ]
    )
