"""Whatever the catalog says, nothing of it runs in a reader's browser: the whole site, built of payloads and opened."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from tests.kept import ROOT
from tests.payloads import poisoned
from tests.sampled import sample
from tests.site.conftest import BASE, UnderBase

SETTINGS = f"INHERIT: {ROOT}/mkdocs.yml\nextra: {{sizing: {{catalog: catalog, check_prose: false}}}}\n"
LINKED = ("docs", "macros", "overrides", "sizing", "tools")
# What a payload would call; a dialog and a request to another host are seen by themselves.
TRAP = "globalThis.ran = (what) => { (globalThis.tripped ??= []).push(what); }; globalThis.tripped = [];"
# Elements that no page has unless a text became one.
FOUND = """() => [...document.querySelectorAll("*")].flatMap((one) => [
  ...[...one.attributes].filter(({ name, value }) =>
    name.startsWith("on") || /^\\s*javascript:/i.test(value) || /outside\\.invalid/.test(value) && name !== "title"
      && name !== "data-search" && /^(href|src|action|xlink:href|srcset|poster)$/.test(name))
    .map(({ name, value }) => `${one.tagName} ${name}=${value.slice(0, 80)}`),
  ...(/^(IFRAME|EMBED|OBJECT)$/.test(one.tagName) ? [one.tagName] : []),
  ...(one.tagName === "SCRIPT" && /ran\\(/.test(one.textContent) && one.type !== "application/json"
    && one.type !== "application/ld+json" ? [`SCRIPT ${one.textContent.slice(0, 80)}`] : []),
])"""
PAGES = (
    "", "calculator/", "buy/", "compare/", "claims/", "method/", "glossary/", "changes/", "contributing/",
    "data/models/", "data/devices/", "data/machines/", "data/offers/", "data/formats/", "data/speeds/", "data/api/",
    "07 人工智能/本地部署大模型需要多强的机器/",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where this site is served, of a catalog of payloads; without the pages of single entries."""
    project = tmp_path_factory.mktemp("payloads")
    for name in LINKED:
        (project / name).symlink_to(ROOT / name)
    poisoned(project)
    (project / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    folder = project / "site"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(UnderBase, directory=str(folder))) as server:
        url = f"http://127.0.0.1:{server.server_port}{BASE}"
        build = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
            cwd=project, capture_output=True, text=True, check=False,
            env={**os.environ, "SITE_URL": url, "FULL": "false", "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert build.returncode == 0, build.stderr[-4000:]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield url
        server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page in which all that runs or asks elsewhere is noted."""
    context = browser.new_context()
    context.add_init_script(TRAP)
    opened = context.new_page()
    told: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((address.split(BASE)[0], "data:", "blob:")):
            told.append(request.url)

    def shown(dialog: Dialog) -> None:
        told.append(f"dialog {dialog.message}")
        dialog.dismiss()

    opened.on("dialog", shown)
    opened.on("request", asked)
    yield opened
    assert told == []
    context.close()


def nothing_ran(page: Page) -> None:
    assert page.evaluate("globalThis.tripped") == []
    assert page.evaluate(FOUND) == []
    assert "1337" not in page.evaluate("document.body.innerText"), "7 * 191: a template was filled in"


@pytest.mark.parametrize("name", sample(PAGES, 8, "pages of payloads"))
def test_no_page_runs_what_the_catalog_says(page: Page, address: str, name: str) -> None:
    page.goto(address + quote(name), wait_until="networkidle")
    nothing_ran(page)


def test_the_payloads_are_there(page: Page, address: str) -> None:
    page.goto(f"{address}data/models/", wait_until="networkidle")
    text = page.evaluate("document.body.innerText")
    assert "<script>ran('script')</script>" in text
    assert "{{ 7 * 191 }}" in text


def test_what_the_calculator_draws_is_text(page: Page, address: str) -> None:
    page.goto(f"{address}calculator/?model=qwen3-32b&machine=rtx-4090", wait_until="networkidle")
    page.wait_for_function("document.querySelector('main, article').innerText.includes(\"<script>ran('script')\")")
    nothing_ran(page)


def test_the_search_shows_text(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text("显存")
    page.keyboard.press("Shift")  # the theme listens for a key
    page.wait_for_selector(".md-search-result__item", state="attached")
    nothing_ran(page)
