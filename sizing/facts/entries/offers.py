"""What may a price say?"""

from __future__ import annotations

from typing import Annotated, Literal

from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Bounded, Date, Money


class Price(Entry):
    """A dated price."""

    amount: Money = about("a number above zero, such as 1599")
    currency: Literal["USD", "CNY", "EUR"] = about("USD, CNY or EUR")
    region: Annotated[str, Bounded(strict=True, pattern="^[A-Z]{2}$")] = about("the country's code, such as US")
    date: Date = about("the day it held, such as 2022-09-20")
    kind: Literal["launch", "list", "street", "used", "rent"] = about("launch, list, street, used or rent")
    covers: Literal["whole", "card", "node"] = about("whole, card (one card alone) or node (one node)")
    per: Literal["hour"] | None = about("hour, where it is a rent", default=None)

    def __post_init__(self) -> None:
        if (self.kind == "rent") != (self.per is not None):
            raise ValueError("a rent is per hour, and nothing else is: give kind: rent and per: hour together")
