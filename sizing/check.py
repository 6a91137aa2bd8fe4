"""Does the catalog hold? Every file of it read, tables too, and what entries state beside what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sizing.anatomy.dialect import WordError, known_types, shape_of
from sizing.anatomy.shaped import misshapen
from sizing.anatomy.tensors import parameters
from sizing.catalog import Catalog, folder_of
from sizing.errors import CatalogError, Problem
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.models import ModelEntry
from sizing.facts.loading import check_tables, gathered
from sizing.facts.reader import Placed


def check(path: str | Path | None = None) -> Catalog:
    """The catalog at ``path``, as ``Catalog.load`` finds it. Raises CatalogError with every problem of every file."""
    root = folder_of(path)
    found = gathered(root, known_types())
    problems = [
        *found.problems,
        *found.idle(),
        *misshapen(found.placed),
        *_miscounted(found.placed),
        *check_tables(root, found),
    ]
    if problems:
        raise CatalogError(list(dict.fromkeys(problems)))
    return Catalog.of(found.facts, root)


def _miscounted(placed: list[Placed]) -> Iterator[Problem]:
    """Each model whose stated number of parameters is not its shape's."""
    for one in placed:
        model = one.entry
        if not isinstance(model, ModelEntry) or not isinstance(model.stated_parameters, int):
            continue
        if not isinstance(model.architecture, Architecture):
            continue
        try:
            count = parameters(shape_of(model.architecture)).total
        except WordError:
            continue  # which is told by itself
        if count != model.stated_parameters:
            what = f"{model.stated_parameters:,}, and its architecture has {count:,}; correct the one that is wrong"
            yield one.problem(("parameters",), what)
