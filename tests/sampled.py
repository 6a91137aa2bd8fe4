"""How much does a proof try: in an ordinary run a sample that the commit draws, and all there is where asked.

``WHOLE=1 make test`` tries everything; what is published waits for it. ``WHOLE=night`` tries hours of what has no end
besides: questions, files and saves at random. A run says by which seed it drew; ``SEED=…`` draws the same again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final, TypeVar

T = TypeVar("T")

ASKED: Final = os.environ.get("WHOLE", "")
if ASKED not in ("", "1", "night"):
    sys.exit(f"WHOLE={ASKED}: say 1, or night for hours")
WHOLE: Final = ASKED != ""
NIGHT: Final = ASKED == "night"
MANY: Final = 20_000  # of what has no end, at night


def _commit() -> str:
    """The commit that is checked out; where there is none, a seed of its own."""
    git = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=8", "HEAD"]
    try:
        return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "no commit"


# Set before workers are started, so that all of them draw the same.
SEED: Final = os.environ.setdefault("SEED", _commit())
SAYS: Final = f"WHOLE={ASKED} tries everything" if WHOLE else f"samples by SEED={SEED}; WHOLE=1 tries everything"


def tries(ordinary: int, whole: int, night: int | None = None) -> int:
    """How often something is tried."""
    if NIGHT and night is not None:
        return night
    return whole if WHOLE else ordinary


def drawing(proof: str) -> Random:
    """What a proof of that name draws by: the same in every process of a run, another after another commit."""
    return Random(f"{SEED} {proof}")


def sample(every: Sequence[T], ordinary: int, proof: str) -> list[T]:
    """So many of all, in their order; all of them where everything is tried."""
    if WHOLE or ordinary >= len(every):
        return list(every)
    return [every[i] for i in sorted(drawing(proof).sample(range(len(every)), ordinary))]
