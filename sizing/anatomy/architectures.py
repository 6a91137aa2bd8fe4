"""Which blocks does a ``model_type`` consist of? One table, with what ``config.json`` leaves out.

A type's row follows its modules in Hugging Face transformers and llama.cpp's converter; the record of both tools under
``catalog/measurements/record`` proves it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from sizing.errors import SizingError
from sizing.facts.entries.architecture import Architecture, BlockConfig

# Of DeepSeek V4's two ratios, the one whose entries an indexer chooses from (its paper's compressed sparse attention).
CHOSEN_RATIO: Final = 4

# A mixer that keeps a state of constant size in place of keys and values.
State = Literal["none", "delta_net", "kda", "mamba", "mamba2", "short_conv"]
Mixer = Literal["attention", "latent", "compressed", "projection"] | State
FeedForward = Literal["none", "dense", "experts", "dense_and_experts"]
_ATTENTION: Final[dict[str, Mixer]] = {"gqa": "attention", "mla": "latent", "compressed": "compressed"}


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of an architecture, with transformers' defaults for keys that ``config.json`` may leave out."""

    attention: Literal["gqa", "mla", "compressed"] = "gqa"
    linear: State = "none"  # what a layer that config.json calls linear, mamba or conv mixes tokens with
    beside: State = "none"  # what runs beside every layer's attention, on the same input
    alone: bool = False  # a layer is a mixer or a feed-forward block, not one after the other
    fused_qkv: bool = False  # one tensor in the checkpoint, and so in GGUF
    qkv_bias: bool = False  # where attention_bias is not given
    output_bias: bool = False  # the output projection follows attention_bias too
    qk_norm: Literal["none", "head", "full"] = "none"  # over one head, or over all of them
    qk_norm_asked: bool = False  # only where use_qk_norm is true
    gated_query: bool = False  # the query projection also makes a gate for the output
    gate: Literal["none", "head", "element"] = "none"  # a projection whose answer scales each head, or each element
    fixed_qk_norm: bool = False  # no parameters, though GGUF writes their ones
    sinks: bool = False  # one learned logit a head
    sinks_slide: bool = False  # in sliding layers only
    split_beta: bool = False  # of linear layers: beta and alpha are two tensors
    shared_gate: bool = False  # a gate decides how much the shared expert says
    # pre: before each block; post: after each; both; parallel: one before the two blocks, which run side by side.
    norms: Literal["pre", "post", "both", "parallel"] = "pre"
    norm_bias: bool = False  # the norms centre too, and have biases
    layer_scale: bool = False  # one number scales what a layer hands on; a buffer
    fused_gate_up: bool = False
    ungated: bool = False  # a feed-forward block is two projections, not three
    feed_forward_bias: bool = False
    head_bias: bool = False
    width_adjusted: bool = False  # unless block_auto_adjust_ff_dim is false
    ssm_norm: bool = True  # of a Mamba-2 mixer, where mamba_rms_norm is not given
    tied: bool = False
    # corrected: a bias for each expert that only routing sees, a buffer except where ``correction_is_parameter``.
    experts: Literal["none", "plain", "corrected"] = "none"
    correction_is_parameter: bool = False
    expert_bias: bool = False  # the router and every expert have biases
    beside_dense: bool = False  # experts stand beside a dense block, with norms and scales of their own
    indexer_beside_experts: bool = False  # the layers with experts have indexers, of DeepSeek's making or MiniMax's
    one_shared: bool = False  # a shared expert of an expert's width that config.json does not mention
    full_every: int | None = None  # where windows are not listed: every so many layers one sees all; None: all slide
    full_first: bool = False  # of each so many layers the first sees all, not the last
    full_start: bool = False  # the very first layer sees all too
    full_dense: bool = False  # the first layers, without experts, all see all, and counting begins behind them
    gguf: str = ""  # llama.cpp's name of the architecture, where a recipe asks for it
    gguf_router: Literal["F32", "BF16"] = "F32"  # the type that llama.cpp's converter gives a router
    mtp_embedding: bool = True  # an MTP layer has its own embedding and head


_LLAMA: Final = Blocks(output_bias=True, gguf="llama")
_DEEPSEEK: Final = Blocks(attention="mla", experts="corrected")
_QWEN_NEXT: Final = Blocks(
    qk_norm="head", output_bias=True, gated_query=True, experts="plain", shared_gate=True, linear="delta_net"
)
_KIMI_LINEAR: Final = replace(_DEEPSEEK, linear="kda")
_LFM2: Final = Blocks(linear="short_conv", qk_norm="head", tied=True, width_adjusted=True)

_STEP: Final = Blocks(qk_norm="head", gate="head", experts="corrected", full_every=4, full_first=True)

TABLE: Final[dict[str, Blocks]] = {
    "afmoe": Blocks(
        norms="both", qk_norm="head", gate="element", experts="corrected", correction_is_parameter=True, full_every=4
    ),
    "arcee": Blocks(ungated=True, output_bias=True),
    "cohere": Blocks(norms="parallel", output_bias=True, tied=True, qk_norm="full", qk_norm_asked=True),
    "cohere2": Blocks(norms="parallel", output_bias=True, tied=True, full_every=4),
    "cohere2_moe": Blocks(
        norms="parallel", output_bias=True, tied=True, experts="plain", full_every=4, full_dense=True
    ),
    "deepseek_v2": replace(_DEEPSEEK, experts="plain"),
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v32": _DEEPSEEK,
    "deepseek_v4": Blocks(
        attention="compressed", sinks=True, experts="corrected", gguf_router="BF16", mtp_embedding=False
    ),
    "dots1": Blocks(qk_norm="head", output_bias=True, experts="corrected"),
    "ernie4_5": Blocks(output_bias=True, tied=True),
    "ernie4_5_moe": Blocks(output_bias=True, tied=True, experts="corrected", correction_is_parameter=True),
    "exaone4": Blocks(qk_norm="head", norms="post", full_every=4),
    "exaone_moe": Blocks(qk_norm="head", experts="corrected", full_every=4),
    "falcon_h1": Blocks(beside="mamba2", ssm_norm=False),
    "gemma2": Blocks(norms="both", tied=True, full_every=2),
    "gemma3_text": Blocks(norms="both", qk_norm="head", tied=True, full_every=6),
    "gemma4_text": Blocks(
        norms="both", qk_norm="head", tied=True, full_every=6, layer_scale=True, experts="plain", beside_dense=True
    ),
    "glm4": Blocks(norms="both", fused_gate_up=True),
    "glm4_moe": Blocks(experts="corrected", qk_norm="head", qk_norm_asked=True),
    "glm4_moe_lite": _DEEPSEEK,
    "glm_moe_dsa": _DEEPSEEK,
    "gpt_oss": Blocks(qkv_bias=True, output_bias=True, sinks=True, experts="plain", expert_bias=True, full_every=2),
    "granite": _LLAMA,
    "granitemoehybrid": Blocks(linear="mamba2", experts="plain"),
    "hunyuan_v1_dense": Blocks(output_bias=True, qk_norm="head"),
    "hunyuan_v1_moe": Blocks(output_bias=True, qk_norm="head", experts="plain"),
    "jamba": Blocks(linear="mamba", experts="plain"),
    "kimi_k2": _DEEPSEEK,
    "kimi_k3": _KIMI_LINEAR,
    "kimi_linear": _KIMI_LINEAR,
    "laguna": replace(_STEP, output_bias=True, correction_is_parameter=True),
    "lfm2": _LFM2,
    "lfm2_moe": replace(_LFM2, width_adjusted=False, experts="corrected"),
    "llama": _LLAMA,
    "llama4_text": Blocks(output_bias=True, experts="plain", one_shared=True, full_every=4),
    "minimax_m2": Blocks(qk_norm="full", experts="corrected"),
    "mimo": Blocks(qkv_bias=True),
    "mimo_v2_flash": Blocks(experts="corrected", sinks=True, sinks_slide=True, full_every=6, full_start=True),
    "minimax_m3": Blocks(qk_norm="head", experts="corrected", indexer_beside_experts=True),
    "ministral3": Blocks(),
    "mistral": _LLAMA,
    "mistral4": replace(_DEEPSEEK, experts="plain"),
    "mixtral": replace(_LLAMA, experts="plain"),
    "muse_glimmer_text": Blocks(norms="both", qk_norm="head", fixed_qk_norm=True, gate="element", full_every=4),
    "nemotron-nas": Blocks(gguf="deci"),
    "nemotron_h": Blocks(linear="mamba2", alone=True, ungated=True, experts="corrected", mtp_embedding=False),
    "olmo2": Blocks(norms="post", qk_norm="full", output_bias=True),
    "olmo3": Blocks(norms="post", qk_norm="full", output_bias=True, full_every=4),
    "phi": Blocks(
        norms="parallel",
        norm_bias=True,
        qkv_bias=True,
        output_bias=True,
        ungated=True,
        feed_forward_bias=True,
        head_bias=True,
    ),
    "phi3": Blocks(fused_qkv=True, fused_gate_up=True),
    "phimoe": Blocks(norm_bias=True, qkv_bias=True, output_bias=True, experts="plain", head_bias=True),
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
    "step3p5": _STEP,
    "step3p7": _STEP,
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

    mixer: Mixer
    feed_forward: FeedForward
    window: int | None  # tokens that its attention sees; None for all of them
    indexer: bool  # chooses the tokens that it attends to
    heads: int
    kv_heads: int
    head_dim: int  # elements of a key and of a query
    value_dim: int
    width: int  # of its dense feed-forward block
    own_keys: bool = True  # else it attends to the keys and values of an earlier layer
    own_values: bool = True  # else its keys are its values too, before norms and rotation
    sinks: bool = False
    beside: State = "none"  # a second mixer, on the same input
    ratio: int = 0  # tokens that one compressed entry stands for, of compressed attention; 0 for none
    hashed: bool = False  # its experts are looked up by the token, not chosen

    @property
    def recurrent(self) -> State:
        """The mixer that keeps a state, if any."""
        match self.mixer:
            case "attention" | "latent" | "compressed":
                return self.beside
            case "projection":
                return "none"
            case state:
                return state


@lru_cache(maxsize=1024)
def layer_kinds(a: Architecture) -> tuple[LayerKind, ...]:
    """The kind of each layer, MTP layers left out. Raises SizingError for an unknown model_type."""
    return tuple(layer_kind(a, i) for i in range(a.num_hidden_layers))


def layer_kind(a: Architecture, layer: int) -> LayerKind:
    """The kind of a layer; those beyond the last are its MTP layers."""
    kind, word, window = blocks(a), _word(a, layer), _window(a, layer)
    slides = window is not None
    shares = a.num_hidden_layers - (a.num_kv_shared_layers or 0) <= layer < a.num_hidden_layers
    heads, kv_heads, head_dim, value_dim = _heads(a, layer, slides)
    mixer = _mixer(a, word)
    ratio = (a.compress_ratios or ())[layer] if layer < len(a.compress_ratios or ()) else 0
    found = LayerKind(
        mixer=mixer,
        feed_forward=_feed_forward(a, layer, mixer),
        window=window,
        # Of compressed attention, the layers that keep many entries choose among them.
        indexer=ratio == CHOSEN_RATIO if kind.attention == "compressed" else _has_indexer(a, layer),
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        value_dim=value_dim,
        width=_width(a) * (2 if shares and a.use_double_wide_mlp else 1),
        own_keys=not shares,
        own_values=not shares and not (a.attention_k_eq_v and not slides),
        sinks=kind.sinks and (slides or not kind.sinks_slide),
        beside=kind.beside,
        ratio=ratio,
        hashed=layer < (a.num_hash_layers or 0),
    )
    if a.block_configs is not None and layer < len(a.block_configs):
        return _of_block(a, found, a.block_configs[layer])
    return found


def _mixer(a: Architecture, word: str) -> Mixer:
    if word in ("linear_attention", "mamba", "conv"):
        return blocks(a).linear
    return "none" if word in ("mlp", "moe") else _ATTENTION[blocks(a).attention]


def _feed_forward(a: Architecture, layer: int, mixer: Mixer) -> FeedForward:
    kind = blocks(a)
    if kind.alone and mixer != "none" and layer < a.num_hidden_layers:
        return "none"
    if not _has_experts(a, layer):
        return "dense"
    return "dense_and_experts" if kind.beside_dense else "experts"


def _heads(a: Architecture, layer: int, slides: bool) -> tuple[int, int, int, int]:
    """Query heads, key heads, and elements of a key and of a value."""
    listed = a.num_attention_heads_per_layer
    heads = listed[layer] if listed is not None and layer < len(listed) else a.num_attention_heads
    value = a.v_head_dim or a.head_size
    if slides:
        return (
            a.swa_num_attention_heads or a.num_sliding_attention_heads or heads,
            a.swa_num_key_value_heads or a.kv_heads,
            a.swa_head_dim or a.head_size,
            a.swa_v_head_dim or value,
        )
    kv_heads = (a.num_global_key_value_heads if a.attention_k_eq_v else None) or a.kv_heads
    return heads, kv_heads, a.global_head_dim or a.head_size, a.global_head_dim or value


def _of_block(a: Architecture, layer: LayerKind, block: BlockConfig) -> LayerKind:
    """A layer as its entry of block_configs says (NVIDIA's DeciLM; llama.cpp conversion/deci.py rounds the same)."""
    if group := block.attention.n_heads_in_group:
        layer = replace(layer, kv_heads=layer.heads // group)
    else:
        layer = replace(layer, mixer="projection" if block.attention.replace_with_linear else "none")
    if not block.ffn.ffn_mult:
        return replace(layer, feed_forward="none")
    return replace(layer, width=-(-int(2 * block.ffn.ffn_mult * a.hidden_size / 3) // 256) * 256)


def _word(a: Architecture, layer: int) -> str:
    """What config.json calls a layer; an MTP layer is one of attention."""
    if layer >= a.num_hidden_layers:
        return "attention"
    if a.layer_types is not None:
        return a.layer_types[layer]
    if a.layers_block_type is not None:
        return a.layers_block_type[layer]
    if a.hybrid_override_pattern is not None:
        return {"M": "mamba", "*": "attention", "-": "mlp", "E": "moe"}[a.hybrid_override_pattern[layer]]
    if a.linear_attn_config is not None:
        return "attention" if layer + 1 in a.linear_attn_config.full_attn_layers else "linear_attention"
    if a.full_attn_idxs is not None:
        return "attention" if layer in a.full_attn_idxs else "conv"
    if a.attn_layer_period is not None:
        return "attention" if layer % a.attn_layer_period == (a.attn_layer_offset or 0) else "mamba"
    every = (a.full_attention_interval or 4) if a.linear_values else 1
    return "attention" if (layer + 1) % every == 0 else "linear_attention"


def _width(a: Architecture) -> int:
    """Width of the dense feed-forward blocks; LFM2's follows from the number that its config.json gives."""
    dense = a.intermediate_size_mlp or a.dense_intermediate_size or a.prefix_dense_intermediate_size
    width = dense or a.shared_intermediate_size or a.block_ff_dim or a.width
    if not blocks(a).width_adjusted or a.block_auto_adjust_ff_dim is False:
        return width
    multiple = a.block_multiple_of or 256
    return -(-int((a.block_ffn_dim_multiplier or 1.0) * int(2 * width / 3)) // multiple) * multiple


def _has_indexer(a: Architecture, layer: int) -> bool:
    if not a.index_n_heads:
        return False
    if blocks(a).indexer_beside_experts:
        return _has_experts(a, layer)
    if a.indexer_types is not None and layer < len(a.indexer_types):
        return a.indexer_types[layer] == "full"
    first = a.index_skip_topk_offset or 0
    return layer < first or (layer - first + 1) % (a.index_topk_freq or 1) == 0


def _has_experts(a: Architecture, layer: int) -> bool:
    word = _word(a, layer)
    if word in ("mlp", "moe"):
        return word == "moe"
    if a.expert_layer_period is not None:
        return a.experts > 1 and layer % a.expert_layer_period == a.expert_layer_offset
    step = a.decoder_sparse_step or a.interleave_moe_layer_step or 1
    first = a.first_k_dense_replace or a.moe_layer_start_index or a.num_dense_layers or 0
    plain = layer < first or layer in (a.mlp_only_layers or ()) or a.enable_moe_block is False
    return bool(a.experts) and not plain and (layer + 1) % step == 0


def _window(a: Architecture, layer: int) -> int | None:
    window = a.sliding_window or a.attention_chunk_size
    if window is None:
        return None
    if a.layer_types is not None and layer < len(a.layer_types):
        return window if a.layer_types[layer] != "full_attention" else None
    kind = blocks(a)
    every = a.sliding_window_pattern or kind.full_every
    if kind.full_start and layer == 0:
        return None
    if kind.full_dense:
        layer -= a.first_k_dense_replace or 0
        if layer < 0:
            return None
    return None if every and (layer + (0 if kind.full_first else 1)) % every == 0 else window
