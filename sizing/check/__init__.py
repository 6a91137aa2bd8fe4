"""Does the catalog hold? Every file of it read, tables too, and every rule asked of what the files state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sizing.anatomy.dialect import known_types
from sizing.anatomy.shaped import misshapen
from sizing.catalog import Catalog, folder_of
from sizing.check.rule import Finding, Rule, Seen
from sizing.check.rules import RULES
from sizing.check.waivers import Waived, idle, waivers
from sizing.errors import CatalogError, Problem
from sizing.facts.loading import check_tables, gathered

_ERRORS: Final = tuple(rule for rule in RULES if rule.severity == "error")
_IDLE: Final = "waivers"  # the rule by whose name idle explanations are told


@dataclass(frozen=True)
class Checked:
    """What is wrong with a catalog, and the catalog where nothing is."""

    unread: tuple[Problem, ...]  # what does not keep to the schema
    broken: tuple[tuple[str, Finding], ...]  # what cannot be true, each with its rule
    warnings: tuple[tuple[str, Finding], ...]  # what can be, and is worth a look
    catalog: Catalog | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """All that is wrong, each once."""
        return tuple(dict.fromkeys((*self.unread, *(one.problem for _, one in self.broken))))


def looked(path: str | Path | None = None, rules: Sequence[Rule] = RULES) -> Checked:
    """What ``rules`` and the schema say of the catalog at ``path``, as ``Catalog.load`` finds it. Raises SizingError
    where there is none."""
    root = folder_of(path)
    found = gathered(root, known_types())
    unread = [*found.problems, *found.idle(), *misshapen(found.placed), *check_tables(root, found)]
    catalog = None if unread else Catalog.of(found.facts, root)
    seen = Seen(root, found, catalog)
    told = [(rule, one) for rule in rules for one in dict.fromkeys(rule.look(seen))]
    warned, explained = _unexplained(seen, [(rule, one) for rule, one in told if rule.severity == "warning"])
    # Where the files make no catalog, some rules have not looked.
    rest = () if catalog is None or rules is not RULES else idle(waivers(found.reader.placed), explained)
    return Checked(
        unread=tuple(unread),
        broken=tuple((rule.name, one) for rule, one in told if rule.severity == "error"),
        warnings=(*warned, *((_IDLE, one) for one in rest)),
        catalog=catalog,
    )


def check(path: str | Path | None = None) -> Catalog:
    """The catalog at ``path``, as ``Catalog.load`` finds it. Raises CatalogError with every error of every file."""
    checked = looked(path, _ERRORS)
    if checked.errors or checked.catalog is None:
        raise CatalogError(checked.errors)
    return checked.catalog


def _unexplained(
    seen: Seen, warnings: list[tuple[Rule, Finding]]
) -> tuple[tuple[tuple[str, Finding], ...], set[Waived]]:
    """The warnings that no comment explains, and the comments that do."""
    explained = waivers(seen.found.reader.placed)
    places = [((one.file, one.line, rule.name), (rule.name, one)) for rule, one in warnings]
    return tuple(told for place, told in places if place not in explained), {place for place, _ in places} & explained
