"""What is worth its money? Purchases that no other one beats in quality, speed, price and power at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import floor, inf
from types import MappingProxyType
from typing import Final, Literal, get_args

from sizing.catalog import Catalog
from sizing.engine.listing import as_good, least_listed
from sizing.engine.ranking import Purchase, apart, beats, unbeaten
from sizing.errors import SizingError
from sizing.facts.entries.offers import ExchangeRate
from sizing.facts.money import Money
from sizing.facts.quotes import Quote
from sizing.model import Model
from sizing.money import Use
from sizing.search.answer import Answer
from sizing.search.buying.budget import Budget
from sizing.search.buying.considered import Candidate, considered, may_beat
from sizing.search.buying.instead import Instead, Terms, instead
from sizing.search.buying.quality import Quality
from sizing.search.buying.reasons import Gain, gain, why
from sizing.search.buying.stock import SAYS, Offered, stock
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import timed

By = Literal["quality", "speed", "price", "power"]
BY: Final[tuple[By, ...]] = get_args(By)

DAILY: Final = Use(read=750_000, written=250_000)  # what is asked in a day where nothing is said
BESIDE: Final = "USD"  # what yuan are told beside, and dollars beside them


@dataclass(frozen=True, kw_only=True)
class Bought(Answer):
    """A plan on a machine that one can buy."""

    offered: Offered
    terms: Terms = field(repr=False, compare=False)
    also: tuple[Answer, ...] = ()  # what else it serves that no purchase beats: sooner, and scoring less
    over_next: Gain | None = None  # what it does better than the next one
    beaten_by: Gain | None = None  # the least dear that does better, within the budget

    @property
    def offer(self) -> Quote | None:
        """What is paid for; None where it is what one has."""
        return self.offered.quote

    @property
    def price(self) -> Money:
        """As it is paid in the region."""
        return self.offered.price

    @property
    def beside(self) -> tuple[Money, ExchangeRate] | None:
        """The price in dollars, or yuan where it is in dollars, by a dated rate; None where nobody states one."""
        other = BESIDE if self.price.currency != BESIDE else "CNY"
        try:
            rates = self.terms.catalog.market.exchange
            return rates.put(self.price, other), rates.between(self.price.currency, other)
        except SizingError:
            return None

    @cached_property
    def instead(self) -> Instead:
        """What renting and an API cost for the same, and from which use on owning is cheaper."""
        return instead(self.terms, self.plan, self.offered)

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        draw, beside = self.offered.draw, self.beside
        return {
            **super().as_dict(),
            "says": self.offered.says,
            "price": {"amount": round(self.price.amount, 2), "currency": self.price.currency},
            "beside": {
                "amount": round(beside[0].amount, 2),
                "currency": beside[0].currency,
                "rate": beside[1].rate,
                "date": beside[1].date.isoformat(),
            }
            if beside
            else None,
            "power": {"idle": draw.idle, "loaded": draw.loaded, "assumed": list(draw.assumed)} if draw else None,
            "also": [
                {
                    "model": one.plan.model.id,
                    "format": one.plan.format.id,
                    "score": one.score.value if one.score else None,
                    "seconds": one.seconds,
                }
                for one in self.also
            ],
            "over_next": self.over_next.as_dict() if self.over_next else None,
            "beaten_by": self.beaten_by.as_dict() if self.beaten_by else None,
            "instead": self.instead.as_dict(),
        }


def buy(
    catalog: Catalog,
    budget: Budget | Money | str,
    question: Question = CHAT,
    *,
    model: Model | None = None,
    by: By = "quality",
    use: Use = DAILY,
) -> list[Bought]:
    """What to buy within a budget for a question, or for one ``model``; the best first ``by`` what is asked for.

    First what is offered today as a whole; then what no such offer beats, but whose price is too old to decide, or is
    of its cards alone. Raises SizingError for a region without offers, an unknown test, or currencies without a rate.
    """
    if by not in BY:
        raise SizingError(f"{by!r} is nothing to rank by; say one of {', '.join(BY)}")
    quality, asked = Quality.of(catalog, question, model), Budget.of(budget)
    return worth(considered(stock(catalog, asked), quality), quality, asked.region, by=by, use=use)


def worth(
    candidates: Sequence[Candidate], quality: Quality, region: str, *, by: By = "quality", use: Use = DAILY
) -> list[Bought]:
    """Those that no other one of them beats, as purchases in a region."""
    found = _near_the_best(_unbeaten(candidates, quality.tie), quality)
    machines: dict[Candidate, list[Candidate]] = {}
    for best, others in _by_machine([one for one in found if one.offered.quote is not None], quality.tie).items():
        one = _soonest(best, candidates, quality.tie)
        beaten = one is best or beats(one.figures, best.figures, quality.tie)
        machines[one] = [x for x in ([] if beaten else [best]) + others if x is not one]
    ranked = _ranked(list(machines), by, quality.tie)
    terms = Terms(quality.catalog, region, use, quality.question)
    return [
        _bought(
            terms,
            one,
            over_next=gain(one, below, meant=below, tie=quality.tie) if below else None,
            beaten_by=gain(above, one, meant=above, tie=quality.tie) if above else None,
            also=tuple(other.answer for other in machines[one]),
        )
        for one, next_ in zip(ranked, [*ranked[1:], None], strict=False)
        for below in [next_ if next_ and next_.offered.says == one.offered.says else None]
        for above in [_above(one, ranked, quality.tie)]
    ]


def within(catalog: Catalog, model: Model, question: Question, budget: Budget, use: Use = DAILY) -> list[Bought]:
    """Every machine within a budget that runs a model, beaten or not: first those whose price is of all of them today,
    the cheapest first."""
    asked = question.of(model)
    terms = Terms(catalog, budget.region, use, asked)
    found = [
        Bought(**vars(timed(p, asked)), offered=one, terms=terms)
        for one in stock(catalog, budget)
        if one.quote is not None and (p := serving(model, one.machine, asked)) is not None
    ]
    return sorted(found, key=lambda one: SAYS.index(one.offered.says))


def cheapest(
    catalog: Catalog, budget: Budget, question: Question = CHAT, *, model: Model | None = None, use: Use = DAILY
) -> Bought | None:
    """The purchase that costs least, whatever that is: by a price that decides, else by what is known; None where
    nothing is sold."""
    anything = replace(budget, most=Money(inf, budget.most.currency))
    found = buy(catalog, anything, question, model=model, by="price", use=use)
    return min(found, key=lambda one: SAYS.index(one.offered.says), default=None)


def _by_machine(found: Sequence[Candidate], tie: float) -> dict[Candidate, list[Candidate]]:
    """The best candidate of each machine, and the others of it, the best first."""
    own: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        own[one.offered.machine.id].append(one)
    return {best[0]: best[1:] for best in (_best_first(alike, tie) for alike in own.values())}


def _soonest(best: Candidate, candidates: Sequence[Candidate], tie: float) -> Candidate:
    """What says the same as the best that a machine serves, the soonest; what only just runs last."""
    top = best.figures.scored
    alike = [x for x in candidates if x.offered is best.offered and as_good(x.figures.scored, top, tie)]
    return min(alike, key=lambda x: (not x.figures.scored.firm, x.figures.scored.seconds))


def _best_first(found: Sequence[Candidate], tie: float) -> list[Candidate]:
    """By score, of those that say the same the soonest first, what only just runs after them. Whether two do is told by
    steps as wide as a tie, so that what else there is, or is too dear, changes nothing in their order."""

    def best(one: Candidate) -> tuple[float, bool, float, float]:
        mine = one.figures.scored
        return -(floor(mine.score / tie) if tie else mine.score), not mine.firm, mine.seconds, one.figures.price

    return sorted(found, key=best)


def _ranked(found: Sequence[Candidate], by: By, tie: float) -> list[Candidate]:
    """By what is asked for, the best first of equals; first what decides, then what is old, then cards alone."""
    best = sorted(_best_first(found, tie), key=lambda x: 0.0 if by == "quality" else _FIGURES[by](x.figures))
    return sorted(best, key=lambda x: SAYS.index(x.offered.says))


def _bought(
    terms: Terms, one: Candidate, *, over_next: Gain | None, beaten_by: Gain | None, also: tuple[Answer, ...]
) -> Bought:
    """The answer as a purchase, and why it stands where it does."""
    reasons = why(one, over_next, beaten_by, terms.catalog.market.today)
    return Bought(
        **{**vars(one.answer), "why": reasons},
        offered=one.offered,
        terms=terms,
        also=also,
        over_next=over_next,
        beaten_by=beaten_by,
    )


_FIGURES: Final[Mapping[str, Callable[[Purchase], float]]] = MappingProxyType({
    "speed": lambda x: x.scored.seconds,
    "price": lambda x: x.price,
    "power": lambda x: x.watts,
})  # fmt: skip


def _unbeaten(candidates: Sequence[Candidate], tie: float) -> list[Candidate]:
    """Those that no candidate beats whose price decides against theirs."""
    kept: list[Candidate] = []
    for says in SAYS:
        alike = [x for x in candidates if x.offered.says == says]
        own = [alike[i] for i in unbeaten([x.figures for x in alike], tie)]
        deciding = [x for x in kept if x.offered.says != says and may_beat(x.offered.says, says)]
        kept += [x for x in own if not any(beats(y.figures, x.figures, tie) for y in deciding)]
    return kept


def _near_the_best(found: Sequence[Candidate], quality: Quality) -> list[Candidate]:
    """Those near what no more money buys: who pays as much for an answer that scores far less, only because it comes
    sooner, has bought a machine for a toy. A dearer one decides nothing, so that more money only adds."""
    if quality.board is None:
        return list(found)
    test = quality.board.test
    kept = []
    for one in found:
        for_less = [
            x.figures.scored.score
            for x in found
            if x.offered.price <= one.offered.price and may_beat(x.offered.says, one.offered.says)
        ]
        if one.figures.scored.score >= least_listed(max(for_less), test.chance, test.rating):
            kept.append(one)
    return kept


def _above(one: Candidate, ranked: Sequence[Candidate], tie: float) -> Candidate | None:
    """The least dear of those that answer better, or as well and sooner; None where none does."""

    def better(other: Candidate) -> bool:
        more = other.figures.scored.score - one.figures.scored.score
        near = apart(other.figures.scored, one.figures.scored, tie)
        sooner = other.figures.scored.seconds < one.figures.scored.seconds
        if one.figures.scored.firm and not other.figures.scored.firm:
            return False
        return more > near or (sooner and more >= -near)

    dearer = [x for x in ranked if x.offered.says == "all" and x.offered.price > one.offered.price and better(x)]
    return min(dearer, key=lambda x: x.figures.price, default=None)
