"""A page as plain text: what a reader sees at once, and where each figure was read; no HTML."""

from macros.built.llms import Listed, llms
from macros.built.plain import plain
from macros.markdown import cite, code, escape, lines, named, sources, table, target, together
from sizing import Catalog


def test_links_code_and_words_remain() -> None:
    cell = together(target("x"), named("RTX 4090", "rtx-4090"))
    text = plain(table(["设备", "*带宽:"], [[cell, lines([cite("1,008 GB/s", "https://a.example/b"), code("q8_0")])]]))
    assert text.splitlines()[2] == "| RTX 4090 | [1,008 GB/s](https://a.example/b) `q8_0` |"
    assert text.splitlines()[0] == "| 设备 | 带宽 |"


def test_what_opens_on_a_click_stands_in_the_text(catalog: Catalog) -> None:
    read = catalog.device("rtx-4090").sources
    text = plain(sources(read))
    assert "<" not in text
    assert all(f"]({one.url})" in text for one in read)


def test_a_bar_within_a_cell_ends_no_cell() -> None:
    assert plain(table(["a"], [[escape("x | y")]])).splitlines()[2] == "| x \\| y |"


def test_a_block_of_code_stays_as_it_is() -> None:
    block = "```sh\nsizing here --ram 64GB@DDR5 <file> {: x}\n```"
    assert plain(f"<p>{block}</p>\n\n{block}\n").endswith(f"{block}\n")


def test_a_picture_is_left_to_the_table_beside_it() -> None:
    assert plain('a\n\n<figure class="chart"><svg><title>t</title></svg></figure>\n\n\nb') == "a\n\nb\n"


def test_the_list_of_pages_names_each_ones_plain_edition() -> None:
    pages = {"页面": [Listed("", "首页")], "模型": [Listed("models/qwen3-32b/", "Qwen3 32B", "32.8B 参数")]}
    text = llms("指南", "一句话", "https://x.example/", pages, ["api/v1/index.json"])
    assert text.startswith("# 指南\n\n> 一句话\n\n## 页面\n\n- [首页](https://x.example/index.md)\n")
    assert "\n- [Qwen3 32B](https://x.example/models/qwen3-32b.md): 32.8B 参数\n" in text
    assert text.endswith("\n- [api/v1/index.json](https://x.example/api/v1/index.json)\n")
