"""Anyone's rows are predicted in their order, and why not where not."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from sizing import Catalog
from sizing.cli import main
from sizing.proof.rows import judged, summaries


@pytest.fixture
def file(tmp_path: Path, catalog: Catalog) -> Path:
    """A row of the catalog with a column more, one of an unknown device, and one whose prompt nobody tells."""
    with (catalog.root / "measurements" / "speeds.csv").open(encoding="utf-8") as known:
        rows = [next(csv.DictReader(known)) for _ in range(1)]
    first = {**rows[0], "who": "somebody"}
    written = [first, {**first, "device": "a-device-of-tomorrow"}, {**first, "format": "EXL2-4.0bpw"}]
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(first))
        writer.writeheader()
        writer.writerows(written)
    return path


def test_rows_are_answered_in_the_files_order_with_its_own_columns(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accuracy", "--rows", str(file), "--json"]) == 0
    first, second, third = json.loads(capsys.readouterr().out)
    assert first["who"] == "somebody"
    assert 0 < first["low"] <= first["value"] <= first["high"]
    assert (first["why"], first["class"], first["seen"]) == (None, "dense", "all")
    assert second["value"] is None
    assert "a-device-of-tomorrow" in second["why"]
    assert third["value"] is None
    assert "EXL2" in third["why"]


def test_a_reader_is_answered_for_newer_builds_than_an_old_row_was_made_with(catalog: Catalog, file: Path) -> None:
    reader, own = (judged(catalog, file, catalog.planner.fitted, era)[0].rate for era in ("reader", "own"))
    assert reader is not None
    assert own is not None
    assert reader.value > own.value


def test_errors_are_summed_up_by_class_and_by_what_was_seen(catalog: Catalog, file: Path) -> None:
    told = {s.name: s.rows for s in summaries(judged(catalog, file, catalog.planner.fitted, "own"))}
    assert told == {"decode dense": 1, "decode seen: all": 1, "decode all": 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rows", "nowhere.csv"], "nowhere.csv:1: No such file"),
        (["--json"], "say --rows FILE"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accuracy", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_holds_no_constants_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accuracy", "--rows", str(file), "--constants", str(file)]) == 2
    assert "holds no constants" in capsys.readouterr().err
