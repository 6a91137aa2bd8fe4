"""Which purchases need be looked at? Those that no other one is sure to beat, each with the plan that it makes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from sizing.engine.ranking import Purchase, Scored
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.buying.quality import Promise, Quality
from sizing.search.buying.stock import SAYS, Offered, Says
from sizing.search.formats import serving


@dataclass(frozen=True, eq=False)
class Candidate:
    """An offer with an answer on its machine, and both as plain figures."""

    offered: Offered
    answer: Answer
    figures: Purchase


def considered(offers: Iterable[Offered], quality: Quality) -> list[Candidate]:
    """The candidates among which all unbeaten ones are, offers from the cheapest on and models from the best on."""
    found: list[Candidate] = []
    seen: dict[tuple[object, ...], float] = {}
    for one in offers:
        alike = _alike(one)
        if alike in seen and seen[alike] <= _watts(one):
            continue  # the same inside, for no less money and no fewer watts
        seen[alike] = _watts(one)
        kept = Kept(quality.margin)
        for other in found:
            if other.figures.scored.firm and _counts(other, one):
                kept.add(other.figures.scored)
        found += _promising(one, quality, kept)
    return found


def _alike(one: Offered) -> tuple[object, ...]:
    """What decides every plan on a machine, and whether its price decides anything."""
    rig = one.machine.rig
    places = tuple((place.capacity, place.bandwidth, place.card) for place in rig.places)
    return one.says, one.quote is None, places, rig.unified, rig.backends, rig.nodes, rig.network


def _watts(one: Offered) -> float:
    return inf if one.watts is None else one.watts


def _counts(x: Candidate, one: Offered) -> bool:
    """Whether a candidate can beat what another offer makes."""
    other = x.offered
    return may_beat(other.says, one.says) and other.price <= one.price and _watts(other) <= _watts(one)


def may_beat(says: Says, other: Says) -> bool:
    """Whether one price decides against another: only what says all does, or what says as little."""
    return says in (SAYS[0], other)


class Kept:
    """The best score that is known within so many seconds, for no more money and no more watts."""

    def __init__(self, margin: float) -> None:
        self._margin = margin  # by which a better one is better in any case
        self._seconds: list[float] = []  # ascending, as the scores are
        self._scores: list[float] = []

    def add(self, one: Scored) -> None:
        """A score that is known, unless a sooner one is as high."""
        place = bisect_right(self._seconds, one.seconds)
        if place and self._scores[place - 1] >= one.score:
            return
        after = bisect_right(self._scores, one.score, lo=place)
        self._seconds[place:after] = [one.seconds]
        self._scores[place:after] = [one.score]

    def beat(self, score: float, seconds: float) -> bool:
        """Whether one of them is sure to beat such an answer."""
        place = bisect_right(self._seconds, seconds)
        return place > 0 and self._scores[place - 1] - score >= self._margin


def _promising(one: Offered, quality: Quality, kept: Kept) -> Iterator[Candidate]:
    """What an offer makes of each model of which it is not sure that another candidate beats it."""
    for model in quality.models:
        least = quality.least_seconds(model, one.machine)
        if any(_open(promise, least, quality, kept) for promise in quality.promises(model)):
            found = _candidate(one, model, quality)
            if found is not None and not kept.beat(found.figures.scored.score, found.figures.scored.seconds):
                if found.figures.scored.firm:
                    kept.add(found.figures.scored)  # what only just runs beats nothing that runs with room
                yield found


def _open(promise: Promise, least: float, quality: Quality, kept: Kept) -> bool:
    """Whether a promise may be kept within the wait, and be more than others keep already."""
    takes = promise.written * least
    possible = takes <= quality.wait and least * quality.needs.min_decode <= 1
    return possible and not kept.beat(promise.score, takes)


def _candidate(one: Offered, model: Model, quality: Quality) -> Candidate | None:
    """What an offer makes of a model; None where it does not serve it."""
    p = serving(model, one.machine, quality.question, quality.choices[model.id])
    answer = quality.answer(p) if p is not None else None
    if answer is None:
        return None
    return Candidate(one, answer, Purchase(quality.scored(answer), one.price.amount, _watts(one)))
