"""How numbers are written: never in scientific notation, never more digits than asked, and nothing guessed."""

import datetime as dt
from typing import Literal

import pytest

from macros.labels import claims, facts, plans, units
from sizing import Catalog, plan
from sizing.engine.speed import Rate
from sizing.facts.entries.offers import Offer
from sizing.facts.money import Money
from sizing.facts.quotes import Market, Priced, Quote
from sizing.facts.units import GIB, MIB
from sizing.facts.validation import checked


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0, 3, "0"),
        (1, 3, "1.00"),
        (0.5, 3, "0.500"),
        (0.00123, 2, "0.0012"),
        (42.54, 3, "42.5"),
        (141.4, 3, "141"),
        (1342.4, 3, "1,342"),
        (16.0, 2, "16"),
        (-3.25, 2, "-3.2"),
    ],
)
def test_a_number_has_the_digits_asked_for(value: float, digits: int, shown: str) -> None:
    assert units.number(value, digits) == shown


@pytest.mark.parametrize(("value", "digits", "shown"), [(9.996, 3, "10.0"), (99.96, 3, "100"), (0.9996, 3, "1.00")])
def test_rounding_up_adds_no_digit(value: float, digits: int, shown: str) -> None:
    assert units.number(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.054, "0.054"), (1.55, "1.6"), (17.4, "17"), (128.4, "130"), (7612, "7,600")]
)
def test_a_prediction_has_two_digits(value: float, shown: str) -> None:
    assert units.rounded(value) == shown


def test_a_prediction_that_rounds_up_has_two_digits() -> None:
    assert units.rounded(9.97) == "10"


def test_memory_is_binary_and_files_are_decimal() -> None:
    assert units.gib(24564 * MIB) == "24.0 GiB"
    assert units.gb(42_520_000_000) == "42.5 GB"


def test_the_box_says_binary_gigabytes() -> None:
    assert units.box(24 * GIB) == "24 GB"
    assert units.box(2560 * GIB) == "2,560 GB"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (8_030_261_248, "8.03B"),
        (70_553_706_496, "70.6B"),
        (671_026_404_352, "671B"),
        (1_026_000_000_000, "1.03T"),
        ("undisclosed", "未公布"),
    ],
)
def test_parameters_are_in_billions_until_they_are_in_trillions(value: int | str, shown: str) -> None:
    assert units.count(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2048, "2K"),
        (4096, "4K"),
        (131072, "128K"),
        (163840, "160K"),
        (1 << 20, "1M"),
        (1 << 21, "2M"),
        (200_000, "200,000"),
        (1_047_576, "1,047,576"),
        (1000, "1,000"),
        ("undisclosed", "未公布"),
    ],
)
def test_a_k_of_context_is_1024_tokens(value: int | str, shown: str) -> None:
    assert units.tokens(value) == shown


def test_a_decimal_context_stays_decimal() -> None:
    assert units.tokens(128_000) == "128,000"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1008e9, "1,008 GB/s"),
        (89.6e9, "89.6 GB/s"),
        (3.35e12, "3,350 GB/s"),
        (None, "未公布"),
        ("undisclosed", "未公布"),
    ],
)
def test_a_bandwidth_is_the_vendors_figure(value: float | str | None, shown: str) -> None:
    assert units.bandwidth(value) == shown


def test_a_large_bandwidth_is_no_scientific_notation() -> None:
    assert units.bandwidth(13e12) == "13,000 GB/s"


def test_a_compute_rate() -> None:
    assert units.tflops(165.2e12) == "165 TFLOPS"
    assert units.tflops(None) == "未公布"


def test_a_speed_stands_with_its_range() -> None:
    rate = Rate(17.4, 15.2, 19.1)
    assert units.rate(rate) == "17 tok/s（15～19）"
    assert units.short_rate(rate) == "17（15～19）"


def test_a_speed_that_does_not_exist_is_a_dash() -> None:
    assert units.rate(None) == "—"
    assert units.short_rate(None) == "—"
    assert units.seconds(None) == "—"


@pytest.mark.parametrize(("value", "shown"), [(0.54, "0.54 秒"), (6.42, "6.4 秒"), (119, "120 秒"), (240, "4.0 分钟")])
def test_a_time_is_in_seconds_until_two_minutes(value: float, shown: str) -> None:
    assert units.seconds(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.136, "+14 %"),
        (-0.25, "-25 %"),
        (0.001, "0 %"),
        (-0.001, "0 %"),
        (0.99, "+99 %"),
        (1.0, "2.0 倍"),
        (8.6, "9.6 倍"),
    ],
)
def test_a_deviation_has_a_sign_until_it_is_a_multiple(value: float, shown: str) -> None:
    assert units.percent(value).replace("\u00a0", " ") == shown


def test_a_date_is_iso() -> None:
    assert units.date(dt.date(2022, 10, 12)) == "2022-10-12"
    assert units.date("undisclosed") == "未公布"


def test_a_text_fact_may_be_undisclosed() -> None:
    assert units.disclosed("BF16") == "BF16"
    assert units.disclosed("undisclosed") == "未公布"


@pytest.mark.parametrize(
    ("cost", "per", "shown"),
    [
        (Money(1599, "USD"), None, "1,599 美元"),
        (Money(1600, "USD"), None, "1,600 美元"),
        (Money(10.5, "USD"), None, "10.5 美元"),
        (Money(12_999, "CNY"), None, "12,999 元"),
        (Money(100, "EUR"), None, "100 欧元"),
        (Money(3.673, "USD"), "hour", "每小时 3.67 美元"),
    ],
)
def test_an_amount_has_no_empty_cents(cost: Money, per: str | None, shown: str) -> None:
    assert facts.amount(cost, per) == shown


def quote(covers: Literal["whole", "parts", "card"] = "whole", **changed: object) -> Quote:
    """A quote of one price."""
    said = {
        "id": "x", "device": "rtx-4090", "amount": 1599, "currency": "USD", "region": "US", "date": "2022-09-20",
        "kind": "launch", "covers": "card", "seller": "x",
        "sources": [{"url": "https://example.org", "read": "2026-11-20"}],
    }  # fmt: skip
    return Quote((Priced(checked(Offer, said | changed)),), covers)


def test_a_price_says_what_it_was_and_whether_it_is_old(catalog: Catalog) -> None:
    market = Market(catalog, today=dt.date(2022, 10, 1))
    assert facts.when(quote(), market) == "美国发布价，2022-09"
    assert facts.when(quote("card", kind="used", region="CN"), market) == "中国二手价，2022-09，只含显卡"
    assert facts.when(quote("parts", kind="new", region="DE"), market) == "德国市价，2022-09，整机按配件合计"
    assert facts.when(quote(region="FR"), market) == "FR发布价，2022-09"
    assert facts.when(quote(), Market(catalog, today=dt.date(2023, 3, 20))) == "美国发布价，2022-09，旧价"
    assert facts.money(None, market) == "未公布"


def test_a_price_is_told_in_the_other_currency_too(catalog: Catalog) -> None:
    rate = catalog.market.exchange.between("USD", "CNY").rate
    assert facts.beside(Money(1000, "USD"), catalog.market) == f"约 {1000 * rate:,.0f} 元"
    assert facts.beside(Money(rate * 100, "CNY"), catalog.market) == "约 100 美元"
    assert facts.beside(Money(1, "EUR"), catalog.market) == "", "no rate of the euro is stated"


@pytest.mark.parametrize(
    ("machine", "format", "shown"),
    [("2x-rtx-4090", "Q4_K_M", "● 放得下"), ("rtx-4090", "Q4_K_M", "◐ 要卸载"), ("rtx-4090", "F16", "○ 放不下")],
)
def test_a_verdict_of_a_70b_model(catalog: Catalog, machine: str, format: str, shown: str) -> None:
    found = plan(catalog.model("llama-3-70b"), catalog.machine(machine), format=format, context=8192)
    assert plans.outcome(found) == shown


@pytest.mark.parametrize(
    ("model", "kind"),
    [("llama-2-13b", "MHA"), ("llama-3-8b", "GQA"), ("deepseek-v3", "MLA"), ("gpt-4o", "未公布")],
)
def test_the_kind_of_attention(catalog: Catalog, model: str, kind: str) -> None:
    assert facts.attention(catalog.model(model)) == kind


def test_a_sliding_window_is_named(catalog: Catalog) -> None:
    windowed = [
        m for m in catalog.models.values() if not isinstance(m.architecture, str) and m.architecture.sliding_window
    ]
    assert windowed
    assert all(facts.attention(m).endswith("＋滑动窗口") for m in windowed)


def test_everything_in_the_catalog_has_a_label(catalog: Catalog) -> None:
    assert {m.kind for m in catalog.machines.values()} <= facts.KINDS.keys()
    assert {d.market for d in catalog.devices.values()} <= facts.MARKETS.keys()
    assert {one.region for one in catalog.offers.values()} <= facts.REGIONS.keys()
    assert {one.region for one in catalog.tariffs.values()} <= facts.REGIONS.keys()
    assert {offer.kind for offer in catalog.offers.values()} <= facts.PRICE_KINDS.keys()
    assert {offer.covers for offer in catalog.offers.values()} <= facts.OFFERED.keys()
    assert {one.use for one in catalog.tariffs.values()} <= facts.USES.keys()
    checks = [check for claim in catalog.claims.values() for check in claim.checks]
    assert {m.relation for m in checks if m.relation} <= claims.RELATIONS.keys()
    assert {m.quantity for m in checks if m.quantity} <= claims.QUANTITIES.keys()


@pytest.mark.parametrize(
    ("note", "said"),
    [("read as quoted by the next", "；转引"), ("a copy of Intel's ARK", "；转载"), ("eight channels", ""), (None, ""),
     ("见第 3 页", "；见第 3 页")],
)  # fmt: skip
def test_a_reader_is_told_of_a_note_what_matters_to_a_reader(note: str | None, said: str) -> None:
    assert facts.remark(note) == said
