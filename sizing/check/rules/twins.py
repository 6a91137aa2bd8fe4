"""Are two entries one thing? Of the same name but for case and signs, or the same in all that is measured or asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.entries.devices import Device
from sizing.facts.entries.entry import Entry
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.entries.runtimes import Runtime


def _look(seen: Seen) -> Iterator[Finding]:
    for kind in (ModelEntry, Device, MachineEntry, Host, Format, Runtime, Part, Tariff):
        yield from _alike(seen, kind, lambda one: _plain(one.name), "is called", "rename one")
    yield from _alike(seen, Offer, _of_offer, "is an offer of", "correct what differs")
    yield from _alike(
        seen, ApiPrice, lambda one: (one.model, _plain(one.seller), one.region, one.date, one.currency),
        "is a price of", "correct what differs",
    )  # fmt: skip
    yield from _alike(
        seen, ExchangeRate, lambda one: (one.base, one.currency, one.date, _plain(one.seller)),
        "is a rate of", "correct what differs",
    )  # fmt: skip


def _of_offer(one: Offer) -> Hashable:
    return one.axis, one.of, one.kind, one.covers, one.currency, one.region, one.date, _plain(one.seller)


def _plain(name: str) -> str:
    """A name without what two people write differently."""
    return re.sub(r"[\W_]+", "", name.lower().replace("+", "plus"))


def _alike(seen: Seen, kind: type[Entry], by: Callable[[Any], Hashable], says: str, tip: str) -> Iterator[Finding]:
    """Each entry that is by ``by`` what an earlier one is."""
    first: dict[Hashable, str] = {}
    for entry, placed in seen.entries(kind):
        own = str(vars(entry)["id"])
        other = first.setdefault(by(entry), own)
        if other != own:
            actual = f"{own} {says} the same as {other}"
            yield at(
                placed, (), actual=actual, expected="one entry for one thing", tip=f"keep one of the two, or {tip}"
            )


RULE: Final = Rule("twins", "error", _look)
