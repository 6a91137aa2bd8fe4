"""Which case did a measured row time? The row's model, layout and step, put together as a plan's speed sees them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Final

from sizing.catalog import Catalog
from sizing.engine.fitted import TERMS, Fitted
from sizing.engine.layout import Layout, as_asked
from sizing.engine.memory import Demand
from sizing.engine.rig import Place, Rig
from sizing.engine.settings import at_home
from sizing.engine.sized import Sized
from sizing.engine.speed import Rate, Speed
from sizing.engine.work import Step, decoding, prefilling
from sizing.errors import SizingError
from sizing.facts.entries.devices import Device
from sizing.facts.index import COUNTED
from sizing.facts.machine import Machine
from sizing.facts.measurements import Measurement
from sizing.facts.units import known

NEVER: Final = 10**9  # a prompt's tokens for each expert that none has: weights stay where they lie
# The fields of a device that a prediction reads.
_STATED: Final = {"kind", "architecture", "memory", "bandwidth", "compute", "interconnect"}


@dataclass(frozen=True)
class Case:
    """A measured row and what it timed. ``tokens`` came out of one step, or went into one prompt."""

    number: int  # of the row among all measurements, from 0
    row: Measurement
    device: Device
    speed: Speed
    step: Step
    tokens: int

    @property
    def seconds(self) -> float:
        """What the step, or the prompts, took."""
        return self.tokens / self.row.tok_s

    def seconds_by(self, speed: Speed) -> float | None:
        """What ``speed`` says that it takes; None where a fact is undisclosed."""
        if self.row.test == "decode":
            return speed.decoding_seconds(self.step)
        return speed.prefilling_seconds(self.step, self.row.prompt or 0)

    @property
    def predicted(self) -> Rate | None:
        """The speed that the constants give, over all sequences together as in the row."""
        row = self.row
        if row.test == "decode":
            rate = self.speed.decode(middle(row))
            return rate and Rate(rate.value * row.batch, rate.low * row.batch, rate.high * row.batch)
        return self.speed.prefill(row.prompt or 0, row.depth)


def cases(catalog: Catalog, fitted: Fitted | None = None) -> list[Case]:
    """Every row that names all that a prediction needs; the others' prompts, for prefill, are undisclosed."""
    found = (case(catalog, row, number, fitted) for number, row in enumerate(catalog.measurements()))
    return [one for one in found if isinstance(one, Case)]


def fingerprint(found: Iterable[Case]) -> str:
    """What the fit stands on, as a hash: the rows, the fields of the entries that they name, the terms, and what the
    formulas make of them with the constants that no measurement has changed."""
    digest, prior = hashlib.sha256(repr(TERMS).encode()), Fitted.prior()
    for one in found:
        demand, rig = one.speed.demand, one.speed.rig
        size = demand.sized
        facts = (
            *(getattr(one.row, each.name) for each in fields(one.row)),
            size.weights, size.total_parameters, size.active_parameters,
            demand.program.batched_tokens, rig.host.bandwidth, one.speed.packing,
        )  # fmt: skip
        digest.update(repr(facts).encode())
        stated = {name: fact for name, fact in asdict(one.device).items() if name in _STATED}
        del stated["memory"]["offered"]  # what a program is offered decides where layers lie, and no speed
        digest.update(json.dumps(stated, separators=(",", ":"), ensure_ascii=False).encode())
        seconds = one.seconds_by(replace(one.speed, fitted=prior))
        digest.update(b"-" if seconds is None else f"{seconds:.9e}".encode())
    return digest.hexdigest()


def case(catalog: Catalog, row: Measurement, number: int = 0, fitted: Fitted | None = None) -> Case | str:
    """What a row timed, with the catalog's constants or others; why none is known where its conditions are not all
    told, or no runtime of the catalog could do it."""
    planner = catalog.planner
    if row.test == "prefill" and not row.prompt:
        return "its prompt is undisclosed"
    try:
        model, rig = catalog.model(row.model), _rig(catalog, row)
        loaded = planner.settled(model, row.format, row.runtime, row.cache_format, (row.backend,)).loaded
        program = at_home(loaded.program, rig)
    except SizingError as error:
        return str(error)
    size, batch = loaded.sized, row.batch
    if row.micro_batch is not None:
        program = replace(program, batched_tokens=row.micro_batch)
    if row.repacked:
        program = replace(program, expert_tokens=NEVER)
    if row.wide and row.test == "prefill":  # one token's matrices are multiplied by other kernels
        program = replace(program, wide=True)
    demand, layout = Demand(size, program, _context(row), batch), _layout(row, size, rig)
    device = catalog.device(row.device)
    speed = Speed(demand, loaded.encoding.packing, layout, rig, fitted or planner.fitted, row.era)
    if row.test == "decode":
        return Case(number, row, device, speed, decoding(size, layout, middle(row), batch), batch)
    prompt = row.prompt or 0
    step = prefilling(size, layout, prompt, row.depth, program.batched_tokens, batch)
    return Case(number, row, device, speed, step, prompt * batch)


def _context(row: Measurement) -> int:
    return max(1, max(row.depth, row.prompt or 0) + (row.generated or 0))


def middle(row: Measurement) -> int:
    """Tokens in the cache halfway through: some tools give the prompt that decoding starts after, others the depth."""
    return row.halfway


def machine_of(catalog: Catalog, row: Measurement) -> Machine:
    """The row's devices, on the reference host or their own. Raises SizingError for what is no machine."""
    device = catalog.device(row.device)
    size = f"-{max(device.memory.box) >> 30}gb" if device.kind != "gpu" and len(device.memory.box) > 1 else ""
    return catalog.machine(f"{row.count}x-{device.id}{size}" if row.count > 1 else f"{device.id}{size}")


def host_bandwidth(catalog: Catalog, row: Measurement) -> float | None:
    """Bytes/s of the host that the row names; None where it names none, or nobody states it."""
    if not row.host:
        return None
    counted = COUNTED.fullmatch(row.host)
    # Two sockets read from both: 2x-epyc-9355.
    times, name = (int(counted[1]), counted[2]) if counted else (1, row.host)
    stated = known(catalog.hosts[name].bandwidth if name in catalog.hosts else catalog.device(name).bandwidth)
    return None if stated is None else times * stated


def _rig(catalog: Catalog, row: Measurement) -> Rig:
    rig = machine_of(catalog, row).rig
    if not row.host:
        return rig
    host = rig.host
    return replace(rig, places=(*rig.devices, Place(host.name, host.capacity, host_bandwidth(catalog, row))))


def _layout(row: Measurement, s: Sized, rig: Rig) -> Layout:
    """Where the row's options put layers and experts."""
    count = len(s.layers)
    if row.split == "tensor":
        return Layout("tensor", (0, count), 0, ranks=row.count)
    hosted = count if row.experts_on_host == "all" else row.experts_on_host or 0
    return as_asked(s, rig.capacities, row.layers_on_device, hosted)
