"""The built site in a real browser, as a reader sees it: wide and narrow, light and dark, online and off."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote

import pytest
from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.sampled import sample

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
        if message.type in ("error", "warning") and "blocked by Playwright" not in message.text:
            self.complaints.append(message.text)

    def open(self, address: str) -> Page:
        self.page.goto(self.site + address, wait_until="networkidle")
        return self.page


@contextmanager
def reading(browser: Browser, site: str, width: int, scheme: Scheme) -> Iterator[Reader]:
    """A window of that width on the site; afterwards, no request has left it and nothing has complained.

    What the site keeps for when there is no network is not kept here: each window would load it anew.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce",
        service_workers="block",
    )  # fmt: skip
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


# By day or by night, as the seed has it; where everything is tried, each page by both.
OPENED = sample(list(product(PAGES, get_args(Scheme))), len(PAGES), "pages and schemes")


@pytest.mark.parametrize(("address", "scheme"), OPENED)
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


def test_a_phone_shows_a_row_as_a_card_and_folds_all_but_a_few_facts(browser: Browser, site_url: str) -> None:
    with reading(browser, site_url, NARROW, "light") as reader:
        row = reader.open(DEVICES).locator("article table.data tbody tr").first
        facts = row.locator("td:visible")
        expect(facts).to_have_count(5)  # the name, and four
        row.locator(".unfold").click()
        expect(row.locator(".unfold")).to_have_attribute("aria-expanded", "true")
        expect(facts).to_have_count(row.locator("td:not(.nothing)").count())


# What readers type, and a page that it must lead to, among the first results.
SEARCHES = {
    "显存": ARTICLE,
    "大模型": ARTICLE,
    "KV缓存": "glossary/",
    "RTX4090": "devices/rtx-4090/",
    "5060 Ti": "machines/pc-rtx-5060-ti-16gb/",
    "5060ti 16g": "machines/pc-rtx-5060-ti-16gb/",
    "Strix Halo": "devices/ryzen-ai-max-395/",
    "千问": "models/qwen",
    "预算": "glossary/",
    "二手": "data/offers/",
    "功耗": "data/devices/",
    "卸载": "glossary/",
    "Ollama": "glossary/",
    "微调": "glossary/",
    "qwen3 32b": "models/qwen3-32b/",
    "1万预算": "buy/",
    "预算1万": "buy/",
    "一万元": "buy/",
    "显卡推荐": "buy/",
    "多少钱": "data/offers/",
    "3090二手": "machines/pc-rtx-3090/",
    "4090能跑什么": "machines/pc-rtx-4090/",
    "核显": "devices/ryzen-ai-max",
    "爆显存": "glossary/",
    "国产显卡": "devices/ascend-",
    "苹果电脑": "machines/macbook-",
}


def test_search_finds(reader: Reader) -> None:
    page = reader.open("")
    page.keyboard.press("/")
    for word, address in SEARCHES.items():
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(word)
        page.keyboard.press("Shift")  # the theme listens for a key, which an input method sends
        wanted = page.locator(f"a[href*='{quote(address)}']")
        first = page.locator(".md-search-result__item:nth-child(-n+5)", has=wanted).first
        expect(first, f"{word} leads to {address}").to_be_attached()


def column(table: Locator, number: int) -> list[str]:
    cells = table.locator(f"tbody tr td:nth-child({number + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def leading_number(text: str) -> float:
    """Of a cell such as ``1,008 GB/s`` or ``2.42T``."""
    number = text.split()[0].replace(",", "")
    many = {"T": 1e12, "B": 1e9}.get(number[-1], 1)
    return float(number.rstrip("TB")) * many


def sort_by_bandwidth(page: Page) -> None:
    """Clicks on the head of a column of figures turn it downwards, upwards, and back, whole rows of all pages."""
    table = page.locator("article table").filter(has=page.locator("th", has_text="带宽")).first
    heads = [head.strip() for head in table.locator("th").all_inner_texts()]
    number = next(i for i, head in enumerate(heads) if "带宽" in head)
    head = table.locator("th").nth(number)
    before = dict(zip(column(table, 0), column(table, number), strict=True))

    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    downwards = [leading_number(cell) for cell in column(table, number)]
    assert len(downwards) > 2
    assert downwards == sorted(downwards, reverse=True)
    assert downwards[0] >= max(map(leading_number, before.values())), "a row of another page is faster"

    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    upwards = [leading_number(cell) for cell in column(table, number)]
    assert upwards == sorted(upwards)

    head.locator("button").click()
    expect(head).not_to_have_attribute("aria-sort", re.compile(""))
    assert dict(zip(column(table, 0), column(table, number), strict=True)) == before


def test_a_table_sorts(reader: Reader) -> None:
    sort_by_bandwidth(reader.open(DEVICES))


def test_a_table_sorts_after_instant_navigation(reader: Reader) -> None:
    page = reader.open("data/models/")
    page.evaluate("window.loadedOnce = true")
    page.locator(f"a[href$='{DEVICES}']:visible").first.click()
    page.wait_for_url(reader.site + DEVICES)
    expect(page.locator("article th button").first).to_be_visible()
    assert page.evaluate("window.loadedOnce"), "the page was loaded afresh, not swapped in"
    sort_by_bandwidth(page)


def test_a_long_table_is_filtered_by_words_by_choice_and_by_figures(reader: Reader) -> None:
    page = reader.open("data/models/")
    frame = page.locator("article .table").first
    names, told = frame.locator("tbody tr td:first-child"), frame.locator(".pager output")
    frame.locator("input[type=search]").fill("qwen3-vl 32b")
    expect(names).to_have_text(["Qwen3-VL 32B"])
    expect(told).to_have_text("第 1／1 页，共 1 行")
    frame.locator("input[type=search]").fill("")
    frame.locator("summary").click()
    total = next(i for i, head in enumerate(frame.locator("th").all_inner_texts()) if "总参数" in head)
    frame.locator(f"[data-column='{total}'][data-end=low]").fill("1T")
    expect(told).not_to_have_text("第 1／1 页，共 1 行")
    assert all(leading_number(cell) >= 1e12 for cell in column(frame.locator("table"), total))


def test_pages_of_a_long_table_follow_one_another(reader: Reader) -> None:
    frame = reader.open("data/models/").locator("article .table").first
    names = frame.locator("tbody tr td:first-child")
    first = names.all_inner_texts()
    frame.get_by_role("button", name="下一页").click()
    expect(names.first).not_to_have_text(first[0])
    assert not set(first) & set(names.all_inner_texts())
    frame.get_by_role("button", name="上一页").click()
    expect(names.first).to_have_text(first[0])


def test_an_address_leads_to_a_row_of_another_page(reader: Reader) -> None:
    page = reader.open("data/models/#qwen3-32b")
    row = page.locator("tr", has=page.locator("#qwen3-32b"))
    expect(row).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target')?.id") == "qwen3-32b"


def test_a_button_opens_where_a_fact_was_read_and_copies_an_id(reader: Reader) -> None:
    page = reader.open(DEVICES)
    row = page.locator("article table tbody tr").first
    told = row.locator("[popover]").last
    expect(told).to_be_hidden()
    row.locator(".sources").click()
    expect(told).to_be_visible()
    expect(told.locator("a").first).to_have_attribute("href", re.compile("^https://"))
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    assert row.locator(".copy").get_attribute("data-clipboard-text") in page.locator("tr span[id]").first.evaluate(
        "span => span.id"
    )


def test_without_scripts_the_first_rows_of_a_long_table_remain(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}data/models/")
    row = page.locator("article table tbody tr").first
    expect(row.locator("td:visible")).to_have_count(row.locator("td:not(.nothing)").count())
    expect(page.locator(".table-tools").first).to_be_hidden()
    context.close()


def test_the_palette_toggle_stays_across_pages(reader: Reader) -> None:
    page = reader.open("")
    page.locator("label[for=__palette_1]:visible").click()
    reader.open(ARTICLE)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
