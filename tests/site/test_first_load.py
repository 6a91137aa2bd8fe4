"""What a phone fetches before its reader has touched anything: little, and nothing that only some will ask for."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.site.test_browser import NARROW, PAGES

MOST: Final = 250_000  # bytes of a page with all that it loads, compressed
DATA: Final = 150_000  # and of the calculator's own scripts and numbers
# Of each kind of page that has no file.
ENTRIES: Final = ("models/qwen3-32b/", "devices/rtx-4090/", "machines/pc-rtx-4090/")
# A picture and the like is compressed already.
PACKED: Final = (".png", ".jpg", ".woff2", ".gz")


def fetched(browser: Browser, address: str) -> Mapping[str, int]:
    """What a fresh browser fetches for a page, with the bytes that each file has on the wire.

    The worker that keeps pages for when there is no network begins once a page has time; it is left out.
    """
    context = browser.new_context(
        viewport={"width": NARROW, "height": 844}, locale="zh-CN", service_workers="block", reduced_motion="reduce"
    )
    sizes: dict[str, int] = {}
    page = context.new_page()
    found: list[Response] = []
    page.on("response", lambda one: found.append(one))
    page.goto(address, wait_until="networkidle")
    for response in found:
        if response.url.startswith("http"):
            body = response.body()
            sizes[response.url] = len(body if response.url.endswith(PACKED) else gzip.compress(body, 6))
    context.close()
    return sizes


@pytest.mark.parametrize("address", [*PAGES, *ENTRIES])
def test_a_page_loads_little(browser: Browser, site_url: str, address: str) -> None:
    sizes = fetched(browser, site_url + address)
    assert sum(sizes.values()) <= MOST, sorted(((size, url) for url, size in sizes.items()), reverse=True)[:5]
    assert not [url for url in sizes if url.endswith(("search_index.json", "search.json"))], "nobody has searched yet"


def test_every_script_is_still_one_once_it_is_small(browser: Browser, site_dir: Path, site_url: str) -> None:
    page = browser.new_page()
    page.goto(f"{site_url}404.html")
    scripts = sorted(file.relative_to(site_dir).as_posix() for file in (site_dir / "assets").rglob("*.mjs"))
    assert any(name.endswith("reading/reading.mjs") for name in scripts)
    for name in scripts:
        page.evaluate("(address) => import(address).then(() => null)", f"{site_url}{name}")
    page.close()


def test_the_calculators_numbers_are_the_least_of_it(browser: Browser, site_url: str) -> None:
    sizes = fetched(browser, f"{site_url}calculator/")
    own = {url: size for url, size in sizes.items() if "/assets/sizing/" in url or "/assets/calculator/" in url}
    assert any(url.endswith("models/qwen3-32b.json") for url in own), "it has answered"
    assert sum(own.values()) <= DATA, own


def test_what_tells_how_a_plan_is_started_comes_once_its_place_is_near(browser: Browser, site_url: str) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 844}, locale="zh-CN", service_workers="block")
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{site_url}calculator/", wait_until="networkidle")
    assert not any("launch/" in url for url in asked)
    page.locator(".sz-awaited").scroll_into_view_if_needed()
    expect(page.locator(".sz-command code").first).to_be_attached()
    assert any("launch/" in url for url in asked)
    context.close()
