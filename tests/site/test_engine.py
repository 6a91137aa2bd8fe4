"""The engine in a page of the site: its face, what it loads, and that it answers as ``sizing plan --json`` does."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sizing import Catalog, Model, SizingError, plan, search
from sizing.export.site import index
from sizing.unsaid import natives, published
from sizing.unsaid import said as said_format

FIRST = 150_000  # bytes that a page loads before its first answer, compressed


@pytest.fixture(scope="module")
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """A page of the site that holds the engine."""
    page = browser.new_page()
    page.goto(site_url)
    page.add_script_tag(type="module", url=f"{site_url}assets/sizing/sizing.mjs")
    page.wait_for_function("globalThis.sizing")
    page.evaluate("sizing.ready")
    yield page
    page.close()


def asked(page: Page, question: dict[str, Any]) -> dict[str, Any]:
    """The plan, or the line that refuses it."""
    found: dict[str, Any] = page.evaluate(
        """async (asked) => {
          try { return await sizing.plan(asked); }
          catch (error) { if (error instanceof sizing.SizingError) return { refused: error.message }; throw error; }
        }""",
        question,
    )
    return found


def test_what_a_page_loads_first_is_small(site_dir: Path) -> None:
    folder = site_dir / "assets" / "sizing"
    first = [*folder.glob("*.mjs"), *folder.glob("*/*.mjs"), *folder.glob("*/index.json")]
    assert len(first) == 8
    assert sum(len(gzip.compress(file.read_bytes())) for file in first) <= FIRST


def test_what_is_told_in_columns_is_read_as_it_was(page: Page, site_dir: Path, site_url: str, catalog: Catalog) -> None:
    (place,) = site_dir.glob("assets/sizing/*/place.mjs")
    address = f"{site_url}{place.relative_to(site_dir).as_posix()}"
    read = page.evaluate("async (place) => (await import(place)).read('index.json')", address)
    assert read == json.loads(json.dumps(index(catalog)))


def test_the_answer_that_the_home_page_begins_with_is_the_engines_own(page: Page) -> None:
    told = json.loads(page.locator("[data-sizing=home]").get_attribute("data-answer") or "")
    found = page.evaluate(
        """async () => {
          const all = await sizing.fit("rtx-4090");
          const told = async ({ seconds, kind, plan }) => ({ seconds, kind, plan: await plan({ launch: false }) });
          return Promise.all(all.map(told));
        }"""
    )
    assert told["all"] == len(found)
    for line, one in zip(told["shown"], found, strict=False):
        assert line["seconds"] == pytest.approx(one["seconds"], rel=1e-12)
        assert line["kind"] == one["kind"]
        assert line["plan"] == {name: one["plan"][name] for name in line["plan"]}


def test_there_is_all_of_the_catalog_to_choose_from(page: Page, catalog: Catalog) -> None:
    for kind in ("models", "machines", "devices", "hosts", "runtimes"):
        assert page.evaluate(f"sizing.{kind}().map((one) => one.id)") == list(getattr(catalog, kind)), kind


def test_a_plan_in_a_page_is_that_of_the_command_line(page: Page, catalog: Catalog) -> None:
    question = {"format": "Q4_K_M", "context": 8192, "cache_format": "q8_0", "micro_batch": 256}
    said = plan(catalog.model("qwen3-32b"), catalog.machine("pc-rtx-4090"), **question).as_dict()  # type: ignore[arg-type]
    found = asked(page, {"model": "qwen3-32b", "machine": "pc-rtx-4090", **question})
    assert found == json.loads(json.dumps({key: said[key] for key in found}))
    assert said.keys() == found.keys()
    assert [one["server"] for one in found["launch"]] == ["llama-server", "ollama", "lm-studio"]


@pytest.mark.parametrize(
    ("names", "settings"),
    [
        ({"model": "Qwen3 32B", "machine": "RTX 4090", "ram": "64GB"}, {}),
        ({"model": "qwen3:32b-fp16", "machine": "2x RTX 3090 + RTX 4090"}, {"in_use": [1 << 30]}),
        ({"model": "Qwen/Qwen3-32B-AWQ", "machine": "2x-rtx-3090"}, {"utilization": 0.8}),
        ({"model": "mlx-community/Qwen3-32B-4bit", "machine": "m3-max-40-core-64gb"}, {"wired_limit": 60 << 30}),
        ({"model": "gpt-oss-120b", "machine": "rtx-5080+rtx-3090", "host": "epyc-9355-768gb"}, {"experts_on_host": 9}),
        ({"model": "qwen3-8b", "machine": "16GB@DDR4-3200x2"}, {}),
        ({"model": "qwen3-8b", "machine": "cpu", "ram": "24GB"}, {}),
        ({"model": "qwen3-8b", "machine": "i7-12700H", "ram": "24GB@DDR4-3200x2"}, {}),
        ({"model": "qwen3-8b", "machine": "2x-xeon-gold-6138", "ram": "384GB"}, {}),
        ({"model": "gpt-oss-120b", "machine": "2x dgx-spark over 200GbE"}, {}),
        ({"model": "unsloth/gemma-3-27b-it-GGUF:Q4_K_M", "machine": "rtx-3090"}, {"vision": True, "power_limit": 250}),
    ],
)
def test_names_and_settings_mean_in_a_page_what_they_mean_in_python(
    page: Page, catalog: Catalog, names: dict[str, str], settings: dict[str, Any]
) -> None:
    machine = catalog.machine(names["machine"], names.get("host") or names.get("ram"))
    said = plan(catalog.model(names["model"]), machine, context=16384, **settings).as_dict()
    found = asked(page, {**names, "context": 16384, **settings})
    for of_parts in (said, found):
        del of_parts["offer"]  # of what is sold; a page knows none of parts
        del of_parts["remarks"]
    assert found == json.loads(json.dumps({key: said[key] for key in found}))


MODELS_MEANT = """async (names) => {
  const found = [];
  for (const name of names) {
    try { const { id, format } = await sizing.model(name); found.push([id, format]); }
    catch (error) { if (!(error instanceof sizing.SizingError)) throw error; found.push(null); }
  }
  return found;
}"""


def test_every_name_of_a_model_means_in_a_page_what_it_means_in_python(page: Page, catalog: Catalog) -> None:
    stated = [name for model in catalog.models.values() for name in names_of(model)]
    every = sorted(stated)[:: max(1, len(stated) // 300)]  # some of all of them, beside those that are written freely
    written = [
        "Llama3.1 8B",
        "DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf",
        "https://huggingface.co/Qwen/Qwen3-8B/tree/main",
        "通义千问3 32B",
        "gptoss20b",
        "DeepSeek-R1 671B",
        "Qwen3 30B A3B Thinking",
        "qwen3 32b q4",
        "千问3 32b q6量化",
        "gpt oss 120",
        "智谱GLM-4.6",
        "ds r1",
        "nomic embed text",
        "deepseek-r1:8b-0528-qwen3-q8_0",
        "gemma3:4b-it-qat",
    ]
    for name, found in zip([*every, *written], page.evaluate(MODELS_MEANT, [*every, *written]), strict=True):
        model = catalog.model(name)
        assert found == [model.id, said_format(model)], name


MACHINES_MEANT = """async (names) => {
  const found = [];
  for (const machine of names) {
    try { found.push((await sizing.plan({ model: "llama-3-8b", machine, context: 1024 })).machine); }
    catch (error) { found.push(String(error.message)); }
  }
  return found;
}"""


def test_what_people_call_a_machine_means_in_a_page_what_it_means_in_python(page: Page, catalog: Catalog) -> None:
    names = ["3090", "2x3090 + 4090", "双 3090", "5060Ti 16G", "7900 XTX", "4070S", "昇腾910B3", "Apple M4 Max 128GB"]
    names += [
        "5090x2",
        "3090*2",
        "rtx4090 x 4",
        "4090双卡",
        "三张3090",
        "rtx 3090 (x2)",
        "two 3090s",
        "4090 48G*2 + 3090",
    ]
    names += ["DGX Spark x2", "2张 7900XTX", "8 GPU A30", "MacBook Air M4 16G", "evo x2 128g", "苹果 Mac mini M4 24G"]
    names += ["AI Max+ 395 128GB", "Framework 128GB", "M4 Max 128", "Pro W7900"]
    names += ["5060ti16g", "m4max128g", "暗影精灵 4060", "M4 Max 128G 统一内存", "autodl 4090"]
    refused = [
        "8卡H100",
        "H100 x8",
        "3090*0",
        "昇腾910B x8",
        "5060 Ti",
        "6000",
        "RTX 6000",
        "M3 36GB",
        "Strix Halo",
        "Mac mini M4",
        "4090 16GB",
        "780M",
        "v100",
        "MacBook Pro 36GB",
        "Mac Studio 512GB",
        "GMKtec EVO-X2",
        "rtx pro 6000",
        "zzz",
    ]
    found = page.evaluate(MACHINES_MEANT, [*names, *refused])
    assert found[: len(names)] == [catalog.machine(name).id for name in names]
    for name, said in zip(refused, found[len(names) :], strict=True):
        with pytest.raises(SizingError) as caught:
            catalog.machine(name)
        assert said == str(caught.value)


def names_of(model: Model) -> Iterator[str]:
    yield from (model.id, model.name, *model.names.ollama)
    yield from (*model.names.huggingface, *model.names.modelscope, *model.names.repackaged)


def test_a_name_that_means_several_things_is_refused_with_them(page: Page, catalog: Catalog) -> None:
    with pytest.raises(SizingError, match="may mean several") as caught:
        catalog.model("llama 3")
    assert asked(page, {"model": "llama 3", "context": 1})["refused"].split(";")[0] in str(caught.value)
    refused = asked(page, {"model": "llama-3-8b", "machine": "rtx 4o9o", "context": 8192})["refused"]
    assert refused.startswith("no machine or device 'rtx 4o9o' in the catalog; did you mean rtx-4090")


def test_decoding_at_any_depth_is_asked_of_a_plan(page: Page, catalog: Catalog) -> None:
    p = plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=8192)
    found = page.evaluate(
        """async () => {
          const p = await sizing.planned({ model: "llama-3-8b", machine: "rtx-4090", format: "q4_k_m", context: 8192 });
          return [p.decode_at(1000).value, p.prefill_at(512, 1000).value, p.time_to_first_token(512), p.json().fits];
        }"""
    )
    decode, prefill = p.decode_at(1000), p.prefill_at(512, 1000)
    assert decode is not None
    assert prefill is not None
    assert found == [decode.value, prefill.value, p.time_to_first_token(512), p.fits]


def test_a_models_formats_are_those_that_it_is_published_in_and_the_others(page: Page, catalog: Catalog) -> None:
    found = page.evaluate("sizing.formats('qwen3-32b')")
    model = catalog.model("qwen3-32b")
    first = [*natives(model, catalog.formats), *published(model, catalog.formats)]
    assert [one["id"] for one in found if one["published"]] == list(dict.fromkeys(first))
    assert {one["id"] for one in found} >= {name for name, fmt in catalog.formats.items() if fmt.bpw is None}


def test_what_cannot_be_asked_is_one_line(page: Page) -> None:
    assert "no model 'nothing' in the catalog" in asked(page, {"model": "nothing", "context": 8192})["refused"]
    assert asked(page, {"model": "llama-3-8b", "format": "Q4_K_M", "context": 0}) == {
        "refused": "context 0 is not possible; give a whole number from 1 up"
    }
    assert asked(page, {"model": "llama-3-8b"}) == {"refused": "context: tokens that must fit, such as 8192"}
    assert "wattage is nothing" in asked(page, {"model": "llama-3-8b", "context": 1, "wattage": 1})["refused"]


def test_a_page_finds_what_the_command_line_finds(page: Page, catalog: Catalog) -> None:
    found = page.evaluate(
        """async () => {
          const machine = { machine: "2x-rtx-3090", ram: "64GB" };
          const models = await sizing.fit(machine, { use: "coding", licenses: ["Apache"] });
          const machines = await sizing.machines_for("qwen3:32b-q8_0", { min_decode: 20 });
          const first = await models[0].plan();
          return { models, machines, first };
        }"""
    )
    machine = catalog.machine("2x-rtx-3090", "64GB")
    fitting = search.fit(catalog, machine, search.Question(use="coding", licenses=("Apache",)))
    running = search.machines(catalog, catalog.model("qwen3:32b-q8_0"), search.Question(min_decode=20))
    assert [(x["model"], x["format"], x["seconds"], x["kind"], x["why"]) for x in found["models"]] == [
        (x.plan.model.id, x.plan.format.id, x.seconds, x.kind, list(x.why)) for x in fitting
    ]
    assert [(x["machine"], x["format"], x["seconds"]) for x in found["machines"]] == [
        (x.plan.machine.id, x.plan.format.id, x.seconds) for x in running if x.plan.machine
    ]
    assert found["first"]["longest_context"] == fitting[0].plan.longest_context


def test_what_cannot_be_searched_is_one_line(page: Page) -> None:
    line = page.evaluate("sizing.fit('rtx-4090', { use: 'cooking' }).catch((error) => error.message)")
    assert line == "'cooking' is no use; say one of chat, coding, documents, agents, team"
