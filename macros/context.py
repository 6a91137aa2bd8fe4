"""What do macros know? The catalog, its claims, and the page that is being rendered."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from sizing import Catalog
from sizing.claims import Ledger


class Site:
    """What macros know: the catalog, its claims, and the page that is being rendered."""

    def __init__(self, catalog: Catalog, env: Any) -> None:
        self.catalog = catalog
        self.ledger = Ledger(catalog)
        self._env = env

    def link(self, text: str, page: str, anchor: str = "") -> str:
        """A Markdown link from the current page to another (``data/models.md``), which the strict build checks."""
        depth = unquote(self._env.page.url).rstrip("/").count("/")
        return f"[{text}]({'../' * depth}{page}{'#' + anchor if anchor else ''})"
