"""What did the runtimes' own tools say of every open model? The tables of ``measurements/record``; its README tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from sizing.facts.columns import ADDRESS, DAY, SOME_TEXT, id_of, matching, number, one_of, whole
from sizing.facts.index import Facts, Names
from sizing.facts.measurements import CACHE_TYPE, TOKENS
from sizing.facts.tables import Row, Table, Wrong

_VERSION: Final = matching(r"[0-9]+(\.[0-9]+)+\S*", "is no release; write it as 0.3.36")
_LAYERS: Final = whole(0, 999)
_MIB: Final = number(0, 10**8, least=0)
_WHOLE_MIB: Final = whole(0, 10**8)
_PLACE: Final = matching("[0-9]{1,2}|host", "is no place; write a device's number from 0, or host")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Row):
    """One row: what a tool said of a model, and of which release it is."""

    model: Annotated[str, id_of("models")]
    llama_cpp_python: Annotated[str, _VERSION]
    transformers: Annotated[str, _VERSION]
    recorded: Annotated[str, DAY]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters(Recorded):
    """What transformers counts."""

    key: ClassVar = ("model",)
    total: Annotated[int, whole(1, 10**14)]
    # the name of transformers' class
    class_: Annotated[str, SOME_TEXT]
    gguf_architecture: Annotated[str, SOME_TEXT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Recorded):
    """What llama-quantize makes of a model in a format. Bytes."""

    key: ClassVar = ("model", "format")
    format: Annotated[str, id_of("formats")]
    bytes: Annotated[int, whole(10**6, 10**14)]
    imatrix: Annotated[str, one_of("answer", "no", "required")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated(Recorded):
    """What llama-fit-params reserves on the CPU. Tokens, MiB."""

    key: ClassVar = ("model", "context", "cache_type")
    context: Annotated[int, TOKENS]
    cache_type: Annotated[str, CACHE_TYPE]
    model_mib: Annotated[int, _WHOLE_MIB]
    cache_mib: Annotated[float, _MIB]
    compute_mib: Annotated[float, _MIB]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Recorded):
    """What llama-fit-params reserves on one of several devices, or on the host beside them. Tokens, whole MiB."""

    asked: ClassVar = (
        "model", "format", "split", "layers", "experts_on_host", "context", "cache_type", "micro_batch", "sequences",
    )  # fmt: skip
    key: ClassVar = (*asked, "place")
    format: Annotated[str, id_of("formats")]
    split: Annotated[str, matching("[0-9]{1,4}(/[0-9]{1,4}){0,15}", "is no list of shares; write it as 3/2/1")]
    layers: Annotated[int, _LAYERS]
    experts_on_host: Annotated[int, _LAYERS]
    context: Annotated[int, TOKENS]
    cache_type: Annotated[str, CACHE_TYPE]
    micro_batch: Annotated[int, whole(1, 10**6)]
    sequences: Annotated[int, whole(1, 100_000)]
    place: Annotated[str, _PLACE]
    model_mib: Annotated[int, _WHOLE_MIB]
    cache_mib: Annotated[int, _WHOLE_MIB]
    compute_mib: Annotated[int, _WHOLE_MIB]

    @property
    def shares(self) -> tuple[float, ...]:
        """Of each device."""
        return tuple(map(float, self.split.split("/")))

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """A place that no share is for."""
        if self.place != "host" and int(self.place) >= len(self.shares):
            return "place", f"{self.place!r} is no device of {self.split}; write a smaller number"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched(Recorded):
    """What llama-fit-params reserves of a place for a plan's own command. Tokens of each sequence, whole MiB."""

    asked: ClassVar = ("model", "format", "machine", "context", "cache_type", "sequences")
    key: ClassVar = (*asked, "place")
    format: Annotated[str, id_of("formats")]
    machine: Annotated[str, SOME_TEXT]
    context: Annotated[int, TOKENS]
    cache_type: Annotated[str, CACHE_TYPE]
    sequences: Annotated[int, whole(1, 100_000)]
    command: Annotated[str, SOME_TEXT]  # its words but for the model's, and those that the server alone knows
    place: Annotated[str, _PLACE]
    model_mib: Annotated[int, _WHOLE_MIB]
    cache_mib: Annotated[int, _WHOLE_MIB]
    compute_mib: Annotated[int, _WHOLE_MIB]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Recorded):
    """What a tool refused."""

    key: ClassVar = ("model", "step", "of")
    step: Annotated[str, one_of("step", "parameters", "conversion", "weights", "memory")]
    of: Annotated[str, SOME_TEXT]
    reason: Annotated[str, SOME_TEXT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Row):
    """An option that a program declares; or a name of its environment, or of a file that it reads."""

    key: ClassVar = ("program", "flag")
    program: Annotated[str, SOME_TEXT]
    version: Annotated[str, _VERSION]
    flag: Annotated[str, matching("(--?)?[a-zA-Z][a-zA-Z0-9_-]*", "is no option; write it with its dashes")]
    # whether it takes values; either, where it is a switch that may be given a value too
    values: Annotated[str, one_of("answer", "none", "some", "either")]
    source_url: Annotated[str, ADDRESS]
    recorded: Annotated[str, DAY]


PARAMETERS: Final = Table("measurements/record/parameters.csv", Parameters)
WEIGHTS: Final = Table("measurements/record/weights.csv", Weights)
MEMORY: Final = Table("measurements/record/memory.csv", Allocated)
DEVICES: Final = Table("measurements/record/devices.csv", Placed)
FAILURES: Final = Table("measurements/record/failures.csv", Failure)
LAUNCHES: Final = Table("measurements/record/launches.csv", Launched)
DRAWN: Final = Table("measurements/record/drawn.csv", Launched)
FLAGS: Final = Table("measurements/record/flags.csv", Flag)
