"""Tables of what others published: every cell is what its column says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sizing import Catalog
from sizing.errors import CatalogError
from sizing.facts.published import BUFFERS, CACHES, COUNTS, FILE_SIZES, TOTALS


def test_every_row_is_read(catalog: Catalog) -> None:
    for table in (FILE_SIZES, CACHES, BUFFERS, TOTALS):
        text = (catalog.root / table.file).read_text(encoding="utf-8")
        assert len(table.read(catalog.root, catalog)) == len(text.splitlines()) - 1 > 50


def test_every_part_and_count_is_known(catalog: Catalog) -> None:
    assert {row.part for row in CACHES.read(catalog.root, catalog)} <= {"all", "full", "window", "state"}
    assert {row.counts for row in TOTALS.read(catalog.root, catalog)} == COUNTS.keys()
    assert {row.place for row in BUFFERS.read(catalog.root, catalog)} == {"device", "host", "cpu"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("llama-2-7b,", "llama-2-8b,", "model: 'llama-2-8b' is not in catalog/models/; did you mean llama-"),
        ("4080263168", "4.08 GB", "bytes: '4.08 GB' is no whole number; write one from 1,000,000 to"),
        ("https://github.com/lhl", "lhl", "is no address; give the public one that it was read at"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(
    catalog: Catalog, tmp_path: Path, old: str, new: str, problem: str
) -> None:
    shutil.copytree(catalog.root / "measurements", tmp_path / "measurements")
    file = tmp_path / "measurements" / "file_sizes.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        FILE_SIZES.read(tmp_path, catalog)
    assert str(caught.value.problems[0]).startswith("catalog/measurements/file_sizes.csv:2")
    assert problem in str(caught.value.problems[0])
