"""The article's tables: models, machines, worked examples, advice."""

from __future__ import annotations

from collections.abc import Sequence

from sizing import search
from sizing.engine.fitted import Test
from sizing.engine.placement import OFFLOAD
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.facts.units import known
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.proof.accuracy import measured, timed

from .labels import claims, facts, plans, speeds, tables, units
from .labels.names import called
from .markdown import Markdown, cite, escape, lines, state, table, together
from .site import Site

# The formats that the worked example by precision goes through, the widest first.
PRECISIONS = ("F16", "FP8", "INT8", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0", "AWQ", "Q3_K_M", "Q2_K")


def closed_models(site: Site) -> str:
    """Models that run only at their vendor."""
    rows = [
        [
            site.model(m.id),
            facts.vendor(m.vendor),
            units.date(m.released),
            units.count(m.stated_parameters),
            units.tokens(m.context),
            facts.HOSTED,
        ]
        for m in site.catalog.models.values()
        if not m.open
    ]
    return table(tables.CLOSED_MODELS, rows)


def open_models(
    site: Site, names: Sequence[str] = (), formats: Sequence[str] = ("Q4_K_M", "Q8_0", "F16"), context: int = 8192
) -> str:
    """Open models, all unless named: parameters, sizes by format, and the smallest machine that holds each."""
    catalog, rows = site.catalog, []
    models = [catalog.model(n) for n in names] or [m for m in catalog.models.values() if m.open]
    for m in sorted(models, key=lambda m: m.parameters.total if m.parameters else 0):
        counts = m.parameters
        assert counts is not None
        own = within(m, context)
        sizes = [plan(m, None, format=f, context=own).sized.weights for f in formats]
        fitting = search.fitting_machines(catalog, m, formats[0], own)
        rows.append(
            [
                site.model(m.id),
                units.count(counts.total),
                units.count(counts.active),
                units.tokens(m.context),
                *map(units.gb, sizes),
                _need(m, formats[0], context),
                site.machine(fitting[0].machine) if fitting and fitting[0].machine else units.NONE,
            ]
        )
    return table(tables.open_models(formats, context), rows)


def served(site: Site, model: Model, machine: Machine, format: str, context: int) -> str:
    """How fast a machine runs a model, or why it does not; at the model's limit where the context is longer."""
    context = within(model, context)
    try:
        return _speed(site, plan(model, machine, format=format, context=context))
    except SizingError:
        return plans.UNREADABLE


def precision_table(site: Site, model: str, machines: Sequence[str], context: int = 8192) -> str:
    """A model's size by format, and whether some machines hold it."""
    m = site.catalog.model(model)
    places = [site.catalog.machine(name) for name in machines]
    rows = []
    for fmt in PRECISIONS:
        alone = plan(m, None, format=fmt, context=context)
        bits = alone.sized.weights * 8 / alone.sized.total_parameters
        rows.append(
            [
                site.catalog.format(fmt).name,
                units.number(bits),
                units.gb(alone.sized.weights),
                units.gib(alone.sized.weights),
                units.gib(alone.memory.total),
                *(_outcome(m, place, fmt, context) for place in places),
            ]
        )
    return table(tables.precisions(context, (called(place.name) for place in places)), rows)


def _outcome(model: Model, machine: Machine, format: str, context: int) -> str:
    try:
        return state(plan(model, machine, format=format, context=context))
    except SizingError:
        return plans.UNREADABLE


def context_table(
    site: Site, model: str, contexts: Sequence[int], formats: Sequence[str] = ("F16", "Q8_0", "Q4_K_M")
) -> str:
    """A model's cache and memory as the context grows."""
    m = site.catalog.model(model)
    rows = []
    for context in contexts:
        answers = [plan(m, None, format=f, context=context) for f in formats]
        quantized = plan(m, None, format=formats[-1], context=context, cache_format="q8_0")
        rows.append(
            [
                units.tokens(context),
                units.gib(answers[0].memory.cache),
                units.gib(quantized.memory.cache),
                *(units.gib(p.memory.total) for p in answers),
                plans.BEYOND if answers[0].beyond_limit else "",
            ]
        )
    return table(tables.contexts(formats), rows)


def cache_table(site: Site, models: Sequence[str], contexts: Sequence[int] = (4096, 32768, 131072)) -> str:
    """The caches of several models."""
    rows = []
    for name in models:
        m = site.catalog.model(name)
        sizes = [plan(m, None, format="F16", context=c).memory.cache for c in contexts]
        rows.append([site.model(m.id), facts.attention(m), *map(units.gib, sizes)])
    return table(tables.caches(contexts), rows)


def bandwidth_table(
    site: Site, model: str, machines: Sequence[str], format: str = "Q4_K_M", context: int = 4096
) -> str:
    """What bandwidth and compute decide: a model's decode and prefill on some machines."""
    m = site.catalog.model(model)
    rows = []
    for name in machines:
        machine = site.catalog.machine(name)
        p = plan(m, machine, format=format, context=context)
        device = machine.devices[0]
        rows.append(
            [
                called(machine.name),
                units.bandwidth(machine.places[0].bandwidth),
                units.tflops(device.rate("fp16")),
                _speed(site, p),
                _rate(site, p, "prefill"),
                units.seconds(p.time_to_first_token(context)),
            ]
        )
    return table(tables.bandwidths(context), rows)


def advice_table(site: Site, models: Sequence[str], format: str = "Q4_K_M", context: int = 8192) -> str:
    """For each model, the cheapest machine to own and to rent that holds it."""
    rows = []
    for name in models:
        m = site.catalog.model(name)
        fitting = search.fitting_machines(site.catalog, m, format, within(m, context))
        market = site.catalog.market
        deals = search.cheapest_to_own(market, fitting), search.cheapest_to_rent(market, fitting)
        need = _need(m, format, context)
        offers = [cell for deal in deals for cell in (_offer(site, deal), _speed(site, deal.plan if deal else None))]
        rows.append([site.model(m.id), need, *offers])
    return table(tables.ADVICE, rows)


def _need(model: Model, format: str, context: int) -> str:
    """All memory, at the model's limit where the context is longer, which is told."""
    own = within(model, context)
    total = units.gib(plan(model, None, format=format, context=own).memory.total)
    return total if own == context else units.at(total, own)


def claim(site: Site, name: str) -> str:
    """A claim's verdict, linked to its row."""
    verdict = site.ledger.result(name).verdict
    style = f"verdict {verdict.replace(' ', '-')}"
    return site.link(claims.VERDICTS[verdict], "claims.md", name, style)


def claims_in(site: Site, section: str) -> str:
    """The claims that a section of the article answers, each with its verdict."""
    names = [c.id for c in site.catalog.claims.values() if c.section == section]
    if not names:
        raise SizingError(f"no claim belongs to section {section!r}")
    listed = [
        Markdown("- {} {}").format(claims.quoted(site.catalog.claim(name).says), claim(site, name)) for name in names
    ]
    opening = [Markdown('<div class="claims" markdown>'), "", claims.SPREAD, ""]
    return Markdown("\n").join([*opening, *listed, "", Markdown("</div>")])


def within(model: Model, context: int) -> int:
    """The context, or the model's limit where that is less: a table shows nothing beyond."""
    return min(context, known(model.context) or context)


def _offer(site: Site, deal: search.Deal | None) -> str:
    if deal is None or deal.plan.machine is None:
        return units.NONE
    return together(site.machine(deal.plan.machine), plans.FOR, facts.money(deal.quote, site.catalog.market))


def _speed(site: Site, p: Plan | None) -> str:
    if p is None:
        return units.NONE
    if not p.runs:
        return state(p)
    return together(_rate(site, p), plans.OFFLOADED) if p.verdict == OFFLOAD else _rate(site, p)


def _rate(site: Site, p: Plan, test: Test = "decode") -> Markdown:
    """A predicted speed with its range, and beneath it the measured one, if there is one of the same case."""
    predicted = units.short_rate(p.decode if test == "decode" else p.prefill)
    row = measured(site.catalog, p, test)
    if row is None:
        return escape(predicted)
    about = speeds.about(site.catalog, row, timed(site.catalog, row).predicted)
    said = cite(speeds.measured_speed(row), row.source_url, about)
    return lines([predicted, Markdown('<small class="measured">{}</small>').format(said)])
