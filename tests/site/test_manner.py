"""What every page of the built site keeps to: it fits a phone, axe finds nothing, and it runs its own scripts alone."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.sampled import sample
from tests.site.conftest import PUBLISHED
from tests.site.test_browser import ARTICLE, NARROW, PAGES, STICKING_OUT, WIDE, reading

ROOT = Path(__file__).resolve().parents[2]
AXE = Axe()
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 500);
})"""


def complaints(page: Page) -> list[str]:
    """What axe finds wrong with a page, a line each."""
    found: list[dict[str, Any]] = AXE.run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']} and {len(one['nodes']) - 1} more" for one in found]


LOOKS = list(product((WIDE, NARROW), ("default", "slate")))  # of which an ordinary run sees two of each page


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_axe_finds_nothing(browser: Browser, site_url: str, address: str) -> None:
    with reading(browser, site_url, WIDE, "light") as reader:
        page = reader.open(address)
        for width, scheme in sample(LOOKS, 2, f"looks of {address}"):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("name => document.body.setAttribute('data-md-color-scheme', name)", scheme)
            page.wait_for_timeout(300)  # colours fade into one another
            assert complaints(page) == [], f"{width} pixels, {scheme}"


@pytest.mark.parametrize("address", [*PAGES, "404.html"])
def test_a_phone_never_scrolls_sideways_nor_sees_a_page_jump(browser: Browser, site_url: str, address: str) -> None:
    with reading(browser, site_url, NARROW, "light") as reader:
        page = reader.open(address)
        assert page.evaluate(SHIFTS) <= 0.05
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
        assert page.evaluate(STICKING_OUT) == []
        frames = page.locator("article .table").evaluate_all(
            "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.slice(0, 60))"
        )
        assert frames == []


ROOM = """() => [...document.querySelectorAll("article .table")].map((one) => {
  const kept = parseFloat(getComputedStyle(one).containIntrinsicHeight.replace("auto", ""));
  one.style.contentVisibility = "visible";
  return [kept, one.offsetHeight];
})"""


@pytest.mark.parametrize("address", [ARTICLE, "method/", "models/qwen3-32b/"])
def test_a_phone_keeps_room_for_tables_before_it_lays_them_out(browser: Browser, site_url: str, address: str) -> None:
    with reading(browser, site_url, NARROW, "light") as reader:
        for kept, height in reader.open(address).evaluate(ROOM):
            assert height * 0.9 <= kept, "it would lie under what follows"


def test_every_page_says_what_it_may_run_and_allows_no_other_inline_script(site_dir: Path) -> None:
    pages = sorted(site_dir.rglob("*.html"))
    policies = {
        re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', p.read_text("utf-8"))[0] for p in pages
    }
    assert len(policies) == 1
    (policy,) = policies
    assert "unsafe" not in policy
    assert "script-src 'self' 'sha256-" in policy
    for page in pages:
        html = page.read_text("utf-8")
        assert not re.search(r"<[^>]+ on[a-z]+=", html), f"{page} holds a handler"
        assert not re.search(r"<[^>]+ style=", html), f"{page} holds a style"


@pytest.fixture
def guarded(browser: Browser, site_url: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(site_url, wait_until="networkidle")
    yield page
    context.close()


def test_a_script_that_got_into_a_page_does_not_run(guarded: Page) -> None:
    guarded.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = 'script'";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\\"window.ran = 'handler'\\">");
        }"""
    )
    guarded.wait_for_timeout(200)
    assert guarded.evaluate("window.ran") is None


def test_a_lost_reader_searches_from_the_page_that_says_so(browser: Browser, site_url: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site_url}404.html", wait_until="networkidle")
    expect(page.locator("article h1")).to_have_text("没有这一页")
    page.locator(".lost input").fill("显存")
    page.get_by_role("button", name="搜索", exact=True).last.click()
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    context.close()


def test_the_search_is_the_themes_own_but_for_its_name() -> None:
    theme = find_spec("material")
    assert theme
    assert theme.origin
    theirs = Path(theme.origin).parent / "templates/partials/search.html"
    ours = (ROOT / "overrides/partials/search.html").read_text(encoding="utf-8")
    name = """ aria-label="{{ lang.t('search.placeholder') }}">"""
    assert ours.replace(f'role="dialog"{name}', 'role="dialog">') == theirs.read_text(encoding="utf-8")


def test_a_page_tells_other_sites_what_it_is(site_dir: Path) -> None:
    html = (site_dir / ARTICLE / "index.html").read_text(encoding="utf-8")
    told = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', html))
    assert told["title"] == "本地部署大模型需要多强的机器"
    assert told["image"] == f"{PUBLISHED}assets/card.png"
    assert (site_dir / "assets/card.png").is_file()


def test_the_foot_of_a_page_says_which_data_and_version_it_was_made_from(site_dir: Path) -> None:
    html = (site_dir / "index.html").read_text(encoding="utf-8")
    assert re.search(r"数据截至 \d{4}-\d\d-\d\d，版本 \d", html)
