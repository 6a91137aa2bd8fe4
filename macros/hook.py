"""What does MkDocs call that is no macro? What builds the pages of entries, which have no file in ``docs/``.

``mkdocs.yml`` names it. MkDocs loads this file by itself and keeps it, so it only passes on to the package as it is
now what is asked.
"""

from __future__ import annotations

import importlib
from typing import Any


def _pages() -> Any:
    return importlib.import_module("macros.pages")


def on_files(files: Any, config: Any) -> None:
    """Name the pages."""
    _pages().on_files(files, config)


def on_nav(nav: Any, config: Any, files: Any) -> None:
    """Keep the menus that stand on every page."""
    _pages().on_nav(nav)


def on_env(env: Any, config: Any, files: Any) -> None:
    """Write the pages."""
    _pages().on_env(env, files, config)


def on_template_context(context: Any, template_name: str, config: Any) -> None:
    """List the pages in the site's map."""
    if template_name == "sitemap.xml":
        _pages().on_sitemap(context)
