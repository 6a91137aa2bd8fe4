"""A reader gives the calculator a model of their own: a config.json pasted, or a GGUF file chosen or dropped."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from sizing import Catalog, plan, read_model
from sizing.facts.plain import to_plain
from sizing.model import Model
from tests.site.test_browser import Reader, reading
from tests.site.test_calculator import CALCULATOR, keep, opened, shows
from tests.site.test_manner import complaints
from tests.site.test_reading import headers

ASKED: Final = f"{CALCULATOR}?model=qwen3-32b&machine=rtx-4090"
MACHINE: Final = "rtx-4090"

# Drops a file on the fold, as a reader does who drags it there.
DROP: Final = """([name, data]) => {
  const given = new DataTransfer();
  given.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
  const dropped = new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true });
  document.querySelector(".sz-own-model").dispatchEvent(dropped);
}"""


@pytest.fixture
def phone(browser: Browser, site_url: str) -> Iterator[Reader]:
    with reading(browser, site_url, 390, "light") as reader:
        yield reader


@pytest.fixture
def config(catalog: Catalog) -> str:
    """A model that the catalog does not have: Qwen3 8B with half as many layers again."""
    words = to_plain(catalog.model("qwen3-8b").architecture)  # type: ignore[arg-type]
    return json.dumps({**words, "num_hidden_layers": 54, "torch_dtype": "bfloat16", "max_position_embeddings": 40960})


def python_reads(folder: Path, name: str, text: str, catalog: Catalog) -> Model:
    """What Python reads of a config.json in a folder of that name."""
    file = folder / name / "config.json"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    return read_model(file, catalog=catalog)


def fold(page: Page) -> None:
    page.locator(".sz-own-model > summary").focus()
    page.keyboard.press("Enter")


def test_a_config_json_is_pasted_on_a_phone_with_keys_alone(
    phone: Reader, catalog: Catalog, config: str, tmp_path: Path
) -> None:
    page = opened(phone, ASKED)
    fold(page)
    page.locator("#sz-own-name").focus()
    page.keyboard.type("qwen3-12b-own")
    page.locator("#sz-own-text").focus()
    page.keyboard.insert_text(config)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".sz-own-model")).to_contain_text("正在算 qwen3-12b-own：")
    shows(page, plan(python_reads(tmp_path, "qwen3-12b-own", config, catalog), catalog.machine(MACHINE), context=8192))
    page.select_option("#sz-format", "Q4_K_M")
    own = read_model(tmp_path / "qwen3-12b-own" / "config.json", catalog=catalog)
    shows(page, plan(own, catalog.machine(MACHINE), context=8192, format="Q4_K_M"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    keep(page, "own-390-light")


def test_its_link_says_that_it_is_not_in_it(reader: Reader, config: str) -> None:
    page = opened(reader, ASKED)
    fold(page)
    page.fill("#sz-own-text", config)
    page.click(".sz-own-model button")
    expect(page.get_by_role("button", name="复制链接（不含这个模型）")).to_be_visible()
    expect(page.locator("#sz-model")).to_have_value("qwen3")  # what says no name is called as its type
    expect(page.locator(".sz-own-model")).to_contain_text("复制的链接里没有它")
    page.wait_for_function("() => !location.search.includes('model=')")
    assert "machine=rtx-4090" in page.url


def test_a_gguf_file_is_chosen_or_dropped(reader: Reader, catalog: Catalog, tmp_path: Path) -> None:
    name, data = next((name, data) for name, data in headers(catalog) if name == "exaone-4.0-1.2b")
    file = tmp_path / f"{name}-Q8_0.gguf"
    file.write_bytes(data)
    page = opened(reader, ASKED)
    page.set_input_files("#sz-own-file", file)
    p = plan(read_model(file, catalog=catalog), catalog.machine(MACHINE), context=8192)
    shows(page, p)
    expect(page.locator("#sz-format option:checked")).to_contain_text(p.format.id)
    expect(page.locator("#sz-model")).to_have_value(p.model.name)
    page.select_option("#sz-format", "Q4_K_M")
    expect(page.locator(".sz-what")).to_contain_text("Q4_K_M")
    page.evaluate(DROP, ["again-Q8_0.gguf", base64.b64encode(data).decode()])
    shows(page, p)


def test_what_cannot_be_sized_is_said_where_it_was_given(reader: Reader, config: str) -> None:
    page = opened(reader, ASKED)
    before = page.locator(".sz-what").inner_text()
    fold(page)
    page.fill("#sz-own-text", json.dumps({**json.loads(config), "model_type": "no_such_type"}))
    page.click(".sz-own-model button")
    expect(page.locator(".sz-own-model [role=alert]")).to_contain_text("还不认识 model_type no_such_type")
    page.fill("#sz-own-text", "{")
    page.click(".sz-own-model button")
    expect(page.locator(".sz-own-model [role=alert]")).to_contain_text("不是 JSON，第 1 行")
    assert page.locator(".sz-what").inner_text() == before


def test_axe_finds_nothing_where_a_model_is_given(reader: Reader, config: str) -> None:
    page = opened(reader, ASKED)
    fold(page)
    page.fill("#sz-own-text", "{")
    page.click(".sz-own-model button")
    expect(page.locator(".sz-own-model [role=alert]")).to_be_visible()
    assert complaints(page) == []
    page.fill("#sz-own-text", config)
    page.click(".sz-own-model button")
    expect(page.locator(".sz-own-model")).to_contain_text("正在算")
    assert complaints(page) == []


def test_what_reads_is_loaded_where_somebody_gives_a_file(reader: Reader, config: str) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = opened(reader, ASKED)
    before = len(asked)
    assert not [url for url in asked if "/reading/" in url]
    found = page.evaluate(
        """async (text) => {
          const model = await sizing.read(text, { name: "own" });
          const plan = await sizing.plan({ model, machine: "rtx-4090", context: 8192 });
          return [model.name, plan.model, plan.format];
        }""",
        config,
    )
    assert found[:2] == ["own", "own"]
    assert sorted(url.rpartition("/")[2] for url in asked[before:] if "/reading/" in url) == [
        "reading.mjs",
        "tables.json",
    ]


@pytest.fixture
def reader(browser: Browser, site_url: str) -> Iterator[Reader]:
    with reading(browser, site_url, 1280, "light") as reader:
        yield reader
