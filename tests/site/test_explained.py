"""How a number comes about is told in a page as in Python: every step with its numbers and sources, word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.labels import steps as labels
from sizing import Catalog, SizingError, plan
from sizing.explain.step import Step
from sizing.plan import Plan

# One of each kind: one card, unequal ones, ranks, a host that must help, one memory, a processor alone, nodes, none.
MACHINES = (
    "rtx-4090",
    "rtx-3090+rtx-4060",
    "pc-rtx-4090",
    "2x-rtx-3090",
    "rtx-4060",
    "macbook-pro-m3-max-64gb",
    "cluster-2x8-h100",
    None,
)
MODELS = ("qwen3-32b", "qwen3-30b-a3b", "deepseek-v3", "gemma-3-4b", "qwen3.5-9b", "gpt-oss-20b")
# Of these every plan has one, in turn.
SETTINGS: tuple[dict[str, Any], ...] = (
    {}, {"sequences": 8}, {"cache_format": "q8_0"}, {"in_use": [1 << 30]}, {"measured": 20.0}, {"format": "Q4_K_M"},
    {"slots": 4}, {"micro_batch": 1024},
)  # fmt: skip

EXPLAINED = """async (all) => {
  const { inChinese } = await import("../assets/calculator/steps.mjs");
  const found = [];
  for (const asked of all) {
    const steps = await sizing.explain(asked);
    found.push([steps, inChinese(steps, (place) => `〔${place}〕`)]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{site_url}calculator/")
    page.wait_for_selector(".sz-app[data-ready]")
    yield page
    page.close()


def asked(catalog: Catalog) -> Iterator[tuple[dict[str, Any], Plan]]:
    """Questions in a page's words, with the plan that Python makes of each."""
    turn = 0
    for name in MODELS:
        for machine in MACHINES:
            said = SETTINGS[turn % len(SETTINGS)]
            turn += 1
            rig = catalog.machine(machine) if machine else None
            if rig is None:
                said = {key: one for key, one in said.items() if key not in ("in_use", "measured")}
            try:
                found = plan(catalog.model(name), rig, **{"context": 8192, **said})
            except SizingError:
                continue  # a setting that its runtime does not have
            yield {"model": name, "machine": machine, "context": 8192, **said}, found


def explained(p: Plan, catalog: Catalog) -> list[Step]:
    """The steps that a page has too: it knows the prices of machines as they are sold, and of no parts."""
    sold = p.machine is not None and p.machine.id in catalog.machines
    return [one for one in p.explain() if sold or one.part != "price"]


def in_chinese(steps: Sequence[Step]) -> list[list[Any]]:
    return [
        [labels.PARTS[one.part], *labels.row(one, lambda place: f"〔{place}〕"), list(one.sources)] for one in steps
    ]


def test_every_step_is_that_of_python(page: Page, catalog: Catalog) -> None:
    cases = list(asked(catalog))
    assert len(cases) > 30
    found = page.evaluate(EXPLAINED, [question for question, _ in cases])
    for (question, p), (steps, said) in zip(cases, found, strict=True):
        wanted = explained(p, catalog)
        assert steps == json.loads(json.dumps([one.as_dict() for one in wanted])), question
        rows = [
            [part["name"], *(one[key] for key in ("what", "value", "how", "note", "sources"))]
            for part in said
            for one in part["steps"]
        ]
        assert rows == in_chinese(wanted), question


def test_a_model_of_ones_own_is_explained_too(page: Page) -> None:
    steps = page.evaluate("""async () => {
      const config = { model_type: "llama", hidden_size: 2048, intermediate_size: 8192, num_hidden_layers: 16,
        num_attention_heads: 32, num_key_value_heads: 8, vocab_size: 128256, max_position_embeddings: 8192,
        tie_word_embeddings: true };
      const own = await sizing.read(JSON.stringify(config));
      return sizing.explain({ model: own.id, machine: "rtx-4090", context: 4096, format: "BF16" });
    }""")
    parameters = next(one for one in steps if one["what"] == "parameters")
    assert parameters["value"] == 1_235_814_400
    assert parameters["sources"] == []


def test_a_reader_sees_every_step_of_an_answer_and_of_the_next(page: Page) -> None:
    page.locator("summary", has_text="为什么").click()
    page.locator("summary", has_text="每一步怎么算的").click()
    page.get_by_text("权重：参数乘以位数").wait_for()
    reading = page.locator(".sz-steps dl > div", has_text="读内存（GeForce RTX 4090）").first
    assert "带宽 1,008 GB/s" in reading.inner_text()
    assert reading.locator("a").count() > 0
    before = page.locator(".sz-steps").inner_text()
    page.evaluate("document.querySelector('.sz-app input[type=range]').focus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "(before) => (document.querySelector('.sz-steps')?.innerText ?? before) !== before", arg=before
    )
