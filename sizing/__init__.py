"""Which machine runs which language model, and how well: facts of the catalog in, a ``Plan`` out."""

from sizing.catalog import Catalog
from sizing.errors import CatalogError, SizingError
from sizing.files.models import read_model
from sizing.model import Model
from sizing.plan import Plan, plan

DISTRIBUTION = "llm-sizing"  # its name on the package index


def version() -> str:
    """The installed version; ``0+source`` where nothing is installed."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0+source"


__all__ = ["Catalog", "CatalogError", "Model", "Plan", "SizingError", "plan", "read_model", "version"]
