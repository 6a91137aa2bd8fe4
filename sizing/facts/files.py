"""What lies where in the catalog? Every kind of file, once, with its form; anything else there is a problem."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from sizing.errors import Problem
from sizing.facts import published, recorded
from sizing.facts.drafts import DRAFTS, LENGTHS
from sizing.facts.entries.benchmarks import Benchmark
from sizing.facts.entries.claims import Claim, Kind, Word
from sizing.facts.entries.devices import Device, GpuLimit, RaiseGpuLimit
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry, Reserved
from sizing.facts.entries.models import CitedModelEntry
from sizing.facts.entries.offers import ApiPrice, ExchangeRate, Offer, Part, Tariff
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import AXES
from sizing.facts.measurements import SPEEDS
from sizing.facts.printed_names import PRINTED_NAMES
from sizing.facts.scores import SCORES
from sizing.facts.sheets import Chosen, Listed, Many, Named, One, Sets, Sheet
from sizing.facts.tables import Table
from sizing.facts.text import strange
from sizing.facts.watts import WATTS


@dataclass(frozen=True, eq=False)
class FileKind:
    """One kind of file."""

    where: str  # under the catalog's folder: * is any name, ** any folder
    holds: str
    what: Sheet | Table[Any] | None = None  # in which form; None: text for people

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
        plain = name.removeprefix("_") if isinstance(self.what, Sheet) else name  # _name is a template of it
        return self.folder in ("**", folder) and plain[:1] != "." and fnmatchcase(plain, self.where.rpartition("/")[2])


_DEVICES: Final = Sheet(
    "devices",
    Device,
    common=True,
    beside={"gpu_limits": Many(GpuLimit, shares=("vendor",)), "raise_gpu_limit": One(RaiseGpuLimit)},
)
_HOSTS: Final = Sheet(
    "hosts",
    Host,
    beside={
        "reference": Chosen("the id of the host that a bare card stands in"),
        "reserved": One(Reserved, needed=True),
    },
)
_CLAIMS: Final = Sheet(
    "claims",
    Claim,
    beside={
        "sections": Listed("the article's sections, as their headings"),
        "sets": Sets(AXES),
        "words": Named(Word),
        "kinds": Named(Kind),
    },
)

FILES: Final = (
    FileKind("LICENSE", "the licence of the facts"),
    FileKind("**/README.md", "what people should know of a folder"),
    FileKind("models/*.yaml", "a family of models", Sheet("models", CitedModelEntry, common=True)),
    FileKind("devices/*.yaml", "a vendor's devices", _DEVICES),
    FileKind("machines/hosts.yaml", "hosts, and the one that a bare card stands in", _HOSTS),
    FileKind("machines/*.yaml", "machines of a kind", Sheet("machines", MachineEntry, common=True)),
    FileKind("offers/parts.yaml", "what computers are built of beside their cards", Sheet("parts", Part, common=True)),
    FileKind("offers/electricity.yaml", "what electricity costs", Sheet("tariffs", Tariff, common=True)),
    FileKind("offers/exchange.yaml", "what currencies cost", Sheet("rates", ExchangeRate, common=True)),
    FileKind("offers/apis-*.yaml", "what a provider asks for tokens", Sheet("apis", ApiPrice, common=True)),
    FileKind("offers/*.yaml", "prices and rents of one source or shop", Sheet("offers", Offer, common=True)),
    FileKind("runtimes.yaml", "programs that run models", Sheet("runtimes", Runtime, common=True)),
    FileKind("formats.yaml", "weight formats", Sheet("formats", Format, common=True)),
    FileKind("claims.yaml", "claims, and words and lists for them", _CLAIMS),
    FileKind("benchmarks.yaml", "tests of models", Sheet("benchmarks", Benchmark, common=True)),
    FileKind("measurements/speeds.csv", "speeds that real tools printed", SPEEDS),
    FileKind("measurements/scores.csv", "how well models did in tests", SCORES),
    FileKind("measurements/dropped.csv", "speeds that were left out, and why", published.DROPPED),
    FileKind("measurements/builds.csv", "days on which a build was the newest", published.BUILDS),
    FileKind("measurements/names.csv", "names and PCI numbers of devices", PRINTED_NAMES),
    FileKind("measurements/file_sizes.csv", "sizes of published files", published.FILE_SIZES),
    FileKind("measurements/caches.csv", "caches that runtimes logged", published.CACHES),
    FileKind("measurements/buffers.csv", "buffers that runtimes logged", published.BUFFERS),
    FileKind("measurements/drafts.csv", "speeds of decoding with drafted tokens", DRAFTS),
    FileKind("measurements/lengths.csv", "how many drafted tokens are kept", LENGTHS),
    FileKind("measurements/watts.csv", "what machines draw at the wall", WATTS),
    FileKind("measurements/totals.csv", "memory of whole runs", published.TOTALS),
    FileKind("measurements/pools.csv", "caches that fill a device", published.POOLS),
    FileKind("measurements/record/parameters.csv", "what transformers counts", recorded.PARAMETERS),
    FileKind("measurements/record/weights.csv", "what llama-quantize makes", recorded.WEIGHTS),
    FileKind("measurements/record/memory.csv", "what llama-fit-params reserves on the CPU", recorded.MEMORY),
    FileKind("measurements/record/devices.csv", "and on devices", recorded.DEVICES),
    FileKind("measurements/record/failures.csv", "what these tools refused", recorded.FAILURES),
    FileKind("measurements/record/launches.csv", "what llama.cpp reserves for plans' own commands", recorded.LAUNCHES),
    FileKind("measurements/record/drawn.csv", "and for those of models and cards drawn at random", recorded.DRAWN),
    FileKind("measurements/record/flags.csv", "the options that programs declare", recorded.FLAGS),
    FileKind("measurements/record/*.jsonl", "what was printed on a GPU that this project measured"),
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
        right = folder or "models, devices, machines or offers"
        return f"a folder that nobody reads; put its files into {right}, or remove it"
    here = [kind.where.rpartition("/")[2] for kind in FILES if kind.folder == folder]
    stem = path.name.strip(".").partition(".")[0]
    if "*.yaml" in here and re.search(r"\.(ya?ml|jsonc?|toml)$", path.name, re.I):
        return f"is not read; write YAML and name it {stem.lower()}.yaml"
    close = difflib.get_close_matches(path.name, here, n=1, cutoff=0.8)
    hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(here)}"
    return f"is not read; {hint}"
