"""The calculator, the home page's questions and the comparison, as a reader uses them; every answer is Python's own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.labels import facts, units
from macros.labels.names import called
from sizing import Catalog, Plan, plan, search
from sizing.facts.money import Money
from sizing.launch import Asked, launches
from sizing.search import Question
from sizing.search.buying import Budget, buy
from tests.sampled import sample
from tests.site.test_browser import Reader, reading

CALCULATOR: Final = "calculator/"
COMPARE: Final = "compare/"
BUY: Final = "buy/"
WIDTHS: Final = (390, 768, 1280)
FRAME: Final = 16  # ms
TURNS: Final = 12
# How long one change takes: from the input to what is drawn of its answer, for every step of a slider. What counts is
# the shortest of at least three times, since others use the processor too: where that is no frame, it is tried again.
MEASURE: Final = """async ([frame, turns]) => {
  const slider = document.querySelector("#sz-context");
  const box = document.querySelector("[data-sizing]");
  const took = [];
  const drawn = () => new Promise((done) => {
    const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now()); });
    seen.observe(box, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  for (let turn = 0; turn < turns; turn += 1) {
    for (let step = 0; step <= Number(slider.max); step += 1) {
      if (turn > 2 && took[step] <= frame) continue;
      slider.value = String(step);
      const [began, done] = [performance.now(), drawn()];
      slider.dispatchEvent(new Event("input"));
      took[step] = Math.min(took[step] ?? Infinity, (await done) - began);
      await new Promise((next) => setTimeout(next));
    }
  }
  return took.sort((a, b) => a - b);
}"""

# And with each model that is asked for, picked by its id. What changes no word counts not.
EACH: Final = """async ([frame, turns, engine, asked]) => {
  const { default: sizing } = await import(engine);
  await sizing.ready;
  const [field, answer] = [document.querySelector("#sz-model"), document.querySelector(".sz-answer")];
  const said = () => answer.querySelector(".sz-what, .sz-refused")?.textContent;
  const pick = (id) => new Promise((done) => {
    field.click();
    field.value = id;
    field.dispatchEvent(new Event("input"));
    const [before, began] = [said(), performance.now()];
    const seen = new MutationObserver(() => { if (said() !== before) end(performance.now() - began); });
    const waited = setTimeout(() => end(Infinity), 1000);
    const end = (time) => { seen.disconnect(); clearTimeout(waited); done(time); };
    seen.observe(answer, { subtree: true, childList: true, characterData: true });
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  });
  const took = new Map(sizing.models().filter(({ id }) => asked.includes(id)).map(({ id }) => [id, Infinity]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [id, best] of took) {
      if (turn > 1 && (best <= frame || best === Infinity)) continue;
      await sizing.model(id);
      took.set(id, Math.min(best, await pick(id)));
    }
  }
  return [...took].filter(([, time]) => time < Infinity).sort(([, a], [, b]) => a - b);
}"""

# Waits until the page has kept a file for when there is no network; a predicate that is waited for cannot be a promise.
KEPT: Final = """async (ending) => {
  for (let turn = 0; turn < 600; turn += 1) {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    if (all.flat().some(({ url }) => url.endsWith(ending))) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${ending} is not kept`);
}"""


@pytest.fixture
def reader(browser: Browser, site_url: str) -> Iterator[Reader]:
    with reading(browser, site_url, 1280, "light") as reader:
        yield reader


def opened(reader: Reader, address: str) -> Page:
    """The page, once it has answered."""
    page = reader.open(address)
    expect(page.locator("[data-sizing][data-ready]")).to_be_attached()
    return page


def figure(page: Page, label: str) -> Locator:
    """What stands under a label of the calculator's figures."""
    return page.locator(".sz-figures > div").filter(has=page.locator("dt", has_text=label)).locator("dd")


def shows(page: Page, p: Plan) -> None:
    """The page answers what Python does: the verdict, the memory, the speeds and how long a context fits."""
    words = {"fits": "放得下", "tight": "勉强", "offload": "要卸载", "disk": "放不下", "no": "放不下"}
    expect(page.locator(".sz-verdict .sz-sign")).to_contain_text(words[p.verdict or "no"])
    expect(page.locator(".sz-what")).to_contain_text(p.format.id)
    expect(page.locator(".sz-legend")).to_contain_text(units.gib(p.memory.weights))
    expect(page.locator(".sz-legend")).to_contain_text(units.gib(p.memory.cache))
    if p.decode and p.decode_empty:
        expect(figure(page, "刚开始").locator("b")).to_have_text(units.rounded(p.decode_empty.value))
        expect(figure(page, "写满").first).to_contain_text(units.rounded(p.decode.value))
    if p.longest_context:
        expect(figure(page, "最长上下文")).to_contain_text(units.tokens(p.longest_context))


def keep(page: Page, name: str) -> None:
    """A picture of the page, where somebody wants to look at it."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [CALCULATOR, COMPARE, BUY, ""])
def test_it_fits_any_window(browser: Browser, site_url: str, address: str, scheme: Literal["light", "dark"]) -> None:
    with reading(browser, site_url, 1280, scheme) as reader:
        page = opened(reader, address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            keep(page, f"{address.strip('/') or 'home'}-{width}-{scheme}")
        page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize(
    ("model", "machine", "asked"),
    [
        ("qwen3-32b", "2x-rtx-3090", {"context": 100_000}),  # two cards and 100K
        ("deepseek-v3", "rtx-4090", {"context": 8192}),  # DeepSeek at home
        ("gpt-oss-120b", "framework-desktop-128gb", {"context": 8192}),
        ("qwen3-14b", "rtx-3060-12gb", {"context": 8192}),  # which format for 12 GB
        ("qwen3-30b-a3b", "pc-rtx-4090", {"context": 8192, "sequences": 20}),  # twenty colleagues
        ("llama-3-70b", "rtx-5080+rtx-3090", {"context": 4096, "cache_format": "q8_0"}),
    ],
)
def test_a_link_shows_what_python_answers(
    reader: Reader, catalog: Catalog, model: str, machine: str, asked: dict[str, int | str]
) -> None:
    query = "&".join(f"{name}={value}" for name, value in {"model": model, "machine": machine, **asked}.items())
    page = opened(reader, f"{CALCULATOR}?{query}")
    shows(page, plan(catalog.model(model), catalog.machine(machine), **asked))  # type: ignore[arg-type]


# What people type, and what stands first then.
TYPED = {
    "机器或显卡": {
        "4090": "GeForce RTX 4090",
        "5060ti 16g": "GeForce RTX 5060 Ti 16 GB",
        "两张3090": "2 × GeForce RTX 3090",
        "5090+4090": "GeForce RTX 5090 + GeForce RTX 4090",
        "M4 Max 36G": "MacBook Pro M4 Max 36 GB",
        "苹果 m3 ultra": "Mac Studio M3 Ultra 96 GB",
        "h20": "H20 96GB",
        "昇腾910b": "昇腾 910B1",
        "笔记本4060": "GeForce RTX 4060 Laptop GPU",
        "strix halo": "Framework Desktop · Ryzen AI Max+ 395 128 GB",
        "4o90": "GeForce RTX 4090",
        "rtx 4o90": "GeForce RTX 4090",
    },
    "模型": {
        "qwen3 32b": "Qwen3 32B",
        "gpt oss": "gpt-oss-20b",
        "gpt": "gpt-oss-20b",
        "llama3": "Llama 3.3 70B",
        "mistral": "Mistral Nemo 12B",
        "kimi k2": "Kimi K2",
        "通义千问3 8b": "Qwen3 8B",
        "混元 a13b": "Hunyuan-A13B",
    },
}


def test_what_people_type_is_found_first(reader: Reader) -> None:
    page = opened(reader, CALCULATOR)
    for label, typed in TYPED.items():
        field = page.get_by_label(label, exact=True).first
        for text, name in typed.items():
            field.click()
            field.fill(text)
            assert page.locator("[role=option]:visible > span").first.inner_text() == name, text
        page.keyboard.press("Escape")


def test_a_model_and_a_machine_are_found_by_what_people_type(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, CALCULATOR)
    page.get_by_label("模型", exact=True).first.click()
    page.keyboard.type("qwen3 32b")
    page.keyboard.press("Enter")
    page.locator("#sz-machine").click()
    page.keyboard.type("2x rtx 3090")
    page.keyboard.press("Enter")
    shows(page, plan(catalog.model("qwen3-32b"), catalog.machine("2x-rtx-3090"), context=8192))
    page.get_by_label("多一张 GeForce RTX 3090").click()
    shows(page, plan(catalog.model("qwen3-32b"), catalog.machine("3x-rtx-3090"), context=8192))


def test_a_question_can_be_sent_as_a_link(browser: Browser, site_url: str, catalog: Catalog) -> None:
    with reading(browser, site_url, 1280, "light") as reader:
        page = opened(reader, f"{CALCULATOR}?model=llama-3-8b&machine=pc-rtx-4090")
        page.get_by_label("KV 缓存的精度").select_option("q8_0")
        page.locator("#sz-context").focus()
        page.keyboard.press("End")
        page.wait_for_url("**cache_format=q8_0**")
        address = page.url.removeprefix(site_url)
        said = page.locator(".sz-verdict").inner_text()
    with reading(browser, site_url, 1280, "light") as reader:
        again = opened(reader, address)
        expect(again.locator(".sz-verdict")).to_have_text(said, use_inner_text=True)


def test_a_way_out_is_taken_with_one_press(reader: Reader, catalog: Catalog) -> None:
    model, machine = catalog.model("qwen3-32b"), catalog.machine("pc-rtx-4090")
    asked = plan(model, machine, format="Q6_K", context=8192)
    way = next(way for way in asked.ways_out if way.change == "format")
    page = opened(reader, f"{CALCULATOR}?model=qwen3-32b&machine=pc-rtx-4090&format=Q6_K")
    page.locator(".sz-ways button", has_text=f"换成 {way.to}").click()
    shows(page, way.plan)


def test_a_refusal_is_one_line_in_chinese(reader: Reader) -> None:
    page = opened(reader, f"{CALCULATOR}?model=qwen3-32b&machine=pc-rtx-4090&format=Q4_K_M&runtime=vllm")
    expect(page.get_by_role("alert")).to_contain_text("vllm 读不了 Q4_K_M")


def test_everything_is_asked_with_keys_alone(reader: Reader) -> None:
    page = opened(reader, CALCULATOR)
    page.locator("#sz-model").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sz-model")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#sz-model")).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("gpt-oss-20b")
    page.keyboard.press("Enter")
    expect(page.locator(".sz-what")).to_contain_text("gpt-oss-20b")
    before = page.locator(".sz-legend").inner_text()
    page.locator("#sz-context").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sz-legend")).not_to_have_text(before, use_inner_text=True)
    expect(page.get_by_role("status")).to_contain_text("GiB")  # what a listener is told


def test_the_engine_answers_beside_the_page_and_comes_into_it_once_a_script_asks(reader: Reader) -> None:
    page = opened(reader, CALCULATOR)
    expect(page.locator(".sz-verdict")).to_be_visible()
    assert page.evaluate("Object.keys(sizing)") == []
    asked = "{ model: 'qwen3-32b', machine: 'rtx-4090', context: 8192 }"
    assert page.evaluate(f"sizing.plan({asked}).then((plan) => plan.model)") == "qwen3-32b"
    assert "plan" in page.evaluate("Object.keys(sizing)")


def test_an_answer_stands_within_a_frame(reader: Reader) -> None:
    took = opened(reader, CALCULATOR).evaluate(MEASURE, [FRAME, TURNS])
    assert took[len(took) // 2] <= FRAME, took


def test_so_it_does_with_every_model(reader: Reader, site_url: str, catalog: Catalog) -> None:
    asked = sample([model.id for model in catalog.models.values() if model.open], 40, "models in a frame")
    took = opened(reader, CALCULATOR).evaluate(EACH, [FRAME, TURNS, f"{site_url}assets/sizing/sizing.mjs", asked])
    assert len(took) > len(asked) / 2
    assert took[len(took) // 2][1] <= FRAME, took[len(took) // 2 :]
    assert took[-1][1] <= 50, took[-5:]


def test_it_answers_without_a_network(browser: Browser, site_url: str, catalog: Catalog) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(site_url + CALCULATOR, wait_until="networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.evaluate(KEPT, "models/gemma-3-27b.json")
    page.evaluate(KEPT, "launch/words.mjs")
    page.evaluate(KEPT, "purchases/CN/chat.json")
    page.evaluate(KEPT, "search/search_index.json")
    context.set_offline(True)
    page.goto(f"{site_url}{CALCULATOR}?model=gemma-3-27b&machine=pc-rtx-4090")
    shows(page, plan(catalog.model("gemma-3-27b"), catalog.machine("pc-rtx-4090"), context=8192))
    page.keyboard.press("/")
    page.keyboard.insert_text("KV缓存")
    page.keyboard.press("Shift")  # the theme listens for a key, which an input method sends
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.goto(f"{site_url}{BUY}?budget=10000")
    expect(page.locator(".sz-rank li").first).to_be_visible()
    context.close()


def test_two_are_compared(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, f"{COMPARE}?one=qwen3-14b,pc-rtx-5060-ti-16gb&one=qwen3-14b,pc-rtx-5070-ti")
    for number, machine in enumerate(("pc-rtx-5060-ti-16gb", "pc-rtx-5070-ti")):
        p = plan(catalog.model("qwen3-14b"), catalog.machine(machine), context=8192)
        assert p.decode
        figures = page.locator(".sz-figure").filter(has=page.locator("h2", has_text="写满（tok/s）"))
        expect(figures.locator("dd").nth(number)).to_contain_text(units.rounded(p.decode.value))


def ranked(page: Page) -> Locator:
    """The names of what a search found, in order."""
    return page.locator(".sz-rank .sz-name b")


def test_home_says_what_a_machine_runs(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, "")
    page.locator("#sz-machine").click()
    page.keyboard.type("macbook pro m4 max 36")
    page.keyboard.press("Enter")
    page.get_by_label("用来").select_option("coding")
    found = search.fit(catalog, catalog.machine("macbook-pro-m4-max-36gb"), Question(use="coding"))
    expect(ranked(page)).to_have_text([one.plan.model.name for one in found])
    expect(page.locator(".sz-rank")).to_have_count(len({one.kind for one in found}))
    expect(page.locator(".sz-rank li").first).to_contain_text(units.gib(found[0].plan.places[0].capacity or 0))


def test_home_says_what_a_computer_without_a_card_runs(reader: Reader, catalog: Catalog) -> None:
    """By its memory, which a link keeps."""
    page = opened(reader, "")
    page.locator("#sz-machine").click()
    page.keyboard.type("32GB@DDR5-5600x2")
    page.keyboard.press("Enter")
    found = search.fit(catalog, catalog.machine("32GB@DDR5-5600x2"))
    expect(ranked(page)).to_have_text([one.plan.model.name for one in found])
    page.locator(".sz-rank li a").first.click()
    expect(page.locator("#sz-machine")).to_have_value("没有显卡，32 GB DDR5-5600 双通道")
    assert found[0].plan.decode
    expect(figure(page, "写满").first).to_contain_text(units.rounded(found[0].plan.decode.value))


def test_home_leaves_out_what_cannot_do_what_is_asked(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, "")
    page.get_by_label("会调用工具").check()
    page.get_by_label("写明支持中文").check()
    question = Question(use="chat", tools=True, languages=("zh",))
    found = search.fit(catalog, catalog.machine("rtx-4090"), question)
    assert found
    expect(ranked(page)).to_have_text([one.plan.model.name for one in found])


def test_a_budget_is_written_as_people_write_it(reader: Reader) -> None:
    page = opened(reader, BUY)
    field = page.get_by_label("预算（元），直接填")
    expect(field).to_have_value("15,000")
    written = {"1.2 万": "12,000", "1万预算": "10,000", "一万五": "15,000", "不超过 8 千": "8,000", "两万半": "25,000"}
    for text, shown in written.items():
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_value(shown)
    page.wait_for_url("**budget=25000**")
    expect(page.locator(".sz-buy-head").first).to_contain_text("元")


def test_home_says_which_machines_run_a_model(reader: Reader, catalog: Catalog) -> None:
    page = opened(reader, "")
    page.get_by_role("tab", name="我想跑这个模型").click()
    page.locator("#sz-model").click()
    page.keyboard.type("gpt-oss-120b")
    page.keyboard.press("Enter")
    every = search.machines(catalog, catalog.model("gpt-oss-120b"), Question(use="chat"))
    found = [one for one in every if one.kind == "front"][:6]
    expect(ranked(page)).to_have_text([called(one.plan.machine.name) for one in found if one.plan.machine])


def test_ten_thousand_yuan_buy_what_python_finds(reader: Reader, catalog: Catalog) -> None:
    found = buy(catalog, Budget(most=Money(10_000, "CNY"), region="CN", used=True), Question(use="chat"))
    today = [called(one.offered.name) for one in found if one.offered.says == "all"]
    assert today
    page = opened(reader, f"{BUY}?budget=10000&used=yes")
    expect(page.locator("[aria-label='值得买的'] .sz-buy-head > b")).to_have_text(today)


def test_a_mac_for_a_team_is_bought_with_dollars(reader: Reader, catalog: Catalog) -> None:
    budget = Budget(most=Money(4_000, "USD"), region="US", platform="mac")
    today = [one for one in buy(catalog, budget, Question(use="team")) if one.offered.says == "all"]
    assert today
    page = opened(reader, f"{BUY}?region=US&budget=4000&platform=mac&use=team")
    cards = page.locator("[aria-label='值得买的'] > li")
    expect(cards.locator(".sz-buy-head > b")).to_have_text([called(one.offered.name) for one in today])
    month = today[0].instead.own
    assert month is not None
    cards.first.locator("summary").click()
    expect(cards.first.locator(".sz-month li").first).to_contain_text(facts.amount(month.month))


def test_a_command_that_starts_it_is_there_to_copy(reader: Reader, catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-32b"), catalog.machine("pc-rtx-4090"), context=8192)
    assert p.launch
    page = opened(reader, f"{CALCULATOR}?model=qwen3-32b&machine=pc-rtx-4090")
    page.locator("summary", has_text="用容器启动").click()
    for step in p.launch[0].steps:
        if step.command:
            expect(page.locator(".sz-command code", has_text=step.command).first).to_be_visible()


@pytest.mark.parametrize(("shell", "named"), [("powershell", "PowerShell"), ("cmd", "命令提示符")])
def test_a_command_is_there_for_the_shells_of_windows(reader: Reader, catalog: Catalog, shell: str, named: str) -> None:
    p = plan(catalog.model("qwen3-32b"), catalog.machine("pc-rtx-4090"), context=8192)
    started = launches(p, Asked(shell=shell))
    assert started
    page = opened(reader, f"{CALCULATOR}?model=qwen3-32b&machine=pc-rtx-4090")
    page.get_by_role("button", name="Ollama", exact=True).click()
    page.get_by_role("button", name=named, exact=True).click()
    for step in started[1].steps:
        if step.path == "Modelfile":
            expect(page.locator(".sz-command code").filter(has_text="num_ctx")).to_have_text(step.command or "")


def test_a_printed_page_holds_the_question_and_its_answer_and_nothing_to_press(reader: Reader) -> None:
    for address in (CALCULATOR, COMPARE, BUY):
        page = opened(reader, address)
        page.emulate_media(media="print")
        pressed = page.locator("[data-sizing] :is(button, summary, [type=range])")
        expect(pressed.locator("visible=true")).to_have_count(0)
        expect(page.locator("[data-sizing]")).to_contain_text("tok/s")
        page.emulate_media(media="screen")


def test_answers_remain_without_scripts(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + CALCULATOR)
    expect(page.locator("noscript table, .md-content table").first).to_contain_text("Qwen3 32B")
    context.close()


def test_it_stays_after_instant_navigation(reader: Reader) -> None:
    page = opened(reader, COMPARE)
    page.evaluate("window.loadedOnce = true")
    page.locator(f"a[href$='{CALCULATOR}']:visible").first.click()
    page.wait_for_url(f"**/{CALCULATOR}")
    expect(page.locator("[data-sizing='calculator'][data-ready]")).to_be_attached()
    expect(page.locator(".sz-verdict")).to_be_visible()
    assert page.evaluate("window.loadedOnce"), "the page was loaded afresh, not swapped in"


# What people type, and what the first of the list is called; nothing where they are told what is found here.
MEANT: Final = {
    "苹果电脑": "Mac", "核显": "", "笔记本": "笔记本 · ", "4090笔记本": "GeForce RTX 4090 Laptop",
    "m4pro 24g": "M4 Pro 24 GB", "双卡3090": "2 × GeForce RTX 3090", "512g mac": "512 GB", "没有显卡": "没有显卡，",
    "8gb@ddr4-2666x1": "没有显卡，8 GB DDR4-2666 单通道",
    "英伟达": "RTX", "amd": "R", "华为": "", "8卡h100": "8 × H100", "m1 8g": "M1（7 核 GPU）8 GB",
    "m2 air": "M2（8 核 GPU）8 GB", "24g显存": "24 GB", "小主机": "Mac mini",
}  # fmt: skip
MEANT_MODELS: Final = {
    "ds r1": "DeepSeek R1", "千问": "Qwen", "豆包": "Seed-OSS", "本地部署deepseek": "DeepSeek", "通义": "Qwen",
    "写代码": "Coder", "deepseek满血版": "DeepSeek", "chatgpt": "GPT-4",
}  # fmt: skip


@pytest.mark.parametrize(("field", "typed"), [("machine", MEANT), ("model", MEANT_MODELS)])
def test_what_people_type_finds_what_they_mean(reader: Reader, field: str, typed: Mapping[str, str]) -> None:
    page = opened(reader, "")
    if field == "model":
        page.get_by_role("tab", name="我想跑这个模型").click()
    picker = page.locator(f"#sz-{field}")
    for text, name in typed.items():
        picker.click()
        picker.fill(text)
        first = page.locator(f"#sz-{field}-list [role=option]").first
        expect(first, f"{text} finds {name}").to_contain_text(name)
        page.keyboard.press("Escape")


def test_who_types_what_is_no_model_is_told_what_is_found_here(reader: Reader) -> None:
    page = opened(reader, "")
    page.get_by_role("tab", name="我想跑这个模型").click()
    page.locator("#sz-model").fill("画图")
    expect(page.locator("#sz-model-list li")).to_have_text("没有这个名字；这里只有权重公开的语言模型")


def test_weights_come_from_modelscope_too(reader: Reader) -> None:
    page = opened(reader, f"{CALCULATOR}?model=qwen3-32b&machine=rtx-4090")
    page.get_by_role("button", name="魔搭 ModelScope").click()
    expect(page.locator(".sz-command code").first).to_contain_text("modelscope download")
