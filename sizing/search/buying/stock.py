"""What is offered within a budget? Machines to own, or cards for the one that one has, with their prices and watts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.facts.money import Money
from sizing.facts.quotes import Market, Priced, Quote, currency_of
from sizing.power import Draw, draw
from sizing.search.buying.budget import Budget, takes_first_card

# Whether a price says what all of it costs today, what it cost long ago, or what its cards alone cost, or did: what is
# not said of all of it today is shown, and decides nothing.
Says = Literal["all", "old", "cards", "old cards"]
SAYS: Final[tuple[Says, ...]] = get_args(Says)

CARDS_ADDED: Final = (1, 2)  # that people add


@dataclass(frozen=True, slots=True)
class Offered:
    """A machine with what it costs in a region."""

    machine: Machine
    quote: Quote | None  # None: it is what one has
    price: Money  # as it is paid there
    says: Says
    draw: Draw | None
    added: str | None = None  # the cards that are bought for the machine that one has

    @property
    def name(self) -> str:
        """What is bought."""
        return self.added or self.machine.name

    @property
    def watts(self) -> float | None:
        """What it draws under load."""
        return self.draw.loaded if self.draw else None


def stock(catalog: Catalog, budget: Budget) -> list[Offered]:
    """What keeps to a budget, the cheapest first. Raises SizingError for a region of which there are no offers,
    or a budget in a currency without a rate."""
    return [one for one in _paid(catalog, budget) if _within(one, budget.watts)]


def unstated(catalog: Catalog, budget: Budget) -> list[str]:
    """What a limit of watts leaves out because nobody states what it draws, the dearest first, each name once. Raises
    SizingError as ``stock`` does."""
    if budget.watts is None:
        return []
    return list(dict.fromkeys(one.name for one in reversed(_paid(catalog, budget)) if one.watts is None))


def _paid(catalog: Catalog, budget: Budget) -> list[Offered]:
    """What is sold within a budget, however much it draws, the cheapest first."""
    market = catalog.market
    if budget.region not in market.regions:
        raise SizingError(f"no offers in {budget.region!r}; known are {', '.join(market.regions)}")
    most = market.paid(budget.most, budget.region)
    found = _cards(catalog, budget) if budget.owned else _machines(catalog, budget)
    return sorted((one for one in found if one.price <= most), key=lambda one: (one.price.amount, one.machine.id))


def _within(one: Offered, watts: float | None) -> bool:
    return watts is None or (one.watts is not None and one.watts <= watts)


def _machines(catalog: Catalog, budget: Budget) -> Iterator[Offered]:
    """Every machine that is sold, by the price that says most of it."""
    for machine in catalog.machines.values():
        if not _is_of(machine, budget.platform):
            continue
        quotes = [quote for quote in catalog.market.to_own(machine, budget.region) if _wanted(quote, budget.used)]
        says, quote = _telling(catalog.market, quotes, budget.region)
        if quote is not None:
            price = catalog.market.paid(quote.money, budget.region)
            yield Offered(machine, quote, price, says, draw(catalog, machine))


def _is_of(machine: Machine, platform: str) -> bool:
    mac = machine.devices[0].vendor == "apple"
    return platform == "any" or (platform == "mac") == mac


def _wanted(quote: Quote, used: bool) -> bool:
    """Whether somebody sells it so today: what it cost when it was new is no offer."""
    return quote.kind in ("new", "list") or (used and quote.kind == "used")


def _telling(market: Market, quotes: list[Quote], region: str) -> tuple[Says, Quote | None]:
    """The lowest of the quotes that say most, and what they say."""
    for says in SAYS:
        own = [quote for quote in quotes if _says(market, quote) == says]
        if own:
            return says, min(own, key=lambda quote: market.paid(quote.money, region).amount)
    return "cards", None


def _says(market: Market, quote: Quote) -> Says:
    old = quote.stale(market.today)
    return ("old cards" if old else "cards") if quote.covers == "card" else ("old" if old else "all")


def _with_cards(catalog: Catalog, owned: Machine, card: str, count: int) -> Machine:
    """The machine that one has, with cards; where it has none yet, its processor is their host."""
    if not takes_first_card(owned):
        return owned.with_cards(catalog.machine(card), count)
    return catalog.machine(f"{count}x-{card}" if count > 1 else card, owned.id)


def _cards(catalog: Catalog, budget: Budget) -> Iterator[Offered]:
    """The machine that one has, which costs nothing; with one card more, or with two alike, by the price of these."""
    owned, market = budget.owned, catalog.market
    assert owned is not None
    yield Offered(owned, None, Money(0.0, currency_of(budget.region)), "all", draw(catalog, owned))
    kinds = ("new", "list", "used") if budget.used else ("new", "list")
    for device in catalog.devices.values():
        offer = market.best("device", device.id, budget.region, kinds)
        if device.kind != "gpu" or offer is None:
            continue
        for count in CARDS_ADDED:
            quote = Quote((Priced(offer, count),), "card")
            try:
                machine = _with_cards(catalog, owned, device.id, count)
            except SizingError:
                continue  # no runtime computes on both
            price = market.paid(quote.money, budget.region)
            says: Says = "old" if quote.stale(market.today) else "all"
            name = f"{count} × {device.name}" if count > 1 else device.name
            yield Offered(machine, quote, price, says, draw(catalog, machine), name)
