"""What may a page call? Registers every macro over one freshly loaded catalog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from macros import accuracy, articles, charts, ledger, numbers, prose, reference, speeds
from macros.context import Site
from macros.guard import guarded, log
from sizing import Catalog, SizingError


def define_env(env: Any) -> None:
    """Load the catalog once for this build, register the macros, and warn of numbers typed in the prose.

    Raises PluginError with one line.
    """
    try:
        site = Site(Catalog.load(), env)
    except SizingError as error:
        raise PluginError(str(error)) from None
    for module in (numbers, articles, charts, ledger, reference, speeds, accuracy):
        for macro in module.macros(site):
            env.macro(guarded(macro, env), macro.__name__)
    for problem in prose.problems(Path(env.conf["config_file_path"]).parent, site.catalog):
        log.warning("%s", problem)
