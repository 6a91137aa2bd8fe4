"""The built site holds what the article must cover: every section, model, machine and claim, and no broken link."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from sizing import Catalog
from tests.site.built import Page, Table, read
from tests.site.conftest import PUBLISHED

ROOT = Path(__file__).resolve().parents[2]
NOTE = "07 人工智能/本地部署大模型需要多强的机器"

SECTIONS = [
    (1, "本地部署大模型需要多强的机器"),
    (2, "为什么硬件决定了大模型能否跑得动"),
    (3, "内存/显存容量"),
    (3, "带宽与算力"),
    (3, "上下文长度"),
    (2, "从 ChatGPT 到 Kimi K2：主流模型与硬件需求实例"),
    (2, "不同机器能跑哪些模型"),
    (2, "购机建议：Mac 还是 PC，个人还是云端"),
    (2, "结语"),
]
HOSTED = ["GPT-4.1", "GPT-4o", "Claude 3.5", "Gemini"]
OPEN = {
    "kimi-k2": "Kimi K2",
    "glm-4.5": "GLM-4.5",
    "glm-4.5-air": "GLM-4.5-Air",
    "llama-3-8b": "LLaMA-3 8B",
    "llama-3-70b": "LLaMA-3 70B",
    "qwen2-7b": "Qwen-2 7B",
    "qwen2-72b": "Qwen-2 72B",
    "mistral-7b": "Mistral 7B",
    "mixtral-8x7b": "Mixtral 8x7B",
    "deepseek-v3": "DeepSeek V3",
    "llama-2-13b": "Llama 2 13B",
    "llama-30b": "LLaMA 30B",
    "llama-65b": "LLaMA 65B",
}
# Each machine by what its row must name.
MACHINES = [
    "MacBook Pro M1 Max 32 GB",
    "MacBook Pro M1 Max 64 GB",
    "MacBook Pro M2 Max 32 GB",
    "MacBook Pro M2 Max 64 GB",
    "MacBook Pro M3 Max 36 GB",
    "MacBook Pro M3 Max 48 GB",
    "MacBook Pro M3 Max 64 GB",
    "Mac Studio M1 Ultra 64 GB",
    "Mac Studio M1 Ultra 128 GB",
    "Mac Studio M2 Ultra 64 GB",
    "Mac Studio M2 Ultra 192 GB",
    "Mac Studio M3 Ultra 96 GB",
    "Mac Studio M3 Ultra 512 GB",
    "PC RTX 4090 24 GB",
    "2 × RTX 4090 24 GB",
    "2 × RTX A6000 48 GB",
    "A100 80 GB",
    "H100 80 GB",
    "8 × H100 80 GB",
    "16 × H100 80 GB",
]


@pytest.fixture(scope="module")
def article(site_dir: Path) -> Page:
    return read(site_dir / NOTE / "index.html")


@pytest.fixture(scope="module")
def claims(site_dir: Path) -> dict[str, str]:
    """The claims' cards as HTML, by their headings' ids."""
    html = read(site_dir / "claims/index.html").html
    cards = re.findall(r'<section class="claim.*?</section>', html, re.S)
    return {re.findall(r'<h3 id="([^"]+)"', card)[0]: card for card in cards}


def pages(site_dir: Path) -> dict[str, Page]:
    """Every page by its address below the site's root."""
    files = sorted(site_dir.rglob("*.html"))
    return {f"/{file.relative_to(site_dir).as_posix()}".removesuffix("index.html"): read(file) for file in files}


def tables_with(page: Page, *heads: str) -> list[Table]:
    return [table for table in page.tables if all(any(head in own for own in table.head) for head in heads)]


def words(text: str) -> set[str]:
    """What a name is made of: ``2 × RTX 4090 24 GB`` and ``24GB`` alike."""
    return set(re.sub(r"(?<=\d)\s*GB", "GB", text).replace("（", " ").replace("）", " ").replace("，", " ").split())


# --- the article ----------------------------------------------------------------------------------------------------


def test_the_address_is_kept_for_ever(site_dir: Path) -> None:
    assert (site_dir / "07 人工智能" / "本地部署大模型需要多强的机器" / "index.html").is_file()


def test_the_note_keeps_what_its_publisher_reads() -> None:
    note = (ROOT / "docs" / f"{NOTE}.md").read_text(encoding="utf-8")
    front_matter = yaml.safe_load(note.split("---\n")[1])
    assert note.startswith("---\n")
    assert front_matter["dg-publish"] is True
    assert front_matter["dg-path"] == f"{NOTE}.md"
    assert front_matter["permalink"] == f"/{NOTE}/"
    assert "Innolight" in front_matter["tags"]


def test_every_section_is_there_in_order(article: Page) -> None:
    headings = [(level, text.strip()) for level, text in article.headings]
    assert [heading for heading in headings if heading in SECTIONS] == SECTIONS


@pytest.mark.parametrize("name", HOSTED)
def test_a_hosted_model_has_a_row(article: Page, name: str) -> None:
    (table,) = tables_with(article, "厂商", "本地运行")
    rows = [row for row in table.rows if row.cells[0].text.startswith(name)]
    assert rows
    for row in rows:
        assert "未公布" in row.text
        assert "云端" in row.text


def test_chatgpt_and_its_rivals_are_named_in_the_text(article: Page) -> None:
    text = re.sub(r"<[^>]+>", "", article.html)
    for name in ("ChatGPT", "Claude", "Gemini", "Kimi K2", "GLM-4.5"):
        assert name in text


@pytest.mark.parametrize(("model", "name"), OPEN.items())
def test_an_open_model_has_a_row_with_its_sizes(article: Page, model: str, name: str) -> None:
    (table,) = tables_with(article, "总参数", "激活")
    (row,) = [row for row in table.rows if row.cells[0].text == name]
    assert row.cells[0].links[0].endswith(f"/models/{model}/")
    assert re.fullmatch(r"[\d.]+[BT]", row.cells[1].text)
    assert re.search(r"\d GB", row.text)


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_has_a_row_with_its_memory_and_speed(article: Page, name: str) -> None:
    found = [
        row
        for table in tables_with(article, "机器", "内存", "带宽")
        for row in table.rows
        if words(name) <= words(row.cells[0].text)
    ]
    assert found, f"no row of a machine table names {name}"
    row = found[0]
    assert any(re.search(r"/machines/[^/#]+/$", link) for link in row.cells[0].links)
    assert re.search(r"\d GB", row.text)
    assert re.search(r"\d GiB", row.text)
    assert re.search(r"\d GB/s", row.text)
    assert re.search(r"\d（[\d.,]+～[\d.,]+）", row.text), "no speed with its range"


@pytest.mark.parametrize("precision", ["F16", "INT8", "Q4_K_M", "Q4_0", "AWQ"])
def test_a_70b_model_by_precision(article: Page, precision: str) -> None:
    rows = [row for table in tables_with(article, "格式", "权重") for row in table.rows]
    (row,) = [row for row in rows if row.cells[0].text.split()[0] == precision]
    assert re.search(r"\d GB\b.*\d GiB", row.text)


@pytest.mark.parametrize("context", ["4K", "128K"])
def test_a_13b_model_by_context(article: Page, context: str) -> None:
    rows = [row for table in tables_with(article, "上下文", "缓存") for row in table.rows]
    (row,) = [row for row in rows if row.cells[0].text == context]
    assert re.search(r"\d GiB", row.text)


def test_bandwidth_and_compute_stand_beside_what_they_decide(article: Page) -> None:
    (table,) = tables_with(article, "带宽", "算力", "解码", "预填充")
    text = " ".join(row.cells[0].text for row in table.rows)
    for kind in ("RTX 4090", "A100", "M3 Max"):
        assert kind in text, "consumer cards, data-centre cards and Apple silicon are compared"


def test_the_advice_has_a_price_to_own_and_one_to_rent(article: Page) -> None:
    (table,) = tables_with(article, "买：", "租：")
    assert len(table.rows) >= 5
    assert all("元" in row.cells[2].text or row.cells[2].text == "—" for row in table.rows)
    assert any("每小时" in row.text or row.cells[4].text == "—" for row in table.rows)


# --- the claims -----------------------------------------------------------------------------------------------------


def test_every_claim_of_the_catalog_has_a_card_and_no_other(claims: dict[str, str]) -> None:
    assert list(claims) == list(Catalog.load().claims)


def test_a_claim_has_a_verdict_and_what_was_computed(claims: dict[str, str]) -> None:
    for name, card in claims.items():
        assert f'href="#{name}"' in card
        assert re.search(r'<span class="verdict [a-z-]+">(成立|有条件成立|不成立|无法核实)</span>', card), name
        assert re.search(r"<li>\S", card), name


def test_the_article_links_to_every_claim(article: Page, claims: dict[str, str]) -> None:
    linked = {link.partition("#")[2] for link in article.links if "/claims/#" in link}
    assert linked >= claims.keys()


# --- every page -----------------------------------------------------------------------------------------------------


def test_no_page_shows_a_macro_that_failed(site_dir: Path) -> None:
    for address, page in pages(site_dir).items():
        html = re.sub(r"<code>.*?</code>", "", page.html, flags=re.S)  # which shows other sites what to write
        for sign in ("macro-error", "Macro Rendering Error", "Macro Syntax Error", "{{", "{%"):
            assert sign not in html, f"{address} shows {sign}"


def test_no_link_and_no_anchor_within_the_site_is_dead(site_dir: Path) -> None:
    site = pages(site_dir)
    base = urlsplit(PUBLISHED).path
    dead = []
    for address, page in site.items():
        for link in page.links + page.loads:
            target = urlsplit(urljoin(urljoin(PUBLISHED, address.removeprefix("/")), link))
            if target.netloc != urlsplit(PUBLISHED).netloc or target.scheme not in ("http", "https"):
                continue
            path, anchor = unquote(target.path), unquote(target.fragment)
            if not path.startswith(base) or not exists(site_dir, path.removeprefix(base)):
                dead.append(f"{address}: {link}")
                continue
            there = site.get("/" + path.removeprefix(base))
            if anchor and there and anchor not in there.ids:
                dead.append(f"{address}: {link}")
    assert dead == []


def exists(site_dir: Path, path: str) -> bool:
    file = site_dir / path
    return (file / "index.html").is_file() if path.endswith(("/", ".")) or not path else file.is_file()


def test_no_element_loads_from_another_host(site_dir: Path) -> None:
    for address, page in pages(site_dir).items():
        strangers = [url for url in page.loads if re.match(r"(https?:)?//", url) and not url.startswith(PUBLISHED)]
        assert strangers == [], address
    for style in site_dir.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", style.read_text(encoding="utf-8")), style


@pytest.mark.parametrize("page", ["models", "devices", "machines", "formats"])
def test_every_row_of_the_data_says_where_it_was_read(site_dir: Path, page: str) -> None:
    rows = read(site_dir / "data" / page / "index.html").rows
    assert rows
    for row in rows:
        assert any(link.startswith(("https://", "http://")) for link in row.cells[-1].links), row.text


@pytest.mark.parametrize("kind", ["models", "devices", "machines", "formats"])
def test_every_entry_of_the_catalog_is_on_its_page(site_dir: Path, kind: str) -> None:
    page = read(site_dir / "data" / kind / "index.html")
    assert page.ids >= getattr(Catalog.load(), kind).keys()


def test_the_measured_speeds_are_a_page_that_a_phone_can_load(site_dir: Path) -> None:
    file = site_dir / "data/speeds/index.html"
    page = read(file)
    assert file.stat().st_size < 250_000
    assert len(page.tables) >= 4
    for row in page.rows:
        cited = any(link.startswith(("https://", "http://")) for cell in row.cells for link in cell.links)
        assert cited or "（自测）" in row.text, row.text


def test_the_measured_speeds_are_left_out_of_the_search(site_dir: Path) -> None:
    index = json.loads((site_dir / "search/search_index.json").read_text(encoding="utf-8"))
    texts = {one["location"]: one["text"] for one in index["docs"] if one["location"].startswith("data/speeds/")}
    assert texts
    assert all(len(text) < 2000 for text in texts.values())


def test_the_home_page_leads_to_the_article_the_claims_and_the_contributors_guide(site_dir: Path) -> None:
    links = {unquote(link) for link in read(site_dir / "index.html").links}
    assert {f"{NOTE}/", "claims/", "contributing/"} <= links


# --- a strict build ends with 1 where a page is wrong -----------------------------------------------------------------


def build(folder: Path, page: str) -> subprocess.CompletedProcess[str]:
    """Strictly build one page with this project's settings, macros and catalog."""
    (folder / "docs").mkdir()
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "docs/index.md").write_text(page, encoding="utf-8")
    alone = "nav: [index.md]\nwatch: []\nextra: {sizing: {entries: false, engine: false}}\n"
    settings = f"INHERIT: {ROOT / 'mkdocs.yml'}\n{alone}"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", folder / "mkdocs.yml"],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def warnings(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if line.startswith("WARNING")]


FRONT_MATTER = "---\ntitle: 题\n---\n\n# 题\n\n"
TRUE = '两张卡放得下。{{ check("fits", "llama-3-70b", "2x-rtx-4090", "Q4_K_M") }}\n'


def test_a_page_without_fault_builds(tmp_path: Path) -> None:
    built = build(tmp_path, f"{FRONT_MATTER}{TRUE}\nRTX 4090 24 GB。\n")
    assert built.returncode == 0, built.stdout
    assert warnings(built.stdout) == []


def test_a_sentence_that_is_no_longer_true_fails_the_build(tmp_path: Path) -> None:
    built = build(
        tmp_path, f'{FRONT_MATTER}{TRUE}\n一张卡放得下。{{{{ check("fits", "llama-3-70b", "rtx-4090", "F16") }}}}\n'
    )
    assert built.returncode == 1, built.stdout
    (warning,) = warnings(built.stdout)
    assert "docs/index.md:9: check(): this sentence is no longer true: llama-3-70b fits on rtx-4090" in warning
    assert "Traceback" not in built.stdout


def test_a_number_typed_by_hand_fails_the_build(tmp_path: Path) -> None:
    built = build(tmp_path, f"{FRONT_MATTER}{TRUE}\n一张卡有 24 GB。\n")
    assert built.returncode == 1, built.stdout
    (warning,) = warnings(built.stdout)
    assert 'docs/index.md:9: "24 GB" is a number of the catalog typed by hand; call a macro' in warning
