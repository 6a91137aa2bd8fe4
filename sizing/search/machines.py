"""Which machine runs this model? Those that do, the cheapest first; within a budget, where one is named."""

from __future__ import annotations

from sizing.catalog import Catalog
from sizing.engine import searching as engine
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.buying import Budget, within
from sizing.search.extremes import standing, usable
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import Found, answer_of


def machines(
    catalog: Catalog, model: Model, question: Question = CHAT, *, budget: Budget | None = None
) -> list[Answer]:
    """The machines on which a model answers a question, the cheapest first.

    What all of a machine costs to own by prices that are not stale comes first; then those of other prices, of rents,
    and of none, by memory. An answer's ``kind`` says whether another one beats it, which costs no more and is as soon.
    Within a budget, those that are sold for it in its region, by what they cost there. None of a model that does not
    answer.
    """
    if budget is not None:
        return [*within(catalog, model, question, budget)]
    if not model.answers:
        return []
    asked, sold, market = question.of(model), catalog.machines, catalog.market
    found: list[tuple[str, Found]] = engine.machines(
        asked,
        list(sold),
        lambda name: serving(model, sold[name], asked),
        lambda name: standing(market, market.lowest(sold[name])),
        lambda name: usable(sold[name]),
    )
    return [answer_of(one, asked) for _, one in found]
