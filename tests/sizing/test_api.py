"""What scripts read says what the catalog and the plans say, and keeps to its schema."""

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from sizing import Catalog, plan
from sizing.cli import main
from sizing.export import api
from sizing.export.api import KINDS
from sizing.facts.yaml import forget


@pytest.fixture(scope="module")
def made(catalog: Catalog) -> dict[str, bytes]:
    return api(catalog)


def objects(made: dict[str, bytes], kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made[f"{kind}.json"])[kind]
    return found


@pytest.mark.parametrize("kind", [*KINDS, "plans"])
def test_every_object_keeps_to_the_schema(made: dict[str, bytes], kind: str) -> None:
    schema = json.loads(made["schema.json"])
    check = jsonschema.Draft202012Validator({**schema, "$ref": f"#/$defs/{kind}"})
    for one in objects(made, kind):
        check.validate(one)


def test_an_object_that_says_more_or_less_breaks_the_schema(made: dict[str, bytes]) -> None:
    schema = json.loads(made["schema.json"])
    check = jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/devices"})
    first = objects(made, "devices")[0]
    assert not check.is_valid({**first, "speed": 1})
    assert not check.is_valid({name: fact for name, fact in first.items() if name != "vendor"})


@pytest.mark.parametrize("kind", ["models", "devices", "machines", "offers", "formats", "runtimes"])
def test_every_entry_is_there_with_its_sources(made: dict[str, bytes], catalog: Catalog, kind: str) -> None:
    found = {one["id"]: one for one in objects(made, kind)}
    assert list(found) == list(getattr(catalog, kind))
    assert all(one["sources"] and one["sources"][0]["url"].startswith("http") for one in found.values())


def test_a_plan_is_the_plan(made: dict[str, bytes], catalog: Catalog) -> None:
    rows = objects(made, "plans")
    assert {row["machine"] for row in rows} <= set(catalog.machines)
    for row in rows[::200]:
        p = plan(catalog.model(row["model"]), catalog.machine(row["machine"]), context=8192)
        assert (row["format"], row["verdict"], row["memory"]) == (p.format.id, p.verdict, p.memory.total)
        assert row["decode"] == (p.decode.value if p.decode else None)
        assert row["time_to_first_token"] == p.time_to_first_token(8192)


def test_a_table_has_a_line_an_entry(made: dict[str, bytes], catalog: Catalog) -> None:
    rows = list(csv.DictReader(io.StringIO(made["models.csv"].decode())))
    assert [row["id"] for row in rows] == list(catalog.models)
    own = next(row for row in rows if row["id"] == "qwen3-32b")
    counts = catalog.model("qwen3-32b").parameters
    assert counts is not None
    assert int(own["parameters"]) == counts.total


def test_no_cell_of_a_table_is_a_formula(catalog: Catalog) -> None:
    forget()  # entries that nobody else has, nor finds
    trick = Catalog.load()
    forget()
    object.__setattr__(trick.devices["rtx-4090"], "name", '=HYPERLINK("http://example.org")')
    rows = list(csv.DictReader(io.StringIO(api(trick)["devices.csv"].decode())))
    name = next(row["name"] for row in rows if row["id"] == "rtx-4090")
    assert name == '\'=HYPERLINK("http://example.org")'


def test_the_index_names_every_file(made: dict[str, bytes]) -> None:
    index = json.loads(made["index.json"])
    assert set(index["files"]) == set(made) - {"index.json", "schema.json"}
    assert index["version"] >= "2026-11-01"


def test_the_command_writes_the_same_files(tmp_path: Any, made: dict[str, bytes], capsys: Any) -> None:
    assert main(["export", "--api", str(tmp_path / "v1")]) == 0
    assert {file.name: file.read_bytes() for file in (tmp_path / "v1").iterdir()} == made
    assert "index.json says what they hold" in capsys.readouterr().out
