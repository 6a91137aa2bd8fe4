"""What does computing need besides weights and cache? The buffers of a place that computes.

llama.cpp's graph allocator reserves for the hungriest step of one micro-batch: its logits and activations, and the
attention mask (source: llama.cpp src/llama-graph.cpp). ``widths`` looks at a model once; the rest is arithmetic on
plain numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sizing.architectures import LayerKind, layer_kinds
from sizing.cache import elements_per_token
from sizing.entries import Architecture, Runtime


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the steps of a model's graph are: elements for one token."""

    vocab: int
    hidden: int
    feed_forward: int  # of the widest layer: of all the experts that a token uses
    experts_used: int  # 0 for a dense model
    latent_rows: int  # MLA: heads times what each holds of the latent and of the positions, twice; else 0
    shared: bool  # has shared experts
    indexed: bool  # has sparse-attention indexers beside MLA
    block_heads: int  # heads of indexers that score blocks of tokens, beside grouped heads; else 0
    queries: int  # of the widest attention layer


@lru_cache(maxsize=1024)
def widths(a: Architecture) -> Widths:
    """The widths of a model's graph. Raises SizingError for an unknown model_type."""
    kinds = set(layer_kinds(a))
    expert = a.experts_used * (a.moe_intermediate_size or a.width)
    latent = [elements_per_token(a, kind) for kind in kinds if kind.mixer == "latent"]
    grouped = any(kind.indexer and kind.mixer == "attention" for kind in kinds)
    return Widths(
        vocab=a.vocab_size,
        hidden=a.hidden_size,
        feed_forward=max(_active_width(kind, expert) for kind in kinds),
        experts_used=a.experts_used if a.experts else 0,
        latent_rows=2 * a.num_attention_heads * max(latent, default=0),
        shared=bool(a.shared_width),
        indexed=bool(a.index_n_heads) and not grouped,
        block_heads=(a.index_n_heads or 0) if grouped else 0,
        queries=max(kind.heads * kind.head_dim for kind in kinds),
    )


def _active_width(kind: LayerKind, experts: int) -> int:
    """Width of what one token uses of a layer's feed-forward blocks, ``experts`` being that of its experts together."""
    dense = kind.width if kind.feed_forward in ("dense", "dense_and_experts") else 0
    return dense + (experts if kind.feed_forward in ("experts", "dense_and_experts") else 0)


def staging(w: Widths, runtime: Runtime, context: int) -> int:
    """Bytes of the host's share of a computation on devices: embedded tokens in FP32 and the mask in FP16."""
    if runtime.files != "gguf":
        return 0
    return runtime.batched_tokens * (4 * w.hidden + 2 * context)


def compute(w: Widths, runtime: Runtime, context: int, has_output: bool) -> int:
    """Bytes of a place that computes: what the hungriest step of the graph holds at once."""
    if runtime.files == "gguf":
        return 4 * _hungriest(w, has_output, runtime.batched_tokens, context)
    logits = runtime.logit_rows * 4 * w.vocab if has_output else 0
    return logits + runtime.batched_tokens * 2 * (2 * w.feed_forward + 2 * w.hidden)


def _hungriest(w: Widths, has_output: bool, batch: int, context: int) -> int:
    """FP32 elements that llama.cpp's graph allocator reserves for a micro-batch with flash attention.

    Fitted to ``llama-fit-params``, whose record it meets (tests/sizing/test_record.py); per token of the batch: the
    logits with the streams that lead to them, or a layer's widest step with the FP16 mask.
    """
    hidden = w.hidden
    layer = 3 * w.feed_forward + 4 * hidden
    if w.experts_used:
        # The chosen experts' answers, side by side before they are summed.
        layer = max(layer, w.experts_used * hidden + 2 * w.feed_forward + 8 * hidden)
    if w.latent_rows:
        layer = max(layer, w.latent_rows + 9 * hidden)
    if w.indexed:
        # Scores of every cached token, and the selection made from them.
        layer = w.latent_rows + 29 * hidden + context * 5 // 4
    if w.block_heads:
        # Scores of every cached token by each head, twice, and those chosen.
        layer = max(layer, 2 * w.queries + 4 * hidden + context * (2 * w.block_heads + 1))
    streams = 2 + w.shared + bool(w.latent_rows)
    logits = w.vocab + streams * hidden if has_output else 0
    return batch * max(logits, layer + context // 2)
