"""What may others read? Plain data that the engine plans with, and a folder of them for a page."""

from __future__ import annotations

from sizing.export.api import api
from sizing.export.data import ONLY_PYTHON, export
from sizing.export.models import rolled
from sizing.export.site import Maker, files, write

__all__ = ["ONLY_PYTHON", "Maker", "api", "export", "files", "rolled", "write"]
