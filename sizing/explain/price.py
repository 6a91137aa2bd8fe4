"""What is a price made of? Each offer, how many of it, its day and its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sizing.explain.case import Case
from sizing.explain.step import Part
from sizing.explain.terms import Term, added, named, plain


def price(case: Case) -> Part | None:
    """What a machine costs, by the offers that say it; None where nobody states it."""
    told = case.facts["price"]
    if told is None:
        return None
    part, unit = Part("price"), told["unit"]
    found = [_one(part, one, unit, i) for i, one in enumerate(told["offers"])]
    part.take("price", added(found), unit, note=told["note"])
    return part


def _one(part: Part, offer: Sequence[Any], unit: str, number: int) -> Term:
    asked, times, note, sources = offer
    amount = named("amount", asked, unit, "fact", sources)
    term = amount * (named("count", times) if times != 1 else plain(1)) if times != 1 else amount
    return part.take("offer", term, unit, f"{number + 1}", note=note)
