"""Another generator builds the same sources: on the same addresses stand the same tables."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site.built import Table, read

ROOT = Path(__file__).resolve().parents[2]
ZENSICAL = Path(os.environ.get("ZENSICAL") or ROOT / ".cache/zensical/bin/zensical")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as Zensical builds it, from a folder of its own, in which it keeps a cache."""
    if not ZENSICAL.exists():
        pytest.skip("no Zensical here; make site-zensical installs it")
    project = tmp_path_factory.mktemp("zensical")
    shutil.copy(ROOT / "mkdocs.yml", project)
    for name in ("docs", "macros", "overrides"):
        shutil.copytree(ROOT / name, project / name)
    built = subprocess.run(
        [ZENSICAL, "build", "--strict"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "FULL": "false"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout
    assert "No issues found" in built.stdout
    return project / "site"


def told(table: Table) -> list[list[str]]:
    """Head and rows as words."""
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    return [[name.strip() for name in table.head], *rows]


def test_the_same_tables_stand_on_the_same_addresses(site_dir: Path, other: Path) -> None:
    pages = [page.relative_to(other) for page in sorted(other.rglob("index.html"))]
    sources = [page for page in (ROOT / "docs").rglob("*.md") if "assets" not in page.parts]
    assert len(pages) == len(sources)
    tables = 0
    for page in pages:
        ours, theirs = (list(map(told, read(site / page).tables)) for site in (site_dir, other))
        if page.parts[0] == "licences":  # of another theme, with what that brings
            assert [row[0] for row in theirs[0][1:]] == [
                *(row[0] for row in ours[0][1:] if "vendor" in row[3]),
                "Zensical",
            ]
        else:
            assert theirs == ours, page
        tables += len(ours)
    assert tables > 50
