"""How does a table stand on a page? Named, its cells labelled for phones, a page of its rows at a time.

What Markdown makes of a table is bare. Here it gets a name, a scope for each head, a label on each cell (a phone shows
a row as a card, see `cards`), and a class on those that a card folds away. A table of many rows keeps the first of
them; the rest goes into a file beside the page, which ``tables.mjs`` draws from. Without scripts the first rows
remain, and all of them stand in the data that the site publishes.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from itertools import count, repeat
from pathlib import Path
from typing import Final

from ..labels import tables as labels
from ..labels import units
from . import cards

# Rows that a page holds; a table with a few more than that is shown whole.
PAGE: Final = 25
WHOLE: Final = 30
# Heights of tables that the style sheet knows, in rem: so many steps of these.
STEP: Final = 20
TALLEST: Final = 16
SPARE: Final = 1.1  # too little room is worse than too much
# Columns that may be wider than the page, so that keys must reach what scrolls.
MANY: Final = 9
# A column of so many different short texts, or fewer, is chosen from; so few rows are read sooner than chosen from.
CHOICES: Final = 14
CHOICE_LENGTH: Final = 16
# A column of texts no longer than that keeps each on one line.
SHORT: Final = 10

_TABLE: Final = re.compile(r"<table>\s*<thead>\s*<tr>(.*?)</tr>\s*</thead>\s*<tbody>(.*?)</tbody>\s*</table>", re.S)
_HEADING: Final = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.S)
_PERMALINK: Final = re.compile(r'<a class="headerlink".*?</a>', re.S)
_ROW: Final = re.compile(r"<tr(?P<attributes>[^>]*)>(?P<inner>.*?)</tr>", re.S)
_CELL: Final = re.compile(r"<t[hd](?P<attributes>[^>]*)>(?P<inner>.*?)</t[hd]>", re.S)
_HIDDEN: Final = re.compile(r"<span popover.*?</span>|<button(?! class=\"cited\").*?</button>", re.S)
_TAG: Final = re.compile(r"<[^>]+>")
_BREAK: Final = re.compile(r"<br ?/?>")
_POPOVER: Final = re.compile(r'popovertarget="(?P<name>[^"]+)"(?P<between>.*?)id="(?P=name)"', re.S)
_FIGURES: Final = "right"  # in the style of a head that Markdown aligns so
_KEY: Final = re.compile(r'<span class="key">(.*?)</span>', re.S)


@dataclass(frozen=True)
class Column:
    """A column's head, whether it holds figures, whether a card shows it at once, whether it is narrow, and what class
    it has on a card for its width."""

    name: str
    figures: bool
    shown: bool
    short: bool
    style: Sequence[str]

    @property
    def classes(self) -> list[str]:
        """What the style sheet knows of its head."""
        return ["figures"] * self.figures + ["keep"] * (self.short and not self.figures)


@dataclass
class Dressed:
    """A page's HTML with its tables dressed, and the files that lie beside it, by their names."""

    html: str
    files: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Put the files into the page's folder of the built site."""
        for name, text in self.files.items():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


def dressed(html: str) -> Dressed:
    """``html`` with every bare table dressed."""
    page, html = Dressed(""), _numbered(html)
    headings = [(found.start(), _text(_PERMALINK.sub("", found[2]))) for found in _HEADING.finditer(html)]

    def dress(found: re.Match[str]) -> str:
        name = next((text for at, text in reversed(headings) if at < found.start()), "")
        return _dressed(name, found[1], found[2], page.files)

    page.html = _TABLE.sub(dress, html)
    return page


def _dressed(name: str, head: str, body: str, files: dict[str, str]) -> str:
    found = list(_ROW.finditer(body))
    cells = [[units.RANGE.sub(_range_of, cell["inner"]) for cell in _CELL.finditer(row["inner"])] for row in found]
    told = [[_lines(cell) for cell in row] for row in cells]
    tracks, columns = _columns(head, told)
    rows = [_row(columns, row["attributes"], *own) for row, *own in zip(found, cells, told, strict=True)]
    # Rows are found by the pages of what they name; in a result they would stand as one long line. The search leaves
    # out what its marked element holds until the first inner one of the same name ends.
    scrolled, tall = ' tabindex="0"' if len(columns) >= MANY else "", _tall(columns, told, tracks)
    opened, tools, pager = f'<section class="table {tall}"{scrolled} data-search-exclude="">', "", ""
    if len(rows) > WHOLE:
        file = f"rows-{len(files) + 1}.json"
        files[file] = json.dumps(rows[PAGE:], ensure_ascii=False, separators=(",", ":"))
        version = sha256(files[file].encode()).hexdigest()[:8]
        data = f'data-rows="{file}?{version}" data-page="{PAGE}" data-search-exclude=""'
        opened = f'<section class="table paged {tall}" {data}>'
        tools, pager = _tools(columns, cells), _pager(len(rows))
        rows = rows[:PAGE]
    heads = "".join(_head(column) for column in columns)
    label = f' aria-label="{escape(name)}"' if name else ""
    return (
        f'{opened}{tools}<table class="data tracks-{tracks}"{label}><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>{pager}</section>"
    )


def _columns(head: str, rows: Sequence[Sequence[str]]) -> tuple[int, list[Column]]:
    """How many tracks the cards of a table have, and its columns, by the lines of its cells. A card shows those that
    are marked for it, else all."""
    heads = [(cell["inner"].strip(), _FIGURES in cell["attributes"]) for cell in _CELL.finditer(head)]
    marked = [i for i, (inner, _) in enumerate(heads) if i and _KEY.fullmatch(inner)]
    texts = [[row[i] for row in rows if i < len(row)] for i in range(len(heads))]
    wide = [cards.needed(_text(inner), own) for (inner, _), own in zip(heads, texts, strict=True)]
    tracks = cards.tracks([wide[i] for i in marked or range(1, min(len(heads), cards.FACTS + 1))])
    return tracks, [
        Column(
            name=_KEY.sub(r"\1", inner),
            figures=figures,
            shown=i in marked or not marked,
            short=max(map(len, texts[i]), default=0) <= SHORT,
            style=cards.style(wide[i], tracks) if i else [],
        )
        for i, (inner, figures) in enumerate(heads)
    ]


def _tall(columns: Sequence[Column], told: Sequence[Sequence[str]], tracks: int) -> str:
    """The class of how tall a phone's cards are: it leaves room for them before it lays them out. What is taller than
    its room would lie under what follows."""
    spans = [cards.span(column.style, tracks) for column in columns]
    rem = 0.0
    for row in told if len(told) <= WHOLE else told[:PAGE]:
        more = _folded(columns, row)
        facts = [(i, text) for i, text in enumerate(row) if i and i not in more and text not in cards.NOTHING]
        rem += cards.height(row[0], [(text, spans[i]) for i, text in facts], tracks)
    return f"tall-{min(TALLEST, max(1, math.ceil(SPARE * rem / STEP))) * STEP}"


def _folded(columns: Sequence[Column], texts: Sequence[str]) -> set[int]:
    return cards.folded(texts, [i for i, column in enumerate(columns) if column.shown])


def _range_of(found: re.Match[str]) -> str:
    return f'<small class="range">{found[0]}</small>'


def _head(column: Column) -> str:
    return f'<th scope="col"{_class(column.classes)}>{column.name}</th>'


def _row(columns: Sequence[Column], attributes: str, cells: Sequence[str], texts: Sequence[str]) -> str:
    more = _folded(columns, texts)
    style = _class(["head"] * cards.heads(texts) + ["folds"] * bool(more))
    return f"<tr{style}{attributes}>{''.join(map(_cell, columns, cells, texts, count(), repeat(more)))}</tr>"


def _cell(column: Column, inner: str, text: str, number: int, more: Collection[int]) -> str:
    if not number:
        return f"<td{_class(column.classes)}>{inner}</td>"
    own = ["more"] * (number in more) + ["nothing"] * (text in cards.NOTHING)
    return f"<td{_class([*column.classes, *column.style, *own])}{_label(column)}>{inner}</td>"


def _class(names: Sequence[str]) -> str:
    return f' class="{" ".join(names)}"' if names else ""


def _label(column: Column) -> str:
    return f' data-label="{escape(_text(column.name))}"'


def _tools(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Above a table: a field to look for words, choices of the columns that have few, ranges of those with figures."""
    choices = "".join(_choice(i, column, rows) for i, column in enumerate(columns) if i and not column.figures)
    ranges = "".join(_range(i, column) for i, column in enumerate(columns) if column.figures)
    folded = f"<details><summary>{labels.BY_FIGURES}</summary><div>{ranges}</div></details>" if ranges else ""
    return (
        f'<div class="table-tools" role="group" aria-label="{labels.FILTER}">'
        f'<input type="search" aria-label="{labels.FILTER}" placeholder="{labels.filter_hint(len(rows))}" '
        f'autocomplete="off" spellcheck="false">{choices}{folded}</div>'
    )


def _choice(number: int, column: Column, rows: Sequence[Sequence[str]]) -> str:
    texts = Counter(_text(row[number]) for row in rows if number < len(row))
    values = [value for value, _ in texts.most_common() if value]
    if not 2 <= len(values) <= CHOICES or max(map(len, values)) > CHOICE_LENGTH:
        return ""
    name = escape(_text(column.name))
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<select data-column="{number}" aria-label="{name}"><option value="">{name}</option>{options}</select>'


def _range(number: int, column: Column) -> str:
    name = escape(_text(column.name))
    fields = "".join(
        f'<input data-column="{number}" data-end="{end}" inputmode="decimal" size="5" autocomplete="off" '
        f'aria-label="{units.clauses([name, word])}" placeholder="{word}">'
        for end, word in (("low", labels.FROM), ("high", labels.TO))
    )
    return f"<span>{name} {fields}</span>"


def _pager(total: int) -> str:
    pages = -(-total // PAGE)
    return (
        f'<div class="pager" role="group" aria-label="{labels.PAGES}"><button type="button" data-step="-1" disabled>'
        f'{labels.PREVIOUS}</button><output aria-live="polite">{labels.shown(1, pages, total)}</output>'
        f'<button type="button" data-step="1">{labels.NEXT}</button></div>'
    )


def _text(html: str) -> str:
    """What a reader sees of a cell at once."""
    return " ".join(unescape(_TAG.sub("", _HIDDEN.sub("", html))).split())


def _lines(html: str) -> str:
    """The same, its lines apart."""
    return "\n".join(map(_text, _BREAK.split(_HIDDEN.sub("", html))))


def _numbered(html: str) -> str:
    """``html`` with a name of its own for each popover: two cells may cite the same pages."""
    numbers = count(1)

    def name(found: re.Match[str]) -> str:
        number = f"sources-{next(numbers)}"
        return f'popovertarget="{number}"{found["between"]}id="{number}"'

    return _POPOVER.sub(name, html)
