"""``sizing export``: the engine and its data, for a page that plans by itself; facts and plans, for scripts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

NAME: Final = "export"
HELP: Final = "data that others read: the engine for pages, facts and plans for scripts"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--site", type=Path, metavar="FOLDER", help="the engine and its data; pages import sizing.mjs")
    wanted.add_argument("--api", type=Path, metavar="FOLDER", help="facts and plans as JSON and CSV, with their schema")


def run(asked: argparse.Namespace) -> int:
    """Write the files."""
    from sizing.catalog import Catalog
    from sizing.export import api, files, write

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
