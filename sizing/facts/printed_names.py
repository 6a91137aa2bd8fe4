"""By what names and PCI numbers do systems show a device? The rows of ``measurements/names.csv``.

A product's own name is not repeated here: a row says what a driver or a bus calls it besides. Several sizes of a
product, and modified cards, share a name and a number; their memory tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from sizing.facts.columns import ADDRESS, DAY, TEXT, id_of, matching
from sizing.facts.index import Facts, Names
from sizing.facts.tables import Row, Table, Wrong

_PCI: Final = matching(
    "|[0-9a-f]{4}:[0-9a-f]{4}(:[0-9a-f]{2})?",
    "is no PCI number; write vendor:device or vendor:device:revision in small hexadecimal, such as 1002:744c:c8",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedName(Row):
    """One row: a name that a driver prints, the PCI numbers that a bus shows, or both."""

    key: ClassVar = ("device", "name", "pci")
    device: Annotated[str, id_of("devices")]
    name: Annotated[str, TEXT]
    pci: Annotated[str, _PCI]
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]
    note: Annotated[str, TEXT]

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """A row that says neither."""
        return None if self.name or self.pci else ("name", "missing; give the name that is printed, or the PCI numbers")


PRINTED_NAMES: Final = Table("measurements/names.csv", PrintedName)
