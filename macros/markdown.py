"""How is text written so that it stays text? One escaping for Markdown, HTML and SVG, and what is made of it.

A character reference is a character to a browser and nothing to Markdown, so that one function serves them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final, Self

from markupsafe import Markup

from sizing.facts.entries.common import Source
from sizing.plan import Plan

from .labels import facts, plans, units

# What Markdown, an extension of it, or HTML may take for more than itself. An underscore within a word is plain.
_SPECIAL: Final = re.compile(r"""[&<>"'`*~^=+|{}\[\]\\$]|(?<![^\W_])_|_(?![^\W_])""")
# What ends a line, and controls, among them those that Markdown marks its own places with.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ADDRESS: Final = re.compile(r"https?://", re.I)


class Markdown(Markup):
    """Markdown or HTML that a macro wrote. Every other string is text, and is escaped where it is put into one."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: object, /) -> Markdown:
        """``s`` as it is where it was written by a macro, else as text."""
        return escape(s)

    def format(self, *args: object, **kwargs: object) -> Self:
        """What stands for each ``{}``, escaped where it is text. Pages hold some hundred thousand patterns of nothing
        else, which are put together without Python's language of formats."""
        pieces = _pieces(str(self))
        if kwargs or len(pieces) != len(args) + 1:
            return super().format(*args, **kwargs)
        told = [pieces[0]]
        for arg, piece in zip(args, pieces[1:], strict=True):
            told += escape(arg), piece
        return type(self)("".join(told))


@lru_cache(maxsize=1024)
def _pieces(pattern: str) -> list[str]:
    """What stands around each ``{}`` of a pattern; nothing where it has other braces."""
    found = pattern.split("{}")
    return [] if any("{" in piece or "}" in piece for piece in found) else found


def escape(text: object) -> Markdown:
    """``text`` as text in Markdown, HTML, an attribute or SVG, on one line; what a macro wrote stays as it is."""
    if isinstance(text, Markdown):
        return text
    if isinstance(text, Markup):
        return Markdown(text)
    return Markdown(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", _CONTROL.sub(" ", str(text))))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markdown:
    """A Markdown table. A head that ends in ``:`` is over figures, aligned to the right; one that begins with ``*`` is
    over what a phone shows at once."""
    marks = [Markdown("---:" if h.endswith(":") else "---") for h in head]
    return Markdown("\n").join([_row([head_cell(h.removesuffix(":")) for h in head]), _row(marks), *map(_row, rows)])


def head_cell(text: str) -> Markdown:
    """A head; one that begins with ``*`` is marked as what a phone shows at once."""
    key = text.removeprefix("*")
    return escape(text) if key == text else Markdown('<span class="key">{}</span>').format(key)


def _row(cells: Sequence[str]) -> Markdown:
    return Markdown("| {} |").format(Markdown(" | ").join(cells))


def target(name: str) -> Markdown:
    """An anchor in a table's cell."""
    return Markdown('<span id="{}"></span>').format(name)


def keep(text: str) -> Markdown:
    """Text that stays on one line."""
    return Markdown('<span class="keep">{}</span>').format(text)


def code(text: str) -> Markdown:
    """An id, or what is typed."""
    return Markdown("<code>{}</code>").format(text)


def state(p: Plan) -> Markdown:
    """Whether a plan fits, by sign, word and colour."""
    return Markdown('<span class="state {}">{}</span>').format(plans.style(p), plans.outcome(p))


def strong(text: str) -> Markdown:
    """What counts most in a column."""
    return Markdown("**{}**").format(text)


def together(*parts: str) -> Markdown:
    """One after another."""
    return Markdown("").join(parts)


def listed(items: Iterable[str]) -> Markdown:
    """The items of a list in a sentence."""
    return escape(units.AND).join(items)


def lines(parts: Iterable[str]) -> Markdown:
    """Several lines in a cell."""
    return Markdown("<br>").join(parts)


def fenced(text: str, language: str) -> Markdown:
    """A block of code, in a fence longer than any that it holds."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return Markdown(f"{fence}{language}\n{text}{fence}")


def anchor(name: str) -> str:
    """A name as an HTML id that Markdown can state."""
    return re.sub(r"[^\w-]+", "-", name)


def named(name: str, own_id: str) -> Markdown:
    """A name in a table, with a button that copies its id."""
    button = '<button type="button" class="copy" data-clipboard-text="{}" aria-label="{}"></button>'
    return Markdown("{}" + button).format(name, own_id, facts.copies(own_id))


def cite(text: str, url: str, about: str = "") -> Markdown:
    """A link from a figure to the page that it was read at; where something is to be told ``about`` it, a button that
    opens both. ``text`` alone where that is no address of the web."""
    if not _ADDRESS.match(url):
        return escape(text)
    if about:
        return _opened("cited", text, [Markdown("{}<br>{}").format(about, _link(facts.address(url), url))])
    return _link(text, url)


def sources(entries: Iterable[Source]) -> Markdown:
    """A button that opens where facts were read, with the day."""
    return _read(tuple(entries))


@lru_cache(maxsize=4096)
def _read(entries: tuple[Source, ...]) -> Markdown:
    read = [
        Markdown("{}<br>{}").format(
            _link(facts.address(s.url), s.url) if _ADDRESS.match(s.url) else s.url, facts.source(s)
        )
        for s in entries
    ]
    return _opened("sources", facts.sources(len(read)), read) if read else Markdown("")


# Rows and entries cite the same pages over and over. Typed: text that is like markup stays text.
@lru_cache(maxsize=16_384, typed=True)
def _link(text: str, url: str) -> Markdown:
    return Markdown('<a href="{}" rel="noopener">{}</a>').format(url, text)


def _opened(style: str, text: str, told: Sequence[Markdown]) -> Markdown:
    """A button that opens what is ``told``: a browser does so by itself, for fingers and keys alike."""
    inside = Markdown("<br>").join(told)
    name = f"about-{sha256(inside.encode()).hexdigest()[:8]}"
    button = Markdown('<button type="button" class="{}" popovertarget="{}">{}</button>').format(style, name, text)
    return button + Markdown('<span popover="" id="{}" data-search-exclude="">{}</span>').format(name, inside)
