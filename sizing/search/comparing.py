"""How do they compare? Models, machines or formats side by side, each a plan of the same question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.model import Model
from sizing.plan import Plan
from sizing.search.answer import Answer
from sizing.search.formats import planned, serving
from sizing.search.models import fit
from sizing.search.question import CHAT, Question
from sizing.search.scoring import timed


def compare(
    catalog: Catalog,
    names: Sequence[str],
    question: Question = CHAT,
    *,
    model: Model | None = None,
    machine: Machine | None = None,
) -> list[Answer]:
    """A plan for each name: each a model, each a machine, or each a format, in this order of trying.

    Machines run ``model``, or each the best of those that it runs; formats need the ``model``, and models and formats
    may name a ``machine``. Where no format is named, a model is in that in which it serves best there, as in every
    other search; where none is as fast as is asked, in the one that is meant. Raises SizingError where the names are
    not of one kind, or what is needed is missing.
    """
    if len(names) < 2:
        raise SizingError("one thing does not compare; name two or more models, machines or formats")
    kind, found = _of_one_kind(catalog, names)
    if kind == "machine" and model is None:
        return [_best(catalog, one, question) for one in found]
    if kind == "format" and model is None:
        raise SizingError("formats compare for a model; name it with --for")
    answers = []
    for one in found:
        p = _plan(
            one if kind == "model" else model,  # type: ignore[arg-type]
            one if kind == "machine" else machine,
            question,
            one.id if kind == "format" else question.format,
        )
        answers.append(timed(p, question))
    return answers


def _plan(model: Model, machine: Machine | None, question: Question, format: str | None) -> Plan:
    """The plan that is compared. Raises SizingError where no runtime reads it there."""
    serves = None
    if format is None and machine is not None and model.answers:
        serves = serving(model, machine, question.of(model))
    return serves or planned(model, machine, question, format)


def _best(catalog: Catalog, machine: Machine, question: Question) -> Answer:
    """What a machine answers best. Raises SizingError where it answers nothing as it is asked."""
    found = fit(catalog, machine, question)
    if not found:
        raise SizingError(f"{machine.name} runs nothing as it is asked; ask for less, or name a model with --for")
    return found[0]


def alike(catalog: Catalog, names: Sequence[str]) -> bool:
    """Whether names are all models, all machines or all formats, each another one."""
    try:
        _, found = _of_one_kind(catalog, names)
    except SizingError:
        return False
    return len({one.id for one in found}) == len(names)


def _of_one_kind(catalog: Catalog, names: Sequence[str]) -> tuple[str, list[Any]]:
    """The first kind that all names are of, and what they name. Raises SizingError, with what is wrong with the first
    name that is not of the kind that most of them are of."""
    missed: dict[str, list[SizingError]] = {}
    for kind in ("model", "machine", "format"):
        found, wrong = [], missed.setdefault(kind, [])
        for name in names:
            try:
                found.append(getattr(catalog, kind)(name))
            except SizingError as error:
                wrong.append(error)
        if not wrong:
            return kind, found
    nearest = min(missed.values(), key=len)
    raise SizingError(f"{', '.join(names)} are not all models, all machines or all formats ({nearest[0]})")
