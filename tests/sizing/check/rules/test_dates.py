"""A price is read after it held, and nobody sells what is not out yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.check.rules import dates
from tests.sizing.check.seen import SOURCES, card, devices, found

TIP = "correct the day that is wrong"
OFFER = (
    "currency: USD\nregion: US\nsources: {s}\noffers:\n"
    "  an-offer: {{device: card, kind: {kind}, amount: 1599, covers: card, seller: a shop, date: {date}}}\n"
)
MACHINE = (
    "machines:\n"
    "  a-pc: {{kind: desktop, name: PC, devices: [{{device: card}}], host: pc, released: {day}, sources: {s}}}\n"
)


@pytest.mark.parametrize(
    ("kind", "date", "actual", "expected"),
    [
        ("new", "2024-05-01", "", ""),
        ("new", "2026-11-20", "", ""),  # on the day it was read
        ("new", "2026-11-21", "2026-11-21, read on 2026-11-20", "a day before it was read, or that day"),
        ("used", "2022-01-01", "a price of 2022-01-01", "one of 2022-10-12 or later, when it was released"),
        ("launch", "2022-09-20", "", ""),  # on the day it was announced
    ],
)
def test_of_an_offer(tmp_path: Path, kind: str, date: str, actual: str, expected: str) -> None:
    told = found(
        tmp_path, dates.RULE,
        devices__x=devices(card=card()), offers__x=OFFER.format(s=SOURCES, kind=kind, date=date),
    )  # fmt: skip
    assert told == ([("offers.an-offer.date", actual, expected, TIP)] if actual else [])


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2022-10-12", None), ("undisclosed", None), ("2022-02-12", "2022-10-12 or later, when its card was released")],
)
def test_a_machine_is_no_older_than_its_card(tmp_path: Path, day: str, expected: str | None) -> None:
    told = found(
        tmp_path, dates.RULE, devices__x=devices(card=card()), machines__x=MACHINE.format(s=SOURCES, day=day)
    )  # fmt: skip
    assert told == ([("machines.a-pc.released", day, expected, TIP)] if expected else [])
