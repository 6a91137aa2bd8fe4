"""What happens when a build begins, and when a page's macros are rendered? The door calls here, with fresh modules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mkdocs.exceptions import PluginError

from sizing import SizingError, export

from .environment import Environment
from .guard import log
from .markdown import Markdown
from .registry import bound
from .settings import settings_of
from .shown import Reader
from .site import Site

ENGINE: Final = "assets/sizing"  # where the engine lies that pages import

# A process builds over and over where it serves, and begins every page anew under Zensical.
_READER: Final = Reader()


def define_env(env: Environment) -> None:
    """Register the macros over the newest whole catalog, and warn of what is wrong with it and with the prose.

    Raises PluginError with one line.
    """
    try:
        settings = settings_of(env.conf)
        shown = _READER.shown(settings.root(env.project_dir))
    except SizingError as error:
        raise PluginError(str(error)) from None
    if _READER.mistake:
        log.warning("%s", _READER.mistake)
    site = Site(shown.catalog, shown.ledger, settings, env, shown.kept)
    for name, macro in bound(site):
        env.macro(macro, name)
    if settings.check_prose:
        for problem in shown.prose.problems(Path(env.project_dir)):
            log.warning("%s", problem)


def on_post_page_macros(env: Environment) -> None:
    """Say on the page that it shows the catalog as it was before a mistake was saved."""
    if _READER.mistake:
        mark = Markdown('<p class="macro-error">{}</p>').format(_READER.mistake)
        env.markdown = f"{mark}\n\n{env.markdown}"


def on_post_build(env: Environment) -> None:
    """Write the engine and its data for pages that plan by themselves, where the site wants them.

    Raises PluginError with one line.
    """
    try:
        settings = settings_of(env.conf)
        if settings.engine:
            shown = _READER.shown(settings.root(env.project_dir))
            made = shown.kept.get("engine", lambda: export.files(shown.catalog))
            export.write(made, Path(str(env.conf["site_dir"]), ENGINE))
    except SizingError as error:
        raise PluginError(str(error)) from None
