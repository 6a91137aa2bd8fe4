"""How is a plan worked out? The steps of its explanation as a table, each with its formula and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sizing.explain import Step
from sizing.plan import plan

from .labels import names, steps, units
from .markdown import Markdown, cite, strong, table
from .site import Site

CITED = 2  # sources that are shown of a step


def explained(site: Site, model: str, machine: str, format: str, context: int = 8192, parts: Sequence[str] = ()) -> str:
    """A plan step by step: all of it, or some parts."""
    asked, where = site.catalog.model(model), site.catalog.machine(machine)
    found, rows, part = plan(asked, where, format=format, context=context), [], ""
    named = partial(_place, site, [place.name for place in found.places])
    for step in found.explain():
        if parts and step.part not in parts:
            continue
        if step.part != part:
            part = step.part
            rows.append([strong(steps.PARTS[part]), "", "", ""])
        what, value, how, note = steps.row(step, named)
        rows.append([what, value, units.clauses([how, note]), _sources(step)])
    return table(steps.STEPS, rows)


def _place(site: Site, places: Sequence[str], where: str) -> str:
    """A place of a plan as people call it; a device as such where no place is of that name."""
    name, _, _ = where.partition("#")
    device = site.catalog.devices.get(name)
    called = names.called(device.name) if device else name
    alike = [one for one in places if one.partition("#")[0] == name]
    return steps.NUMBERED.format(called, alike.index(where) + 1) if where in alike and len(alike) > 1 else called


def _sources(step: Step) -> Markdown:
    return Markdown(" ").join(cite(f"[{i}]", url) for i, url in enumerate(step.sources[:CITED], start=1))
