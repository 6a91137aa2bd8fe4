"""What does a browser plan with? Sized numbers, rigs, programs and constants as plain data, put together again.

``sizing.export`` writes the data, and says how it looks. Layers are told as rows and runs: each row once, and then how
many layers in turn have which row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sizing.engine.buffers import Widths
from sizing.engine.cache import CachePart, Compressed
from sizing.engine.fitted import Fitted
from sizing.engine.memory import Demand, Memory
from sizing.engine.outcome import Loaded, Outcome, outcome, possible, settle
from sizing.engine.placement import Proposals
from sizing.engine.program import Defaults, Encoding, Program
from sizing.engine.rig import Card, Place, Rig
from sizing.engine.settings import DEFAULT, Settings, at_home, check, set_up
from sizing.engine.sized import Sized, SizedLayer
from sizing.errors import SizingError

Data = Mapping[str, Any]
T = TypeVar("T")

LOADED: Final = 1024  # models that are kept put together at most

# What may be asked.
WORDS: Final = (
    "model", "machine", "format", "context", "cache_format", "runtime", "sequences",
    "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch", "utilization", "max_sequences",
    "vision", "mtp", "swa_full", "flash_attention", "lora", "slots", "unified", "in_use", "wired_limit",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is asked, in the words of ``sizing.plan``."""

    model: str
    machine: str | None
    format: str
    context: int
    cache_format: str = "f16"
    runtime: str | None = None
    sequences: int = 1
    settings: Settings = DEFAULT

    @staticmethod
    def of(data: Data) -> Asked:
        """The record of words and what they say. Raises SizingError for a word that is not known."""
        for word in data:
            if word not in WORDS:
                raise SizingError(f"{word} is nothing that can be asked; known are {', '.join(WORDS)}")
        return Asked(
            model=data["model"],
            machine=data.get("machine"),
            format=data["format"],
            context=data["context"],
            cache_format=_or(data.get("cache_format"), "f16"),
            runtime=data.get("runtime"),
            sequences=_or(data.get("sequences"), 1),
            settings=Settings(
                split=data.get("split"),
                layers_on_device=data.get("layers_on_device"),
                experts_on_host=data.get("experts_on_host"),
                tensor_split=_each(data.get("tensor_split")),
                micro_batch=data.get("micro_batch"),
                utilization=data.get("utilization"),
                max_sequences=data.get("max_sequences"),
                vision=data.get("vision"),
                mtp=data.get("mtp"),
                swa_full=_or(data.get("swa_full"), False),
                flash_attention=data.get("flash_attention"),
                lora=_or(data.get("lora"), 0),
                draft=None,
                slots=data.get("slots"),
                unified=_or(data.get("unified"), False),
                in_use=_each(data.get("in_use")),
                wired_limit=data.get("wired_limit"),
            ),
        )


def _or(said: Any, otherwise: Any) -> Any:
    """What is said, or what holds where nothing is."""
    return otherwise if said is None else said


def _each(said: Any) -> Any:
    return None if said is None else tuple(said)


@dataclass(frozen=True, eq=False)
class Exported:
    """What was exported, by id."""

    programs: tuple[Program, ...]
    encodings: Mapping[str, Encoding]
    rigs: Mapping[str, Rig]
    models: dict[str, Data]  # as they were written; more may come later
    fitted: Fitted
    loaded: dict[tuple[str, str, str, str], Loaded] = field(default_factory=dict)  # put together already

    @staticmethod
    def of(data: Data) -> Exported:
        """The records that the data tells."""
        cards = {name: Card(name, *row) for name, row in data["cards"].items()}
        return Exported(
            programs=tuple([_program(row) for row in data["programs"]]),
            encodings={name: Encoding(name, row[0], tuple(row[1])) for name, row in data["formats"].items()},
            rigs={name: _rig(name, machine, cards) for name, machine in data["machines"].items()},
            models=data["models"],
            fitted=Fitted.of(data["constants"]),
        )

    def outcome(self, asked: Asked) -> Outcome:
        """What ``sizing.plan`` gives, by ids; a format's and a cache type's as they are exported.

        Raises SizingError for what cannot be answered, or was not exported.
        """
        context, sequences, settings = asked.context, asked.sequences, asked.settings
        possible(context, sequences)
        rig = None if asked.machine is None else _found(self.rigs, asked.machine, "machine")
        its = _found(self.models, asked.model, "model")
        if its["refusal"]:
            raise SizingError(its["refusal"])
        encoding = _found(self.encodings, asked.format, "format")
        program = settle(encoding, self.programs, rig.backends if rig else (), asked.runtime)
        if rig is not None:
            program = at_home(program, rig)
        settled = f"{program.name} {program.batched_tokens} {program.margin}"
        key = (asked.model, asked.format, settled, asked.cache_format)
        if key not in self.loaded:
            if len(self.loaded) >= LOADED:
                self.loaded.clear()
            sized = _sized(its, asked.format, program, asked.cache_format)
            wider = its["caches"][program.runtime][asked.cache_format]["widening"]
            self.loaded[key] = Loaded(asked.model, its["limit"], encoding, asked.cache_format, program, sized, wider)
        loaded = self.loaded[key]
        beside = Memory(its["beside"][program.runtime])
        check(settings, program, loaded.sized, rig, sequences)
        program, slots = set_up(program, settings), settings.slots or 0
        demand = Demand(loaded.sized, program, context, sequences, slots, loaded.widening, beside, settings.unified)
        return outcome(loaded, Proposals(demand, settings), rig, self.fitted)


def _found(entries: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in entries:
        raise SizingError(f"no {what} {name} was exported")
    return entries[name]


def _program(row: Sequence[Any]) -> Program:
    plain, defaults, small, formats = row
    stated = [*plain, tuple([Defaults(*one) for one in defaults]), tuple(small), tuple(formats)]
    return Program(*stated)


def _rig(name: str, data: Data, cards: Mapping[str, Card]) -> Rig:
    places = [
        Place(place, capacity, bandwidth, None if card is None else cards[card])
        for place, capacity, bandwidth, card in data["places"]
    ]
    backends, assumed = tuple(data["backends"]), tuple(data["assumed"])
    return Rig(name, tuple(places), data["unified"], backends, data["nodes"], assumed, data["network"])


def sized_key(format: str, gguf: bool) -> str:
    """What the weights of a format are exported under: a GGUF file of it may hold other types than a checkpoint."""
    return f"{format}/gguf" if gguf else format


def _sized(model: Data, format: str, program: Program, cache_format: str) -> Sized:
    """A model in a format with a cache type, put together. Raises SizingError where that cannot be."""
    weights = _found(model["weights"], sized_key(format, program.gguf), "weights of this model in")
    caches = _found(_found(model["caches"], program.runtime, "cache of this model for"), cache_format, "cache type")
    for refused in (weights, caches):
        if "refusal" in refused:
            raise SizingError(refused["refusal"])
    shape = model["shape"]
    kept = caches["layers"]
    parts = unrolled([_cache(row) for row in kept["rows"]], kept["runs"])
    bytes_of = unrolled(weights["layers"]["rows"], weights["layers"]["runs"])
    work_of = unrolled(shape["layers"]["rows"], shape["layers"]["runs"])
    return Sized(
        layers=tuple([_layer_of(bytes_of[i], work_of[i], parts[i]) for i in range(len(parts))]),
        embedding=weights["embedding"],
        lookups=weights["lookups"],
        output=weights["output"],
        output_flops=shape["output_flops"],
        tied=shape["tied"],
        widths=Widths(*shape["widths"]),
        experts=shape["experts"],
        experts_per_token=shape["experts_per_token"],
        total_parameters=shape["total_parameters"],
        active_parameters=shape["active_parameters"],
        encoder=shape["encoder"],
        padding=weights["padding"],
    )


def unrolled(rows: Sequence[T], runs: Sequence[Sequence[int]]) -> list[T]:
    """A row for each layer."""
    return [rows[row] for row, count in runs for _ in range(count)]


def _layer_of(held: Sequence[Any], work: Sequence[Any], cache: CachePart) -> SizedLayer:
    return SizedLayer(
        dense=held[0],
        experts=held[1],
        flops=work[0],
        cache=cache,
        attention_flops=work[1],
        cache_heads=work[2],
        largest=held[2],
        largest_expert=held[3],
    )


def _cache(row: Sequence[Any]) -> CachePart:
    compressed = tuple([Compressed(*entry) for entry in row[3]])
    return CachePart(row[0], row[1], row[2], compressed, *row[4:])
