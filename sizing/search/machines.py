"""Which machine runs this model? Those that do, the cheapest first; within a budget, where one is named."""

from __future__ import annotations

from sizing.catalog import Catalog
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.buying import Budget, within
from sizing.search.extremes import standing, usable
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import timed


def machines(
    catalog: Catalog, model: Model, question: Question = CHAT, *, budget: Budget | None = None
) -> list[Answer]:
    """The machines on which a model answers a question, the cheapest first.

    What all of a machine costs to own by prices that are not stale comes first; then those of other prices, of rents,
    and of none, by memory. Within a budget, those that are sold for it in its region, by what they cost there.
    None of a model that does not answer.
    """
    if budget is not None:
        return [*within(catalog, model, question, budget)]
    if not model.answers:
        return []
    asked = question.of(model)
    found = [p for machine in catalog.machines.values() if (p := serving(model, machine, asked)) is not None]
    answers = [timed(p, asked) for p in found]
    return sorted(answers, key=lambda one: (standing(catalog.market, one.offer), usable(one.plan.machine), _slow(one)))


def _slow(one: Answer) -> float:
    return -one.plan.decode.value if one.plan.decode else 0.0
