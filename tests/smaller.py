"""The catalog with fewer models, whose pages are built sooner: for proofs of what does not hang on their number."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from sizing.catalog import HERE
from tests.sampled import WHOLE
from tools.synthetic import write

MODELS: Final = 80


def smaller_catalog(folder: Path) -> Path:
    """A copy of the catalog at ``folder``, which it gives back; where everything is tried, of all of it."""
    return Path(shutil.copytree(HERE, folder)) if WHOLE else write(folder, models=MODELS)
