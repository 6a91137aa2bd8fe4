"""Which answers does no other beat? Plain figures: a score with the difference that says nothing, and seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Scored:
    """What an answer is ranked by."""

    score: float  # of one edition of one test; higher is better
    spread: float  # half of its 95 % interval, 0 where none is stated
    seconds: float  # until an answer stands; lower is better


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
