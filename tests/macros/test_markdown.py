"""Tables and links are written so that Markdown reads them back as they were meant."""

from macros.markdown import sources, table, target
from sizing.facts.entries.common import Source
from sizing.facts.validation import checked
from tests.macros.environment import cells, head, rows


def test_a_colon_marks_a_column_of_figures() -> None:
    markdown = table(["机器", "内存:"], [["PC", "24 GB"]])
    assert markdown.split("\n") == ["| 机器 | 内存 |", "| --- | ---: |", "| PC | 24 GB |"]


def test_a_bar_or_a_line_break_in_a_cell_breaks_no_table() -> None:
    markdown = table(["a"], [["x|y\nz"]])
    assert rows(markdown) == [["x|y z"]]
    assert cells("| x\\|y z |") == ["x|y z"]
    assert head(markdown) == ["a"]


def test_a_table_starts_at_the_margin() -> None:
    assert all(line.startswith("|") for line in table(["a", "b:"], [["1", "2"], ["3", "4"]]).split("\n"))


def test_an_anchor_is_escaped() -> None:
    assert target('a"b') == '<span id="a&quot;b"></span>'


def test_a_source_is_a_link_that_says_when_and_for_what() -> None:
    facts = {"url": "https://example.org/?a=1&b=2", "read": "2026-11-20", "for": ["tdp", "memory"], "note": 'a "note"'}
    assert sources([checked(Source, facts)]) == (
        '<a href="https://example.org/?a=1&amp;b=2" title="2026-11-20 读取：tdp、memory；a &quot;note&quot;" '
        'rel="noopener">[1]</a>'
    )


def test_several_sources_are_numbered() -> None:
    one = checked(Source, {"url": "https://example.org/x", "read": "2026-11-20"})
    assert sources([one, one]).count("<a ") == 2
    assert ">[2]</a>" in sources([one, one])
    assert sources([]) == ""
