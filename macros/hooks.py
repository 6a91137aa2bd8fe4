"""What does MkDocs ask of this site, beside its macros? Its events, each handed on to fresh modules.

A served site keeps this module for as long as it serves, so nothing is imported at its head.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Dress the page's tables; the rows that it does not hold go into files beside it."""
    dressed = importlib.import_module("macros.built.tables").dressed(html)
    folder = Path(config.site_dir, page.file.dest_uri).parent
    for name, text in dressed.files.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return str(dressed.html)
