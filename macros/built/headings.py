"""Where does a heading break on a narrow page? Between words: a browser breaks Han within one.

The search's own segmenter tells words, which a ``<wbr>`` parts; the style sheet keeps each whole.
"""

from __future__ import annotations

import re
from typing import Final

import jieba

_HEADING: Final = re.compile(r"(<h[1-3][^>]*>)([^<]+)")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{3,}")
# What stands with the word before it, or with the one behind it.
_BEHIND: Final = frozenset("的了吗呢吧着过地得们个")


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
