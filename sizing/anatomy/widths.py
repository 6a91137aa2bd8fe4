"""How wide is a model's graph? What its buffers follow from, read off its layers once."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sizing.anatomy.architectures import LayerKind, blocks, layer_kinds
from sizing.anatomy.caches import elements_per_token
from sizing.engine.buffers import MICRO_BATCH, Widths
from sizing.facts.entries.architecture import Architecture

_LAGGING: Final = ("compressed", "delta_net", "kda", "mamba", "mamba2")


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
        window=max((kind.window or 0 for kind in kinds), default=0),
        # As recorded, of models that keep more than keys and values, and of Llama 4; the order of the graph decides.
        lagging=blocks(a).one_shared or any(kind.mixer in _LAGGING for kind in kinds),
        passed=((a.hc_mult or 1) + 3 if compressed else 2) * a.hidden_size,
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
