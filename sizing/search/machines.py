"""Which machine runs this model? Those that do, the cheapest first."""

from __future__ import annotations

from dataclasses import replace

from sizing.catalog import Catalog
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.extremes import cost, usable
from sizing.search.formats import serving
from sizing.search.models import seconds
from sizing.search.question import CHAT, Question


def machines(catalog: Catalog, model: Model, question: Question = CHAT) -> list[Answer]:
    """The machines on which a model answers a question: the cheapest first, those of no price last, by memory."""
    asked = replace(question, context=question.context or _within(model, question))
    found = [p for machine in catalog.machines.values() if (p := serving(model, machine, asked)) is not None]
    ordered = sorted(
        found, key=lambda p: (cost(p) or float("inf"), usable(p.machine), -(p.decode.value if p.decode else 0))
    )
    return [Answer(p, seconds(p, asked, 0)) for p in ordered]


def _within(model: Model, question: Question) -> int:
    """The use's context, or the model's limit where that is shorter."""
    wanted = question.needs.context
    return min(wanted, model.context) if isinstance(model.context, int) else wanted
