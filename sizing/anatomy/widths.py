"""How wide is a model's graph? What its buffers follow from, read off its layers once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sizing.anatomy.caches import elements_per_token
from sizing.anatomy.shape import SCORES_TOKENS, LayerKind, Shape, StateSpace
from sizing.engine.buffers import MICRO_BATCH, Widths

# Widths of heads that MLX's kernel for a prompt has (mlx/backend/metal/scaled_dot_product_attention.cpp).
_FUSED: Final = (64, 80, 128)

# Layers of the tower whose features enter beside an embedded token (llama.cpp's n_deepstack_layers): of all published.
_STACKED: Final = {"qwen3_vl_text": 3, "qwen3_vl_moe_text": 3}

_MAMBA: Final = ("mamba", "mamba2")
_LAGGING: Final = ("compressed", "delta_net", "kda", "mamba", "mamba2")


@lru_cache(maxsize=1024)
def widths(s: Shape) -> Widths:
    """The widths of a model's graph."""
    kinds, own = set(s.layers), s.experts
    latent = [elements_per_token(s, kind) for kind in kinds if kind.mixer == "latent"]
    latent_rows = 2 * s.heads * max(latent, default=0)
    mamba = any(kind.mixer == "mamba2" for kind in kinds)
    compressed = any(kind.mixer == "compressed" for kind in kinds)
    attending = [kind for kind in kinds if kind.mixer in ("attention", "latent")]
    all_windows = bool(attending) and all(kind.window for kind in attending)
    queries = max(kind.heads * kind.head_dim for kind in kinds)
    feed_forward = max(_active_width(kind, own.used * own.width) for kind in kinds)
    # Residuals over layers keep each group's output.
    groups = len(s.layers) // s.choosing if s.choosing else 0
    grouped = any(kind.indexer and kind.mixer == "attention" for kind in kinds)
    return Widths(
        # llama.cpp's graphs of decoders score every token, whether that is asked for or not.
        vocab=s.vocab if s.head in SCORES_TOKENS or not s.blocks.encoder else s.labels,
        hidden=s.hidden,
        feed_forward=feed_forward,
        experts_used=own.used,
        experts_width=own.used * own.hidden,
        streams=(5 if mamba else 8) + groups,
        mixer=_mamba2(s.space) if mamba else 0,
        delta=s.delta.values if any(kind.mixer == "delta_net" for kind in kinds) else 0,
        compressed=3 * queries + 2 * s.streams * s.hidden if compressed else 0,
        ungated=s.blocks.ungated,
        latent_rows=latent_rows,
        shared=bool(own.shared) and not s.blocks.one_shared,
        chosen=s.indexer.chosen if s.indexer.heads and not grouped and not compressed else 0,
        pooled=s.indexer.pool > 0,
        block_heads=s.indexer.heads if grouped else 0,
        queries=queries,
        attending=_attending(s, queries, latent_rows, feed_forward),
        window=max((kind.window for kind in kinds), default=0),
        # As recorded, of models that keep more than keys and values, and of Llama 4; the order of the graph decides.
        lagging=s.blocks.one_shared or any(kind.mixer in _LAGGING for kind in kinds),
        heads=max((kind.heads for kind in attending if bool(kind.window) == all_windows), default=0),
        all_windows=all_windows,
        scored=max((kind.heads * (2 if kind.mixer == "latent" else 1) for kind in kinds if _scores(kind)), default=0),
        stacked=_STACKED.get(s.model_type, 0) * s.hidden,
        passed=(s.streams + 3 if compressed else 2) * s.hidden,
        projected=_projected(kinds, s.space),
        scanned=s.space.inner if any(kind.mixer in _MAMBA for kind in kinds) else 0,
        paired=s.space.heads if mamba else 0,
    )


def _attending(s: Shape, queries: int, latent_rows: int, feed_forward: int) -> int:
    """What attention works with, as recorded with quantized caches of 128K and 256K tokens: queries and answers, five
    times as wide with a gate; the latents of all heads and answers in their width; and what a feed-forward block beside
    attention left, where no cache's copy fits."""
    if latent_rows:
        return latent_rows * 5 // 3
    beside = (2 if s.blocks.ungated else 3) * feed_forward if s.blocks.norms == "parallel" else 0
    return (5 if s.blocks.gated_query else 2) * queries + beside


def _mamba2(space: StateSpace) -> int:
    """A Mamba-2 mixer's step: its inputs, the convolution's input and output, and the scan's answer with the state."""
    scan = space.inner + space.state * space.inner // MICRO_BATCH
    return space.inner + 3 * space.convolved + space.heads + scan


def _projected(kinds: Iterable[LayerKind], space: StateSpace) -> int:
    """What a Mamba mixer projects its input to: gate and input; of Mamba-2 both sides of the state and steps, too."""
    if any(kind.mixer == "mamba2" for kind in kinds):
        return space.inner + space.convolved + space.heads
    return 2 * space.inner if any(kind.mixer == "mamba" for kind in kinds) else 0


def _scores(kind: LayerKind) -> bool:
    """Whether MLX writes down a prompt's scores of all tokens before, having no kernel that attends to them."""
    if kind.mixer == "latent":
        return True
    return kind.mixer == "attention" and not kind.window and kind.head_dim not in _FUSED


def _active_width(kind: LayerKind, experts: int) -> int:
    """Width of what one token uses of a layer's feed-forward blocks, ``experts`` being that of its experts together."""
    dense = 0 if kind.feed_forward in ("none", "experts") else kind.width
    return dense + (0 if kind.feed_forward in ("none", "dense") else experts)
