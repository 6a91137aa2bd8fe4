"""The repository's catalog, and copies of it that a test may break."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from sizing import Catalog, CatalogError
from sizing.catalog import HERE
from sizing.check import check
from sizing.errors import Problem


@dataclass(frozen=True)
class Shelf:
    """A copy of the catalog."""

    root: Path

    def edit(self, file: str, old: str, new: str) -> Shelf:
        """Replace the first ``old`` in a file; it must be there."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}: mend the test"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def write(self, file: str, data: bytes) -> Shelf:
        (self.root / file).write_bytes(data)
        return self

    def line(self, file: str, text: str) -> int:
        """The number of the first line that holds ``text``."""
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def load(self) -> Catalog:
        return Catalog.load(self.root)

    def problems(self) -> tuple[Problem, ...]:
        """What a check complains about; the test fails where it does not."""
        with pytest.raises(CatalogError) as caught:
            check(self.root)
        return caught.value.problems


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Path(shutil.copytree(HERE, tmp_path / "catalog")))
