"""What do people get for how much? Bands of budgets, each with the purchases in it that no cheaper one beats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.money import Money
from sizing.facts.quotes import currency_of
from sizing.model import Model
from sizing.money import Use
from sizing.search.buying.bought import BESIDE, DAILY, Bought, buy
from sizing.search.buying.budget import Budget, Platform
from sizing.search.question import CHAT, Question

# Up to how much each of the five bands goes, by currency. These are choices, no facts.
TOPS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType({
    "CNY": (8_000, 15_000, 30_000, 60_000, 150_000),
    "USD": (1_000, 2_000, 4_000, 8_000, 20_000),
})  # fmt: skip


@dataclass(frozen=True)
class Band:
    """The purchases that cost more than one amount and at most another, the best first."""

    over: Money
    most: Money
    beside: Money | None  # the most in dollars, or in yuan where it is in dollars; None without a rate
    answers: tuple[Bought, ...]  # none where what is cheaper does as well

    @property
    def deciding(self) -> tuple[Bought, ...]:
        """Those whose price is of all of it, and not too old."""
        return tuple(one for one in self.answers if one.offered.says == "all")


def bands(
    catalog: Catalog,
    region: str = "CN",
    question: Question = CHAT,
    *,
    model: Model | None = None,
    used: bool = False,
    platform: Platform = "any",
    tops: Sequence[float] | None = None,
    use: Use = DAILY,
) -> list[Band]:
    """The bands of a region in its currency, from the least on. Raises SizingError as ``buy`` does, and where there
    are no bands in a currency and none are given."""
    currency = currency_of(region)
    if tops is None and currency not in TOPS:
        raise SizingError(f"no bands of budgets in {currency}; give their tops")
    edges = sorted(TOPS[currency] if tops is None else tops)
    if not edges:
        raise SizingError("no band has a top; give one or more amounts")
    budget = Budget(most=Money(edges[-1], currency), region=region, used=used, platform=platform)
    # More money only adds to what no other beats, so that one search answers for all of them.
    found = buy(catalog, budget, question, model=model, use=use)
    return [
        Band(
            over=Money(low, currency),
            most=Money(high, currency),
            beside=_beside(catalog, Money(high, currency)),
            answers=tuple(one for one in found if low < one.price.amount <= high),
        )
        for low, high in pairwise([0, *edges])
    ]


def _beside(catalog: Catalog, money: Money) -> Money | None:
    try:
        return catalog.market.exchange.put(money, "CNY" if money.currency == BESIDE else BESIDE)
    except SizingError:
        return None
