"""What does MkDocs ask of this site, beside its macros? Its events, each handed on to fresh modules.

A served site keeps this module for as long as it serves, so nothing is imported at its head.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from jinja2 import Environment as Jinja
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


_command = ""  # what MkDocs was called for: build, serve


def on_startup(command: str, dirty: bool) -> None:
    """Remember it: a served page holds a script that reloads it, which no policy knows."""
    global _command
    _command = command


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Of a page that breaks off within a letter, or is no text, one line instead of a traceback, and its whole letters;
    others MkDocs reads itself."""
    found: str | None = importlib.import_module("macros.letters").whole_letters(page)
    return found


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Dress the page's lines, code and tables; the rows that it does not hold go into files beside it."""
    breaks = _built("breaks")
    dressed = _built("tables").dressed(_built("code").copied(breaks.whole(breaks.breaking(html))))
    dressed.write(Path(config.site_dir, page.file.dest_uri).parent)
    return str(dressed.html)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Begin what is made beside pages, and name the pages of models, devices and machines, which have no file."""
    if _command == "build":
        importlib.import_module("macros.pages").begin()
    _events().on_files(files, config)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Keep the menus, which stand on those pages too."""
    _events().on_nav(nav)


def on_env(env: Jinja, config: MkDocsConfig, files: Files) -> None:
    """Write those pages."""
    _events().on_env(env, files, config)


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> None:
    """List them in the site's map."""
    if template_name == "sitemap.xml":
        _events().on_sitemap(context)


def _events() -> ModuleType:
    return importlib.import_module("macros.events")


def on_post_build(config: MkDocsConfig) -> None:
    """Write every page as plain text too and, now that the index of the search stands, what is kept for readers without
    a network; say on every page which scripts it may run, and make these small."""
    _events().write_texts(config)
    importlib.import_module("macros.offline").keep(Path(config.site_dir))
    if _command != "serve":
        _built("policy").guard(Path(config.site_dir))
        _built("small").shrink(Path(config.site_dir))


def _built(module: str) -> Any:
    return importlib.import_module(f"macros.built.{module}")
