"""Are days in order? A price is read after it held, and nobody sells or measures what is not out yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from sizing.check.rule import Finding, Priced, Rule, Seen, at
from sizing.facts.entries.machines import MachineEntry
from sizing.facts.entries.offers import ApiPrice, Offer
from sizing.facts.index import Facts
from sizing.facts.units import known

_TIP: Final = "correct the day that is wrong"
_BEFORE: Final = ("launch", "list")  # what is asked for a thing that is announced


def _look(seen: Seen) -> Iterator[Finding]:
    for offer, placed in seen.priced():
        read = max(source.read for source in offer.sources)
        if read < offer.date:
            actual, expected = f"{offer.date}, read on {read}", "a day before it was read, or that day"
            yield at(placed, ("date",), actual=actual, expected=expected, tip=_TIP)
        if (out := _out(offer, seen.facts)) is not None and offer.date < out:
            actual, expected = f"a price of {offer.date}", f"one of {out} or later, when it was released"
            yield at(placed, ("date",), actual=actual, expected=expected, tip=_TIP)
    for machine, placed in seen.entries(MachineEntry):
        first = known(machine.released) if machine.released else None
        for installed in machine.devices:
            device = seen.facts.devices.get(installed.device)
            of = None if device is None else known(device.released)
            if first and of and first < of:
                expected = f"{of} or later, when its {installed.device} was released"
                yield at(placed, ("released",), actual=f"{first}", expected=expected, tip=_TIP)


def _out(offer: Priced, facts: Facts) -> dt.date | None:
    """The day on which what is offered was released; None where that is unknown, or it may be offered before."""
    match offer:
        case ApiPrice():
            model = facts.models.get(offer.model)
            return None if model is None else known(model.released)
        case Offer(device=str(), kind=kind) if kind not in _BEFORE:
            device = facts.devices.get(offer.of)
            return None if device is None else known(device.released)
        case Offer(machine=str(), kind=kind) if kind not in _BEFORE:
            machine = facts.machine_entries.get(offer.of)
            return None if machine is None or machine.released is None else known(machine.released)
    return None


RULE: Final = Rule("dates", "error", _look)
