"""What is known? The catalog's files as validated entries, by id.

A file per family, vendor or kind; an id is a key and never repeated inside. Files whose name begins with ``_`` are
templates: validated, but not part of the catalog.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from sizing.entries import (
    Claim,
    Device,
    Format,
    GpuLimit,
    Host,
    Installed,
    MachineEntry,
    RaiseGpuLimit,
    Runtime,
    Source,
    Word,
)
from sizing.machine import Machine, assemble
from sizing.model import CatalogModel, Model
from sizing.reading import CatalogError, Document, Key, Problem, SizingError, read, validate
from sizing.units import UNDISCLOSED, memory_size

HERE: Final = Path(__file__).resolve().parent.parent / "catalog"

E = TypeVar("E", bound=BaseModel)
T = TypeVar("T")

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_COUNTED = re.compile(r"([1-9][0-9]*)x-(.+)")
_SIZED = re.compile(r"(.+)-([1-9][0-9]*)gb")


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


@dataclass(frozen=True, eq=False)
class Catalog:
    """Every fact, by id. ``root`` is the folder it was read from."""

    root: Path
    models: Mapping[str, Model]
    devices: Mapping[str, Device]
    machines: Mapping[str, Machine]
    formats: Mapping[str, Format]
    runtimes: Mapping[str, Runtime]
    hosts: Mapping[str, Host]
    reference_host: str
    reserved: int  # bytes of a host that its operating system takes
    gpu_limits: tuple[GpuLimit, ...]
    raise_gpu_limit: RaiseGpuLimit | None
    claims: Mapping[str, Claim]
    words: Mapping[str, Word]
    sets: Mapping[str, Mapping[str, tuple[str, ...]]]  # axis: name: members
    origins: Mapping[str, tuple[str, int]]  # id: file and line of its entry
    _bare: dict[str, Machine] = field(default_factory=dict)

    @staticmethod
    def load(path: str | Path | None = None) -> Catalog:
        """The repository's catalog, or the one at ``path``, validated. Raises CatalogError with file and line."""
        return _load(Path(path) if path is not None else HERE)

    def model(self, name: str) -> Model:
        """A model by id. Raises SizingError for an unknown id."""
        return _find(self.models, name, "model")

    def device(self, name: str) -> Device:
        """A device by id. Raises SizingError for an unknown id."""
        return _find(self.devices, name, "device")

    def runtime(self, name: str) -> Runtime:
        """A runtime by id. Raises SizingError for an unknown id."""
        return _find(self.runtimes, name, "runtime")

    def claim(self, name: str) -> Claim:
        """A claim by id. Raises SizingError for an unknown id."""
        return _find(self.claims, name, "claim")

    def word(self, name: str) -> Word:
        """A word with a threshold. Raises SizingError for an unknown one."""
        return _find(self.words, name, "word")

    def members(self, axis: str, names: Sequence[str]) -> tuple[str, ...]:
        """The ids that a list of ids and sets of ``axis`` stands for, each once."""
        sets = self.sets.get(axis, {})
        return tuple(dict.fromkeys(member for name in names for member in sets.get(name, (name,))))

    def format(self, name: str) -> Format:
        """A format by id, matched without case; FP16 is F16. Raises SizingError for an unknown id."""
        wanted = {"fp16": "f16"}.get(name.lower(), name.lower())
        for fmt in self.formats.values():
            if fmt.id.lower() == wanted:
                return fmt
        return _find(self.formats, name, "format")

    def machine(self, name: str) -> Machine:
        """A machine by id, or a bare device (``rtx-4090``, ``2x-rtx-4090``, ``m3-max-40-core-64gb``) on the
        reference host, without a price. Raises SizingError for an unknown id."""
        if name in self.machines:
            return self.machines[name]
        if name not in self._bare:
            self._bare[name] = self._bare_device(name)
        return self._bare[name]

    def measurements(self) -> tuple[Measurement, ...]:
        """What real tools printed; read only when asked for. Raises CatalogError."""
        return _measurements(self)

    def _bare_device(self, name: str) -> Machine:
        counted = _COUNTED.fullmatch(name)
        count, rest = (int(counted[1]), counted[2]) if counted else (1, name)
        size: int | None = None
        if rest not in self.devices and (sized := _SIZED.fullmatch(rest)) and sized[1] in self.devices:
            rest, size = sized[1], memory_size(f"{sized[2]} GB")
        if rest not in self.devices:
            _find(dict.fromkeys((*self.machines, *self.devices)), name, "machine or device")
        device = self.devices[rest]
        sizes = device.memory.box
        if device.kind == "soc":
            if size is None and len(sizes) == 1:
                size = sizes[0]
            if size not in sizes:
                choices = ", ".join(f"{device.id}-{s >> 30}gb" for s in sizes)
                raise SizingError(f"{device.id} is sold in several sizes; write one of {choices}")
            if count > 1:
                raise SizingError(f"{device.id} is one chip with its own memory; {count} of them are no one machine")
        entry = MachineEntry.model_construct(
            id=name,
            kind="desktop",
            name=f"{count} × {device.name}" if count > 1 else device.name,
            devices=(Installed.model_construct(device=device.id, count=count, memory=size),),
            price=UNDISCLOSED,
            sources=device.sources,
        )
        return self._assemble(entry)

    def _assemble(self, entry: MachineEntry) -> Machine:
        host = self.hosts[entry.host or self.reference_host]
        return assemble(entry, dict(self.devices), host, self.reserved, self.gpu_limits)


def _find(entries: Mapping[str, T], name: str, what: str) -> T:
    if name in entries:
        return entries[name]
    close = difflib.get_close_matches(name, entries, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(close)}?" if close else f"known are {', '.join(sorted(entries))}"
    raise SizingError(f"no {what} {name!r} in the catalog; {hint}")


def catalog_of(model: Model) -> Catalog:
    """The catalog that a model came from; for one read from a file, the repository's."""
    return model._catalog or default_catalog()


@lru_cache(maxsize=1)
def default_catalog() -> Catalog:
    """The repository's catalog, read once."""
    return Catalog.load()


# --- reading --------------------------------------------------------------------------------------------------------


class _Reader:
    """Collects entries and problems over all files, so that a check names every problem at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.origins: dict[str, tuple[str, int]] = {}

    def documents(self, folder: str) -> Iterator[tuple[Document, bool]]:
        """Every YAML file of a folder, and whether it is a template."""
        for path in sorted((self.root / folder).glob("*.yaml")):
            document = self.document(path)
            if document is not None:
                yield document, path.name.startswith("_")

    def document(self, path: Path) -> Document | None:
        """One file as a mapping, or None with a problem noted."""
        name = f"catalog/{path.relative_to(self.root).as_posix()}"
        try:
            document = read(path, name)
        except FileNotFoundError:
            self.problems.append(Problem(name, 1, "", "missing; restore the file"))
            return None
        except CatalogError as error:
            self.problems += error.problems
            return None
        if not isinstance(document.data, dict):
            self.problems.append(Problem(name, 1, "", "is not a mapping; write keys and values"))
            return None
        return document

    def entries(self, kind: type[E], document: Document, key: str, template: bool = False) -> dict[str, E]:
        """The members under ``key``; each also takes what its file states once for all of them."""
        result: dict[str, E] = {}
        members = document.data.get(key)
        if not isinstance(members, dict) or not members:
            self._problem(document, (key,), f"missing; give a mapping of ids under {key}:")
            return result
        common = {k: v for k, v in document.data.items() if k != key}
        for name, own in members.items():
            at: Key = (key, name)
            if not _ID.fullmatch(name) and kind is not Format:
                self._problem(document, at, "is no id; write it in kebab-case, such as llama-3-8b")
                continue
            if not isinstance(own, dict):
                self._problem(document, at, "is not a mapping; write keys and values under it")
                continue
            if name in self.origins:
                file, line = self.origins[name]
                self._problem(document, at, f"id is taken by {file}:{line}; choose another")
                continue
            if "id" in own:
                self._problem(document, (*at, "id"), "unknown key; the id is the key above")
                continue
            entry = validate(kind, _merged(common, own, name), document, _member(at), self.problems)
            if not template:
                self.origins[name] = (document.file, document.line(at))
            if entry is not None and not template:
                result[name] = entry
        return result

    def one(self, kind: type[E], document: Document, key: str) -> E | None:
        """A single entry under ``key``."""
        if key not in document.data:
            return None
        return validate(kind, document.data[key], document, lambda loc: ((key, *loc),), self.problems)

    def many(self, kind: type[E], document: Document, key: str) -> tuple[E, ...]:
        """A list of entries under ``key``."""
        found = (
            validate(kind, item, document, _member((key, i)), self.problems)
            for i, item in enumerate(document.data.get(key, ()))
        )
        return tuple(x for x in found if x is not None)

    def _problem(self, document: Document, at: Key, what: str) -> None:
        self.problems.append(Problem(document.file, document.line(at), ".".join(map(str, at)), what))

    def refer(self, owner: str, key: str, name: str, known: Mapping[str, object], where: str) -> None:
        """Note a problem unless ``name`` is known."""
        if name not in known:
            file, line = self.origins.get(owner, (where, 1))
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
            self.problems.append(Problem(file, line, f"{owner}.{key}", f"{name!r} is not in {where}; {hint}"))


def _member(at: Key) -> Callable[[Key], Sequence[Key]]:
    """Where a member's value may stand: with the member, else with what its file states once, else at its id."""
    return lambda loc: ((*at, *loc), loc, at)


def _merged(common: Mapping[str, Any], own: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A member's facts over its family's; architecture maps merge key by key."""
    result = {**common, **own, "id": name}
    if isinstance(common.get("architecture"), dict) and isinstance(own.get("architecture"), dict):
        result["architecture"] = {**common["architecture"], **own["architecture"]}
    return result


def _load(root: Path) -> Catalog:
    if not root.is_dir():
        raise SizingError(f"{root}: no such folder; give the folder that holds models/, devices/ and machines/")
    reader = _Reader(root)
    models: dict[str, CatalogModel] = {}
    for document, template in reader.documents("models"):
        models |= reader.entries(CatalogModel, document, "models", template)
    devices: dict[str, Device] = {}
    limits: tuple[GpuLimit, ...] = ()
    how: RaiseGpuLimit | None = None
    for document, template in reader.documents("devices"):
        limits += reader.many(GpuLimit, document, "gpu_limits")
        how = reader.one(RaiseGpuLimit, document, "raise_gpu_limit") or how
        plain = {k: v for k, v in document.data.items() if k not in ("gpu_limits", "raise_gpu_limit")}
        devices |= reader.entries(Device, Document(document.file, plain, document.lines), "devices", template)
    hosts, reference, reserved = _hosts(reader)
    entries: dict[str, MachineEntry] = {}
    for document, template in reader.documents("machines"):
        if not document.file.endswith("/hosts.yaml"):
            entries |= reader.entries(MachineEntry, document, "machines", template)
    runtimes = _single_file(reader, Runtime, "runtimes")
    formats = _single_file(reader, Format, "formats")
    _check_references(reader, entries, devices, hosts, reference, formats, runtimes)
    machines: dict[str, Machine] = {}
    frozen = MappingProxyType
    catalog = Catalog(
        root, frozen(models), frozen(devices), frozen(machines), frozen(formats), frozen(runtimes), frozen(hosts),
        reference, reserved, limits, how, *_claims(reader), frozen(reader.origins),
    )  # fmt: skip
    _check_claims(reader, catalog)
    if reader.problems:
        raise CatalogError(list(dict.fromkeys(reader.problems)))
    machines |= {name: catalog._assemble(entry) for name, entry in entries.items()}
    for model in models.values():
        model._catalog = catalog
    return catalog


class _Reserved(BaseModel):
    """What an operating system takes of its host."""

    memory: Any
    sources: tuple[Source, ...]


def _hosts(reader: _Reader) -> tuple[dict[str, Host], str, int]:
    document = reader.document(reader.root / "machines" / "hosts.yaml")
    if document is None:
        return {}, "", 0
    plain = {"hosts": document.data.get("hosts")}
    hosts = reader.entries(Host, Document(document.file, plain, document.lines), "hosts")
    reserved = reader.one(_Reserved, document, "reserved")
    try:
        taken = memory_size(reserved.memory) if reserved else 0
    except ValueError as error:
        reader._problem(document, ("reserved", "memory"), str(error))
        taken = 0
    return hosts, str(document.data.get("reference")), taken


def _claims(
    reader: _Reader,
) -> tuple[Mapping[str, Claim], Mapping[str, Word], Mapping[str, Mapping[str, tuple[str, ...]]]]:
    document = reader.document(reader.root / "claims.yaml")
    if document is None:
        return {}, {}, {}
    sets: dict[str, dict[str, tuple[str, ...]]] = {}
    for axis, members in (document.data.get("sets") or {}).items():
        sets[axis] = {}
        for name, listed in members.items():
            # A set may name an earlier one.
            sets[axis][name] = tuple(m for one in listed for m in sets[axis].get(one, (one,)))
    words = {
        name: word
        for name in document.data.get("words") or {}
        if (word := validate(Word, document.data["words"][name], document, _member(("words", name)), reader.problems))
    }
    plain = {"claims": document.data.get("claims")}
    claims = reader.entries(Claim, Document(document.file, plain, document.lines), "claims")
    return claims, words, sets


def _check_claims(reader: _Reader, catalog: Catalog) -> None:
    """Every name in a claim is known; devices and counted devices count as machines."""
    file = "catalog/claims.yaml"

    def known(owner: str, axis: str, name: str) -> None:
        if axis == "machines":
            bare = _COUNTED.sub(r"\2", name)
            sized = _SIZED.sub(r"\1", bare)
            if name in reader.origins or bare in catalog.devices or sized in catalog.devices:
                return
        entries: Mapping[str, object] = getattr(catalog, axis)
        reader.refer(owner, f"over.{axis}", name, entries, f"catalog/{axis}")

    for claim in catalog.claims.values():
        for check in claim.checks:
            if check.word is not None:
                reader.refer(claim.id, "word", check.word, catalog.words, file)
            for axis in ("models", "machines", "formats"):
                for name in catalog.members(axis, getattr(check.over, axis)):
                    known(claim.id, axis, name)


def _single_file(reader: _Reader, kind: type[E], name: str) -> dict[str, E]:
    document = reader.document(reader.root / f"{name}.yaml")
    return reader.entries(kind, document, name) if document else {}


def _check_references(
    reader: _Reader,
    machines: Mapping[str, MachineEntry],
    devices: Mapping[str, Device],
    hosts: Mapping[str, Host],
    reference: str,
    formats: Mapping[str, Format],
    runtimes: Mapping[str, Runtime],
) -> None:
    if hosts and reference not in hosts:
        reader.refer("reference", "", reference, hosts, "catalog/machines/hosts.yaml")
    for machine in machines.values():
        if machine.host is not None:
            reader.refer(machine.id, "host", machine.host, hosts, "catalog/machines/hosts.yaml")
        for installed in machine.devices:
            reader.refer(machine.id, "devices", installed.device, devices, "catalog/devices/")
            device = devices.get(installed.device)
            if device is not None and device.kind == "soc" and installed.memory not in device.memory.box:
                file, line = reader.origins[machine.id]
                sold = ", ".join(f"{size >> 30} GB" for size in device.memory.box)
                key = f"{machine.id}.devices.memory"
                reader.problems.append(Problem(file, line, key, f"{device.id} is sold with {sold}; give one of these"))
    for fmt in formats.values():
        for runtime in fmt.runtimes:
            reader.refer(fmt.id, "runtimes", runtime, runtimes, "catalog/runtimes.yaml")


def _measurements(catalog: Catalog) -> tuple[Measurement, ...]:
    path = catalog.root / "measurements" / "speeds.csv"
    rows: list[Measurement] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            problem = _row_problem(row, catalog)
            if problem is None:
                rows.append(_measurement(row))
            else:
                problems.append(Problem("catalog/measurements/speeds.csv", number, *problem))
    if problems:
        raise CatalogError(problems)
    return tuple(rows)


def _row_problem(row: Mapping[str, str], catalog: Catalog) -> tuple[str, str] | None:
    known: Sequence[tuple[str, Mapping[str, object], str]] = (
        ("device", catalog.devices, "catalog/devices/"),
        ("model", catalog.models, "catalog/models/"),
        ("runtime", catalog.runtimes, "catalog/runtimes.yaml"),
        ("format", catalog.formats, "catalog/formats.yaml"),
    )
    for key, entries, where in known:
        if row[key] not in entries:
            return key, f"{row[key]!r} is not in {where}; give an id from there"
    for key in ("count", "prompt", "generated", "depth", "batch"):
        if not row[key].isdigit() and not (key in ("prompt", "generated") and row[key] == UNDISCLOSED):
            return key, f"{row[key]!r} is not a whole number; write 0 where nothing applies"
    if row["test"] not in ("decode", "prefill"):
        return "test", f"{row['test']!r} is no test; write decode or prefill"
    try:
        speed = float(row["tok_s"])
    except ValueError:
        speed = 0.0
    if speed <= 0:
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
