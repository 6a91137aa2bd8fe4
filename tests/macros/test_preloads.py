"""A page that answers by itself names all that it needs at once, and no other page does."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.preloads import preload

START = """
const PARTS = {
  home: () => import("./home.mjs"),
  buy: () => import("./buy.mjs"),
};
"""
FILES = {
    "assets/calculator/start.mjs": START,
    "assets/calculator/home.mjs": 'import {\n  a,\n} from "./asking.mjs";\nconst later = () => import("./later.mjs");',
    "assets/calculator/asking.mjs": 'export { b } from "./names.mjs";\n'
    '  const thread = new Worker(new URL("./answering.mjs", import.meta.url), { type: "module" });',
    "assets/calculator/names.mjs": 'import "./asking.mjs";',
    "assets/calculator/answering.mjs": 'import sizing from "../sizing/sizing.mjs";\nimport "./names.mjs";',
    "assets/calculator/buy.mjs": "",
    "assets/calculator/later.mjs": "",
    "assets/sizing/sizing.mjs": 'import { load } from "./0123/engine.mjs";',
    "assets/sizing/0123/engine.mjs": "",
    "assets/sizing/0123/index.json": "{}",
    "index.html": '<head></head><div data-sizing="home"></div>',
    "buy/index.html": '<head></head><div data-sizing="buy"></div>',
    "method/index.html": "<head></head><p>words</p>",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    preload(tmp_path)
    return tmp_path


def named(page: Path) -> list[str]:
    return [part.split('"')[0] for part in page.read_text(encoding="utf-8").split('href="')[1:]]


def test_it_names_what_its_modules_import_and_what_its_threads_import_and_read(site: Path) -> None:
    calculator = [f"assets/calculator/{name}.mjs" for name in ("asking", "home", "names", "start")]
    engine = ["assets/sizing/0123/engine.mjs", "assets/sizing/sizing.mjs", "assets/sizing/0123/index.json"]
    assert named(site / "index.html") == [*calculator, "assets/calculator/answering.mjs", *engine]


def test_what_a_thread_loads_is_not_read_by_the_page_too(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    assert '<link rel="modulepreload" href="assets/calculator/asking.mjs">' in html
    assert '<link rel="prefetch" href="assets/sizing/0123/engine.mjs">' in html


def test_it_names_them_from_where_it_lies(site: Path) -> None:
    calculator = [f"../assets/calculator/{name}.mjs" for name in ("buy", "start")]
    assert named(site / "buy/index.html") == [*calculator, "../assets/sizing/0123/index.json"]


def test_another_page_names_nothing(site: Path) -> None:
    assert (site / "method/index.html").read_text(encoding="utf-8") == FILES["method/index.html"]


def test_a_site_without_such_pages_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<head></head>", encoding="utf-8")
    preload(tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<head></head>"


def test_a_script_that_is_gone_is_warned_of_and_the_rest_is_named(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    (site / "assets/calculator/asking.mjs").unlink()
    page = site / "index.html"
    page.write_text(FILES["index.html"], encoding="utf-8")
    preload(site)
    assert {message.partition(":")[0] for message in caplog.messages} == {"asking.mjs"}
    calculator = [f"assets/calculator/{name}.mjs" for name in ("home", "start")]
    assert named(page) == [*calculator, "assets/sizing/0123/index.json"]


def test_a_page_whose_part_is_gone_names_what_starts_it(site: Path) -> None:
    (site / "assets/calculator/start.mjs").write_text("", encoding="utf-8")
    page = site / "index.html"
    page.write_text(FILES["index.html"], encoding="utf-8")
    preload(site)
    assert named(page) == ["assets/calculator/start.mjs", "assets/sizing/0123/index.json"]
