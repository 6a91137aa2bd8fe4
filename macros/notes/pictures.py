"""How does a picture of a page stand by itself? As an SVG file: its own colours, light and dark, and its words inside.

A picture of rows is HTML on a page, so that a phone keeps its words; here each row is a name, the line, and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

WIDTH, NAME, GAP = 760, 190, 12
ROW: Final = 44
LINE: Final = 18  # a line's height
KEY: Final = 22
PADDING: Final = 16

_WHOLE: Final = re.compile(r"<svg (viewBox=\"0 0 ([\d.]+) ([\d.]+)\"[^>]*)>(.*?)</svg>", re.S)
_TITLE: Final = re.compile(r"<figcaption>(.*?)</figcaption>|aria-label=\"([^\"]*)\"", re.S)
_ROWS: Final = re.compile(r"<ol>(.*?)</ol>", re.S)
_KEYS: Final = re.compile(r'<ul class="keys">(.*?)</ul>', re.S)
_ROW: Final = re.compile(
    r'<li><span class="name">(.*?)</span><svg[^>]*>(.*?)</svg><span class="told">(.*?)</span></li>', re.S
)
_KEY: Final = re.compile(r"<li><svg[^>]*>(.*?)</svg>(.*?)</li>", re.S)
_TAG: Final = re.compile(r"<[^>]+>")

STYLE: Final = """
svg { --ink: #1d2129; --soft: #5b6472; --part-weights: #3267c8; --part-cache: #d9822b; --part-buffers: #3c9a5f;
  --part-overhead: #98a1ae; --second: #d9822b; --fails: #c43b3b; color: var(--ink); }
@media (prefers-color-scheme: dark) { svg { --ink: #e4e8ee; --soft: #a5aebb; } }
text { fill: currentcolor; font: 13px system-ui, sans-serif; }
.soft { fill: var(--soft); font-size: 12px; }
.weights { fill: var(--part-weights); } .cache { fill: var(--part-cache); }
.buffers { fill: var(--part-buffers); } .overhead { fill: var(--part-overhead); }
.mark { stroke: var(--fails); stroke-dasharray: 4 3; stroke-width: 2; }
.agree, .quarter { stroke: var(--soft); } .quarter { stroke-dasharray: 3 4; stroke-opacity: 0.5; }
.frame { fill: none; stroke: var(--soft); }
path { fill: none; stroke-linecap: round; stroke-opacity: 0.45; stroke-width: 5; }
path.single { stroke: var(--part-weights); } path.several { stroke: var(--second); }
.single { fill: var(--part-weights); } .several { fill: var(--second); }
"""


def standing_alone(figure: str) -> str | None:
    """A figure's picture as a file's text; None where it holds none, such as a table."""
    rows, whole = _ROWS.search(figure), _WHOLE.search(figure)
    if rows:
        return _of_rows(figure, rows[1])
    return _file(float(whole[2]), float(whole[3]), title_of(figure), whole[4]) if whole else None


def title_of(figure: str) -> str:
    """What a picture shows, on one line, for those who do not see it."""
    found = _TITLE.search(figure)
    words = _words(found[1] or found[2] or "") if found else ""
    return re.sub(r"[\[\]|]", " ", words)


def _of_rows(figure: str, rows: str) -> str:
    found = list(_ROW.finditer(rows))
    keys = _KEYS.search(figure)
    body = "".join(_row(i, *row.groups()) for i, row in enumerate(found))
    legend = list(_key_lines(keys[1], PADDING + ROW * len(found)) if keys else ())
    height = 2 * PADDING + ROW * len(found) + KEY * len(legend)
    return _file(WIDTH, height, title_of(figure), body + "".join(legend))


def _row(number: int, name: str, line: str, told: str) -> str:
    top, left = PADDING + ROW * number, NAME + GAP
    return (
        f'<text x="{NAME}" y="{top + 13}" text-anchor="end">{escape(_words(name))}</text>'
        f'<svg x="{left}" y="{top}" width="{WIDTH - left - PADDING}" height="{LINE}" overflow="visible">{line}</svg>'
        f'<text class="soft" x="{left}" y="{top + LINE + 14}">{escape(_words(told))}</text>'
    )


def _key_lines(keys: str, top: int) -> Iterator[str]:
    for i, (drawn, words) in enumerate(_KEY.findall(keys)):
        at = top + KEY * i
        yield (
            f'<svg x="{NAME + GAP}" y="{at}" width="11" height="11" overflow="visible">{drawn}</svg>'
            f'<text x="{NAME + GAP + 18}" y="{at + 10}">{escape(_words(words))}</text>'
        )


def _file(width: float, height: float, title: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>{body}</svg>\n"
    )


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
