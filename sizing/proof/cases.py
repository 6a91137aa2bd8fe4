"""Which case did a measured row time? The row's model, layout and step, put together as a plan's speed sees them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Final

from sizing.catalog import Catalog
from sizing.engine.fitted import TERMS, packing
from sizing.engine.layout import as_asked
from sizing.engine.memory import Layout, Request
from sizing.engine.sized import Sized
from sizing.engine.speed import Rate, Speed
from sizing.engine.work import Step, decoding, prefilling
from sizing.errors import SizingError
from sizing.facts.index import COUNTED
from sizing.facts.machine import Machine, Place
from sizing.facts.measurements import Measurement
from sizing.facts.units import known
from sizing.plan import settle

# The fields of a device that a prediction reads.
_STATED: Final = {"kind", "architecture", "memory", "bandwidth", "compute", "interconnect"}


@dataclass(frozen=True)
class Case:
    """A measured row and what it timed. ``tokens`` came out of one step, or went into one prompt."""

    number: int  # of the row among all measurements, from 0
    row: Measurement
    speed: Speed
    step: Step
    tokens: int

    @property
    def seconds(self) -> float:
        """What the step, or the prompts, took."""
        return self.tokens / self.row.tok_s

    @property
    def predicted(self) -> Rate | None:
        """The speed that the constants give, over all sequences together as in the row."""
        row = self.row
        if row.test == "decode":
            rate = self.speed.decode(middle(row))
            return rate and Rate(rate.value * row.batch, rate.low * row.batch, rate.high * row.batch)
        return self.speed.prefill(row.prompt or 0, row.depth)


def cases(catalog: Catalog, rows: Iterable[Measurement] | None = None) -> list[Case]:
    """Every row that names all that a prediction needs; the others' prompts, for prefill, are undisclosed."""
    numbered = enumerate(catalog.measurements() if rows is None else rows)
    found = (case(catalog, row, number) for number, row in numbered)
    return [one for one in found if one is not None]


def fingerprint(found: Iterable[Case]) -> str:
    """What the fit stands on, as a hash: the rows, the fields of the entries that they name, and the terms."""
    digest = hashlib.sha256(repr(TERMS).encode())
    for one in found:
        speed, device = one.speed, one.speed.machine.devices[0].device
        facts = (
            *vars(one.row).values(), speed.sized.weights, speed.sized.total_parameters, speed.sized.active_parameters,
            speed.request.runtime.batched_tokens, speed.machine.host.bandwidth, packing(speed.format),
        )  # fmt: skip
        digest.update(repr(facts).encode())
        if device is not None:
            stated = {name: fact for name, fact in asdict(device).items() if name in _STATED}
            digest.update(json.dumps(stated, separators=(",", ":"), ensure_ascii=False).encode())
    return digest.hexdigest()


def case(catalog: Catalog, row: Measurement, number: int = 0) -> Case | None:
    """What a row timed; None where its conditions are not all known, or no runtime of the catalog could do it."""
    model, machine = catalog.model(row.model), _machine(catalog, row)
    if row.test == "prefill" and not row.prompt:
        return None
    try:
        choice = settle(model, row.format, row.runtime, row.cache_format, (row.backend,))  # type: ignore[arg-type]
    except SizingError:
        return None
    runtime = choice.runtime
    if row.micro_batch is not None:
        runtime = replace(runtime, batched_tokens=row.micro_batch)
    request = Request(runtime, row.backend, _context(row), row.batch)  # type: ignore[arg-type]
    layout = _layout(row, choice.sized, machine)
    speed = Speed(choice.sized, choice.format, layout, machine, request, row.era)
    if row.test == "decode":
        return Case(number, row, speed, decoding(choice.sized, layout, middle(row), row.batch), row.batch)
    prompt = row.prompt or 0
    step = prefilling(choice.sized, layout, prompt, row.depth, request.runtime.batched_tokens, row.batch)
    return Case(number, row, speed, step, prompt * row.batch)


def _context(row: Measurement) -> int:
    return max(1, max(row.depth, row.prompt or 0) + (row.generated or 0))


def middle(row: Measurement) -> int:
    """Tokens in the cache halfway through: some tools give the prompt that decoding starts after, others the depth."""
    return max(row.depth, row.prompt or 0) + (row.generated or 0) // 2


def _machine(catalog: Catalog, row: Measurement) -> Machine:
    device = catalog.device(row.device)
    size = f"-{max(device.memory.box) >> 30}gb" if device.kind != "gpu" and len(device.memory.box) > 1 else ""
    name = f"{row.count}x-{device.id}{size}" if row.count > 1 else f"{device.id}{size}"
    machine = catalog.machine(name)
    if not row.host:
        return machine
    host, counted = machine.host, COUNTED.fullmatch(row.host)
    # Two sockets read from both: 2x-epyc-9355.
    times, name = (int(counted[1]), counted[2]) if counted else (1, row.host)
    stated = catalog.hosts[name].bandwidth if name in catalog.hosts else known(catalog.device(name).bandwidth)
    bandwidth = None if stated is None else times * stated
    return replace(machine, places=(*machine.devices, Place(host.name, host.capacity, bandwidth)))


def _layout(row: Measurement, s: Sized, machine: Machine) -> Layout:
    """Where the row's options put layers and experts."""
    count = len(s.layers)
    if row.split == "tensor":
        return Layout("tensor", (0, count), 0, ranks=row.count)
    hosted = count if row.experts_on_host == "all" else row.experts_on_host or 0
    return as_asked(s, machine.capacities, row.layers_on_device, hosted)
