"""What did real tools measure? The rows of ``measurements/speeds.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from typing import Annotated, ClassVar, Final, Literal, get_args

from sizing.facts.cache_types import CACHE_TYPES
from sizing.facts.columns import ADDRESS, DAY, ERA, SOME_TEXT, TEXT, Column, id_of, number, one_of, whole
from sizing.facts.entries.devices import Backend
from sizing.facts.index import COUNTED, Facts, Names
from sizing.facts.tables import Row, Table, Wrong

BACKEND: Final = one_of("backend", *get_args(Backend))
CACHE_TYPE: Final = one_of("cache format", *CACHE_TYPES)
TOKENS: Final = whole(0, 10**8)

_BITS: Final = re.compile(r"(.+)-(\d{1,2}(?:\.\d{1,4})?)bpw", re.ASCII)  # EXL2-4.0bpw: bits per weight of EXL2
_SOME: Final = whole(1, 10_000)


YES: Final = "yes"


def _yes(of: str, where: str) -> Callable[[str], bool]:
    """What reads a cell that says yes, or nothing."""

    def read(text: str) -> bool:
        if text not in ("", YES):
            raise ValueError(f"says nothing of {of}; write {YES} where {where}, or nothing")
        return text == YES

    return read


_repacked: Final = _yes("weights", "they are repacked for the host")
_wide: Final = _yes("a build", "it multiplies numbers of 32 bits")


def _layers(text: str) -> int | Literal["all"] | None:
    if text == "all":
        return "all"
    try:
        return int(_SOME.read(text)) if text else None
    except ValueError as error:
        raise ValueError(f"{error}, nothing for no layer, or all") from None


@dataclass(frozen=True)
class Measurement(Row):
    """One row: what a real tool printed.

    ``tok_s`` is tokens/s over all ``batch`` sequences together, of ``count`` devices together. A decode row generates
    ``generated`` tokens a sequence after ``depth`` tokens lie in its cache, its prompt among them; a prefill row reads
    ``prompt`` tokens a sequence after ``depth``.
    """

    naming: ClassVar = ("format", "host")

    device: Annotated[str, id_of("devices")]
    count: Annotated[int, whole(1, 10_000)]
    model: Annotated[str, id_of("models")]
    format: Annotated[str, SOME_TEXT]  # a format's id, with its bits per weight where it takes them, or a model's file
    runtime: Annotated[str, id_of("runtimes")]
    backend: Annotated[str, BACKEND]
    version: Annotated[str, SOME_TEXT]  # a build or a release, else a date
    era: Annotated[str, ERA]  # half of the build's year: 2025H2
    test: Annotated[str, one_of("test", "decode", "prefill")]
    prompt: Annotated[int | None, whole(0, 10**8, undisclosed=None)]  # None: undisclosed
    generated: Annotated[int | None, whole(0, 10**8, undisclosed=None)]
    depth: Annotated[int, TOKENS]
    batch: Annotated[int, whole(1, 100_000)]
    cache_format: Annotated[str, CACHE_TYPE]
    split: Annotated[str, one_of("split", "", "layer", "tensor")]  # empty for one device
    host: Annotated[str, TEXT]  # a host or a device whose memory holds what no device does; empty: all is on devices
    layers_on_device: Annotated[int | None, whole(0, 10_000, empty=None)]  # None: all of them
    experts_on_host: Annotated[int | Literal["all"] | None, Column(_layers)]  # layers whose experts lie there; None: no
    micro_batch: Annotated[int | None, whole(1, 10**6, empty=None)]  # tokens of a prompt at once (-ub); None: default
    tok_s: Annotated[float, number(0, 10**7)]
    quality: Annotated[str, one_of("quality", "A", "B")]  # A: a tool's own print-out, conditions known; B: reported
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]
    note: Annotated[str, TEXT]
    # Whether what lies on the host is stored as its own kernels read it (ik_llama.cpp: -rtr, or a file of types such as
    # IQ4_K_R4), so that prompts are computed there, too.
    repacked: Annotated[bool, Column(_repacked)] = field(default=False, kw_only=True)
    # Whether matrices are multiplied in numbers of 32 bits: llama.cpp's SYCL built without GGML_SYCL_F16, the default
    # until pull request 23996, is two to three times as slow in prompts, and as fast otherwise.
    wide: Annotated[bool, Column(_wide)] = field(default=False, kw_only=True)

    @property
    def halfway(self) -> int:
        """Tokens of a sequence in the cache when half of its answer is written: what a decode row is the rate at."""
        return max(self.depth, self.prompt or 0) + (self.generated or 0) // 2

    @cached_property
    def mark(self) -> str:
        """A word that tells this row from all others, wherever it stands."""
        said = repr([getattr(self, name) for name in self.key])
        return sha256(said.encode()).hexdigest()[:10]

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """A name that the catalog does not know, or two cells that cannot both be."""
        return self._unknown(facts, names) or self._contradiction()

    def _unknown(self, facts: Facts, names: Names) -> Wrong | None:
        host = COUNTED.sub(r"\2", self.host)  # two sockets: 2x-epyc-9355
        if self.host and (wrong := names.unknown(host, "hosts", "devices")):
            return "host", wrong
        model = facts.models.get(self.model)
        if model is None or self.format in model.files or has_bits(self.format, facts, names):
            return None
        fmt = facts.formats.get(self.format)
        if fmt is not None and fmt.bpw is not None:
            return "format", f"{self.format!r} takes bits per weight; write it as {fmt.id}-{fmt.bpw[0]:.1f}bpw"
        if (wrong := names.unknown(self.format, "formats")) is None:
            return None
        return "format", wrong.replace(";", ", nor one of the model's files;", 1)

    def _contradiction(self) -> Wrong | None:
        if (self.count == 1) != (self.split == ""):
            return "split", "several devices split a model, one does not; write layer or tensor for several alone"
        if (self.layers_on_device is not None or self.experts_on_host is not None) and not self.host:
            return "host", "missing; name the host that holds what the devices do not"
        if self.repacked and not self.host:
            return "repacked", "nothing lies on a host; name it, or leave the cell empty"
        if self.wide and self.backend != "sycl":
            return "wide", "only SYCL is built either way; leave the cell empty"
        if self.test == "prefill" and not self.prompt:
            return "prompt", "a prefill row reads a prompt; write its tokens"
        if self.test == "decode" and self.generated == 0:
            return "generated", "a decode row generates tokens; write how many, or undisclosed"
        return None


Measurement.key = tuple(f.name for f in fields(Measurement) if f.name not in ("source_url", "read", "note"))

SPEEDS: Final = Table("measurements/speeds.csv", Measurement)


def has_bits(name: str, facts: Facts, names: Names) -> bool:
    """Whether a format's name gives bits per weight that its entry allows, if it could be read."""
    if not (found := _BITS.fullmatch(name)) or found[1] not in names.ids["formats"]:
        return False
    fmt = facts.formats.get(found[1])
    return fmt is None or (fmt.bpw is not None and fmt.bpw[0] <= float(found[2]) <= fmt.bpw[1])
