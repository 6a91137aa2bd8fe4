"""How numbers are written: never in scientific notation, never more digits than asked, and nothing guessed."""

import datetime as dt

import pytest

from macros import labels
from sizing import Catalog, plan
from sizing.engine.speed import Rate
from sizing.facts.entries.offers import Price
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
    assert labels.number(value, digits) == shown


@pytest.mark.parametrize(("value", "digits", "shown"), [(9.996, 3, "10.0"), (99.96, 3, "100"), (0.9996, 3, "1.00")])
def test_rounding_up_adds_no_digit(value: float, digits: int, shown: str) -> None:
    assert labels.number(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.054, "0.054"), (1.55, "1.6"), (17.4, "17"), (128.4, "130"), (7612, "7,600")]
)
def test_a_prediction_has_two_digits(value: float, shown: str) -> None:
    assert labels.rounded(value) == shown


def test_a_prediction_that_rounds_up_has_two_digits() -> None:
    assert labels.rounded(9.97) == "10"


def test_memory_is_binary_and_files_are_decimal() -> None:
    assert labels.gib(24564 * MIB) == "24.0 GiB"
    assert labels.gb(42_520_000_000) == "42.5 GB"


def test_the_box_says_binary_gigabytes() -> None:
    assert labels.box(24 * GIB) == "24 GB"
    assert labels.box(2560 * GIB) == "2,560 GB"


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
    assert labels.count(value) == shown


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
    assert labels.tokens(value) == shown


def test_a_decimal_context_stays_decimal() -> None:
    assert labels.tokens(128_000) == "128,000"


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
    assert labels.bandwidth(value) == shown


def test_a_large_bandwidth_is_no_scientific_notation() -> None:
    assert labels.bandwidth(13e12) == "13,000 GB/s"


def test_a_compute_rate() -> None:
    assert labels.tflops(165.2e12) == "165 TFLOPS"
    assert labels.tflops(None) == "未公布"


def test_a_speed_stands_with_its_range() -> None:
    rate = Rate(17.4, 15.2, 19.1)
    assert labels.rate(rate) == "17 tok/s（15～19）"
    assert labels.short_rate(rate) == "17（15～19）"


def test_a_speed_that_does_not_exist_is_a_dash() -> None:
    assert labels.rate(None) == "—"
    assert labels.short_rate(None) == "—"
    assert labels.seconds(None) == "—"


@pytest.mark.parametrize(("value", "shown"), [(0.54, "0.54 秒"), (6.42, "6.4 秒"), (119, "120 秒"), (240, "4.0 分钟")])
def test_a_time_is_in_seconds_until_two_minutes(value: float, shown: str) -> None:
    assert labels.seconds(value) == shown


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
    assert labels.percent(value).replace("\u00a0", " ") == shown


def test_a_date_is_iso() -> None:
    assert labels.date(dt.date(2022, 10, 12)) == "2022-10-12"
    assert labels.date("undisclosed") == "未公布"


def test_a_text_fact_may_be_undisclosed() -> None:
    assert labels.disclosed("BF16") == "BF16"
    assert labels.disclosed("undisclosed") == "未公布"


def price(**changed: object) -> Price:
    facts = {
        "amount": 1599,
        "currency": "USD",
        "region": "US",
        "date": "2022-09-20",
        "kind": "launch",
        "covers": "whole",
    }
    return checked(Price, facts | changed)


@pytest.mark.parametrize(
    ("facts", "cost", "shown"),
    [
        ({}, 1599, "1,599 美元"),
        ({}, 1600, "1,600 美元"),
        ({}, 10.5, "10.5 美元"),
        ({"currency": "CNY"}, 12_999, "12,999 元"),
        ({"currency": "EUR"}, 100, "100 欧元"),
        ({"kind": "rent", "per": "hour"}, 3.673, "每小时 3.67 美元"),
    ],
)
def test_an_amount_has_no_empty_cents(facts: dict[str, object], cost: float, shown: str) -> None:
    assert labels.amount(price(**facts), cost) == shown


def test_a_price_says_what_it_was() -> None:
    assert labels.when(price()) == "美国发布价，2022-09"
    assert labels.when(price(covers="card", kind="used", region="CN")) == "中国二手价，2022-09，只含显卡"
    assert labels.when(price(region="DE")) == "DE发布价，2022-09"
    assert labels.money(None) == "未公布"


@pytest.mark.parametrize(
    ("machine", "format", "shown"),
    [("2x-rtx-4090", "Q4_K_M", "放得下"), ("rtx-4090", "Q4_K_M", "要借主机内存"), ("rtx-4090", "F16", "放不下")],
)
def test_a_verdict_of_a_70b_model(catalog: Catalog, machine: str, format: str, shown: str) -> None:
    found = plan(catalog.model("llama-3-70b"), catalog.machine(machine), format=format, context=8192)
    assert labels.fit(found) == shown


@pytest.mark.parametrize(
    ("model", "kind"),
    [("llama-2-13b", "MHA"), ("llama-3-8b", "GQA"), ("deepseek-v3", "MLA"), ("gpt-4o", "未公布")],
)
def test_the_kind_of_attention(catalog: Catalog, model: str, kind: str) -> None:
    assert labels.attention(catalog.model(model)) == kind


def test_a_sliding_window_is_named(catalog: Catalog) -> None:
    windowed = [
        m for m in catalog.models.values() if not isinstance(m.architecture, str) and m.architecture.sliding_window
    ]
    assert windowed
    assert all(labels.attention(m).endswith("＋滑动窗口") for m in windowed)


def test_everything_in_the_catalog_has_a_label(catalog: Catalog) -> None:
    assert {m.kind for m in catalog.machines.values()} <= labels.KINDS.keys()
    assert {d.market for d in catalog.devices.values()} <= labels.MARKETS.keys()
    assert {m.vendor for m in catalog.models.values()} <= labels.VENDORS.keys()
    prices = [m.price for m in catalog.machines.values() if m.price]
    assert {p.region for p in prices} <= labels.REGIONS.keys()
    checks = [check for claim in catalog.claims.values() for check in claim.checks]
    assert {m.relation for m in checks if m.relation} <= labels.RELATIONS.keys()
    assert {m.quantity for m in checks if m.quantity} <= labels.QUANTITIES.keys()
