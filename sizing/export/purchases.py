"""What does a page show of what to buy? Every purchase that no other beats, found beforehand, whatever the budget.

No purchase is beaten by a dearer one, nor by one that draws more, so those within a budget and a limit of power are the
ones of all of these that keep to them, in the same order: a page only leaves out the others. A test asks both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.facts.money import Money
from sizing.facts.quotes import currency_of
from sizing.search import Question
from sizing.search.buying import PLATFORMS, Bought, Budget, considered, stock, worth
from sizing.search.buying.budget import Platform
from sizing.search.buying.considered import Candidate
from sizing.search.buying.quality import Quality

Data = dict[str, Any]

REGIONS: Final = ("CN", "US")  # whose prices the pages tell
USES: Final = ("chat", "coding", "team")  # that are asked for beforehand: each takes seconds
EVERYTHING: Final = 1e9  # more than any machine costs
SHOWN: Final = (
    "model", "machine", "format", "runtime", "context", "sequences", "memory", "places", "verdict", "fits", "runs",
    "decode", "decode_empty", "time_to_first_token",
)  # fmt: skip


def purchases(catalog: Catalog) -> dict[str, list[Data]]:
    """By region, use, whether used machines come into question, and platform: ``CN/chat``, ``US/coding-used-mac``."""
    asked = product((one for one in REGIONS if one in catalog.market.regions), USES, (False, True))
    return {name: found for one in asked for name, found in _platforms(catalog, *one)}


def _platforms(catalog: Catalog, region: str, use: str, used: bool) -> Iterator[tuple[str, list[Data]]]:
    """What no other purchase beats for a use, of every platform: the best first."""
    quality, everything = Quality.of(catalog, Question(use=use)), Money(EVERYTHING, currency_of(region))
    found: dict[Platform, list[Candidate]] = {}
    for platform in PLATFORMS[1:]:
        budget = Budget(most=everything, region=region, used=used, platform=platform)
        found[platform] = considered(stock(catalog, budget), quality)
    # What is worth it of all is worth it of its own kind.
    found["any"] = [one for candidates in found.values() for one in candidates]
    for platform, candidates in found.items():
        name = "-".join([use, *(["used"] if used else []), *([platform] if platform != "any" else [])])
        yield f"{region}/{name}", [_told(catalog, one) for one in worth(candidates, quality, region)]


def _told(catalog: Catalog, one: Bought) -> Data:
    """What a list shows of a purchase: its plan's numbers, its score and its price."""
    plan, beside, better = one.plan.outcome.as_dict(), one.beside, one.beaten_by
    return {
        "plan": {name: plan[name] for name in SHOWN},
        "name": one.offered.name,
        "seconds": one.seconds,
        "score": one.score and {"value": one.score.value, "mode": one.score.mode},
        "benchmark": one.benchmark and {"name": one.benchmark.name, "edition": one.benchmark.edition},
        "says": one.offered.says,
        "price": {"amount": round(one.price.amount, 2), "currency": one.price.currency},
        "beside": beside and {"amount": round(beside[0].amount, 2), "currency": beside[0].currency},
        "offer": one.offer and one.offer.as_dict(catalog.market.today),
        "watts": one.offered.watts,
        "beaten_by": better.as_dict() if better else None,
        "month": _month(one),
    }


def _month(one: Bought) -> Data:
    """What a month of a day's use costs: by owning, by renting, by an API; and from which use on owning is cheaper."""
    ways = one.instead
    costs = {"own": ways.own, "rent": ways.rent, "api": ways.api}
    return {
        **{way: round(cost.month.amount, 2) if cost else None for way, cost in costs.items()},
        "currency": one.price.currency,
        "rented": ways.rented.machine.name if ways.rented and ways.rented.machine else None,
        "even": {"rent": ways.break_even_rent, "api": ways.break_even_api},
    }
