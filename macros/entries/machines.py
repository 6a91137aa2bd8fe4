"""What stands on a machine's page? What it is made of, what it runs and how fast, what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sizing.facts.machine import Machine
from sizing.plan import Plan
from sizing.search import usable
from sizing.search.typical import CONTEXT, usual

from ..labels import entries, facts, names, units
from ..labels.synonyms import called, found_by
from ..markdown import Markdown, code, listed, state, together
from ..site import Site
from .blocks import Block, Grid, Prose
from .common import (
    Known,
    ask_of_machine,
    facts_of,
    not_held,
    offers_section,
    price,
    sources_section,
    speed,
)
from .page import EntryPage, Section, to


def machine_page(about: Known, machine: Machine) -> EntryPage:
    """Everything that is known of a machine, and computed."""
    site, name = about.site, names.called(machine.name)
    runs = _runs(machine, about)
    sections = [
        *runs,
        facts_of(list(_facts(site, machine))),
        *offers_section(site.catalog.market, site.catalog.market.of("machine", machine.id)),
        sources_section(site, "machines", machine.id, name, machine.entry.sources if machine.entry else ()),
    ]
    devices = [word for one in machine.devices for word in (one.name, *called(one.id))]
    words = " ".join(dict.fromkeys([*found_by(machine.id, machine.name), *devices]))
    bandwidth = units.bandwidth(machine.places[0].bandwidth)
    summary = entries.machine_summary(machine, units.gib(usable(machine)), bandwidth)
    asked = ask_of_machine(site, machine.id) if runs else ()
    return EntryPage("machines", machine.id, name, summary, words, sections, actions=asked)


def _facts(site: Site, machine: Machine) -> Iterator[tuple[str, str]]:
    called_here = {one.id: names.called(one.name) for one in machine.devices}
    counted = Counter(one.id for one in machine.devices)
    yield entries.KIND, facts.KINDS[machine.kind]
    yield entries.DEVICES, listed(_devices(id, number, called_here[id]) for id, number in counted.items())
    yield entries.MEMORY, units.box(machine.memory)
    yield entries.USABLE, units.gib(usable(machine))
    yield entries.BANDWIDTH, units.bandwidth(machine.places[0].bandwidth)
    if not machine.unified:
        yield entries.HOST, units.gib(machine.host.capacity)
    if machine.nodes > 1:
        yield entries.NETWORK, units.bandwidth(machine.rig.network)
    yield entries.POWER, units.watts(machine.tdp)
    yield entries.PRICE, price(site.catalog.market, machine)
    yield entries.ID, code(machine.id)


def _devices(id: str, number: int, name: str) -> Markdown:
    return together(f"{number} × " if number > 1 else "", to("devices", id, name))


def _runs(machine: Machine, about: Known) -> list[Section]:
    """What is held with room before what only just runs or leans on the host, and the better before the worse, as
    searches put them in order."""
    found = [p for model in about.typical if (p := usual(model, machine)) is not None]
    run = sorted((p for p in found if p.runs), key=lambda p: (p.fits is True, about.merits[p.model.id]), reverse=True)
    if not run:
        return []
    blocks: list[Block] = [
        Prose(entries.runs_note(CONTEXT, 2), note=True),
        Grid(entries.BY_MACHINE, [_row(p) for p in run]),
    ]
    blocks += not_held(p.model for p in found if not p.runs)
    return [Section("runs", entries.RUNS, blocks)]


def _row(p: Plan) -> list[str]:
    longest = p.longest_context if p.fits else None
    return [
        to("models", p.model.id, p.model.name),
        names.called(p.format.name),
        state(p),
        units.gib(p.memory.total),
        speed(p) if p.runs else units.NONE,
        units.seconds(p.time_to_first_token(p.context)) if p.runs else units.NONE,
        units.tokens(longest) if longest else units.NONE,
    ]
