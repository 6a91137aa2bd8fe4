"""Which machine runs which language model, and how well: facts of the catalog in, a ``Plan`` out.

A name is imported when it is first used, so that a command pays only for what it asks.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.errors import CatalogError, SizingError
    from sizing.files.models import read_model
    from sizing.model import Model
    from sizing.plan import Plan, plan

__all__ = ["Catalog", "CatalogError", "Model", "Plan", "SizingError", "plan", "read_model", "version"]

DISTRIBUTION: Final = "llm-sizing"  # its name on the package index

_WHERE: Final = {
    "Catalog": "sizing.catalog",
    "CatalogError": "sizing.errors",
    "Model": "sizing.model",
    "Plan": "sizing.plan",
    "SizingError": "sizing.errors",
    "plan": "sizing.plan",
    "read_model": "sizing.files.models",
}


class _Package(ModuleType):
    """Keeps the function ``plan`` where importing its module, which has the same name, would put the module."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _WHERE and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_WHERE[name]), name)
    return found


def __dir__() -> list[str]:
    return __all__


def version() -> str:
    """The installed version; ``0+source`` where nothing is installed."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0+source"
