"""Which blocks does a ``model_type`` consist of? One table, with what ``config.json`` leaves out.

A type's row follows its modules in Hugging Face transformers and llama.cpp's converter; the record of both tools under
``catalog/measurements/record`` proves it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from sizing.entries import Architecture
from sizing.reading import SizingError


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an architecture, with transformers' defaults for keys that ``config.json`` may leave out."""

    attention: Literal["gqa", "mla"] = "gqa"
    fused_qkv: bool = False  # one tensor in the checkpoint, and so in GGUF
    qkv_bias: bool = False  # where attention_bias is not given
    output_bias: bool = False  # the output projection follows attention_bias too
    qk_norm: Literal["none", "head", "full"] = "none"  # over one head, or over all of them
    qk_norm_asked: bool = False  # only where use_qk_norm is true
    gated_query: bool = False  # the query projection also makes a gate for the output
    sinks: bool = False  # one learned logit a head
    split_beta: bool = False  # of linear layers: beta and alpha are two tensors
    shared_gate: bool = False  # a gate decides how much the shared expert says
    # pre: before each block; post: after each; both; parallel: one before the two blocks, which run side by side.
    norms: Literal["pre", "post", "both", "parallel"] = "pre"
    fused_gate_up: bool = False
    tied: bool = False
    # corrected: a bias for each expert that only routing sees, a buffer except where ``correction_is_parameter``.
    experts: Literal["none", "plain", "corrected"] = "none"
    correction_is_parameter: bool = False
    expert_bias: bool = False  # the router and every expert have biases
    one_shared: bool = False  # a shared expert of an expert's width that config.json does not mention
    full_every: int | None = None  # where windows are not listed: every so many layers one sees all; None: all slide
    gguf: str = ""  # llama.cpp's name of the architecture, where a recipe asks for it


_LLAMA: Final = Blocks(output_bias=True, gguf="llama")
_DEEPSEEK: Final = Blocks(attention="mla", experts="corrected")
_QWEN_NEXT: Final = Blocks(qk_norm="head", output_bias=True, gated_query=True, experts="plain", shared_gate=True)

TABLE: Final[dict[str, Blocks]] = {
    "cohere2": Blocks(norms="parallel", output_bias=True, tied=True, full_every=4),
    "deepseek_v2": replace(_DEEPSEEK, experts="plain"),
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v32": _DEEPSEEK,
    "ernie4_5": Blocks(output_bias=True, tied=True),
    "ernie4_5_moe": Blocks(output_bias=True, tied=True, experts="corrected", correction_is_parameter=True),
    "exaone4": Blocks(qk_norm="head", norms="post", full_every=4),
    "gemma2": Blocks(norms="both", tied=True, full_every=2),
    "gemma3_text": Blocks(norms="both", qk_norm="head", tied=True, full_every=6),
    "glm4": Blocks(norms="both", fused_gate_up=True),
    "glm4_moe": Blocks(experts="corrected", qk_norm="head", qk_norm_asked=True),
    "glm_moe_dsa": _DEEPSEEK,
    "gpt_oss": Blocks(qkv_bias=True, output_bias=True, sinks=True, experts="plain", expert_bias=True, full_every=2),
    "granite": _LLAMA,
    "hunyuan_v1_dense": Blocks(output_bias=True, qk_norm="head"),
    "kimi_k2": _DEEPSEEK,
    "llama": _LLAMA,
    "llama4_text": Blocks(output_bias=True, experts="plain", one_shared=True, full_every=4),
    "minimax_m2": Blocks(qk_norm="full", experts="corrected"),
    "mistral": _LLAMA,
    "mixtral": replace(_LLAMA, experts="plain"),
    "olmo2": Blocks(norms="post", qk_norm="full", output_bias=True),
    "olmo3": Blocks(norms="post", qk_norm="full", output_bias=True, full_every=4),
    "phi3": Blocks(fused_qkv=True, fused_gate_up=True),
    "qwen2": Blocks(qkv_bias=True, gguf="qwen2"),
    "qwen3": Blocks(qk_norm="head", output_bias=True),
    "qwen3_moe": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_5_moe_text": replace(_QWEN_NEXT, split_beta=True),
    "qwen3_5_text": replace(_QWEN_NEXT, split_beta=True, experts="none"),
    "qwen3_next": _QWEN_NEXT,
    "qwen3_vl_moe_text": Blocks(qk_norm="head", output_bias=True, experts="plain"),
    "qwen3_vl_text": Blocks(qk_norm="head", output_bias=True),
    "seed_oss": Blocks(qkv_bias=True),
    "smollm3": Blocks(output_bias=True, tied=True),
}


def blocks(architecture: Architecture) -> Blocks:
    """The blocks of ``architecture``. Raises SizingError for a model_type that the table does not know."""
    try:
        return TABLE[architecture.model_type]
    except KeyError:
        raise SizingError(
            f"model_type {architecture.model_type!r} is not known; known are {', '.join(sorted(TABLE))}"
        ) from None


def is_tied(architecture: Architecture) -> bool:
    """Whether the output head is the input embedding."""
    if architecture.tie_word_embeddings is not None:
        return architecture.tie_word_embeddings
    return blocks(architecture).tied


@dataclass(frozen=True, slots=True)
class LayerKind:
    """What one layer is made of, its own sizes included: layers of one kind have equal tensors and equal caches."""

    mixer: Literal["attention", "latent", "delta_net"]
    feed_forward: Literal["dense", "experts"]
    window: int | None  # tokens that its attention sees; None for all of them
    indexer: bool  # chooses the tokens that it attends to
    heads: int
    kv_heads: int
    head_dim: int  # elements of a key and of a query
    value_dim: int
    width: int  # of its dense feed-forward block


@lru_cache(maxsize=1024)
def layer_kinds(a: Architecture) -> tuple[LayerKind, ...]:
    """The kind of each layer, MTP layers left out. Raises SizingError for an unknown model_type."""
    return tuple(layer_kind(a, i) for i in range(a.num_hidden_layers))


def layer_kind(a: Architecture, layer: int) -> LayerKind:
    """The kind of a layer; those beyond the last are its MTP layers."""
    mixer: Literal["attention", "latent", "delta_net"] = "attention"
    if _is_linear(a, layer):
        mixer = "delta_net"
    elif blocks(a).attention == "mla":
        mixer = "latent"
    return LayerKind(
        mixer=mixer,
        feed_forward="experts" if _has_experts(a, layer) else "dense",
        window=_window(a, layer),
        indexer=_has_indexer(a, layer),
        heads=a.num_attention_heads,
        kv_heads=a.kv_heads,
        head_dim=a.head_size,
        value_dim=a.head_size,
        width=a.intermediate_size_mlp or a.width,
    )


def _is_linear(a: Architecture, layer: int) -> bool:
    if not a.linear_values:
        return False
    if a.layer_types is not None and layer < len(a.layer_types):
        return a.layer_types[layer] == "linear_attention"
    return (layer + 1) % (a.full_attention_interval or 4) != 0


def _has_indexer(a: Architecture, layer: int) -> bool:
    if not a.index_n_heads:
        return False
    if a.indexer_types is not None and layer < len(a.indexer_types):
        return a.indexer_types[layer] == "full"
    first = a.index_skip_topk_offset or 0
    return layer < first or (layer - first + 1) % (a.index_topk_freq or 1) == 0


def _has_experts(a: Architecture, layer: int) -> bool:
    step = a.decoder_sparse_step or a.interleave_moe_layer_step or 1
    first = a.first_k_dense_replace or a.moe_layer_start_index or 0
    plain = layer < first or layer in (a.mlp_only_layers or ())
    return bool(a.experts) and not plain and (layer + 1) % step == 0


def _window(a: Architecture, layer: int) -> int | None:
    window = a.sliding_window or a.attention_chunk_size
    if window is None:
        return None
    if a.layer_types is not None and layer < len(a.layer_types):
        return window if a.layer_types[layer] != "full_attention" else None
    every = a.sliding_window_pattern or blocks(a).full_every
    return None if every and (layer + 1) % every == 0 else window
