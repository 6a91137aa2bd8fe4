"""A measured row that cannot be is told with its line."""

from __future__ import annotations

import pytest

from tests.sizing.conftest import Shelf

SPEEDS = "measurements/speeds.csv"


def with_row(shelf: Shelf, **changed: str) -> Shelf:
    """The catalog with three rows, the second of which is changed."""
    header, first, second, third, *_ = (shelf.root / SPEEDS).read_text(encoding="utf-8").splitlines()
    cells = dict(zip(header.split(","), second.split(","), strict=False))
    cells |= changed
    rows = [header, first, ",".join(cells.values()), third]
    return shelf.write(SPEEDS, ("\n".join(rows) + "\n").encode())


def test_sound_rows_are_read(shelf: Shelf) -> None:
    rows = with_row(shelf, tok_s="12.5", prompt="undisclosed").load().measurements()
    assert len(rows) == 3
    assert (rows[1].tok_s, rows[1].prompt) == (12.5, None)


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("device", "rtx-4091", "'rtx-4091' is not in catalog/devices/; give an id from there"),
        ("model", "llama-9", "'llama-9' is not in catalog/models/; give an id from there"),
        ("format", "Q4_K_X", "'Q4_K_X' is not in catalog/formats.yaml; give an id from there"),
        ("runtime", "lama.cpp", "'lama.cpp' is not in catalog/runtimes.yaml; give an id from there"),
        ("count", "one", "'one' is not a whole number"),
        ("depth", "-5", "'-5' is not a whole number; write 0 where nothing applies"),
        ("depth", "²", "'²' is not a whole number"),
        ("test", "decoding", "'decoding' is no test; write decode or prefill"),
        ("tok_s", "fast", "'fast' is no speed; write tokens per second above zero"),
        ("tok_s", "0", "'0' is no speed; write tokens per second above zero"),
        ("tok_s", "-1", "'-1' is no speed; write tokens per second above zero"),
        ("tok_s", "nan", "'nan' is no speed; write tokens per second above zero"),
        ("tok_s", "inf", "'inf' is no speed; write tokens per second above zero"),
        ("source_url", "", "missing; give the public address that it was read at"),
    ],
)
def test_a_cell_that_cannot_be_is_told_with_its_line(shelf: Shelf, key: str, value: str, what: str) -> None:
    (only,) = with_row(shelf, **{key: value}).problems()
    assert (only.file, only.line, only.key) == (f"catalog/{SPEEDS}", 3, key)
    assert only.what.startswith(what)


def test_a_row_with_too_few_cells_is_told_with_its_line(shelf: Shelf) -> None:
    text = (shelf.root / SPEEDS).read_text(encoding="utf-8").splitlines()
    (only,) = shelf.write(SPEEDS, f"{text[0]}\n{text[1]}\nrtx-4090,1\n".encode()).problems()
    assert only.line == 3


@pytest.mark.parametrize(
    "data",
    [None, "Gerät,é\n".encode("latin-1"), b"devise,count\nrtx-4090,1\n"],
    ids=["missing", "not UTF-8", "another header"],
)
def test_a_file_that_is_no_table_is_told_by_its_name(shelf: Shelf, data: bytes | None) -> None:
    if data is None:
        (shelf.root / SPEEDS).unlink()
    else:
        shelf.write(SPEEDS, data)
    problems = shelf.problems()
    assert {p.file for p in problems} == {f"catalog/{SPEEDS}"}
