"""The data pages: every fact of the catalog with its sources, and the template that contributors copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sizing import search
from sizing.anatomy.recipes import RECIPES_READ_FROM
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Loss
from sizing.facts.entries.offers import Offer
from sizing.facts.machine import Machine
from sizing.facts.money import Money, stale
from sizing.facts.quotes import Market
from sizing.facts.units import known
from sizing.proof.record import Summary, agreements, summaries, unaccounted

from .labels import facts, proof, tables, units
from .labels.names import called
from .markdown import Markdown, code, fenced, keep, lines, named, sources, table, target, together
from .site import Site

# What others printed and published; the rest of what is compared is the record of the real tools.
PUBLISHED = ("file sizes", "published caches", "published buffers", "totals", "pools")


def models_reference(site: Site) -> str:
    """Every model, the newest first: counts, licence, sources."""
    rows = []
    newest = sorted(site.catalog.models.values(), key=lambda m: str(known(m.released) or ""), reverse=True)
    for m in newest:
        counts = m.parameters
        rows.append(
            [
                together(target(m.id), named(site.model(m.id), m.id)),
                facts.vendor(m.vendor),
                keep(units.date(m.released)),
                units.count(counts.total) if counts else units.UNKNOWN,
                units.count(counts.active) if counts else units.UNKNOWN,
                facts.attention(m),
                units.tokens(m.context),
                units.disclosed(m.native),
                facts.licence(m.license),
                sources(m.sources),
            ]
        )
    return table(tables.MODELS, rows)


def devices_reference(site: Site) -> str:
    """Every device under its vendor's heading: memory, bandwidth, compute, power, sources."""
    vendors: dict[str, list[Device]] = {}
    for d in site.catalog.devices.values():
        vendors.setdefault(d.vendor, []).append(d)
    largest_first = sorted(vendors, key=lambda v: -len(vendors[v]))
    sections = [Markdown("## {}\n\n{}").format(facts.vendor(v), _devices(site, vendors[v])) for v in largest_first]
    return Markdown("\n\n").join(sections)


def _devices(site: Site, devices: Iterable[Device]) -> Markdown:
    """A table of devices, a row each."""
    rows = [
        [
            together(target(d.id), named(site.device(d.id), d.id)),
            facts.standing(d),
            keep(units.date(d.released)),
            units.listed(map(units.box, d.memory.box)),
            units.UNKNOWN if isinstance(d.memory.driver, str) else units.gib(d.memory.driver),
            units.bandwidth(d.bandwidth),
            lines(keep(facts.compute(one)) for one in facts.of_16_bits(d.compute)) or units.NONE,
            units.watts(d.tdp),
            facts.links(d),
            sources(d.sources),
        ]
        for d in devices
    ]
    return table(tables.DEVICES, rows)


def machines_reference(site: Site) -> str:
    """Every machine, what people have at home first: devices, memory, price, sources."""
    kinds = list(facts.KINDS)
    rows = [
        [
            together(target(m.id), named(site.machine(m), m.id)),
            facts.KINDS[m.kind],
            _installed(site, m),
            units.box(m.memory),
            units.gib(search.usable(m)),
            units.bandwidth(m.places[0].bandwidth),
            units.gib(m.host.capacity),
            facts.money(site.catalog.market.offer(m), site.catalog.market),
            sources(m.entry.sources if m.entry else ()),
        ]
        for m in sorted(site.catalog.machines.values(), key=lambda m: kinds.index(m.kind))
    ]
    return table(tables.MACHINES, rows)


def offers_reference(site: Site) -> str:
    """Every offer of a card, a machine or a part, the newest first of each; what is stale is marked."""
    catalog, market = site.catalog, site.catalog.market
    rows = [
        [
            together(target(offer.id), _offered(site, offer)),
            facts.PRICE_KINDS[offer.kind],
            facts.region(offer.region),
            facts.amount(Money(offer.amount, offer.currency), offer.per),
            facts.OFFERED[offer.covers],
            keep(_dated(offer.date, market)),
            facts.seller(offer.seller),
            sources(offer.sources),
        ]
        for offer in sorted(catalog.offers.values(), key=lambda one: (one.axis, one.of, -one.date.toordinal()))
    ]
    return table(tables.OFFERS, rows)


def _offered(site: Site, offer: Offer) -> str:
    """What is offered, with a link to what is known of it."""
    if offer.device:
        return site.device(offer.device)
    if offer.machine:
        return site.machine(site.catalog.machines[offer.machine])
    return site.catalog.parts[offer.of].name


def apis_reference(site: Site) -> str:
    """What providers ask for a million tokens of each model."""
    catalog, market = site.catalog, site.catalog.market
    rows = [
        [
            together(target(one.id), site.model(one.model)),
            one.seller,
            facts.amount(Money(one.input, one.currency)),
            units.NONE if one.cached is None else facts.amount(Money(one.cached, one.currency)),
            facts.amount(Money(one.output, one.currency)),
            keep(_dated(one.date, market)),
            sources(one.sources),
        ]
        for one in sorted(catalog.apis.values(), key=lambda one: (one.model, one.seller))
    ]
    return table(tables.APIS, rows)


def tariffs_reference(site: Site) -> str:
    """What electricity costs."""
    market = site.catalog.market
    rows = [
        [
            together(target(one.id), one.name),
            facts.USES[one.use],
            facts.region(one.region),
            f"{one.amount:g} {facts.CURRENCIES[one.currency]}",
            keep(_dated(one.date, market)),
            one.seller,
            sources(one.sources),
        ]
        for one in site.catalog.tariffs.values()
    ]
    return table(tables.TARIFFS, rows)


def rates_reference(site: Site) -> str:
    """What currencies cost."""
    market = site.catalog.market
    rows = [
        [
            together(target(one.id), facts.CURRENCIES[one.base]),
            f"{one.rate:g} {facts.CURRENCIES[one.currency]}",
            keep(_dated(one.date, market)),
            one.seller,
            sources(one.sources),
        ]
        for one in sorted(site.catalog.rates.values(), key=lambda one: one.date, reverse=True)
    ]
    return table(tables.RATES, rows)


def _dated(day: date, market: Market) -> str:
    """A price's day, marked where it is stale."""
    return units.date(day) + (facts.STALE if stale(day, market.today) else "")


def _installed(site: Site, machine: Machine) -> Markdown:
    return together(f"{len(machine.devices)} × ", site.device(machine.devices[0].id))


def hosts_reference(site: Site) -> str:
    """Every host."""
    rows = [
        [
            named(called(h.name), h.id),
            h.memory_type,
            units.box(h.memory),
            units.bandwidth(h.bandwidth),
            sources(h.sources),
        ]
        for h in site.catalog.hosts.values()
    ]
    return table(tables.HOSTS, rows)


def gpu_limits_table(site: Site) -> str:
    """What a system lets the GPU use of a shared memory, an observation a row."""
    rows = [
        [
            units.box(x.memory),
            units.gib(x.limit),
            units.share(x.limit / x.memory),
            facts.vendor(x.vendor),
            units.disclosed(x.device),
            units.disclosed(x.system),
            sources([x.source]),
        ]
        for x in sorted(site.catalog.gpu_limits, key=lambda x: (x.memory, x.limit))
    ]
    return table(tables.GPU_LIMITS, rows)


def raise_limit(site: Site) -> str:
    """The command that raises that limit."""
    how = site.catalog.raise_gpu_limit
    return together(code(how.command), facts.since(how.since), sources(how.sources)) if how else units.UNKNOWN


def formats_reference(site: Site) -> str:
    """Every format: who reads it, what it loses."""
    rows = [
        [
            together(target(f.id), called(f.name)),
            f.precision,
            units.listed(site.catalog.runtime(name).name for name in f.runtimes),
            lines(_loss(site, one) for one in f.loss) or units.UNKNOWN,
            sources(f.sources),
        ]
        for f in site.catalog.formats.values()
    ]
    return table(tables.FORMATS, rows)


def _loss(site: Site, found: Loss) -> Markdown:
    return together(facts.loss(found, site.catalog.model(found.model).name), sources([found.source]))


def runtimes_reference(site: Site) -> str:
    """Each runtime: its files, how it uses several devices, what it takes of each, by backend."""
    rows = [
        [
            r.name,
            facts.backend(backend),
            facts.FILES[r.files],
            facts.SPLITS[r.split],
            facts.OFFLOAD[r.offload],
            f"{r.batched_tokens:,}",
            units.UNKNOWN if isinstance(x.context_overhead, str) else units.gib(x.context_overhead),
            sources((*r.sources, *x.sources)),
        ]
        for r in site.catalog.runtimes.values()
        for backend, x in r.backends.items()
    ]
    return table(tables.RUNTIMES, rows)


def recipes_version(site: Site) -> str:
    """Where the GGUF recipes were read, and their version."""
    return RECIPES_READ_FROM


def record_table(site: Site) -> str:
    """The engine beside the record of the runtime's own tools."""
    rows = [
        [*_compared(s), units.exact_share(s.median_error), _worst(s)]
        for s in _summaries(site)
        if s.what not in PUBLISHED
    ]
    return table(tables.RECORD, rows)


def published_table(site: Site) -> str:
    """The engine beside what others printed and published."""
    rows = [
        [*_compared(s), f"{s.explained:,}", units.exact_share(s.median_error), _worst(s)]
        for s in _summaries(site)
        if s.what in PUBLISHED
    ]
    return table(tables.PUBLISHED, rows)


def _summaries(site: Site) -> tuple[Summary, ...]:
    return site.once("summaries", lambda: tuple(summaries(agreements(site.catalog))))


def _compared(s: Summary) -> list[str]:
    return [proof.RECORDED[s.what], f"{s.count:,}", proof.TARGETS[s.what], f"{s.met:,}"]


def _worst(s: Summary) -> str:
    return proof.largest_error(s.worst.error, s.worst.case)


def unaccounted_table(site: Site) -> str:
    """What whole runs took beyond weights, cache and buffers."""
    rows = [
        [
            u.device,
            site.catalog.runtime(u.runtime).name,
            facts.backend(u.backend),
            f"{u.rows:,}",
            units.mib(u.median),
            units.span(units.mib(u.low), units.mib(u.high)),
        ]
        for u in unaccounted(site.catalog)
    ]
    return table(tables.UNACCOUNTED, rows)


def counts(site: Site) -> str:
    """How many entries the catalog holds."""
    catalog = site.catalog
    kinds = {
        "models": catalog.models,
        "devices": catalog.devices,
        "machines": catalog.machines,
        "formats": catalog.formats,
        "claims": catalog.claims,
        "measurements": catalog.measurements(),
    }
    return proof.counts({name: len(entries) for name, entries in kinds.items()})


def template_entry(site: Site) -> str:
    """The template entry's text."""
    return fenced((site.catalog.root / "models" / "_template.yaml").read_text(encoding="utf-8"), "yaml")
