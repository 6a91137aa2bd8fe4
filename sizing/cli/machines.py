"""``sizing machines``: which machines run a model, the cheapest first?"""

from __future__ import annotations

import argparse
from typing import Final

from sizing.cli import answers, asking
from sizing.cli.models import add_model, model_of

NAME: Final = "machines"
HELP: Final = "machines that run a model, the cheapest first"
NOTE: Final = (
    f"what all of a machine costs comes first, then other prices, rents, and what nobody states ({answers.MARKS})"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    add_model(parser)
    asking.add_options(parser)


def run(asked: argparse.Namespace) -> int:
    """Print the machines."""
    from sizing.catalog import Catalog
    from sizing.search import machines

    catalog = Catalog.load(asked.catalog)
    model = model_of(catalog, asked)
    found = machines(catalog, model, asking.question(asked))
    return answers.show(found, "machine", as_json=asked.json, explain=asked.explain, note=f"{model.name}; {NOTE}")
