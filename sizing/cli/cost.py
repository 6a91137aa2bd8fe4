"""``sizing cost``: what does a model cost, by owning a machine, renting one, or calling an API?"""

from __future__ import annotations

import argparse
import json
import re
from typing import TYPE_CHECKING, Final

from sizing.cli import plan
from sizing.cli.models import model_of
from sizing.cli.steps import as_dicts, said
from sizing.errors import SizingError
from sizing.facts.units import significant

if TYPE_CHECKING:
    from sizing.facts.money import Money
    from sizing.money import Cost, Costs, Use
    from sizing.plan import Plan

NAME: Final = "cost"
HELP: Final = "a month of a model: by owning a machine, by renting one, by an API"

# Of what is used in a day where only one number is given: most of it is read, as chats and agents do.
READ_SHARE: Final = 0.75
_SCALES: Final = {"": 1, "K": 1000, "M": 10**6, "B": 10**9}
_WAYS: Final = {"own": "own", "rent": "rent", "api": "API"}
ASSUMED: Final = {
    "idle_power": "idle watts, by the share of machines that were measured",
    "loaded_power": "watts under load, by limits",
    "no_power": "no electricity: watts or their price are not stated",
    "no_reading": "no time for reading prompts: its speed is not known",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked, beside all that can be asked of a plan."""
    plan.add_options(parser)
    parser.add_argument(
        "--region", metavar="CC", default="CN", help="whose prices: a country, such as US (default: CN)"
    )
    add_use(parser)


def add_use(parser: argparse.ArgumentParser) -> None:
    """How much is used in a day, and what a buyer takes for granted."""
    parser.add_argument(
        "--per-day",
        metavar="TOKENS",
        type=_use,
        default=_use("1M"),
        help="tokens read and written in a day: 750K+250K, or 1M of which three quarters are read (default: 1M)",
    )
    parser.add_argument("--years", metavar="Y", type=float, default=3.0, help="for which it is kept (default: 3)")
    parser.add_argument("--resale", metavar="F", type=float, default=0.0, help="share of its price in the end: 0.3")
    parser.add_argument(
        "--tariff", metavar="X", type=_tariff, help="a kWh, such as 0.6cny; else a home's in the region"
    )


def _use(text: str) -> tuple[float, float]:
    """``1M``, or ``750K+250K``."""
    said = [re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)([KMB]?)", part.strip().upper()) for part in text.split("+")]
    if len(said) not in (1, 2) or not all(said):
        raise argparse.ArgumentTypeError(f"{text!r} is no day's use; write 1M, or read and written: 750K+250K")
    read, *written = (float(x[1]) * _SCALES[x[2]] for x in said if x)
    return (read, written[0]) if written else (read * READ_SHARE, read * (1 - READ_SHARE))


def _tariff(text: str) -> tuple[float, str]:
    said = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,6})?) ?(cny|usd|eur)", text.strip().lower())
    if said is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no price of a kWh; write 0.6cny")
    return float(said[1]), said[2].upper()


def run(asked: argparse.Namespace) -> int:
    """Print what it costs."""
    from sizing.catalog import Catalog
    from sizing.money import Costs

    catalog = Catalog.load(asked.catalog)
    model = model_of(catalog, asked)
    plans = plan.plans_of(catalog, model, asked) if asked.on else [None]
    use = use_of(asked)
    found = [Costs(catalog, model, p, use, asked.region.upper()) for p in plans]
    if not any(list(costs.ways) for costs in found):
        where = f" on {asked.on}" if asked.on else ""
        raise SizingError(f"nobody states what {model.id} costs{where}: give a machine with a price, or another region")
    if asked.json:
        print(json.dumps([_data(costs, asked.explain) for costs in found], indent=2, ensure_ascii=False))
    else:
        told = ("\n".join([describe(one), *(said(one.explain()) if asked.explain else ())]) for one in found)
        print("\n\n".join(told))
    return 0


def use_of(asked: argparse.Namespace) -> Use:
    """What is used in a day. Raises SizingError for a use of nothing."""
    from sizing.facts.money import Money
    from sizing.money import Use

    return Use(
        read=asked.per_day[0],
        written=asked.per_day[1],
        years=asked.years,
        resale=asked.resale,
        electricity=Money(*asked.tariff) if asked.tariff else None,
    )


def _data(costs: Costs, explain: bool) -> dict[str, object]:
    data = {"model": costs.model.id, "plan": costs.plan.as_dict() if costs.plan else None, **costs.as_dict()}
    return {**data, **({"explain": as_dicts(costs.explain())} if explain else {})}


def describe(costs: Costs) -> str:
    """Every way in a few lines of text."""
    p, use = costs.plan, costs.use
    where = f" · {p.format.id} · {p.machine.name}" if p and p.machine else ""
    lines = [
        f"{costs.model.name}{where} · {costs.region}",
        f"  use      {use.read:,.0f} tokens read and {use.written:,.0f} written a day",
    ]
    if p and p.machine:
        hours = costs.seconds * use.tokens / 3600
        lines.append(f"  answers  {hours:.2f} hours a day, {significant(costs.written_rate)} tokens/s")
    for cost in costs.ways:
        told = f"{_money(cost.month)} a month, {_money(cost.million)} a million tokens{_marks(cost)}"
        lines += [f"  {_WAYS[cost.way]:<8} {told}", f"           {_offer(cost, costs)}"]
    if p and p.machine and costs.own is None:
        lines.append(f"  own      nobody states what all of it costs in {costs.region}{_cards(p, costs)}")
    if p and p.machine:
        lines += _comparisons(costs)
    rates = (f"1 {rate.base} is {rate.rate:g} {rate.currency} ({rate.date})" for rate in costs.exchanged)
    lines += [f"  rate     {rate}" for rate in rates]
    assumed = dict.fromkeys(one for cost in costs.ways for one in cost.assumed)
    if assumed:
        lines.append(f"  assumed  {'; '.join(ASSUMED[one] for one in assumed)}")
    return "\n".join(lines)


def _money(money: Money) -> str:
    return f"{money.amount:,.2f} {money.currency}"


def _marks(cost: Cost) -> str:
    return ("" if cost.enough else "; a day is too short for it") + ("; by a stale price" if cost.stale else "")


def _offer(cost: Cost, costs: Costs) -> str:
    from sizing.facts.entries.offers import ApiPrice

    if isinstance(cost.offer, ApiPrice):
        price = cost.offer
        return f"{price.seller}: {price.input:g} in, {price.output:g} out, {price.currency} a million ({price.date})"
    keeps = f" over {costs.use.years:g} years" if cost.way == "own" else ""
    return f"{plan.told(cost.offer, costs.market)}{keeps}, {cost.name}"


def _cards(p: Plan, costs: Costs) -> str:
    """The price of the cards alone, where that is all that is known."""
    assert p.machine is not None
    found = [quote for quote in costs.market.to_own(p.machine, costs.region) if quote.covers == "card"]
    return f"; {plan.told(found[0], costs.market)}" if found else ""


def _comparisons(costs: Costs) -> list[str]:
    """Where ways cost the same, and what the price and the watts give."""
    lines = []
    for way, name in (("rent", "renting"), ("api", "the API")):
        if costs.own and any(cost.way == way for cost in costs.ways):
            tokens = costs.break_even("rent" if way == "rent" else "api")
            said = f"from {tokens:,.0f} tokens a day on" if tokens is not None else "never at this speed and price"
            lines.append(f"  own is cheaper than {name} {said}")
    if costs.decode_per_thousand is not None and costs.memory_per_thousand is not None:
        lines.append(
            f"  for 1,000 {costs.currency}: {significant(costs.decode_per_thousand)} tokens/s, "
            f"{significant(costs.memory_per_thousand)} GiB of the devices' memory"
        )
    if costs.draw is not None and costs.tokens_per_joule is not None:
        at = f", {costs.electricity} a kWh" if costs.electricity else ""
        lines.append(
            f"  power    {costs.draw.idle:.0f} W idle, {costs.draw.loaded:.0f} W under load, "
            f"{significant(costs.tokens_per_joule)} tokens a joule{at}"
        )
    return lines
