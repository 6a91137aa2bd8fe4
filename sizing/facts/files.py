"""What lies where in the catalog? Every kind of file, once, with who reads it; anything else there is a problem."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from sizing.errors import Problem
from sizing.facts import published, recorded
from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.devices import Device, GpuLimit, RaiseGpuLimit
from sizing.facts.entries.entry import Entry
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry, Reserved
from sizing.facts.entries.models import CitedModelEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import AXES
from sizing.facts.measurements import SPEEDS
from sizing.facts.reader import Reader
from sizing.facts.tables import Table
from sizing.facts.text import strange
from sizing.facts.yaml import Document

Read = Callable[[Reader, Document], None]


@dataclass(frozen=True, eq=False)
class FileKind:
    """One kind of file."""

    where: str  # under the catalog's folder: * is any name, ** any folder
    holds: str
    by: Read | Table[Any] | None = None  # who reads it; None: people do
    names: tuple[str, ...] = ()  # the kinds of names that it gives

    @property
    def folder(self) -> str:
        """Where such files lie; empty for the catalog's own folder."""
        return self.where.rpartition("/")[0]

    @property
    def many(self) -> bool:
        """Whether there may be several, and none."""
        return "*" in self.where

    def takes(self, folder: str, name: str) -> bool:
        """Whether a file is of this kind."""
        return self.folder in ("**", folder) and fnmatchcase(name, self.where.rpartition("/")[2]) and name[0] != "."


# --- who reads them -------------------------------------------------------------------------------------------------


def _members(kind: type[Entry], names: str) -> Read:
    return lambda reader, document: reader.entries(kind, document, names)


def _devices(reader: Reader, document: Document) -> None:
    vendor = {"vendor": document.data["vendor"]} if "vendor" in document.data else {}
    reader.limits += reader.many(GpuLimit, document, "gpu_limits", vendor)
    reader.raise_limit = reader.one(RaiseGpuLimit, document, "raise_gpu_limit") or reader.raise_limit
    reader.entries(Device, document, "devices", beside=("gpu_limits", "raise_gpu_limit"))


def _hosts(reader: Reader, document: Document) -> None:
    reader.entries(Host, document, "hosts", beside=("reference", "reserved"), common=False)
    reader.needs(document, ("reference", "reserved"))
    reader.reference(document, "reference")
    reserved = reader.one(Reserved, document, "reserved")
    reader.reserved = reserved.memory if reserved else 0


def _claims(reader: Reader, document: Document) -> None:
    reader.named(Word, document, "words")
    reader.named(Kind, document, "kinds")
    reader.listed(document, "sections")
    reader.only(document, AXES, ("sets",))
    for axis in AXES:
        for name, listed in reader.mapping(document, ("sets", axis)).items():
            reader.set_of(document, axis, name, listed)
    reader.entries(Claim, document, "claims", beside=("sections", "sets", "words", "kinds"), common=False)


FILES: Final = (
    FileKind("LICENSE", "the licence of the facts"),
    FileKind("**/README.md", "what people should know of a folder"),
    FileKind("models/*.yaml", "a family of models", _members(CitedModelEntry, "models"), ("models",)),
    FileKind("devices/*.yaml", "a vendor's devices", _devices, ("devices",)),
    FileKind("machines/hosts.yaml", "hosts, and the one that a bare card stands in", _hosts, ("hosts",)),
    FileKind("machines/*.yaml", "machines of a kind", _members(MachineEntry, "machines"), ("machines",)),
    FileKind("runtimes.yaml", "programs that run models", _members(Runtime, "runtimes"), ("runtimes",)),
    FileKind("formats.yaml", "weight formats", _members(Format, "formats"), ("formats",)),
    FileKind("claims.yaml", "claims, and words and lists for them", _claims, ("claims", "words", "kinds", "sections")),
    FileKind("measurements/speeds.csv", "speeds that real tools printed", SPEEDS),
    FileKind("measurements/dropped.csv", "speeds that were left out, and why", published.DROPPED),
    FileKind("measurements/builds.csv", "days on which a build was the newest", published.BUILDS),
    FileKind("measurements/file_sizes.csv", "sizes of published files", published.FILE_SIZES),
    FileKind("measurements/caches.csv", "caches that runtimes logged", published.CACHES),
    FileKind("measurements/buffers.csv", "buffers that runtimes logged", published.BUFFERS),
    FileKind("measurements/totals.csv", "memory of whole runs", published.TOTALS),
    FileKind("measurements/record/parameters.csv", "what transformers counts", recorded.PARAMETERS),
    FileKind("measurements/record/weights.csv", "what llama-quantize makes", recorded.WEIGHTS),
    FileKind("measurements/record/memory.csv", "what llama-fit-params reserves on the CPU", recorded.MEMORY),
    FileKind("measurements/record/devices.csv", "and on devices", recorded.DEVICES),
    FileKind("measurements/record/failures.csv", "what these tools refused", recorded.FAILURES),
)
FOLDERS: Final = tuple(dict.fromkeys(kind.folder for kind in FILES if kind.folder not in ("", "**")))

# What editors and desktops leave beside a file that is open; git ignores it too, or it goes with the editor.
_LEFT: Final = re.compile(r"\.DS_Store|\.#.*|\..*\.sw.")


def found_in(root: Path) -> tuple[dict[FileKind, list[Path]], list[Problem]]:
    """The files of each kind under the catalog's folder in the order of their names, and what else lies there."""
    found: dict[FileKind, list[Path]] = {kind: [] for kind in FILES}
    problems: list[Problem] = []
    for folder in ("", *FOLDERS):
        try:
            paths = sorted((root / folder).iterdir())
        except OSError:
            continue  # what must lie there is missing
        for path in paths:
            if _LEFT.fullmatch(path.name) or (path.is_dir() and f"{folder}/{path.name}".lstrip("/") in FOLDERS):
                continue
            kind = next((kind for kind in FILES if kind.takes(folder, path.name)), None)
            if kind is None:
                problems.append(Problem(named_in(root, path), 1, "", _stray(folder, path)))
            else:
                found[kind].append(path)
    return found, problems


def named_in(root: Path, path: Path) -> str:
    """What errors call a file: its path from the catalog's folder on, in one line."""
    name = f"catalog/{path.relative_to(root).as_posix()}"
    return name if strange(name) is None and not re.search(r"\s", name) else ascii(name)[1:-1]


def _stray(folder: str, path: Path) -> str:
    """What is wrong with a file that is of no kind, and what would be right."""
    if path.is_dir() and not path.is_symlink():
        return f"a folder that nobody reads; put its files into {folder or 'models, devices or machines'}, or remove it"
    here = [kind.where.rpartition("/")[2] for kind in FILES if kind.folder == folder]
    stem = path.name.strip(".").partition(".")[0]
    if "*.yaml" in here and re.search(r"\.(ya?ml|jsonc?|toml)$", path.name, re.I):
        return f"is not read; write YAML and name it {stem.lower()}.yaml"
    close = difflib.get_close_matches(path.name, here, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(here)}"
    return f"is not read; {hint}"
