"""What does MkDocs ask of this site, beside its macros? Its events, each handed on to fresh modules.

A served site keeps this module for as long as it serves, so nothing is imported at its head.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


_command = ""  # what MkDocs was called for: build, serve


def on_startup(command: str, dirty: bool) -> None:
    """Remember it: a served page holds a script that reloads it, which no policy knows."""
    global _command
    _command = command


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Dress the page's tables and code; the rows that it does not hold go into files beside it."""
    dressed = _built("tables").dressed(_built("code").copied(html))
    folder = Path(config.site_dir, page.file.dest_uri).parent
    for name, text in dressed.files.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return str(dressed.html)


def on_post_build(config: MkDocsConfig) -> None:
    """Say on every page which scripts it may run."""
    if _command != "serve":
        _built("policy").guard(Path(config.site_dir))


def _built(module: str) -> Any:
    return importlib.import_module(f"macros.built.{module}")
