"""Searches over plans find what a loop over them would."""

from __future__ import annotations

from datetime import date

import pytest

from sizing import Catalog, Plan, plan
from sizing.facts.quotes import Market
from sizing.search import (
    break_even_hours,
    cheapest_to_own,
    cheapest_to_rent,
    fitting_machines,
    largest_model,
    longest_context,
    most_sequences,
)


def test_the_largest_model_that_fits_a_4090_at_4_bits_is_of_the_32b_class(catalog: Catalog) -> None:
    # 18.3 GiB and more; Mixtral has 26.5
    best = largest_model(catalog, catalog.machine("rtx-4090"), "Q4_K_M", 1024)
    assert best is not None
    assert best.fits
    assert 32e9 < best.sized.total_parameters < 40e9


def test_of_a_context_without_end_only_what_keeps_a_state_instead_fits(catalog: Catalog) -> None:
    best = largest_model(catalog, catalog.machine("rtx-3060-12gb"), "F16", 100_000_000)
    assert best is not None
    assert best.model.family == "Mamba"


def test_nothing_fits_where_nothing_fits(catalog: Catalog) -> None:
    assert largest_model(catalog, catalog.machine("rtx-3050-laptop-4gb"), "F32", 100_000_000) is None


@pytest.mark.parametrize(
    ("model", "machine", "fmt"),
    [
        ("llama-2-13b", "rtx-3060-12gb", "Q4_K_M"),
        ("llama-3-70b", "2x-rtx-4090", "Q4_0"),
        ("llama-3-8b", "rtx-4090", "F16"),
    ],
)
def test_the_longest_context_fits_and_the_next_step_does_not(
    catalog: Catalog, model: str, machine: str, fmt: str
) -> None:
    entry, place = catalog.model(model), catalog.machine(machine)
    longest = longest_context(entry, place, fmt)
    assert longest > 0
    assert longest % 256 == 0
    assert plan(entry, place, format=fmt, context=longest).fits
    assert longest == entry.context or not plan(entry, place, format=fmt, context=longest + 256).fits


def test_no_context_fits_where_the_weights_do_not(catalog: Catalog) -> None:
    assert longest_context(catalog.model("llama-3-70b"), catalog.machine("rtx-4090"), "Q4_K_M") == 0


def test_a_smaller_cache_type_allows_a_longer_context(catalog: Catalog) -> None:
    # 38.4 of 48 GiB, and a limit of 128K tokens, which would take 40 GiB
    model, machine = catalog.model("qwen2-72b"), catalog.machine("rtx-a6000")
    assert longest_context(model, machine, "Q4_0") < longest_context(model, machine, "Q4_0", "q8_0")


def test_fitting_machines_fit_and_come_smallest_first(catalog: Catalog) -> None:
    found = fitting_machines(catalog, catalog.model("llama-3-70b"), "Q4_K_M", 4096)
    assert all(p.fits for p in found)
    sizes = [sum(place.capacity or 0 for place in p.places[:-1]) for p in found]
    assert sizes == sorted(sizes)
    assert "pc-rtx-4090" not in {p.machine.id for p in found if p.machine}


def test_the_cheapest_machines_are_the_cheapest(catalog: Catalog) -> None:
    found = fitting_machines(catalog, catalog.model("llama-3-8b"), "Q4_K_M", 4096)
    market = Market(catalog, date(2026, 11, 26))
    own, rent = cheapest_to_own(market, found), cheapest_to_rent(market, found)
    assert own is not None
    assert rent is not None
    for p in found:
        assert p.machine is not None
        for quote in market.to_own(p.machine, "CN"):
            undercut = market.paid(quote.money, "CN") < market.paid(own.quote.money, "CN")
            assert not undercut or quote.covers == "card" or quote.stale(market.today), p.machine.id
    assert (own.quote.per, rent.quote.per) == (None, "hour")
    later = Market(catalog, date(2027, 11, 26))
    assert cheapest_to_own(later, found) is None, "a price of a year ago decides nothing"


def test_renting_breaks_even_after_price_over_rate(catalog: Catalog) -> None:
    def on(machine: str) -> Plan:
        return plan(catalog.model("llama-3-8b"), catalog.machine(machine), format="Q4_K_M", context=4096)

    market, own, rent = Market(catalog, date(2026, 11, 26)), on("mac-mini-m6-16gb"), on("cloud-a100-80gb")
    rate = market.exchange.between("USD", "CNY").rate
    price, hourly = 6999, 3.673  # yuan for the Mac, dollars an hour at Azure
    hours, stale = break_even_hours(market, own, rent) or (0.0, True)
    assert hours == pytest.approx(price / (hourly * rate))
    assert not stale
    assert break_even_hours(market, on("m1-max-32-core-64gb"), rent) is None
    assert break_even_hours(Market(catalog, date(2027, 11, 26)), own, rent) == (hours, True)


def test_so_many_users_fit_a_card_and_one_more_does_not(catalog: Catalog) -> None:
    model, card = catalog.model("llama-3-8b"), catalog.machine("h100-sxm-80gb")
    many = most_sequences(model, card, "BF16", 8192, "vllm")
    # 73 GiB less 15 of weights, a GiB of cache for each 8K sequence (32 layers x 8 heads x 128 x 2 x 2 bytes).
    assert 40 <= many <= 58
    fits = [plan(model, card, format="BF16", context=8192, runtime="vllm", sequences=n).fits for n in (many, many + 1)]
    assert fits == [True, False]
    assert most_sequences(catalog.model("llama-3-70b"), card, "BF16", 8192, "vllm") == 0


def test_many_users_get_more_together_and_less_each(catalog: Catalog) -> None:
    model, card = catalog.model("llama-3-8b"), catalog.machine("h100-sxm-80gb")
    one, many = (plan(model, card, format="BF16", context=2048, runtime="vllm", sequences=n) for n in (1, 32))
    assert one.throughput == one.decode
    assert one.decode is not None
    assert many.decode is not None
    assert many.throughput is not None
    assert many.decode.value < one.decode.value
    assert many.throughput.value > 8 * one.decode.value
