"""What does the engine plan with? Its inputs as plain data for JSON: what a browser needs to plan by itself.

    {"programs": [[[runtime, backend, …], defaults, small, formats], …],   of ``Program``, in the catalog's order
     "cache_types": {runtime: [type, …]},
     "formats": {id: [packing, [runtime, …], bits, loss]},     of ``Encoding``
     "devices": {id: {"card": [of ``Card``], "sizes": [[box, capacity, assumed], …], "bandwidth", "unified", …}},
     "machines": {id: {"devices": [[device, count, size or null], …], "host", "nodes", "network", "offer"}},
     "hosts": {id: [memory, bandwidth]}, "reference_host": [memory, bandwidth], "reserved": bytes,
     "constants": {…},                                         what of ``fitted.json`` is constants
     "drafted": {"rows": [[of ``Kept``], …], "low", "high"},   how many drafted tokens were kept, as ``Experience``
     "models": {id: {"refusal": one line or null, "limit": tokens or null, "family",
                     "first": [format, …], "published": [format, …],        where none is said, as ``meant`` takes them
                     "files": {id: as "formats"},                           the model's own published files
                     "shape": {"layers": [flops, attention_flops, cache_heads], "widths": [of ``Widths``], …},
                     "apart": names, "towers": {"names", "parameters", "bytes": {runtime: [bytes, unasked]}} or null,
                     "mtp": parameters or null,
                     "weights": {format or format/gguf: {"layers": [dense, experts, largest, largest_expert], …,
                                                         "drafter": [the same of the layer that drafts]}},
                     "caches": {runtime: {type: {"widening", "layers": [of ``CachePart``], "mtp": [the same]}}}}}}

``layers`` are told as ``{"rows": [each row once], "runs": [[row, how many layers in turn have it], …]}``. What cannot
be is told by its ``refusal``, the line that ``plan`` raises. Bytes, bytes/s, operations and operations/s; null where
nobody states it. ``sizing.engine.exported`` reads it again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import groupby
from typing import Any, Final

from sizing.anatomy.beside import has_towers, mtp_bytes, mtp_parameters, tower_bytes, tower_names
from sizing.anatomy.caches import cache_parts, mtp_parts
from sizing.anatomy.formats import format_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import drafter, sized
from sizing.catalog import Catalog
from sizing.drafting import experience
from sizing.engine.cache import CachePart
from sizing.engine.exported import sized_key
from sizing.engine.fitted import TERMS, Fitted
from sizing.engine.program import Program
from sizing.engine.sized import Sized, SizedLayer
from sizing.errors import SizingError
from sizing.facts.cache_types import widening
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.machine import Machine, unit
from sizing.facts.narrow import encoding, programs
from sizing.facts.units import known
from sizing.model import Model
from sizing.unsaid import natives, published

Data = dict[str, Any]

ONLY_PYTHON: Final = frozenset({"launch"})  # keys of a plan that the engine does not give; a page has them beside it


def export(
    catalog: Catalog, models: Iterable[Model], machines: Iterable[Machine], formats: Sequence[str] | None = None
) -> Data:
    """All that plans of some models on some machines need, in some formats; in all that need no bits per weight, if
    none are named. Raises SizingError for a format that is unknown."""
    named = formats or exported_formats(catalog)
    reference = catalog.hosts[catalog.reference_host]
    return {
        "programs": [_program_data(program) for program in programs(catalog.runtimes)],
        "cache_types": {runtime.id: list(runtime.cache.types) for runtime in catalog.runtimes.values()},
        "formats": {name: format_data(fmt) for name, fmt in catalog.formats.items()},
        "devices": {device.id: device_data(catalog, device) for device in catalog.devices.values()},
        "machines": {machine.id: machine_data(catalog, machine) for machine in machines},
        "hosts": {host.id: [host.memory, known(host.bandwidth)] for host in catalog.hosts.values()},
        "reference_host": [reference.memory, known(reference.bandwidth)],
        "reserved": catalog.reserved,
        "constants": constants_data(catalog.planner.fitted),
        "drafted": drafted_data(catalog),
        "models": {model.id: model_data(catalog, model, named) for model in models},
    }


def exported_formats(catalog: Catalog) -> list[str]:
    """Those that need no bits per weight."""
    return [name for name, fmt in catalog.formats.items() if fmt.bpw is None]


def _program_data(program: Program) -> list[Any]:
    """Its plain fields, then the others."""
    *plain, defaults, small, formats = astuple(program)
    return [plain, defaults, small, formats]


def format_data(fmt: Format) -> list[Any]:
    """A format as the formulas see it."""
    return list(astuple(encoding(fmt)))[1:]


def device_data(catalog: Catalog, device: Device) -> Data:
    """A device as machines are built of it, with every memory that it is sold with."""
    every = list(catalog.devices.values())
    units = [unit(device, size, catalog.reserved, catalog.gpu_limits, every) for size in device.memory.box]
    first = units[0]
    return {
        "card": astuple(first.card)[1:],
        "sizes": [[one.box, one.capacity, one.assumed] for one in units],
        "bandwidth": first.bandwidth,
        "unified": first.unified,
        "backends": first.backends,
        "watts": first.watts,
    }


def machine_data(catalog: Catalog, machine: Machine) -> Data:
    """What a machine is built of, and what it costs."""
    entry = machine.entry
    assert entry is not None
    offer, lowest = catalog.market.offer(machine), catalog.market.lowest(machine)
    return {
        "devices": [[one.device, one.count, one.memory] for one in entry.devices],
        "host": entry.host,
        "nodes": entry.nodes,
        "network": known(entry.network) if entry.network is not None else None,
        "offer": offer.as_dict(catalog.market.today) if offer else None,
        **({} if lowest == offer or lowest is None else {"lowest": lowest.as_dict(catalog.market.today)}),
    }


def drafted_data(catalog: Catalog) -> Data:
    """What was measured of drafts."""
    told = experience(catalog.lengths(), catalog.family)
    return {"rows": [astuple(row) for row in told.rows], "low": told.low, "high": told.high}


def constants_data(fitted: Fitted) -> Data:
    """The constants of speed."""
    return {
        **{test: fitted.factors[test] for test in TERMS},
        "eras": fitted.eras,
        "spreads": fitted.spreads,
        "pooled": fitted.pooled,
        "verifying": fitted.verifying,
        "measured": {
            program: {device: sorted(packings) for device, packings in devices.items()}
            for program, devices in fitted.measured.items()
        },
    }


def model_data(catalog: Catalog, model: Model, formats: Sequence[str]) -> Data:
    """A model in some formats, with every cache type of every runtime that reads one of them."""
    own = {fmt.id: format_data(fmt) for fmt in _formats(catalog, model, ())}
    said: Data = {
        "refusal": None,
        "limit": known(model.context),
        "family": catalog.family(model.id),
        "first": natives(model, catalog.formats),
        "published": published(model, catalog.formats),
        "files": own,
    }
    if model.shape is None:
        return {**said, "refusal": f"{model.id} runs only at {model.vendor}: its weights and shape are undisclosed"}
    read = [(fmt, runtime) for fmt in _formats(catalog, model, formats) for runtime in _readers(catalog, fmt)]
    weights: Data = {}
    caches: dict[str, Data] = {}
    shape: Data = {}
    for fmt, runtime in read:
        gguf = runtime.files == "gguf"
        key = sized_key(fmt.id, gguf)
        if key not in weights:
            one = _sized(model, fmt, runtime.cache.types[0], runtime)
            if isinstance(one, Sized):
                drafting = drafter(model.shape, fmt, runtime.cache.types[0], runtime.cache, gguf)
                shape = shape or shape_data(one, drafting)
                weights[key] = weights_data(model.shape, fmt, gguf, one, drafting)
            else:
                weights[key] = one
        if runtime.id not in caches and "refusal" not in weights[key]:
            caches[runtime.id] = {kind: caches_data(model.shape, kind, runtime) for kind in runtime.cache.types}
    return {**said, "shape": shape, **beside_data(catalog, model), "weights": weights, "caches": caches}


def beside_data(catalog: Catalog, model: Model) -> Data:
    """What there is beside a model's text: what decides it whatever the format and the cache type."""
    assert model.shape is not None
    runtimes = catalog.runtimes.values()
    towers = None
    if has_towers(model):
        towers = {
            "names": tower_names(model),
            "parameters": model.towers_parameters,
            "bytes": {runtime.id: [tower_bytes(model, runtime), runtime.towers] for runtime in runtimes},
        }
    mtp = mtp_parameters(model.shape) if model.shape.mtp else None
    return {"apart": list(model.apart), "towers": towers, "mtp": mtp}


def shape_data(s: Sized, drafter: Sized | None) -> Data:
    """What is the same in every format and with every cache."""
    own = {}
    if drafter:
        own = {"drafter": [*_work(drafter.layers[0]), drafter.total_parameters, drafter.active_parameters]}
    return {
        **own,
        "layers": rolled(map(_work, s.layers)),
        "output_flops": s.output_flops,
        "tied": s.tied,
        "widths": astuple(s.widths),
        "experts": s.experts,
        "experts_per_token": s.experts_per_token,
        "total_parameters": s.total_parameters,
        "active_parameters": s.active_parameters,
        "whole": s.whole,
        "answers": s.answers,
    }


def _work(layer: SizedLayer) -> list[float]:
    return [layer.flops, layer.attention_flops, layer.cache_heads]


def _held(layer: SizedLayer) -> list[int]:
    return [layer.dense, layer.experts, layer.largest, layer.largest_expert]


def weights_data(shape: Shape, fmt: Format, gguf: bool, s: Sized, drafter: Sized | None) -> Data:
    """What a format decides."""
    return {
        **({"mtp": mtp_bytes(shape, fmt, gguf), "drafter": _held(drafter.layers[0])} if drafter else {}),
        "layers": rolled(map(_held, s.layers)),
        "embedding": s.embedding,
        "lookups": s.lookups,
        "output": s.output,
        "padding": s.padding,
    }


def caches_data(shape: Shape, kind: str, runtime: Runtime) -> Data:
    """What a runtime and a cache type decide, or the line that refuses them."""
    try:
        return {
            "widening": widening(kind),
            "layers": _rolled_parts(cache_parts(shape, kind, runtime.cache)),
            **({"mtp": [astuple(part) for part in mtp_parts(shape, kind, runtime.cache)]} if shape.mtp else {}),
        }
    except SizingError as error:
        return {"refusal": str(error)}


def rolled(layers: Iterable[Sequence[Hashable]]) -> Data:
    """Each row once, and how many layers in turn have which row."""
    told = [tuple(row) for row in layers]
    places = {row: place for place, row in enumerate(dict.fromkeys(told))}
    return {"rows": list(places), "runs": [[places[row], len(list(same))] for row, same in groupby(told)]}


def _rolled_parts(parts: Sequence[CachePart]) -> Data:
    """The same of caches, each told once."""
    found = rolled((part,) for part in parts)
    return {**found, "rows": [astuple(part) for (part,) in found["rows"]]}


def _sized(model: Model, fmt: Format, cache_format: str, runtime: Runtime) -> Sized | Data:
    """A model's numbers, or the line that refuses them."""
    assert model.shape is not None
    try:
        return sized(model.shape, fmt, cache_format, runtime.cache, runtime.files == "gguf")
    except SizingError as error:
        return {"refusal": str(error)}


def _formats(catalog: Catalog, model: Model, names: Iterable[str]) -> Iterator[Format]:
    for name in (*names, *model.files):
        yield format_of(catalog, model, name)


def _readers(catalog: Catalog, fmt: Format) -> Iterator[Runtime]:
    return (runtime for runtime in catalog.runtimes.values() if runtime.id in fmt.runtimes)
