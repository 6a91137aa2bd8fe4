"""Is it text? Characters that a reader sees, each as it stands: no control, invisible or bidirectional one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Line ends and tabs, which a file holds, and two spaces that Python calls unprintable though they are seen as gaps.
_GAPS: Final = str.maketrans("\n\r\t\u00a0\u3000", "     ")
# What Python calls printable and nobody sees: fillers, joiners, variation selectors, marks of Khmer and Mongolian.
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def strange(text: str) -> int | None:
    """The place of the first character that is no text; None where there is none. Line ends and tabs are left alone."""
    if text.replace("\n", " ").isprintable() and (text.isascii() or not _UNSEEN.search(text)):
        return None
    plain = text.translate(_GAPS)
    if plain.isprintable() and not _UNSEEN.search(plain):
        return None
    return next(i for i, c in enumerate(plain) if not c.isprintable() or _UNSEEN.match(c))


def named(character: str) -> str:
    """A character that is not seen, in words: U+202E (right-to-left override)."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
