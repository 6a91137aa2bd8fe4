"""What did others print or publish? The tables of files' sizes and of memory, of builds, and of rows left out.

The README of ``measurements/`` says what these tables leave out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from sizing.engine.settings import taken_by
from sizing.facts.columns import ADDRESS, DATE, DAY, SOME_TEXT, TEXT, id_of, matching, number, one_of, whole
from sizing.facts.index import Facts, Names
from sizing.facts.measurements import BACKEND, CACHE_TYPE, TOKENS, has_bits
from sizing.facts.tables import Row, Table, Wrong
from sizing.facts.units import MIB

# How a note begins where the engine is known to say something else; the rest of it says why.
DIFFERS: Final = "differs"

# What a total counts, and which parts of a plan that is.
GROWTH: Final = "growth of GTT and VRAM"
HELD: Final = "torch's tensors"
COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "nvidia-smi peak": ("weights", "cache", "buffers", "overhead"),
    GROWTH: ("weights", "cache", "buffers", "overhead"),
    "torch's peak": ("weights", "cache", "buffers"),
    HELD: ("weights", "cache", "buffers"),
    "MLX's peak": ("weights", "cache", "buffers"),
    "llama.cpp's own": ("weights", "cache", "buffers"),
}

_BYTES: Final = whole(10**6, 10**14)
_SEQUENCES: Final = whole(1, 100_000)
_BATCH: Final = whole(1, 10**6)
_MIB: Final = number(0, 10**8)
_SHARES: Final = matching(r"([0-9]{1,4}(/[0-9]{1,4}){0,15})?", "is no list of shares; write it as 3/2/1, or nothing")
_IN_USE: Final = matching(r"([0-9]{1,5}|desktop|windows)?", "is no memory; write MiB, desktop or windows, or nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Row):
    """One row: what was published, where, and what is special about it."""

    model: Annotated[str, id_of("models")]
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]
    note: Annotated[str, TEXT]

    @property
    def differs(self) -> bool:
        """Whether the note says why the engine must say something else."""
        return self.note.startswith(DIFFERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSize(Published):
    """A GGUF file's tensors, or the whole file. Bytes."""

    key: ClassVar = ("model", "format", "made", "bytes", "source_url")
    format: Annotated[str, id_of("formats")]
    # beyond the recipe: with an importance matrix, or the multi-token-prediction layers too
    made: Annotated[str, one_of("what a file was made with", "", "imatrix", "mtp")]
    bytes: Annotated[int, _BYTES]


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheSize(Published):
    """A cache as a runtime's log prints it. Tokens per sequence, MiB."""

    key: ClassVar = ("model", "context", "cache_type", "sequences", "part", "runtime", "mib", "source_url")
    context: Annotated[int, TOKENS]  # 0 where it does not matter
    cache_type: Annotated[str, CACHE_TYPE]
    sequences: Annotated[int, _SEQUENCES]
    # all; of layers that see every token: full; of those with a window: window; of states: state
    part: Annotated[str, one_of("part of a cache", "all", "full", "window", "state")]
    mib: Annotated[float, _MIB]
    runtime: Annotated[str, id_of("runtimes")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BufferSize(Published):
    """The buffers of one place as a runtime's log prints them. Tokens per sequence, MiB."""

    key: ClassVar = (
        "model", "format", "context", "micro_batch", "experts_on_host", "runtime", "version", "backend", "place",
        "mib", "source_url", "note",
    )  # fmt: skip
    format: Annotated[str, id_of("formats", or_none=True)]  # empty where it does not matter
    context: Annotated[int, TOKENS]
    micro_batch: Annotated[int, _BATCH]  # tokens computed at once; vLLM: sequences sampled at once
    experts_on_host: Annotated[int, whole(0, 10_000)]  # layers
    runtime: Annotated[str, id_of("runtimes")]
    version: Annotated[str, SOME_TEXT]
    backend: Annotated[str, BACKEND]
    place: Annotated[str, one_of("place", "device", "host", "cpu")]  # device, or host beside one; cpu: everything
    mib: Annotated[float, _MIB]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Published):
    """The memory that a whole run took on its devices. Tokens, MiB."""

    naming: ClassVar = ("format",)
    key: ClassVar = (
        "model", "format", "context", "prompt", "cache_type", "runtime", "version", "backend", "device", "devices",
        "counts", "mib", "batched_tokens", "logit_rows", "flash", "drafted", "file_bytes", "layers", "experts_on_host",
        "split", "place", "in_use", "source_url", "note",
    )  # fmt: skip
    format: Annotated[str, SOME_TEXT]  # a format's id, with its bits per weight where it takes them
    context: Annotated[int, TOKENS]  # tokens that the cache held, or had room for
    prompt: Annotated[int, TOKENS]
    cache_type: Annotated[str, CACHE_TYPE]
    runtime: Annotated[str, id_of("runtimes")]
    version: Annotated[str, SOME_TEXT]
    backend: Annotated[str, BACKEND]
    device: Annotated[str, SOME_TEXT]
    devices: Annotated[int, whole(1, 10_000)]
    counts: Annotated[str, one_of("count", *COUNTS)]
    mib: Annotated[float, _MIB]
    # tokens of a prompt that it computed at once, and rows of logits that it kept, where these are not its default
    batched_tokens: Annotated[int | None, whole(1, 10**6, empty=None)]
    logit_rows: Annotated[int | None, whole(1, 10**6, empty=None)]
    flash: Annotated[str, one_of("flash attention", "", "no")]  # "no": it ran without such a kernel
    drafted: Annotated[int | None, whole(1, 64, empty=None)]  # by the model's own layers before each step
    # of the very file, where it is another mix of types than its format says
    file_bytes: Annotated[int | None, whole(10**6, 10**14, empty=None)]
    layers: Annotated[int | None, whole(0, 999, empty=None)]  # on the devices: -ngl
    experts_on_host: Annotated[int | None, whole(0, 999, empty=None)]  # layers: --n-cpu-moe
    split: Annotated[str, _SHARES]  # -ts
    place: Annotated[int | None, whole(0, 63, empty=None)]  # of several devices the one that is counted; else all
    # MiB that others held before it and that it counts too, of each device; or whose part nobody told apart
    in_use: Annotated[str, _IN_USE]

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """A format that the catalog does not know."""
        wrong = None if has_bits(self.format, facts, names) else names.unknown(self.format, "formats")
        return None if wrong is None else ("format", wrong)

    @property
    def shares(self) -> tuple[float, ...]:
        """Of each device."""
        return tuple(map(float, self.split.split("/"))) if self.split else (1.0,) * self.devices

    @property
    def taken(self) -> int:
        """Bytes of each device that others held, which it counts too."""
        return taken_by(self.in_use) if self.in_use.isalpha() else int(self.in_use or 0) * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(Published):
    """The cache that a runtime which fills its share of the devices had room for, as its log prints it. Tokens."""

    key: ClassVar = (
        "model", "format", "context", "cache_type", "runtime", "version", "device", "devices", "utilization",
        "max_sequences", "tokens", "source_url",
    )  # fmt: skip
    format: Annotated[str, id_of("formats")]
    context: Annotated[int, TOKENS]  # the longest sequence that it was started for
    cache_type: Annotated[str, CACHE_TYPE]
    runtime: Annotated[str, id_of("runtimes")]
    version: Annotated[str, matching(r"undisclosed|[0-9]+(\.[0-9]+)+\S*", "is no release; write it as 0.12.0")]
    device: Annotated[str, id_of("devices")]
    devices: Annotated[int, whole(1, 64)]
    utilization: Annotated[float, number(0.01, 1)]
    max_sequences: Annotated[int, _SEQUENCES]  # answered at once
    batched_tokens: Annotated[int, _BATCH]  # of a prompt, computed at once
    drafted: Annotated[int | None, whole(1, 64, empty=None)]  # by the model's own layers before each step
    prefixes: Annotated[str, one_of("whether it keeps prefixes", "", "yes", "no")]  # where it was told so
    # of sequences of that length: their number, which is printed too, times the length
    tokens: Annotated[int, whole(1, 10**9)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build(Row):
    """A day on which a build of llama.cpp was the newest, or nearly."""

    key: ClassVar = ("build",)
    build: Annotated[int, whole(1, 10**6)]
    day: Annotated[date, DATE]
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped(Row):
    """A speed that was read and left out, and why."""

    key: ClassVar = ("source_url", "what", "tok_s", "reason")
    source_url: Annotated[str, ADDRESS]
    what: Annotated[str, SOME_TEXT]
    tok_s: Annotated[float, number(0, 10**7)]
    reason: Annotated[str, SOME_TEXT]


FILE_SIZES: Final = Table("measurements/file_sizes.csv", FileSize)
CACHES: Final = Table("measurements/caches.csv", CacheSize)
BUFFERS: Final = Table("measurements/buffers.csv", BufferSize)
TOTALS: Final = Table("measurements/totals.csv", Total)
POOLS: Final = Table("measurements/pools.csv", Pool)
BUILDS: Final = Table("measurements/builds.csv", Build)
DROPPED: Final = Table("measurements/dropped.csv", Dropped)
