"""What runs a model? A runtime with a backend, and a weight format; what decides numbers, no more.

Facts become these records in ``sizing.facts.narrow``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encoding:
    """A weight format as the formulas see it."""

    id: str
    packing: str  # what a kernel must undo before it multiplies: plain, block, k-quant, codebook, fp4, awq …
    runtimes: tuple[str, ...]  # ids of those that read it


@dataclass(frozen=True, slots=True)
class Program:
    """A runtime with the backend that it computes with. Bytes and tokens."""

    runtime: str
    backend: str
    files: str  # gguf, safetensors, mlx, exl2 or exl3
    split: str  # how it uses several devices: layer or tensor
    offload: bool  # layers may lie on the host
    utilization: float  # the share of a device that it takes
    margin: int  # what it leaves free on each device by itself
    batched_tokens: int  # tokens of a prompt that it computes at once
    logit_rows: int  # rows of logits that its buffers hold
    page: int  # tokens of cache that it allocates at once
    overhead: int  # taken on each device by driver and context; 0 where nobody states it
    expert_tokens: int  # a prompt's tokens for each expert, from which its weights are brought to the device; 0: always
    formats: tuple[str, ...]  # the only ones that it computes on this backend; none where there is no limit

    @property
    def name(self) -> str:
        """The runtime with its backend, as fitted constants know it."""
        return f"{self.runtime}/{self.backend}"

    @property
    def gguf(self) -> bool:
        """Whether llama.cpp's placement rules apply: GGUF files, layer split."""
        return self.files == "gguf"
