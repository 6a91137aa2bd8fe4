"""One thing has one entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.check.rules import twins
from tests.sizing.check.seen import SOURCES, card, devices, found

TIP = "keep one of the two, or "
OFFERS = "currency: USD\nregion: US\nsources: {s}\noffers:\n  one: {{{one}}}\n  other: {{{other}}}\n"
OFFER = "device: card, kind: new, amount: 1599, covers: card, seller: Shop, date: 2026-11-01"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("RTX 4090", "RTX 4090", True),
        ("RTX 4090", "RTX-4090", True),
        ("GeForce RTX 4090", "geforce rtx4090", True),
        ("RTX 4090", "RTX 4090 D", False),
        ("RTX 4090", "RTX 4090+", False),
    ],
)
def test_by_name(tmp_path: Path, one: str, other: str, same: bool) -> None:
    told = found(tmp_path, twins.RULE, devices__x=devices(one=card(name=one), other=card(name=other)))
    actual = "other is called the same as one"
    assert told == ([("devices.other", actual, "one entry for one thing", f"{TIP}rename one")] if same else [])


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("amount: 1599", "amount: 1699", True),  # a shop asks one price on a day
        ("Shop", "shop.", True),
        ("2026-11-01", "2026-11-02", False),
        ("kind: new", "kind: used", False),
    ],
)
def test_by_what_is_asked_for_it(tmp_path: Path, old: str, new: str, same: bool) -> None:
    text = OFFERS.format(s=SOURCES, one=OFFER, other=OFFER.replace(old, new))
    told = found(tmp_path, twins.RULE, offers__x=text, devices__x=devices(card=card()))
    actual = "other is an offer of the same as one"
    assert told == ([("offers.other", actual, "one entry for one thing", f"{TIP}correct what differs")] if same else [])
