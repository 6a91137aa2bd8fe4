"""The plugin that is built: how large it is, how soon it is there, what it asks for, and that it holds all data."""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tools.obsidian.__main__ import PLUGIN, lean

MOST_BYTES = 500_000
MOST_MILLISECONDS = 100


def test_it_is_small(built: Path) -> None:
    assert (built / "main.js").stat().st_size <= MOST_BYTES


def test_it_starts_at_once(browser: Browser, built: Path, stub: str) -> None:
    code = (built / "main.js").read_text(encoding="utf-8")
    times = []
    for _ in range(5):
        page = browser.new_page()
        page.add_script_tag(content=stub)
        times.append(page.evaluate("(code) => stub.start(code)", code))
        page.close()
    assert statistics.median(times) <= MOST_MILLISECONDS


def test_it_asks_for_the_application_alone(built: Path) -> None:
    code = (built / "main.js").read_text(encoding="utf-8")
    for asked in (
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import.meta",
        "process.",
        "node:",
        'require("fs',
        "innerHTML",
    ):
        assert asked not in code, asked
    assert code.count("require(") == code.count('require("obsidian")')


def test_a_vault_gets_three_files(built: Path) -> None:
    assert sorted(file.name for file in built.iterdir()) == ["main.js", "manifest.json", "styles.css"]


def test_it_holds_every_number_that_pages_plan_with(
    node: str, made: dict[str, bytes], packing: bytes, tmp_path: Path
) -> None:
    models = {Path(name).stem: json.loads(text) for name, text in made.items() if name.startswith("models/")}
    (tmp_path / "packed.txt").write_bytes(packing)
    found = tmp_path / "unpacked.json"
    subprocess.run([node, PLUGIN / "test" / "unpack.mjs", tmp_path / "packed.txt", found], check=True)
    unpacked = json.loads(found.read_text(encoding="utf-8"))
    assert unpacked["models"].keys() == models.keys()
    for name, model in models.items():
        assert unpacked["models"][name] == model, name
    index = lean(json.loads(made["index.json"]))
    assert unpacked["files"]["index.json"] == index
    assert unpacked["files"]["names.json"] == json.loads(made["names.json"])


def test_its_types_are_those_that_are_published(node: str) -> None:
    checked = subprocess.run(
        [node, PLUGIN / "node_modules" / "typescript" / "bin" / "tsc", "--project", PLUGIN],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_the_communitys_rules_find_nothing(node: str) -> None:
    checked = subprocess.run(
        [node, PLUGIN / "node_modules" / "eslint" / "bin" / "eslint.js", "--max-warnings=0", "."],
        cwd=PLUGIN, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_the_manifest_is_as_the_community_asks() -> None:
    manifest = json.loads((PLUGIN / "manifest.json").read_text(encoding="utf-8"))
    versions = json.loads((PLUGIN / "versions.json").read_text(encoding="utf-8"))
    package = json.loads((PLUGIN / "package.json").read_text(encoding="utf-8"))
    assert versions[manifest["version"]] == manifest["minAppVersion"]
    assert package["version"] == manifest["version"]
    assert manifest["isDesktopOnly"] is False
    assert "obsidian" not in manifest["id"]
    assert "Obsidian" not in manifest["name"] + manifest["description"]
    assert len(manifest["description"]) <= 250
    assert manifest["description"].endswith(".")


@pytest.mark.parametrize("schema", ["machines", "offers"])
def test_a_vaults_files_are_held_to_the_sites_schemas(schema: str) -> None:
    words = (PLUGIN / "src" / "schema.ts").read_text(encoding="utf-8")
    said = json.loads((PLUGIN.parent / "docs" / "schema" / f"{schema}.json").read_text(encoding="utf-8"))
    for word in _words(said):
        assert f'"{word}"' in words, f"docs/schema/{schema}.json says {word}, which the plugin does not read"


def _words(schema: object) -> set[str]:
    """What a schema says, of what it says it."""
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key in ("properties", "$defs"):
        found |= {word for one in schema.get(key, {}).values() for word in _words(one)}
    for key in ("items", "additionalProperties", "propertyNames"):
        found |= _words(schema.get(key))
    return found | {word for one in schema.get("anyOf", []) for word in _words(one)}
