"""Which machines of each kind hold a model whole at least cost? A short answer to who runs it, for every purse."""

from __future__ import annotations

from dataclasses import replace

from sizing.catalog import Catalog
from sizing.facts.machine import Machine
from sizing.kept import Same
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.extremes import standing, usable
from sizing.search.formats import choices, serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import seconds


def by_kind(catalog: Catalog, model: Model, question: Question = CHAT, most: int = 3) -> dict[str, list[Answer]]:
    """Of the laptops, desktops and so on that answer a question with room on their devices, the ``most`` that cost
    least, by the same order as ``machines``; kinds in the catalog's order, those that have none left out. A
    model that does not answer has none."""
    if not model.answers:
        return {}
    asked = replace(question.of(model), offload=False)
    formats = choices(model, asked)
    found: dict[str, list[Answer]] = {}
    for machine in _cheapest_first(catalog):
        answers = found.setdefault(machine.kind, [])
        if len(answers) < most and (p := serving(model, machine, asked, formats)) is not None and p.fits:
            answers.append(Answer(p, seconds(p, asked, 0)))
    kinds = dict.fromkeys(machine.kind for machine in catalog.machines.values())
    return {kind: found[kind] for kind in kinds if found[kind]}


def _cheapest_first(catalog: Catalog) -> list[Machine]:
    """The catalog's machines; of those that nobody states a price of, the smallest first."""
    market = catalog.market

    def order(one: Machine) -> tuple[tuple[int, float], int]:
        return standing(market, market.lowest(one)), usable(one)

    key = "cheapest first", Same(market), Same(catalog.machines)
    return catalog.planner.kept.get(key, lambda: sorted(catalog.machines.values(), key=order))
