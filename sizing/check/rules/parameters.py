"""Has a model as many parameters as its entry states? Its shape decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.anatomy.dialect import WordError, shape_of
from sizing.anatomy.tensors import parameters
from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.models import ModelEntry


def _look(seen: Seen) -> Iterator[Finding]:
    for model, placed in seen.entries(ModelEntry, templates=True):
        if not isinstance(model.stated_parameters, int) or not isinstance(model.architecture, Architecture):
            continue
        try:
            count = parameters(shape_of(model.architecture)).total
        except WordError:
            continue  # which is told by itself
        if count != model.stated_parameters:
            yield at(
                placed,
                ("parameters",),
                actual=f"{model.stated_parameters:,}",
                expected=f"its architecture's {count:,}",
                tip="correct the one that is wrong",
            )


RULE: Final = Rule("parameters", "error", _look)
