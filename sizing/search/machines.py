"""Which machine runs this model? Those that do, the cheapest first."""

from __future__ import annotations

from dataclasses import replace

from sizing.catalog import Catalog
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.extremes import standing, usable
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import seconds


def machines(catalog: Catalog, model: Model, question: Question = CHAT) -> list[Answer]:
    """The machines on which a model answers a question, the cheapest first.

    What all of a machine costs to own by prices that are not stale comes first; then those of other prices, of rents,
    and of none, by memory.
    """
    asked = replace(question, context=question.context or _within(model, question))
    found = [p for machine in catalog.machines.values() if (p := serving(model, machine, asked)) is not None]
    answers = [Answer(p, seconds(p, asked, 0)) for p in found]
    return sorted(answers, key=lambda one: (standing(catalog.market, one.offer), usable(one.plan.machine), _slow(one)))


def _slow(one: Answer) -> float:
    return -one.plan.decode.value if one.plan.decode else 0.0


def _within(model: Model, question: Question) -> int:
    """The use's context, or the model's limit where that is shorter."""
    wanted = question.needs.context
    return min(wanted, model.context) if isinstance(model.context, int) else wanted
