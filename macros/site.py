"""What may a page call? Registers every macro over one freshly loaded catalog."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mkdocs.exceptions import PluginError

from macros import articles, charts, ledger, numbers, prose, reference
from macros.guard import guarded, log
from sizing import Catalog, SizingError
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


def define_env(env: Any) -> None:
    """Load the catalog once for this build, register the macros, and warn of numbers typed in the prose.

    Raises PluginError with one line.
    """
    try:
        site = Site(Catalog.load(), env)
    except SizingError as error:
        raise PluginError(str(error)) from None
    for module in (numbers, articles, charts, ledger, reference):
        for macro in module.macros(site):
            env.macro(guarded(macro, env), macro.__name__)
    for problem in prose.problems(Path(env.conf["config_file_path"]).parent, site.catalog):
        log.warning("%s", problem)
