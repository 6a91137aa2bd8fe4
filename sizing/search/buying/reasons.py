"""Why buy this? What a purchase does better than the next one, and which dearer one would do better still."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sizing.engine.ranking import apart
from sizing.facts.money import STALE_DAYS, Money
from sizing.facts.units import significant
from sizing.search.buying.considered import Candidate


@dataclass(frozen=True)
class Gain:
    """How far one of two purchases is better or worse, and which other one is meant."""

    machine: str  # what the other one buys, by its name
    model: str
    format: str
    score: float | None  # more of it; None where they are not told by scores
    alike: bool  # whether that says nothing
    seconds: float  # fewer of them until an answer stands
    price: Money  # more of it
    watts: float | None  # more of them under load; None where one is not known

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "machine": self.machine,
            "model": self.model,
            "format": self.format,
            "score": self.score,
            "alike": self.alike,
            "seconds": self.seconds,
            "price": round(self.price.amount, 2),
            "watts": self.watts,
        }

    def __str__(self) -> str:
        said = [
            *([] if self.alike else _more(self.score, "points more", "points fewer")),
            *_more(self.seconds, "s sooner", "s later"),
        ]
        paid = [
            *_more(self.price.amount, f"{self.price.currency} more", f"{self.price.currency} less", whole=True),
            *_more(self.watts, "W more", "W less", whole=True),
        ]
        alike = "as well, " if self.alike else ""
        return f"{alike}{', '.join(said or ['as soon'])}" + (f" for {' and '.join(paid)}" if paid else "")


def _more(value: float | None, more: str, less: str, *, whole: bool = False) -> list[str]:
    if value is None or abs(value) < 0.05:
        return []
    shown = f"{abs(value):,.0f}" if whole else significant(abs(value))
    return [f"{shown} {more if value > 0 else less}"]


def gain(one: Candidate, than: Candidate, *, meant: Candidate, tie: float) -> Gain:
    """What one does better than another; ``meant`` is which of the two is the other one, and
    ``tie`` the difference in score that says nothing."""
    mine, theirs = one.answer.score, than.answer.score
    watts = None if one.offered.watts is None or than.offered.watts is None else one.offered.watts - than.offered.watts
    p = meant.answer.plan
    return Gain(
        machine=meant.offered.name,
        model=p.model.name,
        format=p.format.id,
        score=mine.value - theirs.value if mine and theirs else None,
        alike=abs(one.figures.scored.score - than.figures.scored.score)
        <= apart(one.figures.scored, than.figures.scored, tie),
        seconds=than.figures.scored.seconds - one.figures.scored.seconds,
        price=one.offered.price - than.offered.price,
        watts=watts,
    )


def why(one: Candidate, over_next: Gain | None, beaten_by: Gain | None, today: dt.date) -> tuple[str, ...]:
    """In words: what it is, what it does better than the next one, and what would beat it."""
    quote, says = one.offered.quote, one.offered.says
    told = [_figures(one)]
    if says.startswith("old") and quote is not None:
        told.append(f"the price is of {quote.date}, more than {STALE_DAYS} days ago ({today}); it decides nothing")
    if says.endswith("cards"):
        told.append("the price is of its cards alone, as nobody states the rest; whole machines are not beaten by it")
    if over_next is not None:
        told.append(f"beside {over_next.machine} with {over_next.model}: {over_next}")
    better = f"{beaten_by.machine} with {beaten_by.model} does better: {beaten_by}" if beaten_by else None
    told.append(better or "nothing within the budget answers better")
    return tuple(told)


def _figures(one: Candidate) -> str:
    answer = one.answer
    said = [f"{answer.plan.model.name} in {answer.plan.format.id}"]
    if answer.score is not None and answer.benchmark is not None:
        said.append(f"{answer.score.value:g} in {answer.benchmark.name} ({answer.benchmark.edition})")
    if answer.seconds is not None:
        said.append(f"an answer in {significant(answer.seconds)} s")
    if one.offered.watts is not None:
        said.append(f"{one.offered.watts:.0f} W under load")
    return ", ".join(said)
