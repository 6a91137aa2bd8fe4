"""The ledger shows every claim with the verdict that its cells give, the figures, the distance and the condition."""

import re
from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from macros.environment import Macro
from macros.site import Site
from sizing import Catalog
from sizing.facts.units import GIB
from tests.macros.environment import rows

Call = Mapping[str, Macro]
WORDS = {"holds": "成立", "holds if": "有条件成立", "fails": "不成立"}


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@pytest.fixture(scope="module")
def ledger(call: Call) -> dict[str, list[ElementTree.Element]]:
    """The cells of each row, by the row's id; parsing shows that the HTML is well-formed."""
    table = ElementTree.fromstring(call["claims_ledger"]())
    return {row.get("id", ""): list(row) for row in table.iterfind("tbody/tr")}


def test_every_claim_has_a_row_in_the_catalogs_order(
    ledger: dict[str, list[ElementTree.Element]], catalog: Catalog
) -> None:
    assert list(ledger) == list(catalog.claims)
    for name, cells in ledger.items():
        assert text(cells[0]) == catalog.claim(name).says
        assert cells[0][0].get("href") == f"#{name}"


def test_the_verdict_is_counted_from_the_cells(ledger: dict[str, list[ElementTree.Element]], site: Site) -> None:
    for name, cells in ledger.items():
        passed = [[cell.passed for cell in check.cells] for check in site.ledger.result(name).checks]
        verdict = "holds" if all(map(all, passed)) else "holds if" if all(map(any, passed)) else "fails"
        assert text(cells[1]) == WORDS[verdict]


def test_each_check_has_its_figure_and_its_distance(
    ledger: dict[str, list[ElementTree.Element]], catalog: Catalog
) -> None:
    for name, cells in ledger.items():
        checks = catalog.claim(name).checks
        assert len(cells[2].findall("p")) == len(checks)
        assert len(cells[3].findall("p")) == len(checks)
        assert all(text(p).strip() for cell in cells[2:4] for p in cell)


def test_a_size_is_given_in_gb_and_in_gib(ledger: dict[str, list[ElementTree.Element]]) -> None:
    computed, distance = text(ledger["70b-fp16"][2]), text(ledger["70b-fp16"][3])
    size = 70_553_706_496 * 2
    assert f"{size / 1e9:.0f} GB" in computed
    assert f"{size / GIB:.0f} GiB" in computed
    assert "约 140 GB" in computed
    assert distance.replace("\u00a0", " ") == f"+{(size / 140e9 - 1) * 100:.0f} %"


def test_what_is_far_off_is_a_multiple(ledger: dict[str, list[ElementTree.Element]]) -> None:
    first = text(ledger["deepseek-v3-70b"][3][0]).replace("\u00a0", " ")
    assert first == f"{671 / 70:.1f} 倍"


def test_a_verdict_counts_its_cases(ledger: dict[str, list[ElementTree.Element]], site: Site) -> None:
    (check,) = site.ledger.result("80gb-70b-native").checks
    assert text(ledger["80gb-70b-native"][2]) == f"放得下：{len(check.cells)} 种情形中 0 种"
    assert text(ledger["80gb-70b-native"][3]) == "—"


def test_what_holds_somewhere_states_where(ledger: dict[str, list[ElementTree.Element]], site: Site) -> None:
    for name, cells in ledger.items():
        stated = [child for child in cells[4] if child.tag in ("details", "p")]
        partial = [check for check in site.ledger.result(name).checks if check.verdict == "holds if"]
        assert len(stated) == len(partial)
        for shown, check in zip(stated, partial, strict=True):
            if shown.tag == "details":
                assert f"{len(check.passing)} 种情形" in text(shown)
                assert check.passing[0].model.name in text(shown)
            else:
                assert check.condition
                assert all(value in text(shown) for value in check.condition[1])


def test_the_summary_adds_up(call: Call, ledger: dict[str, list[ElementTree.Element]]) -> None:
    summary = call["claims_summary"]()
    counts = Counter(text(cells[1]) for cells in ledger.values())
    assert re.findall(r"共 (\d+) 条", summary) == [str(len(ledger))]
    assert {word: int(n) for word, n in re.findall(r"(有条件成立|不成立|成立) (\d+) 条", summary)} == {
        word: counts[word] for word in WORDS.values()
    }


def test_words_have_a_threshold_and_a_source(call: Call, catalog: Catalog) -> None:
    found = {row[0]: row for row in rows(call["words_table"]())}
    assert found.keys() == {w.name for w in catalog.words.values()} | {k.name for k in catalog.kinds.values()}
    assert found["流畅"][2] == "不少于 5.3 tok/s"
    assert found["慢"][2] == "小于 5.3 tok/s"
    assert all('<a href="https://' in row[3] for row in found.values())
