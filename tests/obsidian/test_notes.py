"""A vault of notes with the real plugin: every number that a note shows is Python's."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import pytest

from macros.labels import units
from sizing import Catalog, plan
from sizing.facts.entries.models import ModelEntry
from sizing.facts.reader import over_family
from sizing.facts.validation import checked
from sizing.facts.yaml import parsed
from sizing.model import Model
from tests.obsidian.conftest import Vault, block, note
from tools.obsidian.__main__ import PLUGIN

CASES: list[dict[str, Any]] = [
    {"model": "qwen3-32b", "machine": "pc-rtx-4090", "format": "Q4_K_M", "context": 8192},
    {"model": "llama-3-70b", "machine": "2x-rtx-3090", "format": "Q4_K_M", "context": 16384, "cache_format": "q8_0"},
    {"model": "deepseek-v3", "machine": "mac-studio-m3-ultra-512gb", "format": "Q4_K_M", "context": 4096},
    {"model": "gpt-oss-20b", "machine": "pc-rtx-3060-12gb", "format": "MXFP4_MOE", "context": 32768},
    {"model": "mixtral-8x7b", "machine": "rtx-4090+rtx-3090", "format": "IQ2_M", "context": 8192},
    {"model": "gemma-3-27b", "machine": "m3-max-40-core-64gb", "format": "MLX-4bit", "context": 8192},
    {"model": "qwen3-235b-a22b", "machine": "cloud-8x-h100-80gb", "format": "FP8", "context": 8192, "sequences": 4},
    {"model": "qwen3-30b-a3b", "machine": "pc-rtx-5060-ti-16gb", "format": "UD-Q4_K_XL", "context": 8192},
]  # fmt: skip
MACROS = """\
一段话：{{ parameters("llama-3-70b") }}，{{ parameters("kimi-k2", active=True) }}，
{{ weights("llama-3-70b", "Q4_K_M") }}，
{{ weights_gib("deepseek-v3", "Q8_0") }}，{{ memory("llama-3-8b", "Q4_K_M", 8192) }}，
{{ memory(model="qwen3-8b", format="Q4_K_M", context=8192) }}，{{ cache("llama-2-13b", 131072) }}，
{{ decode("llama-3-70b", "pc-2x-rtx-4090", "Q4_K_M", 8192) }}，
{{ first_token("llama-3-8b", "pc-rtx-4090", "Q4_K_M", 8192) }}，
{{ device("rtx-4090", "bandwidth") }}，{{ device("rtx-4090-laptop", "memory") }}。
{{ check("fits", "glm-4.5", "mac-studio-m3-ultra-256gb", "Q4_K_M") }}
"""


def fence(asked: dict[str, Any], **more: Any) -> str:
    return "```sizing\n" + "".join(f"{key}: {value}\n" for key, value in {**asked, **more}.items()) + "```\n"


def planned(catalog: Catalog, asked: dict[str, Any]) -> Any:
    rest = {key: value for key, value in asked.items() if key not in ("model", "machine")}
    return plan(catalog.model(asked["model"]), catalog.machine(asked["machine"]), **rest)


def test_a_note_says_what_the_command_line_says(vault: Vault, catalog: Catalog) -> None:
    values = {"memory": "{}", "weights": "{}", "decode": "{}", "first_token": "{}", "cache": "{}"}
    files = {
        f"notes/{number}-{value}.md": f"# {value}\n\n{fence(asked, show='number', value=value)}"
        for number, asked in enumerate(CASES)
        for value in values
    }
    page = vault(files, language="zh")
    for number, asked in enumerate(CASES):
        p = planned(catalog, asked)
        expected = {
            "memory": units.gib(p.memory.total),
            "weights": units.gib(p.memory.weights),
            "cache": units.gib(p.memory.cache),
            "decode": units.rate(p.decode),
            "first_token": units.seconds(p.time_to_first_token(asked["context"])),
        }
        for value, text in expected.items():
            assert note(page, f"notes/{number}-{value}.md").split() == [value, *text.split()], asked


def test_a_comparison_says_in_english_what_the_command_line_says(vault: Vault, catalog: Catalog) -> None:
    page = vault()
    for asked in CASES:
        shown = block(page, yaml(asked, show="compare"))
        p = planned(catalog, asked)
        assert f"{units.gib(p.memory.total)}|" in shown
        if p.decode:
            rate = p.decode
            written = f"{units.rounded(rate.value)} tok/s ({units.rounded(rate.low)}–{units.rounded(rate.high)})"
            assert written in shown, asked


def yaml(asked: dict[str, Any], **more: Any) -> str:
    return fence(asked, **more).removeprefix("```sizing\n").removesuffix("```\n")


def test_the_articles_macros_say_in_a_note_what_they_say_on_the_site(vault: Vault, catalog: Catalog) -> None:
    shown = note(vault({"article.md": MACROS}), "article.md")
    plans = {
        key: plan(catalog.model(key[0]), catalog.machine(key[1]) if key[1] else None, format=key[2], context=key[3])
        for key in (
            ("llama-3-70b", None, "Q4_K_M", 4096),
            ("deepseek-v3", None, "Q8_0", 4096),
            ("llama-3-8b", None, "Q4_K_M", 8192),
            ("qwen3-8b", None, "Q4_K_M", 8192),
            ("llama-2-13b", None, "F16", 131072),
            ("llama-3-70b", "pc-2x-rtx-4090", "Q4_K_M", 8192),
            ("llama-3-8b", "pc-rtx-4090", "Q4_K_M", 8192),
        )
    }
    p = list(plans.values())
    counts = [catalog.model(name).parameters for name in ("llama-3-70b", "kimi-k2")]
    assert counts[0]
    assert counts[1]
    expected = [
        units.count(counts[0].total), units.count(counts[1].active), units.gb(p[0].sized.weights),
        units.gib(p[1].sized.weights), units.gib(p[2].memory.total), units.gib(p[3].memory.total),
        units.gib(p[4].memory.cache), units.rate(p[5].decode), units.seconds(p[6].time_to_first_token(8192)),
        units.bandwidth(catalog.device("rtx-4090").bandwidth),
        units.box(catalog.device("rtx-4090-laptop").memory.box[0]),
    ]  # fmt: skip
    assert "".join(shown.split()) == "".join(f"一段话：{'，'.join(expected)}。".split())


def test_every_call_of_the_article_says_in_a_note_what_it_says_on_the_site(
    vault: Vault, article: dict[str, str]
) -> None:
    page = vault({f"{i}.md": f"{{{{ {call} }}}}\n" for i, call in enumerate(article)})
    for i, (call, words) in enumerate(article.items()):
        shown = note(page, f"{i}.md")
        if "\n" not in words:
            assert shown.strip() == words, call
        for cell in words.split("\n")[-1].strip("|- ").split(" | "):
            assert re.sub(r"[*`\\]|\[|\]\(.*?\)|\s", "", cell) in re.sub(r"[*\s]", "", shown), call


def test_what_only_the_site_draws_is_one_quiet_line_and_code_is_left_alone(vault: Vault) -> None:
    page = vault({"a.md": 'x {{ budget_table([1]) }} y `{{ memory("a") }}` {{ memory("nothing", "Q4_K_M", 1) }}'})
    shown = note(page, "a.md")
    assert "budget_table: shown on the site" in shown
    assert '{{ memory("a") }}' in shown
    assert "no model 'nothing' in the catalog" in shown
    assert len(shown.splitlines()) == 1


def test_a_sentence_that_is_no_longer_true_says_so(vault: Vault) -> None:
    page = vault({"a.md": 'Kimi {{ check("fits", "kimi-k2", "rtx-4090", "Q4_K_M") }}'})
    assert note(page, "a.md").strip() == "Kimi this sentence is no longer true: kimi-k2 fits on rtx-4090"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("machine: rtx-4090", "model: missing; name one, such as qwen3-32b"),
        ("model: qwen3-32b\nwattage: 3", "wattage: unknown key; known here: show, value, model"),
        ("model: qwen3-32b\ncontext: many", "context: give tokens such as 8192 or 8K"),
        ("model: [qwen3-32b, qwen3-8b]\nshow: number", "show: number is of one answer, and this asks for 2"),
        ("model: qwen3-32b\nmachine: mine", "machine: mine: not set; name your machine in the plugin's settings"),
        ("model: qwen3-32b\nmachine: rtx 4o9o", "no machine or device 'rtx 4o9o' in the catalog; did you mean"),
        ("a: [", "no YAML: "),
        ("", "empty; write lines such as model: qwen3-32b"),
        ("model: qwen3-32b\nshow: 3", "show: give one of table, number, bar, compare, launch"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_block_is_one_line(vault: Vault, text: str, line: str) -> None:
    shown = block(vault(), text).strip()
    assert shown.startswith(line)
    assert "\n" not in shown


def test_ones_own_machine_and_unit_are_those_of_the_settings(vault: Vault, catalog: Catalog) -> None:
    page = vault(settings={"machine": "2x RTX 3090", "ram": "128GB", "measure": "GB", "folder": "catalog"})
    shown = block(page, "model: qwen3-32b\nmachine: mine\nformat: Q4_K_M")
    p = plan(catalog.model("qwen3-32b"), catalog.machine("2x-rtx-3090", "128GB"), format="Q4_K_M", context=8192)
    assert f"{units.number(p.memory.total / 1e9)} GB" in shown
    assert "2 × GeForce RTX 3090" in shown


def test_every_way_to_show_an_answer_shows_it(vault: Vault, catalog: Catalog) -> None:
    page = vault()
    asked = {
        "model": "llama-3-8b",
        "machine": "[pc-rtx-4090, pc-rtx-3060-12gb]",
        "format": "Q4_K_M",
        "context": "[8K, 32K]",
    }
    rows = block(page, yaml(asked)).strip().splitlines()
    assert len(rows) == 1 + 2 * 2
    bars = page.evaluate(
        """async (text) => {
          const el = document.createElement("div");
          await plugin.block(text, el);
          const share = (part) => parseFloat(part.style.getPropertyValue("--llm-sizing-share"));
          return [...el.querySelectorAll("[role=img]")].map((one) => [...one.children].map(share));
        }""",
        yaml(asked, show="bar"),
    )
    p = plan(catalog.model("llama-3-8b"), catalog.machine("pc-rtx-4090"), format="Q4_K_M", context=8192)
    place = p.places[0]
    assert bars[0][0] == pytest.approx(100 * place.memory.weights / (place.capacity or 1), abs=0.001)
    one = {**asked, "machine": "pc-rtx-4090", "context": 8192}
    assert "llama-server" in block(page, yaml(one, show="launch"))
    table = block(page, yaml(one, show="table"))
    assert f"Weights|{units.gib(p.memory.weights)}|" in table
    assert f"KV cache|{units.gib(p.memory.cache)}|" in table


def test_a_vaults_own_machine_and_price_are_planned_with(vault: Vault, catalog: Catalog) -> None:
    machines = """\
        kind: desktop
        machines:
          my-pc:
            name: My PC
            devices: [{device: rtx-3090, count: 2}]
            host: desktop-ddr5-64gb
            sources: [{url: https://example.com/my-pc, read: 2026-11-22}]
    """
    offers = """\
        currency: CNY
        region: CN
        sources: [{url: https://example.com/shop, read: 2026-11-22}]
        offers:
          mine: {machine: my-pc, kind: used, amount: 9876, covers: whole, seller: a friend, date: 2026-11-01}
    """
    files = {"catalog/machines/own.yaml": textwrap.dedent(machines), "catalog/own-offers.yaml": textwrap.dedent(offers)}
    shown = block(vault(files), "model: qwen3-32b\nmachine: my-pc\nformat: Q4_K_M\nshow: compare")
    p = plan(
        catalog.model("qwen3-32b"), catalog.machine("2x-rtx-3090", "desktop-ddr5-64gb"), format="Q4_K_M", context=8192
    )
    assert units.gib(p.memory.total) in shown
    assert "My PC" in shown
    assert "9,876 CNY (whole machine, CN, 2026-11-01) · from the vault" in shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("machines: {a: {wheels: 4}}", "catalog/a.yaml: machines.a.wheels: unknown key"),
        ("machines: {a: {kind: desktop, name: A, devices: [{device: b}]}}", "catalog/a.yaml: machines.a.sources: miss"),
        ("models: [a]", "catalog/a.yaml: models: give a mapping of ids"),
        ("machines: [", "catalog/a.yaml: "),
        ("offers: {a: {amount: cheap}}", 'catalog/a.yaml: offers.a.amount: "cheap" is not right; give a number'),
    ],
)  # fmt: skip
def test_a_mistake_in_the_vaults_catalog_is_one_line_above_the_answer(vault: Vault, text: str, line: str) -> None:
    shown = block(vault({"catalog/a.yaml": text}), "model: llama-3-8b\nformat: Q4_K_M\nshow: number").strip()
    assert shown.startswith(line)
    assert shown.endswith("GiB")


FAMILY = """\
family: My family
vendor: me
license: MIT
native: BF16
context: 32K
architecture: {model_type: qwen3, vocab_size: 32000, num_hidden_layers: 24, head_dim: 128, tie_word_embeddings: true}
models:
  my-small:
    name: My small one
    released: 2026-03-01
    parameters: undisclosed
    architecture: {hidden_size: 2048, intermediate_size: 6144, num_attention_heads: 16, num_key_value_heads: 4}
  my-wide:
    name: My wide one
    released: undisclosed
    parameters: 3B
    architecture:
      {hidden_size: 4096, intermediate_size: 12288, num_attention_heads: 32, num_key_value_heads: 8,
       sliding_window: 1024, sliding_window_pattern: 4, attention_bias: true}
"""


@pytest.mark.parametrize("name", ["my-small", "My wide one"])
def test_a_vaults_own_model_takes_what_python_says(vault: Vault, catalog: Catalog, name: str) -> None:
    page = vault({"catalog/models/mine.yaml": FAMILY})
    shown = block(page, f"model: {name}\nmachine: pc-rtx-4090\nformat: Q4_K_M\ncontext: 16K\nshow: compare")
    family = dict(parsed(FAMILY, "mine.yaml").data)
    models = family.pop("models")
    id_ = next(one for one, said in models.items() if name in (one, said["name"]))
    model = Model.of(checked(ModelEntry, over_family(family, models[id_], id_)), catalog.planner)
    p = plan(model, catalog.machine("pc-rtx-4090"), format="Q4_K_M", context=16384)
    assert units.gib(p.memory.total) in shown
    assert model.name in shown
    assert p.decode
    assert f"{units.rounded(p.decode.value)} tok/s" in shown


def test_the_notes_that_the_application_itself_is_asked_for_say_what_python_says(
    vault: Vault, catalog: Catalog
) -> None:
    folder = PLUGIN / "real" / "vault"
    page = vault({str(one.relative_to(folder)): one.read_text("utf-8") for one in folder.rglob("*.*") if one.is_file()})
    for name, model in {"Block.md": "qwen3-8b", "Macro.md": "llama-3-8b", "Own.md": "qwen3-8b"}.items():
        p = plan(catalog.model(model), None, format="Q4_K_M", context=8192)
        assert units.gib(p.memory.total) in note(page, name), name


@pytest.mark.parametrize(
    ("was", "written", "line"),
    [
        ("head_dim", "heads_dim", "architecture.heads_dim: unknown key; did you mean head_dim?"),
        ("qwen3,", "qwen33,", "model_type 'qwen33' is not known"),
        ("context: 32K", "context: lots", "context: 'lots' is no number of tokens from 1 to 100,000,000"),
        ("vendor: me", "vendor: Me & I", "vendor: Me & I: string should match pattern"),
        ("    released: 2026-03-01\n", "", "released: missing; give the release date, such as 2025-04-28"),
        ("hidden_size: 2048, ", "", "architecture.hidden_size: missing; give "),
        ("hidden_size: 2048", "hidden_size: -1", "architecture.hidden_size: -1: input should be greater than 0"),
        ("my-small:", "My_Small:", "is no id; write it in kebab-case, such as llama-3-8b"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_vaults_model_is_one_line_with_its_place(
    vault: Vault, was: str, written: str, line: str
) -> None:
    page = vault({"catalog/mine.yaml": FAMILY.replace(was, written)})
    shown = block(page, "model: My small one\nformat: Q4_K_M\nshow: number").strip()
    assert shown.startswith(
        "catalog/mine.yaml: models.my-small." if "id;" not in line else "catalog/mine.yaml: models."
    )
    assert line in shown
    assert "\n" not in shown


def test_a_command_writes_a_block_that_answers(vault: Vault) -> None:
    page = vault()
    page.evaluate("""async () => {
      const editor = { replaceSelection: (text) => (globalThis.wrote = text) };
      stub.state.commands.insert.editorCallback(editor);
      const next = async (text) => {
        while (!stub.state.modals.length) await new Promise((done) => setTimeout(done, 10));
        stub.state.modals.shift().choose(text);
      };
      await next("· qwen3-32b");
      await next("· pc-rtx-4090");
      while (!globalThis.wrote) await new Promise((done) => setTimeout(done, 10));
    }""")
    wrote: str = page.evaluate("wrote")
    assert wrote == "```sizing\nmodel: qwen3-32b\nmachine: pc-rtx-4090\ncontext: 8192\n```\n"
    assert "GiB" in block(page, wrote.removeprefix("```sizing\n").removesuffix("```\n"))


def test_the_calculator_answers_as_one_types(vault: Vault, catalog: Catalog) -> None:
    page = vault()
    page.evaluate("stub.state.commands.open.callback()")
    field = page.get_by_label("Machine")
    field.fill("rtx-4090")
    page.get_by_label("Format").fill("Q4_K_M")
    p = plan(catalog.model("qwen3-32b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    page.get_by_text(units.gib(p.memory.total)).first.wait_for(timeout=20_000)


def test_chinese_is_spoken_where_the_application_speaks_it(vault: Vault) -> None:
    shown = block(vault(language="zh-CN"), "model: qwen3-32b\nmachine: pc-rtx-4090\nformat: Q4_K_M")
    assert "放得下吗" in shown
    assert "首字延迟" in shown
    assert "Fits" not in shown


def test_settings_that_were_kept_wrongly_are_as_usual(vault: Vault) -> None:
    for kept in (None, 3, "x", {"machine": 4, "measure": "pounds"}):
        assert "GiB" in block(vault(settings=kept), "model: llama-3-8b\nformat: Q4_K_M\nshow: number")
