"""What does a built package have that the checkout lacks? A snapshot of the catalog, validated."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent


class BuildWithSnapshot(build_py):  # type: ignore[misc]
    """``build_py``, then the snapshot; an editable package reads the checkout's YAML."""

    def run(self) -> None:
        """Build. Raises CatalogError where the catalog does not hold: nothing is built of it."""
        super().run()
        if self.editable_mode:
            return
        sys.path.insert(0, str(ROOT))  # an isolated build knows the folder of its tools alone
        from sizing.catalog import validated
        from sizing.facts import snapshot

        root = ROOT / "catalog"
        snapshot.write(validated(root), root, Path(self.build_lib) / "sizing" / snapshot.NAME)
