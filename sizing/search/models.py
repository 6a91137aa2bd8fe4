"""What runs here, best first? Models on a machine by score and by how long one waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sizing.catalog import Catalog
from sizing.engine import searching as engine
from sizing.facts.machine import Machine
from sizing.kept import Same
from sizing.search.answer import Answer
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import answer_of


def fit(catalog: Catalog, machine: Machine, question: Question = CHAT, *, beaten: bool = False) -> list[Answer]:
    """The models that answer a question on a machine, best first; with ``beaten`` those too that another one beats.

    First those with a score in one edition of one test: of each, its best within the wait, and of these the ones that
    no faster one equals. Where none has a score, the ones with the most parameters come first; with ``beaten`` they
    follow. Raises SizingError for an unknown test.
    """
    key = "fit", catalog.ranked, Same(machine), question, beaten
    return list(catalog.planner.kept.get(key, lambda: _fit(catalog, machine, question, beaten)))


def _fit(catalog: Catalog, machine: Machine, question: Question, beaten: bool) -> list[Answer]:
    models = catalog.models
    found = engine.fit(
        question,
        [name for name, model in models.items() if question.takes(model)],
        lambda name: serving(models[name], machine, question),
        catalog.benchmarks,
        catalog.scores(),
        lambda name: models[name].name,
        lambda name: _size(catalog, name),
        beaten,
    )
    return [answer_of(one, question) for one in found]


NEAR: Final = 2 / 3  # of the best score; nobody gives up more for an answer that comes sooner


def near_the_best(answers: Sequence[Answer]) -> list[Answer]:
    """Those whose score is near the best of them; all where none has a score."""
    best = max((one.score.value for one in answers if one.score), default=0.0)
    return [one for one in answers if not best or (one.score and one.score.value >= NEAR * best)]


def _size(catalog: Catalog, name: str) -> int:
    counted = catalog.models[name].parameters
    return counted.total if counted else 0
