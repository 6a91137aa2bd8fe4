"""Which models stand for all? Of each size those that score best, so that a table of a few says what many would."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from sizing.catalog import Catalog, planner_of
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.kept import Same
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.search.estimating import estimates
from sizing.search.question import CHAT
from sizing.search.scoring import test_of

SMALLEST = 1e9  # parameters: few ask for less
CONTEXT = 8192  # tokens, at which tables compare

Merit = tuple[bool, float, int]  # whether it has a score; that, or what it is expected to score; parameters


def typical(catalog: Catalog, each: int = 2) -> tuple[Model, ...]:
    """Of the open models of each size that answer, at most ``each``: the best scored in the test of most of them, those
    expected to score most where none has a score. A size lies between one power of two of parameters and the next; the
    smallest first.
    """
    sizes: dict[int, list[Model]] = defaultdict(list)
    for model in catalog.models.values():
        counts = model.parameters
        if model.answers and counts is not None and counts.total >= SMALLEST:
            sizes[math.floor(math.log2(counts.total))].append(model)
    told = merits(catalog)
    chosen = [model for size in sorted(sizes) for model in _best(sizes[size], told)[:each]]
    return tuple(sorted(chosen, key=_total))


def merits(catalog: Catalog) -> Mapping[str, Merit]:
    """By what each open model that answers is put in order where no machine is asked about."""
    key = "merits", catalog.ranked
    return catalog.planner.kept.get(key, lambda: MappingProxyType(_merits(catalog)))


def _merits(catalog: Catalog) -> dict[str, Merit]:
    scores, guessed = _scores(catalog), estimates(catalog).get(CHAT.needs.subject)
    found: dict[str, Merit] = {}
    for model in catalog.models.values():
        if model.answers:
            expected = guessed.by_model.get(model.id, 0.0) if guessed else 0.0
            found[model.id] = (model.id in scores, scores.get(model.id, expected), _total(model))
    return found


def _best(models: list[Model], told: Mapping[str, Merit]) -> list[Model]:
    """The best first; what has no score only where none has one."""
    scored = [model for model in models if told[model.id][0]]
    return sorted(scored or models, key=lambda one: told[one.id], reverse=True)


def usual(model: Model, machine: Machine) -> Plan | None:
    """The plan that tables of machines show: at a usual context, in the format that serves best there; None where no
    runtime reads one."""
    key = "usual", Same(model), Same(machine)
    return planner_of(model).kept.get(key, lambda: _usual(model, machine))


def _usual(model: Model, machine: Machine) -> Plan | None:
    try:
        return plan(model, machine, context=CONTEXT)
    except SizingError:
        return None


def _scores(catalog: Catalog) -> dict[str, float]:
    """The best score of each open model in the test of most of them."""
    test = test_of(catalog, CHAT, {model.id for model in catalog.models.values() if model.answers})
    best: dict[str, float] = {}
    for one in catalog.scores():
        if test is not None and one.benchmark == test.id:
            best[one.model] = max(best.get(one.model, 0.0), one.value)
    return best


def _total(model: Model) -> int:
    return model.parameters.total if model.parameters else 0
