"""Pictures of a model's memory, in parts, and what a machine offers."""

from __future__ import annotations

from collections.abc import Sequence

from sizing.engine.memory import Memory
from sizing.facts.units import GIB
from sizing.plan import plan

from .labels import charts as labels
from .labels import units
from .labels.names import called
from .markdown import Markdown
from .rows import Bar, Mark, Part, stacked
from .site import Site


def memory_chart(site: Site, model: str, cases: Sequence[tuple[str, int]], limit: str | None = None) -> Markdown:
    """A model's memory in parts for some (format, context), and what a machine offers."""
    m = site.catalog.model(model)
    bars = [
        _bar(labels.bar(format, context), plan(m, None, format=format, context=context).memory)
        for format, context in cases
    ]
    machine = site.catalog.machine(limit) if limit else None
    mark = Mark(machine.capacity, labels.offered(called(machine.name), machine.capacity)) if machine else None
    return stacked(labels.title(m.name), bars, labels.PARTS, mark)


def _bar(name: str, memory: Memory) -> Bar:
    sizes = {part: getattr(memory, part) for part in labels.PARTS}
    parts = [Part(part, size, labels.part(part, size / GIB)) for part, size in sizes.items()]
    return Bar(name, parts, units.gib(memory.total))
