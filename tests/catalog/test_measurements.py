"""What real tools printed: each row has a source, and none is faster than its hardware."""

from __future__ import annotations

import collections
import csv
import dataclasses
import datetime
import re

from sizing import Catalog
from sizing.facts.published import DROPPED
from sizing.files.llama_bench import read_runs
from sizing.files.rows import Given, rows_of


def test_every_speed_row_is_read(catalog: Catalog) -> None:
    with (catalog.root / "measurements" / "speeds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(catalog.measurements()) == len(rows) > 0


def is_readable(catalog: Catalog, address: str) -> bool:
    """Whether an address is a public one, or a file of this project's own record."""
    return bool(re.match(r"https?://[^/]+\.[^/]+/", address)) or (catalog.root / "measurements" / address).is_file()


def test_every_row_was_read_at_a_public_address_or_in_the_record_on_a_day(catalog: Catalog) -> None:
    for name in ("speeds.csv", "file_sizes.csv", "caches.csv", "buffers.csv", "totals.csv", "pools.csv", "builds.csv"):
        with (catalog.root / "measurements" / name).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                assert is_readable(catalog, row["source_url"]), f"{name}:{number}"
                assert datetime.date.fromisoformat(row["read"]) <= datetime.date(2100, 1, 1), f"{name}:{number}"


def test_every_print_out_of_the_record_stands_in_the_tables_as_it_was_printed(catalog: Catalog) -> None:
    folder = catalog.root / "measurements"
    kept = {
        (row.source_url, row.test, row.prompt, row.generated, row.depth, row.tok_s) for row in catalog.measurements()
    }
    for path in folder.glob("record/*.llama-bench.jsonl"):
        name = path.relative_to(folder).as_posix()
        given = Given(catalog, device=path.name.partition(".")[0])
        rows, _ = rows_of(read_runs(path) or (), given, datetime.date.today())
        printed = {
            (name, row["test"], int(row["prompt"]), int(row["generated"]), int(row["depth"]), float(row["tok_s"]))
            for row in rows
        }
        dropped = {float(row.tok_s) for row in DROPPED.read(catalog.root, catalog) if row.source_url == name}
        assert {one for one in printed if one[-1] not in dropped} == {one for one in kept if one[0] == name}


def test_file_sizes_name_models_and_formats_of_the_catalog(catalog: Catalog) -> None:
    with (catalog.root / "measurements" / "file_sizes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 20
    for number, row in enumerate(rows, start=2):
        assert row["model"] in catalog.models, number
        assert row["format"] in catalog.formats, number
        assert int(row["bytes"]) > 0, number


def test_no_row_stands_twice(catalog: Catalog) -> None:
    rows = [dataclasses.replace(row, source_url="", read="", note="") for row in catalog.measurements()]
    assert [row for row, times in collections.Counter(rows).items() if times > 1] == []


def test_no_repository_prints_the_same_case_twice(catalog: Catalog) -> None:
    """A table and the log that it was made of are one measurement, however each names its build."""
    own = [
        dataclasses.replace(row, source_url=row.source_url.partition("/blob/")[0], version="", read="", note="")
        for row in catalog.measurements()
        if "/blob/" in row.source_url
    ]
    assert [row for row, times in collections.Counter(own).items() if times > 1] == []


def test_every_dropped_row_says_where_it_was_and_why(catalog: Catalog) -> None:
    with (catalog.root / "measurements" / "dropped.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 0
    for number, row in enumerate(rows, start=2):
        assert is_readable(catalog, row["source_url"]), number
        assert row["what"], number
        assert row["reason"], number
