"""What does a browser plan with? Programs, formats, devices, models and constants as plain data, put together again.

``sizing.export`` writes the data, and says how it looks. Layers are told as rows and runs: each row once, and then how
many layers in turn have which row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from sizing.engine.assembling import HostMemory, Unit, assembled
from sizing.engine.beside import Part
from sizing.engine.buffers import Widths
from sizing.engine.cache import CachePart, Compressed, possible_type
from sizing.engine.drafting import Drafter, Experience, Kept
from sizing.engine.fitted import Fitted
from sizing.engine.outcome import Loaded, settle
from sizing.engine.program import Defaults, Encoding, Program
from sizing.engine.rig import Card, Rig
from sizing.engine.settings import at_home
from sizing.engine.sized import Sized, SizedLayer
from sizing.errors import SizingError

Data = Mapping[str, Any]
T = TypeVar("T")

LOADED: Final = 1024  # models that are kept put together at most


@dataclass(frozen=True, eq=False)
class Exported:
    """What was exported, by id."""

    programs: tuple[Program, ...]
    encodings: Mapping[str, Encoding]
    devices: Mapping[str, Data]
    machines: Mapping[str, Data]
    reference_host: HostMemory
    hosts: Mapping[str, Data]
    reserved: int  # bytes of a host that its system keeps
    cache_types: Mapping[str, Sequence[str]]  # of each runtime
    fitted: Fitted
    drafted: Experience
    models: dict[str, Data]  # as they were written; more may come later
    loaded: dict[tuple[str, str, str, str], Sized] = field(default_factory=dict)  # put together already
    rigs: dict[str, Rig] = field(default_factory=dict)  # of the machines, put together already

    @staticmethod
    def of(data: Data) -> Exported:
        """The records that the data tells."""
        return Exported(
            programs=tuple([_program(row) for row in data["programs"]]),
            encodings={name: encoding_of(name, row) for name, row in data["formats"].items()},
            devices=data["devices"],
            machines=data["machines"],
            reference_host=HostMemory(data["reference_host"][0], data["reference_host"][1], named=False),
            hosts=data["hosts"],
            reserved=data["reserved"],
            cache_types=data["cache_types"],
            fitted=Fitted.of(data["constants"]),
            drafted=_experience(data["drafted"]),
            models=data["models"],
        )

    def model(self, name: str) -> Data:
        """A model's data. Raises SizingError where they were not exported."""
        found: Data = _found(self.models, name, "model")
        return found

    def encoding(self, model: Data, name: str) -> Encoding:
        """A format as a model has it: one of its own files, or one of the catalog."""
        own = model["files"].get(name)
        return _found(self.encodings, name, "format") if own is None else encoding_of(name, own)

    def rig(self, name: str) -> Rig:
        """A machine's rig. Raises SizingError for one that was not exported."""
        if name not in self.rigs:
            self.rigs[name] = self.built(name, _found(self.machines, name, "machine"))
        return self.rigs[name]

    def built(self, name: str, machine: Data) -> Rig:
        """The rig of devices that are told as a machine's are."""
        host = machine["host"]
        own = self.reference_host if host is None else _host(_found(self.hosts, host, "host"))
        return assembled(name, self.units(machine), own, self.reserved, machine["nodes"], machine["network"])

    def units(self, machine: Data) -> tuple[Unit, ...]:
        """Each of a machine's devices, node by node."""
        node = [(self._unit(name, size), count) for name, count, size in machine["devices"]]
        return tuple([unit for _ in range(machine["nodes"]) for unit, count in node for _ in range(count)])

    def _unit(self, name: str, size: int | None) -> Unit:
        device = _found(self.devices, name, "device")
        for box, capacity, assumed in device["sizes"]:
            if size is None or box == size:
                return Unit(
                    device=name,
                    box=box,
                    capacity=capacity,
                    assumed=assumed,
                    bandwidth=device["bandwidth"],
                    card=Card(name, *device["card"]),
                    unified=device["unified"],
                    backends=tuple(device["backends"]),
                    watts=device["watts"],
                )
        raise SizingError(f"{name} is not sold with {size} bytes; choose one of its sizes")

    def load(self, model: str, format: str, rig: Rig | None, runtime: str | None, cache_format: str) -> Loaded:
        """A model as a program loads it there. Raises SizingError for what cannot be answered, or was not exported."""
        its = self.model(model)
        if its["refusal"]:
            raise SizingError(its["refusal"])
        encoding = self.encoding(its, format)
        program = settle(encoding, self.programs, rig.backends if rig else (), runtime, rig.capability if rig else None)
        key = (model, format, program.runtime, cache_format)
        if key not in self.loaded:
            if len(self.loaded) >= LOADED:
                self.loaded.clear()
            possible_type(cache_format, self.cache_types[program.runtime])
            self.loaded[key] = _sized(its, format, program, cache_format)
        sized, wider = self.loaded[key], its["caches"][program.runtime][cache_format]["widening"]
        if rig is not None:
            program = at_home(program, rig)
        return Loaded(its.get("id", model), its["limit"], encoding, cache_format, program, sized, wider)

    def own_drafter(self, model: str, format: str, loaded: Loaded) -> Drafter:
        """A loaded model's own layer that drafts. Raises SizingError where it has none."""
        its, encoding = self.model(model), loaded.encoding
        if its["mtp"] is None:
            raise SizingError(f"{loaded.model} has no multi-token-prediction layers; name a draft model")
        work, runtime = its["shape"]["drafter"], loaded.program.runtime
        held = its["weights"][sized_key(format, loaded.program.gguf)]["drafter"]
        cache = _cache(its["caches"][runtime][loaded.cache_format]["mtp"][0])
        one = _layer_of(held, work, cache)
        own = replace(loaded.sized, layers=(one,), lookups=0, total_parameters=work[3], active_parameters=work[4])
        return Drafter(own, encoding.packing, True)

    def beside(self, model: str, format: str, loaded: Loaded) -> tuple[Part, ...]:
        """What there is beside the text of a model that was loaded in a format."""
        its, program = self.model(model), loaded.program
        found: list[Part] = []
        if its["apart"]:
            found.append(Part("others", tuple(its["apart"]), None, None, (), False))
        towers, mtp = its["towers"], its["mtp"]
        if towers is not None:
            size, unasked, computing, item, each, whole = towers["bytes"][program.runtime]
            names = tuple(towers["names"])
            found.append(Part("towers", names, towers["parameters"], size, (), unasked, computing, item, each, whole))
        if mtp is not None:
            size = its["weights"][sized_key(format, program.gguf)]["mtp"]
            rows = its["caches"][program.runtime][loaded.cache_format]["mtp"]
            found.append(Part("mtp", ("mtp",), mtp, size, tuple([_cache(row) for row in rows]), False))
        return tuple(found)


def _host(row: Sequence[Any]) -> HostMemory:
    return HostMemory(row[0], row[1])


def _experience(told: Data) -> Experience:
    return Experience(tuple([Kept(*row) for row in told["rows"]]), told["low"], told["high"])


def _found(entries: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in entries:
        raise SizingError(f"no {what} {name} was exported")
    return entries[name]


def encoding_of(name: str, row: Sequence[Any]) -> Encoding:
    """A format as it was exported, which a model's own file may call otherwise than it is asked for by."""
    return Encoding(row[4] if row[4:] else name, row[0], tuple(row[1]), row[2], row[3])


def _program(row: Sequence[Any]) -> Program:
    plain, defaults, small, contexts, formats = row
    measured = tuple([(one[0], one[1]) for one in contexts])
    stated = [*plain, tuple([Defaults(*one) for one in defaults]), tuple(small), measured, tuple(formats)]
    return Program(*stated)


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
        whole=shape["whole"],
        answers=shape["answers"],
        padding=weights["padding"],
        unpacked=weights["unpacked"],
        own_head=weights["own_head"],
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
