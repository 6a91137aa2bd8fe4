"""The built site has a page for every model, device and machine, with the theme around it, and finds each."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from macros.labels.names import called
from sizing import Catalog
from tests.site.built import read
from tests.site.conftest import PUBLISHED

KINDS = ("models", "devices", "machines")


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_has_a_page_of_its_name(site_dir: Path, catalog: Catalog, kind: str) -> None:
    for id, entry in getattr(catalog, kind).items():
        page = read(site_dir / kind / id / "index.html")
        assert [text.strip() for level, text in page.headings if level == 1] == [called(entry.name)]
        assert {"facts", "sources"} <= page.ids
        assert page.links


@pytest.mark.parametrize("kind", KINDS)
def test_no_mark_of_the_theme_is_left_and_no_other_entrys_word(site_dir: Path, catalog: Catalog, kind: str) -> None:
    for id in getattr(catalog, kind):
        page = read(site_dir / kind / id / "index.html")
        assert "7d1f" not in page.html
        assert f'href="{quote(id)}/"' not in page.links


def test_a_page_names_its_own_address(site_dir: Path) -> None:
    page = (site_dir / "models/qwen3-32b/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{PUBLISHED}models/qwen3-32b/">' in page


def test_the_map_of_the_site_lists_every_page(site_dir: Path, catalog: Catalog) -> None:
    listed = (site_dir / "sitemap.xml").read_text(encoding="utf-8")
    for kind in KINDS:
        for id in getattr(catalog, kind):
            assert f"<loc>{PUBLISHED}{kind}/{quote(id)}/</loc>" in listed


def test_the_search_knows_every_page_by_a_short_text(site_dir: Path, catalog: Catalog) -> None:
    docs = json.loads((site_dir / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    found = {doc["location"]: doc for doc in docs}
    for kind in KINDS:
        for id in getattr(catalog, kind):
            assert len(found[f"{kind}/{quote(id)}/"]["text"]) < 1000
    assert "qwen3:32b" in found["models/qwen3-32b/"]["text"]
    assert "GeForceRTX4090" in found["devices/rtx-4090/"]["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_light(site_dir: Path, kind: str) -> None:
    largest = max((page.stat().st_size, page.parent.name) for page in (site_dir / kind).glob("*/index.html"))
    assert largest[0] < 150_000, largest


def test_pages_of_a_group_lead_to_one_another_and_say_which_is_open(site_dir: Path) -> None:
    html = (site_dir / "data/devices/index.html").read_text(encoding="utf-8")
    (found,) = re.findall(r'<nav class="siblings".*?</nav>', html, re.S)
    assert re.findall(r'href="([^"]*)"(?: aria-current="page")?>(?:模型|机器|更新)<', found) == [
        "../models/", "../machines/", "../../changes/",
    ]  # fmt: skip
    assert re.findall(r'aria-current="page">(.*?)<', found) == ["设备"]
    assert 'class="siblings"' not in (site_dir / "claims/index.html").read_text(encoding="utf-8")
