"""``sizing export --site`` and ``--api``: the engine with its data for pages, and facts and plans for scripts."""

from __future__ import annotations

from pathlib import Path

from sizing.catalog import Catalog
from sizing.export import api, files, write


def site(folder: Path, catalog: Path | None) -> int:
    """Write what a page plans by itself with."""
    return _written(folder, files(Catalog.load(catalog)), f"import {folder}/sizing.mjs")


def tables(folder: Path, catalog: Path | None) -> int:
    """Write facts and plans, with their schema."""
    return _written(folder, api(Catalog.load(catalog)), "index.json says what they hold")


def _written(folder: Path, made: dict[str, bytes], how: str) -> int:
    write(made, folder)
    print(f"{folder}: {len(made)} files, {sum(map(len, made.values())):,} bytes; {how}")
    return 0
