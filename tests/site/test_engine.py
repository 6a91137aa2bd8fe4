"""The engine in a page of the site: its face, what it loads, and that it answers as ``sizing plan --json`` does."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sizing import Catalog, plan

FIRST = 150_000  # bytes that a page loads before its first answer, compressed


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load()


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
    first = [*folder.glob("*.mjs"), *folder.glob("*/engine.mjs"), *folder.glob("*/index.json")]
    assert len(first) == 3
    assert sum(len(gzip.compress(file.read_bytes())) for file in first) <= FIRST


def test_there_is_all_of_the_catalog_to_choose_from(page: Page, catalog: Catalog) -> None:
    for kind in ("models", "machines", "devices", "hosts", "runtimes"):
        assert page.evaluate(f"sizing.{kind}().map((one) => one.id)") == list(getattr(catalog, kind)), kind


def test_a_plan_in_a_page_is_that_of_the_command_line(page: Page, catalog: Catalog) -> None:
    question = {"format": "Q4_K_M", "context": 8192, "cache_format": "q8_0", "micro_batch": 256}
    said = plan(catalog.model("qwen3-32b"), catalog.machine("pc-rtx-4090"), **question).as_dict()  # type: ignore[arg-type]
    found = asked(page, {"model": "qwen3-32b", "machine": "pc-rtx-4090", **question})
    assert found == {key: json.loads(json.dumps(said[key])) for key in found}


def test_what_cannot_be_asked_is_one_line(page: Page) -> None:
    assert "choose one of its ids" in asked(page, {"model": "nothing", "context": 8192})["refused"]
    assert asked(page, {"model": "llama-3-8b", "format": "Q4_K_M", "context": 0}) == {
        "refused": "context 0 is not possible; give a whole number from 1 up"
    }
    assert "wattage is nothing" in asked(page, {"model": "llama-3-8b", "context": 1, "wattage": 1})["refused"]
