"""How do the catalog's files become facts? Every file read, validated and cross-checked, all problems told at once.

``sizing.facts.files`` says what lies where and who reads it. A file per family, vendor or kind; an id is a key and
never repeated inside. Files whose name begins with ``_`` are templates: validated, but not part of the catalog.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sizing.errors import CatalogError, Problem, SizingError
from sizing.facts.entries.models import CitedModelEntry
from sizing.facts.files import FILES, FileKind, found_in, named_in
from sizing.facts.index import Facts, Names, members
from sizing.facts.reader import Placed, Reader
from sizing.facts.references import References
from sizing.facts.tables import Table
from sizing.facts.yaml import Document, read, uncollected


@dataclass(frozen=True)
class Gathered:
    """The facts that hold, every name, and every problem of the others."""

    facts: Facts
    names: Names
    reader: Reader
    problems: list[Problem]

    @property
    def placed(self) -> list[Placed]:
        """The entries that hold, each with where it stands."""
        return self.reader.placed

    def idle(self) -> Iterator[Problem]:
        """What is wrong and misleads no plan: what sources are said to support, and what is said of unknown models."""
        yield from self.reader.unsupported()
        references = References(self.facts, self.names)
        for placed in self.placed:
            yield from (placed.problem(key, what) for key, what in references.idle(placed.entry))


@uncollected()
def gathered(root: Path, model_types: Collection[str]) -> Gathered:
    """What the files at ``root`` state, tables left alone; ``model_types`` are the ways in which models are built.

    Raises SizingError where there is no catalog.
    """
    if not root.is_dir():
        raise SizingError(f"{root}: no such folder; give the folder that holds models/, devices/ and machines/")
    reader = Reader(model_types)
    found, strays = found_in(root)
    reader.problems += strays
    reader.unread |= {name for stray in strays for kind in FILES if _beside(stray, kind) for name in kind.names}
    for kind in FILES:
        if callable(kind.by):
            for path in found[kind]:
                if (document := _document(reader, kind, root, path)) is not None:
                    kind.by(reader, document)
            if not found[kind] and not kind.many:
                reader.problems.append(_missing(kind))
                reader.unread.update(kind.names)
    facts, names = _facts(reader), Names(reader.names, frozenset(reader.unread))
    references = References(facts, names)
    for placed in reader.placed:
        reader.problems += (placed.problem(key, what) for key, what in references.wrong(placed.entry))
    return Gathered(facts, names, reader, list(dict.fromkeys(reader.problems)))


def check_tables(root: Path, found: Gathered) -> list[Problem]:
    """Every problem of every table."""
    problems: list[Problem] = []
    for kind in FILES:
        if isinstance(kind.by, Table):
            if (root / kind.where).exists():
                kind.by.rows(root, found.facts, found.names, problems)
            else:
                problems.append(_missing(kind))
    return problems


def read_family(file: Path) -> dict[str, CitedModelEntry]:
    """The models of one family file, anywhere, whose names nobody looks up. Raises CatalogError."""
    family = next(kind for kind in FILES if kind.names == ("models",))
    reader = Reader(())
    document = _document(reader, family, file.resolve().parent.parent, file.resolve())
    if document is not None and callable(family.by):
        family.by(reader, document)
    if reader.problems:
        raise CatalogError(reader.problems)
    return reader.held["models"]


def _missing(kind: FileKind) -> Problem:
    return Problem(f"catalog/{kind.where}", 1, "", "missing; restore the file")


def _document(reader: Reader, kind: FileKind, root: Path, path: Path) -> Document | None:
    """One file as a mapping; None, with a problem noted, for one that is none."""
    name = named_in(root, path)
    try:
        document = read(path, name)
        if isinstance(document.data, dict):
            return document
        reader.problems.append(Problem(name, 1, "", "is not a mapping; write keys and values"))
    except CatalogError as error:
        reader.problems += error.problems
    reader.unread.update(kind.names)
    return None


def _beside(stray: Problem, kind: FileKind) -> bool:
    """Whether a file that nobody reads may hold what a kind holds."""
    return stray.file.removeprefix("catalog/").rpartition("/")[0] == kind.folder


def _facts(reader: Reader) -> Facts:
    held = {kind: MappingProxyType(entries) for kind, entries in reader.held.items()}
    sets = {axis: dict(named) for axis, named in reader.sets.items()}
    for name, kind in held["kinds"].items():
        axis = "machines" if kind.machines else "contexts"
        listed = kind.machines or tuple(map(str, kind.contexts))
        sets.setdefault(axis, {})[name] = members(sets, axis, listed)
    return Facts(
        models=held["models"],
        devices=held["devices"],
        machine_entries=held["machines"],
        formats=held["formats"],
        runtimes=held["runtimes"],
        hosts=held["hosts"],
        reference_host=reader.reference_host,
        reserved=reader.reserved,
        gpu_limits=reader.limits,
        raise_gpu_limit=reader.raise_limit,
        claims=held["claims"],
        words=held["words"],
        kinds=held["kinds"],
        sets=MappingProxyType(sets),
        origins=MappingProxyType(reader.origins),
    )
