"""The ledger shows every claim with the verdict that its cells give, the figures, the distance and the condition."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from macros.environment import Macro
from macros.labels import claims
from macros.ledger import FEW
from macros.site import Site
from sizing import Catalog
from sizing.facts.units import GIB
from tests.macros.environment import rows

Call = Mapping[str, Macro]
WORDS = {"holds": "成立", "holds if": "有条件成立", "fails": "不成立", "cannot be checked": "无法核实"}


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@dataclass
class Card:
    """A claim as the page shows it."""

    says: str
    link: str
    verdict: str
    figures: list[str]
    stated: list[ElementTree.Element]


@pytest.fixture(scope="module")
def ledger(call: Call) -> dict[str, Card]:
    """The cards by their headings' ids; parsing shows that the HTML is well-formed."""
    found = {}
    for section in ElementTree.fromstring(call["claims_ledger"]()).iterfind("section"):
        heading, verdict, *rest = list(section)
        figures = [text(item).replace("\u00a0", " ").strip() for item in section.iterfind("ul/li")]
        stated = [one for one in rest if one.tag == "details" or one.get("class") == "condition"]
        found[heading.get("id", "")] = Card(text(heading), heading[0].get("href", ""), text(verdict), figures, stated)
    return found


def test_every_claim_has_a_card_in_the_catalogs_order(ledger: dict[str, Card], catalog: Catalog) -> None:
    assert list(ledger) == list(catalog.claims)
    for name, card in ledger.items():
        assert card.says == catalog.claim(name).says
        assert card.link == f"#{name}"


def test_the_verdict_is_counted_from_the_cells(ledger: dict[str, Card], site: Site) -> None:
    for name, card in ledger.items():
        checks = site.ledger.result(name).checks
        passed = [[cell.passed for cell in check.cells] for check in checks]
        broken = any(check.check.always and not all(cells) for check, cells in zip(checks, passed, strict=True))
        if not all(passed):  # what nobody publishes has no cells
            verdict = "cannot be checked"
        elif broken:  # a law, by one cell
            verdict = "fails"
        else:
            verdict = "holds" if all(map(all, passed)) else "holds if" if all(map(any, passed)) else "fails"
        assert card.verdict == WORDS[verdict]


def test_each_check_has_its_figure(ledger: dict[str, Card], catalog: Catalog) -> None:
    for name, card in ledger.items():
        assert len(card.figures) == len(catalog.claim(name).checks)
        assert all(card.figures)


def test_a_size_is_given_in_gb_and_in_gib(ledger: dict[str, Card]) -> None:
    figure, _ = ledger["70b-fp16"].figures
    size = 70_553_706_496 * 2
    assert f"{size / 1e9:.0f} GB" in figure
    assert f"{size / GIB:.0f} GiB" in figure
    assert "约 140 GB" in figure
    assert figure.endswith(f"相差 +{(size / 140e9 - 1) * 100:.0f} %")


def test_what_is_far_off_is_a_multiple(ledger: dict[str, Card]) -> None:
    assert ledger["deepseek-v3-70b"].figures[0].endswith(f"相差 {671 / 70:.1f} 倍")


def test_a_size_that_nobody_publishes_is_said_to_be_so(ledger: dict[str, Card]) -> None:
    card = ledger["claude-hosted"]
    assert card.verdict == "无法核实"
    assert card.figures[1] == "总参数：厂商没有公布（说法：不少于 10B）"


def test_a_verdict_counts_its_cases(ledger: dict[str, Card], site: Site) -> None:
    (check,) = site.ledger.result("80gb-70b-native").checks
    assert ledger["80gb-70b-native"].figures == [f"放得下：{len(check.cells)} 种情形中 0 种"]


def test_what_holds_somewhere_states_where(ledger: dict[str, Card], site: Site) -> None:
    for name, card in ledger.items():
        partial = [check for check in site.ledger.result(name).checks if check.verdict == "holds if"]
        assert len(card.stated) == len(partial)
        for shown, check in zip(card.stated, partial, strict=True):
            if shown.tag == "details":
                assert f"{len(check.passing)} 种情形" in text(shown)
                assert check.passing[0].model.name in text(shown)
            elif check.condition and len(check.condition[1]) <= FEW:
                assert all(value in text(shown) for value in check.condition[1])
            else:
                assert check.threshold
                assert claims.threshold_of(check.threshold) == text(shown)


def test_one_number_says_what_a_long_list_would(ledger: dict[str, Card]) -> None:
    (shown,) = ledger["70b-fp16"].stated  # cards and Macs up to the one that holds 141 GB
    assert re.fullmatch(r"条件：GPU 可用内存不超过 \d+(\.\d)? GiB 的机器", text(shown))


def test_the_summary_adds_up(call: Call, ledger: dict[str, Card]) -> None:
    summary = call["claims_summary"]()
    counts = Counter(card.verdict for card in ledger.values())
    assert re.findall(r"共 (\d+) 条", summary) == [str(len(ledger))]
    assert {word: int(n) for word, n in re.findall(r"(有条件成立|不成立|成立|无法核实) (\d+) 条", summary)} == {
        word: counts[word] for word in WORDS.values()
    }


def test_words_have_a_threshold_and_a_source(call: Call, catalog: Catalog) -> None:
    found = {row[0]: row for row in rows(call["words_table"]())}
    assert found.keys() == {w.name for w in catalog.words.values()} | {k.name for k in catalog.kinds.values()}
    assert found["流畅"][2] == "不少于 5.3 tok/s"
    assert found["慢"][2] == "小于 5.3 tok/s"
    assert all('<a href="https://' in row[3] for row in found.values())
