"""Pictures: SVG written at build time, in the theme's colours, with the numbers beside the bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from macros import labels
from macros.context import Site
from sizing.engine.memory import Memory
from sizing.facts.units import GIB
from sizing.plan import plan

WIDTH, ROW, LEFT, RIGHT = 720, 34, 150, 90
PARTS = (("weights", "权重"), ("cache", "缓存"), ("buffers", "缓冲区"), ("overhead", "固定占用"))


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""
    catalog = site.catalog

    def memory_chart(model: str, cases: Sequence[tuple[str, int]], limit: str | None = None) -> str:
        """A model's memory in parts for some (format, context), and what a machine offers."""
        m = catalog.model(model)
        bars = [
            (f"{fmt}，{labels.tokens(context)}", plan(m, None, format=fmt, context=context).memory)
            for fmt, context in cases
        ]
        line = catalog.machine(limit) if limit else None
        mark = (line.name, line.capacity) if line else None
        return _stacked(f"{m.name} 的内存", bars, mark)

    return [memory_chart]


def _stacked(title: str, bars: Sequence[tuple[str, Memory]], mark: tuple[str, int] | None) -> str:
    largest = max([memory.total for _, memory in bars] + ([mark[1]] if mark else []))
    scale = (WIDTH - LEFT - RIGHT) / largest
    height = ROW * len(bars) + 46
    body = [_bar(i, name, memory, scale) for i, (name, memory) in enumerate(bars)]
    if mark:
        x = LEFT + mark[1] * scale
        body.append(f'<line class="mark" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{ROW * len(bars)}"/>')
        text = f"{mark[0]}：{labels.gib(mark[1])}"
        side = "end" if x > WIDTH / 2 else "start"
        body.append(f'<text x="{x:.1f}" y="{ROW * len(bars) + 14}" text-anchor="{side}">{escape(text)}</text>')
    legend = "".join(
        f'<rect class="{part}" x="{LEFT + i * 110}" y="{height - 20}" width="12" height="12"/>'
        f'<text x="{LEFT + i * 110 + 18}" y="{height - 10}">{label}</text>'
        for i, (part, label) in enumerate(PARTS)
    )
    return (
        f'<figure class="chart"><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(body)}{legend}</svg></figure>"
    )


def _bar(index: int, name: str, memory: Memory, scale: float) -> str:
    y, x, parts = index * ROW, float(LEFT), []
    for part, label in PARTS:
        width = getattr(memory, part) * scale
        hint = f"{label} {getattr(memory, part) / GIB:.2f} GiB"
        parts.append(
            f'<rect class="{part}" x="{x:.1f}" y="{y + 6}" width="{width:.1f}" height="{ROW - 12}">'
            f"<title>{hint}</title></rect>"
        )
        x += width
    label = f'<text x="{LEFT - 8}" y="{y + 21}" text-anchor="end">{escape(name)}</text>'
    total = f'<text x="{x + 6:.1f}" y="{y + 21}">{labels.gib(memory.total)}</text>'
    return label + "".join(parts) + total
