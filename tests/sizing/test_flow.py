"""Data flows one way: sizing knows nothing of macros or the site, and imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "sizing").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """The top-level packages that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0] if not node.level else file.parent.name


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.name))
def test_sizing_imports_neither_macros_nor_a_site_generator(file: Path) -> None:
    allowed = {"sizing", "pydantic", "pydantic_core", "yaml", "gguf", "numpy", "scipy", *sys.stdlib_module_names}
    assert set(imported(file)) <= allowed


@pytest.mark.parametrize("package", ["sizing", "macros", "docs"])
def test_no_package_imports_tests_or_docs(package: str) -> None:
    for file in (ROOT / package).rglob("*.py"):
        assert not {"tests", "docs"} & set(imported(file)), file


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.name))
def test_sizing_names_no_url_of_a_page_and_writes_no_html(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not any(tag in node.value for tag in ("<table", "<div", "<span", "</", "{{", "{%")), node.value


def test_importing_sizing_imports_nothing_heavy() -> None:
    code = (
        "import sys, sizing, sizing.cli; sizing.Catalog.load();"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert "sizing" in loaded
    assert not loaded & {"numpy", "scipy", "gguf", "mkdocs", "jinja2", "macros", "markdown", "jieba"}


def test_measurements_are_read_only_when_asked_for(tmp_path: Path) -> None:
    code = (
        "import builtins, io, sizing, pathlib;"
        "opened = []; real = io.open;"
        "io.open = lambda file, *a, **k: (opened.append(str(file)), real(file, *a, **k))[1];"
        "c = sizing.Catalog.load(); assert not [f for f in opened if f.endswith('.csv')], opened;"
        "c.measurements(); assert [f for f in opened if f.endswith('speeds.csv')], opened"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
