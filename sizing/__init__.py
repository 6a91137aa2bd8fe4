"""Which machine runs which language model, and how well: facts of the catalog in, a ``Plan`` out."""

from sizing.catalog import Catalog
from sizing.errors import CatalogError, SizingError
from sizing.files.models import read_model
from sizing.model import Model
from sizing.plan import Plan, plan

__all__ = ["Catalog", "CatalogError", "Model", "Plan", "SizingError", "plan", "read_model"]
