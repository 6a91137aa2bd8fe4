"""How does a page get the theme around it? The theme renders a page once for each outline, and words are put in.

The theme takes as long for one page as the engine does for all that stands on it. What differs from page to page are
words, for which it is given marks; what does not, the bars and menus around them, is the same for one outline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from jinja2 import Environment as Jinja
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ..markdown import escape
from .page import EntryPage

# What stands where a page's own words will; nothing else is written so.
_ID: Final = "entry-id-7d1f"
_TITLE: Final = "entry-title-7d1f"
_SUMMARY: Final = "entry-summary-7d1f"
_CONTENT: Final = "entry-content-7d1f"


def page_of(entry: EntryPage, file: File, config: MkDocsConfig) -> Page:
    """An entry's page as MkDocs and its plugins know pages; the search reads its summary and its words."""
    page = Page(entry.title, file, config)
    page.meta = {"title": entry.title, "description": entry.summary, "search": {"boost": entry.boost}}
    page.content = str(entry.found_by())
    page.toc = TableOfContents([])
    return page


@dataclass
class Shells:
    """The theme's pages around entries, one for each kind and outline."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    jinja: Jinja
    _rendered: dict[object, str] = field(default_factory=dict)

    def around(self, entry: EntryPage, html: str) -> str:
        """The whole page of an entry, of which ``html`` stands under the title."""
        key = entry.kind, entry.outline
        if key not in self._rendered:
            self._rendered[key] = self._render(entry)
        whole = self._rendered[key]
        words = {_ID: entry.id, _TITLE: escape(entry.title), _SUMMARY: escape(entry.summary), _CONTENT: html}
        for mark, word in words.items():
            whole = whole.replace(mark, word)
        return whole

    def _render(self, entry: EntryPage) -> str:
        """A page with marks, as MkDocs builds it, but that it is written nowhere and is in no index."""
        config = self.config
        file = File.generated(config, f"{entry.kind}/{_ID}/index.html", content="")
        page = Page(_TITLE, file, config)
        page.meta = {
            "title": _TITLE,
            "description": _SUMMARY,
            "hide": ["navigation"],
            "search": {"exclude": True},
        }
        page.content, page.toc = _CONTENT, _toc(entry.outline)
        context = get_context(self.nav, self.files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        shown = self.jinja.get_template("main.html").render(context)
        return config.plugins.on_post_page(shown, page=page, config=config)


def _toc(outline: Iterable[tuple[str, str]]) -> TableOfContents:
    return TableOfContents([AnchorLink(title, id, 2) for id, title in outline])
