"""``sizing compare``: how do models, machines or formats compare?"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Final

from sizing.cli import answers, asking
from sizing.cli.models import add_kinship, model_of
from sizing.cli.words import apart

NAME: Final = "compare"
HELP: Final = "models, machines or formats side by side"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("names", metavar="NAME", nargs="+", help="two or more models, machines or formats")
    parser.add_argument(
        "--for",
        "--model",
        dest="model",
        metavar="MODEL",
        help="the model that machines or formats shall run; unsaid, machines run what each answers best with",
    )
    add_kinship(parser)
    parser.add_argument("--on", metavar="MACHINE", help="the machine that shall run models or formats")
    asking.add_options(parser)


def run(asked: argparse.Namespace) -> int:
    """Print them side by side."""
    from sizing.catalog import Catalog
    from sizing.search import compare
    from sizing.search.comparing import alike

    catalog = Catalog.load(asked.catalog)
    found = compare(
        catalog,
        apart(asked.names, partial(alike, catalog)),
        asking.question(asked),
        model=model_of(catalog, asked) if asked.model else None,
        machine=catalog.machine(asked.on) if asked.on else None,
    )
    machines = {one.plan.machine.id for one in found if one.plan.machine}
    return answers.show(found, "machine" if len(machines) > 1 else "model", as_json=asked.json, explain=asked.explain)
