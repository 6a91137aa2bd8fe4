"""What does the engine plan with of a model? Its numbers in every format and with every cache type, as plain data.

``sizing.export.data`` says how it looks. A browser asks this of files that it reads, too: nothing here looks further
than a model, formats and runtimes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import astuple
from itertools import groupby
from typing import Any, Protocol

from sizing.anatomy.beside import has_towers, mtp_bytes, mtp_parameters, shown_to, tower_bytes, tower_names, whole
from sizing.anatomy.caches import cache_parts, mtp_parts
from sizing.anatomy.formats import Formats, format_of, own_format
from sizing.anatomy.shape import Shape
from sizing.anatomy.sized import drafter, sized
from sizing.engine.cache import CachePart
from sizing.engine.exported import sized_key
from sizing.engine.sized import Sized, SizedLayer
from sizing.errors import SizingError
from sizing.facts.cache_types import widening
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.narrow import encoding
from sizing.facts.units import known
from sizing.model import Model
from sizing.unsaid import natives, published, said

Data = dict[str, Any]


class Rules(Formats, Protocol):
    """What a model is told by: formats, and how runtimes hold them."""

    @property
    def runtimes(self) -> Mapping[str, Runtime]:
        """Runtimes by id."""

    def family(self, model: str) -> str | None:
        """A model's family by its id; None of one that is not known."""


def format_data(fmt: Format) -> list[Any]:
    """A format as the formulas see it."""
    return list(astuple(encoding(fmt)))[1:]


def model_data(rules: Rules, model: Model, formats: Sequence[str]) -> Data:
    """A model in some formats, with every cache type of every runtime that reads one of them."""
    files = {fmt.id: fmt for fmt in [format_of(rules, model, name) for name in model.files]}
    listed = {fmt.id: fmt for fmt in [format_of(rules, model, name) for name in formats]}
    return _data(rules, model, {**listed, **files}, {name: format_data(fmt) for name, fmt in files.items()})


def read_data(rules: Rules, model: Model, formats: Sequence[str]) -> Data:
    """A model that was read from a file: the same, and in what the file says of itself.

    Beside what ``model_data`` tells: its ``id``; the format that is ``said`` where none is asked for, or the line with
    which none is ``refused``; and ``remarks``. A format under another key than its id has that behind what it is.
    """
    told: Data = {"id": model.id, "said": None, "refused": None, "remarks": list(model.remarks)}
    listed = {name: format_of(rules, model, name) for name in formats}
    own: dict[str, Format] = {}
    try:
        told["said"] = said(model)
        if model.own is not None:
            own[model.own.key] = own_format(rules, model.own)
        elif told["said"] is not None and told["said"] not in listed:
            own[told["said"]] = format_of(rules, model, told["said"])
    except SizingError as error:
        told["refused"] = str(error)
    files = {name: [*format_data(fmt), fmt.id] for name, fmt in own.items()}
    return {**_data(rules, model, {**listed, **own}, files), **told}


def _data(rules: Rules, model: Model, formats: Mapping[str, Format], files: Data) -> Data:
    told: Data = {
        "refusal": None,
        "limit": known(model.context),
        "family": rules.family(model.id),
        "first": natives(model, rules.formats),
        "published": published(model, rules.formats),
        "files": files,
    }
    if model.shape is None:
        return {**told, "refusal": f"{model.id} runs only at {model.vendor}: its weights and shape are undisclosed"}
    weights: Data = {}
    caches: dict[str, Data] = {}
    shape: Data = {}
    for name, fmt in formats.items():
        for runtime in _readers(rules, fmt):
            gguf = runtime.files == "gguf"
            key = sized_key(name, gguf)
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
    return {**told, "shape": shape, **beside_data(rules, model), "weights": weights, "caches": caches}


def beside_data(rules: Rules, model: Model) -> Data:
    """What there is beside a model's text: what decides it whatever the format and the cache type."""
    assert model.shape is not None
    runtimes = rules.runtimes.values()
    towers = None
    if has_towers(model):
        towers = {
            "names": tower_names(model),
            "parameters": model.towers_parameters,
            "bytes": {
                runtime.id: [
                    tower_bytes(model, runtime),
                    runtime.towers,
                    *shown_to(model, runtime),
                    whole(model, runtime),
                ]
                for runtime in runtimes
            },
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
        "unpacked": s.unpacked,
        "own_head": s.own_head,
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


def _readers(rules: Rules, fmt: Format) -> list[Runtime]:
    return [runtime for runtime in rules.runtimes.values() if runtime.id in fmt.runtimes]
