"""Whatever stands in a block, a call or the vault's catalog: an answer or one line, never a mistake that is thrown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from sizing import Catalog
from tests.obsidian.conftest import Vault
from tests.payloads import PAYLOAD, poisoned
from tests.sampled import MANY, tries
from tools.obsidian.__main__ import build, data

BATCH = 50
KEYS = [
    "model", "machine", "format", "context", "show", "value", "ram", "host", "runtime", "cache_format", "split",
    "sequences", "layers_on_device", "experts_on_host", "micro_batch", "max_sequences", "slots", "utilization",
    "power_limit", "vision", "mtp", "flash_attention", "swa_full", "__proto__", "constructor", "toString",
]  # fmt: skip
GOOD = [
    "qwen3-32b", "llama-3-8b", "deepseek-v3", "gpt-4o", "rtx-4090", "2x-rtx-3090", "dgx-spark", "mine", "Q4_K_M", "FP8",
    "MLX-4bit", "8K", "bar", "compare", "number", "launch", "table", "decode", "llama.cpp", "vllm", "q8_0", "64GB",
    "tensor", True, False, None, 0, 1, 4, 8192, 10**9, -1, 0.5, 1e308, 2**60,
]  # fmt: skip
SCALARS = st.one_of(st.sampled_from(GOOD), st.text(max_size=12), st.integers(), st.floats())
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=4), st.dictionaries(st.sampled_from(KEYS), SCALARS, max_size=2))
BLOCKS = st.one_of(
    st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=6)), VALUES, max_size=8).map(
        lambda said: json.dumps({"model": "llama-3-8b", **said})
    ),
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["model: ", "[", "]", "{", "&a ", "*a", "\n", "- ", "!!js ", "qwen3-8b", '"', "|", "8K"])
    ).map("".join),
)
CALLS = st.one_of(
    st.text(alphabet="{}()[]\"',=:_ abmQ48\n", max_size=40).map(lambda inside: f"{{{{ memory({inside}) }}}}"),
    st.lists(VALUES, max_size=6).map(lambda given: f"{{{{ memory({', '.join(map(repr, given))}) }}}}"),
    st.lists(SCALARS, max_size=5).map(lambda given: f"{{{{ decode({', '.join(map(repr, given))}) }}}}"),
)
CATALOGS = st.dictionaries(
    st.sampled_from(["machines", "offers", "models", "kind", "name", "devices", "sources"]),
    st.recursive(
        SCALARS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=4), inside, max_size=3)
    ),
).map(json.dumps)

ASK = """async ([kind, texts]) => {
  const wrong = [];
  const error = console.error;
  let faults = [];
  console.error = (...said) => faults.push(said.map(String).join(" "));
  for (const text of texts) {
    faults = [];
    try {
      const el = document.createElement("div");
      if (kind === "catalog") {
        stub.state.files = { "catalog/a.yaml": text };
        stub.state.commands.reread.callback();
        await plugin.block("model: llama-3-8b\\nmachine: a\\nformat: Q4_K_M", el);
      } else if (kind === "block") await plugin.block(text, el);
      else {
        stub.state.files = { "a.md": text };
        el.append(await stub.read("a.md"));
      }
      const lines = [...el.querySelectorAll(".llm-sizing-refused")].map((one) => one.textContent);
      if (kind === "block" && !el.childNodes.length) wrong.push([text, "nothing is shown"]);
      if (lines.some((line) => !line || line.includes("\\n"))) wrong.push([text, ...lines]);
      const shown = kind === "block" && !lines.length ? el.textContent : "";
      if (/NaN|undefined|\\[object/.test(shown)) wrong.push([text, shown]);
      if (faults.length) wrong.push([text, ...faults]);
    } catch (fault) {
      wrong.push([text, String(fault && fault.stack)]);
    }
  }
  console.error = error;
  return wrong;
}"""


@pytest.fixture
def page(vault: Vault) -> Page:
    return vault(settings={"machine": "rtx-4090", "ram": "", "measure": "GiB", "folder": "catalog"})


@pytest.mark.parametrize(("kind", "texts"), [("block", BLOCKS), ("call", CALLS), ("catalog", CATALOGS)])
def test_whatever_is_written_is_answered_or_refused_in_one_line(page: Page, kind: str, texts: Any) -> None:
    @settings(
        max_examples=tries(500, 500, night=MANY) // BATCH,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(texts, min_size=BATCH, max_size=BATCH))
    def asked(batch: list[str]) -> None:
        assert page.evaluate(ASK, [kind, batch]) == []

    asked()


NAMED = f"{PAYLOAD} 1"
POISONED = {
    "catalog/model.yaml": json.dumps({
        "family": NAMED, "vendor": "x", "license": NAMED, "native": "BF16", "context": 4096,
        "models": {"mine": {
            "name": NAMED, "released": "undisclosed", "parameters": "undisclosed",
            "architecture": {
                "model_type": "llama", "vocab_size": 32000, "hidden_size": 1024, "intermediate_size": 4096,
                "num_hidden_layers": 4, "num_attention_heads": 8, "num_key_value_heads": 8,
            },
        }},
    }),
    "catalog/machine.yaml": json.dumps({
        "kind": "desktop", "sources": [{"url": "https://example.com", "read": "2026-11-01"}],
        "machines": {"box": {"name": NAMED, "devices": [{"device": "rtx-4090"}], "host": "desktop-ddr5-64gb"}},
    }),
    "catalog/offer.yaml": json.dumps({
        "currency": "CNY", "region": "CN", "sources": [{"url": "https://example.com", "read": "2026-11-01"}],
        "offers": {"a": {"machine": "box", "kind": "used", "amount": 1, "covers": "whole", "seller": NAMED,
                         "date": "2026-11-01"}},
    }),
    "catalog/wrong.yaml": json.dumps({"machines": {NAMED: {NAMED: NAMED}}}),
}  # fmt: skip
SHOWN = """async (texts) => {
  globalThis.tripped = [];
  globalThis.ran = (what) => tripped.push(what);
  const el = document.createElement("div");
  document.body.append(el);
  for (const text of texts) await plugin.block(text, el);
  await new Promise((done) => setTimeout(done, 300));
  const kinds = [...new Set([...el.querySelectorAll("*")].map(({ tagName }) => tagName))];
  const acts = (one) => one.getAttributeNames().some((name) => name.startsWith("on"));
  const acting = [...el.querySelectorAll("*")].filter(acts);
  return { tripped, kinds, acting: acting.length, text: el.textContent };
}"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_vault_says_is_text_wherever_it_is_shown(vault: Vault, language: str) -> None:
    page = vault(POISONED, language=language)
    asked = "model: mine\nmachine: box\nformat: Q4_K_M\ncontext: 2048\nshow: "
    given = [asked + show for show in ("table", "compare", "bar", "launch", "number")]
    found = page.evaluate(SHOWN, [*given, f"model: {json.dumps(PAYLOAD[:150])}", f"{json.dumps(PAYLOAD)}: 1"])
    assert found["tripped"] == []
    assert found["acting"] == 0
    assert {*found["kinds"]} <= {"DIV", "SPAN", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "PRE", "CODE"}
    assert found["text"].count("<script>ran('script')</script>") >= 5


@pytest.fixture(scope="module")
def poison(node: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin of a catalog that says payloads wherever it may."""
    folder = tmp_path_factory.mktemp("poison")
    build(folder / "plugin", data(Catalog.load(poisoned(folder)), {}))
    return folder / "plugin"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_catalog_says_is_text_in_a_note(vault: Vault, poison: Path, language: str) -> None:
    page = vault({}, language=language, plugin=poison)
    asked = "model: [qwen3-8b, qwen3-32b]\nmachine: [pc-rtx-4090, rtx-3090]\nformat: Q4_K_M\nshow: "
    found = page.evaluate(SHOWN, [asked + show for show in ("table", "compare", "bar", "launch")])
    assert found["tripped"] == []
    assert found["acting"] == 0
    assert {*found["kinds"]} <= {"DIV", "SPAN", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "PRE", "CODE"}
    assert found["text"].count("<script>ran('script')</script>") >= 8
