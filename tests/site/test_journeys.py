"""Ten journeys of readers who arrive with a machine, a model, a budget or a doubt: each ends at Python's own answer.

Each is made on one of three screens by day or by night, as the seed has it; where everything is tried, on all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.labels import facts, units
from macros.labels.names import called
from sizing import Catalog, Plan, plan, search
from sizing.facts.money import Money
from sizing.search import Question
from sizing.search.buying import Budget, buy
from tests.sampled import sample
from tests.site.test_browser import SEARCHES, Reader, Scheme, reading
from tests.site.test_calculator import BUY, CALCULATOR, COMPARE, WIDTHS, figure, keep, opened, ranked, shows

SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
EVERY: Final = tuple(product(WIDTHS, SCHEMES))
SCREENS: Final = sample(EVERY, 1, "screens")
SHOWN: Final = 6  # answers of a question of the home page
LISTED: Final = 9  # models on a machine


@pytest.fixture(params=SCREENS, ids=lambda one: f"{one[0]}-{one[1]}")
def reader(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader on each screen; at the end nothing sticks out sideways, and a picture is kept."""
    width, scheme = request.param
    with reading(browser, site_url, width, scheme) as reader:
        yield reader
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
        keep(reader.page, f"{request.node.originalname.removeprefix('test_')}-{width}-{scheme}")


def choose(page: Page, field: str, typed: str) -> None:
    """Pick what a field finds first for what is typed."""
    page.locator(field).click()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def compared(page: Page, label: str) -> Locator:
    """What a comparison says under a label, one after another."""
    return page.locator(".sz-figure").filter(has=page.locator("h2", has_text=label)).locator("dd")


def test_what_runs_on_a_macbook_with_36_gb(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, "")
    choose(page, "#sz-machine", "macbook pro m4 max 36")
    found = search.fit(catalog, catalog.machine("macbook-pro-m4-max-36gb"), Question(use="chat"))[:LISTED]
    expect(ranked(page)).to_have_text([one.plan.model.name for one in found])
    first = found[0].plan
    assert first.decode is not None
    expect(page.locator(".sz-rank li").first).to_contain_text(units.rounded(first.decode.value))
    expect(page.locator(".sz-rank li").first).to_contain_text(units.gib(first.places[0].capacity or 0))


def test_a_machines_own_page_leads_to_what_runs_on_it(reader: Reader, catalog: Catalog) -> None:
    page = reader.open("machines/mac-mini-m4-pro-48gb/")
    page.get_by_role("link", name="排出能跑的模型").click()
    found = search.fit(catalog, catalog.machine("mac-mini-m4-pro-48gb"), Question(use="chat"))[:LISTED]
    expect(ranked(page)).to_have_text([one.plan.model.name for one in found])
    expect(page.locator("#sz-machine")).to_have_value("Mac mini M4 Pro 48 GB")


@pytest.mark.parametrize(
    ("asked", "tab"), [("?model=gpt-oss-120b", "我想跑这个模型"), ("?budget=20000", "我有这些预算")]
)
def test_a_link_asks_one_of_the_three_questions(reader: Reader, asked: str, tab: str) -> None:
    page = opened(reader, asked)
    expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    expect(page.locator(".sz-rank li").first).to_be_visible()


def test_deepseek_at_home(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, "")
    page.get_by_role("tab", name="我想跑这个模型").click()
    choose(page, "#sz-model", "deepseek-v3")
    every = search.machines(catalog, catalog.model("deepseek-v3"), Question(use="chat"))
    found = [one for one in every if one.kind == "front"][:SHOWN]
    expect(ranked(page)).to_have_text([called(one.plan.machine.name) for one in found if one.plan.machine])
    page.locator(".sz-rank li a").first.click()
    shows(page, found[0].plan)


def test_two_3090s_and_100k_of_qwen3_32b(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, CALCULATOR)
    choose(page, "#sz-model", "qwen3 32b")
    choose(page, "#sz-machine", "两张3090")
    context = page.get_by_label("上下文（每个人，含回答），直接填")
    context.fill("10万字")
    context.press("Enter")
    p = plan(catalog.model("qwen3-32b"), catalog.machine("2x-rtx-3090"), context=100_000)
    shows(page, p)
    if not p.fits:
        expect(page.locator(".sz-ways li")).to_have_count(len(p.ways_out))


def test_5060_ti_or_5070_ti(reader: Reader, catalog: Catalog) -> None:
    machines = ("pc-rtx-5060-ti-16gb", "pc-rtx-5070-ti")
    page = opened(reader, f"{COMPARE}?one=qwen3-14b,{machines[0]}&one=qwen3-14b,{machines[1]}")
    plans = [plan(catalog.model("qwen3-14b"), catalog.machine(machine), context=8192) for machine in machines]
    beside(page, plans)


def test_strix_halo_or_a_mac_for_gpt_oss_120b(reader: Reader, catalog: Catalog) -> None:
    machines = ("framework-desktop-128gb", "mac-studio-m4-max-128gb")
    page = opened(reader, COMPARE)  # which opens with just that
    beside(page, [plan(catalog.model("gpt-oss-120b"), catalog.machine(machine), context=8192) for machine in machines])


def beside(page: Page, plans: list[Plan]) -> None:
    """A comparison shows what Python says of each: speeds, room and price."""
    for number, p in enumerate(plans):
        assert p.decode is not None
        assert p.prefill is not None
        assert p.longest_context is not None
        expect(compared(page, "写满（tok/s）").nth(number)).to_contain_text(units.rounded(p.decode.value))
        expect(compared(page, "预填充").nth(number)).to_contain_text(units.rounded(p.prefill.value))
        expect(compared(page, "最长上下文").nth(number)).to_have_text(units.tokens(p.longest_context))
        if p.offer is not None:
            expect(compared(page, "价格").nth(number)).to_have_text(facts.amount(p.offer.money, p.offer.per))


def test_what_ten_thousand_yuan_buy(reader: Reader, catalog: Catalog) -> None:
    found = buy(catalog, Budget(most=Money(10_000, "CNY"), region="CN", used=True), Question(use="chat"))
    today = [one for one in found if one.offered.says == "all"]
    page = opened(reader, f"{BUY}?budget=10000&used=yes")
    bought = page.locator("[aria-label='值得买的'] > li")
    expect(bought.locator(".sz-buy-head > b")).to_have_text([called(one.offered.name) for one in today])
    for card, one in zip(bought.all(), today, strict=True):
        expect(card.locator(".sz-buy-runs")).to_contain_text(one.plan.model.name)


def test_which_quantization_for_12_gb(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, f"{CALCULATOR}?model=qwen3-14b&machine=rtx-3060-12gb")
    p = plan(catalog.model("qwen3-14b"), catalog.machine("rtx-3060-12gb"), context=8192)
    shows(page, p)
    chosen = page.locator("#sz-format option:checked")
    expect(chosen).to_have_text(f"自动：{p.format.id}")
    larger = plan(catalog.model("qwen3-14b"), catalog.machine("rtx-3060-12gb"), format="Q8_0", context=8192)
    page.locator("#sz-format").select_option("Q8_0")
    shows(page, larger)


def test_twenty_colleagues(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, f"{CALCULATOR}?model=qwen3-30b-a3b&machine=pc-rtx-4090&sequences=20")
    p = plan(catalog.model("qwen3-30b-a3b"), catalog.machine("pc-rtx-4090"), context=8192, sequences=20)
    shows(page, p)
    if p.throughput is not None:
        expect(figure(page, "20 人合计").locator("b")).to_have_text(units.rounded(p.throughput.value))


def test_ten_searches(reader: Reader) -> None:
    page = reader.open("")
    page.keyboard.press("/")
    for word in ("KV缓存", "RTX4090", "5060 Ti", "Strix Halo", "千问", "预算", "二手", "功耗", "卸载", "Ollama"):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(word)
        page.keyboard.press("Shift")  # the theme listens for a key, which an input method sends
        wanted = page.locator(f"a[href*='{quote(SEARCHES[word])}']")
        expect(page.locator(".md-search-result__item:nth-child(-n+5)", has=wanted).first).to_be_visible()


def test_where_a_number_comes_from(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, f"{CALCULATOR}?model=llama-3-8b&machine=rtx-4090&format=Q4_K_M")
    page.locator("summary", has_text="为什么").click()
    line = page.locator(".sz-why li", has_text="GeForce RTX 4090")
    bandwidth = catalog.devices["rtx-4090"].bandwidth
    expect(line).to_contain_text(units.bandwidth(bandwidth))
    vendor = next(one.url for one in catalog.devices["rtx-4090"].sources if "nvidia.com" in one.url)
    expect(line.locator(f"a[href='{vendor}']").first).to_be_visible()
