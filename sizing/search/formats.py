"""In which format does a model serve best here? The engine says (``sizing.engine.serving``), of those published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sizing.catalog import planner_of
from sizing.engine import serving as engine
from sizing.engine.bounds import Least, least
from sizing.engine.program import Encoding
from sizing.facts.entries.formats import Format
from sizing.facts.machine import Machine
from sizing.facts.narrow import encoding
from sizing.kept import Same
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.search.bounds import bulk
from sizing.search.question import Question
from sizing.unsaid import natives, published, said


def serving(
    model: Model, machine: Machine, question: Question, found: Sequence[engine.Choice] | None = None
) -> Plan | None:
    """The plan in which a model answers a question here, in the best of the formats published; None where none does.

    ``found`` are the choices that there are, where they have been looked for already.
    """
    key = "serving", Same(model), Same(machine), question
    return planner_of(model).kept.get(key, lambda: _serving(model, machine, question, found))


def _serving(model: Model, machine: Machine, question: Question, found: Sequence[engine.Choice] | None) -> Plan | None:
    planner = planner_of(model)
    return engine.serving(
        choices(model, question) if found is None else found,
        question,
        machine.rig,
        lambda name: planner.settled_on(model, name, question.runtime, question.cache_format, machine.rig).loaded.sized,
        partial(planned, model, machine, question),
    )


def choices(model: Model, question: Question) -> Sequence[engine.Choice]:
    """The formats that come into question, the best first, whatever the machine."""
    key = "choices", Same(model), question
    return planner_of(model).kept.get(key, lambda: _choices(model, question))


def _choices(model: Model, question: Question) -> Sequence[engine.Choice]:
    formats = planner_of(model).formats
    first, others = natives(model, formats), published(model, formats)
    rules = {name: _rule(model, name, formats) for name in (*first, *others)}
    return engine.choices(question, said(model), first, others, rules.__getitem__, bulk(model, formats))


def asked_formats(model: Model, question: Question) -> list[str]:
    """The names of these."""
    return [one.name for one in choices(model, question)]


def least_in(model: Model, name: str, formats: Mapping[str, Format]) -> Least:
    """What the model takes at least in a format."""
    return least(bulk(model, formats), _rule(model, name, formats).bits)


def _rule(model: Model, name: str, formats: Mapping[str, Format]) -> Encoding:
    """The format, or the one that a published file is like."""
    return encoding(formats[model.files[name].like if name in model.files else name])


def planned(model: Model, machine: Machine | None, question: Question, format: str | None) -> Plan:
    """The plan that answers a question in a format, or in the one that is meant where none is said. Raises SizingError
    where no runtime reads it there."""
    needs = question.needs
    return plan(
        model,
        machine,
        format=format,
        context=needs.context,
        sequences=needs.sequences,
        cache_format=question.cache_format,
        runtime=question.runtime,
        vision=question.vision or None,
        in_use=question.in_use or None,
        wired_limit=question.wired_limit,
    )
