"""Has a model as many parameters as its entry states? Its shape decides, and whoever has a shape states them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.anatomy.dialect import WordError, shape_of
from sizing.anatomy.tensors import parameters
from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.models import ModelEntry

UNSTATED: Final = "give the published count; where nobody publishes one, this, and say so in a comment"


def _look(seen: Seen) -> Iterator[Finding]:
    for model, placed in seen.entries(ModelEntry, templates=True):
        if not isinstance(model.architecture, Architecture):
            continue
        try:
            count = parameters(shape_of(model.architecture)).total
        except WordError:
            continue  # which is told by itself
        stated = model.stated_parameters
        if count != stated:
            known = isinstance(stated, int)
            yield at(
                placed,
                ("parameters",),
                actual=f"{stated:,}" if known else str(stated),
                expected=f"its architecture's {count:,}",
                tip="correct the one that is wrong" if known else UNSTATED,
            )


RULE: Final = Rule("parameters", "error", _look)
