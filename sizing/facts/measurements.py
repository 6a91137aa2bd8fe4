"""What did real tools measure? The rows of ``measurements/speeds.csv``, checked against the catalog."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

from sizing.errors import CatalogError, Problem
from sizing.facts.cache_types import CACHE_TYPES
from sizing.facts.entries.devices import Backend
from sizing.facts.index import COUNTED, Facts
from sizing.facts.units import UNDISCLOSED

SPEEDS: Final = "catalog/measurements/speeds.csv"

_BACKENDS: Final[tuple[str, ...]] = get_args(Backend)
_BITS: Final = re.compile(r"(.+)-(\d+(?:\.\d+)?)bpw")  # EXL2-4.0bpw: so many bits per weight of EXL2


@dataclass(frozen=True)
class Measurement:
    """One row of ``measurements/speeds.csv``: what a real tool printed.

    ``tok_s`` is tokens/s over all ``batch`` sequences together, of ``count`` devices together. A decode row generates
    ``generated`` tokens a sequence after ``depth`` tokens lie in its cache, its prompt among them; a prefill row reads
    ``prompt`` tokens a sequence after ``depth``.
    """

    device: str
    count: int
    model: str
    format: str  # a format's id, with its bits per weight where it takes them, or one of the model's files
    runtime: str
    backend: str
    version: str  # a build or a release, else a date
    era: str  # half of the build's year: 2025H2
    test: str  # decode or prefill
    prompt: int | None  # None: undisclosed
    generated: int | None
    depth: int
    batch: int
    cache_format: str
    split: str  # layer or tensor; empty for one device
    host: str  # a host or a device whose memory holds what no device does; empty where all lies on devices
    layers_on_device: int | None  # None: all of them
    experts_on_host: int | Literal["all"] | None  # layers whose experts lie on the host; None: no layer's do
    micro_batch: int | None  # tokens of a prompt that are computed at once (-ub); None: the runtime's default
    tok_s: float
    quality: str  # A: a tool's own print-out, conditions known; B: reported
    source_url: str
    read: str
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
            problems.append(Problem(SPEEDS, number, *problem))
    if problems:
        raise CatalogError(problems)
    return tuple(rows)


def read_rows(path: Path, facts: Facts) -> list[tuple[dict[str, str], Measurement | str]]:
    """Anyone's rows, which may have further columns: each with its cells, as a measurement or what is wrong with it.

    Raises CatalogError for a file that is no such table.
    """
    found: list[tuple[dict[str, str], Measurement | str]] = []
    columns = [field.name for field in fields(Measurement)]
    for cells in _table(path, str(path), further=True):
        own = {name: cells[name] for name in columns}
        problem = _row_problem(own, facts)
        found.append((cells, _measurement(own) if problem is None else " ".join(word for word in problem if word)))
    return found


def _table(path: Path, name: str = SPEEDS, further: bool = False) -> list[dict[str, str]]:
    """The rows under a header that names every column, in order, and no ``further`` ones. Raises CatalogError."""
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, IsADirectoryError):
        raise CatalogError([Problem(name, 1, "", "missing; restore the file")]) from None
    except UnicodeDecodeError as error:
        raise CatalogError([Problem(name, 1, "", f"not UTF-8 text (byte {error.start}); save it as UTF-8")]) from None
    columns = [field.name for field in fields(Measurement)]
    found = reader.fieldnames or ()
    wrong = [column for column in columns if column not in found]
    if not further:
        wrong += [column for column in found if column not in columns]
    if wrong:
        what = "missing" if wrong[0] in columns else "unknown"
        raise CatalogError([Problem(name, 1, wrong[0], f"{what}; the header is {','.join(columns)}")])
    return list(reader)


def _matches(pattern: str) -> Callable[[str], bool]:
    return re.compile(pattern, re.ASCII).fullmatch  # type: ignore[return-value]


def _one_of(*words: str) -> Callable[[str], bool]:
    return frozenset(words).__contains__


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_speed(text: str) -> bool:
    try:
        return 0 < float(text) < math.inf
    except ValueError:
        return False


_POSITIVE: Final = (_matches("[1-9][0-9]*"), "is not a whole number above zero; write 1 for one")
_NATURAL: Final = (_matches("[0-9]+"), "is not a whole number; write 0 where nothing applies")
_MAYBE: Final = (
    _matches(f"[0-9]+|{UNDISCLOSED}"),
    f"is not a whole number; write 0 where nothing applies, or {UNDISCLOSED}",
)

# What a cell may say, and what is told where it says something else.
_CELLS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "count": _POSITIVE,
    "batch": _POSITIVE,
    "depth": _NATURAL,
    "prompt": _MAYBE,
    "generated": _MAYBE,
    "backend": (_one_of(*_BACKENDS), f"is no backend; write one of {', '.join(_BACKENDS)}"),
    "version": (bool, "is missing; write a build, a release or a date"),
    "era": (_matches("20[0-9]{2}H[12]"), "is no half of a year; write it as 2025H1"),
    "test": (_one_of("decode", "prefill"), "is no test; write decode or prefill"),
    "cache_format": (_one_of(*CACHE_TYPES), f"is no cache format; write one of {', '.join(CACHE_TYPES)}"),
    "split": (_one_of("", "layer", "tensor"), "is no split; write layer or tensor, or nothing for one device"),
    "layers_on_device": (_matches("[0-9]*"), "is not a whole number; write nothing where all layers lie there"),
    "experts_on_host": (
        _matches("[1-9][0-9]*|all|"),
        "is not a whole number; write nothing for no layer, or all",
    ),
    "micro_batch": (_matches("([1-9][0-9]*)?"), "is not a whole number; write nothing for the runtime's default"),
    "tok_s": (_is_speed, "is no speed; write tokens per second above zero"),
    "quality": (_one_of("A", "B"), "is no quality; write A for a tool's own print-out, else B"),
    "source_url": (_matches("https?://.+"), "is no address; give the public one that it was read at"),
    "read": (_is_day, "is not a day; write it as 2026-11-20"),
}


def _row_problem(row: Mapping[str, str | None], facts: Facts) -> tuple[str, str] | None:
    """The first cell that cannot be, and why."""
    cells = {key: value or "" for key, value in row.items() if isinstance(value, str) or value is None}
    if len(cells) < len(row):
        return "", "too many cells; quote a cell that holds a comma"
    return (
        _unknown(cells, facts)
        or next(
            ((key, f"{cells[key]!r} {wrong}") for key, (right, wrong) in _CELLS.items() if not right(cells[key])), None
        )
        or _contradiction(cells)
    )


def _unknown(cells: Mapping[str, str], facts: Facts) -> tuple[str, str] | None:
    """A name that the catalog does not know."""
    if cells["model"] not in facts.models:
        return "model", f"{cells['model']!r} is not in catalog/models/; give an id from there"
    files = facts.models[cells["model"]].files
    whole = {key: entry for key, entry in facts.formats.items() if entry.bpw is None}  # those that take no bits
    known = (
        ("device", facts.devices, "catalog/devices/"),
        ("runtime", facts.runtimes, "catalog/runtimes.yaml"),
        ("format", {**files, **whole}, "catalog/formats.yaml, nor one of the model's files"),
        ("host", {"": None, **facts.hosts, **facts.devices}, "catalog/machines/hosts.yaml, nor a device"),
    )
    for key, entries, where in known:
        name = COUNTED.sub(r"\2", cells[key]) if key == "host" else cells[key]  # two sockets: 2x-epyc-9355
        if name not in entries and not (key == "format" and _has_bits(name, facts)):
            return key, f"{cells[key]!r} is not in {where}; give an id from there"
    return None


def _has_bits(name: str, facts: Facts) -> bool:
    """Whether a format's name gives bits per weight that its entry allows."""
    if not (found := _BITS.fullmatch(name)) or found[1] not in facts.formats:
        return False
    bpw = facts.formats[found[1]].bpw
    return bpw is not None and bpw[0] <= float(found[2]) <= bpw[1]


def _contradiction(cells: Mapping[str, str]) -> tuple[str, str] | None:
    """Two cells that cannot both be."""
    if (cells["count"] == "1") != (cells["split"] == ""):
        return "split", "several devices split a model, one does not; write layer or tensor for several alone"
    if (cells["layers_on_device"] or cells["experts_on_host"]) and not cells["host"]:
        return "host", "missing; name the host that holds what the devices do not"
    if cells["test"] == "prefill" and cells["prompt"] in ("0", UNDISCLOSED):
        return "prompt", "a prefill row reads a prompt; write its tokens"
    if cells["test"] == "decode" and cells["generated"] == "0":
        return "generated", "a decode row generates tokens; write how many, or undisclosed"
    return None


def _measurement(row: Mapping[str, str]) -> Measurement:
    experts = row["experts_on_host"]
    words = {k: v for k, v in row.items() if k not in ("tok_s", "experts_on_host")}
    numbers = {k: int(row[k]) for k in ("count", "depth", "batch")}
    maybe = {
        k: None if row[k] in (UNDISCLOSED, "") else int(row[k])
        for k in ("prompt", "generated", "layers_on_device", "micro_batch")
    }
    return Measurement(
        **{**words, **numbers, **maybe},  # type: ignore[arg-type]
        experts_on_host="all" if experts == "all" else int(experts) if experts else None,
        tok_s=float(row["tok_s"]),
    )
