"""What may a runtime's entry say?"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sizing.facts import units
from sizing.facts.entries.common import (
    SOURCES,
    Bool,
    Entry,
    MemorySizeOrUndisclosed,
    Natural,
    Positive,
    Source,
    Sources,
)
from sizing.facts.entries.devices import Backend


class BackendFacts(Entry):
    """What a runtime takes on one backend, whatever the model."""

    context_overhead: MemorySizeOrUndisclosed = Field(description="taken on each device by driver and context: 450 MiB")
    sources: tuple[Source, ...] = Field((), description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if units.known(self.context_overhead) and not self.sources:
            raise ValueError("an overhead needs its source; give sources: [{url, read}], or undisclosed")
        return self


class CacheRule(Entry):
    """How a runtime allocates what context costs."""

    types: tuple[str, ...] = Field(min_length=1, description="the cache types that it offers, such as [f16, q8_0]")
    apart: Bool = Field(False, description="true where keys and values may differ in type")
    page: Positive = Field(1, description="tokens that it allocates at once, such as 16")
    windowed: tuple[str, ...] | None = Field(
        None, description="the only model_types whose windows save memory, such as [gpt_oss]; left out, all"
    )
    full: tuple[str, ...] = Field((), description="model_types that hold every token despite a window: [mistral]")
    quantized_windows: Bool = Field(True, description="false where a window's cache stays in 16 bits")
    window_pages: Natural = Field(0, description="pages that a windowed layer holds beyond its window, such as 1")
    window_spare: Annotated[int, Field(ge=-1, strict=True)] = Field(
        0, description="tokens that a windowed layer holds beyond its window, for each sequence, such as 512"
    )
    batch_spare: Natural = Field(0, description="the same, once for all sequences, such as 8192")
    window_share: float = Field(0.0, ge=0, le=1, description="share of a whole context that a window takes at least")
    window_shares: tuple[tuple[str, float], ...] = Field(
        (), description="the same of single model_types, such as [[deepseek_v4, 0.1]]"
    )
    grouped: Bool = Field(False, description="true where layers are held in groups and pages of one size")
    indexer_values: Bool = Field(False, description="true where an indexer beside grouped heads has values too")
    indexer: str | None = Field(None, description="the type of an indexer's keys, where it is fixed, such as fp8_128")
    state_bits: Literal[16, 32] = Field(32, description="16 or 32: of an element of a recurrent state")
    convolution_bits: Literal[16, 32] = Field(32, description="16 or 32: of an element of a convolution's state")
    note: str | None = Field(None, description="a short remark in text")
    sources: Sources = Field(description=SOURCES)

    def keeps_windows(self, model_type: str) -> bool:
        """Whether a model's windowed layers hold only their window."""
        return model_type not in self.full if self.windowed is None else model_type in self.windowed

    def least(self, model_type: str) -> float:
        """The share of a whole context that a model's windowed layers hold at least."""
        return dict(self.window_shares).get(model_type, self.window_share)


class Runtime(Entry):
    """A program that runs models."""

    id: str
    name: str = Field(description="the program's name")
    files: Literal["gguf", "safetensors", "mlx", "exl2", "exl3"] = Field(
        description="gguf, safetensors, mlx, exl2 or exl3"
    )
    cache: CacheRule = Field(description="{types, page, windows, …}: how it holds a context")
    split: Literal["layer", "tensor"] = Field(description="how it uses several devices: layer or tensor")
    offload: Bool = Field(False, description="true where layers may lie on the host")
    gpu_memory_utilization: float = Field(1.0, gt=0, le=1, description="share of a device that it takes, such as 0.9")
    batched_tokens: Positive = Field(description="tokens of a prompt that it computes at once, such as 512")
    logit_rows: Positive = Field(description="rows of logits that its buffers hold, such as 512")
    note: str | None = Field(None, description="a short remark in text")
    backends: dict[Backend, BackendFacts] = Field(description="a map such as cuda: {…}")
    sources: Sources = Field(description=SOURCES)
