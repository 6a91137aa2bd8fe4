"""What is a price made of? Each offer, how many of it, its day and its source."""

from __future__ import annotations

from sizing.explain.cited import addresses
from sizing.explain.step import Part
from sizing.explain.terms import Term, added, named, plain
from sizing.facts.quotes import Priced, Quote


def price(quote: Quote | None) -> Part | None:
    """What a machine costs, by the offers that say it; None where nobody states it."""
    if quote is None:
        return None
    part, unit = Part("price"), quote.money.currency + (f"/{quote.per}" if quote.per else "")
    found = [_one(part, one, unit, i) for i, one in enumerate(quote.priced)]
    note = f"{quote.region} {quote.kind} {quote.covers}"
    part.take("price", added(found), unit, note=f"{note} {quote.date.isoformat()}")
    return part


def _one(part: Part, one: Priced, unit: str, number: int) -> Term:
    offer = one.offer
    amount = named("amount", offer.amount, unit, "fact", addresses(offer.sources))
    times = named("count", one.times) if one.times != 1 else plain(1)
    term = amount * times if one.times != 1 else amount
    note = f"{offer.of} {offer.region} {offer.kind} {offer.date.isoformat()}"
    return part.take("offer", term, unit, f"{number + 1}", note=note)
