"""What a month costs follows from the plan's rates, a dated price, watts and a use; nothing dearer makes it cheaper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sizing import Catalog, Plan, SizingError, plan
from sizing.facts.money import Money
from sizing.facts.quotes import Market
from sizing.money import DAYS, Costs, Use, break_even
from sizing.power import draw

USE = Use(read=750_000, written=250_000)
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The repository's catalog as it was seen on the day that its prices were read."""
    found = Catalog.load()
    vars(found)["market"] = Market(found, TODAY)
    return found


def on(catalog: Catalog, machine: str, model: str = "qwen3-32b", **asked: Any) -> Plan:
    said: dict[str, Any] = {"format": "Q4_K_M", "context": 8192, **asked}
    return plan(catalog.model(model), catalog.machine(machine), **said)


def costs(catalog: Catalog, machine: str = "pc-rtx-5090", use: Use = USE, region: str = "CN", **asked: Any) -> Costs:
    p = on(catalog, machine, **asked)
    return Costs(catalog, p.model, p, use, region)


def test_owning_is_the_price_over_its_months_and_electricity_all_day_long(catalog: Catalog) -> None:
    found = costs(catalog, use=replace(USE, electricity=Money(0.5, "CNY")))
    own, p = found.own, found.plan
    assert own is not None
    assert p is not None
    assert p.decode is not None
    assert p.prefill is not None
    hours = (750_000 / p.prefill.value + 250_000 / p.decode.value) / 3600  # a day, in which it answers
    watts = draw(catalog, catalog.machine("pc-rtx-5090"))
    assert watts is not None
    kwh = (watts.idle * (24 - hours) + watts.loaded * hours) / 1000 * DAYS
    price = catalog.market.cheapest(catalog.machine("pc-rtx-5090"), "CN")
    assert price is not None
    assert own.month.amount == pytest.approx(price.money.amount / 36 + 0.5 * kwh)
    assert own.month.currency == "CNY"
    assert own.million.amount == pytest.approx(own.month.amount / DAYS)


def test_renting_is_paid_for_the_time_in_which_it_answers(catalog: Catalog) -> None:
    rent = costs(catalog, "cloud-h100-80gb").rent
    p = on(catalog, "cloud-h100-80gb")
    assert rent is not None
    assert p.decode is not None
    assert p.prefill is not None
    hours = (750_000 / p.prefill.value + 250_000 / p.decode.value) / 3600
    yuan = catalog.market.exchange.between("USD", "CNY").rate * 6.88
    assert rent.month.amount == pytest.approx(hours * DAYS * yuan)


def test_an_api_is_paid_by_the_token(catalog: Catalog) -> None:
    found = Costs(catalog, catalog.model("deepseek-v4-flash"), None, USE)
    (seller,) = (cost for cost in found.apis if cost.name == "DeepInfra")
    dollars = 0.75 * 0.1 + 0.25 * 0.2  # of a day's million
    yuan = catalog.market.exchange.between("USD", "CNY").rate
    assert seller.month.amount == pytest.approx(dollars * DAYS * yuan)
    months = [cost.month.amount for cost in found.apis if not cost.stale]
    assert months == sorted(months), "the cheapest first"
    assert found.own is None
    assert found.rent is None


def test_at_the_break_even_both_cost_the_same_and_beyond_it_owning_costs_less(catalog: Catalog) -> None:
    found = costs(catalog, "mac-mini-m6-16gb", model="qwen3-8b", use=replace(USE, electricity=Money(0.5, "CNY")))
    own, rent = found.own, costs(catalog, "cloud-h100-80gb", model="qwen3-8b").rent
    assert own is not None
    assert rent is not None
    tokens = break_even(own, replace(rent, most=None, token=rent.token * 10))
    assert tokens is not None
    there, dearer = replace(own, tokens=tokens), replace(rent, tokens=tokens, token=rent.token * 10)
    assert there.month.amount == pytest.approx(dearer.month.amount)
    assert replace(own, tokens=2 * tokens).month < replace(dearer, tokens=2 * tokens).month
    assert break_even(replace(own, most=tokens / 2), replace(rent, token=rent.token * 10)) is None, "no day has room"
    assert break_even(own, replace(rent, token=own.token * 0.5)) is None, "what costs less from the first token on"


@pytest.mark.parametrize("machine", ["pc-rtx-5090", "mac-studio-m5-max-36gb", "pc-rtx-5060-ti-16gb"])
def test_dearer_electricity_a_shorter_life_and_more_tokens_never_make_owning_cheaper(
    catalog: Catalog, machine: str
) -> None:
    def month(use: Use) -> float:
        own = costs(catalog, machine, use, model="qwen3-8b").own
        assert own is not None
        return own.month.amount

    cheap = replace(USE, electricity=Money(0.3, "CNY"))
    assert month(cheap) <= month(replace(cheap, electricity=Money(0.9, "CNY")))
    assert month(cheap) < month(replace(cheap, years=2))
    assert month(replace(cheap, resale=0.3)) < month(cheap)
    assert month(cheap) <= month(replace(cheap, read=2 * cheap.read))
    assert month(cheap) <= month(replace(cheap, written=2 * cheap.written))


def test_a_faster_machine_of_the_same_price_and_watts_is_never_dearer_by_the_token(catalog: Catalog) -> None:
    slow = costs(catalog, context=32768).own
    fast = costs(catalog, context=2048).own
    assert slow is not None
    assert fast is not None
    assert fast.token <= slow.token
    assert fast.fixed == slow.fixed


def test_a_day_may_be_too_short(catalog: Catalog) -> None:
    many = costs(catalog, use=Use(read=0, written=100_000_000))
    assert many.own is not None
    assert not many.own.enough
    few = costs(catalog).own
    assert few is not None
    assert few.enough
    assert few.most is not None
    assert few.most < 100_000_000


def test_several_sequences_are_paid_together(catalog: Catalog) -> None:
    one, eight = costs(catalog, "cloud-h100-80gb"), costs(catalog, "cloud-h100-80gb", sequences=8)
    assert eight.written_rate > one.written_rate
    p = eight.plan
    assert p is not None
    assert p.throughput is not None
    assert eight.written_rate == p.throughput.value


def test_money_and_power_for_what_a_machine_does(catalog: Catalog) -> None:
    found = costs(catalog)
    p = found.plan
    assert p is not None
    assert p.decode is not None
    price = catalog.market.cheapest(catalog.machine("pc-rtx-5090"), "CN")
    assert price is not None
    assert found.decode_per_thousand == pytest.approx(p.decode.value / price.money.amount * 1000)
    assert found.memory_per_thousand == pytest.approx(
        catalog.machine("pc-rtx-5090").capacity / 2**30 / price.money.amount * 1000
    )
    assert found.draw is not None
    assert found.tokens_per_joule == pytest.approx(p.decode.value / found.draw.loaded)


def test_what_was_not_measured_is_marked(catalog: Catalog) -> None:
    own = costs(catalog).own
    assert own is not None
    assert own.assumed == ("loaded_power", "idle_power")
    unknown = costs(catalog, "mac-mini-m6-16gb", model="qwen3-8b").own
    assert unknown is not None
    assert "no_power" in unknown.assumed, "Apple has not said what it draws"


def test_a_stale_price_is_told_as_one(catalog: Catalog) -> None:
    later = Catalog.load()
    vars(later)["market"] = Market(later, date(2027, 11, 26))
    p = plan(later.model("qwen3-8b"), later.machine("mac-mini-m6-16gb"), format="Q4_K_M", context=8192)
    found = Costs(later, p.model, p, USE)
    assert found.own is not None
    assert found.own.stale
    assert all(cost.stale for cost in found.apis)


def test_what_cannot_be_said_is_refused_in_one_line(catalog: Catalog) -> None:
    with pytest.raises(SizingError, match=r"^no rate between EUR and CNY; add one"):
        _ = costs(catalog, use=replace(USE, electricity=Money(0.3, "EUR"))).own
    with pytest.raises(SizingError, match=r"^no offers in 'XX'; known are CN, US"):
        costs(catalog, region="XX")
    with pytest.raises(SizingError, match="does not run on pc-rtx-5060-ti-16gb"):
        _ = costs(catalog, "pc-rtx-5060-ti-16gb", model="deepseek-v3").own
    for wrong in ({"read": 0.0, "written": 0.0}, {"read": -1.0}, {"years": 0.0}, {"resale": 2.0}):
        with pytest.raises(SizingError):
            replace(USE, **wrong)  # type: ignore[arg-type]
