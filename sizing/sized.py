"""What does the rest of the arithmetic need of a model? Everything that looks at tensors, done once, as plain numbers.

``plan`` combines a ``Sized`` with a machine and a context, and never looks at a tensor again; a browser can be given
a ``Sized`` as data and repeat only that second half.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from sizing.architectures import LayerKind, blocks, is_tied, layer_kinds
from sizing.buffers import Widths, widths
from sizing.cache import CachePart, cache_parts
from sizing.entries import Architecture, CacheRule, Format
from sizing.formats import tensor_bytes
from sizing.tensors import loaded, parameters


@dataclass(frozen=True, slots=True)
class SizedLayer:
    """One layer in bytes, and in operations for one token."""

    dense: int  # bytes of all but the routed experts
    experts: int  # bytes of all routed experts
    flops: float  # multiply-adds x 2 of what a token uses, attention scores left out
    cache: CachePart
    attention_flops: float  # for each token already in the cache that is seen


@dataclass(frozen=True, slots=True)
class Sized:
    """A model in a format, with a cache type, as one runtime holds it. Bytes, and operations for one token."""

    layers: tuple[SizedLayer, ...]
    embedding: int  # bytes of the input embedding
    output: int  # bytes of the output head and the last norm; a tied head is the embedding once more
    output_flops: float
    tied: bool
    widths: Widths
    kv_heads: int  # 1 for MLA, whose latent cannot be split over ranks
    experts: int
    experts_per_token: int
    total_parameters: int
    active_parameters: int

    @property
    def weights(self) -> int:
        """Bytes of the published file: a tied head once."""
        head = self.output - (self.embedding if self.tied else 0)
        return self.embedding + head + sum(x.dense + x.experts for x in self.layers)

    def expert_share(self, tokens: int) -> float:
        """Expected share of a layer's routed experts that ``tokens`` tokens use together, routing being uniform."""
        if not self.experts:
            return 0.0
        return 1.0 - (1.0 - self.experts_per_token / self.experts) ** tokens


def _attention_flops(a: Architecture, layer: LayerKind) -> float:
    """Operations of one layer's scores and their sum over values, for each cached token: 2 each for QK and PV."""
    if layer.mixer == "latent":
        # Absorbed form: scores over latent and rope, values over the latent (DeepSeek-V2 paper, section 2.1.2).
        latent = a.kv_lora_rank or 0
        return 2.0 * layer.heads * (2 * latent + (a.qk_rope_head_dim or 0))
    if layer.mixer == "attention":
        return 2.0 * layer.heads * (layer.head_dim + layer.value_dim)
    return 0.0


@lru_cache(maxsize=8192)
def sized(a: Architecture, fmt: Format, cache_format: str, rule: CacheRule, gguf: bool) -> Sized:
    """Everything about a model in a format that needs its tensors; ``gguf`` where a GGUF file holds them.

    Raises SizingError for what it does not know.
    """
    dense: dict[int, int] = defaultdict(int)
    experts: dict[int, int] = defaultdict(int)
    flops: dict[int, float] = defaultdict(float)
    embedding = output = 0
    output_flops = 0.0
    bytes_of = tensor_bytes(fmt, a, gguf)
    for tensor, read in loaded(a):
        size, work = bytes_of(tensor), 2.0 * read
        if tensor.part == "embedding":
            embedding += size
            output_flops += work  # 0 unless tied
        elif tensor.layer is None:
            output += size
            output_flops += work
        else:
            (experts if tensor.count > 1 else dense)[tensor.layer] += size
            flops[tensor.layer] += work
    cache = cache_parts(a, cache_format, rule)
    tied = is_tied(a)
    counts = parameters(a)
    return Sized(
        layers=tuple(
            SizedLayer(dense[i], experts[i], flops[i], cache[i], _attention_flops(a, kind))
            for i, kind in enumerate(layer_kinds(a))
        ),
        embedding=embedding,
        output=output + (embedding if tied else 0),
        output_flops=output_flops,
        tied=tied,
        widths=widths(a),
        kv_heads=1 if blocks(a).attention == "mla" else a.kv_heads,
        experts=a.experts,
        experts_per_token=a.experts_used,
        total_parameters=counts.total,
        active_parameters=counts.active,
    )
