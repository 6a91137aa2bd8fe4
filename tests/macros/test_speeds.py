"""Measured speeds stand beside predicted ones: each row's figure leads to its source, and outliers are marked."""

import html
import re
from collections.abc import Mapping

import pytest

from macros.environment import Macro
from macros.labels import speeds, units
from sizing import Catalog, plan
from sizing.proof.accuracy import Measured, each_measured, measured
from tests.macros.environment import anchor, figure, rows, text

Call = Mapping[str, Macro]


@pytest.fixture(scope="module")
def found(catalog: Catalog) -> list[Measured]:
    return each_measured(catalog)


def body(shown: str) -> list[list[str]]:
    """The rows of every table, without the headings and frames around them."""
    tables = re.findall(r"^\|.*\|$(?:\n\|.*\|$)*", shown, flags=re.M)
    return [row for table in tables for row in rows(table)]


def test_every_measured_case_has_a_row(call: Call, found: list[Measured]) -> None:
    shown = body(call["speeds_reference"]())
    assert len(shown) == len(found)
    pairs = sorted((anchor(row[0]), anchor(row[1])) for row in shown)
    assert pairs == sorted((m.row.device, m.row.model) for m in found)


def test_a_measured_figure_leads_to_its_source(call: Call, found: list[Measured]) -> None:
    timed = [x for m in found for x in (m.decode, m.prefill) if x]
    read_at = {x.row.source_url for x in timed}
    # What this project measured itself stands in its record, at no address of the web.
    own = {units.number(x.row.tok_s) + speeds.OWN for x in timed if x.row.source_url.startswith("record/")}
    for row in body(call["speeds_reference"]()):
        cells = [cell for cell in (row[4], row[7]) if cell]
        assert cells
        for cell in cells:
            link = re.fullmatch(r'<a href="([^"]+)" rel="noopener">[\d.,]+</a>', cell)
            assert link or cell in own, cell
            assert link is None or html.unescape(link[1]) in read_at


def test_a_star_marks_what_lies_outside_its_range(call: Call) -> None:
    starred = 0
    for row in body(call["speeds_reference"]()):
        for measured_cell, cell in ((row[4], text(row[5])), (row[7], text(row[8]))):
            ends = re.fullmatch(r"[\d.,]+（([\d.,]+)～([\d.,]+)）( \*)?", cell)
            if not ends:
                assert cell in ("", "—")
                continue
            low, high = (float(end.replace(",", "")) for end in ends.groups()[:2])
            starred += bool(ends[3])
            # The ends are rounded to two digits, so a figure may lie a hair on the other side.
            inside = low * 0.94 <= figure(measured_cell) <= high * 1.06
            assert inside or ends[3]
    assert starred


def test_vendors_have_headings_that_the_first_line_leads_to(call: Call) -> None:
    shown = call["speeds_reference"]()
    jumps = re.findall(r"\[([^]]+)\]\(#([^)]+)\)", shown.split("\n")[0])
    assert jumps[0] == ("NVIDIA", "nvidia")
    assert re.findall(r"^## (.+) \{: #(.+) \}$", shown, flags=re.M) == jumps
    assert shown.count("data-search-exclude") == len(jumps)


def test_what_a_row_measured_is_told_in_the_fields_words(call: Call) -> None:
    row = next(
        row
        for row in body(call["speeds_reference"]())
        if anchor(row[0]) == "rtx-4090" and anchor(row[1]) == "llama-2-7b" and row[2] == "Q4_0" and "CUDA" in row[3]
    )
    assert text(row[0]) == "GeForce RTX 4090"
    assert re.fullmatch(r"tg\d+( @ d\d+)?(\u00a0†)?", row[6])
    assert re.fullmatch(r"pp\d+(\u00a0†)?", row[9])


def test_the_articles_tables_show_the_measured_speed_beneath_the_predicted_one(call: Call, catalog: Catalog) -> None:
    (row,) = rows(call["bandwidth_table"]("llama-3-8b", ["rtx-4090"], context=4096))
    p = plan(catalog.model("llama-3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=4096)
    truth = measured(catalog, p)
    assert truth
    said = re.search(
        r'<br><small class="measured"><button[^>]+>([^<]+)</button><span[^>]+>([^<]+)<br><a href="([^"]+)"', row[3]
    )
    assert said
    assert said[1].endswith(f"（{truth.era[:4]}）")
    assert truth.era in said[2]
    assert "按当年的版本预测" in said[2]
    assert html.unescape(said[3]) == truth.source_url


def test_nothing_is_shown_where_nobody_measured(call: Call) -> None:
    (row,) = rows(call["bandwidth_table"]("llama-3-8b", ["rtx-4090"], context=1_000_000))
    assert "实测" not in row[3]


def test_the_page_tells_how_many_rows_there_are(call: Call, catalog: Catalog) -> None:
    assert int(figure(call["measured_rows"]())) == len(catalog.measurements())
