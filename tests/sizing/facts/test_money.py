"""Money is of a currency: it is never added to another's, compared with it or turned into it without a dated rate."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date

import pytest

from sizing import SizingError
from sizing.facts.entries.offers import ExchangeRate
from sizing.facts.money import STALE_DAYS, Money, Rates, stale

YUAN, DOLLARS = Money(7099, "CNY"), Money(1000, "USD")


def rate(base: str, currency: str, value: float, day: date) -> ExchangeRate:
    """A rate that somebody stated."""
    return ExchangeRate(id="x", base=base, currency=currency, rate=value, date=day, seller="x", sources=())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "mix", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge, Money.over, min, max]
)
def test_two_currencies_do_not_mix_and_the_error_is_one_line(mix: Callable[[Money, Money], object]) -> None:
    with pytest.raises(SizingError, match="are of two currencies; put both into one by a dated rate") as caught:
        mix(YUAN, DOLLARS)
    assert "\n" not in str(caught.value)


def test_money_of_one_currency_adds_up_and_compares() -> None:
    assert Money(1, "CNY") + Money(2, "CNY") == Money(3, "CNY")
    assert Money(5, "CNY") - Money(2, "CNY") == Money(3, "CNY")
    assert Money(3, "CNY") * 2 / 3 == Money(2, "CNY")
    assert Money(1, "CNY") < Money(2, "CNY") <= Money(2, "CNY")
    assert Money(6, "CNY").over(Money(2, "CNY")) == 3
    assert Money(1, "CNY") != Money(1, "USD")


def test_money_is_written_without_empty_cents() -> None:
    assert str(Money(12_999, "CNY")) == "12,999 CNY"
    assert str(Money(0.5, "USD")) == "0.5 USD"
    assert str(Money(13_213.2, "CNY")) == "13,213 CNY"


def test_the_newest_rate_counts_either_way_round() -> None:
    old, new = rate("USD", "CNY", 7.2, date(2025, 1, 2)), rate("CNY", "USD", 0.15, date(2026, 9, 30))
    rates = Rates.of([new, old])
    assert rates.put(Money(100, "CNY"), "USD") == Money(15, "USD")
    assert rates.put(Money(15, "USD"), "CNY").amount == pytest.approx(100)
    assert rates.put(Money(15, "USD"), "USD") == Money(15, "USD")


def test_there_and_back_is_the_same_money() -> None:
    rates = Rates.of([rate("USD", "CNY", 6.7351, date(2026, 9, 30))])
    there = rates.put(DOLLARS, "CNY")
    assert there == Money(6735.1, "CNY")
    assert rates.put(there, "USD").amount == pytest.approx(1000)


def test_without_a_rate_nothing_is_turned_into_another_currency() -> None:
    with pytest.raises(SizingError, match=r"^no rate between CNY and EUR; add one, with its day"):
        Rates.of([rate("USD", "CNY", 6.7351, date(2026, 9, 30))]).put(YUAN, "EUR")


def test_half_a_year_makes_a_price_stale() -> None:
    assert not stale(date(2026, 5, 30), date(2026, 11, 26))
    assert stale(date(2026, 5, 29), date(2026, 11, 26))
    assert (date(2026, 11, 26) - date(2026, 5, 30)).days == STALE_DAYS
