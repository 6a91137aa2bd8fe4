"""What takes long to build and is the same for every worker: who builds it, and when is it built anew?

The first who asks builds it, in `.cache/tests`, while others wait; it is built anew once anything that decides it has
changed: a source, an installed package, Python, or what the environment says.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from filelock import FileLock

ROOT: Final = Path(__file__).resolve().parents[1]
KEPT: Final = ROOT / ".cache" / "tests"
# All that the site, the wheel and the plugin's data are made of: tests/test_reproducible.py builds from these alone.
SOURCES: Final = (
    "catalog", "docs", "macros", "overrides", "sizing", "tools", "LICENSE", "MANIFEST.in", "README.md", "mkdocs.yml",
    "pyproject.toml",
)  # fmt: skip
FOLDERS: Final = 2  # of a name; one may serve a run that began before an edit
DECIDING: Final = ("SOURCE_DATE_EPOCH", "SIZING_CATALOG", "PYTHONPATH")  # of the environment


def built_once(name: str, build: Callable[[Path], None], said: str = "") -> Path:
    """The folder of that name that ``build`` has filled; ``said`` is what it is told beside the sources.

    Nobody may write into it. What fails leaves nothing, and is tried again by the next who asks.
    """
    decided = _decided_by(said)
    folder = KEPT / f"{name}-{decided}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT / f"{name}.lock"):
        if folder.exists():
            folder.touch()
            return folder
        new = KEPT / f"{name}.new"
        shutil.rmtree(new, ignore_errors=True)
        build(new)
        for old in sorted(KEPT.glob(f"{name}-*"), key=lambda one: one.stat().st_mtime)[: 1 - FOLDERS]:
            shutil.rmtree(old, ignore_errors=True)
        # What was saved meanwhile may be in one half of it: then it is of nobody's sources, and nobody finds it again.
        return new.rename(folder if _decided_by(said) == decided else f"{folder}-mixed")


def _decided_by(said: str) -> str:
    """A hash of everything that may change what is built."""
    found = hashlib.sha256()
    for path in _files(SOURCES):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    installed = sorted({f"{one.name} {one.version}" for one in distributions()})  # a test may name a path twice
    environment = [f"{name}={os.environ.get(name)}" for name in DECIDING]
    found.update("\n".join([sys.version, *installed, *environment, said]).encode())
    return found.hexdigest()[:16]


def _files(names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        path = ROOT / name
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (one for one in inside if one.is_file() and "__pycache__" not in one.parts)
