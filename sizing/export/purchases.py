"""What does a page show of what to buy? Every purchase that no other beats, found beforehand, whatever the budget.

No purchase is beaten by a dearer one, nor by one that draws more, so those within a budget and a limit of power are the
ones of all of these that keep to them, in the same order: a page only leaves out the others. A test asks both ways.
"""

from __future__ import annotations

from typing import Any, Final

from sizing.catalog import Catalog
from sizing.facts.money import Money
from sizing.facts.quotes import currency_of
from sizing.search import Question
from sizing.search.buying import Bought, Budget, buy

Data = dict[str, Any]

REGION: Final = "CN"  # whose prices the pages tell
USES: Final = ("chat", "coding", "team")  # that are asked for beforehand: each takes seconds
EVERYTHING: Final = 1e9  # more than any machine costs
SHOWN: Final = (
    "model", "machine", "format", "runtime", "context", "sequences", "memory", "places", "verdict", "fits", "runs",
    "decode", "decode_empty", "time_to_first_token",
)  # fmt: skip


def purchases(catalog: Catalog) -> dict[str, list[Data]]:
    """By use, and whether used machines come into question: ``chat`` or ``chat-used``."""
    return {f"{use}-used" if used else use: unbeaten(catalog, use, used=used) for use in USES for used in (False, True)}


def unbeaten(catalog: Catalog, use: str, *, used: bool) -> list[Data]:
    """What no other purchase beats for a use, the best first."""
    everything = Money(EVERYTHING, currency_of(REGION))
    found = buy(catalog, Budget(most=everything, region=REGION, used=used), Question(use=use))
    return [_told(catalog, one) for one in found]


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
    }
