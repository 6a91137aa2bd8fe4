"""What a start says in a browser is what it says in Python, word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from sizing import Catalog, SizingError
from sizing.launch import Asked, launches
from sizing.launch.facts import facts_of, numbers
from tests.sizing.launch.plans import every
from tools.javascript import MODULES

WORDS = next(made.output for made in MODULES if made.face == "launch")

# Starts in the page what was planned, and tells what differs from what Python says.
COMPARE = """([cases]) => {
  const answer = ([plan, facts, asked]) => {
    try { return launch(plan, facts, asked); }
    catch (error) { if (error.name !== "SizingError") throw error; return { refused: error.message }; }
  };
  return cases.map((one) => [one, answer(one)])
    .filter(([one, found]) => JSON.stringify(found) !== JSON.stringify(one[3])).slice(0, 3);
}"""


def said(p: Any, asked: dict[str, Any]) -> Any:
    try:
        found = launches(p, Asked(**asked))
    except SizingError as error:
        return {"refused": str(error)}
    return None if found is None else [one.as_dict() for one in found]


def test_every_start_is_that_of_python(browser: Browser, tmp_path: Path) -> None:
    cases = []
    for p in every(Catalog.load()):
        for asked in ({}, {"source": "modelscope", "host": "0.0.0.0", "port": 9999}, {"host": "no address"}):
            if p.machine is not None:
                cases.append([numbers(p), facts_of(p, p.machine), asked, said(p, asked)])
    assert len(cases) > 2000
    page = browser.new_page()
    try:
        page.add_script_tag(type="module", content=f"{WORDS.read_text(encoding='utf-8')}\nglobalThis.launch = launch;")
        page.wait_for_function("typeof launch === 'function'")
        assert page.evaluate(COMPARE, [json.loads(json.dumps(cases))]) == []
    finally:
        page.close()
