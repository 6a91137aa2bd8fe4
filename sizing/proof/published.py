"""What did others print or publish? The rows of ``measurements/``'s tables of sizes and memory, checked.

``file_sizes.csv``, ``caches.csv``, ``buffers.csv`` and ``totals.csv``; the folder's README says what they leave out.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from sizing.errors import CatalogError, Problem
from sizing.facts.index import Facts

# How a note begins where the engine is known to say something else; the rest of it says why.
DIFFERS: Final = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One row: what was published, where, and what is special about it."""

    model: str
    source_url: str
    read: str
    note: str

    @property
    def differs(self) -> bool:
        """Whether the note says why the engine must say something else."""
        return self.note.startswith(DIFFERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSize(Published):
    """A GGUF file's tensors, or the whole file. Bytes."""

    format: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheSize(Published):
    """A cache as a runtime's log prints it. Tokens per sequence, MiB."""

    context: int  # 0 where it does not matter
    cache_type: str
    sequences: int
    part: str  # all; of layers that see every token: full; of those with a window: window; of states: state
    mib: float
    runtime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BufferSize(Published):
    """The buffers of one place as a runtime's log prints them. Tokens per sequence, MiB."""

    format: str  # empty where it does not matter
    context: int
    micro_batch: int  # tokens computed at once; vLLM: sequences sampled at once
    experts_on_host: int  # layers
    runtime: str
    version: str
    backend: str
    place: str  # device, or host beside one; cpu: everything
    mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Published):
    """The memory that a whole run took on its devices. Tokens, MiB."""

    format: str
    context: int  # tokens that the cache held, or had room for
    prompt: int
    cache_type: str
    runtime: str
    version: str
    backend: str
    device: str
    devices: int
    counts: str  # one of COUNTS
    mib: float
    file_bytes: str  # of the very file, where it is another mix of types than its format says; else empty


# What a total counts, and which parts of a plan that is.
COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "nvidia-smi peak": ("weights", "cache", "buffers", "overhead"),
    "growth of GTT and VRAM": ("weights", "cache", "buffers", "overhead"),
    "torch's peak": ("weights", "cache", "buffers"),
    "torch's tensors": ("weights", "cache"),
    "MLX's peak": ("weights", "cache", "buffers"),
}

Printed = TypeVar("Printed", bound=Published)


def file_sizes(root: Path, facts: Facts) -> tuple[FileSize, ...]:
    """The rows of ``file_sizes.csv``. Raises CatalogError with every problem."""
    return _rows(root, "file_sizes.csv", FileSize, facts)


def cache_sizes(root: Path, facts: Facts) -> tuple[CacheSize, ...]:
    """The rows of ``caches.csv``. Raises CatalogError with every problem."""
    return _rows(root, "caches.csv", CacheSize, facts)


def buffer_sizes(root: Path, facts: Facts) -> tuple[BufferSize, ...]:
    """The rows of ``buffers.csv``. Raises CatalogError with every problem."""
    return _rows(root, "buffers.csv", BufferSize, facts)


def totals(root: Path, facts: Facts) -> tuple[Total, ...]:
    """The rows of ``totals.csv``. Raises CatalogError with every problem."""
    return _rows(root, "totals.csv", Total, facts)


def _rows(root: Path, name: str, kind: type[Printed], facts: Facts) -> tuple[Printed, ...]:
    file = f"catalog/measurements/{name}"
    rows: list[Printed] = []
    problems: list[Problem] = []
    with (root / "measurements" / name).open(encoding="utf-8", newline="") as opened:
        for number, row in enumerate(csv.DictReader(opened), start=2):
            problem = _problem(row, kind, facts)
            if problem is None:
                rows.append(kind(**{field.name: _value(row[field.name], field.type) for field in fields(kind)}))
            else:
                problems.append(Problem(file, number, *problem))
    if problems:
        raise CatalogError(problems)
    return tuple(rows)


def _problem(row: Mapping[str, str], kind: type[Published], facts: Facts) -> tuple[str, str] | None:
    for field in fields(kind):
        if row.get(field.name) is None:
            return field.name, f"missing; the columns are {','.join(f.name for f in fields(kind))}"
        try:
            _value(row[field.name], field.type)
        except ValueError:
            return field.name, f"{row[field.name]!r} is no number"
    known: Mapping[str, Mapping[str, object]] = {
        "model": facts.models,
        "format": facts.formats,
        "runtime": facts.runtimes,
        "counts": COUNTS,
    }
    for key, entries in known.items():
        if row.get(key) and row[key] not in entries:
            return key, f"{row[key]!r} is not known; give one of {', '.join(sorted(entries))}"
    if not row["source_url"].startswith("http"):
        return "source_url", "missing; give the public address that it was read at"
    return None


def _value(text: str, kind: Any) -> Any:
    """The text of a cell as what its field says; annotations are text themselves."""
    return {"int": int, "float": float, "str": str}[kind](text)
