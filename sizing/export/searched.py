"""What does a search need? Models in the formats that they are published in, tests with their scores, and prices.

    {"models": {id: {"name", "released", "license", "senses", "languages", "tools", "bulk": [of ``Bulk``],
                     "like": {file: format}, "numbers": a model as ``sizing.export.data`` has it}},
     "tests": {id: [of ``EditionRow``]}, "scores": [[of ``ScoreRow``], …], "standing": {machine: [place, amount]},
     "estimates": {model: {subject: score}}, "leading": {subject: [test, how far off]}}

What models are in another format is told by format, for all of them at once: ``{id: their "weights" in it}``.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from sizing.catalog import Catalog
from sizing.engine.exported import sized_key
from sizing.facts.scores import Score
from sizing.model import Model
from sizing.search.bounds import bulk
from sizing.search.estimating import estimates
from sizing.search.extremes import standing
from sizing.search.models import released
from sizing.search.question import kind

Data = dict[str, Any]


def searched(catalog: Catalog) -> Data:
    """What a search looks at, its models aside."""
    market = catalog.market
    return {
        "tests": {
            one.id: [one.name, one.edition, one.subject, one.by, one.day.isoformat(), one.tie, one.chance, one.rating]
            for one in catalog.benchmarks.values()
        },
        "scores": [_score(one) for one in catalog.scores()],
        "estimates": _estimates(catalog),
        "leading": {subject: [one.test.id, one.within] for subject, one in estimates(catalog).items()},
        "standing": {m.id: standing(market, market.lowest(m)) for m in catalog.machines.values()},
    }


def _estimates(catalog: Catalog) -> dict[str, dict[str, float]]:
    """What each model is expected to score, by subject."""
    found: dict[str, dict[str, float]] = {}
    for subject, one in estimates(catalog).items():
        for name, value in one.by_model.items():
            found.setdefault(name, {})[subject] = value
    return found


def searched_model(catalog: Catalog, model: Model, whole: Data) -> Data:
    """What a search looks at of a model that is exported ``whole``."""
    published = [*whole["first"], *whole["published"]]
    keys = [sized_key(name, gguf) for name in published for gguf in (False, True)]
    own = kind(model)
    return {
        "name": model.name,
        "released": astuple(released(model)),
        "license": own.license,
        "senses": own.senses,
        "languages": own.languages,
        "tools": own.tools,
        "bulk": astuple(bulk(model, catalog.formats)),
        "like": {name: file.like for name, file in model.files.items()},
        "numbers": {**whole, "weights": {key: whole["weights"][key] for key in keys if key in whole["weights"]}},
    }


def _score(one: Score) -> list[Any]:
    return [one.benchmark, one.model, one.mode, one.value, one.spread, one.tokens, one.checkpoint, one.source_url]


def in_format(whole: Data, name: str) -> Data:
    """What a model weighs in a format; nothing where it is not exported in it."""
    weights = whole.get("weights", {})
    return {key: weights[key] for key in (sized_key(name, False), sized_key(name, True)) if key in weights}
