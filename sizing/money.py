"""What does a plan cost? A month of owning its machine, of renting it, of calling an API, at a stated daily use.

Each way is a line over tokens a day: what it costs without any, and what each one adds. So they are compared at one
use, and the use at which two of them cost the same is where their lines meet. Rates are the plan's own.

- owning: the price less what it is sold for later, spread over its months, and electricity all day long: idle watts,
  and the loaded ones for as long as it answers
- renting: the hours in which it answers, as clouds bill them by the second
- an API: its price for tokens read and written
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from sizing.errors import SizingError
from sizing.explain import Step
from sizing.explain.cited import addresses
from sizing.explain.step import Part
from sizing.explain.terms import Term, named
from sizing.facts.entries.offers import ApiPrice, ExchangeRate
from sizing.facts.machine import Machine
from sizing.facts.money import Money, stale
from sizing.facts.quotes import REGIONS, Market, Quote, currency_of
from sizing.facts.units import GIB
from sizing.model import Model
from sizing.plan import Plan
from sizing.power import Draw, draw

if TYPE_CHECKING:
    from sizing.catalog import Catalog

DAYS: Final = 365.25 / 12  # of a month
DAY: Final = 86_400.0  # seconds
MILLION: Final = 1_000_000
THOUSAND: Final = 1_000

Way = Literal["own", "rent", "api"]


@dataclass(frozen=True, slots=True)
class Use:
    """What is asked of a machine, and what a buyer takes for granted."""

    read: float  # tokens of prompts a day
    written: float  # new tokens a day
    years: float = 3.0  # for which it is kept
    resale: float = 0.0  # the share of its price that it is sold for then
    electricity: Money | None = None  # a kWh; None: what a home pays in the region

    def __post_init__(self) -> None:
        if not (0 <= self.read < 1e15 and 0 <= self.written < 1e15 and self.tokens > 0):
            raise SizingError("a day's use is some tokens read or written, such as 750K+250K")
        if not 0 < self.years <= 20:
            raise SizingError(f"{self.years:g} years are no time to keep a machine; give 0.1 to 20")
        if not 0 <= self.resale <= 1:
            raise SizingError(f"a resale of {self.resale:g} is no share of a price; give 0 to 1, such as 0.3")

    @property
    def tokens(self) -> float:
        """Tokens a day, read and written."""
        return self.read + self.written


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way costs."""

    way: Way
    offer: Quote | ApiPrice
    fixed: Money  # a month, whatever the use
    token: Money  # a month, for one token a day
    tokens: float  # a day
    most: float | None  # tokens that a day is long enough for; None where others see to that
    stale: bool  # whether its price decides nothing
    assumed: tuple[str, ...] = ()

    @property
    def month(self) -> Money:
        """A month at this use."""
        return self.fixed + self.token * self.tokens

    @property
    def million(self) -> Money:
        """A million tokens at this use, read and written in its proportion."""
        return self.month * (MILLION / (self.tokens * DAYS))

    @property
    def enough(self) -> bool:
        """Whether a day is long enough for this use."""
        return self.most is None or self.tokens <= self.most

    def as_dict(self, today: dt.date) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "way": self.way,
            "month": round(self.month.amount, 4),
            "million_tokens": round(self.million.amount, 4),
            "enough": self.enough,
            "stale": self.stale,
            "assumed": list(self.assumed),
            "seller": self.name,
            "offer": self.offer.as_dict(today) if isinstance(self.offer, Quote) else _api_dict(self.offer),
        }

    @property
    def name(self) -> str:
        """Who offers it."""
        return self.offer.seller if isinstance(self.offer, ApiPrice) else ", ".join(self.offer.sellers)


def break_even(one: Cost, other: Cost) -> float | None:
    """Tokens a day from which the dearer to begin with is the cheaper; None where that never is, or no day has room."""
    first, second = sorted((one, other), key=lambda cost: cost.fixed.amount)
    saved = second.token.amount, first.token.amount
    if saved[0] >= saved[1]:
        return None
    tokens = (second.fixed - first.fixed).amount / (saved[1] - saved[0])
    rooms = [cost.most for cost in (one, other) if cost.most is not None]
    return tokens if all(tokens <= most for most in rooms) else None


@dataclass(frozen=True)
class Costs:
    """What a model costs in a region at a use, every way: by a plan on a machine, and by the APIs that serve it."""

    catalog: Catalog
    model: Model
    plan: Plan | None
    use: Use
    region: str = REGIONS[0]
    quote: Quote | None = None  # by which it is owned; None: the lowest that decides

    def __post_init__(self) -> None:
        if self.region not in self.market.regions:
            raise SizingError(f"no offers in {self.region!r}; known are {', '.join(self.market.regions)}")

    @property
    def market(self) -> Market:
        """What things cost."""
        return self.catalog.market

    @property
    def currency(self) -> str:
        """What it is told in."""
        return currency_of(self.region)

    @property
    def machine(self) -> Machine | None:
        """The plan's machine."""
        return self.plan.machine if self.plan else None

    @cached_property
    def written_rate(self) -> float:
        """New tokens/s, of all sequences together. Raises SizingError where nobody knows."""
        p = self.plan
        rate = None if p is None else p.throughput if p.sequences > 1 else p.decode
        if p is None or rate is None:
            where = f"on {self.machine.id}" if self.machine else "without a machine"
            why = f"has no known speed ({', '.join(p.unknown)})" if p and p.runs else "does not run"
            raise SizingError(f"{self.model.id} {why} {where}, so that a day's use has no cost there")
        return rate.value

    @cached_property
    def seconds(self) -> float:
        """Of answering, for each token of the day's use; without what reading takes, where nobody knows that."""
        writing = self.use.written / self.written_rate
        read = self.plan.prefill if self.plan else None
        return (writing + (self.use.read / read.value if read else 0.0)) / self.use.tokens

    @cached_property
    def _assumed(self) -> tuple[str, ...]:
        return ("no_reading",) if self.use.read and self.plan and self.plan.prefill is None else ()

    @cached_property
    def draw(self) -> Draw | None:
        """What the machine draws."""
        return draw(self.catalog, self.machine) if self.machine else None

    @cached_property
    def electricity(self) -> Money | None:
        """What a kWh costs, as it is paid in the region; None where nobody states it."""
        if self.use.electricity is not None:
            return self.market.paid(self.use.electricity, self.region)
        tariff = self.market.tariff(self.region)
        return self.market.paid(Money(tariff.amount, tariff.currency), self.region) if tariff else None

    @cached_property
    def own(self) -> Cost | None:
        """Of owning it; None where nobody states what all of it costs."""
        if self.machine is None:
            return None
        lowest = self.quote or self.market.cheapest(self.machine, self.region)
        quote = lowest or self._stale_to_own(self.machine)
        if quote is None:
            return None
        wear = self._paid(quote) * ((1 - self.use.resale) / (self.use.years * 12))
        power = self._power()
        idle, busy = power or (self._nothing, self._nothing)
        assumed = self.draw.assumed if self.draw and power else ("no_power",)
        return self._answered("own", quote, wear + idle, busy, assumed)

    def _stale_to_own(self, machine: Machine) -> Quote | None:
        whole = [quote for quote in self.market.to_own(machine, self.region) if quote.covers != "card"]
        return max(whole, key=lambda quote: quote.date, default=None)

    @property
    def _nothing(self) -> Money:
        return Money(0.0, self.currency)

    def _power(self) -> tuple[Money, Money] | None:
        """Electricity of a month: idle all day long, and what one second of answering a day adds."""
        if self.draw is None or self.electricity is None:
            return None
        joule = self.electricity / 3.6e6
        return joule * (self.draw.idle * DAY * DAYS), joule * ((self.draw.loaded - self.draw.idle) * DAYS)

    @cached_property
    def rent(self) -> Cost | None:
        """Of renting it where that costs least; None where nobody lets it."""
        if self.machine is None:
            return None
        quotes = [quote for region in self.market.regions for quote in self.market.to_rent(self.machine, region)]
        quote = min(quotes, key=lambda one: (one.stale(self.market.today), self._paid(one).amount), default=None)
        if quote is None:
            return None
        return self._answered("rent", quote, self._nothing, self._paid(quote) * (DAYS / 3600))

    def _answered(self, way: Way, quote: Quote, fixed: Money, second: Money, assumed: tuple[str, ...] = ()) -> Cost:
        """Of a machine that costs so much a month, and so much more for each second of answering a day."""
        return Cost(
            way=way,
            offer=quote,
            fixed=fixed,
            token=second * self.seconds,
            tokens=self.use.tokens,
            most=DAY / self.seconds if self.seconds else None,
            stale=quote.stale(self.market.today),
            assumed=(*assumed, *self._assumed),
        )

    def _paid(self, quote: Quote) -> Money:
        return self.market.paid(quote.money, self.region)

    @cached_property
    def apis(self) -> tuple[Cost, ...]:
        """Of every API that serves the model, the cheapest at this use first, stale ones last."""
        found = [self._api(one) for one in self.market.tokens(self.model.id)]
        return tuple(sorted(found, key=lambda cost: (cost.stale, cost.month.amount)))

    def _api(self, price: ApiPrice) -> Cost:
        day = Money(price.input * self.use.read + price.output * self.use.written, price.currency) / MILLION
        return Cost(
            way="api",
            offer=price,
            fixed=self._nothing,
            token=self.market.paid(day, self.region) * (DAYS / self.use.tokens),
            tokens=self.use.tokens,
            most=None,
            stale=stale(price.date, self.market.today),
        )

    @property
    def exchanged(self) -> tuple[ExchangeRate, ...]:
        """The dated rates by which prices of other currencies were put into this one."""
        others = {
            cost.offer.currency if isinstance(cost.offer, ApiPrice) else cost.offer.money.currency for cost in self.ways
        }
        between = self.market.exchange.between
        return tuple(between(other, self.currency) for other in sorted(others - {self.currency}))

    @property
    def ways(self) -> Iterator[Cost]:
        """Owning, renting and the cheapest API, where each is offered."""
        yield from (cost for cost in (self.own, self.rent, *self.apis[:1]) if cost is not None)

    def break_even(self, way: Way) -> float | None:
        """Tokens a day from which owning is cheaper than another way; None where it never is."""
        other = next((cost for cost in self.ways if cost.way == way), None)
        return break_even(self.own, other) if self.own and other else None

    @property
    def tokens_per_joule(self) -> float | None:
        """New tokens for each joule under load; None where nobody states watts."""
        return self.written_rate / self.draw.loaded if self.draw else None

    @property
    def decode_per_thousand(self) -> float | None:
        """New tokens/s for each 1,000 of the region's currency that the machine costs; None without a price."""
        return self._per_thousand(self.written_rate) if self.machine else None

    @property
    def memory_per_thousand(self) -> float | None:
        """GiB of its devices for each 1,000 of the region's currency that the machine costs; None without a price."""
        return self._per_thousand(self.machine.capacity / GIB) if self.machine else None

    def _per_thousand(self, quantity: float) -> float | None:
        if self.own is None or isinstance(self.own.offer, ApiPrice):
            return None
        return quantity / self._paid(self.own.offer).amount * THOUSAND

    def explain(self) -> tuple[Step, ...]:
        """The steps of the plan, where there is one, and what a month of each way is made of."""
        found = Part("cost")
        for cost in self.ways:
            where = f"{cost.way} {cost.name}"
            fixed = self._fixed(found, cost, where)
            each = named("per_token", cost.token.amount, self.currency, "plan", _sources(cost))
            found.take("month", fixed + each * named("tokens", cost.tokens, "tokens"), self.currency, where)
        return (*(self.plan.explain() if self.plan else ()), *found.steps)

    def _fixed(self, part: Part, cost: Cost, where: str) -> Term:
        """What a month costs whatever the use: of owning, a share of the price and the electricity of waiting."""
        if cost.way != "own" or not isinstance(cost.offer, Quote):
            return named("fixed", cost.fixed.amount, self.currency, "plan")
        price = named("price_paid", self._paid(cost.offer).amount, self.currency, "fact", _sources(cost))
        lost = named("share_lost", 1 - self.use.resale, "", "plan")
        wear = price * lost / named("months", self.use.years * 12, "", "plan")
        waiting = named("idle_electricity", cost.fixed.amount - wear.value, self.currency, "plan")
        return part.take("fixed", wear + waiting, self.currency, where)

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        today = self.market.today
        return {
            "currency": self.currency,
            "region": self.region,
            "use": {
                "read": self.use.read,
                "written": self.use.written,
                "years": self.use.years,
                "resale": self.use.resale,
                "electricity": self.electricity.amount if self.electricity else None,
                "exchange": {rate.base: [rate.rate, rate.currency, rate.date.isoformat()] for rate in self.exchanged},
                "seconds": self.seconds * self.use.tokens if self.machine else None,
            },
            "costs": [cost.as_dict(today) for cost in self.ways],
            "break_even": {way: self.break_even(way) for way in ("rent", "api")},
            "power": {"idle": self.draw.idle, "loaded": self.draw.loaded} if self.draw else None,
            "tokens_per_joule": self.tokens_per_joule,
            "decode_per_thousand": self.decode_per_thousand,
            "memory_per_thousand": self.memory_per_thousand,
        }


def _sources(cost: Cost) -> tuple[str, ...]:
    return addresses(cost.offer.sources)


def _api_dict(price: ApiPrice) -> dict[str, object]:
    return {
        "input": price.input,
        "output": price.output,
        "cached": price.cached,
        "currency": price.currency,
        "region": price.region,
        "date": price.date.isoformat(),
        "kind": "api",
        "covers": "million_tokens",
        "source": price.sources[0].url,
    }
