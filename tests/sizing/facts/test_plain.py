"""An entry goes to JSON and back unchanged, and neither way needs what reading YAML needs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sizing import Catalog
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.entry import Entry
from sizing.facts.plain import from_plain, to_plain

ROOT = Path(__file__).parents[3]


def entries(catalog: Catalog) -> Iterator[Entry]:
    every = (
        catalog.models, catalog.devices, catalog.machine_entries, catalog.formats, catalog.runtimes, catalog.hosts,
        catalog.claims, catalog.words, catalog.kinds,
    )  # fmt: skip
    for kind in every:
        yield from kind.values()
    yield from catalog.gpu_limits


def test_every_entry_comes_back_from_json_as_it_was(catalog: Catalog) -> None:
    for entry in entries(catalog):
        back = from_plain(type(entry), json.loads(json.dumps(to_plain(entry))))
        assert repr(back) == repr(entry)


def test_shapes_that_are_equal_are_one_key(catalog: Catalog) -> None:
    # Caches are keyed by them, however they were made.
    shapes = [m.architecture for m in catalog.models.values() if isinstance(m.architecture, Architecture)]
    for shape in shapes:
        back = from_plain(Architecture, to_plain(shape))
        assert {shape: 1, back: 2} == {shape: 2}


def test_what_is_a_default_is_not_said(catalog: Catalog) -> None:
    assert to_plain(catalog.device("rtx-4090").memory) == {
        "box": [24 * 2**30],
        "driver": 24564 * 2**20,
        "offered": 24080 * 2**20,
        "type": "GDDR6X",
    }


def test_plain_data_becomes_entries_without_a_validator_or_a_reader_of_yaml(catalog: Catalog) -> None:
    model = to_plain(catalog.model("llama-3-8b"))
    code = (
        "import json, sys; import sizing; from sizing import Catalog, Model, plan, read_model;"
        "from sizing.facts.entries.models import ModelEntry; from sizing.facts.plain import from_plain;"
        "model = Model.of(from_plain(ModelEntry, json.loads(sys.stdin.read())));"
        "print(model.parameters.total, *{'pydantic', 'pydantic_core', 'yaml'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(model), capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == ["8030261248"]


def test_the_function_plan_is_not_its_module() -> None:
    code = "import sizing.plan; from sizing import plan; assert callable(plan); assert callable(sizing.plan)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
