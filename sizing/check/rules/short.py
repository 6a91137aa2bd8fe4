"""Is a name in short the name's own? Its words are some of the name's, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.facts.entries.devices import Device


def _look(seen: Seen) -> Iterator[Finding]:
    for device, placed in seen.entries(Device):
        short = device.short_name
        if short is not None and not _within(short, device.name):
            expected = f"words of {device.name}, in their order"
            yield at(placed, ("short_name",), actual=short, expected=expected, tip="correct the one that is wrong")


def _within(short: str, name: str) -> bool:
    words = iter(name.replace("(", " ").replace(")", " ").split())
    return all(word in words for word in short.split())


RULE = Rule("short", "error", _look)
