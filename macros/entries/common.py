"""What do the pages of all entries share? Their sources, what is offered, what was measured, how one edits them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from sizing.facts.entries.common import Source
from sizing.facts.entries.offers import Offer
from sizing.facts.machine import Machine
from sizing.facts.money import Money, stale
from sizing.facts.quotes import Market
from sizing.facts.scores import Score
from sizing.model import Model
from sizing.plan import Plan
from sizing.proof.accuracy import Measured, each_measured
from sizing.search.typical import Merit, merits, typical

from ..labels import entries, facts, names, plans, speeds, units
from ..labels.tables import Head
from ..markdown import Markdown, cite, keep, listed, sources, state, together
from ..site import Site
from ..speeds import measured_cells
from .blocks import Block, Facts, Grid, Items, Prose
from .page import Action, Kind, Section, to, to_page

MOST_MEASURED: Final = 60  # rows of a page; more are on the page of all speeds


@dataclass(frozen=True)
class Known:
    """What pages of entries are made from: a site, its models by family, what was measured by model and by device, how
    models did in tests, and who stands for all."""

    site: Site
    kin: Mapping[str, Sequence[Model]]
    scores: Mapping[str, Sequence[Score]]
    by_model: Mapping[str, Sequence[Measured]]
    by_device: Mapping[str, Sequence[Measured]]
    typical: tuple[Model, ...]  # for machines
    few: tuple[Model, ...]  # for devices, of which some make several machines
    merits: Mapping[str, Merit]  # of each model, by what searches put it in order

    @staticmethod
    def of(site: Site) -> Known:
        """What the catalog of a site knows."""
        by_model: dict[str, list[Measured]] = {}
        by_device: dict[str, list[Measured]] = {}
        for one in each_measured(site.catalog):
            by_model.setdefault(one.row.model, []).append(one)
            by_device.setdefault(one.row.device, []).append(one)
        kin: dict[str, list[Model]] = {}
        for model in site.catalog.models.values():
            kin.setdefault(model.family, []).append(model)
        scores: dict[str, list[Score]] = {}
        for score in site.catalog.scores():
            scores.setdefault(score.model, []).append(score)
        catalog = site.catalog
        few = typical(catalog, each=1)
        return Known(site, kin, scores, by_model, by_device, typical(catalog), few, merits(catalog))


def sources_section(site: Site, kind: Kind, id: str, name: str, found: Sequence[Source]) -> Section:
    """Where an entry's facts were read, and where it can be corrected."""
    read = Items([_source(one) for one in found])
    links = correction(site, kind, id, name)
    return Section("sources", entries.SOURCES, [read, Prose(links)] if links else [read])


def _source(one: Source) -> Markdown:
    told = entries.read_at(one.read.isoformat() if not isinstance(one.read, str) else one.read, one.keys, one.note)
    return together(cite(facts.address(one.url, 44), one.url), told)


def correction(site: Site, kind: Kind, id: str, name: str) -> Markdown | None:
    """Links to an entry in the repository, and to a report about it; None where no repository is named."""
    address = site.settings.repository.rstrip("/")
    file, line = site.catalog.origins.get(id, ("", 0))
    if not address or f"/{kind}/" not in file:
        return None
    entry = f"{address}/blob/HEAD/{quote(file)}#L{line}"
    report = f"{address}/issues/new?{urlencode({'title': entries.report_title(name), 'body': entry})}"
    return together(cite(entries.TO_EDIT, entry), units.AND, cite(entries.TO_REPORT, report))


def offers_section(market: Market, offers: Sequence[Offer], blocks: Sequence[Block] = ()) -> list[Section]:
    """What somebody asks for it, the newest first; no section where nobody does."""
    newest = sorted(offers, key=lambda one: (one.date, one.amount), reverse=True)
    rows = [
        [
            facts.PRICE_KINDS[one.kind],
            facts.region(one.region),
            facts.amount(Money(one.amount, one.currency), one.per),
            facts.OFFERED[one.covers],
            keep(units.date(one.date) + (facts.STALE if stale(one.date, market.today) else "")),
            facts.seller(one.seller),
            sources(one.sources),
        ]
        for one in newest
    ]
    shown: list[Block] = [*blocks, *([Grid(entries.OFFERED, rows)] if rows else [])]
    return [Section("offers", entries.OFFERS, shown)] if shown else []


def measured_section(known: Known, found: Sequence[Measured], head: Head, by: str) -> list[Section]:
    """What was measured of a model or on a device beside what is predicted for the same case and year."""
    if not found:
        return []
    site = known.site
    rows = []
    for one in found[:MOST_MEASURED]:
        device, model = site.catalog.device(one.row.device), site.catalog.model(one.row.model)
        first = (
            together(speeds.several(one.row.count), to("devices", device.id, names.called(device.name)))
            if by == "device"
            else together(to("models", model.id, model.name), _counted(one))
        )
        rows.append([first, *measured_cells(site, one)])
    blocks: list[Block] = [Prose(entries.MEASURED_NOTE, note=True), Grid(head, rows)]
    if len(found) > MOST_MEASURED:
        more = entries.MORE_MEASURED.format(len(found) - MOST_MEASURED)
        blocks.append(Prose(together(more, to_page("data/speeds/", entries.ALL_SPEEDS))))
    return [Section("measured", entries.MEASURED, blocks)]


def _counted(one: Measured) -> str:
    """Behind a model, on how many of the device it ran."""
    return entries.on_several(one.row.count) if one.row.count > 1 else ""


def price(market: Market, machine: Machine) -> str:
    """What a machine costs at least, with what is to be known of that."""
    return facts.money(market.lowest(machine), market)


def not_held(models: Iterable[Model]) -> list[Block]:
    """Models that do not run here, in a line."""
    links = [to("models", one.id, one.name) for one in models]
    return [Prose(together(entries.NOT_HELD, listed(links)))] if links else []


def speed(p: Plan) -> str:
    """How fast a plan decodes, with its range, marked where a part lies on the host."""
    if not p.runs:
        return state(p)
    return units.short_rate(p.decode) + (plans.OFFLOADED if p.verdict == "offload" else "")


def ask_of_machine(site: Site, id: str) -> list[Action]:
    """Where a reader asks on of a machine; nowhere in a site whose pages do not plan."""
    ranked, planned = (f"{page}?{urlencode({'machine': id})}" for page in ("", "calculator/"))
    actions = [Action(entries.RANK_MODELS, ranked), Action(entries.PLAN_MACHINE, planned)]
    return actions if site.settings.engine else []


def ask_of_model(site: Site, id: str) -> list[Action]:
    """Where a reader asks on of a model."""
    planned = Action(entries.PLAN_MODEL, f"calculator/?{urlencode({'model': id})}")
    return [planned] if site.settings.engine else []


def facts_of(pairs: Sequence[tuple[str, str]]) -> Section:
    """The first section of every page."""
    return Section("facts", entries.FACTS, [Facts(pairs)])
