"""What is worth buying? A budget in a region, what is offered within it, and what of that no other offer beats."""

from __future__ import annotations

from sizing.search.buying.bands import Band, bands
from sizing.search.buying.bought import BY, DAILY, Bought, By, buy, cheapest, within, worth
from sizing.search.buying.budget import PLATFORMS, Budget, money, region_of
from sizing.search.buying.considered import considered
from sizing.search.buying.stock import stock, unstated

__all__ = [
    "BY",
    "DAILY",
    "PLATFORMS",
    "Band",
    "Bought",
    "Budget",
    "By",
    "bands",
    "buy",
    "cheapest",
    "considered",
    "money",
    "region_of",
    "stock",
    "unstated",
    "within",
    "worth",
]
