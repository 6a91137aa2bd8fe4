"""What becomes of pages that have no file, at each event of MkDocs' build? Each event hands on to the build's pages."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment as Jinja
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from sizing import SizingError

from .entries.building import Building
from .entries.page import EntryPage
from .gone import forget
from .guard import stop
from .pages import BUILD, mark


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Name the pages of entries, which have no file."""
    BUILD["pages"] = Building(BUILD["site"])
    BUILD["pages"].name(files, config)


def on_nav(nav: Navigation) -> None:
    """Keep the menus that stand on every page."""
    BUILD["pages"].nav = nav


def on_env(jinja: Jinja, files: Files, config: MkDocsConfig) -> None:
    """Write the pages of entries; and leave out what an author took away meanwhile."""
    forget(files)
    BUILD["pages"].write(jinja, files, config, mark())


def write_texts(config: MkDocsConfig) -> None:
    """Write the plain editions of all pages, and the list of them. Raises what ends a build with one line."""
    try:
        BUILD["pages"].write_texts(config, BUILD["texts"])
    except SizingError as error:
        raise stop(error) from None


def entries() -> tuple[EntryPage, ...]:
    """The pages of entries of the build that goes on; none where the site wants none."""
    return BUILD["pages"].entries if "pages" in BUILD else ()


def on_sitemap(context: dict[str, Any]) -> None:
    """List the pages of entries among the site's."""
    context["pages"] = [*context["pages"], *BUILD["pages"].addresses()]
