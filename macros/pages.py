"""What happens when a build begins, and when a page's macros are rendered? The door calls here, with fresh modules."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from sizing import SizingError, export, version
from sizing.facts.dated import newest

from . import preloads
from .apart import Apart
from .environment import Environment
from .guard import log, stop
from .labels import site as labels
from .markdown import Markdown
from .registry import bound
from .settings import settings_of
from .shown import Reader
from .site import Site

ENGINE: Final = "assets/sizing"  # where the engine lies that pages import

# A process builds over and over where it serves, and begins every page anew under Zensical.
_READER: Final = Reader()
_MAKER: Final = export.Maker()
# The build that goes on: its site, and its pages that have no file.
BUILD: Final[dict[str, Any]] = {}


def define_env(env: Environment) -> None:
    """Register the macros over the newest whole catalog, and warn of what is wrong with it and with the prose.

    Raises what ends a build with one line.
    """
    try:
        settings = settings_of(env.conf)
        shown = _READER.shown(settings.root(env.project_dir))
    except SizingError as error:
        raise stop(error) from None
    if _READER.mistake:
        log.warning("%s", _READER.mistake)
    site = Site(shown.catalog, shown.ledger, settings, env, shown.kept)
    _say(env, labels.made_from(newest(shown.catalog), version()))
    BUILD.update(site=site, texts={})
    for name, macro in bound(site):
        env.macro(macro, name)
    if settings.check_prose:
        for problem in shown.prose.problems(Path(env.project_dir)):
            log.warning("%s", problem)


def _say(env: Environment, made_from: str) -> None:
    """Let the theme's templates say what the pages were made from."""
    extra = env.conf.get("extra")
    if isinstance(extra, MutableMapping):
        extra["made_from"] = made_from


def on_post_page_macros(env: Environment) -> None:
    """Say on the page that it shows the catalog as it was before a mistake was saved; keep what it says."""
    BUILD["texts"][env.page.url] = env.page.title, env.markdown
    if _READER.mistake:
        env.markdown = f"{mark()}\n\n{env.markdown}"


def mark() -> Markdown:
    """What is wrong with the newest save; empty where nothing is."""
    told = Markdown('<p class="macro-error">{}</p>')
    return told.format(_READER.mistake) if _READER.mistake else Markdown("")


def begin() -> None:
    """Let the engine and its data be made beside the pages of this build, where the site wants them."""
    site: Site = BUILD["site"]
    if site.settings.engine:
        BUILD["engine"] = Apart(partial(_MAKER.files, site.catalog, bought=site.settings.purchases))


def on_post_build(env: Environment) -> None:
    """Write the engine and its data for pages that plan by themselves, where the site wants them.

    Raises what ends a build with one line.
    """
    site = Path(str(env.conf["site_dir"]))
    try:
        settings = settings_of(env.conf)
        if settings.engine:
            shown = _READER.shown(settings.root(env.project_dir))
            begun: Apart[dict[str, bytes]] | None = BUILD.pop("engine", None)
            make = begun.result if begun else partial(_MAKER.files, shown.catalog, bought=settings.purchases)
            made = shown.kept.get("engine", make)
            export.write(made, site / ENGINE)
    except SizingError as error:
        raise stop(error) from None
    preloads.preload(site)
