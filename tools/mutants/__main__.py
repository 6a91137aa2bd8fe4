"""``python -m tools.mutants [PATTERN …]``: let mutmut change one thing at a time, and print how often a test noticed.

It works in a copy of the tree under ``.cache/mutants``, as ``[tool.mutmut]`` of pyproject.toml says; patterns name
mutants (``sizing.engine.layout*``), else all are tried. The exit status is 1 where fewer die than ``LEAST``. What
mutmut leaves alone: decorated functions, so cached properties, and what stands outside functions.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TREE: Final = ROOT / ".cache" / "mutants" / "tree"
LEAST: Final = 0.85  # the share of mutants that must die


def main(patterns: Sequence[str]) -> int:
    """Run, and print the survivors and the score."""
    shutil.rmtree(TREE, ignore_errors=True)
    left_out = shutil.ignore_patterns(".*", "*.egg-info", "__pycache__", "build", "dist", "site", "mutants")
    shutil.copytree(ROOT, TREE, ignore=left_out)
    shutil.copytree(ROOT / "tools" / "mutants", TREE / "tools" / "mutants")
    _mutmut("run", "--max-children", str(os.cpu_count() or 1), *patterns)
    print(_mutmut("results", told=True))
    _mutmut("export-cicd-stats")
    stats = json.loads((TREE / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    died, alive = stats["killed"] + stats["timeout"], stats["survived"] + stats["no_tests"] + stats["suspicious"]
    score = died / (died + alive)
    print(f"{died} of {died + alive} mutants died: {score:.1%}, of which {LEAST:.0%} is the least")
    return 0 if score >= LEAST else 1


def _mutmut(*arguments: str, told: bool = False) -> str:
    """Run mutmut in the copy; what it prints, where it shall be told."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=TREE, stdout=subprocess.PIPE if told else None, text=True, check=False)
    return done.stdout or ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
