"""What changed in the catalog, by day: in words with links, and in a feed that readers of feeds understand."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from macros.changes import catalog_changes, days, feed
from sizing import Catalog, SizingError
from tests.macros.environment import FakeEnvironment, site_of

DAYS = [
    {"day": "2026-11-27", "added": {"models": ["qwen3-32b", "gone-1b"]}, "changed": {"devices": ["rtx-4090"]}},
    {"day": "2026-11-26", "removed": {"offers": ["old"]}},
]
ATOM = "{http://www.w3.org/2005/Atom}"


def told(env: FakeEnvironment, found: object) -> None:
    folder = Path(env.project_dir) / "docs"
    folder.mkdir(exist_ok=True)
    (folder / "changes.json").write_text(json.dumps(found), encoding="utf-8")


def test_a_day_names_what_came_and_what_changed(catalog: Catalog, env: FakeEnvironment) -> None:
    told(env, DAYS)
    env.page.url = "changes/"
    first, second = str(catalog_changes(site_of(catalog, env))).split("\n\n## ")
    assert first.startswith("## 2026-11-27 {: #2026-11-27 }\n\n- 新增 2 个模型：")
    assert "[Qwen3 32B](models/qwen3-32b/index.html)、<code>gone-1b</code>" in first
    assert "- 改动 1 种设备：[GeForce RTX 4090](" in first
    assert second.endswith("- 删去 1 个价格")


def test_without_a_history_the_page_says_so(catalog: Catalog, env: FakeEnvironment) -> None:
    assert catalog_changes(site_of(catalog, env)) == "还没有记录。"


def test_a_file_that_is_none_is_one_line(catalog: Catalog, env: FakeEnvironment) -> None:
    told(env, DAYS)
    (Path(env.project_dir) / "docs/changes.json").write_text("[", encoding="utf-8")
    with pytest.raises(SizingError, match="cannot be read; write it anew"):
        days(env.project_dir)


def test_the_feed_has_an_entry_a_day_the_newest_first() -> None:
    read = ElementTree.fromstring(feed(DAYS, "指南", "https://x.example/"))
    entries = read.findall(f"{ATOM}entry")
    assert read.findtext(f"{ATOM}updated") == "2026-11-27T12:00:00Z"
    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        "2026-11-27：新增 2 个模型；改动 1 种设备",
        "2026-11-26：删去 1 个价格",
    ]
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://x.example/changes/#2026-11-27"
    assert len({one.findtext(f"{ATOM}id") for one in [read, *entries]}) == 3


def test_the_checked_in_days_are_the_catalogs(catalog: Catalog) -> None:
    found = days(Path(__file__).resolve().parents[2])
    assert [one["day"] for one in found] == sorted((one["day"] for one in found), reverse=True)
    assert any(id in catalog.models for one in found for id in one.get("added", {}).get("models", []))
