"""Which answers does no other beat? Plain figures: scores and what difference says nothing, seconds, price, watts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

AS_SOON: Final = 0.1  # of the seconds: by less, no forecast tells two answers apart


@dataclass(frozen=True)
class Scored:
    """What an answer is ranked by."""

    score: float  # of one edition of one test; higher is better
    spread: float  # half of its 95 % interval, 0 where none is stated
    seconds: float  # until an answer stands; lower is better
    whole: bool = True  # whether the devices hold all of it, so that nothing depends on the host
    firm: bool = True  # whether it keeps the runtime's own margin where it lies, so that it does not only just run


def front(answers: Sequence[Scored], tie: float) -> tuple[int, ...]:
    """The places of the answers that none beats, the highest score first.

    A slower one stays only where its score is higher by more than chance: by more than ``tie``, or than both intervals
    together where both are stated. So a tie goes to the faster.
    """
    kept: list[int] = []
    for place in _by(range(len(answers)), [x.seconds for x in answers], [-x.score for x in answers]):
        mine = answers[place]
        if all(mine.score - answers[i].score > apart(mine, answers[i], tie) for i in kept):
            kept = [place, *kept]  # it scores highest so far
    return tuple(kept)


def apart(a: Scored, b: Scored, tie: float) -> float:
    """The difference in score up to which two say the same."""
    if a.spread > 0 and b.spread > 0:
        return sqrt(a.spread * a.spread + b.spread * b.spread)
    return tie


def _by(places: Sequence[int], first: Sequence[float], second: Sequence[float]) -> list[int]:
    """Places by a figure, then by another, then as they are, each from the lowest on."""
    ordered: list[int] = []
    for place in places:
        at = len(ordered)
        while at > 0 and _before(place, ordered[at - 1], first, second):
            at -= 1
        ordered = [*ordered[:at], place, *ordered[at:]]
    return ordered


def _before(a: int, b: int, first: Sequence[float], second: Sequence[float]) -> bool:
    return first[a] < first[b] or (first[a] == first[b] and second[a] < second[b])


@dataclass(frozen=True)
class Purchase:
    """What a purchase is ranked by: how well and how soon it answers, what it costs, and what it draws."""

    scored: Scored
    price: float  # all of one currency
    watts: float  # under load; infinite where nobody states it


def beats(a: Purchase, b: Purchase, tie: float) -> bool:
    """Whether a purchase is in nothing worse than another one, scores taken as the same where they differ by chance;
    and seconds, where it costs less: nobody pays more for what no forecast tells apart. What only just runs beats
    nothing that runs with room."""
    if b.scored.firm and not a.scored.firm:
        return False
    near = 1 + AS_SOON if a.price < b.price else 1.0
    as_much = a.price <= b.price and a.watts <= b.watts and a.scored.seconds <= b.scored.seconds * near
    return as_much and b.scored.score - a.scored.score <= apart(a.scored, b.scored, tie)


def unbeaten(offers: Sequence[Purchase], tie: float) -> tuple[int, ...]:
    """The places of the purchases that none of them beats, the cheapest first.

    What is left out is beaten by one that stays. As no dearer one beats a cheaper one, more money only adds to them.
    """
    kept: list[int] = []
    for place in _in_turn(offers):
        if not any(beats(offers[i], offers[place], tie) for i in kept):
            kept.append(place)
    return tuple(kept)


def _in_turn(offers: Sequence[Purchase]) -> list[int]:
    """Places so that each comes after all that may beat it: by price, watts, seconds, the higher score, and room."""
    firm = [i for i in range(len(offers)) if offers[i].scored.firm]
    just = [i for i in range(len(offers)) if not offers[i].scored.firm]
    places = _by([*firm, *just], [x.scored.seconds for x in offers], [-x.scored.score for x in offers])
    return _by(places, [x.price for x in offers], [x.watts for x in offers])
