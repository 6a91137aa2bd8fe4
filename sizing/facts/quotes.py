"""What does a machine cost? By offers for it as it is sold, or for all that it is built of, with days and sources.

A quote of ``parts`` is the sum of a card's price for each card and of the prices of what its host is built of; one of
``card`` is the cards alone, where nobody states the rest, and is never compared with a whole machine.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, Protocol, TypeVar

from sizing.facts import days
from sizing.facts.entries.common import Source
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.machine import Machine
from sizing.facts.money import Money, Rates, stale

REGIONS: Final = ("CN", "US")  # whose offers are looked at first, where no region is named
CURRENCIES: Final[Mapping[str, str]] = {"CN": "CNY", "DE": "EUR", "EU": "EUR"}  # what is paid with; USD elsewhere

# A supply in watts beside its cards' limits together: room for peaks, and for the rest of a desktop computer. An
# assumption of this house, near what makers of cards ask for: 813 W for one card of 450 W, 969 W for one of 575 W.
SUPPLY_SHARE: Final = 1.25
SUPPLY_REST: Final = 250.0

_NEW: Final = ("new", "list")
# A sum is of the kind of its least certain price, which stands last.
_KINDS: Final = ("list", "new", "used", "launch", "rent")


@dataclass(frozen=True, slots=True)
class Priced:
    """An offer, and how many of what it covers are meant."""

    offer: Offer
    times: float = 1

    @property
    def money(self) -> Money:
        """For all of them."""
        return Money(self.offer.amount * self.times, self.offer.currency)


@dataclass(frozen=True)
class Quote:
    """What a machine costs, or an hour of it, and by which offers."""

    priced: tuple[Priced, ...]
    covers: Literal["whole", "parts", "card"]

    @property
    def money(self) -> Money:
        """Of all of it. Raises SizingError where its offers are in two currencies."""
        first, *others = (one.money for one in self.priced)
        return sum(others, first)

    @property
    def region(self) -> str:
        """Where it is offered."""
        return self.priced[0].offer.region

    @property
    def date(self) -> dt.date:
        """The day of its oldest price."""
        return min(one.offer.date for one in self.priced)

    @property
    def kind(self) -> str:
        """new, used, list, launch or rent: of several, what is the least certain."""
        return max((one.offer.kind for one in self.priced), key=_KINDS.index)

    @property
    def per(self) -> Literal["hour"] | None:
        """hour, where it is a rent."""
        return self.priced[0].offer.per

    @property
    def sellers(self) -> tuple[str, ...]:
        """Who asks it."""
        return tuple(dict.fromkeys(one.offer.seller for one in self.priced))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its prices were read."""
        return tuple(dict.fromkeys(source for one in self.priced for source in one.offer.sources))

    def stale(self, today: dt.date) -> bool:
        """Whether one of its prices is too old to decide anything."""
        return stale(self.date, today)

    def as_dict(self, today: dt.date) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "amount": round(self.money.amount, 2),
            "currency": self.money.currency,
            "region": self.region,
            "date": self.date.isoformat(),
            "kind": self.kind,
            "covers": self.covers,
            "per": self.per,
            "seller": ", ".join(self.sellers),
            "source": self.sources[0].url,
            "sources": [source.url for source in self.sources],
            "stale": self.stale(today),
            "parts": [{"of": one.offer.of, "times": one.times, "offer": one.offer.id} for one in self.priced],
        }


class Offered(Protocol):
    """What a market needs of a catalog."""

    @property
    def machines(self) -> Mapping[str, Machine]:
        """Machines by id."""

    @property
    def offers(self) -> Mapping[str, Offer]:
        """Offers of devices, machines and parts, by id."""

    @property
    def parts(self) -> Mapping[str, Part]:
        """Parts by id."""

    @property
    def apis(self) -> Mapping[str, ApiPrice]:
        """Prices of tokens by id."""

    @property
    def tariffs(self) -> Mapping[str, Tariff]:
        """Prices of electricity by id."""

    @property
    def rates(self) -> Mapping[str, ExchangeRate]:
        """Exchange rates by id."""

    @property
    def hosts(self) -> Mapping[str, Host]:
        """Hosts by id."""

    @property
    def machine_entries(self) -> Mapping[str, MachineEntry]:
        """Machines by id."""

    @property
    def reference_host(self) -> str:
        """The host that a bare card stands in."""


class Market:
    """What things cost by a catalog's offers, as seen on a day."""

    def __init__(self, catalog: Offered, today: dt.date | None = None) -> None:
        self._catalog = catalog
        self._lowest: dict[str, Quote | None] = {}  # of the catalog's own machines, each looked at once
        self.today = today or days.today()

    @cached_property
    def exchange(self) -> Rates:
        """What currencies cost in others."""
        return Rates.of(self._catalog.rates.values())

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The countries of which there are offers, those first that are looked at first."""
        found = sorted({country(offer.region) for offer in self._catalog.offers.values()})
        return tuple(dict.fromkeys((*REGIONS, *found)))

    def to_own(self, machine: Machine, region: str) -> tuple[Quote, ...]:
        """What it costs to own in a region: as it is sold new or used, built of new parts or with used cards."""
        if machine.kind == "cloud":
            return ()
        sold = (self._sold(machine, region, kinds) for kinds in (_NEW, ("used",), ("launch",)))
        built = (self._built(machine, region, kinds) for kinds in (_NEW, ("used",), ("launch",)))
        return tuple(quote for quote in (*sold, *built) if quote is not None)

    def to_rent(self, machine: Machine, region: str) -> tuple[Quote, ...]:
        """What an hour costs in a region: of a cloud's own machine, or of as many cards, each with its share of one."""
        if machine.kind == "cloud":
            own = self._sold(machine, region, ("rent",))
            return (own,) if own else ()
        cards = self._cards(machine, region, ("rent",)) if machine.nodes == 1 else ()
        return (Quote(cards, "whole"),) if cards else ()

    def offer(self, machine: Machine, region: str | None = None) -> Quote | None:
        """The offer that says best what a machine costs, in a region or where somebody states it.

        What is not stale comes first, then what is of the whole machine, is new, and costs least. A cloud's is rented.
        """
        regions = (region,) if region else self.regions
        ways = (self.to_rent, self.to_own) if machine.kind == "cloud" else (self.to_own, self.to_rent)
        for way in ways:
            found = [(i, quote) for i, one in enumerate(regions) for quote in way(machine, one)]
            if found:
                return min(found, key=lambda told: self._rank(*told))[1]
        return None

    def _rank(self, region: int, quote: Quote) -> tuple[bool, bool, int, int, float]:
        used = _KINDS.index(quote.kind) if quote.kind not in _NEW else 0
        return quote.stale(self.today), quote.covers == "card", region, used, quote.money.amount

    def cheapest(self, machine: Machine, region: str, rented: bool = False) -> Quote | None:
        """The lowest price in a region of all of a machine, or of an hour of it; a stale one decides nothing."""
        quotes = (self.to_rent if rented else self.to_own)(machine, region)
        fresh = [quote for quote in quotes if quote.covers != "card" and not quote.stale(self.today)]
        return min(fresh, key=lambda quote: self.paid(quote.money, region).amount, default=None)

    def lowest(self, machine: Machine) -> Quote | None:
        """What it costs to own all of a machine at least, where prices are looked at first; else what says it best."""
        if self._catalog.machines.get(machine.id) is not machine:
            return self._looked_at(machine)
        if machine.id not in self._lowest:
            self._lowest[machine.id] = self._looked_at(machine)
        return self._lowest[machine.id]

    def _looked_at(self, machine: Machine) -> Quote | None:
        fresh = (self.cheapest(machine, region) for region in REGIONS)
        return next((quote for quote in fresh if quote is not None), None) or self.offer(machine)

    def paid(self, money: Money, region: str) -> Money:
        """Money as it is paid in a region. Raises SizingError where nobody stated a rate."""
        return self.exchange.put(money, currency_of(region))

    def launch(self, machine: Machine, region: str = "US") -> Quote | None:
        """What its cards cost, or all of it, when they were sold first."""
        cards = self._cards(machine, region, ("launch",))
        return self._sold(machine, region, ("launch",)) or (Quote(cards, "card") if cards else None)

    def tokens(self, model: str) -> tuple[ApiPrice, ...]:
        """Every price of a model's tokens, the newest of each seller."""
        newest = _newest((one for one in self._catalog.apis.values() if one.model == model), lambda one: one.seller)
        return tuple(newest)

    def tariff(self, region: str) -> Tariff | None:
        """What a home pays for electricity in a region: the newest that is stated, of the first step."""
        own = [one for one in self._catalog.tariffs.values() if _within(one.region, region) and one.use == "home"]
        return max(own, key=lambda one: one.date, default=None)

    def of(self, axis: str, name: str) -> tuple[Offer, ...]:
        """Every offer of a device, a machine or a part."""
        return tuple(self._by_thing.get((axis, name), ()))

    @cached_property
    def _by_thing(self) -> Mapping[tuple[str, str], list[Offer]]:
        found: dict[tuple[str, str], list[Offer]] = defaultdict(list)
        for offer in self._catalog.offers.values():
            found[offer.axis, offer.of].append(offer)
        return found

    def best(self, axis: str, name: str, region: str, kinds: tuple[str, ...]) -> Offer | None:
        """The lowest of the newest offers of each seller, those that are not stale first."""
        there = [one for one in self.of(axis, name) if one.kind in kinds and _within(one.region, region)]
        fresh = [one for one in there if not stale(one.date, self.today)]
        if not fresh:  # the newest of the stale ones
            newest = max((one.date for one in there), default=None)
            fresh = [one for one in there if one.date == newest]
        return min(_newest(fresh, lambda one: one.seller), key=lambda one: one.amount, default=None)

    def _sold(self, machine: Machine, region: str, kinds: tuple[str, ...]) -> Quote | None:
        """All of a machine as it is sold or rented."""
        if machine.entry is None or self._catalog.machine_entries.get(machine.id) != machine.entry:
            return None  # another host or more cards than it is sold with
        offer = self.best("machine", machine.id, region, kinds)
        if offer is None:
            return None
        return Quote((Priced(offer, machine.nodes if offer.covers == "node" else 1),), "whole")

    def _built(self, machine: Machine, region: str, kinds: tuple[str, ...]) -> Quote | None:
        """All of a machine of parts, with cards of these kinds; its cards alone, where the rest is not stated."""
        cards = self._cards(machine, region, kinds)
        if not cards:
            return None
        host = self._host(machine, region)
        return Quote((*cards, *host), "parts") if host else Quote(cards, "card")

    def _cards(self, machine: Machine, region: str, kinds: tuple[str, ...]) -> tuple[Priced, ...]:
        """A price for each card; none where one of them is no card, or nobody offers it."""
        counts: dict[str, int] = {}
        for device in machine.devices:
            if device.kind != "gpu":
                return ()
            counts[device.id] = counts.get(device.id, 0) + 1
        found = {name: self.best("device", name, region, kinds) for name in counts}
        priced = tuple(Priced(offer, counts[name]) for name, offer in found.items() if offer)
        return priced if len(priced) == len(counts) else ()

    def _host(self, machine: Machine, region: str) -> tuple[Priced, ...]:
        """A price for everything that a machine's host is built of; none where nobody states one of them."""
        named = machine.entry.host if machine.entry else None
        host = self._catalog.hosts.get(named or self._catalog.reference_host)
        found = [self._part(use.part, region, use.count * machine.nodes) for use in host.parts] if host else []
        if not found:
            return ()
        found.append(self._supply(machine, region))
        return tuple(one for one in found if one) if all(found) else ()

    def _part(self, name: str, region: str, count: int) -> Priced | None:
        """A price for some of a part; None where nobody offers it."""
        offer = self.best("part", name, region, _NEW) or self.best("part", name, region, ("used",))
        if offer is None:
            return None
        return Priced(offer, count * (self._catalog.parts[name].gigabytes or 1 if offer.covers == "gigabyte" else 1))

    def _supply(self, machine: Machine, region: str) -> Priced | None:
        """The cheapest power supply that is large enough for a node's cards and what is around them."""
        cards = machine.tdp
        if cards is None:
            return None
        needed = SUPPLY_SHARE * cards / machine.nodes + SUPPLY_REST
        large = [one.id for one in self._catalog.parts.values() if one.watts is not None and one.watts >= needed]
        offered = [found for name in large if (found := self._part(name, region, machine.nodes))]
        return min(offered, key=lambda one: one.money.amount, default=None)

    def stale_offers(self) -> Iterator[Offer | ApiPrice | Tariff | ExchangeRate]:
        """Everything that is stale although nobody stated a newer figure of the same; a launch price is what it is."""
        goods = (offer for offer in self._catalog.offers.values() if offer.kind != "launch")
        newest: list[Offer | ApiPrice | Tariff | ExchangeRate] = [
            *_newest(goods, lambda one: (one.axis, one.of, one.kind, one.region)),
            *_newest(self._catalog.apis.values(), lambda one: (one.model, one.seller)),
            *_newest(self._catalog.tariffs.values(), lambda one: (one.name, one.region)),
            *_newest(self._catalog.rates.values(), lambda one: (one.base, one.currency)),
        ]
        return (one for one in newest if stale(one.date, self.today))


def country(region: str) -> str:
    """The country that a region is of: CN for CN-GD."""
    return region.partition("-")[0]


def currency_of(region: str) -> str:
    """What is paid with in a region."""
    return CURRENCIES.get(country(region), "USD")


def _within(region: str, wanted: str) -> bool:
    return wanted in (region, country(region))


class _Dated(Protocol):
    @property
    def date(self) -> dt.date: ...


D = TypeVar("D", bound=_Dated)


def _newest(offers: Iterable[D], of: Callable[[D], object]) -> list[D]:
    """The newest of each thing that ``of`` tells apart."""
    found: dict[object, D] = {}
    for one in offers:
        key = of(one)
        if key not in found or found[key].date <= one.date:
            found[key] = one
    return list(found.values())
