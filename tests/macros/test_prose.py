"""A number of the catalog that is typed by hand is found with its line; names, sizes of models and words pass."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from macros import prose
from macros.environment import Macro
from macros.prose import Names, Prose
from sizing import Catalog
from sizing.errors import Problem

ROOT = Path(__file__).resolve().parents[2]
Lint = Callable[[str], list[Problem]]


@pytest.fixture
def lint(tmp_path: Path, catalog: Catalog) -> Lint:
    """What is wrong with a page of this text."""

    def problems(text: str) -> list[Problem]:
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs/x.md").write_text(text, encoding="utf-8")
        return Prose(Names.of(catalog)).problems(tmp_path)

    return problems


def typed(found: list[Problem]) -> list[str]:
    return [problem.what.split('"')[1] for problem in found]


TYPED = """
24 GB|24GB|24 GiB|24.0 GiB|24564 MiB|24,564 MB|2 TB|2 TiB|512 KB|1.5 PB|24gb|24G
1008 GB/s|1,008 GB/s|3.35 TB/s|400 Gbps|5600 MT/s
165 TFLOPS|165.2 TFLOPs|1.98 PFLOPS|660 TOPS
450 W|450W|1.2 kW|3 kWh|450 瓦
17 tok/s|17 token/s|17 tokens/s|17 t/s|17 个 token/秒|17 token 每秒|每秒 17|每秒约 17
1599 元|1,599 美元|1.5 万美元|3 万元|100 欧元|20 块钱|$1,599|$ 1599|¥9999|￥9,999|€100|1599 USD
50%|50 %|50％|+14 %|百分之 50|百分之五十|3 成
32 倍|1.5 倍|10 多倍|一倍|两倍|三倍|十倍|一百倍|两万元|三百美元|四十 GB|三成|两成
3 秒|0.5秒|200 ms|20 毫秒|3 分钟|440 小时|3 个小时|3 个半小时
２４ GB|２４ＧＢ|２４．５ GB|１，００８ GB/s|24&nbsp;GB
**24** GB|`24` GB|_24_ GB|24 **GB**|24 <b>GB</b>|<b>24</b> GB
1e9 GB/s|2x24 GB|2×24 GB|20 多 GB
"""


def examples(text: str) -> list[str]:
    return [one for line in text.strip().split("\n") for one in line.split("|")]


@pytest.mark.parametrize("number", [*examples(TYPED), "24\u00a0GB", "24\u3000GB", "24\nGB"])
def test_a_number_with_a_unit_is_found(lint: Lint, number: str) -> None:
    (problem,) = lint(f"# 题\n\n显存有{number}，够用。\n")
    assert (problem.file, problem.line, problem.key) == ("docs/x.md", 3, "")


ALLOWED = """
70B|8x7B|4-bit|3-bit|128K|4K 上下文|128K tokens|32,768 个 token|8 位|16 位|1T 参数|671B 参数
FP16|INT8|FP16 TFLOPS 有多少|每个 INT8 TOPS|DDR5-5600|Q4_K_M|Q8_0|W8A8|PCIe 4.0 x16|CUDA 12
2024 年|2024 年 7 月|2026-11-22|8 张 H100|2 × RTX 4090|第 3 步|GPT-4.1|Claude 3.5|macOS 14|1. GB 是什么
一半|几倍|几十倍|上百倍|数万元|多少倍|成倍|倍数|一秒|一小时|一成不变|统一成 GB|八成的实测|两张卡|每秒多少个|几百 GB
几 GB|若干 GB|元素|3 元组|三元组|两元素|单位是 GB|以 tok/s 计|按 $ 计|% 是百分号|GB 版
"""


@pytest.mark.parametrize("words", examples(ALLOWED))
def test_words_without_a_quantity_pass(lint: Lint, words: str) -> None:
    assert typed(lint(f"{words}\n")) == []
    assert typed(lint(f"说到{words}，就这样。\n")) == []


NAMED = """
A100 80 GB|A100 80GB|H100 80 GB|A100、H100 80 GB|A100/H100 80 GB|A100 的 80 GB 版|A100（80 GB）|80 GB 的 A100
RTX 4090 24 GB|RTX 4090 24GB|RTX4090 24 GB|GeForce RTX 4090 24 GB|4090 24 GB|rtx 4090 24 gb|两张 RTX A6000 48 GB
M3 Max 64 GB|64 GB 的 M3 Max|M2 Ultra 192 GB|MacBook Pro M3 Max 64 GB|Mac Studio M3 Ultra 512 GB|RTX 4060 Ti 16 GB
RTX 4090 Laptop 16 GB|H200 141 GB|`m3-max-40-core-64gb`|`macbook-pro-m3-max-64gb`|`rtx-3060-12gb`
LLaMA-3 8B|Qwen-2 72B|Mixtral 8x7B|Mistral 7B v0.3|GLM-4.5-Air|Kimi K2
"""


@pytest.mark.parametrize("name", examples(NAMED))
def test_names_of_the_catalog_pass(lint: Lint, name: str) -> None:
    assert typed(lint(f"一台 {name} 就够。\n")) == []


def test_every_name_of_the_catalog_passes(lint: Lint, catalog: Catalog) -> None:
    kinds = (catalog.models, catalog.devices, catalog.machines, catalog.hosts)
    names = [name for entries in kinds for entry in entries.values() for name in (entry.name, f"`{entry.id}`")]
    assert typed(lint("\n\n".join(names))) == []


@pytest.mark.parametrize(
    ("pair", "number"),
    [
        ("RTX 4090 32 GB", "32 GB"),  # not sold with it
        ("M3 Max 32 GB", "32 GB"),
        ("A100 80 GB/s", "80 GB/s"),
        ("RTX 4090 只有 24 GB", "24 GB"),
        ("A100 80 GB 加 24 GB", "24 GB"),
        ("RTX 4090 24 GB，450 W", "450 W"),
    ],
)
def test_a_size_beside_a_name_passes_only_where_it_is_sold(lint: Lint, pair: str, number: str) -> None:
    assert typed(lint(pair)) == [number]


@pytest.mark.parametrize(
    "hidden",
    [
        "---\ndescription: 要 24 GB\n---\n# 题\n",
        "```yaml\nmemory: 24 GB\n```\n",
        "~~~\n24 GB\n~~~\n",
        "> ```\n> 24 GB\n> ```\n",
        "````\n```\n24 GB\n```\n24 GB\n````\n",
        "<!-- 24 GB -->\n",
        "<!--\n24 GB\n-->\n",
        '{{ device("rtx-4090", "24 GB") }}\n',
        '{{ ratio("cache", {"context": 131072},\n  {"context": "4 GB"}) }}\n',
        "{% set x = '24 GB' %}\n",
        "{# 24 GB #}\n",
        "[卡](https://example.org/24-gb?price=$1599)\n",
        "[卡](<data/24 GB.md>)\n",
        "<https://example.org/100%>\n",
        "见 https://example.org/x=24GB\n",
        '<div style="width: 50%" markdown>\n',
    ],
)
def test_what_no_reader_sees_or_a_macro_writes_passes(lint: Lint, hidden: str) -> None:
    assert typed(lint(hidden)) == []
    assert typed(lint(f"{hidden}\n后面的 24 GB\n")) == ["24 GB"]


@pytest.mark.parametrize("text", ["24 {{ unit() }} GB", '{{ memory("x") }} GB', "占 {{ x }}%", "{{ x }} 到 {{ y }} GB"])
def test_a_number_that_a_macro_writes_may_have_its_unit_beside_it(lint: Lint, text: str) -> None:
    assert typed(lint(text)) == []


def test_a_number_beside_a_macro_is_still_typed(lint: Lint) -> None:
    assert typed(lint("从 {{ x }} 到 48 GB")) == ["48 GB"]
    assert typed(lint('!!! note "要 24 GB"\n\n    {{ x }}')) == ["24 GB"]
    assert typed(lint("| 机器 | 内存 |\n|---|---|\n| x | 24 GB |")) == ["24 GB"]


def test_lines_are_the_files(lint: Lint) -> None:
    text = "---\ntitle: x\n---\n\n# 题\n\n```\n24 GB\n```\n<!--\n\n-->\n占 24 GB，\n快两倍，\n要 1,599 美元。\n"
    found = lint(text)
    assert [problem.line for problem in found] == [13, 14, 15]
    assert typed(found) == ["24 GB", "两倍", "1,599 美元"]


def test_pages_in_folders_are_read_too(tmp_path: Path, catalog: Catalog) -> None:
    page = tmp_path / "docs/07 人工智能/x.md"
    page.parent.mkdir(parents=True)
    page.write_text("24 GB", encoding="utf-8")
    assert [problem.file for problem in Prose(Names.of(catalog)).problems(tmp_path)] == ["docs/07 人工智能/x.md"]


def test_a_message_is_one_line_that_says_what_would_be_right(lint: Lint) -> None:
    (problem,) = lint("**24**\nGB")
    assert str(problem) == (
        'docs/x.md:1: "24 GB" is a number of the catalog typed by hand; '
        "call a macro, such as {{ device(…), weights(…) or memory(…) }}"
    )


@pytest.mark.parametrize(
    ("number", "macro"),
    [
        ("24 GB", "memory"),
        ("1008 GB/s", "device"),
        ("450 W", "device"),
        ("17 tok/s", "decode"),
        ("每秒 17 个", "decode"),
        ("1,599 美元", "price"),
        ("$1,599", "price"),
        ("3 秒", "first_token"),
        ("两倍", "ratio"),
        ("50 %", "ratio"),
    ],
)
def test_the_macro_that_it_names_writes_that_unit(
    lint: Lint, call: Mapping[str, Macro], number: str, macro: str
) -> None:
    (problem,) = lint(number)
    named = re.findall(r"(\w+)\(…\)", problem.what)
    assert macro in named
    assert call.keys() >= set(named)


def test_the_prose_of_this_site_has_no_number_typed_by_hand(catalog: Catalog) -> None:
    assert Prose(Names.of(catalog)).problems(ROOT) == []
    assert prose.unshown(ROOT, catalog) == []


def test_a_claim_that_no_page_shows_is_told_where_it_stands(tmp_path: Path, catalog: Catalog) -> None:
    page = tmp_path / "docs" / "x.md"
    page.parent.mkdir()
    page.write_text('{{ claims_in("结语") }}\n', encoding="utf-8")
    found = prose.unshown(tmp_path, catalog)
    assert {p.file for p in found} == {"catalog/claims.yaml"}
    assert {catalog.claims[p.key.split(".")[1]].section for p in found} == {
        claim.section for claim in catalog.claims.values() if claim.section != "结语"
    }


def test_the_command_prints_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], catalog: Catalog
) -> None:
    (tmp_path / "docs").mkdir()
    sections = {claim.section for claim in catalog.claims.values()}
    lists = "".join(f"{{{{ claims_in('{section}') }}}}\n" for section in sections)
    (tmp_path / "docs/claims.md").write_text(lists, encoding="utf-8")
    monkeypatch.setattr(prose, "__file__", str(tmp_path / "macros/prose.py"))
    assert prose.main() == 0
    assert capsys.readouterr().out == ""
    (tmp_path / "docs/x.md").write_text("24 GB\n", encoding="utf-8")
    assert prose.main() == 1
    assert capsys.readouterr().out.startswith('docs/x.md:1: "24 GB"')


def test_a_link_that_readers_would_see_as_it_is_typed_is_found(lint: Lint) -> None:
    (found,) = lint('text\n\n<p class="note">看[格式](formats.md)一页。</p>\n')
    assert found.line == 3
    assert "<p markdown>" in found.what
    assert lint('<p class="note" markdown>看[格式](formats.md)一页。</p>\n') == []
