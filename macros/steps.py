"""How is a plan worked out? The steps of its explanation as a table, each with its formula and its sources."""

from __future__ import annotations

from collections.abc import Sequence

from sizing.explain import Step
from sizing.explain.written import written
from sizing.plan import plan

from .labels import steps
from .markdown import Markdown, cite, strong, table
from .site import Site

CITED = 2  # sources that are shown of a step


def explained(site: Site, model: str, machine: str, format: str, context: int = 8192, parts: Sequence[str] = ()) -> str:
    """A plan step by step: all of it, or some parts."""
    asked, where = site.catalog.model(model), site.catalog.machine(machine)
    rows, part = [], ""
    for step in plan(asked, where, format=format, context=context).explain():
        if parts and step.part not in parts:
            continue
        if step.part != part:
            part = step.part
            rows.append([strong(steps.PARTS[part]), "", "", ""])
        value = steps.value(step.value, step.unit)
        rows.append([steps.word(step.what, step.where), value, written(step, steps.said), _sources(step)])
    return table(steps.STEPS, rows)


def _sources(step: Step) -> Markdown:
    return Markdown(" ").join(cite(f"[{i}]", url) for i, url in enumerate(step.sources[:CITED], start=1))
