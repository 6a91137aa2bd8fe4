"""What is a step of the arithmetic? What was computed, by which formula from which numbers, and where these stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sizing.explain.terms import Input, Term, named

WHOLE: Final = ("bytes", "parameters")  # units of what is counted


@dataclass(frozen=True)
class Step:
    """One step. ``formula`` is Python's arithmetic over the names of ``inputs``; a step without one is looked up."""

    part: str  # of the explanation: model, weights, cache, memory, decode_empty, decode, prefill, first_token, price
    what: str
    where: str  # the place that it is told of; empty for all
    formula: str
    value: float | str | None
    unit: str
    inputs: Mapping[str, Input] = field(default_factory=dict)
    sources: tuple[str, ...] = ()  # addresses
    note: str = ""  # a word of why, such as what a capacity stands on

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "part": self.part,
            "what": self.what,
            "where": self.where or None,
            "formula": self.formula,
            "value": self.value,
            "unit": self.unit,
            "inputs": {name: {"value": x.value, "unit": x.unit, "by": x.by} for name, x in self.inputs.items()},
            "sources": list(self.sources),
            "note": self.note or None,
        }


@dataclass
class Part:
    """The steps of one part of an explanation, as they are taken."""

    name: str
    steps: list[Step] = field(default_factory=list)

    def take(
        self, what: str, term: Term, unit: str, where: str = "", sources: Iterable[str] = (), note: str = ""
    ) -> Term:
        """Take a step; gives what later steps call its value."""
        found = (*sources, *(source for one in term.inputs.values() for source in one.sources))
        once = tuple(dict.fromkeys(found))
        value = round(term.value) if unit in WHOLE else term.value
        self.steps.append(Step(self.name, what, where, term.formula, value, unit, term.inputs, once, note))
        return named(called_at(what, where), value, unit, "step")

    def look_up(
        self, what: str, value: float | str | None, unit: str, where: str = "", sources: Iterable[str] = (),
        note: str = "",
    ) -> Term:  # fmt: skip
        """Take a step that is no arithmetic: what the plan laid out, or what was read."""
        self.steps.append(Step(self.name, what, where, "", value, unit, {}, tuple(sources), note))
        return named(called_at(what, where), value if isinstance(value, int | float) else 0.0, unit, "step")


def called_at(what: str, where: str) -> str:
    """How formulas call a step's value: ``held_rtx_4090_0``."""
    return re.sub(r"\W+", "_", f"{what}_{where}" if where else what)
