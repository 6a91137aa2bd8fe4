"""How do the catalog's files become facts? Every file read, validated and cross-checked, all problems told at once.

A file per family, vendor or kind; an id is a key and never repeated inside. Files whose name begins with ``_`` are
templates: validated, but not part of the catalog.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from sizing.errors import CatalogError, Problem, SizingError
from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.devices import Device, GpuLimit, RaiseGpuLimit
from sizing.facts.entries.entry import Entry
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry, Reserved
from sizing.facts.entries.models import CitedModelEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import COUNTED, SIZED, Facts, Sets, members
from sizing.facts.validation import validate
from sizing.facts.yaml import Document, Key, read, uncollected

E = TypeVar("E", bound=Entry)

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


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
            if not _ID.fullmatch(name) and kind not in (Format, Runtime):
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

    def mapping(self, document: Document, at: Key) -> dict[str, Any]:
        """The mapping at ``at``; empty, with a problem noted, where something else stands."""
        found = document.data
        for key in at:
            found = found.get(key) or {}
        if isinstance(found, dict):
            return found
        self._problem(document, at, "is not a mapping; write keys and values under it")
        return {}

    def one(self, kind: type[E], document: Document, key: str) -> E | None:
        """A single entry under ``key``."""
        if key not in document.data:
            return None
        return validate(kind, document.data[key], document, lambda loc: ((key, *loc),), self.problems)

    def many(self, kind: type[E], document: Document, key: str, common: Mapping[str, Any]) -> tuple[E, ...]:
        """A list of entries under ``key``; each also takes what ``common`` states for all of them."""
        items = document.data.get(key) or []
        if not isinstance(items, list):
            self._problem(document, (key,), "is not a list; write an item a line, each after a dash")
            return ()
        found = (
            validate(
                kind, {**common, **item} if isinstance(item, dict) else item, document, _member((key, i)), self.problems
            )
            for i, item in enumerate(items)
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


def read_family(file: Path) -> dict[str, CitedModelEntry]:
    """The models of one family file, anywhere. Raises CatalogError."""
    reader = _Reader(file.resolve().parent.parent)
    document = reader.document(file.resolve())
    models = reader.entries(CitedModelEntry, document, "models") if document else {}
    if reader.problems:
        raise CatalogError(reader.problems)
    return models


@uncollected()
def load_facts(root: Path) -> Facts:
    """Read the catalog at ``root``. Raises CatalogError with every problem, or SizingError where there is none."""
    if not root.is_dir():
        raise SizingError(f"{root}: no such folder; give the folder that holds models/, devices/ and machines/")
    reader = _Reader(root)
    models: dict[str, CitedModelEntry] = {}
    for document, template in reader.documents("models"):
        models |= reader.entries(CitedModelEntry, document, "models", template)
    devices, limits, how = _devices(reader)
    hosts, reference, reserved = _hosts(reader)
    machines: dict[str, MachineEntry] = {}
    for document, template in reader.documents("machines"):
        if not document.file.endswith("/hosts.yaml"):
            machines |= reader.entries(MachineEntry, document, "machines", template)
    runtimes = _single_file(reader, Runtime, "runtimes")
    formats = _single_file(reader, Format, "formats")
    claims, words, kinds, sets = _claims(reader)
    fixed = MappingProxyType
    facts = Facts(
        fixed(models), fixed(devices), fixed(machines), fixed(formats), fixed(runtimes), fixed(hosts), reference,
        reserved, limits, how, fixed(claims), fixed(words), fixed(kinds), fixed(sets), fixed(reader.origins),
    )  # fmt: skip
    # An entry that could not be read would make every reference to it a second complaint.
    if not reader.problems:
        _check_references(reader, facts)
        _check_claims(reader, facts)
    if reader.problems:
        raise CatalogError(list(dict.fromkeys(reader.problems)))
    return facts


def _devices(reader: _Reader) -> tuple[dict[str, Device], tuple[GpuLimit, ...], RaiseGpuLimit | None]:
    devices: dict[str, Device] = {}
    limits: tuple[GpuLimit, ...] = ()
    how: RaiseGpuLimit | None = None
    for document, template in reader.documents("devices"):
        limits += reader.many(GpuLimit, document, "gpu_limits", {"vendor": document.data.get("vendor")})
        how = reader.one(RaiseGpuLimit, document, "raise_gpu_limit") or how
        plain = {k: v for k, v in document.data.items() if k not in ("gpu_limits", "raise_gpu_limit")}
        devices |= reader.entries(Device, Document(document.file, plain, document.lines), "devices", template)
    return devices, limits, how


def _hosts(reader: _Reader) -> tuple[dict[str, Host], str, int]:
    document = reader.document(reader.root / "machines" / "hosts.yaml")
    if document is None:
        return {}, "", 0
    plain = {"hosts": document.data.get("hosts")}
    hosts = reader.entries(Host, Document(document.file, plain, document.lines), "hosts")
    reserved = reader.one(Reserved, document, "reserved")
    return hosts, str(document.data.get("reference")), reserved.memory if reserved else 0


def _claims(reader: _Reader) -> tuple[dict[str, Claim], dict[str, Word], dict[str, Kind], Sets]:
    document = reader.document(reader.root / "claims.yaml")
    if document is None:
        return {}, {}, {}, {}
    words = _named(reader, Word, document, "words")
    kinds = _named(reader, Kind, document, "kinds")
    sets: dict[str, dict[str, tuple[str, ...]]] = {}
    for axis in reader.mapping(document, ("sets",)):
        own = sets.setdefault(axis, {})
        for name, listed in reader.mapping(document, ("sets", axis)).items():
            if isinstance(listed, list):
                own[name] = members(sets, axis, listed)  # a set may name an earlier one
            else:
                reader._problem(document, ("sets", axis, name), "is not a list; write [a, b]")
    for name, kind in kinds.items():
        axis = "machines" if kind.machines else "contexts"
        sets.setdefault(axis, {})[name] = members(sets, axis, kind.machines or tuple(map(str, kind.contexts)))
    plain = {"claims": document.data.get("claims")}
    return reader.entries(Claim, Document(document.file, plain, document.lines), "claims"), words, kinds, sets


def _named(reader: _Reader, kind: type[E], document: Document, key: str) -> dict[str, E]:
    """Compressed that have no id of their own in the catalog."""
    found = {
        name: validate(kind, data, document, _member((key, name)), reader.problems)
        for name, data in reader.mapping(document, (key,)).items()
    }
    return {name: entry for name, entry in found.items() if entry is not None}


def _single_file(reader: _Reader, kind: type[E], name: str) -> dict[str, E]:
    document = reader.document(reader.root / f"{name}.yaml")
    return reader.entries(kind, document, name) if document else {}


def _check_references(reader: _Reader, facts: Facts) -> None:
    hosts = "catalog/machines/hosts.yaml"
    for model in facts.models.values():
        for name, published in model.files.items():
            reader.refer(model.id, f"files.{name}.like", published.like, facts.formats, "catalog/formats.yaml")
            if name in facts.formats:
                file, line = reader.origins[model.id]
                what = "is a format, whose rule gives the bytes; leave the file out"
                reader.problems.append(Problem(file, line, f"{model.id}.files.{name}", what))
    reader.refer("reference", "", facts.reference_host, facts.hosts, hosts)
    for machine in facts.machine_entries.values():
        if machine.host is not None:
            reader.refer(machine.id, "host", machine.host, facts.hosts, hosts)
        for installed in machine.devices:
            reader.refer(machine.id, "devices", installed.device, facts.devices, "catalog/devices/")
            device = facts.devices.get(installed.device)
            if device is not None and device.unified and installed.memory not in device.memory.box:
                file, line = reader.origins[machine.id]
                sold = ", ".join(f"{size >> 30} GB" for size in device.memory.box)
                key = f"{machine.id}.devices.memory"
                reader.problems.append(Problem(file, line, key, f"{device.id} is sold with {sold}; give one of these"))
    for fmt in facts.formats.values():
        for runtime in fmt.runtimes:
            reader.refer(fmt.id, "runtimes", runtime, facts.runtimes, "catalog/runtimes.yaml")


def _check_claims(reader: _Reader, facts: Facts) -> None:
    """Every name in a claim is known; a device, counted or with its size, is a machine too."""

    def is_machine(name: str) -> bool:
        bare = COUNTED.sub(r"\2", name)
        return name in facts.machine_entries or bare in facts.devices or SIZED.sub(r"\1", bare) in facts.devices

    known: Mapping[str, Mapping[str, object]] = {"models": facts.models, "formats": facts.formats}
    for claim in facts.claims.values():
        for check in claim.checks:
            if check.word is not None:
                reader.refer(claim.id, "word", check.word, facts.words, "catalog/claims.yaml")
            for axis, entries in known.items():
                for name in members(facts.sets, axis, getattr(check.over, axis)):
                    reader.refer(claim.id, f"over.{axis}", name, entries, f"catalog/{axis}")
            for name in members(facts.sets, "machines", check.over.machines):
                if not is_machine(name):
                    reader.refer(claim.id, "over.machines", name, facts.machine_entries, "catalog/machines")
            for context in check.over.contexts:
                if isinstance(context, str):
                    reader.refer(claim.id, "over.contexts", context, facts.kinds, "catalog/claims.yaml")
