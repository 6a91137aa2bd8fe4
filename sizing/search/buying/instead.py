"""What else than buying? Renting where that costs least, and the API that costs least, beside owning at a day's use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sizing.catalog import Catalog
from sizing.facts.machine import Machine
from sizing.facts.money import Money
from sizing.model import Model
from sizing.money import DAYS, Cost, Costs, Use, break_even
from sizing.plan import Plan
from sizing.search.bounds import fewest
from sizing.search.buying.stock import Offered
from sizing.search.formats import choices, serving
from sizing.search.question import Question


@dataclass(frozen=True, eq=False)
class Terms:
    """By which catalog, where, for which use of a day and which question offers are judged."""

    catalog: Catalog
    region: str
    use: Use
    question: Question
    _rents: dict[str, Costs | None] = field(default_factory=dict, repr=False)

    def rented(self, model: Model) -> Costs | None:
        """Renting for a model where that costs least; looked for once."""
        if model.id not in self._rents:
            self._rents[model.id] = _rented(self, model)
        return self._rents[model.id]


@dataclass(frozen=True)
class Instead:
    """What a month costs of a model that one owns a machine for, and elsewhere."""

    own: Cost | None  # None where nobody knows how fast it is
    rent: Cost | None
    rented: Plan | None  # where
    api: Cost | None
    today: dt.date  # by which prices are old

    @property
    def break_even_rent(self) -> float | None:
        """Tokens a day from which owning is cheaper than renting; None where it never is."""
        return break_even(self.own, self.rent) if self.own and self.rent else None

    @property
    def break_even_api(self) -> float | None:
        """Tokens a day from which owning is cheaper than the API; None where it never is."""
        return break_even(self.own, self.api) if self.own and self.api else None

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "own": self.own.as_dict(self.today) if self.own else None,
            "rent": self.rent.as_dict(self.today) if self.rent else None,
            "rented": self.rented.machine.id if self.rented and self.rented.machine else None,
            "api": self.api.as_dict(self.today) if self.api else None,
            "break_even": {"rent": self.break_even_rent, "api": self.break_even_api},
        }


def instead(terms: Terms, p: Plan, offered: Offered) -> Instead:
    """What owning costs a month by an offer, and what the same model costs elsewhere."""
    costs = Costs(terms.catalog, p.model, p, terms.use, terms.region, offered.quote)
    rented = terms.rented(p.model)
    return Instead(
        own=costs.own,
        rent=rented.rent if rented else None,
        rented=rented.plan if rented else None,
        api=next(iter(costs.apis), None),
        today=terms.catalog.market.today,
    )


def _rented(terms: Terms, model: Model) -> Costs | None:
    """Renting the machine on which a day's use costs least: one for which a day is long enough, if there is one."""
    catalog, use, question = terms.catalog, terms.use, terms.question
    best: tuple[bool, bool, float] | None = None
    found: Costs | None = None
    bytes_ = fewest(one.least for one in choices(model, question))
    for hourly, machine in _to_rent(catalog, terms.region):
        seconds = use.written * bytes_.seconds(machine.rig) / question.needs.sequences
        if best is not None and (False, False, hourly.amount * DAYS * seconds / 3600) >= best:
            continue  # every plan on it costs more
        p = serving(model, machine, question)
        costs = Costs(catalog, model, p, use, terms.region) if p else None
        rent = costs.rent if costs else None
        if rent is None:
            continue
        rank = (rent.stale, not rent.enough, rent.month.amount)
        if best is None or rank < best:
            best, found = rank, costs
    return found


def _to_rent(catalog: Catalog, region: str) -> list[tuple[Money, Machine]]:
    """What is let, by the hour's price, wherever it stands; the lowest first."""
    market = catalog.market
    found = []
    for machine in catalog.machines.values():
        quotes = [quote for where in market.regions for quote in market.to_rent(machine, where)]
        if quotes:
            found.append((min(market.paid(quote.money, region) for quote in quotes), machine))
    return sorted(found, key=lambda one: one[0].amount)
