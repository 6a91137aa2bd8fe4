"""What runs here, best first? Models on a machine by score and by how long one waits for an answer."""

from __future__ import annotations

from dataclasses import replace

from sizing.catalog import Catalog
from sizing.engine import searching as engine
from sizing.engine.listing import Released
from sizing.engine.scoring import subject_of
from sizing.facts.machine import Machine
from sizing.facts.units import known
from sizing.kept import Same
from sizing.model import Model
from sizing.search.answer import Answer
from sizing.search.estimating import estimates
from sizing.search.formats import serving
from sizing.search.question import CHAT, Question
from sizing.search.scoring import answer_of


def fit(catalog: Catalog, machine: Machine, question: Question = CHAT, *, beaten: bool = False) -> list[Answer]:
    """The models that answer a question on a machine, best first; with ``beaten`` those too that are not listed.

    First those with a score in one edition of one test: of each, its best within the wait, and of these the ones near
    the best that no faster one equals; then the best of other makers, and the newest that came after the test. An
    answer's ``kind`` says which it is. Before them stand those without a score that are expected to do better by their
    size and day (``estimating``); where none has a score, those that are expected to score most; with ``beaten`` they
    follow. Raises SizingError for an unknown test.
    """
    key = "fit", catalog.ranked, Same(machine), question, beaten
    return list(catalog.planner.kept.get(key, lambda: _fit(catalog, machine, question, beaten)))


def _fit(catalog: Catalog, machine: Machine, question: Question, beaten: bool) -> list[Answer]:
    models = catalog.models
    expected = estimates(catalog).get(subject_of(question, catalog.benchmarks))
    found = engine.fit(
        question,
        [name for name, model in models.items() if question.takes(model)],
        lambda name, rate: serving(models[name], machine, replace(question, min_decode=rate)),
        catalog.benchmarks,
        catalog.scores(),
        lambda name: models[name].name,
        lambda name: released(models[name]),
        lambda name, test: None if expected is None else expected.told(name, test),
        0.0 if expected is None else expected.within,
        beaten,
    )
    return [answer_of(one, question, expected) for one in found]


def released(model: Model) -> Released:
    """Whose a model is, since when, and how large."""
    counted = model.parameters
    return Released(model.vendor, str(known(model.released) or ""), counted.total if counted else 0)
