"""What may a YAML file of the catalog hold? Members of one kind under a key, and what stands beside them.

``reader`` reads files by this, ``schema`` tells editors the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sizing.facts.entries.entry import Entry


@dataclass(frozen=True)
class One:
    """A single entry."""

    kind: type[Entry]
    needed: bool = False


@dataclass(frozen=True)
class Many:
    """A list of entries; each also takes what the file states for its members under ``shares``."""

    kind: type[Entry]
    shares: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """Entries whose names are words, no ids of the catalog."""

    kind: type[Entry]


@dataclass(frozen=True)
class Listed:
    """Names of which nothing more is said."""

    about: str


@dataclass(frozen=True)
class Sets:
    """For each axis, names for lists of ids; a list may name an earlier one."""

    axes: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """The id of one of the file's members."""

    about: str


Beside = One | Many | Named | Listed | Sets | Chosen


@dataclass(frozen=True)
class Sheet:
    """One kind of YAML file."""

    names: str  # the key of its members, whose ids are names of this kind
    kind: type[Entry]
    common: bool = False  # whether it states once what its members share
    beside: Mapping[str, Beside] = field(default_factory=dict)

    @property
    def gives(self) -> tuple[str, ...]:
        """The kinds of names that it gives."""
        return (self.names, *(key for key, one in self.beside.items() if isinstance(one, Named | Listed)))
