"""What a start says in a browser is what it says in Python, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from sizing import Catalog, SizingError, plan
from sizing.launch import Asked, launches
from sizing.launch.facts import facts_of, numbers
from tests.sampled import tries
from tests.sizing.launch.plans import every
from tools.javascript import ROOT, WORDS

# Starts in the page what was planned, and tells what differs from what Python says.
COMPARE = """([cases]) => {
  const answer = ([plan, facts, asked]) => {
    try { return launch(plan, facts, asked); }
    catch (error) { if (error.name !== "SizingError") throw error; return { refused: error.message }; }
  };
  return cases.map((one) => [one, answer(one)])
    .filter(([one, found]) => JSON.stringify(found) !== JSON.stringify(one[3])).slice(0, 3);
}"""


OTHERWISE: list[dict[str, Any]] = [
    {"host": "no address"}, {"shell": "cmd"}, {"shell": "powershell", "source": "modelscope"}, {"shell": "fish"},
]  # fmt: skip


def said(p: Any, asked: dict[str, Any]) -> Any:
    try:
        found = launches(p, Asked(**asked))
    except SizingError as error:
        return {"refused": str(error)}
    return None if found is None else [one.as_dict() for one in found]


def test_every_start_is_that_of_python(browser: Browser, tmp_path: Path) -> None:
    cases = []
    for i, p in enumerate(every(Catalog.load())):
        for asked in ({}, {"source": "modelscope", "host": "0.0.0.0", "port": 9999}, OTHERWISE[i % len(OTHERWISE)]):
            if p.machine is not None:
                cases.append([numbers(p), facts_of(p, p.machine), asked, said(p, asked)])
    assert len(cases) > tries(500, 2000)
    page = browser.new_page()
    try:
        page.add_script_tag(type="module", content=f"{WORDS.read_text(encoding='utf-8')}\nglobalThis.launch = launch;")
        page.wait_for_function("typeof launch === 'function'")
        assert page.evaluate(COMPARE, [json.loads(json.dumps(cases))]) == []
    finally:
        page.close()


def sentences() -> set[str]:
    """All that starts say beside commands, of every kind of plan."""
    catalog = Catalog.load()
    more = (
        plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=1 << 18),
        plan(catalog.model("qwen3-8b"), catalog.machine("3x-rtx-3090"), format="BF16", context=4096, runtime="vllm"),
        plan(catalog.model("qwen3-32b"), catalog.machine("rtx-5090+rtx-3080-10gb"), format="Q6_K", context=4096),
        plan(
            catalog.model("qwen3-32b"), catalog.machine("macbook-pro-m1-max-32gb"), format="Q4_K_M", context=4096,
            wired_limit=27 << 30,
        ),
        plan(
            catalog.model("qwen3-32b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=4096, cache_format="q5_1"
        ),
    )  # fmt: skip
    found: set[str] = set()
    for p in (*every(catalog), *more):
        for source in ("huggingface", "modelscope"):
            for one in launches(p, Asked(source=source, shell="powershell")) or ():
                found.update((*one.differs, *one.notes, *(step.note for step in one.steps if step.note)))
    return found


def test_all_that_is_said_beside_commands_is_said_in_chinese_too(browser: Browser) -> None:
    text = (ROOT / "docs" / "assets" / "calculator" / "starting.mjs").read_text(encoding="utf-8")
    page = browser.new_page()
    try:
        page.add_script_tag(type="module", content=f"{text}\nglobalThis.say = startInChinese;")
        page.wait_for_function("typeof say === 'function'")
        said = sorted(sentences())
        chinese = page.evaluate("(lines) => lines.map((line) => say(line))", said)
        assert len(said) > 40
        assert [line for line, other in zip(said, chinese, strict=True) if line == other] == []
    finally:
        page.close()
