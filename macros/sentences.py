"""What does a sentence say? Numbers inside it, and the guard for sentences without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Required, TypedDict, cast

from sizing import search, version
from sizing.claims import UNITS, Combination, compare, look, quantity, verdict
from sizing.errors import SizingError
from sizing.facts.dated import newest
from sizing.plan import Plan, plan

from .labels import facts, units
from .labels.site import made_from as said
from .site import Site

# Verdicts about a plan on a machine.
PLACED = ("fits", "not fits", "runs", "not runs")


class Case(TypedDict, total=False):
    """A combination as a page writes it."""

    model: Required[str]
    machine: str
    format: str
    context: int
    cache_format: str


class Other(Case, total=False):
    """A combination to compare with, of which another quantity may be looked at."""

    quantity_name: str


def made_from(site: Site) -> str:
    """The newest day on which a source of the catalog was read, and the version that made the numbers of it."""
    return said(newest(site.catalog), version())


def parameters(site: Site, model: str, active: bool = False) -> str:
    """Total or active parameters, such as ``8.03B``."""
    counts = site.catalog.model(model).parameters
    return units.count(counts.active if active else counts.total) if counts else units.UNKNOWN


def weights(site: Site, model: str, format: str) -> str:
    """Size of the weights, such as ``42.5 GB``."""
    return units.gb(_plan(site, model, None, format, 4096).sized.weights)


def weights_gib(site: Site, model: str, format: str) -> str:
    """The same in binary units, such as ``39.6 GiB``."""
    return units.gib(_plan(site, model, None, format, 4096).sized.weights)


def per_billion(site: Site, model: str, format: str) -> str:
    """Weights of a billion parameters, such as ``0.6 GB``."""
    size = _plan(site, model, None, format, 4096).sized
    return f"{units.number(size.weights / size.total_parameters)} GB"


def memory(
    site: Site, model: str, format: str, context: int, machine: str | None = None, cache_format: str = "f16"
) -> str:
    """All memory, such as ``43 GiB``."""
    return units.gib(_plan(site, model, machine, format, context, cache_format).memory.total)


def cache(site: Site, model: str, context: int, cache_format: str = "f16") -> str:
    """Size of the KV cache."""
    return units.gib(_plan(site, model, None, "F16", context, cache_format).memory.cache)


def decode(site: Site, model: str, machine: str, format: str, context: int, runtime: str | None = None) -> str:
    """Decoding speed with its range."""
    return units.rate(_plan(site, model, machine, format, context, runtime=runtime).decode)


def first_token(site: Site, model: str, machine: str, format: str, prompt: int) -> str:
    """Time from a prompt to the first new token."""
    return units.seconds(_plan(site, model, machine, format, prompt).time_to_first_token(prompt))


def longest(site: Site, model: str, machine: str, format: str, cache_format: str = "f16") -> str:
    """The longest context that fits, in tokens."""
    catalog = site.catalog
    most = search.longest_context(catalog.model(model), catalog.machine(machine), format, cache_format)
    return f"{most:,}"


def ratio(site: Site, quantity_name: str, first: Case, second: Other) -> str:
    """The ratio of a quantity of two combinations, such as ``3.6`` times."""
    return units.ratio(_ratio(site, quantity_name, first, second))


def check_ratio(site: Site, quantity_name: str, first: Case, second: Other, that: str, value: float) -> str:
    """A guard on such a ratio: ``check_ratio("decode", {…}, {…}, "below", 1.2)``."""
    now = _ratio(site, quantity_name, first, second)
    if not compare(that, now, value):
        raise SizingError(f"this sentence is no longer true: {quantity_name} ratio {now:.3g} is not {that} {value:g}")
    return ""


def device(site: Site, name: str, fact: str) -> str:
    """A fact of a device: memory, driver, bandwidth, fp16 or tdp."""
    d = site.catalog.device(name)
    known = {
        "memory": units.box(d.memory.box[0]),
        "driver": units.UNKNOWN if isinstance(d.memory.driver, str) else units.gib(d.memory.driver),
        "bandwidth": units.bandwidth(d.bandwidth),
        "fp16": units.tflops(d.rate("fp16")),
        "tdp": units.watts(d.tdp),
    }
    return _fact(known, fact, "device")


def host(site: Site, fact: str = "bandwidth") -> str:
    """The reference host's memory bandwidth or size."""
    h = site.catalog.hosts[site.catalog.reference_host]
    return _fact({"bandwidth": units.bandwidth(h.bandwidth), "memory": units.box(h.memory)}, fact, "host")


def gpu_usable(site: Site, machine: str) -> str:
    """Memory that a machine's devices offer to programs."""
    return units.gib(search.usable(site.catalog.machine(machine)))


def price(site: Site, machine: str) -> str:
    """What a machine costs, with region and date."""
    market = site.catalog.market
    return facts.money(market.offer(site.catalog.machine(machine)), market)


def break_even(site: Site, model: str, own: str, rent: str, format: str, context: int = 8192) -> str:
    """Hours of renting that cost as much as owning."""
    owned, rented = (_plan(site, model, machine, format, context) for machine in (own, rent))
    found = search.break_even_hours(site.catalog.market, owned, rented)
    if found is None:
        raise SizingError(f"{own} or {rent} has no price of all of it")
    hours, stale = found
    return units.hours(hours) + (facts.BY_STALE if stale else "")


def word(site: Site, name: str) -> str:
    """A word's threshold, such as ``5.3 tok/s``."""
    w = site.catalog.word(name)
    return f"{w.value:g} {w.unit}"


def check(
    site: Site,
    that: str,
    model: str,
    machine: str | None = None,
    format: str | None = None,
    context: int = 4096,
    quantity_name: str | None = None,
    value: float = 0.0,
    unit: str = "ratio",
) -> str:
    """A sentence's guard: writes nothing while true, else the strict build fails."""
    found = look(site.catalog, Combination(model, machine, format, context))
    if quantity_name is None:
        if that in PLACED and (found.plan is None or found.plan.runs is None):
            raise SizingError(f"{that} needs an open model, a machine, and a format that some runtime reads there")
        true = verdict(that, found)
    else:
        now = quantity(quantity_name, found)
        true = now is not None and compare(that, now / UNITS[unit], value)
    if not true:
        raise SizingError(f"this sentence is no longer true: {model} {that} on {machine or 'no machine'} as {format}")
    return ""


def check_claim(site: Site, claim: str, is_verdict: str) -> str:
    """The same for a claim's verdict."""
    now = site.ledger.result(claim).verdict
    if now != is_verdict:
        raise SizingError(f"this sentence is no longer true: claim {claim} now {now}, not {is_verdict}")
    return ""


def _plan(
    site: Site,
    model: str,
    machine: str | None,
    format: str,
    context: int,
    cache_format: str = "f16",
    runtime: str | None = None,
) -> Plan:
    where = site.catalog.machine(machine) if machine else None
    asked = site.catalog.model(model)
    return plan(asked, where, format=format, context=context, cache_format=cache_format, runtime=runtime)


def _ratio(site: Site, quantity_name: str, first: Case, second: Other) -> float:
    """A quantity of one combination over that of another; ``second`` may name a quantity of its own."""
    other = cast(Case, {key: value for key, value in second.items() if key != "quantity_name"})
    asked = ((quantity_name, first), (second.get("quantity_name", quantity_name), other))
    values = [quantity(name, look(site.catalog, Combination(**case))) for name, case in asked]
    if values[0] is None or not values[1]:
        raise SizingError(f"{quantity_name} is undisclosed or does not exist for {first} or {second}")
    return values[0] / values[1]


def _fact(known: Mapping[str, str], name: str, of: str) -> str:
    if name not in known:
        raise SizingError(f"no fact {name!r} of a {of}; known are {', '.join(known)}")
    return known[name]
