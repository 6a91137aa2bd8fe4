"""A built page taken apart: headings, tables with their links, ids, and what its elements ask for."""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

# What a browser fetches by itself; an ordinary link it follows only when told.
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "manifest"}
LOADED = {"script", "img", "iframe", "source", "video", "audio", "embed", "track", "use", "image"}
# A table of which a page holds the first rows, and the file that holds the others.
PAGED = re.compile(r'data-rows="([^"?]+)[^"]*".*?</tbody>', re.S)


@dataclass
class Cell:
    text: str = ""
    links: list[str] = field(default_factory=list)


@dataclass
class TableRow:
    id: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def links(self) -> list[str]:
        return [link for cell in self.cells for link in cell.links]


@dataclass
class Table:
    head: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)


class Page(HTMLParser):
    """One HTML file; ``headings`` are pairs of level and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.headings: list[tuple[int, str]] = []
        self.tables: list[Table] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self._heading: int | None = None
        self._cell: Cell | None = None
        self._in_permalink = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self._in_permalink = values.get("class") == "headerlink"
            self.links.append(values["href"])
            if self._cell:
                self._cell.links.append(values["href"])
        self._remember_loads(tag, values)
        if tag in ("h1", "h2", "h3", "h4"):
            self._heading = int(tag[1])
            self.headings.append((self._heading, ""))
        elif tag == "table":
            self.tables.append(Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append(TableRow(values.get("id", "")))
        elif tag in ("td", "th") and self.tables:
            self._cell = Cell()

    def _remember_loads(self, tag: str, values: dict[str, str]) -> None:
        if tag == "link" and LOADED_LINKS & set(values.get("rel", "").split()):
            self.loads.append(values["href"])
        if tag in LOADED:
            self.loads += [values[name] for name in ("src", "href", "data", "poster") if name in values]
            self.loads += [one.split()[0] for one in values.get("srcset", "").split(",") if one.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in_permalink = False
        elif tag in ("h1", "h2", "h3", "h4"):
            self._heading = None
        elif tag == "th" and self._cell:
            self.tables[-1].head.append(self._cell.text.strip())
            self._cell = None
        elif tag == "td" and self._cell:
            self.tables[-1].rows[-1].cells.append(self._cell)
            self._cell = None
        elif tag == "table":
            self.tables[-1].rows = [row for row in self.tables[-1].rows if row.cells]

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.text += data
        if self._heading and not self._in_permalink:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def rows(self) -> list[TableRow]:
        """The body rows of every table."""
        return [row for table in self.tables for row in table.rows]


@lru_cache(maxsize=1024)
def read(path: Path) -> Page:
    """The page in that file, its long tables with all their rows."""

    def with_rows(found: re.Match[str]) -> str:
        rows = json.loads((path.parent / found[1]).read_text(encoding="utf-8"))
        return found[0].replace("</tbody>", "".join(rows) + "</tbody>")

    return Page(PAGED.sub(with_rows, path.read_text(encoding="utf-8")))
