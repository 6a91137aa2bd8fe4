"""What macros write is read back by Markdown as it was meant, and text is read back as text."""

import html
import re

import markdown
import pytest
from markupsafe import Markup

from macros.markdown import Markdown, anchor, cite, code, escape, fenced, keep, sources, table, target, together
from sizing.facts.entries.common import Source
from sizing.facts.validation import checked
from tests.macros.environment import head, rows, text

TRICKS = [
    "<script>alert(1)</script>",
    "<b>bold</b> & co. &lt; &#60;",
    "a | b",
    "`code` and **strong** and _soft_ and __strong__ and ~~gone~~ and ==marked==",
    "[x](javascript:alert(1)) and ![x](https://example.org/x.png) and [x][1]",
    "{: onclick=alert(1) .verdict }",
    "{{ 7 * 7 }} {% set x = 1 %} {# gone #}",
    "\"quoted\" and 'quoted'",
    r"\*not strong\* \| \`",
    "Q4_K_M, C#, 80 % (of 3.5), 1-2 + 3 = 6; $x$",
    "https://example.org/?a=1&b=2#c",
]


def as_html(source: str) -> str:
    """What this site's Markdown makes of it, as far as text is concerned."""
    return str(markdown.markdown(source, extensions=["tables", "attr_list", "md_in_html", "footnotes"]))


@pytest.mark.parametrize("trick", TRICKS)
def test_text_in_a_sentence_is_read_back_as_text(trick: str) -> None:
    shown = as_html(f"前 {escape(trick)} 后")
    assert shown.count("<") == 2, shown
    assert text(shown) == f"前 {trick} 后"


@pytest.mark.parametrize("trick", TRICKS)
def test_text_in_a_table_is_read_back_as_text(trick: str) -> None:
    shown = as_html(table(["a", "b:"], [[trick, together(target(trick), keep(trick), code(trick))]]))
    plain = as_html(table(["a", "b:"], [["x", together(target("x"), keep("x"), code("x"))]]))
    assert shown.count("<") == plain.count("<"), shown
    assert [line for line in text(shown).split("\n") if trick in line] == [trick, trick * 2]


@pytest.mark.parametrize("trick", TRICKS)
def test_text_in_an_attribute_ends_nowhere_else(trick: str) -> None:
    shown = as_html(f"前 {cite(trick, 'https://example.org/', trick)}")
    assert shown.count("<") == 9  # a paragraph, a button, and what it opens: a line and a link
    assert shown.count('"') == 16
    assert html.unescape(shown).count(trick) == 2


def test_what_a_macro_wrote_stays_as_it_is() -> None:
    written = Markdown("**a**")
    assert escape(written) is written
    assert together(written, "**b**") == "**a**&#42;&#42;b&#42;&#42;"
    assert Markdown("{} {}").format(written, "<b>") == "**a** &#60;b&#62;"
    assert escape(Markup("<i>")) == "<i>"


def test_a_line_ends_only_where_a_macro_ends_it() -> None:
    assert escape("a\nb\r\nc\u2028d\x02e\x00f") == "a b c d e f"


def test_a_colon_marks_a_column_of_figures() -> None:
    markdown = table(["机器", "内存:"], [["PC", "24 GB"]])
    assert markdown.split("\n") == ["| 机器 | 内存 |", "| --- | ---: |", "| PC | 24 GB |"]


def test_a_bar_or_a_line_break_in_a_cell_breaks_no_table() -> None:
    markdown = table(["a|b"], [["x|y\nz"]])
    assert [[text(cell) for cell in row] for row in rows(markdown)] == [["x|y z"]]
    assert text(head(markdown)[0]) == "a|b"


def test_a_table_starts_at_the_margin() -> None:
    assert all(line.startswith("|") for line in table(["a", "b:"], [["1", "2"], ["3", "4"]]).split("\n"))


@pytest.mark.parametrize("kinds", [(str, Markdown), (Markdown, str)])
def test_text_that_is_like_a_links_markup_stays_text(kinds: tuple[type[str], type[str]]) -> None:
    """Whichever was made into a link before."""
    of = {kind: cite(kind("<em>a</em>"), f"https://example.org/{kinds[0].__name__}") for kind in kinds}
    assert "<em>" not in of[str]
    assert "<em>" in of[Markdown]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " https://x", "//example.org", ""])
def test_what_is_no_address_of_the_web_is_no_link(url: str) -> None:
    assert cite("x", url) == "x"


def test_a_source_is_a_link_behind_a_button_that_says_when_and_for_what() -> None:
    """What its note tells contributors in English stays in the catalog."""
    facts = {"url": "https://example.org/?a=1&b=2", "read": "2026-11-20", "for": ["tdp", "memory"], "note": 'a "note"'}
    shown = sources([checked(Source, facts)])
    button, _, told = shown.partition("</button>")
    name = re.search(r'popovertarget="([^"]+)"', button)
    assert button.endswith(">出处")
    assert name
    assert html.unescape(told) == (
        f'<span popover="" id="{name[1]}" data-search-exclude="">'
        '<a href="https://example.org/?a=1&b=2" rel="noopener">example.org/?a=1&b=2</a>'
        "<br>2026-11-20 读取：功率、内存</span>"
    )


def test_several_sources_are_counted_on_their_button() -> None:
    one = checked(Source, {"url": "https://example.org/x", "read": "2026-11-20"})
    assert sources([one, one]).count("<a ") == 2
    assert text(sources([one, one])).startswith("出处 2")
    assert sources([]) == ""


def test_a_fence_is_longer_than_any_inside() -> None:
    assert fenced("a: 1\n", "yaml") == "```yaml\na: 1\n```"
    assert fenced("````\n", "yaml") == "`````yaml\n````\n`````"


def test_an_id_can_be_stated_in_markdown() -> None:
    assert anchor("moore-threads") == "moore-threads"
    assert anchor('x" } <b>') == "x-b-"


@pytest.mark.parametrize(
    ("pattern", "filled"),
    [
        ("{}", "&#60;b&#62;"),
        ("a{}c", "a&#60;b&#62;c"),
        ("{{}} {}", "{} &#60;b&#62;"),
        ("{0}{0}", "&#60;b&#62;&#60;b&#62;"),
    ],
)
def test_a_pattern_is_filled_as_pythons_are_and_text_is_escaped(pattern: str, filled: str) -> None:
    found = Markdown(pattern).format("<b>")
    assert (str(found), type(found)) == (filled, Markdown)


def test_what_a_macro_wrote_stays_and_too_few_are_refused() -> None:
    assert Markdown("{} {}").format(Markdown("<i>"), 3) == "<i> 3"
    with pytest.raises(IndexError):
        Markdown("{} {}").format("a")
