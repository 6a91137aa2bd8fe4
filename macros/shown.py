"""Which catalog do the pages show? The newest that is whole, read again only when a file of it has changed.

A server's author saves mistakes. While one stands, the last whole catalog is shown, and the mistake is told at every
build. A process that never had a whole one has nothing to show.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sizing import Catalog, SizingError
from sizing.claims import Ledger
from sizing.kept import Kept

from .prose import Names, Prose

# Each file of a catalog with the time it was last saved, in nanoseconds, and its size.
Stamps = Mapping[Path, tuple[int, int]]


@dataclass(frozen=True)
class Shown:
    """A whole catalog with what was worked out from it, all of which goes when it goes."""

    catalog: Catalog
    ledger: Ledger
    prose: Prose
    kept: Kept = field(default_factory=Kept)

    @classmethod
    def read(cls, root: Path | None, before: Shown | None = None) -> Shown:
        """The catalog at ``root``, measurements and all, with what holds on from ``before``. Raises SizingError."""
        catalog = Catalog.load(root)
        catalog.measurements()  # what is wrong with them is told before anything is handed on
        if before is not None:
            catalog = catalog.after(before.catalog)
        names = Names.of(catalog)
        prose = before.prose if before is not None and before.prose.names == names else Prose(names)
        return cls(catalog, Ledger(catalog), prose)


class Reader:
    """Reads a catalog when it is asked for, and again when it has changed."""

    def __init__(self) -> None:
        self.mistake = ""  # why the newest save is not shown, in one line
        self._asked: Path | None = None
        self._shown: Shown | None = None
        self._stamps: Stamps = {}
        self._lock = Lock()

    def shown(self, root: Path | None) -> Shown:
        """The newest whole catalog at ``root``. Raises SizingError where this process has read none there."""
        with self._lock:
            if self._shown is None or root != self._asked:
                self._shown, self._asked, self.mistake = Shown.read(root), root, ""
                self._stamps = stamps_of(self._shown.catalog.root)
            elif (now := stamps_of(self._shown.catalog.root)) != self._stamps:
                self._stamps = now
                try:
                    self._shown, self.mistake = Shown.read(root, self._shown), ""
                except SizingError as error:
                    self.mistake = str(error)
            return self._shown


def stamps_of(root: Path) -> Stamps:
    """The files under a folder."""
    found = {}
    for path in root.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # an editor's own file, gone again
            at = path.stat()
            found[path] = (at.st_mtime_ns, at.st_size)
    return found
