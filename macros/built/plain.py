"""How does a page read as plain text? Markdown without the HTML that its macros write: links, code and words remain.

It is for readers that are programs, and for notes: what opens on a click stands in the text, ids and marks are gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

_FENCE: Final = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.S | re.M)
_LINK: Final = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
_BUTTON: Final = re.compile(r"<button(?P<attributes>[^>]*)>(?P<text>.*?)</button>", re.S)
_DRAWN: Final = re.compile(r"<(figure|svg|script|style)\b.*?</\1>", re.S)
_CODE: Final = re.compile(r"<code>(.*?)</code>", re.S)
_BREAK: Final = re.compile(r"<br\s*/?>")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKS: Final = re.compile(r" ?\{(?::| ?[.#])[^{}\n]*\}")
_EMPTY: Final = re.compile(r"\n{3,}")


def plain(markdown: str, drawn: Callable[[str], str] = lambda _: "") -> str:
    """Markdown as it was written, of which only blocks of code are left as they are; ``drawn`` says what stands for a
    picture."""
    text = outside_code(markdown, lambda part: _words(part, drawn))
    return _EMPTY.sub("\n\n", text).strip() + "\n"


def outside_code(markdown: str, said: Callable[[str], str]) -> str:
    """Markdown with all but its blocks of code as ``said``."""
    parts, at = [], 0
    for block in _FENCE.finditer(markdown):
        parts += [said(markdown[at : block.start()]), block[0]]
        at = block.end()
    return "".join([*parts, said(markdown[at:])])


def _words(text: str, drawn: Callable[[str], str]) -> str:
    text = _BUTTON.sub(_pressed, _DRAWN.sub(lambda found: drawn(found[0]), text))
    text = _CODE.sub(r"`\1`", _LINK.sub(r"[\2](\1)", _BREAK.sub(" ", text)))
    return _characters(_MARKS.sub("", _TAG.sub("", text)))


def _pressed(found: re.Match[str]) -> str:
    """A button's text, where it is a figure whose source it opens."""
    return f"{found['text']} " if 'class="cited"' in found["attributes"] else ""


def _characters(text: str) -> str:
    """Characters for their references, but for those that would end a cell."""
    return unescape(text.replace("&#124;", "\\|"))
