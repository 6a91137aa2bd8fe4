"""How many does a name say, and of what? ``2x-rtx-4090``, ``8卡H100``, ``5090x2``, ``rtx 3090 (x2)``, ``dual 3090``.

A count stands before what is counted or behind it. A letter before an x makes it a word's: the x of 7900 XTX counts
nothing, and neither does that of RTX 4090.
"""

from __future__ import annotations

import re
from typing import Final

from sizing.facts.index import COUNTED, MOST

_NUMBERS: Final = {
    **{word: i for i, word in enumerate("一二三四五六七八九十", start=1)},
    "十六": 16,
    "单": 1,
    "單": 1,
    "双": 2,
    "雙": 2,
    "两": 2,
    "兩": 2,
    "single": 1,
    "dual": 2,
    "twin": 2,
    "two": 2,
    "triple": 3,
    "three": 3,
    "quad": 4,
    "four": 4,
    "six": 6,
    "eight": 8,
}
_PAIRS: Final = "[单單双雙两兩]"  # which need no unit; 二手 is second-hand
_WORD: Final = "十六|[一二三四五六七八九十单單双雙两兩]"
_SAID: Final = "|".join(word for word in _NUMBERS if word.isascii())
_UNIT: Final = "(?:张|張|块|塊|片|卡|枚|路)"  # what counts cards in Chinese
_CARDS: Final = "(?:gpus?|cards?|pcs)"

_BEFORE: Final = re.compile(
    rf"(?:([0-9]+)\s*(?:[x×*]|{_UNIT}|(?<=\s){_CARDS}\b)|[x×*]([0-9]+)\s"
    rf"|({_WORD}){_UNIT}{{1,2}}|({_PAIRS})|({_SAID})\b(?:[ -]{_CARDS}\b)?)[\s-]*(.+)"
)
_BEHIND: Final = re.compile(
    rf"(.+?)[\s-]*(?:[(（]?(?:[×*]|(?<![a-z])x)\s*([0-9]+)[)）]?"
    rf"|[(（]?(?<![0-9a-z])([0-9]+)\s*(?:x|{_UNIT}|{_CARDS})[)）]?|({_WORD}){_UNIT})"
)


def counted(name: str) -> tuple[int | None, str]:
    """How many of what a name says, and of what; None where it says no count. More than there can be is no count where
    another stands behind: 3090x2."""
    if (found := COUNTED.fullmatch(name)) is not None:
        return _number(found[1]), found[2]
    lower = name.strip().lower()
    before, behind = _BEFORE.fullmatch(lower), _BEHIND.fullmatch(lower)
    said = [(_number(next(filter(None, found.groups()[:-1]))), found.groups()[-1]) for found in (before,) if found]
    said += [(_number(next(filter(None, found.groups()[1:]))), found[1]) for found in (behind,) if found]
    return next((one for one in said if one[0] <= MOST), said[0] if said else (None, name))


def _number(said: str) -> int:
    return _NUMBERS[said] if said in _NUMBERS else int(said) if len(said) <= 4 else MOST + 1
