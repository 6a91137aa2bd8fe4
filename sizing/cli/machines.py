"""``sizing machines``: which machines run a model, the cheapest first?"""

from __future__ import annotations

import argparse
from typing import Final

from sizing.cli import answers, asking, buy
from sizing.cli.models import add_model, model_of
from sizing.engine.listing import BEATEN
from sizing.errors import SizingError

NAME: Final = "machines"
HELP: Final = "machines that run a model, the cheapest first"
BUDGETED: Final = ("region", "used", "platform", "power", "quiet")  # what is said of a budget
NOTE: Final = (
    "what all of a machine costs comes first, then cards alone, old prices, rents, and what nobody prices "
    f"({answers.MARKS})"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    add_model(parser)
    buy.add_budget(parser)
    asking.add_options(parser)
    parser.add_argument("--all", dest="beaten", action="store_true", help="those too that others beat")


def _unbudgeted(asked: argparse.Namespace) -> None:
    """Raise SizingError where something is said of a budget, and none is."""
    for name in BUDGETED:
        if getattr(asked, name) not in (None, False, "no", "any"):
            raise SizingError(f"--{name} is of what a budget buys; say --budget, too")


def run(asked: argparse.Namespace) -> int:
    """Print the machines."""
    from sizing.catalog import Catalog
    from sizing.search import machines
    from sizing.search.question import require_answers

    catalog = Catalog.load(asked.catalog)
    model = model_of(catalog, asked)
    require_answers(model)
    budget = buy.budget_of(asked) if asked.budget else None
    if budget is None:
        _unbudgeted(asked)
    question = asking.question(asked)
    found = machines(catalog, model, question, budget=budget)
    if not found and budget is not None and not asked.json:
        print("\n".join(buy.nothing_within(catalog, budget, question, model)))
        return 0
    shown = found if asked.beaten or asked.json else [one for one in found if one.kind != BEATEN]
    note, beaten = f"{model.name}; {NOTE}", len(found) - len(shown)
    if beaten:
        note += f"; {beaten} more cost no less than one above and are no sooner, or are no smaller: --all shows all"
    return answers.show(shown, "machine", as_json=asked.json, explain=asked.explain, note=note)
