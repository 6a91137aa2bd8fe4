"""``sizing check``: is everything in the catalog valid?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

NAME: Final = "check"
HELP: Final = "validate the catalog"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="the catalog's folder, as --catalog PATH")


def run(asked: argparse.Namespace) -> int:
    """Print how much there is of each kind."""
    from sizing.check import check

    catalog = check(asked.path or asked.catalog)
    rows = len(catalog.measurements())
    print(
        f"catalog: {len(catalog.models)} models, {len(catalog.devices)} devices, {len(catalog.machines)} machines, "
        f"{len(catalog.formats)} formats, {len(catalog.runtimes)} runtimes, {rows} measurements: valid"
    )
    return 0
