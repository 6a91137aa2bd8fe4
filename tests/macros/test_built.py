"""A bare table becomes one that a phone can show; what a page may run is what it holds, and nothing else."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from macros.built.breaks import breaking, whole
from macros.built.code import copied
from macros.built.policy import guard, policy
from macros.built.small import shrink
from macros.built.tables import MANY, PAGE, WHOLE, dressed


def bare(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown makes it; a head that ends in ``:`` is aligned to the right."""
    style = ' style="text-align: right;"'
    head = "".join(f"<th{style if h.endswith(':') else ''}>{h.removesuffix(':')}</th>\n" for h in heads)
    body = "".join(f"<tr>\n{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>\n<thead>\n<tr>\n{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>"


def test_a_table_is_named_by_the_heading_above_it() -> None:
    page = dressed(f'<h2 id="a">甲 &amp; 乙<a class="headerlink" href="#a">¶</a></h2>{bare(["一"], [["1"]])}')
    assert '<table class="data tracks-3" aria-label="甲 &amp; 乙">' in page.html


def test_figures_are_told_by_a_class_and_no_style_remains() -> None:
    page = dressed(bare(["名", "大小:"], [["a", "1 GB"]]))
    assert '<th scope="col" class="figures">大小</th>' in page.html
    assert '<td class="figures" data-label="大小">1 GB</td>' in page.html
    assert "style=" not in page.html


def test_a_card_shows_the_name_and_four_facts_and_folds_the_rest() -> None:
    page = dressed(bare(["名", *"甲乙丙丁戊己"], [list("abcdefg")]))
    assert re.findall(r'class="[^"]*\bmore" data-label="(.)"', page.html) == ["戊", "己"]


def test_a_card_shows_the_facts_that_are_marked_for_it() -> None:
    heads = ["名", "甲", '<span class="key">乙</span>', '<span class="key">丙</span>']
    page = dressed(bare(heads, [list("abcd")]))
    assert re.findall(r'class="[^"]*\bmore" data-label="(.)"', page.html) == ["甲"]
    assert 'class="key"' not in page.html


def test_a_card_leaves_out_what_says_nothing_and_shows_the_next_fact_instead() -> None:
    page = dressed(bare(["名", *"甲乙丙丁戊"], [["a", "1", "", "3", "4", "5"], ["b", "1", "2", "3", "—", "5"]]))
    assert "more" not in page.html
    assert re.findall(r'class="[^"]*\bnothing" data-label="(.)"', page.html) == ["乙", "丁"]


def test_only_a_row_that_folds_something_away_has_a_button_for_it() -> None:
    page = dressed(bare(["名", *"甲乙丙丁戊"], [list("abcdef"), ["a", "1", "2", "3", "4", ""]]))
    assert page.html.count('<tr class="folds">') == 1


def test_a_row_that_says_one_thing_alone_heads_others() -> None:
    page = dressed(bare(["名", "甲"], [["一节", ""], ["a", "1"]]))
    assert '<tr class="head">' in page.html


def test_short_facts_stand_four_in_a_line_and_long_ones_across_a_card() -> None:
    short = dressed(bare(["名", *"甲乙丙丁"], [["a", "1 GB", "2 GB", "3 GB", "4 GB"]]))
    assert "tracks-4" in short.html
    mixed = dressed(
        bare(["名", *"甲乙丙丁"], [["a", "12（10～15）", "2 GB", "3 GB", "1,999 美元（约 13,463 元，美国发布价）"]])
    )
    assert "tracks-3" in mixed.html
    assert re.findall(r'class="wide" data-label="(.)"', mixed.html) == ["丁"]


def test_what_a_popover_holds_makes_no_fact_wide() -> None:
    told = '<button type="button" class="cited" popovertarget="about-1">111</button>'
    hidden = '<span popover="" id="about-1">同样的机器、模型、格式和推理框架，早年的版本<br>出处</span>'
    page = dressed(bare(["名", *"甲乙丙"], [["a", "1", "2", f"140<br>{told}{hidden}"]]))
    assert "wide" not in page.html


def test_keys_reach_a_table_that_may_be_wider_than_the_page() -> None:
    one, *_ = heads = [f"列{i}" for i in range(MANY)]
    assert '<section class="table tall-20" tabindex="0" data-search-exclude="">' in dressed(bare(heads, [heads])).html
    assert "tabindex" not in dressed(bare([one], [[one]])).html


def test_a_table_of_a_few_more_rows_than_a_page_is_whole() -> None:
    page = dressed(bare(["名"], [[f"{i}"] for i in range(WHOLE)]))
    assert page.files == {}
    assert page.html.count("<tr>") == WHOLE + 1


def test_a_long_table_keeps_a_page_and_the_rest_lies_beside_it() -> None:
    page = dressed(bare(["名", "类"], [[f"n{i}", f"k{i % 2}"] for i in range(100)]))
    ((name, text),) = page.files.items()
    rest = json.loads(text)
    assert page.html.count("<tr>") == PAGE + 1
    assert len(rest) == 100 - PAGE
    assert f"n{PAGE}" in rest[0]
    assert f'data-rows="{name}?' in page.html
    assert "<option>k0</option>" in page.html
    assert "data-search-exclude" in page.html


def test_the_name_of_the_rows_changes_with_what_they_hold() -> None:
    pages = [dressed(bare(["名"], [[f"{word}{i}"] for i in range(100)])).html for word in "ab"]
    assert len({re.findall(r'data-rows="([^"]+)"', html)[0] for html in pages}) == 2


def test_two_cells_that_cite_the_same_pages_open_each_its_own() -> None:
    cell = '<button type="button" popovertarget="about-1">出处</button><span popover="" id="about-1">那里</span>'
    html = dressed(bare(["名", "出处"], [["a", cell], ["b", cell]])).html
    names = re.findall(r' id="([^"]+)"', html)
    assert len(set(names)) == 2
    assert re.findall(r'popovertarget="([^"]+)"', html) == names


def test_a_row_keeps_its_id() -> None:
    html = bare(["名"], [["a"]]).replace("<tr>\n<td>", '<tr id="x">\n<td>')
    assert '<tr id="x"><td' in dressed(html).html


def test_a_table_that_says_how_it_looks_is_left_alone() -> None:
    html = '<table class="heat"><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>'
    assert dressed(html).html == html


def test_each_block_of_code_has_a_button_that_copies_it_alone() -> None:
    html = copied("<pre><span></span><code>a</code></pre><pre><span></span><code>b</code></pre>")
    names = re.findall(r'<pre id="([^"]+)">', html)
    assert len(set(names)) == 2
    assert re.findall(r'data-clipboard-target="#(\S+) &gt; code"', html) == names


def test_a_policy_allows_the_scripts_that_stand_in_pages_and_no_others(tmp_path: Path) -> None:
    script = "let a = 1;"
    for name in ("a.html", "b/c.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'<head><meta charset="utf-8"></head><script>{script}</script>', encoding="utf-8")
    guard(tmp_path)
    told = {re.findall(r'content="(default[^"]+)"', p.read_text("utf-8"))[0] for p in tmp_path.rglob("*.html")}
    assert told == {policy([script])}
    (one,) = told
    assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in one
    assert "unsafe" not in one


def test_a_script_and_a_style_lose_what_only_people_read(tmp_path: Path) -> None:
    script, style = tmp_path / "assets/calculator/a.mjs", tmp_path / "assets/site.css"
    script.parent.mkdir(parents=True)
    script.write_text("// Why.\nexport const told = (amount) => `${amount}  yuan`; // two spaces\n", encoding="utf-8")
    style.write_text("/* Why. */\n.a {\n  color: #ff0000;\n}\n", encoding="utf-8")
    shrink(tmp_path)
    assert "Why" not in script.read_text(encoding="utf-8") + style.read_text(encoding="utf-8")
    assert "}  yuan`" in script.read_text(encoding="utf-8")
    assert "export const told" in script.read_text(encoding="utf-8")


def test_a_number_in_a_script_stays_what_it_is(tmp_path: Path) -> None:
    script = tmp_path / "assets/a.mjs"
    script.parent.mkdir()
    script.write_text("export const all = [0.1234567890123456, 1.0, 4503599627370497, 1e-300];\n", encoding="utf-8")
    shrink(tmp_path)
    numbers = re.findall(r"[\d.e-]+(?=[,\]])", script.read_text(encoding="utf-8"))
    assert [float(one) for one in numbers] == [0.1234567890123456, 1.0, 4503599627370497.0, 1e-300]


def test_a_heading_breaks_between_words_and_what_is_beside_it_stays() -> None:
    assert breaking('<h2 id="a">带宽与算力<a href="#a">长长的链接</a></h2>') == (
        '<h2 id="a">带宽<wbr>与<wbr>算力<a href="#a">长长的链接</a></h2>'
    )
    assert breaking("<h1>Qwen3 32B</h1><p>为什么硬件决定了</p>") == "<h1>Qwen3 32B</h1><p>为什么硬件决定了</p>"


def test_a_particle_stays_with_its_word() -> None:
    assert breaking("<h2>自己的电脑</h2>") == "<h2>自己的<wbr>电脑</h2>"


def test_short_code_keeps_its_line_and_long_code_breaks() -> None:
    assert copied("<p><code>--model</code></p>") == '<p><code class="keep">--model</code></p>'
    long = f"<p><code>{'a ' * 20}</code></p>"
    assert copied(long) == long


def test_a_figure_stays_with_its_unit_in_a_sentence() -> None:
    assert whole("<p>占 42.4 GiB，有 80 % 在内，37 tok/s</p>") == (
        "<p>占 42.4\u00a0GiB，有 80\u00a0% 在内，37\u00a0tok/s</p>"
    )
    for other in ('<a title="8 GB">8 个</a>', "<table><td>8 GB</td></table>", "<code>8 GB</code>", "Llama 3 Walk"):
        assert whole(other) == other


def test_a_phone_leaves_room_for_cards_as_tall_as_they_become() -> None:
    css = (Path(__file__).parents[2] / "docs/assets/site.css").read_text(encoding="utf-8")
    for rows in (1, 11, 25, 400):
        found = re.search(r"tall-(\d+)", dressed(bare(["名", *"甲乙丙丁"], [list("abcde")] * rows)).html)
        assert found
        least = 4.85 * (rows if rows <= WHOLE else PAGE)  # a name above a line of facts: 97 px on a phone, as measured
        assert least <= int(found[1]) < least + 20
        assert f".tall-{found[1]} {{ contain-intrinsic-size: auto {found[1]}rem; }}" in css
