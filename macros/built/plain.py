"""How does a page read as plain text? Markdown without the HTML that its macros write: links, code and words remain.

It is for readers that are programs, and for notes: what opens on a click stands in the text, ids and marks are gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final
from urllib.parse import quote

from ..markdown import escape

_FENCE: Final = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.S | re.M)
_LINK: Final = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
_BUTTON: Final = re.compile(r"<button(?P<attributes>[^>]*)>(?P<text>.*?)</button>", re.S)
_DRAWN: Final = re.compile(r"<(figure|svg|script|style)\b.*?</\1>", re.S)
_CODE: Final = re.compile(r"<code>(.*?)</code>", re.S)
_BREAK: Final = re.compile(r"<br\s*/?>")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_KEPT: Final = re.compile(r"\0(\d+)\0")
_REFERENCE: Final = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")
_REFERS: Final = re.compile(r"#?\w+;")  # after an ampersand
_MARKED: Final = frozenset("[]`*\\_|")  # for these all take a backslash
_MEANT: Final = frozenset("<{$")
_MEANT_TWICE: Final = frozenset("~=")  # struck out, and highlighted
_ENDING: Final = re.compile(r"[\s()<>\[\]{}|`\"\\^]")
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


def text_of(told: object) -> str:
    """What the catalog tells, as a plain edition writes it: whatever it holds, it is read as text."""
    return _characters(escape(told))


def _words(text: str, drawn: Callable[[str], str]) -> str:
    codes: list[str] = []

    def kept(found: re.Match[str]) -> str:
        codes.append(_typed(unescape(_TAG.sub("", found[1]))))
        return f"\0{len(codes) - 1}\0"

    text = _BUTTON.sub(_pressed, _CODE.sub(kept, _DRAWN.sub(lambda found: drawn(found[0]), text)))
    text = _LINK.sub(lambda found: f"[{found[2]}]({_address(found[1])})", _BREAK.sub(" ", text))
    text = _characters(_MARKS.sub("", _TAG.sub("", text)))
    return _KEPT.sub(lambda found: codes[int(found[1])], text)


def _typed(text: str) -> str:
    """Code within a line, in a fence longer than any that it holds; a bar would end a cell even there."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text.replace('|', chr(92) + '|')}{space}{fence}"


def _address(reference: str) -> str:
    """A link's target, without what would end it."""
    return _ENDING.sub(lambda found: quote(found[0]), unescape(reference))


def _pressed(found: re.Match[str]) -> str:
    """A button's text, where it is a figure whose source it opens."""
    return f"{found['text']} " if 'class="cited"' in found["attributes"] else ""


def _characters(text: str) -> str:
    """Characters for their references, but for those that Markdown, or what reads it, would take for more than
    themselves: a reference is a character to readers and nothing to Markdown."""
    return _REFERENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    said = unescape(found[0])
    if said in _MARKED:
        return f"\\{said}"
    if said == "&":
        return "&amp;" if _REFERS.match(found.string, found.end()) else "&"
    meant = said in _MEANT or (said in _MEANT_TWICE and _twice(found))
    return f"&#{ord(said)};" if meant else said


def _twice(found: re.Match[str]) -> bool:
    """Whether a reference stands beside another of the same character."""
    text, first, last = found.string, found.start(), found.end()
    return text.startswith(found[0], last) or text.endswith(found[0], 0, first)
