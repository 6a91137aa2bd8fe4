"""What may a weight format's entry say?"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sizing.facts.entries.common import SOURCES, Entry, Natural, Positive, Source, Sources


class Loss(Entry):
    """A measured loss of quality against the unquantized model."""

    metric: str = Field(description="such as perplexity")
    model: str = Field(description="the model that was measured")
    value: float = Field(description="the format's figure")
    base: str = Field(description="the format that it is compared with, such as F16")
    base_value: float = Field(description="that format's figure")
    dataset: str = Field(description="such as wikitext-2")
    source: Source = Field(description="{url, read}")
    note: str | None = Field(None, description="a short remark in text")


FormatPart = Literal[
    "embedding", "output", "norm", "router", "attention", "indexer", "linear_attention", "ffn", "shared_experts",
    "experts", "mtp",
]  # fmt: skip
PARTS = "embedding, output, norm, router, attention, indexer, linear_attention, ffn, shared_experts, experts or mtp"


class Scales(Entry):
    """How a format outside GGUF stores its scales, and what else it stores beside the weights."""

    block: tuple[Positive, Positive] | None = Field(
        None, description="rows and columns that share a scale, as [128, 128]"
    )
    group: Positive | None = Field(None, description="columns that share a scale, such as 128")
    per: Literal["channel", "tensor"] | None = Field(None, description="channel: a scale for each output row")
    bits: Positive = Field(description="bits of one scale, such as 16")
    zero_bits: Natural = Field(0, description="bits of one zero point, such as 4")
    scales_group: Positive = Field(1, description="scales that share a scale of their own, such as 256")
    scales_bits: Natural = Field(0, description="bits of that one, such as 32")
    column_bits: Natural = Field(0, description="bits beside each input column, such as GPTQ's index of 32")
    tensor_bits: Natural = Field(0, description="bits beside each matrix, such as 64 for two scales in FP32")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if sum(x is not None for x in (self.block, self.group, self.per)) != 1:
            raise ValueError("give exactly one of block, group and per")
        return self


class Mixed(Entry):
    """Parts of a model that a format stores otherwise than the rest."""

    parts: tuple[FormatPart, ...] = Field(min_length=1, description=f"a list of {PARTS}")
    bits: float = Field(gt=0, le=16, description="bits of one weight, without scales, such as 8")
    scales: Scales | None = Field(None, description="{group, bits}, {block, bits} or {per, bits}")


class Checkpoint(Entry):
    """How the published checkpoints of some model_types, or of some models of them, differ from a format's rule."""

    model_types: tuple[str, ...] = Field((), description="a list such as [gpt_oss]")
    models: tuple[str, ...] = Field((), description="ids of models, where their model_type has others too")
    keeps: tuple[FormatPart, ...] = Field((), description=f"parts that stay in 16 bits too: {PARTS}")
    quantizes: tuple[str, ...] = Field((), description="llama.cpp's names of tensors that are quantized nevertheless")
    mixed: tuple[Mixed, ...] = Field((), description="a list of {parts, bits, scales}")
    note: str | None = Field(None, description="which checkpoints, in a few words")
    source: Source = Field(description="{url, read}")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.model_types) == bool(self.models):
            raise ValueError("give either model_types or models")
        return self


class Format(Entry):
    """A weight format: who reads it, how it stores scales, what it costs in quality."""

    id: str
    name: str = Field(description="the format's name")
    precision: str = Field(pattern=r"^(\d+ to )?\d+-bit$", description="such as 4-bit, or 2 to 8-bit")
    kind: Literal["gguf", "float", "integer"] = Field(description="gguf, float or integer")
    runtimes: tuple[str, ...] = Field(min_length=1, description="ids of runtimes.yaml")
    bpw: tuple[float, float] | None = Field(
        None, description="the least and most bits per weight that its id may name, as [2.0, 8.0]: EXL2-4.0bpw"
    )
    scales: Scales | None = Field(None, description="{group, bits}, {block, bits} or {per, bits}")
    keeps: tuple[FormatPart, ...] = Field((), description=f"the parts that stay in 16 bits: {PARTS}")
    mixed: tuple[Mixed, ...] = Field((), description="a list of {parts, bits, scales}: parts stored otherwise")
    checkpoints: tuple[Checkpoint, ...] = Field((), description="a list of {model_types, keeps, mixed, source}")
    loss: tuple[Loss, ...] = Field((), description="a list of measured losses")
    sources: Sources = Field(description=SOURCES)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def bits(self) -> float:
        """Bits of one weight, without scales."""
        return int(self.precision.removesuffix("-bit").split()[-1])


class Variant(Format):
    """A format made of an entry's rule: so many bits per weight, an importance matrix, or a published file's size."""

    rule: str  # the entry's id
    bits_per_weight: float | None = None
    imatrix: bool = False
    file_bytes: int | None = None

    @property
    def bits(self) -> float:
        """Bits of one weight, without scales."""
        return self.bits_per_weight or super().bits
