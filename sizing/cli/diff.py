"""``sizing diff BASE``: which published numbers does a change move?"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sizing.errors import SizingError

if TYPE_CHECKING:
    from sizing.figures import Figures

NAME: Final = "diff"
HELP: Final = "which published numbers a change moves, as Markdown"
LASTS: Final = 600.0  # seconds that another revision's numbers may take


def add_options(parser: argparse.ArgumentParser) -> None:
    """What with what."""
    parser.add_argument(
        "base",
        metavar="BASE",
        nargs="?",
        help="a git revision such as main, a catalog's folder, or a file that --write wrote",
    )
    parser.add_argument(
        "--model", dest="models", metavar="ID", action="append", default=[], help="this model's numbers alone; repeat"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write this catalog's numbers, to compare later")
    parser.add_argument("--json", action="store_true", help="a list of {kind, name, before, after}")


def run(asked: argparse.Namespace) -> int:
    """Print what moves. Raises SizingError for a base that cannot be read."""
    from dataclasses import asdict

    from sizing.catalog import Catalog
    from sizing.figures import counted, figures, markdown, moved

    if asked.base is None and asked.write is None:
        raise SizingError("nothing to compare with; name a BASE such as main, or --write FILE")
    found = figures(Catalog.load(asked.catalog), asked.models)
    if asked.write:
        asked.write.write_text(json.dumps(found), encoding="utf-8")
        print(f"{asked.write}: {counted(found):,} numbers")
    if asked.base is not None:
        changes = moved(_of(asked.base, asked.models), found)
        print(json.dumps([asdict(one) for one in changes]) if asked.json else markdown(changes, counted(found)), end="")
    return 0


def _of(base: str, models: Sequence[str]) -> Figures:
    """The numbers of a file, a catalog or a revision."""
    from sizing.catalog import Catalog
    from sizing.figures import figures

    path = Path(base)
    if path.is_dir():
        return figures(Catalog.load(path), models)
    if path.is_file():
        return _written(path)
    return _of_revision(base, models)


def _written(path: Path) -> Figures:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise SizingError(f"{path} holds no numbers; write it by sizing diff --write {path}")
    return found


def _of_revision(name: str, models: Sequence[str]) -> Figures:
    """The numbers of another revision of this checkout, by its own code. Raises SizingError."""
    from sizing.catalog import Catalog

    checkout = Catalog.load().root.parent
    commit = _git(checkout, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        raise SizingError(f"{name} is no file, no folder, and no revision of {checkout}")
    with tempfile.TemporaryDirectory() as folder:
        tree, file = Path(folder) / "tree", Path(folder) / "figures.json"
        if _git(checkout, "worktree", "add", "--detach", "--quiet", str(tree), commit) is None:
            raise SizingError(f"git cannot lay out {name} beside this checkout")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "sizing", "diff", "--write", str(file), *(f"--model={one}" for one in models)],
                cwd=tree,
                env=os.environ | {"PYTHONPATH": str(tree)},
                capture_output=True,
                text=True,
                timeout=LASTS,
                check=False,
            )
        finally:
            _git(checkout, "worktree", "remove", "--force", str(tree))
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
            raise SizingError(f"{name} does not tell its numbers: {last}")
        return _written(file)


def _git(checkout: Path, *words: str) -> str | None:
    """What git prints; None where it fails."""
    try:
        done = subprocess.run(["git", "-C", str(checkout), *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SizingError("git is not installed; name a folder or a file instead") from None
    return done.stdout.strip() if done.returncode == 0 else None
