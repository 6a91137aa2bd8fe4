"""Where does a line break on a narrow page? A heading between words, a sentence never between a figure and its unit.

A browser breaks Han within a word. The search's own segmenter tells words, which a ``<wbr>`` parts in headings; the
style sheet keeps each whole.
"""

from __future__ import annotations

import re
from typing import Final

import jieba

from ..labels import breaks as labels

_HEADING: Final = re.compile(r"(<h[1-3][^>]*>)([^<]+)")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{3,}")
# What stands with the word before it, or with the one behind it.
_BEHIND: Final = frozenset(labels.BEHIND)
# What a figure is counted in, a space behind it; tables have their own way to keep it, and code says what is typed.
_UNITS: Final = "|".join(("%", "[KMGT]i?B(?:/s)?", "tok/s", "TFLOPS", "TOPS", "W", *labels.COUNTED_IN))
_PIECE: Final = re.compile(
    rf"<(table|pre|code|svg|figure)\b.*?</\1>|<[^>]+>|(?<=\d) (?=(?:{_UNITS})(?![A-Za-z\d]))", re.S
)


def whole(html: str) -> str:
    """``html`` in whose sentences a figure stays with its unit."""
    return _PIECE.sub(lambda found: "\u00a0" if found[0] == " " else found[0], html)


def breaking(html: str) -> str:
    """``html`` whose headings break between words alone."""
    return _HEADING.sub(lambda found: found[1] + _HAN.sub(lambda han: _parted(han[0]), found[2]), html)


def _parted(han: str) -> str:
    parted: list[str] = []
    for word in jieba.cut(han):
        if parted and word in _BEHIND:
            parted[-1] += word
        else:
            parted.append(word)
    return "<wbr>".join(parted)
