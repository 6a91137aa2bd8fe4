"""What is worth buying? A budget in a region, what is offered within it, and what of that no other offer beats."""

from __future__ import annotations

from sizing.search.buying.bands import Band, bands
from sizing.search.buying.bought import BY, DAILY, Bought, By, buy, cheapest, within
from sizing.search.buying.budget import PLATFORMS, Budget, money, region_of

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
    "money",
    "region_of",
    "within",
]
