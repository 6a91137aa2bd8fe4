"""An editor that follows the schemas accepts the whole catalog, and refuses what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sizing.catalog import HERE
from sizing.facts.files import FILES, found_in
from sizing.facts.schema import schemas
from sizing.facts.sheets import Sheet
from sizing.facts.yaml import read
from tools.schema import catalog, texts

SCHEMAS = schemas()


def files() -> Iterator[tuple[str, Path]]:
    """Every YAML file of the catalog, after the name of its schema."""
    found, _ = found_in(HERE)
    for kind in FILES:
        if isinstance(kind.what, Sheet):
            yield from ((f"{kind.what.names}.json", path) for path in found[kind])


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_a_published_schema_is_what_the_entry_types_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == texts()[path], "stale: python -m tools.schema"


def test_every_file_of_the_catalog_names_its_schema_in_its_first_line() -> None:
    stale = [path.name for path, text in catalog().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "python -m tools.schema"
    for name, path in files():
        said = path.read_text(encoding="utf-8").partition("\n")[0].partition("$schema=")[2]
        assert (path.parent / said).resolve() == HERE.parent / "docs/schema" / name


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_file_of_the_catalog_follows_its_schema() -> None:
    for name, path in files():
        errors = Draft202012Validator(SCHEMAS[name]).iter_errors(read(path, path.name).data)
        assert [error.message for error in errors] == [], path.name


def test_there_is_a_template_of_what_people_add() -> None:
    templates = {path.relative_to(HERE).as_posix() for _, path in files() if path.name.startswith("_")}
    assert templates == {
        "models/_template.yaml", "devices/_template.yaml", "machines/_template.yaml", "offers/_template.yaml",
        "offers/_apis-template.yaml", "_claims.yaml",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("models.json", {"models": {}}),
        ("models.json", {"models": {"x": {"nome": "X"}}}),
        ("models.json", {"licence": "MIT", "models": {"x": {"name": "X"}}}),
        ("models.json", {"models": {"x": {"context": -1}}}),
        ("models.json", {"models": {"x": {"architecture": {"num_hidden_layers": 10**9}}}}),
        ("devices.json", {"devices": {"x": {"bandwidth": "1008 GB"}}}),
        ("devices.json", {"devices": {"x": {"kind": "tpu"}}}),
        ("devices.json", {"devices": {"x": {"memory": {"box": [], "type": "GDDR6"}}}}),
        ("machines.json", {"machines": {"x": {"price": {"amount": 1599}}}}),
        ("offers.json", {"offers": {"x": {"amount": 0}}}),
        ("offers.json", {"currency": "RMB", "offers": {"x": {"amount": 1}}}),
        ("apis.json", {"apis": {"x": {"input": -1}}}),
        ("tariffs.json", {"tariffs": {"x": {"amount": 0}}}),
        ("rates.json", {"rates": {"x": {"rate": "6.7"}}}),
        ("parts.json", {"parts": {"x": {"kind": "cable"}}}),
        ("machines.json", {"machines": {"x": {"devices": [{"device": "y", "count": 0}]}}}),
        ("hosts.json", {"reservd": {}, "hosts": {}}),
        ("claims.json", {"sets": {"model": {"a": ["b"]}}, "claims": {"x": {}}}),
        ("runtimes.json", {"runtimes": {"x": {"cache": {"page": 0}}}}),
        ("formats.json", {"formats": {"x": {"precision": "0-bit"}}}),
    ],
)
def test_a_schema_refuses_what_cannot_be(name: str, data: dict[str, Any]) -> None:
    assert list(Draft202012Validator(SCHEMAS[name]).iter_errors(data))
