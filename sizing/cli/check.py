"""``sizing check``: is everything in the catalog valid?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

NAME: Final = "check"
HELP: Final = "validate the catalog"
SHOWN: Final = 5  # of what is stale


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="the catalog's folder, as --catalog PATH")


def run(asked: argparse.Namespace) -> int:
    """Print how much there is of each kind, and which prices are stale: a warning, and no mistake."""
    from sizing.check import check
    from sizing.facts.money import STALE_DAYS

    catalog = check(asked.path or asked.catalog)
    rows = len(catalog.measurements())
    if stale := sorted(catalog.market.stale_offers(), key=lambda one: one.date):
        oldest = ", ".join(f"{one.id} ({one.date})" for one in stale[:SHOWN])
        more = f" and {len(stale) - SHOWN} more" if len(stale) > SHOWN else ""
        print(f"{len(stale)} prices are older than {STALE_DAYS} days and decide nothing: {oldest}{more}")
    print(
        f"catalog: {len(catalog.models)} models, {len(catalog.devices)} devices, {len(catalog.machines)} machines, "
        f"{len(catalog.formats)} formats, {len(catalog.runtimes)} runtimes, {len(catalog.offers)} offers, "
        f"{len(catalog.apis)} prices of tokens, {rows} measurements: valid"
    )
    return 0
