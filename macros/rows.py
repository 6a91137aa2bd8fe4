"""How is a picture of rows drawn, so that a phone shrinks its lines and not its words?

A row is a name, a line as wide as the page leaves room for, drawn in shares of that width, and figures. The figures are
text, so that whoever does not see the lines misses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .labels import units
from .markdown import Markdown, together


@dataclass(frozen=True)
class Part:
    """A part of a bar: the class that colours it, its size, and what is said of it."""

    style: str
    size: float
    told: str


@dataclass(frozen=True)
class Bar:
    """Parts in a row, with what stands before and behind them."""

    name: str
    parts: Sequence[Part]
    total: str

    @property
    def size(self) -> float:
        """All of it, in the parts' unit."""
        return sum(part.size for part in self.parts)


@dataclass(frozen=True)
class Mark:
    """A limit across all bars."""

    size: float
    text: str


@dataclass(frozen=True)
class Dumbbell:
    """Two values of one thing, with its name."""

    name: str
    first: float
    second: float


def stacked(title: str, bars: Sequence[Bar], legend: Mapping[str, str], mark: Mark | None = None) -> Markdown:
    """Bars of parts, the longest as wide as there is room; ``legend`` names each class."""
    largest = max(bar.size for bar in bars) if mark is None else max(mark.size * 1.02, *(bar.size for bar in bars))
    limit = "" if mark is None else _line("mark", mark.size / largest, mark.size / largest)
    rows = (
        _row(
            bar.name,
            together(*_parts(bar, largest), limit),
            Markdown("<b>{}</b> <small>{}</small>").format(
                bar.total, units.listed(part.told for part in bar.parts if part.size)
            ),
        )
        for bar in bars
    )
    drawn = {part.style for bar in bars for part in bar.parts if part.size}
    keys = [
        _key(f'<rect class="{style}" width="100%" height="100%"/>', name)
        for style, name in legend.items()
        if style in drawn
    ]
    if mark is not None:
        keys.append(_key('<line class="mark" x1="50%" y1="0" x2="50%" y2="100%"/>', mark.text))
    return _figure("bars", title, rows, keys)


def _parts(bar: Bar, largest: float) -> Iterable[Markdown]:
    before = 0.0
    for part in bar.parts:
        rect = Markdown('<rect class="{}" x="{}" width="{}" height="100%"/>')
        yield rect.format(part.style, _share(before / largest), _share(part.size / largest))
        before += part.size


def dumbbells(title: str, pairs: Sequence[Dumbbell], legend: Mapping[str, str]) -> Markdown:
    """Pairs of values on one logarithmic axis, a row for each; ``legend`` names the class of the first and of the
    second."""
    values = [value for pair in pairs for value in (pair.first, pair.second)]
    low, high = math.log10(min(values)) - 0.05, math.log10(max(values)) + 0.05
    first, second = legend

    def x(value: float) -> float:
        return (math.log10(value) - low) / (high - low)

    tens = [10**n for n in range(math.ceil(low), math.floor(high) + 1)]
    grid = together(*(_line("quarter", x(ten), x(ten)) for ten in tens))
    rows = [
        _row(
            pair.name,
            together(
                grid,
                _line("agree", x(pair.first), x(pair.second), "50%", "50%"),
                *(_dot(style, x(value)) for style, value in ((first, pair.first), (second, pair.second))),
            ),
            Markdown("{} → {}").format(units.number(pair.first), units.number(pair.second)),
        )
        for pair in pairs
    ]
    axis = (Markdown('<text x="{}" y="12">{}</text>').format(_share(x(ten)), units.tick(ten)) for ten in tens)
    rows.append(_row("", together(*axis), Markdown("")))
    keys = (_key(f'<circle class="{style}" cx="50%" cy="50%" r="4"/>', name) for style, name in legend.items())
    return _figure("dumbbells", title, rows, keys)


def _line(style: str, start: float, end: float, top: str = "0", bottom: str = "100%") -> Markdown:
    line = Markdown('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>')
    return line.format(style, _share(start), top, _share(end), bottom)


def _dot(style: str, at: float) -> Markdown:
    return Markdown('<circle class="{}" cx="{}" cy="50%" r="4"/>').format(style, _share(at))


def _share(of_width: float) -> str:
    return f"{of_width * 100:.2f}%"


def _row(name: str, drawn: Markdown, told: Markdown) -> Markdown:
    row = Markdown('<li><span class="name">{}</span><svg aria-hidden="true">{}</svg><span class="told">{}</span></li>')
    return row.format(name, drawn, told)


def _key(drawn: str, text: str) -> Markdown:
    return Markdown('<li><svg aria-hidden="true">{}</svg>{}</li>').format(Markdown(drawn), text)


def _figure(style: str, title: str, rows: Iterable[Markdown], keys: Iterable[Markdown]) -> Markdown:
    return Markdown(
        '<figure class="chart {}" data-search-exclude=""><figcaption>{}</figcaption>'
        '<ol>{}</ol><ul class="keys">{}</ul></figure>'
    ).format(style, title, together(*rows), together(*keys))
