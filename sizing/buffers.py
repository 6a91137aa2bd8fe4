"""What does computing need besides weights and cache? The buffers of a place that computes.

llama.cpp's graph allocator reserves for the hungriest step of one micro-batch: its logits and activations, and the
attention mask (source: llama.cpp src/llama-graph.cpp). ``widths`` looks at a model once; the rest is arithmetic on
plain numbers. Where in memory the allocator puts a step is not followed: in a few models at 128K tokens what is left
of the mask's place is too small for the logits behind it, and up to the mask more is reserved (ggml/src/ggml-alloc.c,
which takes the smallest hole that fits; the record's Qwen3.5 27B, 122B and Kimi Linear: 17 to 20 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.architectures import LayerKind, blocks, layer_kinds
from sizing.cache import elements_per_token
from sizing.entries import Architecture, Runtime

MICRO_BATCH: Final = 512  # llama.cpp's default -ub


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the steps of a model's graph are: elements for one token."""

    vocab: int
    hidden: int
    feed_forward: int  # of the widest layer: of all the experts that a token uses
    experts_used: int  # 0 for a dense model
    experts_width: int  # of what the experts that a token uses answer, side by side
    streams: int  # copies of the hidden width that live beside the experts
    mixer: int  # of the widest mixer that keeps a state
    compressed: int  # compressed attention: its queries three times, and two copies of all residual streams; else 0
    ungated: bool  # a feed-forward block has no gate
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
    mamba = any(kind.mixer == "mamba2" for kind in kinds)
    compressed = any(kind.mixer == "compressed" for kind in kinds)
    queries = max(kind.heads * kind.head_dim for kind in kinds)
    # Residuals over layers keep each group's output.
    groups = a.num_hidden_layers // a.attn_res_block_size if a.attn_res_block_size else 0
    grouped = any(kind.indexer and kind.mixer == "attention" for kind in kinds)
    return Widths(
        vocab=a.vocab_size,
        hidden=a.hidden_size,
        feed_forward=max(_active_width(kind, expert) for kind in kinds),
        experts_used=a.experts_used if a.experts else 0,
        experts_width=a.experts_used * a.expert_hidden if a.experts else 0,
        streams=(5 if mamba else 8) + groups,
        mixer=_mamba2(a) if mamba else 0,
        compressed=3 * queries + 2 * (a.hc_mult or 1) * a.hidden_size if compressed else 0,
        ungated=blocks(a).ungated,
        latent_rows=2 * a.num_attention_heads * max(latent, default=0),
        shared=bool(a.shared_width),
        indexed=bool(a.index_n_heads) and not grouped and not compressed,
        block_heads=(a.index_n_heads or 0) if grouped else 0,
        queries=queries,
    )


def _mamba2(a: Architecture) -> int:
    """A Mamba-2 mixer's step: its inputs, the convolution's input and output, and the scan's answer with the state."""
    convolved = a.ssm_inner + 2 * a.ssm_groups * a.ssm_state
    scan = a.ssm_inner + a.ssm_state * a.ssm_inner // MICRO_BATCH
    return a.ssm_inner + 3 * convolved + a.ssm_heads + scan


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
    hidden, gates = w.hidden, 1 if w.ungated else 2
    streams = 2 + w.shared + bool(w.latent_rows) + bool(w.mixer)
    logits = w.vocab + streams * hidden if has_output else 0
    if w.compressed:
        # Its masks, scores and entries: 4 to 10 bits a cached token, with the cache's type.
        return batch * max(logits, w.compressed + context * 2 // 5)
    layer = (gates + 1) * w.feed_forward + 4 * hidden
    if w.mixer:
        layer = max(layer, w.mixer + 3 * hidden)
    if w.experts_used:
        # The chosen experts' answers, side by side before they are summed.
        layer = w.experts_width + gates * w.feed_forward + w.streams * hidden
        layer = max(layer, 3 * w.feed_forward + 4 * hidden) if w.experts_width == w.experts_used * hidden else layer
    if w.latent_rows:
        layer = max(layer, w.latent_rows + 9 * hidden)
    if w.indexed:
        # Scores of every cached token, and the selection made from them.
        layer = w.latent_rows + 29 * hidden + context * 5 // 4
    if w.block_heads:
        # Scores of every cached token by each head, twice, and those chosen.
        layer = max(layer, 2 * w.queries + 4 * hidden + context * (2 * w.block_heads + 1))
    return batch * max(logits, layer + context // 2)
