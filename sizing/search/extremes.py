"""Which plan is best? Searches over plans: the largest model, the longest context, the smallest or cheapest machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sizing.catalog import Catalog
from sizing.engine.numbers import most
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.facts.quotes import REGIONS, Market, Quote
from sizing.model import Model
from sizing.plan import Plan, plan


def fitting(
    models: Iterable[Model],
    machines: Sequence[Machine],
    format: str,
    context: int,
    in_use: Sequence[int] | None = None,
    wired_limit: int | None = None,
) -> Iterator[Plan]:
    """The plans that fit, of every pair that some runtime can serve; hosted models have none. ``in_use`` and
    ``wired_limit`` as ``plan`` takes them."""
    for model in models:
        if not model.open:
            continue
        size = plan(model, None, format=format, context=context).sized
        for machine in machines:
            if size.weights - size.embedding - size.lookups > (wired_limit or usable(machine)):
                continue  # even without its embeddings on the host; searching for a placement would take far longer
            try:
                p = plan(model, machine, format=format, context=context, in_use=in_use, wired_limit=wired_limit)
            except SizingError:
                continue  # no runtime reads the format on this machine
            if p.fits:
                yield p


def largest_model(catalog: Catalog, machine: Machine, format: str, context: int) -> Plan | None:
    """The plan of the model with the most parameters that answers and fits ``machine``; None where none does."""
    largest_first = sorted((one for one in catalog.models.values() if one.answers), key=_size, reverse=True)
    return next(fitting(largest_first, [machine], format, context), None)


def _size(model: Model) -> int:
    return model.parameters.total if model.parameters else 0


def longest_context(model: Model, machine: Machine, format: str, cache_format: str = "f16") -> int:
    """The most tokens, in steps of 256 and up to the model's limit, that fit; 0 where not even one step does."""
    return plan(model, machine, format=format, context=256, cache_format=cache_format).longest_context or 0


def most_sequences(
    model: Model, machine: Machine, format: str, context: int, runtime: str | None = None, limit: int = 1024
) -> int:
    """How many sequences of ``context`` tokens, up to ``limit``, fit at once; 0 where not even one does."""
    one = plan(model, machine, format=format, context=context, runtime=runtime)
    return most(lambda count: bool(one.again(sequences=count).fits), limit)


def fitting_machines(catalog: Catalog, model: Model, format: str, context: int) -> list[Plan]:
    """Plans on the catalog's machines that hold the model on their devices, the smallest memory first."""
    plans = fitting([model], list(catalog.machines.values()), format, context)
    market = catalog.market

    def order(p: Plan) -> tuple[int, tuple[int, float]]:
        assert p.machine is not None
        return usable(p.machine), standing(market, market.lowest(p.machine))

    return sorted(plans, key=order)


def standing(market: Market, quote: Quote | None) -> tuple[int, float]:
    """By which quotes are put in order: what all of a machine costs, its cards alone, a rent; each of these by prices
    that are not stale, then the owned by those that are, then the rents, then none. Amounts of one place compare, as
    paid where prices are looked at first; the lowest comes first."""
    if quote is None:
        return 6, 0
    stale, cards = quote.stale(market.today), quote.covers == "card"
    place = 4 + stale if quote.per else 2 * stale + cards
    return place, market.paid(quote.money, REGIONS[0]).amount


@dataclass(frozen=True, slots=True)
class Deal:
    """A plan with the quote that it was chosen for."""

    plan: Plan
    quote: Quote


def cheapest_to_own(market: Market, plans: Iterable[Plan], regions: Sequence[str] = REGIONS) -> Deal | None:
    """The plan whose whole machine costs least, by prices that are not stale: in the first of the regions in which one
    of them has such a price."""
    asked = list(plans)
    found = (_cheapest(market, asked, (region,), region, rented=False) for region in regions)
    return next((deal for deal in found if deal is not None), None)


def cheapest_to_rent(market: Market, plans: Iterable[Plan], region: str = REGIONS[0]) -> Deal | None:
    """The plan whose machine costs least an hour, wherever it stands, by rents that are not stale; compared as they
    are paid in ``region``."""
    return _cheapest(market, plans, market.regions, region, rented=True)


def _cheapest(
    market: Market, plans: Iterable[Plan], regions: Sequence[str], paid_in: str, *, rented: bool
) -> Deal | None:
    found = (
        Deal(p, quote)
        for p in plans
        if p.machine is not None
        for region in regions
        if (quote := market.cheapest(p.machine, region, rented)) is not None
    )
    return min(found, key=lambda deal: market.paid(deal.quote.money, paid_in).amount, default=None)


def usable(machine: Machine | None) -> int:
    """Bytes that the devices of a machine offer to programs."""
    return machine.capacity if machine else 0


def break_even_hours(market: Market, owned: Plan, rented: Plan, region: str = REGIONS[0]) -> tuple[float, bool] | None:
    """Hours of renting that cost as much as owning, power left out, and whether a stale price is in it; None without
    prices."""
    own, rent = (_said(market, p, region, rented) for p, rented in ((owned, False), (rented, True)))
    if own is None or rent is None:
        return None
    hours = market.paid(own.money, region).over(market.paid(rent.money, region))
    return hours, own.stale(market.today) or rent.stale(market.today)


def _said(market: Market, p: Plan, region: str, rented: bool) -> Quote | None:
    """What all of a plan's machine costs at least; by stale prices, where there are no others."""
    deal = cheapest_to_rent(market, [p], region) if rented else cheapest_to_own(market, [p], (region,))
    if deal is not None:
        return deal.quote
    if p.machine is None:
        return None
    quote = market.offer(p.machine)
    return quote if quote and quote.covers != "card" and (quote.per is not None) == rented else None
