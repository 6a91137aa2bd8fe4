"""``sizing export``: the engine and its data, for a page that plans by itself; facts and plans, for scripts; a site's
pages, for notes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from sizing.errors import SizingError

NAME: Final = "export"
HELP: Final = "data that others read: the engine for pages, facts and plans for scripts, a site's pages as notes"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--site", type=Path, metavar="FOLDER", help="the engine and its data; pages import sizing.mjs")
    wanted.add_argument("--api", type=Path, metavar="FOLDER", help="facts and plans as JSON and CSV, with their schema")
    wanted.add_argument(
        "--obsidian", type=Path, metavar="FOLDER", help="every page of the site here, as Obsidian's notes"
    )


def run(asked: argparse.Namespace) -> int:
    """Write the files."""
    from sizing.catalog import Catalog
    from sizing.export import api, files, write

    if asked.obsidian:
        return _notes(asked.obsidian)
    catalog = Catalog.load(asked.catalog)
    if asked.api:
        made = api(catalog)
        write(made, asked.api)
        print(f"{asked.api}: {len(made)} files, {sum(map(len, made.values())):,} bytes; index.json says what they hold")
        return 0
    made = files(catalog)
    write(made, asked.site)
    print(f"{asked.site}: {len(made)} files, {sum(map(len, made.values())):,} bytes; import {asked.site}/sizing.mjs")
    return 0


def _notes(folder: Path) -> int:
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
