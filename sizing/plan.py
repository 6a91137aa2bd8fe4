"""All of it, at once: which memory, which place, how fast. Every number that is shown is a field of a ``Plan``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from sizing.anatomy.formats import format_of
from sizing.anatomy.sized import sized
from sizing.catalog import Catalog, catalog_of
from sizing.engine.dealing import HOST
from sizing.engine.layout import Proposal, propose
from sizing.engine.memory import Demand, Layout, Memory, Request
from sizing.engine.sized import Sized
from sizing.engine.speed import Rate, Speed
from sizing.errors import SizingError
from sizing.facts.entries.devices import Backend
from sizing.facts.entries.formats import Format
from sizing.facts.entries.offers import Price
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.machine import Machine
from sizing.facts.units import UNDISCLOSED
from sizing.model import Model


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
    fits: bool | None
    runs: bool | None
    layout: Layout | None
    beyond_limit: bool
    sized: Sized
    _proposal: Proposal
    _speed: Speed | None

    @property
    def memory(self) -> Memory:
        """What all places hold together."""
        return reduce(add, self._proposal.held)

    @property
    def places(self) -> tuple[PlanPlace, ...]:
        """Each device, then the host; without a machine, the host alone."""
        if self.machine is None:
            return (PlanPlace("host", None, self._proposal.held[0]),)
        found = zip(self.machine.places, self._proposal.held, strict=True)
        return tuple(PlanPlace(place.name, place.capacity, memory) for place, memory in found)

    @property
    def backend(self) -> Backend | None:
        """What the runtime computes with; None where it does not run."""
        return self._speed.request.backend if self._speed else None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The undisclosed facts that make a rate None."""
        return self._speed.unknown() if self._speed else ()

    @property
    def assumed(self) -> tuple[str, ...]:
        """What stands on an observation of another machine."""
        return self.machine.assumed if self.machine else ()

    @property
    def decode(self) -> Rate | None:
        """Tokens/s of each sequence at a full context."""
        return self.decode_at(self.context)

    @property
    def throughput(self) -> Rate | None:
        """Tokens/s of all sequences together, each at a full context."""
        one, n = self.decode, self.sequences
        return one and Rate(one.value * n, one.low * n, one.high * n)

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


@dataclass(frozen=True)
class Choice:
    """What a format, a runtime and a cache type settle for a model, whatever the machine's size and the context."""

    format: Format
    runtime: Runtime
    backend: Backend
    sized: Sized
    demands: dict[tuple[int, int], Demand] = field(default_factory=dict)

    def demand(self, context: int, sequences: int) -> Demand:
        """The demand at a context, put together once."""
        found = self.demands.get((context, sequences))
        if found is None:
            found = Demand(self.sized, Request(self.runtime, self.backend, context, sequences))
            self.demands[context, sequences] = found
        return found


def settle(model: Model, format: str, runtime: str | None, cache_format: str, backends: tuple[Backend, ...]) -> Choice:
    """What a format, a runtime and a cache type settle on these backends, of which none means no machine.

    Raises SizingError for a pair that cannot run, or a model that nobody can size.
    """
    asked = _Asked(format, runtime, cache_format, backends)
    found = model.choices.get(asked)
    if found is None:
        found = model.choices[asked] = _settle(model, asked)
    assert isinstance(found, Choice)
    return found


def _settle(model: Model, asked: _Asked) -> Choice:
    catalog = catalog_of(model)
    if model.shape is None:
        raise SizingError(f"{model.id} runs only at {model.vendor}: its weights and shape are undisclosed")
    fmt = format_of(catalog, model, asked.format)
    runtime, backend = _choose_runtime(catalog, fmt, asked.backends, asked.runtime)
    size = sized(model.shape, fmt, asked.cache_format.lower(), runtime.cache, runtime.files == "gguf")
    return Choice(fmt, runtime, backend, size)


class _Asked(NamedTuple):
    """What a choice depends on; without ``backends`` no machine is asked about."""

    format: str
    runtime: str | None
    cache_format: str
    backends: tuple[Backend, ...]


def _choose_runtime(
    catalog: Catalog, fmt: Format, backends: tuple[Backend, ...], asked: str | None
) -> tuple[Runtime, Backend]:
    """The runtime and its backend. Raises SizingError for a pair that cannot run."""
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
    able = [r.id for r in catalog.runtimes.values() if set(backends) & set(r.backends)]
    if backends and not able:
        raise SizingError(f"no runtime of the catalog runs on {'/'.join(backends)} yet; choose another machine")
    names = ", ".join(r.id for r in candidates)
    raise SizingError(f"{fmt.id} is read by {names}, which cannot run on {'/'.join(backends)}; choose another format")


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
    if context < 1 or sequences < 1:
        name, value = ("context", context) if context < 1 else ("sequences", sequences)
        raise SizingError(f"{name} {value} is not possible; give a whole number from 1 up")
    choice = settle(model, format, runtime, cache_format, machine.backends if machine else ())
    demand = choice.demand(context, sequences)
    limit = model.context
    beyond = limit != UNDISCLOSED and context > limit
    size = choice.sized
    if machine is None:
        everywhere = Layout("layer", (len(size.layers),), HOST, len(size.layers))
        return Plan(
            model, None, choice.format, choice.runtime, context, sequences, cache_format, None, None, None, beyond,
            size, Proposal(demand, everywhere), None,
        )  # fmt: skip
    proposal, runs = propose(demand, machine)
    layout = proposal.layout
    return Plan(
        model, machine, choice.format, choice.runtime, context, sequences, cache_format,
        runs and not layout.offloaded, runs, layout if runs else None, beyond,
        size, proposal, Speed(size, choice.format, layout, machine, demand.request) if runs else None,
    )  # fmt: skip
