"""What does a search need? Models in the formats that they are published in, tests with their scores, and prices.

    {"models": {id: {"name", "license", "senses", "size": parameters, "bulk": [of ``Bulk``],
                     "like": {file: format}, "numbers": a model as ``sizing.export.data`` has it}},
     "tests": {id: [of ``EditionRow``]}, "scores": [[of ``ScoreRow``], …], "standing": {machine: [place, amount]}}

What a model is in another format is told by format, for all models at once: ``{id: {"files", "weights"}}``.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from sizing.catalog import Catalog
from sizing.engine.exported import sized_key
from sizing.facts.scores import Score
from sizing.model import Model
from sizing.search.bounds import bulk
from sizing.search.extremes import standing
from sizing.search.question import kind

Data = dict[str, Any]


def searched(catalog: Catalog, models: Data) -> Data:
    """What a search looks at, of ``models`` as they were exported whole."""
    market = catalog.market
    return {
        "models": {m.id: _searched(catalog, m, models[m.id]) for m in catalog.models.values() if m.open},
        "tests": {
            one.id: [one.name, one.edition, one.subject, one.by, one.day.isoformat(), one.tie, one.chance]
            for one in catalog.benchmarks.values()
        },
        "scores": [_score(one) for one in catalog.scores()],
        "standing": {m.id: standing(market, market.lowest(m)) for m in catalog.machines.values()},
    }


def _searched(catalog: Catalog, model: Model, whole: Data) -> Data:
    published = [*whole["first"], *whole["published"]]
    keys = [sized_key(name, gguf) for name in published for gguf in (False, True)]
    counted, own = model.parameters, kind(model)
    return {
        "name": model.name,
        "license": own.license,
        "senses": own.senses,
        "size": counted.total if counted else 0,
        "bulk": astuple(bulk(model, catalog.formats)),
        "like": {name: file.like for name, file in model.files.items()},
        "numbers": {**whole, "weights": {key: whole["weights"][key] for key in keys if key in whole["weights"]}},
    }


def _score(one: Score) -> list[Any]:
    return [one.benchmark, one.model, one.mode, one.value, one.spread, one.tokens, one.checkpoint, one.source_url]


def in_format(models: Data, name: str) -> Data:
    """What models weigh in a format, by id."""
    found: Data = {}
    for id_, whole in models.items():
        keys = [key for key in (sized_key(name, False), sized_key(name, True)) if key in whole.get("weights", {})]
        if keys:
            found[id_] = {key: whole["weights"][key] for key in keys}
    return found
