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
from sizing.facts.references import IDLE, REFERENCES, misfits, named_twice, unknown
from sizing.facts.sheets import Sheet
from sizing.facts.tables import Table
from sizing.facts.yaml import read, uncollected


@dataclass(frozen=True)
class Gathered:
    """The facts that hold, every name, and every problem of the others."""

    facts: Facts
    names: Names
    reader: Reader
    problems: list[Problem]

    @property
    def placed(self) -> list[Placed]:
        """The entries that hold, templates' too, each with where it stands."""
        return [*self.reader.placed, *self.reader.examples]

    def idle(self) -> Iterator[Problem]:
        """What is wrong and misleads no plan: in what sources support, is said of unknown models, or templates name."""
        yield from self.reader.unsupported()
        for one in self.placed:
            yield from (one.problem(*wrong) for wrong in unknown(one.data, IDLE.get(one.what, {}), self.names))
        for one in self.reader.examples:
            yield from _wrong(one, self.facts, self.names)


def _wrong(one: Placed, facts: Facts, names: Names) -> Iterator[Problem]:
    """What is wrong with the names that something says, and with how it fits what they stand for."""
    yield from (one.problem(*wrong) for wrong in unknown(one.data, REFERENCES.get(one.what, {}), names))
    yield from (one.problem(*wrong) for wrong in misfits(one.entry, facts))


@uncollected()
def gathered(root: Path, model_types: Collection[str]) -> Gathered:
    """What the files at ``root`` state, tables left alone; ``model_types`` are the ways in which models are built.

    Raises SizingError where there is no catalog.
    """
    if not root.is_dir():
        raise SizingError(f"{root}: no such folder; give the folder that holds models/, devices/ and machines/")
    reader = Reader(model_types)
    files, strays = found_in(root)
    reader.problems += strays
    reader.unread |= {name for stray in strays for kind in FILES for name in _perhaps_in(stray, kind)}
    for kind in FILES:
        if isinstance(kind.what, Sheet):
            for path in files[kind]:
                _read(reader, kind.what, root, path)
            if not kind.many and root / kind.where not in files[kind]:
                reader.problems.append(_missing(kind))
                reader.unread.update(kind.what.gives)
    facts, names = _facts(reader), Names(reader.names, frozenset(reader.unread))
    told = {(problem.file, problem.key) for problem in reader.problems}
    found = (problem for placed in reader.placed for problem in _wrong(placed, facts, names))
    of = {id(placed.entry): placed for placed in reader.placed}
    reader.problems += [of[id(entry)].problem(*wrong) for entry, wrong in named_twice(p.entry for p in reader.placed)]
    # A name that cannot be one need not stand for something.
    reader.problems += [problem for problem in found if (problem.file, problem.key) not in told]
    once = {(problem.file, problem.line, problem.key): problem for problem in reversed(reader.problems)}
    return Gathered(facts, names, reader, list(once.values())[::-1])


def check_tables(root: Path, found: Gathered) -> list[Problem]:
    """Every problem of every table."""
    problems: list[Problem] = []
    for kind in FILES:
        if isinstance(kind.what, Table):
            if (root / kind.where).exists():
                kind.what.rows(root, found.facts, found.names, problems)
            else:
                problems.append(_missing(kind))
    return problems


def read_family(file: Path) -> dict[str, CitedModelEntry]:
    """The models of one family file, anywhere, whose names nobody looks up. Raises CatalogError."""
    family = next(kind.what for kind in FILES if isinstance(kind.what, Sheet) and kind.what.names == "models")
    reader = Reader(())
    _read(reader, family, file.resolve().parent.parent, file.resolve())
    if reader.problems:
        raise CatalogError(reader.problems)
    return reader.held["models"]


def _missing(kind: FileKind) -> Problem:
    return Problem(f"catalog/{kind.where}", 1, "", "missing; restore the file")


def _read(reader: Reader, sheet: Sheet, root: Path, path: Path) -> None:
    """One file, or what is wrong with it as a whole."""
    name = named_in(root, path)
    try:
        document = read(path, name)
        if isinstance(document.data, dict):
            (reader.aside() if document.template else reader).sheet(document, sheet)
            return
        reader.problems.append(Problem(name, 1, "", "is not a mapping; write keys and values"))
    except CatalogError as error:
        reader.problems += error.problems
    reader.unread.update(sheet.gives)


def _perhaps_in(stray: Problem, kind: FileKind) -> tuple[str, ...]:
    """The kinds of names that a file which nobody reads may hold, lying where files of ``kind`` do."""
    folder = stray.file.removeprefix("catalog/").rpartition("/")[0]
    return kind.what.gives if isinstance(kind.what, Sheet) and folder == kind.folder else ()


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
        reference_host=reader.chosen.get("reference", ""),
        reserved=reader.single["reserved"].memory if "reserved" in reader.single else 0,
        gpu_limits=tuple(reader.lists.get("gpu_limits", ())),
        raise_gpu_limit=reader.single.get("raise_gpu_limit"),
        offers=held["offers"],
        parts=held["parts"],
        apis=held["apis"],
        tariffs=held["tariffs"],
        rates=held["rates"],
        benchmarks=held["benchmarks"],
        claims=held["claims"],
        words=held["words"],
        kinds=held["kinds"],
        sets=MappingProxyType(sets),
        origins=MappingProxyType(reader.origins),
    )
