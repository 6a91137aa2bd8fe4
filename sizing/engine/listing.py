"""Which answers would a person want listed? Of those that none beats the ones near the best, the newer of equals; and
beside them what else is of note: other makers' best, and what came after the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sizing.engine.ranking import AS_SOON, Scored, apart

# Of what the best one scores above guessing. A model that is faster, but further behind, is no answer to what runs here
# best: who wants speed says how long to wait, and then the best within that wait is what others are near to.
NEAR_BEST: Final = 2 / 3
# Of a rating, which has no score of guessing, the same: one that is 120 points behind wins one vote of three, and an
# equal wins half of them.
NEAR_RATED: Final = 120.4
SAME_SIZE: Final = 0.1  # of the parameters: a model that is followed by another one is about as large as it
LISTED: Final = 6  # answers of a test that are listed by themselves, others' best among them
NEWEST: Final = 3  # models that came after the test, and as many that are expected to do better
SHOWN: Final = LISTED + 2 * NEWEST  # answers that are shown at first: where a test scores them, all that are listed

# What an answer is among those of a search.
EXPECTED: Final = "expected"  # no score of it, but more is expected of it than the best that has one
FRONT: Final = "front"  # none beats it, and it is near the best
BESIDE: Final = "beside"  # the best of its maker, and near the best, though one of the front beats it
BEATEN: Final = "beaten"  # by one of the front, or it is not near the best
NEWER: Final = "newer"  # than the test, which has no score of it
UNSCORED: Final = "unscored"  # no score of it counts


@dataclass(frozen=True)
class Released:
    """Whose a model is, since when, and how large."""

    maker: str
    day: str  # ISO; empty where nobody says
    parameters: int


def listed(answers: Sequence[Scored], released: Sequence[Released], tie: float, least: float) -> list[int]:
    """The places of the answers that are listed, the highest score first: of the score ``least`` at least, none that
    its maker has followed by one as good, and each better than all that are sooner.

    Of those that say the same as the best one, the soonest; of those that are sooner than that, the best again, and so
    on. Where one of these needs the host, or only just runs, those that do not are listed beside them: how fast it is
    depends on a memory that nobody may have asked about, and it takes that memory from everything else.
    """
    known = _worth(answers, released, tie, least)
    kept = _in_turn_sooner(answers, known, tie)
    plain = [i for i in known if answers[i].whole and answers[i].firm]
    if all(answers[i].whole and answers[i].firm for i in kept):
        return kept
    both = list(dict.fromkeys([*kept, *_in_turn_sooner(answers, plain, tie)]))
    better = sorted(both, key=lambda i: (-answers[i].score, answers[i].seconds))
    kept = []
    for place in better:
        if not any(_stands_for(answers[i], answers[place], tie) for i in kept):
            kept.append(place)
    return kept


def others_best(
    answers: Sequence[Scored], released: Sequence[Released], front: Sequence[int], tie: float, least: float
) -> list[int]:
    """The places of the best answer of each maker who has none in the ``front``, the highest score first: those near
    the best, and no more than make ``LISTED`` with the front.

    Each is beaten by one of the front. Who knows its maker, or has it running, wants to see by what and by how much.
    """
    own = dict.fromkeys([released[i].maker for i in front])
    makers: dict[str, list[int]] = {}
    for i in _worth(answers, released, tie, least):
        maker = released[i].maker
        if maker not in own:
            if maker not in makers:
                makers[maker] = []
            makers[maker].append(i)
    best = [_best(answers, places, tie) for _, places in makers.items()]
    return sorted(best, key=lambda i: (-answers[i].score, answers[i].seconds))[: max(0, LISTED - len(front))]


def _worth(answers: Sequence[Scored], released: Sequence[Released], tie: float, least: float) -> list[int]:
    """The places of the answers near the best that their maker has not followed by one as good."""
    return [i for i in range(len(answers)) if answers[i].score >= least and not _followed(answers, released, i, tie)]


def _in_turn_sooner(answers: Sequence[Scored], among: Sequence[int], tie: float) -> list[int]:
    """The best answer, then the best of those that are sooner, and so on; of what only just runs, what says more."""
    kept: list[int] = []
    left = list(among)
    while left:
        best = answers[_best(answers, left, tie)]
        kept.append(_best(answers, left, tie))
        left = [i for i in left if not (soon(best, answers[i]) or _with_room(best, answers[i], tie))]
    return kept


def _with_room(a: Scored, b: Scored, tie: float) -> bool:
    """Whether the one says as much as the other, which only just runs."""
    return a.firm and not b.firm and as_good(a, b, tie)


def _best(answers: Sequence[Scored], among: Sequence[int], tie: float) -> int:
    """Of those that say the same as the highest score, the soonest of what runs with room, if any does; of those as
    soon as that, the highest score."""
    top = answers[_highest(answers, among)]
    alike = [i for i in among if as_good(answers[i], top, tie)]
    firm = [i for i in alike if answers[i].firm]
    alike = firm if len(firm) > 0 else alike
    soonest = alike[0]
    for i in alike:
        if answers[i].seconds < answers[soonest].seconds:
            soonest = i
    return _highest(answers, [i for i in alike if soon(answers[i], answers[soonest])])


def _highest(answers: Sequence[Scored], among: Sequence[int]) -> int:
    found = among[0]
    for i in among:
        more = answers[i].score - answers[found].score
        if more > 0 or (more == 0 and answers[i].seconds < answers[found].seconds):
            found = i
    return found


def _followed(answers: Sequence[Scored], released: Sequence[Released], place: int, tie: float) -> bool:
    """Whether its maker has a newer model of its size that is as good, as soon."""
    for i, other in enumerate(answers):
        if follows(released[i], released[place]) and _stands_for(other, answers[place], tie):
            return True
    return False


def follows(a: Released, b: Released) -> bool:
    """Whether a model is a newer one of the same maker, about as large."""
    newer = a.maker == b.maker and a.day > b.day > ""
    return newer and (1 - SAME_SIZE) * b.parameters <= a.parameters <= (1 + SAME_SIZE) * b.parameters


def _stands_for(a: Scored, b: Scored, tie: float) -> bool:
    """Whether whoever has the one answer needs not the other: it says as much, as soon, needs the host no more, and has
    as much room."""
    return (a.whole or not b.whole) and (a.firm or not b.firm) and soon(a, b) and as_good(a, b, tie)


def as_good(a: Scored, b: Scored, tie: float) -> bool:
    """Whether an answer says as much as another one, however long it takes."""
    return b.score - a.score <= apart(a, b, tie)


def soon(a: Scored, b: Scored) -> bool:
    """Whether an answer stands as soon as another one, for all that a forecast tells."""
    return a.seconds <= b.seconds * (1 + AS_SOON)


def least_listed(best: float, chance: float, rating: bool) -> float:
    """The lowest score that is near the best one, in a test where guessing scores ``chance``."""
    return best - NEAR_RATED if rating else chance + NEAR_BEST * (best - chance)
