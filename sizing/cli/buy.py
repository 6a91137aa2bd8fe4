"""``sizing buy``: what to buy for a budget, which card to add to a machine, or to rent or call an API instead?"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from sizing.cli import answers, asking, cost
from sizing.cli.models import add_kinship, model_of

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.facts.machine import Machine
    from sizing.facts.money import Money
    from sizing.model import Model
    from sizing.search import Answer, Bought, Budget, Question

NAME: Final = "buy"
HELP: Final = "what to buy for a budget, or to rent or call instead"
BY: Final = ("quality", "speed", "price", "power")
_NAMED: Final = 4  # machines that are named of those that are left out
SPARED: Final = ("decode", "first of 8K", "fit", "mode", "power", "format", "beside")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    add_budget(parser, required=True)
    parser.add_argument("--for", "--model", dest="model", metavar="MODEL", help="the model that it shall run")
    add_kinship(parser)
    parser.add_argument("--with", dest="owned", metavar="MACHINE", help="the machine that one has: which card to add")
    parser.add_argument("--rank", choices=BY, default="quality", help="what comes first (default: quality)")
    cost.add_use(parser)
    asking.add_options(parser, models=True)


def add_budget(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """How much money, where, and for what."""
    parser.add_argument("--budget", metavar="M", required=required, help="with its currency: 20000cny, 3000usd")
    parser.add_argument(
        "--region", metavar="CC", help="whose prices: a country, such as CN or US; unsaid, where one pays so"
    )
    parser.add_argument("--used", choices=("yes", "no"), default="no", help="whether used ones come into question")
    parser.add_argument("--platform", choices=("any", "mac", "pc"), default="any", help="mac, pc or any (default: any)")
    parser.add_argument("--power", metavar="W", type=_watts, help="watts under load at most, at the wall: 500W")
    parser.add_argument("--quiet", action="store_true", help="what draws so little that it needs little air: 200 W")


def budget_of(asked: argparse.Namespace, owned: Machine | None = None) -> Budget:
    """What was said. Raises SizingError for what buys nothing."""
    from sizing.search import Budget
    from sizing.search.buying import money, region_of

    most = money(asked.budget)
    return Budget(
        most=most,
        region=(asked.region or region_of(most.currency)).upper(),
        used=asked.used == "yes",
        platform=asked.platform,
        power=asked.power,
        quiet=asked.quiet,
        owned=owned,
    )


def _watts(text: str) -> float:
    """``500W``, or ``500``."""
    said = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,2})?) ?w?", text.strip().lower())
    if said is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no power; write watts, such as 500W")
    return float(said[1])


def run(asked: argparse.Namespace) -> int:
    """Print what to buy."""
    from sizing.catalog import Catalog
    from sizing.search import buy
    from sizing.search.buying import cheapest, unstated

    catalog = Catalog.load(asked.catalog)
    budget = budget_of(asked, catalog.machine(asked.owned) if asked.owned else None)
    question, model, use = asking.question(asked), model_of(catalog, asked) if asked.model else None, cost.use_of(asked)
    found = buy(catalog, budget, question, model=model, by=asked.rank, use=use)
    if not found and not asked.json:
        own = _own(catalog, budget.owned, question, model) if budget.owned else None
        print("\n".join(_nothing(budget, cheapest(catalog, budget, question, model=model, use=use), own)))
        return 0
    first = "machine" if budget.owned is None else "add"
    return answers.show(
        found,
        first,
        as_json=asked.json,
        explain=asked.explain,
        note=_note(found, budget, unstated(catalog, budget)) + asking.left_out(catalog, question) if found else "",
        columns=_columns(first),
        spared=SPARED,
    )


def nothing_within(catalog: Catalog, budget: Budget, question: Question, model: Model) -> list[str]:
    """What to do with too little money for one model."""
    from sizing.search.buying import cheapest

    return _nothing(budget, cheapest(catalog, budget, question, model=model), None)


def _own(catalog: Catalog, machine: Machine, question: Question, model: Model | None) -> Answer | None:
    """What the machine that one has answers with by itself; None where it does not."""
    from sizing.search import fit
    from sizing.search.formats import serving
    from sizing.search.scoring import timed

    if model is None:
        return next(iter(fit(catalog, machine, question)), None)
    p = serving(model, machine, question.of(model))
    return timed(p, question) if p else None


def _nothing(budget: Budget, least: Bought | None, own: Answer | None) -> list[str]:
    """What to do with too little money: what the cheapest costs, or to rent or call an API; of a machine that one has,
    what it does already."""
    said = f"Nothing that is sold in {budget.region} for {budget.most} answers"
    if own is not None and own.plan.machine is not None:
        soon = f" in {answers.seconds(own.seconds)}" if own.seconds else ""
        said = (
            f"No card that is sold in {budget.region} for {budget.most} makes {own.plan.machine.name} answer better "
            f"than it does: {own.plan.model.name}{soon}"
        )
        if least is None:
            return [said]
    if least is None:
        return [f"{said}, nor for more; ask for less, or with --used yes"]
    what = f"{least.offered.name} with {least.plan.model.name}"
    return [f"{said}; the cheapest is {what}, for {_price(least)}", *_instead(least)]


def _columns(first: str) -> list[answers.Column]:
    return [
        (first, lambda a: _of(a).offered.name),
        ("model", lambda a: a.plan.model.name),
        ("format", lambda a: a.plan.format.id),
        ("fit", lambda a: a.plan.verdict or ""),
        ("score", lambda a: f"{a.score.value:g}" if a.score else ""),
        ("mode", lambda a: a.score.mode if a.score else ""),
        ("answer", lambda a: answers.seconds(a.seconds)),
        ("decode", lambda a: answers.decode(a.plan)),
        ("price", _price),
        ("beside", _beside),
        ("power", lambda a: f"{watts:.0f} W" if (watts := _of(a).offered.watts) else ""),
    ]


def _of(answer: Answer) -> Bought:
    from sizing.search import Bought

    assert isinstance(answer, Bought)
    return answer


def _price(answer: Answer) -> str:
    one = _of(answer)
    used = ["used"] if one.offer and one.offer.kind == "used" else []
    marks = [] if one.offered.says == "all" else reversed(one.offered.says.split())
    return " ".join([_money(one.price), *used, *marks])


def _beside(answer: Answer) -> str:
    beside = _of(answer).beside
    return _money(beside[0]) if beside else ""


def _money(money: Money) -> str:
    return f"{money.amount:,.0f} {money.currency}"


def _note(found: list[Bought], budget: Budget, unstated: list[str]) -> str:
    """Why the first one, what else than buying it, and what the marks mean."""
    first = found[0]
    lines = [f"Why {first.offered.name}: {'; '.join(first.why)}", *_instead(first)]
    tests = {one.benchmark for one in found if one.benchmark}
    lines += [f"scores of {one.name} ({one.edition}) in published precision, measured by {one.by}" for one in tests]
    cover = (
        "with the memory and all parts" if budget.owned is None else "of the cards, which must find their place there"
    )
    lines.append(f"prices of {budget.region} {cover}; power at the wall under load; {answers.MARKS}")
    if unstated:
        more = f" and {len(unstated) - _NAMED} more" if len(unstated) > _NAMED else ""
        lines.append(f"left out, as nobody states what they draw: {', '.join(unstated[:_NAMED])}{more}")
    if beside := first.beside:
        rate = beside[1]
        lines.append(f"1 {rate.base} is {rate.rate:g} {rate.currency} ({rate.date}, {rate.seller})")
    return "\n".join(lines)


def _instead(first: Bought) -> list[str]:
    """Owning, renting and calling an API, at the day's use."""
    ways, use = first.instead, first.terms.use
    lines = [f"{use.read:,.0f} tokens read and {use.written:,.0f} written a day, over {use.years:g} years; a month of"]
    if ways.own:
        lines.append(f"  owning    {_money(ways.own.month)}, electricity included")
    if ways.rent and ways.rented and ways.rented.machine:
        even = _even(ways.break_even_rent)
        lines.append(f"  renting   {_money(ways.rent.month)}: {ways.rented.machine.name}, {ways.rent.name}; {even}")
    if ways.api:
        lines.append(f"  the API   {_money(ways.api.month)}: {ways.api.name}; {_even(ways.break_even_api)}")
    return lines


def _even(tokens: float | None) -> str:
    return "owning is never cheaper" if tokens is None else f"owning is cheaper from {tokens:,.0f} tokens a day on"
