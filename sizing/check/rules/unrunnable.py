"""Is there an entry that nothing can run? A model that no machine here holds, a device that no program reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.errors import SizingError
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.entries.models import ModelEntry
from sizing.plan import plan

_CONTEXT: Final = 512  # tokens, of which every model holds so many


def _look(seen: Seen) -> Iterator[Finding]:
    served = {backend for runtime in seen.facts.runtimes.values() for backend in runtime.backends}
    for device, placed in seen.entries(Device):
        if not served.intersection(device.backends):
            yield at(
                placed,
                ("backends",),
                actual=f"no runtime serves {', '.join(device.backends)}",
                expected=f"one of {', '.join(sorted(served))}",
                tip="add the runtime that does, or leave the device out of answers until there is one",
            )
    for fmt, placed in seen.entries(Format):
        if not fmt.runtimes:
            yield at(
                placed,
                ("runtimes",),
                actual="no runtime reads it",
                expected="one that does",
                tip="name one, or leave it out",
            )
    yield from _models(seen)


def _models(seen: Seen) -> Iterator[Finding]:
    """Each open model that the largest machine of the catalog does not hold in any format."""
    if seen.catalog is None:
        return
    catalog = seen.catalog
    largest = sorted(catalog.machines.values(), key=lambda one: sum(place.capacity for place in one.places))[-3:]
    for entry, placed in seen.entries(ModelEntry):
        model = catalog.models[entry.id]
        if not model.open:
            continue
        why = ""
        for machine in reversed(largest):
            try:
                if plan(model, machine, context=_CONTEXT).fits:
                    break
            except SizingError as error:
                why = str(error)
        else:
            yield at(
                placed,
                (),
                actual=why or f"does not fit {', '.join(one.id for one in largest)}, the largest machines",
                expected="a runtime and a machine that run it",
                tip="check its architecture, or add the machine",
            )


RULE: Final = Rule("unrunnable", "warning", _look)
