"""How does a row stand on a phone? As a card: its name, four facts at most, the rest folded; wide facts across it.

A card has tracks, as many as leave its facts in even lines: four where all of them are short, two where they are
longer, else three. A fact takes one of them, two, or all, as its column's longest text needs, so that cards stand in
line with one another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

# Facts below the name at once.
FACTS: Final = 4
# What says that there is nothing: a card leaves it out.
NOTHING: Final = frozenset({"", "—"})
# By tracks: how wide a text may be for one of them. A letter or digit is 1 wide, Han 2; labels are smaller.
ONE: Final = {4: 11.0, 2: 22.0, 3: 15.0}
LABEL: Final = 0.88
_DOUBLE: Final = frozenset("WF")  # East Asian wide and full width


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


def folded(texts: Sequence[str], shown: Sequence[int]) -> set[int]:
    """The cells that a card folds away: of those that say something, all but the first of ``shown``."""
    told = [i for i, text in enumerate(texts) if i and text not in NOTHING]
    first = [i for i in shown if i in told] or told
    return set(told) - set(first[:FACTS])


def heads(texts: Sequence[str]) -> bool:
    """Whether a row says one thing alone: it heads the rows below it."""
    return len(texts) > 1 and texts[0] not in NOTHING and all(text in NOTHING for text in texts[1:])
