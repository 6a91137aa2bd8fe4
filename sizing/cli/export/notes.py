"""``sizing export --obsidian``: which pages become notes, and what was done in the folder?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from sizing.errors import SizingError


def run(folder: Path) -> int:
    """Write notes, and say what was done."""
    from sizing.export.notes import keep

    kept = keep(folder, _pages()(Path.cwd()))
    told = f"{len(kept.written)} written, {len(kept.removed)} removed, {len(kept.same)} as they were"
    print(
        f"{folder}: {told}" + (f"; left alone, since somebody wrote them: {', '.join(kept.others)}" * bool(kept.others))
    )
    return 0


def _pages() -> Callable[[Path], Mapping[str, bytes]]:
    """What makes notes of a site's pages: its own macros where it is a checkout. Raises SizingError without MkDocs."""
    checkout = Path.cwd() / "macros" / "notes"
    if checkout.is_dir():
        sys.path.insert(0, str(Path.cwd()))
    try:
        notes: Callable[[Path], Mapping[str, bytes]] = import_module(
            "macros.notes" if checkout.is_dir() else "sizing_macros.notes"
        ).notes
    except ModuleNotFoundError as error:
        raise SizingError(
            f"notes are made of a site's pages, and {error.name} is not installed; pip install 'llm-sizing[site]'"
        ) from None
    return notes
