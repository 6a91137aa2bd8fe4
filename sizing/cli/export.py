"""``sizing export``: the engine and its data, for a page that plans by itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

NAME: Final = "export"
HELP: Final = "the engine and its data, for a page that plans by itself"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "--site", type=Path, metavar="FOLDER", required=True, help="the folder; pages import its sizing.mjs"
    )


def run(asked: argparse.Namespace) -> int:
    """Write the files."""
    from sizing.catalog import Catalog
    from sizing.export import files, write

    made = files(Catalog.load(asked.catalog))
    write(made, asked.site)
    print(f"{asked.site}: {len(made)} files, {sum(map(len, made.values())):,} bytes; import {asked.site}/sizing.mjs")
    return 0
