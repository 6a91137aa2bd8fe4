"""What does every model take and do on every machine? The plan matrix, a row a cell, in equal parts.

A cell is a model, a machine, a format and a context. Cells are numbered in the catalog's order, and a part is a run of
them, so that the parts one after another are the whole, byte for byte, in however many it is made.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, Final

from sizing.catalog import Catalog
from sizing.errors import SizingError
from sizing.export.api import cell, in_cell
from sizing.facts import snapshot
from sizing.facts.units import known
from sizing.fitted import read_fit
from sizing.plan import plan
from sizing.unsaid import natives, published

CONTEXTS: Final = (4096, 32768, 131072)
COLUMNS: Final = (
    "model", "machine", "format", "runtime", "backend", "context", "verdict", "memory", "weights", "cache", "decode",
    "decode_low", "decode_high", "decode_empty", "prefill", "time_to_first_token",
)  # fmt: skip

Cell = tuple[str, str, str, int]  # model, machine, format, context


@dataclass(frozen=True)
class Matrix:
    """Which cells: of some models and machines of a catalog, or of all where none are named."""

    catalog: str | None = None  # its folder; None for the one that came with this package
    models: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    contexts: tuple[int, ...] = CONTEXTS

    def cells(self) -> Iterator[Cell]:
        """All of them in order: each published format of each model that answers, at no context beyond its limit.

        Raises SizingError for what is unknown.
        """
        catalog = _catalog(self.catalog)
        machines = [catalog.machine(name).id for name in self.machines] or list(catalog.machines)
        for model in [catalog.model(name) for name in self.models] or catalog.models.values():
            if model.answers:
                formats = dict.fromkeys([*natives(model, catalog.formats), *published(model, catalog.formats)])
                limit = known(model.context)
                contexts = [n for n in self.contexts if limit is None or n <= limit]
                for machine, format, context in product(machines, formats, contexts):
                    yield model.id, machine, format, context

    @property
    def digest(self) -> str:
        """What decides every row: which cells, the catalog's facts, and the constants of speed."""
        root = _catalog(self.catalog).root
        decides = (self.models, self.machines, self.contexts, snapshot.digest(root), read_fit().fingerprint)
        return hashlib.blake2b(repr(decides).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Part:
    """The ``number``-th of ``of`` parts of a matrix, counted from one."""

    matrix: Matrix
    number: int
    of: int

    def rows(self) -> bytes:
        """Its rows as CSV without a head, of the cells that some runtime runs. Raises SizingError likewise."""
        catalog = _catalog(self.matrix.catalog)
        cells = sum(1 for _ in self.matrix.cells())
        first, end = ((self.number - 1) * cells // self.of, self.number * cells // self.of)
        written = io.StringIO()
        out = csv.writer(written, lineterminator="\n")
        for one in islice(self.matrix.cells(), first, end):
            told = _told(catalog, *one)
            if told is not None:
                out.writerow(in_cell(told[name]) for name in COLUMNS)
        return written.getvalue().encode()


def head() -> bytes:
    """What stands above all rows."""
    return f"{','.join(COLUMNS)}\n".encode()


def _told(catalog: Catalog, model: str, machine: str, format: str, context: int) -> dict[str, Any] | None:
    """A cell's row; None where no runtime reads the format there."""
    try:
        return cell(plan(catalog.models[model], catalog.machine(machine), format=format, context=context))
    except SizingError:
        return None


@lru_cache(maxsize=1)
def _catalog(path: str | None) -> Catalog:
    """The catalog, read once by each process."""
    return Catalog.load(path)
