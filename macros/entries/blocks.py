"""What is a page made of? Tables, facts, sentences and pictures, each as HTML for the site and as Markdown for others.

Cells are inline HTML, which is Markdown too, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..labels.tables import Head
from ..markdown import Markdown, escape, fenced, head_cell, table, together


class Block(Protocol):
    """A part of a section."""

    def html(self) -> Markdown:
        """As a browser shows it."""

    def markdown(self) -> Markdown:
        """As plain text."""


@dataclass(frozen=True)
class Grid:
    """A table. Heads as ``markdown.table`` takes them."""

    head: Head
    rows: Sequence[Sequence[str]]

    def html(self) -> Markdown:
        """As Markdown's own tables are, for what dresses them."""
        heads = (
            Markdown("<th{}>{}</th>").format(
                Markdown(' align="right"' if name.endswith(":") else ""), head_cell(name.removesuffix(":"))
            )
            for name in self.head
        )
        rows = (
            Markdown("<tr>{}</tr>").format(together(*(Markdown("<td>{}</td>").format(cell) for cell in row)))
            for row in self.rows
        )
        return Markdown("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
            together(*heads), Markdown("\n").join(rows)
        )

    def markdown(self) -> Markdown:
        """A Markdown table."""
        return table(self.head, self.rows)


@dataclass(frozen=True)
class Facts:
    """Facts by name; what is empty is left out."""

    pairs: Sequence[tuple[str, str]]

    def html(self) -> Markdown:
        """A list of terms."""
        shown = (Markdown("<dt>{}</dt><dd>{}</dd>").format(name, value) for name, value in self.pairs if value)
        return Markdown('<dl class="facts">\n{}\n</dl>').format(Markdown("\n").join(shown))

    def markdown(self) -> Markdown:
        """A list."""
        return Markdown("\n").join(Markdown("- {}: {}").format(name, value) for name, value in self.pairs if value)


@dataclass(frozen=True)
class Prose:
    """A paragraph; a ``note`` explains a table."""

    text: str
    note: bool = False

    def html(self) -> Markdown:
        """A paragraph."""
        return Markdown("<p{}>{}</p>").format(Markdown(' class="note"' if self.note else ""), self.text)

    def markdown(self) -> Markdown:
        """Its text."""
        return escape(self.text)


@dataclass(frozen=True)
class Items:
    """A list."""

    items: Sequence[str]

    def html(self) -> Markdown:
        """A list of points."""
        shown = (Markdown("<li>{}</li>").format(one) for one in self.items)
        return Markdown("<ul>\n{}\n</ul>").format(Markdown("\n").join(shown))

    def markdown(self) -> Markdown:
        """A list."""
        return Markdown("\n").join(Markdown("- {}").format(one) for one in self.items)


@dataclass(frozen=True)
class Picture:
    """A drawing, which plain text leaves to the table beside it."""

    svg: Markdown

    def html(self) -> Markdown:
        """Kept out of the search."""
        return Markdown("<div data-search-exclude>{}</div>").format(self.svg)

    def markdown(self) -> Markdown:
        """Nothing."""
        return Markdown("")


@dataclass(frozen=True)
class Terminal:
    """Commands to paste, and what they start."""

    name: str
    commands: str

    def html(self) -> Markdown:
        """With the theme's button that copies."""
        block = '<p><strong>{}</strong></p>\n<div class="highlight"><pre><code>{}</code></pre></div>'
        shown = Markdown("\n").join(map(escape, self.commands.split("\n")))
        return Markdown(block).format(self.name, shown)

    def markdown(self) -> Markdown:
        """A block of code."""
        return Markdown("{}\n\n{}").format(self.name, fenced(self.commands + "\n", "sh"))
