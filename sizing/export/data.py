"""What may others read? The engine's inputs as plain data for JSON: what a browser needs to plan by itself.

    {"programs": [[[runtime, backend, …], defaults, small, formats], …],   of ``Program``, in the catalog's order
     "formats": {id: [packing, [runtime, …]]},
     "cards": {id: [generation, memory, link, …]},             the fields of ``Card`` after its id
     "machines": {id: {"places": [[name, capacity, bandwidth, card or null], …], "unified", "backends", "nodes",
                       "network", "assumed"}},
     "constants": {…},                                         what of ``fitted.json`` is constants
     "models": {id: {"refusal": one line or null, "limit": tokens or null,
                     "shape": {"layers": [flops, attention_flops, cache_heads], "widths": [of ``Widths``], …},
                     "beside": {runtime: bytes of towers that it loads by itself},
                     "weights": {format or format/gguf: {"layers": [dense, experts, largest, largest_expert], …}},
                     "caches": {runtime: {type: {"widening", "layers": [the fields of ``CachePart``]}}}}}}

``layers`` are told as ``{"rows": [each row once], "runs": [[row, how many layers in turn have it], …]}``. What cannot
be is told by its ``refusal``, the line that ``plan`` raises. Bytes, bytes/s, operations and operations/s; null where
nobody states it. ``sizing.engine.exported`` reads it again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import groupby
from typing import Any

from sizing.anatomy.beside import unasked
from sizing.anatomy.caches import cache_parts
from sizing.anatomy.formats import format_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import sized
from sizing.catalog import Catalog
from sizing.engine.exported import sized_key
from sizing.engine.fitted import TERMS, Fitted
from sizing.engine.program import Program
from sizing.engine.sized import Sized
from sizing.errors import SizingError
from sizing.facts.cache_types import widening
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.machine import Machine
from sizing.facts.narrow import encoding, programs
from sizing.facts.units import known
from sizing.model import Model

Data = dict[str, Any]


def export(
    catalog: Catalog, models: Iterable[Model], machines: Iterable[Machine], formats: Sequence[str] | None = None
) -> Data:
    """All that plans of some models on some machines need, in some formats; in all that need no bits per weight, if
    none are named. Raises SizingError for a format that is unknown."""
    named = formats or [name for name, fmt in catalog.formats.items() if fmt.bpw is None]
    rigs, found = list(machines), list(models)
    # A model's own published files are formats of their own; every name means the same format for all other models.
    chosen = {fmt.id: encoding(fmt) for model in found for fmt in _formats(catalog, model, named)}
    return {
        "programs": [_program_data(program) for program in programs(catalog.runtimes)],
        "formats": {name: [one.packing, one.runtimes] for name, one in chosen.items()},
        "cards": {p.card.id: astuple(p.card)[1:] for m in rigs for p in m.places if p.card},
        "machines": {machine.id: machine_data(machine) for machine in rigs},
        "constants": constants_data(catalog.planner.fitted),
        "models": {model.id: model_data(catalog, model, named) for model in found},
    }


def _program_data(program: Program) -> list[Any]:
    """Its plain fields, then the others."""
    *plain, defaults, small, formats = astuple(program)
    return [plain, defaults, small, formats]


def machine_data(machine: Machine) -> Data:
    """A machine's places and what else the engine reads of it."""
    rig = machine.rig
    return {
        "places": [[p.name, p.capacity, p.bandwidth, p.card.id if p.card else None] for p in rig.places],
        "unified": rig.unified,
        "backends": rig.backends,
        "nodes": rig.nodes,
        "network": rig.network,
        "assumed": rig.assumed,
    }


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
    limit = known(model.context)
    if model.shape is None:
        refusal = f"{model.id} runs only at {model.vendor}: its weights and shape are undisclosed"
        return {"refusal": refusal, "limit": limit}
    read = [(fmt, runtime) for fmt in _formats(catalog, model, formats) for runtime in _readers(catalog, fmt)]
    weights: Data = {}
    caches: dict[str, Data] = {}
    shape: Data = {}
    for fmt, runtime in read:
        gguf = runtime.files == "gguf"
        key = sized_key(fmt.id, gguf)
        if key not in weights:
            one = _sized(model, fmt, runtime.cache.types[0], runtime)
            weights[key] = weights_data(one) if isinstance(one, Sized) else one
            shape = shape or (shape_data(one) if isinstance(one, Sized) else {})
        if runtime.id not in caches and "refusal" not in weights[key]:
            caches[runtime.id] = {kind: caches_data(model.shape, kind, runtime) for kind in runtime.cache.types}
    beside = {runtime.id: unasked(model, runtime) for runtime in catalog.runtimes.values()}
    return {"refusal": None, "limit": limit, "shape": shape, "beside": beside, "weights": weights, "caches": caches}


def shape_data(s: Sized) -> Data:
    """What is the same in every format and with every cache."""
    return {
        "layers": rolled([x.flops, x.attention_flops, x.cache_heads] for x in s.layers),
        "output_flops": s.output_flops,
        "tied": s.tied,
        "widths": astuple(s.widths),
        "experts": s.experts,
        "experts_per_token": s.experts_per_token,
        "total_parameters": s.total_parameters,
        "active_parameters": s.active_parameters,
        "encoder": s.encoder,
    }


def weights_data(s: Sized) -> Data:
    """What a format decides."""
    return {
        "layers": rolled([x.dense, x.experts, x.largest, x.largest_expert] for x in s.layers),
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
            "layers": rolled(astuple(part) for part in cache_parts(shape, kind, runtime.cache)),
        }
    except SizingError as error:
        return {"refusal": str(error)}


def rolled(layers: Iterable[Sequence[Hashable]]) -> Data:
    """Each row once, and how many layers in turn have which row."""
    told = [tuple(row) for row in layers]
    rows = list(dict.fromkeys(told))
    return {"rows": rows, "runs": [[rows.index(row), len(list(same))] for row, same in groupby(told)]}


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
