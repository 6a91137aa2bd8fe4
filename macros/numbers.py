"""Numbers inside a sentence, and the guard for sentences without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from macros import labels
from macros.context import Site
from sizing import search
from sizing.claims import UNITS, Combination, compare, look, quantity, verdict
from sizing.errors import SizingError
from sizing.plan import Plan, plan

# Verdicts about a plan on a machine.
PLACED = ("fits", "not fits", "runs", "not runs")

# A combination as Jinja writes it: {"model": …, "machine": …, "format": …, "context": …}.
Case = dict[str, Any]


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""
    catalog = site.catalog

    def _plan(
        model: str,
        machine: str | None,
        format: str,
        context: int,
        cache_format: str = "f16",
        runtime: str | None = None,
    ) -> Plan:
        where = catalog.machine(machine) if machine else None
        return plan(
            catalog.model(model), where, format=format, context=context, cache_format=cache_format, runtime=runtime
        )

    def parameters(model: str, active: bool = False) -> str:
        """Total or active parameters, such as ``8.03B``."""
        counts = catalog.model(model).parameters
        return labels.count(counts.active if active else counts.total) if counts else labels.UNKNOWN

    def weights(model: str, format: str) -> str:
        """Size of the weights, such as ``42.5 GB``."""
        return labels.gb(_plan(model, None, format, 4096).sized.weights)

    def weights_gib(model: str, format: str) -> str:
        """The same in binary units, such as ``39.6 GiB``."""
        return labels.gib(_plan(model, None, format, 4096).sized.weights)

    def per_billion(model: str, format: str) -> str:
        """Weights of a billion parameters, such as ``0.6 GB``."""
        size = _plan(model, None, format, 4096).sized
        return f"{labels.number(size.weights / size.total_parameters)} GB"

    def memory(model: str, format: str, context: int, machine: str | None = None, cache_format: str = "f16") -> str:
        """All memory, such as ``43 GiB``."""
        return labels.gib(_plan(model, machine, format, context, cache_format).memory.total)

    def cache(model: str, context: int, cache_format: str = "f16") -> str:
        """Size of the KV cache."""
        return labels.gib(_plan(model, None, "F16", context, cache_format).memory.cache)

    def decode(model: str, machine: str, format: str, context: int, runtime: str | None = None) -> str:
        """Decoding speed with its range."""
        return labels.rate(_plan(model, machine, format, context, runtime=runtime).decode)

    def first_token(model: str, machine: str, format: str, prompt: int) -> str:
        """Time from a prompt to the first new token."""
        return labels.seconds(_plan(model, machine, format, prompt).time_to_first_token(prompt))

    def longest(model: str, machine: str, format: str, cache_format: str = "f16") -> str:
        """The longest context that fits, in tokens."""
        most = search.longest_context(catalog.model(model), catalog.machine(machine), format, cache_format)
        return f"{most:,}"

    def _ratio(quantity_name: str, first: Case, second: Case) -> float:
        """A quantity of one combination over that of another; ``second`` may name a quantity of its own."""
        other = {k: v for k, v in second.items() if k != "quantity_name"}
        names = (quantity_name, str(second.get("quantity_name", quantity_name)))
        values = [quantity(n, look(catalog, Combination(**c))) for n, c in zip(names, (first, other), strict=True)]
        if values[0] is None or not values[1]:
            raise SizingError(f"{quantity_name} is undisclosed or does not exist for {first} or {second}")
        return values[0] / values[1]

    def ratio(quantity_name: str, first: Case, second: Case) -> str:
        """The ratio of a quantity of two combinations, such as ``3.6 倍``."""
        return f"{labels.rounded(_ratio(quantity_name, first, second))} 倍"

    def check_ratio(quantity_name: str, first: Case, second: Case, that: str, value: float) -> str:
        """A guard on such a ratio: ``check_ratio("decode", {…}, {…}, "below", 1.2)``."""
        now = _ratio(quantity_name, first, second)
        if not compare(that, now, value):
            raise SizingError(
                f"this sentence is no longer true: {quantity_name} ratio {now:.3g} is not {that} {value:g}"
            )
        return ""

    def device(name: str, fact: str) -> str:
        """A fact of a device: memory, driver, bandwidth, fp16 or tdp."""
        d = catalog.device(name)
        facts = {
            "memory": labels.box(d.memory.box[0]),
            "driver": labels.UNKNOWN if d.memory.driver == "undisclosed" else labels.gib(float(d.memory.driver)),
            "bandwidth": labels.bandwidth(d.bandwidth),
            "fp16": labels.tflops(d.rate("fp16")),
            "tdp": labels.watts(d.tdp),
        }
        return _fact(facts, fact, "device")

    def host(fact: str = "bandwidth") -> str:
        """The reference host's memory bandwidth or size."""
        h = catalog.hosts[catalog.reference_host]
        facts = {"bandwidth": labels.bandwidth(h.bandwidth), "memory": labels.box(h.memory)}
        return _fact(facts, fact, "host")

    def gpu_usable(machine: str) -> str:
        """Memory that a machine's devices offer to programs."""
        return labels.gib(search.usable(catalog.machine(machine)))

    def price(machine: str) -> str:
        """A machine's price with region and date."""
        return labels.money(catalog.machine(machine))

    def break_even(model: str, own: str, rent: str, format: str, context: int = 8192) -> str:
        """Hours of renting that cost as much as owning."""
        hours = search.break_even_hours(_plan(model, own, format, context), _plan(model, rent, format, context))
        if hours is None:
            raise SizingError(f"{own} or {rent} has no price")
        return f"{labels.rounded(hours)} 小时"

    def word(name: str) -> str:
        """A word's threshold, such as ``5.3 tok/s``."""
        w = catalog.word(name)
        return f"{w.value:g} {w.unit}"

    def check(
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
        found = look(catalog, Combination(model, machine, format, context))
        if quantity_name is None:
            if that in PLACED and (found.plan is None or found.plan.runs is None):
                raise SizingError(f"{that} needs an open model, a machine, and a format that some runtime reads there")
            true = verdict(that, found)
        else:
            measured = quantity(quantity_name, found)
            true = measured is not None and compare(that, measured / UNITS[unit], value)
        if not true:
            raise SizingError(
                f"this sentence is no longer true: {model} {that} on {machine or 'no machine'} as {format}"
            )
        return ""

    def check_claim(claim: str, is_verdict: str) -> str:
        """The same for a claim's verdict."""
        now = site.ledger.result(claim).verdict
        if now != is_verdict:
            raise SizingError(f"this sentence is no longer true: claim {claim} now {now}, not {is_verdict}")
        return ""

    return [
        parameters, weights, weights_gib, per_billion, memory, cache, decode, first_token, longest, ratio, device, host,
        gpu_usable, price, break_even, word, check, check_ratio, check_claim,
    ]  # fmt: skip


def _fact(facts: dict[str, str], name: str, of: str) -> str:
    if name not in facts:
        raise SizingError(f"no fact {name!r} of a {of}; known are {', '.join(facts)}")
    return facts[name]
