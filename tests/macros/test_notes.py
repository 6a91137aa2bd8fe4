"""Pages as notes: what macros say in place, links that Obsidian follows, pictures as files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pymdownx.slugs import slugify

from macros.notes.note import Notes, Text
from macros.notes.pages import notes
from macros.notes.pictures import standing_alone
from macros.rows import Bar, Dumbbell, Mark, Part, dumbbells, stacked
from macros.svg import Point, scatter
from sizing import SizingError

ROOT = Path(__file__).parents[2]
SETTINGS = """\
site_name: Mine
plugins:
  - macros:
      modules: [macros]
"""
SVG = "{http://www.w3.org/2000/svg}"


def made(*texts: Text, url: str = "") -> dict[str, str]:
    files = Notes(texts, "Mine", url, slugify(case="lower")).files()
    return {path: content.decode() for path, content in files.items()}


def says(markdown: str, *, url: str = "") -> str:
    """What a note in a folder says, beside a page of data and a page of a model."""
    one = Text("文章/一 篇.md", "%E6%96%87%E7%AB%A0/%E4%B8%80%20%E7%AF%87/", "", markdown)
    data = Text("data/models.md", "data/models/", "", "# 模型\n\n## 速度 误差 {: #accuracy }\n\n## 大小\n")
    entry = Text("models/qwen3-8b.md", "models/qwen3-8b/", "", "# Qwen3 8B\n")
    home = Text("index.md", "", "", "# 首页\n")
    return made(one, data, entry, home, url=url)[one.path].split("%%\n\n")[1].strip()


@pytest.mark.parametrize(
    ("link", "followed"),
    [
        ("[a](../data/models.md)", "[a](../data/models.md)"),
        ("[a](../data/models.md#accuracy)", "[a](../data/models.md#速度%20误差)"),
        ("[a](../data/models.md#大小)", "[a](../data/models.md#大小)"),
        ("[a](../data/models.md#a-row)", "[a](../data/models.md)"),
        ("[a](../models/qwen3-8b/index.html)", "[a](../models/qwen3-8b.md)"),
        ('<a href="../models/qwen3-8b/">a</a>', "[a](../models/qwen3-8b.md)"),
        ("[a](../index.md)", "[a](../index.md)"),
        ("[a](../index.html)", "[a](../index.md)"),
        ("[a](https://example.com/a_(b)#c)", "[a](https://example.com/a_(b)#c)"),
        ("[a](../api/v1/index.json)", "a"),
        ("`[a](../data/nothing.json)` is code", "`[a](../data/nothing.json)` is code"),
        ("[a](../data/models.md){: .button }", "[a](../data/models.md)"),
        ("[a](../data/models.md){ .button .primary }", "[a](../data/models.md)"),
    ],
)
def test_a_link_leads_where_obsidian_follows_it(link: str, followed: str) -> None:
    assert says(link) == followed


def test_what_is_no_note_leads_to_the_site_where_it_has_an_address() -> None:
    assert (
        says("[a](../api/v1/index.json)", url="https://example.com/x/")
        == "[a](https://example.com/x/api/v1/index.json)"
    )


def test_front_matter_is_kept_as_it_stands_and_the_note_says_that_it_is_generated() -> None:
    for front in ('---\n{"title": "甲", "tags": ["a"]}\n---\n', "---\ntitle: 甲 # mine\ntags: [a]\n---\n", ""):
        note = made(Text("a.md", "a/", front, "# 甲\n"))["a.md"]
        assert note.startswith(f"{front}%% 由“Mine”生成")
        assert note.endswith("%%\n\n# 甲\n")


BARS = stacked(
    "内存 & 更多", [Bar("Q4_K_M", [Part("weights", 3, "权重 3"), Part("cache", 1, "缓存 1")], "4 GiB")],
    {"weights": "权重", "cache": "缓存"}, Mark(5, "提供 5"),
)  # fmt: skip
PICTURES = {
    "bars": BARS,
    "dumbbells": dumbbells("误差", [Dumbbell("a <b>", 3, 4)], {"single": "预测", "several": "实测"}),
    "scatter": scatter(
        "散点", ("x", "y"), [Point(1, 2, "single"), Point(30, 20, "several")], {"single": "a", "several": "b"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_file_that_stands_by_itself(name: str) -> None:
    drawn = standing_alone(PICTURES[name])
    assert drawn is not None
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    classes = {one.get("class") for one in root.iter() if one.get("class")}
    style = root.findtext(f"{SVG}style") or ""
    assert all(f".{one}" in style for each in classes for one in (each or "").split() if one != "key")


def test_a_picture_of_rows_says_its_words() -> None:
    drawn = standing_alone(BARS) or ""
    words = " ".join(" ".join(one.text or "" for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")).split())
    assert words == "Q4_K_M 4 GiB 权重 3、缓存 1 权重 缓存 提供 5"
    shares = [float(width) for width in re.findall(r'<rect class="\w+" x="[\d.]+%" width="([\d.]+)%"', drawn)]
    assert shares == [pytest.approx(100 * part / 5.1, abs=0.01) for part in (3, 1)]


def test_a_note_embeds_its_pictures() -> None:
    files = made(Text("文章/一 篇.md", "x/", "", f"前\n\n{BARS}\n\n后\n"))
    assert "前\n\n![内存 & 更多](../attachments/一%20篇-1.svg)\n\n后\n" in files["文章/一 篇.md"]
    assert files["attachments/一 篇-1.svg"].startswith("<svg xmlns=")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of somebody else's, with a page that calls macros."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "docs" / "sub").mkdir(parents=True)
    (tmp_path / "macros").symlink_to(ROOT / "macros")
    (tmp_path / "docs" / "index.md").write_text(
        '---\ntitle: Home\n---\n# Home\n\n{{ sizing_memory("llama-3-8b", "Q4_K_M", 8192) }} [on](sub/a.md)\n\n'
        '{{ sizing_context_table("llama-2-13b", [4096]) }}\n',
        encoding="utf-8",
    )
    (tmp_path / "docs" / "sub" / "a.md").write_text("# A\n\n[back](../index.md)\n", encoding="utf-8")
    return tmp_path


def test_every_page_of_a_site_is_a_note(site: Path) -> None:
    made = {path: content.decode() for path, content in notes(site).items()}
    assert made.keys() == {"index.md", "sub/a.md"}
    assert "5.84 GiB [on](sub/a.md)" in made["index.md"]
    assert "| 4K |" in made["index.md"]
    assert made["sub/a.md"].endswith("# A\n\n[back](../index.md)\n")


def test_a_mistake_on_a_page_makes_no_notes(site: Path) -> None:
    page = site / "docs" / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("llama-3-8b", "llama-3-8c"), encoding="utf-8")
    with pytest.raises(SizingError, match="llama-3-8c") as caught:
        notes(site)
    assert "\n" not in str(caught.value)


def test_notes_are_made_in_the_folder_of_a_site(tmp_path: Path) -> None:
    with pytest.raises(SizingError, match=r"has no mkdocs\.yml; run it in the folder of a site"):
        notes(tmp_path)


def test_the_command_makes_them_and_a_second_time_changes_nothing(site: Path) -> None:
    vault = site.parent / f"{site.name}-vault"
    command = [sys.executable, "-m", "sizing", "export", "--obsidian", str(vault)]
    told = []
    for _ in range(2):
        done = subprocess.run(
            command, cwd=site, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        told.append(done.stdout.strip())
    assert told == [f"{vault}: 2 written, 0 removed, 0 as they were", f"{vault}: 0 written, 0 removed, 2 as they were"]


def test_without_mkdocs_one_line_says_what_to_install(site: Path) -> None:
    hidden = "import sys; sys.modules['mkdocs'] = None; from sizing.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", hidden, "export", "--obsidian", "vault"],
        cwd=site, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip().endswith("pip install 'llm-sizing[site]'")
    assert len(done.stderr.strip().splitlines()) == 1
