"""The article's views of searches: what suits a machine, a budget, a use; platforms side by side; a month's cost."""

from __future__ import annotations

from collections.abc import Sequence

from sizing import search
from sizing.engine.listing import BESIDE, NEWER
from sizing.facts.machine import Machine
from sizing.facts.money import Money
from sizing.facts.narrow import measured_loss
from sizing.money import Costs, Use
from sizing.plan import Plan, plan
from sizing.power import draw
from sizing.search import Answer, Question

from .articles import served
from .labels import facts, plans, tables, units, views
from .labels.names import called
from .markdown import Markdown, keep, lines, state, table, together
from .site import Site

REGION = "CN"
DAYS = (100_000, 1_000_000, 10_000_000)  # tokens of a day, three of four read
READ = 0.75
FIRST = 8192  # tokens of the prompt whose first token is timed


def suited_models(site: Site, machines: Sequence[str], use: str = "chat", count: int = 3) -> str:
    """Machines with the models that answer best on each within the wait, then other makers' best."""
    rows = []
    for name in machines:
        machine = site.catalog.machine(name)
        best = [one for one in search.fit(site.catalog, machine, Question(use=use)) if one.kind != NEWER][:count]
        rows.append(
            [
                site.machine(machine),
                units.box(machine.memory),
                units.gib(search.usable(machine)),
                units.bandwidth(machine.places[0].bandwidth),
                lines(_answer(site, one) for one in best) if best else views.NOT_FIT,
                _price(site, machine),
            ]
        )
    return table(views.SUITED, rows)


def budget_table(site: Site, budgets: Sequence[int], use: str = "chat") -> str:
    """For each budget in yuan what to buy, with the model that answers best on it."""
    market, rows = site.catalog.market, []
    # No purchase is beaten by a dearer one, so the best within a budget is the best of those that keep to it.
    largest = search.Budget(most=Money(max(budgets, default=1), "CNY"), region=REGION)
    found = search.buy(site.catalog, largest, Question(use=use))
    for amount in budgets:
        most = Money(amount, "CNY")
        whole = [one for one in found if one.offered.says == "all" and one.price.amount <= amount]
        if not whole:
            rows.append([keep(views.budget(most, market)), *[units.NONE] * 5])
            continue
        best = whole[0]
        assert best.plan.machine is not None
        price = facts.money(best.offer, market)
        rows.append(
            [
                views.budget(most, market),
                lines([site.machine(best.plan.machine), price]),
                together(site.model(best.plan.model.id), " ", called(best.plan.format.name)),
                _rate(best.plan),
                views.waiting(best.seconds),
                units.watts(round(best.offered.watts)) if best.offered.watts else units.NONE,
            ]
        )
    return table(views.BUDGETS, rows)


def uses_table(site: Site, machines: Sequence[str]) -> str:
    """For each use the model that serves it best on some machines."""
    places, rows = [site.catalog.machine(name) for name in machines], []
    for use, name in views.USES.items():
        needs = search.USES[use]
        best = [next(iter(search.fit(site.catalog, place, Question(use=use))), None) for place in places]
        rows.append(
            [
                name,
                views.needs(needs.context, needs.sequences, needs.min_decode),
                *(_answer(site, one) if one else views.NOT_FIT for one in best),
            ]
        )
    return table(views.uses(called(place.name) for place in places), rows)


def platforms_table(
    site: Site, machines: Sequence[str], models: Sequence[str], format: str = "Q4_K_M", context: int = 8192
) -> str:
    """Machines of several platforms side by side: memory, speed, the wait for a prompt, power, price."""
    chosen, rows = [site.catalog.model(name) for name in models], []
    for name in machines:
        machine = site.catalog.machine(name)
        watts = draw(site.catalog, machine)
        p = plan(chosen[0], machine, format=format, context=context)
        rows.append(
            [
                site.machine(machine),
                units.gib(search.usable(machine)),
                units.bandwidth(machine.places[0].bandwidth),
                *(served(site, model, machine, format, context) for model in chosen),
                views.waiting(p.time_to_first_token(min(FIRST, context))),
                units.watts(round(watts.loaded)) if watts else units.NONE,
                _price(site, machine),
            ]
        )
    speeds = tables.speeds(model.name for model in chosen)
    return table((*views.PLATFORM, *speeds, views.FIRST, views.POWER, views.PRICE), rows)


def ways_table(site: Site, model: str, machine: str, days: Sequence[int] = DAYS) -> str:
    """What a month of owning, renting and calling an API costs at some uses of a day."""
    m, rows = site.catalog.model(model), []
    p = _serving(site, model, machine)
    for tokens in days:
        costs = Costs(site.catalog, m, p, Use(read=tokens * READ, written=tokens * (1 - READ)), REGION)
        api = min(costs.apis, key=lambda cost: cost.month.amount, default=None)
        ways = (costs.own, costs.rent, api)
        cells = (views.month(cost.month, cost.enough, cost.stale) if cost else units.NONE for cost in ways)
        rows.append([views.day(tokens), *cells])
    return table(views.WAYS, rows)


def quantized_table(site: Site, model: str, machine: str, formats: Sequence[str], context: int = 8192) -> str:
    """A model in several formats on a machine: what each weighs, what it costs in quality, and how fast it is."""
    m, place, rows = site.catalog.model(model), site.catalog.machine(machine), []
    for name in formats:
        p = plan(m, place, format=name, context=context)
        loss = views.loss(measured_loss(p.format))
        rows.append([called(p.format.name), units.gb(p.sized.weights), loss, _rate(p), state(p)])
    return table(views.QUANTIZED, rows)


def _serving(site: Site, model: str, machine: str) -> Plan | None:
    """The plan in which a machine serves a model in a chat."""
    from sizing.search.formats import serving

    return serving(site.catalog.model(model), site.catalog.machine(machine), Question())


def _answer(site: Site, one: Answer) -> Markdown:
    """A model in its format, how fast it writes, and when an answer stands."""
    p = one.plan
    mark = plans.OFFLOADED if p.verdict == "offload" else ""
    told = units.clauses([f" {called(p.format.name)}", _rate(p) + mark, ""])
    apart = views.BESIDE if one.kind == BESIDE else ""
    return together(apart, site.model(p.model.id), told, units.COMMA, keep(views.waiting(one.seconds)))


def _rate(p: Plan) -> str:
    return units.short_rate(p.decode)


def _price(site: Site, machine: Machine) -> str:
    quote = site.catalog.market.lowest(machine)
    return facts.money(quote, site.catalog.market) if quote else units.NONE
