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

# From the bottom to the top: a module imports its own band and those below, never one above. Of two names that a module
# falls under, the longer one counts.
BANDS = (
    ("sizing.errors", "sizing.kept"),
    ("sizing.engine",),
    ("sizing.facts", "sizing.fitted"),
    ("sizing.anatomy",),
    ("sizing.planner",),
    ("sizing.model",),
    ("sizing.catalog",),
    (
        "sizing.plan",
        "sizing.drafting",
        "sizing.explain",
        "sizing.launch",
        "sizing.own",
        "sizing.power",
        "sizing.unsaid",
        "sizing.ways",
    ),
    (
        "sizing.check",
        "sizing.files",
        "sizing.search",
        "sizing.here",
        "sizing.claims",
        "sizing.export",
        "sizing.figures",
        "sizing.money",
    ),
    ("sizing.proof",),
    ("sizing",),  # the public face
    ("sizing.agents", "sizing.cli", "sizing.__main__"),
    ("macros",),
)
# All that plain numbers need of the standard library. The rest of the engine also runs in a browser.
ENGINE_IMPORTS = {
    "__future__", "bisect", "collections.abc", "dataclasses", "functools", "itertools", "math", "struct", "typing",
    "sizing.errors",
}  # fmt: skip


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_imported(file: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it; a type checker's imports too."""
    here = name_of(file)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = here if file.stem == "__init__" else here.rpartition(".")[0]
            base = package.split(".")[: len(package.split(".")) - max(0, node.level - 1)] if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                folder = ROOT.joinpath(*whole.split("."))
                inner = folder / alias.name
                yield f"{whole}.{alias.name}" if inner.is_dir() or inner.with_suffix(".py").is_file() else whole


def band_of(module: str) -> int:
    named = [
        (len(name), floor)
        for floor, names in enumerate(BANDS)
        for name in names
        if module == name or module.startswith(f"{name}.")
    ]
    return max(named)[1]


def test_no_import_points_up() -> None:
    arrows = [
        f"{name_of(file)} imports {other}"
        for file in (*MODULES, *sorted((ROOT / "macros").rglob("*.py")))
        for other in modules_imported(file)
        if other.split(".")[0] in ("sizing", "macros") and band_of(other) > band_of(name_of(file))
    ]
    assert arrows == []


def test_every_module_of_sizing_has_a_band() -> None:
    homeless = [
        name_of(file) for file in MODULES if name_of(file) != "sizing" and BANDS[band_of(name_of(file))] == ("sizing",)
    ]
    assert homeless == [], "name their band in BANDS"


def test_the_engine_imports_itself_and_a_short_list() -> None:
    strange = {
        f"{name_of(file)} imports {other}"
        for file in MODULES
        if name_of(file).startswith("sizing.engine")
        for other in modules_imported(file)
        if other not in ENGINE_IMPORTS and not other.startswith("sizing.engine")
    }
    assert strange == set()


def imported(file: Path) -> Iterator[str]:
    """The top-level packages that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0] if not node.level else file.parent.name


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.name))
def test_sizing_imports_neither_macros_nor_a_site_generator(file: Path) -> None:
    own = {"server": {"mcp"}, "workers": {"ray"}}.get(file.stem, set())  # extras
    allowed = {"sizing", "pydantic", "pydantic_core", "yaml", "rich", "numpy", "scipy", *sys.stdlib_module_names} | own
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
    assert not loaded & {"numpy", "scipy", "mcp", "gguf", "mkdocs", "jinja2", "macros", "markdown", "jieba"}


def test_measurements_are_read_only_when_asked_for(tmp_path: Path) -> None:
    code = (
        "import builtins, io, sizing, pathlib;"
        "opened = []; real = io.open;"
        "io.open = lambda file, *a, **k: (opened.append(str(file)), real(file, *a, **k))[1];"
        "c = sizing.Catalog.load(); assert not [f for f in opened if f.endswith('.csv')], opened;"
        "c.measurements(); assert [f for f in opened if f.endswith('speeds.csv')], opened"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
