"""Which purchases need be looked at? Those that no other one is sure to beat, each with the plan that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
        if alike not in seen or seen[alike] > _watts(
            one
        ):  # else it is the same inside, for no less money and no fewer watts
            seen[alike] = _watts(one)
            found += _promising(one, quality, [x.figures.scored for x in found if _counts(x, one)])
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


def _candidate(one: Offered, model: Model, quality: Quality) -> Candidate | None:
    """What an offer makes of a model; None where it does not serve it."""
    p = serving(model, one.machine, quality.question)
    answer = quality.answer(p) if p is not None else None
    if answer is None:
        return None
    return Candidate(one, answer, Purchase(quality.scored(answer), one.price.amount, _watts(one)))


def _promising(one: Offered, quality: Quality, beating: list[Scored]) -> Iterator[Candidate]:
    """What an offer makes of each model of which it is not sure that another candidate beats it."""
    for model in quality.models:
        least = quality.least_seconds(model, one.machine)
        if any(_open(promise, least, quality, beating) for promise in quality.promises(model)):
            found = _candidate(one, model, quality)
            if found is not None:
                beating.append(found.figures.scored)
                yield found


def _open(promise: Promise, least: float, quality: Quality, beating: Sequence[Scored]) -> bool:
    """Whether a promise may be kept within the wait, and be more than others keep already."""
    takes = promise.written * least
    if takes > quality.wait or least * quality.question.needs.min_decode > 1:
        return False
    return not any(x.score - promise.score >= quality.margin and x.seconds <= takes for x in beating)
