"""What may a weight format's entry say?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from sizing.facts.entries.common import SOURCES, Source, Sources
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import SOME, Bits, Bool, Bounded, SpareBits, Text, number, whole


class Loss(Entry):
    """A measured loss of quality against the unquantized model."""

    metric: Text = about("such as perplexity")
    model: Text = about("the model that was measured")
    value: Annotated[float, number(0, 10_000)] = about("the format's figure")
    base: Text = about("the format that it is compared with, such as F16")
    base_value: Annotated[float, number(0, 10_000)] = about("that format's figure")
    dataset: Text = about("such as wikitext-2")
    source: Source = about("{url, read}")
    note: Text | None = about("a short remark in text", default=None)


FormatPart = Literal[
    "embedding", "output", "norm", "router", "attention", "indexer", "linear_attention", "ffn", "shared_experts",
    "experts", "mtp",
]  # fmt: skip
PARTS = "embedding, output, norm, router, attention, indexer, linear_attention, ffn, shared_experts, experts or mtp"


Group = Annotated[int, whole(1, 65_536)]
Rate = Annotated[float, number(1, 32)]  # bits per weight
Precision = Annotated[str, Bounded(pattern="^([1-9] to )?([1-9]|1[0-9]|2[0-9]|3[0-2])-bit$")]


class Scales(Entry):
    """How a format outside GGUF stores its scales, and what else it stores beside the weights."""

    block: tuple[Group, Group] | None = about("rows and columns that share a scale, as [128, 128]", default=None)
    group: Group | None = about("columns that share a scale, such as 128", default=None)
    per: Literal["channel", "tensor"] | None = about("channel: a scale for each output row", default=None)
    bits: Bits = about("bits of one scale, such as 16")
    zero_bits: SpareBits = about("bits of one zero point, such as 4", default=0)
    scales_group: Group = about("scales that share a scale of their own, such as 256", default=1)
    scales_bits: SpareBits = about("bits of that one, such as 32", default=0)
    column_bits: SpareBits = about("bits beside each input column, such as GPTQ's index of 32", default=0)
    tensor_bits: SpareBits = about("bits beside each matrix, such as 64 for two scales in FP32", default=0)

    def __post_init__(self) -> None:
        if sum(x is not None for x in (self.block, self.group, self.per)) != 1:
            raise ValueError("give exactly one of block, group and per")


class Mixed(Entry):
    """Parts of a model that a format stores otherwise than the rest."""

    parts: Annotated[tuple[FormatPart, ...], SOME] = about(f"a list of {PARTS}")
    bits: Annotated[float, Bounded(gt=0, le=16)] = about("bits of one weight, without scales, such as 8")
    scales: Scales | None = about("{group, bits}, {block, bits} or {per, bits}", default=None)


class Checkpoint(Entry):
    """How the published checkpoints of some model_types, or of some models of them, differ from a format's rule."""

    model_types: tuple[Text, ...] = about("a list such as [gpt_oss]", default=())
    models: tuple[Text, ...] = about("ids of models, where their model_type has others too", default=())
    keeps: tuple[FormatPart, ...] = about(f"parts that stay in 16 bits too: {PARTS}", default=())
    quantizes: tuple[Text, ...] = about("llama.cpp's names of tensors that are quantized nevertheless", default=())
    mixed: tuple[Mixed, ...] = about("a list of {parts, bits, scales}", default=())
    note: Text | None = about("which checkpoints, in a few words", default=None)
    source: Source = about("{url, read}")

    def __post_init__(self) -> None:
        if bool(self.model_types) == bool(self.models):
            raise ValueError("give either model_types or models")


class Format(Entry):
    """A weight format: who reads it, how it stores scales, what it costs in quality."""

    id: Text
    name: Text = about("the format's name")
    precision: Precision = about("such as 4-bit, or 2 to 8-bit")
    kind: Literal["gguf", "float", "integer"] = about("gguf, float or integer")
    runtimes: Annotated[tuple[Text, ...], SOME] = about("ids of runtimes.yaml")
    bpw: tuple[Rate, Rate] | None = about(
        "the least and most bits per weight that its id may name, as [2.0, 8.0]: EXL2-4.0bpw", default=None
    )
    scales: Scales | None = about("{group, bits}, {block, bits} or {per, bits}", default=None)
    tile: tuple[Group, Group] | None = about(
        "rows and columns that experts' matrices are padded to multiples of in memory, as [128, 256]", default=None
    )
    unpacked: Bool = about(
        "true where kernels write a matrix in 16 bits to multiply a prompt with it, as ExLlama's", default=False
    )
    own_head: Bool = about(
        "true where an output head that is tied to the embedding is stored once more, in bits of its own", default=False
    )
    keeps: tuple[FormatPart, ...] = about(f"the parts that stay in 16 bits: {PARTS}", default=())
    mixed: tuple[Mixed, ...] = about("a list of {parts, bits, scales}: parts stored otherwise", default=())
    checkpoints: tuple[Checkpoint, ...] = about("a list of {model_types, keeps, mixed, source}", default=())
    loss: tuple[Loss, ...] = about("a list of measured losses", default=())
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if self.bpw is not None and self.bpw[0] > self.bpw[1]:
            raise ValueError("bpw gives the least bits per weight first, as [2.0, 8.0]; exchange the two")

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def bits(self) -> float:
        """Bits of one weight, without scales."""
        return int(self.precision.removesuffix("-bit").split()[-1])


class Variant(Format):
    """A format made of an entry's rule: so many bits per weight, an importance matrix, or a published file's size."""

    __hash__ = Format.__hash__

    rule: str  # the entry's id
    bits_per_weight: float | None = None
    imatrix: bool = False
    file_bytes: int | None = None
    ends: str | None = None  # the ggml type of embedding and output, where that is not the recipe's
    experts: str | None = None  # the ggml type that they keep in every published GGUF file
    own: Mapping[tuple[str, int | None], int] | None = None  # a file's tensors by role and layer, in bytes
    assumed: str | None = None  # what its size stands on, where nobody states it

    @property
    def bits(self) -> float:
        """Bits of one weight, without scales."""
        return self.bits_per_weight or super().bits
