"""The plugin as it is built of this tree, in a real browser, with a stub of the application around it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sizing import Catalog
from sizing.export.site import Maker
from tools.obsidian.__main__ import ARTICLES, PLUGIN, ROOT, build, data
from tools.obsidian.drawn import drawn

Vault = Callable[..., Page]


@pytest.fixture(scope="session")
def node() -> str:
    """Node with the packages that build the plugin. `make obsidian` installs them, and so does .ci/run."""
    found = shutil.which("node")
    if found is None or not (PLUGIN / "node_modules").is_dir():
        if os.environ.get("CI"):
            pytest.fail("Node's packages are missing; .ci/run installs them by `make obsidian`")
        pytest.skip("Node's packages are missing; `make obsidian` installs them")
    return found


@pytest.fixture(scope="session")
def made(catalog: Catalog) -> dict[str, bytes]:
    """What pages load: files by their names."""
    return {name.partition("/")[2]: content for name, content in Maker().files(catalog, bought=False).items()}


@pytest.fixture(scope="session")
def article() -> dict[str, str]:
    """What the macros of the article say on the site."""
    return drawn(ROOT, ARTICLES)


@pytest.fixture(scope="session")
def packing(catalog: Catalog, article: dict[str, str]) -> bytes:
    """The catalog and these as the plugin holds them."""
    return data(catalog, article)


@pytest.fixture(scope="session")
def built(node: str, packing: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a vault would hold."""
    folder = tmp_path_factory.mktemp("plugin")
    build(folder, packing)
    return folder


@pytest.fixture(scope="session")
def stub(node: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The application's stand-in, as a script."""
    made = tmp_path_factory.mktemp("stub") / "stub.js"
    # Its own name: npm may have put the program itself in the place of the script that starts it.
    esbuild = PLUGIN / "node_modules" / ".bin" / "esbuild"
    options = ["--bundle", "--format=iife", f"--outfile={made}", "--log-level=error"]
    subprocess.run([esbuild, PLUGIN / "test" / "stub.ts", *options], check=True)
    return made.read_text(encoding="utf-8")


@pytest.fixture
def vault(browser: Browser, built: Path, stub: str) -> Iterator[Vault]:
    """Opens a vault with these files, settings and language, the plugin (or another) started, and no network."""
    context = browser.new_context(offline=True)

    def opened(
        files: dict[str, str] | None = None, settings: Any = None, language: str = "en", plugin: Path = built
    ) -> Page:
        page = context.new_page()
        page.add_script_tag(content=stub)
        state = {"files": files or {}, "kept": settings, "language": language}
        page.evaluate("(given) => Object.assign(stub.state, given)", state)
        page.evaluate("(code) => stub.start(code)", (plugin / "main.js").read_text(encoding="utf-8"))
        return page

    yield opened
    context.close()


def block(page: Page, text: str) -> str:
    """What a block shows, its cells parted by bars and its rows by lines."""
    shown: str = page.evaluate(
        """async (text) => {
          const el = document.createElement("div");
          await plugin.block(text, el);
          for (const cell of el.querySelectorAll("td, th")) cell.append("|");
          for (const row of el.querySelectorAll("tr, div")) row.append("\\n");
          return el.textContent;
        }""",
        text,
    )
    return shown


def note(page: Page, path: str) -> str:
    """What a note says as it is read."""
    shown: str = page.evaluate("async (path) => (await stub.read(path)).textContent", path)
    return shown
