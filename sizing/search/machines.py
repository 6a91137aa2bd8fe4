"""Which machine runs this model? Those that do, the cheapest first."""

from __future__ import annotations

from dataclasses import replace

from sizing.catalog import Catalog
from sizing.engine import searching as engine
from sizing.facts.units import known
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.extremes import standing
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import Found, answer_of


def machines(catalog: Catalog, model: Model, question: Question = CHAT) -> list[Answer]:
    """The machines on which a model answers a question, the cheapest first.

    What all of a machine costs to own by prices that are not stale comes first; then those of other prices, of rents,
    and of none, by memory.
    """
    asked = replace(question, context=within(model, question))
    market, machines = catalog.market, catalog.machines
    found: list[tuple[str, Found]] = engine.machines(
        asked,
        list(machines),
        lambda name: serving(model, machines[name], asked),
        lambda name: standing(market, market.lowest(machines[name])),
        lambda name: machines[name].capacity,
    )
    return [answer_of(one, asked) for _, one in found]


def within(model: Model, question: Question) -> int:
    """The context that was asked for, else the use's, or the model's limit where that is shorter."""
    return engine.context_within(question, known(model.context))
