"""The offers of the catalog: each of something that is there, with a source, and none that undercuts the cheapest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sizing import Catalog
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Tariff
from sizing.facts.quotes import Market

WRITTEN = date(2026, 11, 26)  # the day on which the catalog's prices were read


def figures(catalog: Catalog) -> Iterator[Offer | ApiPrice | Tariff | ExchangeRate]:
    """Everything that has a price or is one."""
    yield from catalog.offers.values()
    yield from catalog.apis.values()
    yield from catalog.tariffs.values()
    yield from catalog.rates.values()


def test_every_price_has_a_source_that_was_read_after_it_held(catalog: Catalog) -> None:
    for one in figures(catalog):
        assert one.sources, one.id
        assert all(source.url.startswith("http") and source.read >= one.date for source in one.sources), one.id


def test_what_is_called_the_cheapest_is_undercut_by_no_other_entry(catalog: Catalog) -> None:
    market = Market(catalog, WRITTEN)
    told = 0
    for machine in catalog.machines.values():
        for region in market.regions:
            cheapest = market.cheapest(machine, region)
            if cheapest is None or cheapest.covers != "whole":
                continue
            told += 1
            for offer in market.of("machine", machine.id):
                newer = [one for one in market.of("machine", machine.id) if one.seller == offer.seller]
                if (
                    offer.kind in ("new", "list", "used")
                    and offer.region == region
                    and offer == max(newer, key=lambda one: one.date)
                    and not (WRITTEN - offer.date).days > 180
                ):
                    assert offer.amount >= cheapest.money.amount, (machine.id, offer.id)
    assert told > 20


def test_china_comes_with_yuan_and_all_of_a_computer(catalog: Catalog) -> None:
    market = Market(catalog, WRITTEN)
    whole = [m.id for m in catalog.machines.values() if market.cheapest(m, "CN")]
    assert {"pc-rtx-5090", "pc-rtx-5060-ti-16gb", "mac-mini-m6-16gb", "mac-studio-m5-max-36gb"} <= set(whole)
    assert all(offer.currency == "CNY" for offer in catalog.offers.values() if offer.region.startswith("CN"))


def test_the_makers_and_clouds_that_people_ask_for_are_there(catalog: Catalog) -> None:
    makers = {one.seller.split(" ")[-1] for one in catalog.apis.values()}
    assert {"DeepSeek", "Moonshot", "BigModel", "MiniMax", "DashScope", "SiliconFlow", "OpenRouter"} <= makers
    renters = {one.seller.split(" ")[0] for one in catalog.offers.values() if one.kind == "rent"}
    assert {"AWS", "Azure", "AutoDL", "RunPod", "恒源云"} <= renters


def test_a_hundred_machines_as_sold_or_built_have_an_offer(catalog: Catalog) -> None:
    market = Market(catalog, WRITTEN)
    assert sum(market.offer(machine) is not None for machine in catalog.machines.values()) >= 100
