"""How does a row stand on a phone? As a card: its name, four facts at most, the rest folded; wide facts across it.

A card has tracks, as many as leave its facts in even lines: four where all of them are short, two where they are
longer, else three. A fact takes one of them, two, or all, as its column's longest text needs, so that cards stand in
line with one another.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

# Facts below the name at once.
FACTS: Final = 4
# What says that there is nothing: a card leaves it out.
NOTHING: Final = frozenset({"", "—"})
# By tracks: how wide a text may be for one of them. A letter or digit is 1 wide, Han 2; labels are smaller.
ONE: Final = {4: 11.0, 2: 22.0, 3: 15.0}
LABEL: Final = 0.88
# In rem, as the style sheet has them: a card with its name and margins, a fact with its label, a further line of one.
NAME: Final = 2.6
FACT: Final = 2.25
TEXT: Final = 1.2
LINE: Final = 34  # how wide a name may be for a line of its own
_DOUBLE: Final = frozenset("WF")  # East Asian wide and full width


@lru_cache(maxsize=8192)
def width(text: str) -> int:
    """How wide a text is drawn, in letters: Han are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(one) in _DOUBLE else 1 for one in text)


def needed(head: str, cells: Sequence[str]) -> float:
    """How wide a column is whose cells hold ``cells``, lines apart by line ends."""
    lines = [line for cell in cells for line in cell.split("\n")]
    return max(width(head) * LABEL, *map(width, lines), 0)


def tracks(shown: Sequence[float]) -> int:
    """How many tracks cards have whose facts are so wide: those that may be shown at once."""
    fitting = (number for number, most in ONE.items() if len(shown) > 2 and all(one <= most for one in shown))
    return next(fitting, 3)


def style(wide: float, number: int) -> list[str]:
    """The class of a column so wide in a card of ``number`` tracks: none where one of them is enough."""
    most = ONE[number]
    return [] if wide <= most else ["half"] if number > 2 and wide <= 2 * most + 1 else ["wide"]


def height(name: str, facts: Sequence[tuple[str, int]], number: int) -> float:
    """How tall a card of ``number`` tracks stands, in rem: its ``name``, and lines of facts, each with how many tracks
    it takes, beside one another as far as there is room."""
    tall, left, line = NAME + TEXT * (width(name) // LINE), 0, 0
    for text, taken in facts:
        own = sum(max(1, math.ceil(width(one) / (ONE[number] * taken))) for one in text.split("\n"))
        if taken > left:
            tall, left, line = tall + FACT, number, 1
        tall, left, line = tall + TEXT * max(0, own - line), left - taken, max(own, line)
    return tall


def span(style: Sequence[str], number: int) -> int:
    """How many tracks a column of such a class takes."""
    return number if "wide" in style else 2 if "half" in style else 1


def folded(texts: Sequence[str], shown: Sequence[int]) -> set[int]:
    """The cells that a card folds away: of those that say something, all but the first of ``shown``."""
    told = [i for i, text in enumerate(texts) if i and text not in NOTHING]
    first = [i for i in shown if i in told] or told
    return set(told) - set(first[:FACTS])


def heads(texts: Sequence[str]) -> bool:
    """Whether a row says one thing alone: it heads the rows below it."""
    return len(texts) > 1 and texts[0] not in NOTHING and all(text in NOTHING for text in texts[1:])
