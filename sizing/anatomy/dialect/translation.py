"""How does a model's shape follow from its words? Synonyms, then what transformers fills in, then each part of it."""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import lru_cache
from typing import Final

from sizing.anatomy.architectures import TABLE, Blocks
from sizing.anatomy.dialect.defaults import demanded, derived, is_encoder_decoder, unsaid, wordless
from sizing.anatomy.dialect.layers import layer_kinds, ngram_heads, query_heads
from sizing.anatomy.dialect.synonyms import TYPES, renamed
from sizing.anatomy.dialect.words import WordError, Words, plausible
from sizing.anatomy.shape import DeltaNet, Experts, Head, Indexer, Kda, Latent, Ngram, Ranks, Shape, StateSpace
from sizing.facts.entries.architecture import Architecture, LinearAttention


def known_types() -> list[str]:
    """The model_types that are known, in order."""
    return sorted({*TABLE, *TYPES})


def said(a: Architecture) -> dict[str, object]:
    """The words that an entry or a file says."""
    return {word: value for word, value in vars(a).items() if value is not None}


@lru_cache(maxsize=4096)
def blocks_of(model_type: str) -> tuple[str, Blocks]:
    """A model_type's row of the table, by its own name. Raises WordError."""
    own = TYPES.get(model_type, model_type)
    if what := wordless(own):
        one = "an" if model_type[:1] in ("a", "e", "i", "o", "u") else "a"
        raise WordError("model_type", f"{one} {model_type} {what}; it is no language model, and is not sized")
    if is_encoder_decoder(own):
        raise WordError(
            "model_type", f"{model_type}: an encoder reads and a decoder answers; such models are not sized"
        )
    if own not in TABLE:
        near = difflib.get_close_matches(model_type, known_types(), n=4, cutoff=0.5)
        known = ", ".join(dict.fromkeys((*near, "llama")))
        raise WordError(
            "model_type",
            f"model_type {model_type!r} is not known; known are {len(known_types())}, such as {known}; "
            "where it is built like one of them, say so: --as TYPE",
        )
    return own, TABLE[own]


def shape_of(a: Architecture) -> Shape:
    """The shape that a model's words mean.

    Raises WordError where they contradict each other, or leave out what neither transformers nor a rule fills in.
    """
    type_, row = blocks_of(a.model_type)
    own, torn = renamed(said(a))
    for one, other in torn:
        raise WordError(one, f"and {other} differ; a config.json says it once")
    plausible(own)
    words = Words(a.model_type, own, {**unsaid(a.model_type), **derived(a.model_type, {**unsaid(a.model_type), **own})})
    for word in demanded(a.model_type):
        if word not in own:
            raise WordError(word, f"missing, and a {a.model_type} needs it; give a whole config.json")
    experts = _experts(words, row)
    every, count = layer_kinds(words, row, type_, experts.count)
    if all(kind.feed_forward in ("none", "dense") for kind in every):
        experts = _no_experts(words)
    shape = Shape(
        model_type=type_,
        blocks=_blocks(words, row),
        vocab=words.needed("vocab_size"),
        further_rows=words.number("additional_vocab_size") or row.further_rows,
        hidden=words.needed("hidden_size"),
        heads=query_heads(words, row),
        layers=every[:count],
        mtp=every[count:],
        tied=words.flag("tie_word_embeddings") and not row.own_head and not row.further_rows,
        latent=_latent(words, row),
        indexer=_indexer(words),
        experts=experts,
        delta=_delta(words, row),
        kda=_kda(words, row),
        space=_space(words, row),
        taps=_taps(words, row),
        grouped_taps=words.needed("cca_time1") if row.beside == "cca" else 0,
        wide_states=words.value("mamba_ssm_dtype") == "float32",
        streams=words.number("hc_mult"),
        choosing=words.number("attn_res_block_size"),
        layer_input=words.number("hidden_size_per_layer_input"),
        layer_vocab=words.number("vocab_size_per_layer_input", "vocab_size"),
        positions=words.needed("max_position_embeddings") + row.spare_positions if row.positions else 0,
        embedding=_embedding(words),
        token_types=words.number("type_vocab_size"),
        buckets=words.number("relative_attention_num_buckets"),
        relative=words.needed("d_rel") if row.relative != "none" else 0,
        reach=words.needed("rel_extent") if row.relative != "none" else 0,
        norm_rank=words.number("gated_norm_rank"),
        stream_rank=words.number("hc_lowrank"),
        ngram=_ngram(words),
        ranks=_ranks(words, row),
        altup=words.number("altup_num_inputs"),
        altup_scaled=words.flag("altup_correct_scale", True),
        laurel=words.number("laurel_rank"),
        adapter=words.number("adapter_rank"),
        adapted=words.flag("use_shared_attention_adapter"),
        head=_head(words, row),
        labels=words.number("labels") if words.value("head") == "labels" else 0,
    )
    _check(words, row, shape)
    return shape


def _taps(words: Words, row: Blocks) -> int:
    if row.beside == "cca":
        return words.needed("cca_time0")
    return words.needed("conv_L_cache") if "short_conv" in row.linear or row.beside == "tapped" else 0


def _indexer(words: Words) -> Indexer:
    return Indexer(
        heads=words.number("index_n_heads"),
        head_dim=words.number("index_head_dim"),
        chosen=words.number("index_topk"),
        pool=words.number("index_kpool"),
    )


def _ngram(words: Words) -> Ngram:
    if not words.figures("ple_layer_ids"):
        return Ngram()
    width = words.number("ple_embed_dim") or words.needed("hidden_size")
    return Ngram(width, ngram_heads(words), words.needed("ple_conv_kernel_size"))


def _ranks(words: Words, row: Blocks) -> Ranks:
    if row.linear == "rwkv6":
        return Ranks(decay=words.needed("decay_low_rank_dim"), lerp=words.needed("lerp_low_rank_dim"))
    if row.linear != "rwkv7":
        return Ranks()
    return Ranks(
        decay=words.needed("decay_low_rank_dim"),
        rate=words.needed("a_low_rank_dim"),
        value=words.needed("v_low_rank_dim"),
        gate=words.needed("gate_low_rank_dim"),
    )


def _embedding(words: Words) -> int:
    """Width of the token embedding where it is not the stream's."""
    width = words.number("embedding_size")
    return 0 if width == words.number("hidden_size") else width


def _head(words: Words, row: Blocks) -> Head:
    """What stands behind the last layer; of an encoder, what its base model has, where nothing is said."""
    said = words.value("head")
    if said in ("none", "yes_or_no", "labels"):
        return "none" if said == "none" else "labels" if said == "labels" else "yes_or_no"
    if not row.encoder:
        return "masked" if row.dense_head else "answers"
    if said == "masked":
        return "masked"
    return "pooled" if row.pooler else "none"


def _blocks(words: Words, row: Blocks) -> Blocks:
    """A row with what the words say of biases and norms."""
    asked = words.flag("attention_bias", words.flag("use_bias"))
    bias = row.qkv_bias or asked
    narrow = row.norms == "both" and not words.flag("use_post_norm", True)
    shared = row.norms == "pre" and words.number("num_ln_in_parallel_attn") == 1
    return replace(
        row,
        encoder=row.encoder or words.flag("use_bidirectional_attention"),
        qkv_bias=bias,
        output_bias=words.flag("attention_out_bias", bias and row.output_bias) or row.own_output_bias,
        qk_norm=row.qk_norm if words.flag("use_qk_norm", True) else "none",
        norms="pre" if narrow else "parallel" if shared else row.norms,
        final_norm=words.flag("final_norm", row.final_norm),
        norm_bias=words.flag("norm_bias", row.norm_bias),
        gate=row.gate if words.flag("use_attention_gate", True) else "none",
        feed_forward_bias=row.feed_forward_bias or words.flag("use_bias") or words.flag("mlp_bias"),
        head_bias=row.head_bias or words.flag("lm_head_bias"),
        ssm_norm=words.flag("mamba_rms_norm", row.ssm_norm),
        convolution_bias=words.flag("conv_bias"),
    )


def _experts(words: Words, row: Blocks) -> Experts:
    """The experts of layers that have them, which Jamba calls one where it has none. Raises WordError."""
    count = words.number("num_experts")
    least = 2 if row.linear == "mamba" or row.experts == "none" else 1
    if count < least or not words.flag("enable_moe_block", True):
        return _no_experts(words)
    used = words.number("num_experts_per_tok")
    if not used:
        raise WordError("num_experts_per_tok", "a model with experts needs num_experts_per_tok, such as 8")
    if used > count:
        raise WordError("num_experts_per_tok", f"num_experts_per_tok {used} exceeds the {count} experts")
    own = "moe_intermediate_size" in words.unsaid
    width = words.needed("moe_intermediate_size") if own else words.number("moe_intermediate_size", "intermediate_size")
    shared = words.number("shared_expert_intermediate_size", "shared_intermediate_size")
    shared = shared or words.number("n_shared_experts") * width
    return Experts(
        count=count,
        used=used,
        width=width,
        hidden=words.number("moe_latent_size", "hidden_size"),
        router=words.needed("router_hidden_size") if row.deep_router else 0,
        normed=words.flag("latent_moe_use_norm"),
        shared=shared or (width if row.one_shared else 0),
        idle=words.number("zero_expert_num"),
        seeing=words.number("vision_moe_intermediate_size"),
    )


def _no_experts(words: Words) -> Experts:
    """None routed; Granite's dense models are built of the shared one that is left."""
    return Experts(shared=words.number("shared_intermediate_size"))


def _latent(words: Words, row: Blocks) -> Latent:
    if row.attention in ("attention", "mixture", "shared", "none"):
        return Latent()
    if row.attention == "compressed":
        return Latent(
            query_rank=words.needed("q_lora_rank"),
            groups=words.needed("o_groups"),
            group_rank=words.needed("o_lora_rank"),
        )
    rope = "qk_rope_head_dim"  # none, where layers that keep a state tell positions
    return Latent(
        query_rank=words.number("q_lora_rank"),
        rank=words.needed("kv_lora_rank"),
        nope=words.needed("qk_nope_head_dim"),
        rope=words.number(rope) if words.value(rope) == 0 and row.linear == "kda" else words.needed(rope),
        value=words.number("v_head_dim") or words.needed("hidden_size") // words.needed("num_attention_heads"),
        gated=words.flag("mla_use_output_gate"),
    )


def _delta(words: Words, row: Blocks) -> DeltaNet:
    if row.linear == "mlstm":
        heads = words.needed("num_attention_heads")
        key_dim, value_dim = words.needed("linear_key_head_dim"), words.needed("linear_value_head_dim")
        return DeltaNet(heads, key_dim, heads, value_dim)
    if row.linear != "delta_net":
        return DeltaNet()
    heads = words.number("num_attention_heads")
    if row.apart and heads:  # OLMo's, which need not say it
        keys = words.number("linear_num_key_heads") or heads
        key_dim = words.number("linear_key_head_dim") or int(0.75 * words.needed("hidden_size") / keys)
        value_heads, value_dim = words.number("linear_num_value_heads"), words.number("linear_value_head_dim")
        kernel = words.needed("linear_conv_kernel_dim")
        return DeltaNet(keys, key_dim, value_heads or heads, value_dim or 2 * key_dim, kernel)
    return DeltaNet(
        key_heads=words.needed("linear_num_key_heads"),
        key_dim=words.needed("linear_key_head_dim"),
        value_heads=words.needed("linear_num_value_heads"),
        value_dim=words.needed("linear_value_head_dim"),
        kernel=words.needed("linear_conv_kernel_dim"),
    )


def _kda(words: Words, row: Blocks) -> Kda:
    if row.linear != "kda":
        return Kda()
    stated = words.value("linear_attn_config")
    if isinstance(stated, LinearAttention):
        gate = stated.use_full_rank_gate or False
        return Kda(stated.num_heads, stated.head_dim, stated.short_conv_kernel_size, gate)
    heads = words.number("linear_num_heads") or words.needed("num_attention_heads")
    head_dim = words.number("linear_head_dim") or words.needed("head_dim")
    return Kda(heads, head_dim, words.needed("linear_conv_kernel_dim"), row.full_rank_gates, row.full_rank_gates)


def _space(words: Words, row: Blocks) -> StateSpace:
    """A Mamba mixer, whose width is said, or its heads' together, or so many times the stream's."""
    hidden, heads = words.needed("hidden_size"), words.number("mamba_n_heads")
    if row.linear in ("rwkv6", "rwkv7"):
        return StateSpace(inner=hidden, state=words.needed("head_dim"))
    if row.linear == "rwkv4":
        return StateSpace(inner=words.number("mamba_d_ssm") or hidden)
    if row.linear == "lru":
        inner, heads = words.number("mamba_d_ssm") or hidden, words.needed("num_attention_heads")
        return StateSpace(heads=heads, inner=inner, kernel=words.needed("mamba_d_conv"))
    if not {row.linear, row.beside} & {"mamba", "mamba2"}:
        return StateSpace()
    inner = words.number("mamba_d_ssm") or heads * words.number("mamba_d_head")
    return StateSpace(
        heads=heads,
        inner=inner or (words.number("mamba_expand") or 2) * hidden,
        state=words.needed("mamba_d_state"),
        groups=words.number("mamba_n_groups") or 1,
        kernel=words.needed("mamba_d_conv"),
        step_rank=words.number("mamba_dt_rank") or -(-hidden // 16),
        bias=words.flag("mamba_proj_bias"),
        convolution_bias=words.flag("mamba_conv_bias", True),
    )


# --- what cannot be ------------------------------------------------------------------------------------------------


def _check(words: Words, row: Blocks, shape: Shape) -> None:
    """Raise WordError for figures that no model of this type can have together."""
    heads, kv_heads = shape.heads, words.number("num_key_value_heads") or shape.heads
    if row.attention not in ("latent", "none") and heads % kv_heads:
        raise WordError(
            "num_attention_heads",
            f"num_attention_heads {heads} is not a multiple of num_key_value_heads {kv_heads}; "
            "check both against config.json",
        )
    unequal = row.attention not in ("latent", "none") and shape.hidden % heads and not _rounds(words)
    if unequal and not words.number("head_dim"):
        raise WordError("hidden_size", "hidden_size is not a multiple of num_attention_heads; give head_dim")
    if row.square_output and any(kind.heads * kind.head_dim != shape.hidden for kind in shape.layers):
        raise WordError("head_dim", f"heads of a {shape.model_type} are together as wide as hidden_size; check both")
    if words.flag("use_bias") and row.experts != "none":
        raise WordError("use_bias", "biases beside experts are not known yet")
    if words.flag("attention_bias") and row.alone:
        raise WordError("attention_bias", "biases of this model are not known yet")
    if row.experts == "none" and shape.experts.count:
        raise WordError("num_experts", f"a {shape.model_type} has no experts")
    if any(kind.feed_forward == "dense" and not kind.width for kind in shape.layers):
        raise WordError("intermediate_size", "intermediate_size is missing; give a whole number, such as 14336")
    _check_lists(words, len(shape.layers))


def _rounds(words: Words) -> bool:
    """Whether heads are said to share the width unevenly by transformers' own class, which rounds down."""
    hidden, heads = words.unsaid.get("hidden_size"), words.unsaid.get("num_attention_heads")
    return isinstance(hidden, int) and isinstance(heads, int) and hidden % heads > 0


_EVERY_LAYER: Final = (
    "num_attention_heads_per_layer",
    "block_configs",
    "compress_ratios",
    "kv_source_layers",
    "no_rope_layers",
)


def _check_lists(words: Words, layers: int) -> None:
    """Raise WordError for a list that does not reach all layers."""
    for key in _EVERY_LAYER:
        listed = words.each(key)
        if listed and len(listed) < layers:
            raise WordError(key, f"{key} has {len(listed)} entries for {layers} layers")
