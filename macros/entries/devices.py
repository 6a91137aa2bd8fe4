"""What stands on a device's page? What it is, what one or several of it run, what was measured, what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sizing.errors import SizingError
from sizing.facts.entries.devices import Device
from sizing.facts.machine import Machine
from sizing.plan import Plan
from sizing.search.typical import CONTEXT, usual

from ..labels import entries, facts, names, units
from ..labels.synonyms import found_by, kind
from ..markdown import Markdown, code, keep, lines
from ..site import Site
from .blocks import Grid, Prose
from .common import (
    Known,
    ask_of_machine,
    facts_of,
    measured_section,
    not_held,
    offers_section,
    price,
    sources_section,
    speed,
)
from .page import EntryPage, Section, to

# How many of a card people put together.
COUNTS: Final = {
    "consumer": (1, 2),
    "laptop": (1,),
    "workstation": (1, 2),
    "datacenter": (1, 8),
    "embedded": (1,),
}
MOST_SIZES: Final = 5  # of a shared memory that is sold in many sizes


def device_page(about: Known, device: Device) -> EntryPage:
    """Everything that is known of a device, and computed."""
    site = about.site
    memory = units.listed(map(units.box, device.memory.box))
    machines = configurations(site, device)
    runs = _runs(machines, about)
    sections = [
        *runs,
        facts_of(list(_facts(device))),
        *measured_section(about, about.by_device.get(device.id, ()), entries.MEASURED_DEVICE, "model"),
        *_holders(site, device),
        *offers_section(site.catalog.market, site.catalog.market.of("device", device.id)),
        sources_section(site, "devices", device.id, names.called(device.name), device.sources),
    ]
    words = " ".join([*found_by(device.id, device.name), facts.vendor(device.vendor), *kind(device)])
    summary = entries.device_summary(names.called(device.name), memory, units.bandwidth(device.bandwidth))
    # One card, or the most of a shared memory.
    asked = ask_of_machine(site, list(machines.values())[0 if device.kind == "gpu" else -1].id) if runs else ()
    return EntryPage("devices", device.id, names.called(device.name), summary, words, sections, actions=asked)


def _facts(device: Device) -> Iterator[tuple[str, str]]:
    yield entries.VENDOR, facts.vendor(device.vendor)
    yield entries.STANDING, facts.standing(device)
    yield entries.CHIP, device.architecture or ""
    if device.processors:
        yield entries.PROCESSORS, units.listed(device.processors)
    yield entries.RELEASED, units.date(device.released)
    yield entries.MEMORY, units.listed(map(units.box, device.memory.box))
    yield entries.MEMORY_TYPE, device.memory.type
    if not isinstance(device.memory.driver, str):
        yield entries.DRIVER, units.gib(device.memory.driver)
    yield entries.BANDWIDTH, units.bandwidth(device.bandwidth)
    yield entries.COMPUTE, lines(keep(facts.compute(one)) for one in device.compute)
    yield entries.POWER, units.watts(device.tdp)
    yield entries.LINKS, facts.links(device)
    yield entries.BACKENDS, units.listed(map(facts.backend, device.backends))
    yield entries.ID, code(device.id)


def configurations(site: Site, device: Device) -> dict[str, Machine]:
    """The machines that a device makes by itself: of so many cards, or of each size of its memory."""
    if device.kind == "gpu":
        named = {entries.count(n): f"{n}x-{device.id}" if n > 1 else device.id for n in COUNTS[device.market]}
    else:
        sizes = device.memory.box
        named = {units.box(size): f"{device.id}-{size >> 30}gb" for size in sizes[-MOST_SIZES:]}
        if len(sizes) == 1:
            named = {units.box(sizes[0]): device.id}
    found = {}
    for name, said in named.items():
        try:
            found[name] = site.catalog.machine(said)
        except SizingError:
            continue  # some sizes cannot be asked for
    return found


def _runs(machines: Mapping[str, Machine], about: Known) -> list[Section]:
    best_first = sorted(about.few, key=lambda model: about.merits[model.id], reverse=True)
    found = {model: [usual(model, machine) for machine in machines.values()] for model in best_first}
    run = {model: plans for model, plans in found.items() if any(p is not None and p.runs for p in plans)}
    if not run:
        return []  # no runtime of the catalog computes on it, or it holds none
    rows = [[to("models", model.id, model.name), *map(_cell, plans)] for model, plans in run.items()]
    notes = [Prose(entries.runs_note(CONTEXT, 1), note=True), Prose(entries.CONFIGURATIONS_NOTE, note=True)]
    others = not_held(model for model in about.few if model not in run)
    return [Section("runs", entries.RUNS, [*notes, Grid(entries.configurations(machines), rows), *others])]


def _cell(p: Plan | None) -> str:
    if p is None:
        return units.NONE
    return lines([speed(p), Markdown("<small>{}</small>").format(names.called(p.format.name))]) if p.runs else speed(p)


def _holders(site: Site, device: Device) -> list[Section]:
    found = [one for one in site.catalog.machines.values() if any(own.id == device.id for own in one.devices)]
    rows = [
        [
            to("machines", one.id, names.called(one.name)),
            facts.KINDS[one.kind],
            units.gib(one.capacity),
            price(site.catalog.market, one),
        ]
        for one in found
    ]
    return [Section("machines", entries.HOLDERS, [Grid(entries.HELD, rows)])] if rows else []
