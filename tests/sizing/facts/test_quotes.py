"""What a machine costs follows from dated offers: the newest of a seller, all parts of it; nothing stale decides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

import pytest

from sizing import Catalog
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.quotes import SUPPLY_REST, SUPPLY_SHARE, Market, Quote
from sizing.facts.validation import checked

TODAY = date(2026, 11, 26)
YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=181)
SOURCES = [{"url": "https://example.org/shop", "read": "2026-11-20"}]

_numbers = count()


def offer(of: dict[str, str], amount: float, day: date = YESTERDAY, **said: object) -> Offer:
    """An offer of a card in China, if nothing else is said."""
    covers = {"device": "card", "machine": "whole", "part": "part"}[next(iter(of))]
    facts = {
        "id": f"o{next(_numbers)}", **of, "amount": amount, "date": day.isoformat(), "kind": "new", "currency": "CNY",
        "region": "CN", "covers": covers, "seller": "a shop", "sources": SOURCES, **said,
    }  # fmt: skip
    return checked(Offer, facts)


@dataclass
class Shops:
    """The real machines and parts, with prices that a test makes up."""

    catalog: Catalog
    offered: tuple[Offer, ...] = ()
    apis: dict[str, ApiPrice] = field(default_factory=dict)
    tariffs: dict[str, Tariff] = field(default_factory=dict)
    rates: dict[str, ExchangeRate] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.offers = {one.id: one for one in self.offered}
        self.parts: dict[str, Part] = dict(self.catalog.parts)
        self.machines = self.catalog.machines
        self.hosts = self.catalog.hosts
        self.machine_entries = self.catalog.machine_entries
        self.reference_host = self.catalog.reference_host


CARD, MAC, CLOUD = {"device": "rtx-4090"}, {"machine": "mac-mini-m6-16gb"}, {"machine": "cluster-2x8-h100"}


def whole_pc(catalog: Catalog, each: float = 100.0) -> tuple[Offer, ...]:
    """Every part of the reference host, and two supplies."""
    parts = [use.part for use in catalog.hosts[catalog.reference_host].parts]
    return tuple(offer({"part": name}, each) for name in (*parts, "supply-750w", "supply-1500w"))


def market(catalog: Catalog, *offers: Offer) -> Market:
    return Market(Shops(catalog, offers), TODAY)


def test_a_machine_without_an_offer_has_no_price(catalog: Catalog) -> None:
    assert market(catalog).offer(catalog.machine("pc-rtx-4090")) is None
    assert market(catalog).cheapest(catalog.machine("mac-mini-m6-16gb"), "CN") is None


def test_the_newest_price_of_a_seller_counts_and_the_lowest_of_several(catalog: Catalog) -> None:
    older = offer(MAC, 5000, TODAY - timedelta(days=90))
    now, other = offer(MAC, 6999), offer(MAC, 7299, seller="another shop")
    found = market(catalog, older, other, now).cheapest(catalog.machine("mac-mini-m6-16gb"), "CN")
    assert found is not None
    assert found.priced[0].offer == now, "yesterday's 6999, and not what the same shop asked in August"


def test_what_is_stale_is_shown_and_decides_nothing(catalog: Catalog) -> None:
    mac = catalog.machine("mac-mini-m6-16gb")
    one = market(catalog, offer(MAC, 5000, LONG_AGO))
    shown = one.offer(mac)
    assert shown is not None
    assert shown.stale(TODAY)
    assert shown.as_dict(TODAY)["stale"] is True
    assert one.cheapest(mac, "CN") is None
    both = market(catalog, offer(MAC, 5000, LONG_AGO), offer(MAC, 6999, seller="another shop"))
    found = both.cheapest(mac, "CN")
    assert found is not None
    assert found.money.amount == 6999


def test_a_built_computer_is_the_sum_of_its_parts_memory_and_supply_included(catalog: Catalog) -> None:
    found = market(catalog, offer(CARD, 20000), *whole_pc(catalog)).offer(catalog.machine("pc-rtx-4090"))
    assert found is not None
    assert found.covers == "parts"
    parts = catalog.hosts["desktop-ddr5-64gb"].parts
    assert found.money.amount == 20000 + 100 * len(parts) + 100, "the card, each part, and a supply"
    memory = [one for one in found.priced if (one.offer.part or "").startswith("memory")]
    assert memory, "without its memory it is no computer"


def test_memory_is_paid_by_the_gigabyte(catalog: Catalog) -> None:
    by_gigabyte = [
        replace(one, covers="gigabyte", amount=70.0) if (one.part or "").startswith("memory") else one
        for one in whole_pc(catalog)
    ]
    found = market(catalog, offer(CARD, 20000), *by_gigabyte).offer(catalog.machine("pc-rtx-4090"))
    assert found is not None
    (memory,) = (one for one in found.priced if (one.offer.part or "").startswith("memory"))
    assert memory.money.amount == 64 * 70


def test_the_supply_is_large_enough_for_all_cards(catalog: Catalog) -> None:
    shops = market(catalog, offer(CARD, 20000), offer({"device": "rtx-5060-ti-16gb"}, 5000), *whole_pc(catalog))
    for name, supply in (("pc-rtx-4090", "supply-1500w"), ("pc-rtx-5060-ti-16gb", "supply-750w")):
        found = shops.offer(catalog.machine(name))
        assert found is not None
        assert supply in {one.offer.part for one in found.priced}
        watts = catalog.machine(name).tdp
        assert watts is not None
        needed = SUPPLY_SHARE * watts + SUPPLY_REST
        assert (catalog.parts[supply].watts or 0) >= needed
    four = shops.offer(catalog.machine("4x-rtx-4090"))
    assert four is not None
    assert four.covers == "card", "no supply here is large enough, so that nobody offers all of it"


def test_where_a_part_has_no_price_the_cards_alone_are_told_and_never_the_cheapest(catalog: Catalog) -> None:
    shops = market(catalog, offer(CARD, 20000), *whole_pc(catalog)[1:])
    found = shops.offer(catalog.machine("pc-2x-rtx-4090"))
    assert found is not None
    assert (found.covers, found.money.amount) == ("card", 40000)
    assert shops.cheapest(catalog.machine("pc-2x-rtx-4090"), "CN") is None


def test_a_sum_is_as_old_as_its_oldest_price_and_as_sure_as_its_least_sure(catalog: Catalog) -> None:
    card = offer(CARD, 9000, TODAY - timedelta(days=30), kind="used")
    found = market(catalog, card, *whole_pc(catalog)).offer(catalog.machine("pc-rtx-4090"))
    assert found is not None
    assert (found.date, found.kind) == (card.date, "used")


def test_a_node_s_rent_counts_for_each_node(catalog: Catalog) -> None:
    rent = offer(CLOUD, 55.04, kind="rent", per="hour", covers="node", currency="USD", region="US")
    found = market(catalog, rent).offer(catalog.machine("cluster-2x8-h100"))
    assert found is not None
    assert found.money.amount == pytest.approx(110.08)
    assert found.per == "hour"


def test_what_is_rented_by_the_card_makes_no_cluster_and_is_no_other_cloud_s(catalog: Catalog) -> None:
    card = offer({"device": "h100-sxm-80gb"}, 2.0, kind="rent", per="hour")
    shops = market(catalog, card)
    assert shops.offer(catalog.machine("cluster-2x8-h100")) is None
    assert shops.offer(catalog.machine("cloud-h100-80gb")) is None
    found = shops.offer(catalog.machine("2x-h100-sxm-80gb"))
    assert found is not None
    assert found.money.amount == 4


def test_the_price_of_a_machine_is_not_that_of_one_with_another_host_or_more_cards(catalog: Catalog) -> None:
    shops = market(catalog, offer({"machine": "pc-rtx-4090"}, 25000))
    machine = catalog.machine("pc-rtx-4090")
    assert shops.offer(machine) is not None
    assert shops.offer(machine.with_more(1)) is None
    assert shops.offer(catalog.machine("pc-rtx-4090", "64GB@DDR4-3200x2")) is None


def test_a_machine_is_no_other_one_that_goes_by_its_id(catalog: Catalog) -> None:
    own = catalog.machine("mac-mini-m6-16gb")
    shops = market(catalog, offer(MAC, 4000.0))
    told = shops.lowest(own)
    assert told is not None
    assert shops.lowest(own) is told, "what the catalog's own machine costs is looked at once"
    assert shops.lowest(replace(own, entry=None, id=own.id, devices=own.devices * 2)) is not told


def test_a_region_s_prices_are_its_own_and_its_provinces(catalog: Catalog) -> None:
    mac = catalog.machine("mac-mini-m6-16gb")
    shops = market(catalog, offer(MAC, 899, region="US", currency="USD"), offer(MAC, 6899, region="CN-GD"))

    def money(region: str) -> str | None:
        found = shops.cheapest(mac, region)
        return str(found.money) if found else None

    assert (money("US"), money("CN"), money("CN-GD"), money("CN-BJ"), money("DE")) == (
        "899 USD", "6,899 CNY", "6,899 CNY", None, None,
    )  # fmt: skip
    chosen = shops.offer(mac)
    assert chosen is not None
    assert chosen.region == "CN-GD", "China first, where no region is named"


def test_one_more_offer_never_makes_the_cheapest_dearer(catalog: Catalog) -> None:
    mac = catalog.machine("mac-mini-m6-16gb")
    offers: list[Offer] = []
    cheapest = float("inf")
    for i, amount in enumerate((7000, 9000, 6500, 6499, 8000, 12000)):
        offers.append(offer(MAC, amount, seller=f"shop {i}"))
        found: Quote | None = market(catalog, *offers).cheapest(mac, "CN")
        assert found is not None
        assert found.money.amount <= cheapest
        cheapest = found.money.amount
    assert cheapest == 6499


def test_a_quote_says_all_that_a_buyer_asks(catalog: Catalog) -> None:
    said = market(catalog, offer(MAC, 6999, kind="list", seller="Apple")).offer(catalog.machine("mac-mini-m6-16gb"))
    assert said is not None
    assert said.as_dict(TODAY) | {"parts": []} == {
        "amount": 6999, "currency": "CNY", "region": "CN", "date": YESTERDAY.isoformat(), "kind": "list",
        "covers": "whole", "per": None, "seller": "Apple", "source": SOURCES[0]["url"], "sources": [SOURCES[0]["url"]],
        "stale": False, "parts": [],
    }  # fmt: skip
