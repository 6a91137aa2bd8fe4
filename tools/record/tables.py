"""Where is the record kept? CSV files, of which a run replaces the rows of the models that it measured."""

from __future__ import annotations

import csv
import datetime
import fcntl
import importlib.metadata
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

from tools.record.conditions import Condition, Held
from tools.record.records import Record

Cells = Sequence[object]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "parameters.csv": ("model", "total", "class", "gguf_architecture"),
    "weights.csv": ("model", "format", "bytes", "imatrix"),
    "memory.csv": ("model", "context", "cache_type", "model_mib", "cache_mib", "compute_mib"),
    "failures.csv": ("model", "step", "of", "reason"),
}


def _parameters(record: Record) -> Iterator[Cells]:
    if record.parameters is not None:
        yield record.parameters, record.class_name, record.architecture or "none"


def _weights(record: Record) -> Iterator[Cells]:
    for recipe, (size, needs_imatrix) in record.sizes.items():
        yield recipe, size, "required" if needs_imatrix else "no"


def _memory(record: Record) -> Iterator[Cells]:
    for (context, cache_type), memory in record.memory.items():
        yield context, cache_type, memory.model, f"{memory.cache:.10g}", f"{memory.compute:.10g}"


def _failures(record: Record) -> Iterator[Cells]:
    for (step, reason), what in record.failures.items():
        yield step, " ".join(what), reason


_ROWS: Final[Mapping[str, Callable[[Record], Iterator[Cells]]]] = {
    "parameters.csv": _parameters,
    "weights.csv": _weights,
    "memory.csv": _memory,
    "failures.csv": _failures,
}


def stamp(llama_cpp_python: str) -> dict[str, str]:
    """What ends every row of a run: the versions and the day."""
    return {
        "llama_cpp_python": llama_cpp_python,
        "transformers": importlib.metadata.version("transformers"),
        "recorded": datetime.date.today().isoformat(),
    }


def write(folder: Path, records: Iterable[Record], stamp: Mapping[str, str], known: Sequence[str] | None) -> None:
    """Replace the rows of ``records``' models; rows of other models stay, if ``known`` names them or is None.

    ``stamp`` ends every row. Several runs may write at once.
    """
    records = list(records)
    measured = {record.model for record in records}
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        for name, columns in COLUMNS.items():
            rows: list[dict[str, str]] = [
                row
                for row in _read(folder / name)
                if row["model"] not in measured and (known is None or row["model"] in known)
            ]
            for record in records:
                for row in _ROWS[name](record):
                    rows.append(dict(zip(columns, [record.model, *map(str, row)], strict=True)) | dict(stamp))
            _write(folder / name, [*columns, *stamp], sorted(rows, key=_model))


def write_devices(
    folder: Path, model: str, recipe: str, found: Iterable[tuple[Condition, Held]], stamp: Mapping[str, str]
) -> None:
    """Replace the rows of ``model`` in a recipe in devices.csv; all others stay."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = [field.name for field in fields(Condition)]
    columns = ("model", "format", *asked, "place", "model_mib", "cache_mib", "compute_mib", *stamp)
    with _locked(folder):
        rows = [row for row in _read(folder / "devices.csv") if (row["model"], row["format"]) != (model, recipe)]
        for condition, held in found:
            said = [model, recipe, *map(str, astuple(condition))]
            for place, sizes in held.items():
                rows.append(dict(zip(columns, [*said, place, *map(str, sizes), *stamp.values()], strict=True)))
        _write(folder / "devices.csv", columns, sorted(rows, key=_model))


def write_tensors(folder: Path, record: Record) -> None:
    """A file for the model: the name, shape, type and bytes of every tensor."""
    if not record.tensors:
        return
    folder.mkdir(parents=True, exist_ok=True)
    columns = ("tensor", "shape", "type", "bytes")
    rows = ((t.name, "x".join(map(str, t.shape)), t.type, str(t.bytes)) for t in record.tensors)
    _write(folder / f"{record.model}.csv", columns, (dict(zip(columns, row, strict=True)) for row in rows))


def _read(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    new.replace(path)


def _model(row: Mapping[str, str]) -> str:
    return row["model"]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
