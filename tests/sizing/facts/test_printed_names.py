"""Names and PCI numbers of devices: each row says something, of a device that the catalog has, by a public address."""

from __future__ import annotations

from collections import defaultdict

import pytest

from sizing import Catalog
from sizing.facts.device_names import words
from sizing.facts.printed_names import PRINTED_NAMES
from tests.sizing.conftest import Shelf

NAMES = "measurements/names.csv"
END = "https://example.org/list,2026-11-26,\n"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("rtx-4091,NVIDIA GeForce RTX 4091,,", "'rtx-4091' is not in catalog/devices/"),
        ("rtx-4090,,,", "missing; give the name that is printed, or the PCI numbers"),
        ("rtx-4090,,10DE:2684,", "is no PCI number; write vendor:device"),
        ("rtx-4090,,0x2684,", "is no PCI number"),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_line(shelf: Shelf, row: str, what: str) -> None:
    path = shelf.root / NAMES
    path.write_text(path.read_text(encoding="utf-8") + row + END, encoding="utf-8")
    (problem,) = shelf.problems()
    assert (problem.file, problem.line) == (f"catalog/{NAMES}", len(path.read_text(encoding="utf-8").splitlines()))
    assert what in str(problem)


def test_what_shares_a_number_is_told_apart_by_its_name_or_its_memory(catalog: Catalog) -> None:
    shared = defaultdict(set)
    for row in PRINTED_NAMES.read(catalog.root, catalog):
        if row.pci:
            shared[row.pci, words(row.name)].add(row.device)
    for (number, _), ids in shared.items():
        sizes = [catalog.device(one).memory.box for one in ids]
        # Chips of one number may differ in what no bus shows: Vega 56 and 64, Ryzen AI Max 385 and 390.
        if len(set(sizes)) < len(ids):
            assert ids in ({"rx-vega-56", "rx-vega-64"}, {"ryzen-ai-max-385", "ryzen-ai-max-390"}), number
