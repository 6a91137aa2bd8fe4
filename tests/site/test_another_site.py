"""Somebody else's site calls the macros too: it builds strictly, its links lead to the published pages or nowhere."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from sizing import version
from tests.site.built import Page, Table
from tests.site.test_zensical import ZENSICAL

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = "https://example.org/hardware/"

SETTINGS = """
site_name: Somebody else's
plugins:
  - macros:
      modules: [sizing_macros]
      on_undefined: strict
"""
MKDOCS = (sys.executable, "-m", "mkdocs")
PAGE = """# My machines

An RTX 4090 has 24 GB, reads {{ sizing_device("rtx-4090", "bandwidth") }}, and writes
{{ sizing_decode("llama-3-8b", "rtx-4090", "Q4_K_M", 8192) }}. One claim: {{ sizing_claim("fp16-per-billion") }}.
{{ sizing_check("fits", "llama-3-8b", "rtx-4090", "Q4_K_M") }}

{{ sizing_open_models(["llama-3-8b", "llama-3-70b"]) }}

{{ sizing_memory_chart("llama-3-8b", [("Q4_K_M", 8192), ("F16", 8192)], "rtx-4090") }}
"""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder in which the macros lie under the name that they are installed by."""
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "sizing_macros").symlink_to(ROOT / "macros")
    (folder / "sizing").symlink_to(ROOT / "sizing")
    return folder


def build(
    folder: Path, packages: Path, settings: str, page: str, by: Sequence[str | Path] = MKDOCS
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Strictly build a site of one page, which knows nothing of this one."""
    project = folder / "project"
    (project / "docs").mkdir(parents=True)
    (project / "docs/index.md").write_text(page, encoding="utf-8")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    built = subprocess.run(
        [*by, "build", "--strict"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(packages), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return built, project / "site/index.html"


def models(page: Page) -> list[Table]:
    return [table for table in page.tables if "总参数" in table.head]


def test_a_page_of_another_site_builds_without_links(tmp_path: Path, packages: Path) -> None:
    built, file = build(tmp_path, packages, SETTINGS, PAGE)
    assert built.returncode == 0, built.stdout
    assert "WARNING" not in built.stdout
    page = Page(file.read_text(encoding="utf-8"))
    (table,) = models(page)
    assert [row.cells[0].text for row in table.rows] == ["LLaMA-3 8B", "LLaMA-3 70B"]
    assert [row.links for row in table.rows] == [[], []]
    assert "1,008 GB/s" in page.html
    assert '<span class="verdict holds">成立</span>' in page.html
    for sign in ("{{", "{:", "macro-error"):
        assert sign not in page.html


def test_its_links_lead_to_the_published_pages(tmp_path: Path, packages: Path) -> None:
    settings = f"{SETTINGS}extra: {{sizing: {{links: {PUBLISHED}}}}}\n"
    built, file = build(tmp_path, packages, settings, PAGE)
    assert built.returncode == 0, built.stdout
    page = Page(file.read_text(encoding="utf-8"))
    led = {link for table in models(page) for row in table.rows for link in row.links}
    assert f"{PUBLISHED}models/llama-3-8b/" in led
    assert all(link.startswith(PUBLISHED) for link in led)
    assert f"{PUBLISHED}claims/#fp16-per-billion" in page.links


def test_its_own_macros_keep_their_names(tmp_path: Path, packages: Path) -> None:
    built, file = build(tmp_path, packages, f"{SETTINGS}extra: {{weights: mine}}\n", "{{ weights }}")
    assert built.returncode == 0, built.stdout
    assert "mine" in file.read_text(encoding="utf-8")


def test_a_wrong_call_fails_its_build_with_one_line(tmp_path: Path, packages: Path) -> None:
    built, _ = build(tmp_path, packages, SETTINGS, '{{ sizing_weights("llama-3-9b", "F16") }}')
    assert built.returncode == 1, built.stdout
    (warning,) = [line for line in built.stdout.splitlines() if line.startswith("WARNING")]
    assert "docs/index.md:1: sizing_weights(): no model 'llama-3-9b' in the catalog" in warning


def test_a_catalog_that_is_not_there_is_one_line(tmp_path: Path, packages: Path) -> None:
    built, _ = build(tmp_path, packages, f"{SETTINGS}extra: {{sizing: {{catalog: facts}}}}\n", PAGE)
    assert built.returncode == 1, built.stdout
    assert "facts: no such folder; give the folder that holds models/, devices/ and machines/" in built.stdout
    assert "Traceback" not in built.stdout


def told_to_copy() -> tuple[str, str]:
    """The settings and the page that strangers are told to copy."""
    text = (ROOT / "docs/elsewhere.md").read_text(encoding="utf-8")
    (page,) = re.findall(r"^```markdown\n(.*?)^```$", text, re.S | re.M)
    return next(one for one in re.findall(r"^```yaml\n(.*?)^```$", text, re.S | re.M)), page


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material", "zensical"])
def test_what_strangers_are_told_to_copy_builds_in_their_theme(tmp_path: Path, packages: Path, theme: str) -> None:
    settings, text = told_to_copy()
    by: Sequence[str | Path] = MKDOCS
    if theme == "zensical":
        by = [ZENSICAL]
        if not ZENSICAL.exists():
            pytest.skip("no Zensical here; make site-zensical installs it")
    else:
        settings += f"theme: {theme}\n"
    built, file = build(tmp_path, packages, settings, text, by)
    assert built.returncode == 0, built.stdout
    assert "WARNING" not in built.stdout
    page = Page(file.read_text(encoding="utf-8"))
    assert [row.cells[0].text for table in models(page) for row in table.rows] == ["gpt-oss-20b", "Qwen3 32B"]
    suited = page.tables[0]
    assert len(suited.rows) == 2
    for words in ("1,008 GB/s", f"版本 {version()}" if by is MKDOCS else "版本 ", "数据截至 2026-", "<svg", "tok/s"):
        assert words in page.html
    for sign in ("{{", "{:", "macro-error"):
        assert sign not in page.html
