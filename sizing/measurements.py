"""What did real tools measure? The rows of ``measurements/speeds.csv``, checked against the catalog."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from sizing.loading import Facts
from sizing.reading import CatalogError, Problem
from sizing.units import UNDISCLOSED

FILE: Final = "catalog/measurements/speeds.csv"


@dataclass(frozen=True)
class Measurement:
    """One row of ``measurements/speeds.csv``: what a real tool printed. Tokens/s."""

    device: str
    count: int
    model: str
    format: str
    runtime: str
    backend: str
    version: str
    test: str
    prompt: int | None  # None: undisclosed
    generated: int | None
    depth: int
    batch: int
    tok_s: float
    source_url: str
    read: str
    era: str
    note: str


def read_measurements(root: Path, facts: Facts) -> tuple[Measurement, ...]:
    """Every row. Raises CatalogError with every problem."""
    path = root / "measurements" / "speeds.csv"
    rows: list[Measurement] = []
    problems: list[Problem] = []
    for number, row in enumerate(_table(path), start=2):
        problem = _row_problem(row, facts)
        if problem is None:
            rows.append(_measurement(row))
        else:
            problems.append(Problem(FILE, number, *problem))
    if problems:
        raise CatalogError(problems)
    return tuple(rows)


def _table(path: Path) -> list[dict[str, str]]:
    """The rows under a header that names every column. Raises CatalogError."""
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CatalogError([Problem(FILE, 1, "", "missing; restore the file")]) from None
    except UnicodeDecodeError as error:
        raise CatalogError([Problem(FILE, 1, "", f"not UTF-8 text (byte {error.start}); save it as UTF-8")]) from None
    columns = [field.name for field in fields(Measurement)]
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise CatalogError([Problem(FILE, 1, missing[0], f"missing; the header is {','.join(columns)}")])
    return list(reader)


def _row_problem(row: Mapping[str, str], facts: Facts) -> tuple[str, str] | None:
    known: Sequence[tuple[str, Mapping[str, object], str]] = (
        ("device", facts.devices, "catalog/devices/"),
        ("model", facts.models, "catalog/models/"),
        ("runtime", facts.runtimes, "catalog/runtimes.yaml"),
        ("format", facts.formats, "catalog/formats.yaml"),
    )
    for key, entries, where in known:
        if row[key] not in entries:
            return key, f"{row[key]!r} is not in {where}; give an id from there"
    for key in ("count", "prompt", "generated", "depth", "batch"):
        if not re.fullmatch("[0-9]+", row[key] or "") and not (
            key in ("prompt", "generated") and row[key] == UNDISCLOSED
        ):
            return key, f"{row[key]!r} is not a whole number; write 0 where nothing applies"
    if row["test"] not in ("decode", "prefill"):
        return "test", f"{row['test']!r} is no test; write decode or prefill"
    try:
        speed = float(row["tok_s"])
    except ValueError:
        speed = 0.0
    if not 0 < speed < math.inf:
        return "tok_s", f"{row['tok_s']!r} is no speed; write tokens per second above zero"
    if not row["source_url"].startswith("http"):
        return "source_url", "missing; give the public address that it was read at"
    return None


def _measurement(row: Mapping[str, str]) -> Measurement:
    numbers = {
        k: None if row[k] == UNDISCLOSED else int(row[k]) for k in ("count", "prompt", "generated", "depth", "batch")
    }
    words = ("device", "model", "format", "runtime", "backend", "version", "test", "source_url", "read", "era", "note")
    return Measurement(**{k: row[k] for k in words}, **numbers, tok_s=float(row["tok_s"]))  # type: ignore[arg-type]
