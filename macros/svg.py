"""How is a picture drawn? SVG written at build time, in the theme's colours, with the numbers beside what they measure.

Everything that is written in a picture is text, and is escaped.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .markdown import Markdown, escape

# Bars: the picture's width, a bar's height with the room around it, and the room left and right of the bars.
WIDTH, ROW, LEFT, RIGHT = 720, 34, 150, 90
# Points: the picture's side, and the room around the points.
SIDE, MARGIN = 560, 58
# Dumbbells: a line's height, and the room for names.
DUMBBELL_ROW, DUMBBELL_LEFT = 20, 240


@dataclass(frozen=True)
class Part:
    """A part of a bar: the class that colours it, its size, and a hint."""

    style: str
    size: float
    hint: str


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
    """Two values of one thing, with its name and a hint."""

    name: str
    first: float
    second: float
    hint: str


@dataclass(frozen=True)
class Point:
    """A point, the class that colours it, and a hint."""

    x: float
    y: float
    style: str
    hint: str


def stacked(title: str, bars: Sequence[Bar], legend: Mapping[str, str], mark: Mark | None = None) -> Markdown:
    """Bars of parts, the longest as wide as the picture; ``legend`` names each class."""
    largest = max(bar.size for bar in bars) if mark is None else max(mark.size, *(bar.size for bar in bars))
    scale = (WIDTH - LEFT - RIGHT) / largest
    below = ROW * len(bars)
    body = "".join(_bar(i * ROW, bar, scale) for i, bar in enumerate(bars))
    if mark is not None:
        x = LEFT + mark.size * scale
        side = "end" if x > WIDTH / 2 else "start"
        body += f'<line class="mark" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{below}"/>'
        body += _text(x, below + 14, mark.text, side)
    for i, (style, name) in enumerate(legend.items()):
        left = LEFT + i * 110
        body += f'<rect class="{style}" x="{left}" y="{below + 26}" width="12" height="12"/>'
        body += _text(left + 18, below + 36, name)
    return _figure("chart", (WIDTH, below + 46), title, f"<title>{escape(title)}</title>{body}")


def _bar(y: int, bar: Bar, scale: float) -> str:
    x, drawn = float(LEFT), []
    for part in bar.parts:
        width = part.size * scale
        drawn.append(
            f'<rect class="{part.style}" x="{x:.1f}" y="{y + 6}" width="{width:.1f}" height="{ROW - 12}">'
            f"<title>{escape(part.hint)}</title></rect>"
        )
        x += width
    return _text(LEFT - 8, y + 21, bar.name, "end") + "".join(drawn) + _text(x + 6, y + 21, bar.total)


def scatter(title: str, axes: tuple[str, str], points: Sequence[Point], legend: Mapping[str, str]) -> Markdown:
    """Points on two logarithmic axes; on the line both agree, between the dashes within a quarter of each other.

    ``title`` is told to those who do not see it; ``axes`` are what stands below and what stands above.
    """
    low = math.log10(min(min(point.x, point.y) for point in points))
    high = math.log10(max(max(point.x, point.y) for point in points))
    scale = (SIDE - 2 * MARGIN) / (high - low)

    def x(value: float) -> float:
        return MARGIN + (math.log10(value) - low) * scale

    def y(value: float) -> float:
        return SIDE - x(value)

    def line(factor: float, style: str) -> str:
        start, end = 10**low * max(1.0, 1 / factor), 10**high * min(1.0, 1 / factor)
        return (
            f'<line class="{style}" x1="{x(start):.1f}" y1="{y(start * factor):.1f}" x2="{x(end):.1f}" '
            f'y2="{y(end * factor):.1f}"/>'
        )

    ticks = "".join(
        _text(x(10**n), SIDE - MARGIN + 18, f"{10**n:g}", "middle")
        + _text(MARGIN - 8, y(10**n) + 4, f"{10**n:g}", "end")
        for n in range(math.ceil(low), math.floor(high) + 1)
    )
    drawn = "".join(
        f'<circle class="{point.style}" cx="{x(point.x):.1f}" cy="{y(point.y):.1f}" r="2.6">'
        f"<title>{escape(point.hint)}</title></circle>"
        for point in points
    )
    lines = line(1, "agree") + line(1.25, "quarter") + line(0.8, "quarter")
    return _figure("chart scatter", (SIDE, SIDE), title, f"{_frame(axes)}{lines}{ticks}{drawn}{_legend(legend)}")


def dumbbells(title: str, pairs: Sequence[Dumbbell], legend: Mapping[str, str]) -> Markdown:
    """Pairs of values on one logarithmic axis, a line for each; ``legend`` names the class of the first and of the
    second."""
    values = [value for pair in pairs for value in (pair.first, pair.second)]
    low, high = math.log10(min(values)), math.log10(max(values))
    first, second = legend

    def x(value: float) -> float:
        return DUMBBELL_LEFT + (math.log10(value) - low) / (high - low) * (WIDTH - DUMBBELL_LEFT - MARGIN)

    below = DUMBBELL_ROW * len(pairs)
    drawn = "".join(
        f"<g><title>{escape(pair.hint)}</title>{_text(DUMBBELL_LEFT - 12, y + 4, pair.name, 'end')}"
        f'<line class="agree" x1="{x(pair.first):.1f}" y1="{y}" x2="{x(pair.second):.1f}" y2="{y}"/>'
        f'<circle class="{first}" cx="{x(pair.first):.1f}" cy="{y}" r="4"/>'
        f'<circle class="{second}" cx="{x(pair.second):.1f}" cy="{y}" r="4"/></g>'
        for y, pair in ((DUMBBELL_ROW * i + DUMBBELL_ROW // 2, pair) for i, pair in enumerate(pairs))
    )
    ticks = "".join(
        f'<line class="quarter" x1="{x(10**n):.1f}" y1="0" x2="{x(10**n):.1f}" y2="{below}"/>'
        + _text(x(10**n), below + 16, f"{10**n:g}", "middle")
        for n in range(math.ceil(low), math.floor(high) + 1)
    )
    keys = "".join(
        f'<circle class="{style}" cx="{DUMBBELL_LEFT + i * 130}" cy="{below + 36}" r="5"/>'
        + _text(DUMBBELL_LEFT + i * 130 + 12, below + 40, name)
        for i, (style, name) in enumerate(legend.items())
    )
    return _figure("chart scatter", (WIDTH, below + 48), title, f"{ticks}{drawn}{keys}")


def _frame(axes: tuple[str, str]) -> str:
    side = SIDE - 2 * MARGIN
    return (
        f'<rect class="frame" x="{MARGIN}" y="{MARGIN}" width="{side}" height="{side}"/>'
        + _text(SIDE / 2, SIDE - 8, axes[0], "middle")
        + _text(MARGIN, MARGIN - 12, axes[1])
    )


def _legend(legend: Mapping[str, str]) -> str:
    """In the corner where no points lie."""
    right, bottom = SIDE - MARGIN - 16, SIDE - MARGIN - 16
    return "".join(
        f'<circle class="{style} key" cx="{right}" cy="{bottom - 26 * i - 5}" r="5"/>'
        + _text(right - 12, bottom - 26 * i, name, "end")
        for i, (style, name) in enumerate(legend.items())
    )


def _text(x: float, y: float, text: str, side: str = "") -> str:
    place = f' text-anchor="{side}"' if side else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{place}>{escape(text)}</text>'


def _figure(style: str, size: tuple[int, int], title: str, body: str) -> Markdown:
    drawn = f'<svg viewBox="0 0 {size[0]} {size[1]}" role="img" aria-label="{escape(title)}">{body}</svg>'
    return Markdown(f'<figure class="{style}" data-search-exclude="">{drawn}</figure>')
