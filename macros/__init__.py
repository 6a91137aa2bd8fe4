"""The door that mkdocs-macros opens at every build: reloads what changed, then calls ``pages``.

``mkdocs serve`` keeps one interpreter, so a saved module, or a fit of the constants, would go stale. What both packages
are made of is compared with the last build's; only when it differs are the packages dropped and imported afresh, so
that a save in the catalog keeps the engine and its caches. This folder may be installed under another name, under
which other sites load it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import sys
import typing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .environment import Environment

# An edit of the same size within one second would load a stale .pyc.
sys.dont_write_bytecode = True

_PACKAGES = ("sizing", __name__)
_seen: dict[Path, bytes] | None = None

# The search plugin's segmenter would tell four lines about its cache at every start.
with contextlib.suppress(ImportError):
    importlib.import_module("jieba").setLogLevel(logging.WARNING)


def define_env(env: Environment) -> None:
    """Register the macros on mkdocs-macros' environment."""
    global _seen
    now = _sources()
    if _seen is not None and now != _seen:
        forget()
        importlib.import_module(__name__).define_env(env)
        return
    _seen = now
    importlib.import_module(".pages", __name__).define_env(env)


def forget() -> None:
    """Drop the code of both packages, and with it the catalogs that it holds, so that it is read anew.

    What ``typing`` remembers of generic classes would keep every version of it, some hundred megabytes each; so would
    the plugin of this build, which holds this door, if the door held the rooms behind it.
    """
    for name in [n for n in sys.modules if n.partition(".")[0] in _PACKAGES]:
        room = sys.modules.pop(name).__name__.removeprefix(f"{__name__}.")
        globals().pop(room, None)
    importlib.invalidate_caches()
    for clear in getattr(typing, "_cleanups", ()):
        clear()
    gc.collect()


def on_post_page_macros(env: Environment) -> None:
    """What is done to a page whose macros are rendered."""
    importlib.import_module(".pages", __name__).on_post_page_macros(env)


def on_post_build(env: Environment) -> None:
    """What is written beside the pages when they stand."""
    importlib.import_module(".pages", __name__).on_post_build(env)


def _sources() -> dict[Path, bytes]:
    """The code of both packages, and the constants that are fitted for it."""
    folders = [Path(place) for name in _PACKAGES for place in importlib.import_module(name).__path__]
    made_of = (path for folder in folders for ending in ("*.py", "fitted.json") for path in folder.rglob(ending))
    return {path: path.read_bytes() for path in made_of}
