"""What is a rule? A question asked of all that a catalog states; a finding says what is there and what would be right.

A rule looks at what the schema cannot: at one figure beside another, one entry beside others. An ``error`` cannot be
true; a ``warning`` can, and is worth a look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar

from sizing.catalog import Catalog
from sizing.errors import Problem
from sizing.facts import days
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Tariff
from sizing.facts.index import Facts
from sizing.facts.loading import Gathered
from sizing.facts.reader import Placed
from sizing.facts.yaml import Key

Severity = Literal["error", "warning"]
Priced = Offer | ApiPrice | Tariff | ExchangeRate
E = TypeVar("E")


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found: where, what is there, what was expected, and what to do."""

    file: str
    line: int
    key: str
    actual: str
    expected: str
    tip: str

    @property
    def problem(self) -> Problem:
        """In one line, as every other mistake is told."""
        return Problem(self.file, self.line, self.key, f"{self.actual}; expected {self.expected}; {self.tip}")


@dataclass(frozen=True)
class Seen:
    """What a rule sees: the entries that hold, each with its place, and the catalog that they make, if they do."""

    root: Path
    found: Gathered
    catalog: Catalog | None  # None where a mistake keeps the files from being one

    @property
    def facts(self) -> Facts:
        """Every entry that holds, by id."""
        return self.found.facts

    @cached_property
    def today(self) -> dt.date:
        """The day by which prices are old."""
        return days.today()

    def entries(self, kind: type[E], *, templates: bool = False) -> Iterator[tuple[E, Placed]]:
        """Each entry of a kind with where it stands; ``templates`` too, which state nothing, or not."""
        placed = self.found.placed if templates else self.found.reader.placed
        return ((one.entry, one) for one in placed if isinstance(one.entry, kind))

    def priced(self) -> Iterator[tuple[Priced, Placed]]:
        """Everything that held on a day, with where it stands."""
        return chain(self.entries(Offer), self.entries(ApiPrice), self.entries(Tariff), self.entries(ExchangeRate))


@dataclass(frozen=True)
class Rule:
    """A question, by the name of its module."""

    name: str
    severity: Severity
    look: Callable[[Seen], Iterable[Finding]]


def at(placed: Placed, key: Key, *, actual: str, expected: str, tip: str) -> Finding:
    """What was found at a key of an entry."""
    file, (line, told) = placed.document.file, placed.document.told(*placed.places(key))
    return Finding(file, line, told, actual, expected, tip)
