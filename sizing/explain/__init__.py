"""How was it worked out? Every step of a plan's arithmetic, with its numbers and sources.

The steps are data: a command says them in English, a page in its own language. Each formula is Python's arithmetic over
its named inputs, and gives the step's value from them; an input ``by`` a step is the value of an earlier one. All but
``facts`` is written in what also runs in a browser (``tools/javascript``).
"""

from __future__ import annotations

from sizing.explain.facts import case_of
from sizing.explain.step import Step
from sizing.explain.steps import steps
from sizing.explain.terms import Input
from sizing.plan import Plan

__all__ = ["Input", "Step", "explain"]


def explain(p: Plan) -> tuple[Step, ...]:
    """The steps of a plan, part by part."""
    return tuple(steps(case_of(p)))
