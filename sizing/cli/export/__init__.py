"""``sizing export``: the engine and its data, for a page that plans by itself; facts and plans, for scripts; a site's
pages, for notes.

Each is a module here, which is imported when it is asked for; ``plans`` has options of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from sizing.cli.export import plans

NAME: Final = "export"
HELP: Final = "data that others read: the engine for pages, facts and plans for scripts, a site's pages as notes"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--site", type=Path, metavar="FOLDER", help="the engine and its data; pages import sizing.mjs")
    wanted.add_argument("--api", type=Path, metavar="FOLDER", help="facts and plans as JSON and CSV, with their schema")
    wanted.add_argument("--obsidian", type=Path, metavar="FOLDER", help="every page of the site here, as notes")
    wanted.add_argument(
        "--plans", type=Path, metavar="FOLDER", help="every model on every machine, in every format, as plans.csv"
    )
    plans.add_options(parser)


def run(asked: argparse.Namespace) -> int:
    """Write the files."""
    if asked.plans:
        return plans.run(asked)
    plans.refuse_options(asked)
    if asked.obsidian:
        from sizing.cli.export import notes

        return notes.run(asked.obsidian)
    from sizing.cli.export import data

    return data.tables(asked.api, asked.catalog) if asked.api else data.site(asked.site, asked.catalog)
