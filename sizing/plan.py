"""All of it, at once: which memory, which place, how fast. Every number that is shown is a field of a ``Plan``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from sizing.catalog import Catalog, catalog_of
from sizing.entries import Backend, Format, Price, Runtime
from sizing.layout import propose
from sizing.machine import Machine
from sizing.memory import HOST, Layout, Memory, Request, hold
from sizing.model import Model
from sizing.reading import SizingError
from sizing.sized import Sized, sized
from sizing.speed import Rate, Speed
from sizing.units import UNDISCLOSED, known


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """One device, or the host, and what it holds. Bytes."""

    name: str
    capacity: int | None
    memory: Memory


@dataclass(frozen=True, slots=True)
class Plan:
    """A model in a format on a machine at a context. Bytes, seconds, tokens/s; None where a fact is undisclosed."""

    model: Model
    machine: Machine | None
    format: Format
    runtime: Runtime
    context: int
    sequences: int
    cache_format: str
    memory: Memory
    places: tuple[PlanPlace, ...]
    fits: bool | None
    runs: bool | None
    layout: Layout | None
    beyond_limit: bool
    unknown: tuple[str, ...]
    assumed: tuple[str, ...]
    sized: Sized
    _speed: Speed | None

    @property
    def decode(self) -> Rate | None:
        """Tokens/s of each sequence at a full context."""
        return self.decode_at(self.context)

    @property
    def prefill(self) -> Rate | None:
        """Mean tokens/s over a prompt that fills the context from empty."""
        return self.prefill_at(self.context)

    def decode_at(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache."""
        return self._speed.decode(depth) if self._speed else None

    def prefill_at(self, prompt: int, depth: int = 0) -> Rate | None:
        """Mean tokens/s over ``prompt`` tokens that start at ``depth``."""
        return self._speed.prefill(prompt, depth) if self._speed else None

    def time_to_first_token(self, prompt_tokens: int) -> float | None:
        """Seconds from a prompt to the first new token."""
        return self._speed.time_to_first_token(prompt_tokens) if self._speed else None

    @property
    def price(self) -> Price | None:
        """The machine's price, where one is stated."""
        return self.machine.price if self.machine else None

    def as_dict(self) -> dict[str, Any]:
        """Plain data with this class's fields, for JSON."""
        return {
            "model": self.model.id,
            "machine": self.machine.id if self.machine else None,
            "format": self.format.id,
            "runtime": self.runtime.id,
            "context": self.context,
            "sequences": self.sequences,
            "cache_format": self.cache_format,
            "memory": _memory_dict(self.memory),
            "places": [{"name": p.name, "capacity": p.capacity, "memory": _memory_dict(p.memory)} for p in self.places],
            "fits": self.fits,
            "runs": self.runs,
            "layout": _layout_dict(self.layout) if self.layout else None,
            "decode": _rate_dict(self.decode),
            "prefill": _rate_dict(self.prefill),
            "time_to_first_token": self.time_to_first_token(self.context),
            "beyond_limit": self.beyond_limit,
            "unknown": list(self.unknown),
            "assumed": list(self.assumed),
        }


def _memory_dict(m: Memory) -> dict[str, int]:
    return {"weights": m.weights, "cache": m.cache, "buffers": m.buffers, "overhead": m.overhead, "total": m.total}


def _rate_dict(r: Rate | None) -> dict[str, float] | None:
    return {"value": r.value, "low": r.low, "high": r.high} if r else None


def _layout_dict(x: Layout) -> dict[str, Any]:
    return {
        "split": x.split,
        "layers": ["host" if i == HOST else i for i in x.layers],
        "experts": ["host" if i == HOST else i for i in x.experts],
        "output": "host" if x.output == HOST else x.output,
        "ranks": x.ranks,
    }


def _choose_runtime(
    catalog: Catalog, fmt: Format, machine: Machine | None, asked: str | None
) -> tuple[Runtime, Backend]:
    """The runtime and its backend. Raises SizingError for a pair that cannot run."""
    backends = _backends(machine)
    if asked is not None:
        runtime = catalog.runtime(asked)
        if runtime.id not in fmt.runtimes:
            raise SizingError(f"{runtime.id} does not read {fmt.id}; {fmt.id} is read by {', '.join(fmt.runtimes)}")
        candidates = [runtime]
    else:
        candidates = [r for r in catalog.runtimes.values() if r.id in fmt.runtimes]
    for runtime in candidates:
        for backend in backends or tuple(runtime.backends):
            if backend in runtime.backends:
                return runtime, backend
    names = ", ".join(r.id for r in candidates)
    raise SizingError(f"{fmt.id} is read by {names}, which cannot run on {'/'.join(backends)}; choose another format")


def _backends(machine: Machine | None) -> tuple[Backend, ...]:
    if machine is None:
        return ()
    first = machine.devices[0].device
    return tuple(first.backends) if first else ("cpu",)


def plan(
    model: Model,
    machine: Machine | None,
    *,
    format: str,
    context: int,
    cache_format: str = "f16",
    runtime: str | None = None,
    sequences: int = 1,
) -> Plan:
    """What ``model`` takes and how it runs on ``machine`` (None: memory only).

    ``context`` is tokens per sequence, new ones included. Raises SizingError for what cannot be answered.
    """
    catalog = catalog_of(model)
    for name, value in (("context", context), ("sequences", sequences)):
        if value < 1:
            raise SizingError(f"{name} {value} is not possible; give a whole number from 1 up")
    fmt = catalog.format(format)
    if model.architecture == UNDISCLOSED:
        raise SizingError(f"{model.id} runs only at {model.vendor}: its weights and shape are undisclosed")
    chosen, backend = _choose_runtime(catalog, fmt, machine, runtime)
    request = Request(chosen, backend, context, sequences)
    size = sized(model.architecture, fmt, cache_format.lower(), chosen.cache, request.llama_cpp)
    limit = known(model.context)
    beyond = limit is not None and context > limit
    if machine is None:
        return _without_machine(model, fmt, request, size, cache_format, beyond)
    layout, runs = propose(size, machine, request)
    held = hold(size, layout, request, len(machine.devices))
    places = tuple(
        PlanPlace(place.name, place.capacity, memory) for place, memory in zip(machine.places, held, strict=True)
    )
    speed = Speed(size, layout, machine, request) if runs else None
    return Plan(
        model, machine, fmt, chosen, context, sequences, cache_format, reduce(add, held), places,
        fits=runs and not layout.offloaded, runs=runs, layout=layout if runs else None, beyond_limit=beyond,
        unknown=speed.unknown() if speed else (), assumed=machine.assumed, sized=size, _speed=speed,
    )  # fmt: skip


def _without_machine(model: Model, fmt: Format, request: Request, size: Sized, cache_format: str, beyond: bool) -> Plan:
    """Memory alone: everything in one place, the host."""
    everywhere = (HOST,) * len(size.layers)
    memory = hold(size, Layout("layer", everywhere, everywhere, HOST), request, 0)[0]
    return Plan(
        model, None, fmt, request.runtime, request.context, request.sequences, cache_format, memory,
        (PlanPlace("host", None, memory),), fits=None, runs=None, layout=None, beyond_limit=beyond,
        unknown=(), assumed=(), sized=size, _speed=None,
    )  # fmt: skip
