"""How are points drawn? SVG written at build time, in the theme's colours, with the numbers beside what they measure.

Everything that is written in a picture is text, and is escaped.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .labels import units
from .markdown import Markdown, escape

# Points: the picture's side, and the room around the points.
SIDE, MARGIN = 560, 58


@dataclass(frozen=True)
class Point:
    """A point, and the class that colours it."""

    x: float
    y: float
    style: str


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
        _text(x(10**n), SIDE - MARGIN + 18, units.tick(10**n), "middle")
        + _text(MARGIN - 8, y(10**n) + 4, units.tick(10**n), "end")
        for n in range(math.ceil(low), math.floor(high) + 1)
    )
    # A path of dots for each class, since a browser has trouble with thousands of elements.
    drawn = "".join(
        f'<path class="{style}" d="'
        + "".join(f"M{x(one.x):.1f} {y(one.y):.1f}h0" for one in points if one.style == style)
        + '"/>'
        for style in legend
    )
    lines = line(1, "agree") + line(1.25, "quarter") + line(0.8, "quarter")
    return _figure("chart scatter", (SIDE, SIDE), title, f"{_frame(axes)}{lines}{ticks}{drawn}{_legend(legend)}")


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
