"""What may others read? Plain data that the engine plans with, and a folder of them for a page."""

from __future__ import annotations

from sizing.export.data import export, rolled
from sizing.export.site import files, write

__all__ = ["export", "files", "rolled", "write"]
