"""The built site in a real browser, as a reader sees it: wide and narrow, light and dark, online and off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import pytest
from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "07 人工智能/本地部署大模型需要多强的机器/"
DEVICES = "data/devices/"
WIDE, NARROW = 1280, 390

Scheme = Literal["light", "dark"]

# Elements of the page that stick out of the window and that no frame around them lets the reader scroll to.
STICKING_OUT = """() => {
  const scrolls = (element) => element && element !== document.documentElement && element !== document.body
    && (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll('.md-content *, .md-header__title')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && element.checkVisibility()
      && !scrolls(element.parentElement))
    .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 60)}`);
}"""


def pages_in(nav: list[Any]) -> list[str]:
    """The addresses of the pages that a `nav` of mkdocs.yml lists, below the site's root."""
    pages: list[str] = []
    for entry in nav:
        for target in entry.values() if isinstance(entry, dict) else [entry]:
            pages += pages_in(target) if isinstance(target, list) else [address(target)]
    return pages


def address(source: str) -> str:
    return f"{source.removesuffix('.md')}/".removesuffix("index/")


with (ROOT / "mkdocs.yml").open(encoding="utf-8") as config:
    PAGES = pages_in(yaml_load(config)["nav"])


@dataclass
class Reader:
    """A page in the browser, and what went wrong while it was read."""

    page: Page
    site: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self.on_request)
        self.page.on("requestfailed", lambda request: self.complaints.append(f"{request.failure}: {request.url}"))
        self.page.on("response", self.on_response)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.on_console)

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.strangers.append(request.url)

    def on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, address: str) -> Page:
        self.page.goto(self.site + address, wait_until="networkidle")
        return self.page


@contextmanager
def reading(browser: Browser, site: str, width: int, scheme: Scheme) -> Iterator[Reader]:
    """A window of that width on the site; afterwards, no request has left it and nothing has complained."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce"
    )
    reader = Reader(context.new_page(), site)
    try:
        yield reader
    finally:
        context.close()
    assert reader.strangers == []
    assert reader.complaints == []


@pytest.fixture
def reader(browser: Browser, site_url: str) -> Iterator[Reader]:
    with reading(browser, site_url, WIDE, "light") as reader:
        yield reader


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_its_window(browser: Browser, site_url: str, address: str, scheme: Scheme) -> None:
    with reading(browser, site_url, WIDE, scheme) as reader:
        page = reader.open(address)
        palette = {"light": "default", "dark": "slate"}[scheme]
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)
        expect(page.locator("article h1").first).to_be_visible()
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(STICKING_OUT) == []


def test_a_wide_table_scrolls_in_its_own_frame(browser: Browser, site_url: str) -> None:
    with reading(browser, site_url, NARROW, "light") as reader:
        frames = reader.open(ARTICLE).locator(".md-typeset__scrollwrap")
        widths = frames.evaluate_all("all => all.map((frame) => [frame.scrollWidth, frame.clientWidth])")
        wide = next((i for i, (content, frame) in enumerate(widths) if content > frame), None)
        assert wide is not None, "no table of the article is wider than a phone"
        frame = frames.nth(wide)
        frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth; }")
        last = frame.locator("tbody tr").first.locator("td").last
        assert last.evaluate("cell => cell.getBoundingClientRect().right") <= NARROW


@pytest.mark.parametrize("word", ["显存", "大模型"])
def test_search_finds_the_article_by(reader: Reader, word: str) -> None:
    page = reader.open("")
    page.keyboard.press("/")
    page.keyboard.insert_text(word)
    page.keyboard.press("Shift")  # the theme listens for a key, which an input method sends
    expect(page.locator("input[name=query]")).to_have_value(word)
    found = page.locator(".md-search-result__item", has=page.locator(f"a[href*='{quote(ARTICLE)}']"))
    expect(found).to_contain_text(word)


def column(table: Locator, number: int) -> list[str]:
    cells = table.locator(f"tbody tr td:nth-child({number + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def leading_number(text: str) -> float:
    return float(text.split()[0].replace(",", ""))


def sort_by_bandwidth(page: Page) -> None:
    """Two clicks on the head of a column of figures turn it upwards, then downwards, whole rows at a time."""
    table = page.locator("article table").filter(has=page.locator("th", has_text="带宽")).first
    heads = [head.strip() for head in table.locator("th").all_inner_texts()]
    number = next(i for i, head in enumerate(heads) if "带宽" in head)
    head = table.locator("th").nth(number)
    before = dict(zip(column(table, 0), column(table, number), strict=True))

    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    upwards = column(table, number)
    assert len(upwards) > 2
    assert [leading_number(cell) for cell in upwards] == sorted(leading_number(cell) for cell in upwards)
    assert dict(zip(column(table, 0), upwards, strict=True)) == before

    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    downwards = [leading_number(cell) for cell in column(table, number)]
    assert downwards == sorted(downwards, reverse=True)


def test_a_table_sorts(reader: Reader) -> None:
    sort_by_bandwidth(reader.open(DEVICES))


def test_a_table_sorts_after_instant_navigation(reader: Reader) -> None:
    page = reader.open("data/models/")
    page.evaluate("window.loadedOnce = true")
    page.locator(f"a[href$='{DEVICES}']:visible").first.click()
    page.wait_for_url(reader.site + DEVICES)
    expect(page.locator("article th[role=columnheader]").first).to_be_visible()
    assert page.evaluate("window.loadedOnce"), "the page was loaded afresh, not swapped in"
    sort_by_bandwidth(page)


def test_the_palette_toggle_stays_across_pages(reader: Reader) -> None:
    page = reader.open("")
    page.locator("label[for=__palette_1]:visible").click()
    reader.open(ARTICLE)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
