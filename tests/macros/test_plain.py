"""A page as plain text: what a reader sees at once, and where each figure was read; no HTML."""

import html

import markdown

from macros.built.llms import Listed, llms
from macros.built.plain import plain, text_of
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


TRICK = (
    '<b onclick=x>&lt; a | b `c` **d** [e](javascript:f) ![g](http://h.example/i) {{ 7 * 7 }} $j$ ==k== ~~l~~ \\ "m" '
    "5 > 4 & n_o"
)


def test_what_the_catalog_says_is_read_as_text() -> None:
    cell = together(escape(TRICK), code(TRICK), cite(TRICK, "https://a.example/(b) <c>?d=[e]&f"))
    text = plain(table(["a", "b"], [[cell, "c"]]))
    shown = html.unescape(markdown.markdown(text, extensions=["tables"]))
    link = f'<a href="https://a.example/%28b%29%20%3Cc%3E?d=%5Be%5D&f">{TRICK}</a>'
    in_code = TRICK.replace("|", "\\|")  # which readers of tables other than this one take for a bar there too
    assert f"<td>{TRICK}<code>{in_code}</code>{link}</td>" in shown
    # What Obsidian takes for a formula or a highlight, and what is filled in where a page is made again.
    assert not [sign for sign in ("$j$", "==k==", "~~l~~", "{{") if sign in text.replace(code_of(text), "")]


def code_of(text: str) -> str:
    """What stands between the two fences."""
    return text.split("``")[1]


def test_what_is_plain_is_written_plainly() -> None:
    said = """Qwen3 32B (1.5 × 2) "x" 'y' 3 + 4 > 5 & q4_0, 5 ^ 2 %"""
    assert text_of(said) == said


def test_the_list_of_pages_takes_a_name_for_text() -> None:
    text = llms("a", "b", "", {"c": [Listed("d/", "[e](javascript:f)", "<script>")]}, [])
    assert "- [\\[e\\](javascript:f)](d.md): &#60;script>\n" in text
