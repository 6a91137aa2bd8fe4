"""How is a table or a link written in Markdown?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from sizing.facts.entries.common import Source


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. A head that ends in ``:`` marks a column of figures, aligned to the right."""
    marks = ["---:" if h.endswith(":") else "---" for h in head]
    lines = [_row([h.removesuffix(":") for h in head]), _row(marks), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def target(name: str) -> str:
    """An anchor in a table's cell."""
    return f'<span id="{escape(name)}"></span>'


def keep(text: str) -> str:
    """Text that stays on one line."""
    return f'<span class="keep">{escape(text)}</span>'


def cite(text: str, url: str, title: str = "") -> str:
    """A link from a figure to the page that it was read at."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(url)}"{hint} rel="noopener">{escape(text)}</a>'


def sources(entries: Iterable[Source]) -> str:
    """Numbered links to where facts were read, with the day."""
    links = []
    for i, source in enumerate(entries, start=1):
        about = "、".join(source.keys)
        title = f"{source.read} 读取" + (f"：{about}" if about else "") + (f"；{source.note}" if source.note else "")
        links.append(cite(f"[{i}]", source.url, title))
    return " ".join(links)
