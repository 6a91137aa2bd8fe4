"""What runs a model? A runtime with a backend, and a weight format; what decides numbers, no more.

Facts become these records in ``sizing.facts.narrow``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encoding:
    """A weight format as the formulas see it."""

    id: str
    packing: str  # what a kernel must undo before it multiplies: plain, bf16, block, k-quant, codebook, fp4 …
    runtimes: tuple[str, ...]  # ids of those that read it
    bits: float = 16  # of one weight, without scales
    loss: float | None = None  # by how much it raised perplexity where that was measured; None where it was not


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a runtime does by itself on devices from a size of memory on. Bytes and tokens."""

    memory: int  # of the smallest device
    batched_tokens: int
    logit_rows: int
    margin: int


@dataclass(frozen=True, slots=True)
class Program:
    """A runtime with the backend that it computes with. Bytes and tokens."""

    runtime: str
    backend: str
    files: str  # gguf, safetensors, mlx, exl2 or exl3
    split: str  # how it uses several devices: layer or tensor
    offload: bool  # layers may lie on the host
    experts_alone: bool  # and of these only the experts
    spans: bool  # it runs over several nodes
    pools: bool  # it fills what it takes of the devices with a cache, however little is asked of it
    utilization: float  # the share of a device that it takes
    margin: int  # what it leaves free on each device by itself
    margin_each: int  # and for each of the devices that it uses
    apart: bool  # what it computes with lies in the margin, not beside weights and cache
    batched_tokens: int  # tokens of a prompt that it computes at once
    usual_batch: int  # how many that is in what the cache's windows hold beside
    logit_rows: int  # rows of logits that its buffers hold
    slot_logits: bool  # its server of today holds one for each of its slots, and no more
    page: int  # tokens of cache that it allocates at once
    states: int  # recurrent states that each sequence has in a layer, so that a later one may start at a prefix
    kept: int  # sequences that it keeps states and windows for, however few there are
    states_share: float  # of what tokens take, set aside for states beside them; 0 where these take what they need
    whole_windows: bool  # windows hold the whole context: --swa-full
    flash: bool  # attention keeps no scores of a whole micro-batch: -fa
    overhead: int  # taken on each device by driver and context, where not ``contexts`` says it
    guessed: bool  # which nobody states: it is what others were seen to take
    joined: int  # and on each of several devices that exchange what they compute over switches of NVLink
    wide: bool  # its matrices are multiplied in numbers of 32 bits
    expert_tokens: int  # a prompt's tokens for each expert, from which its weights are brought to the device; 0: always
    capability: float  # CUDA's, that a device must have at least; 0 where any will do
    defaults: tuple[Defaults, ...]  # by the devices' memory, from the smallest on; none where they are the same for all
    small: tuple[str, ...]  # ids of cards that get the first of these, whatever their memory
    contexts: tuple[tuple[str, int], ...]  # what was measured to be taken on cards, by their ids
    formats: tuple[str, ...]  # the only ones that it computes on this backend; none where there is no limit

    @property
    def name(self) -> str:
        """The runtime with its backend, as fitted constants know it."""
        return f"{self.runtime}/{self.backend}"

    @property
    def looks_up_on_host(self) -> bool:
        """Whether the input embedding lies on the host, whatever lies on devices."""
        return self.gguf or self.files in ("exl2", "exl3")

    @property
    def gguf(self) -> bool:
        """Whether llama.cpp's placement rules apply: GGUF files, layer split."""
        return self.files == "gguf"
