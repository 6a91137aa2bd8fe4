"""Are lines spaced as everywhere? No space at a line's end, no two empty lines, and one line end at the end."""

from __future__ import annotations

import re
from typing import Final

_EMPTY: Final = re.compile(r"\n{3,}")
_BLOCK: Final = re.compile(r"(?m)[:-][ \t]+[|>][-+0-9]*[ \t]*(#.*)?$")  # text whose spaces are its own


def mended(text: str) -> str:
    """A file's text, spaced; one that holds a block of text keeps its spaces."""
    text = text.replace("\r\n", "\n")
    if not _BLOCK.search(text):
        text = _EMPTY.sub("\n\n", "\n".join(line.rstrip(" \t") for line in text.split("\n")))
    return text.strip("\n") + "\n"
