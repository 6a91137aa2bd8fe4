"""Which kind is each layer? What a model's words say once, by period or layer by layer, as one ``LayerKind`` a layer.

Layers beyond the last are the published multi-token-prediction layers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final, NamedTuple, TypeVar

from sizing.anatomy.architectures import CHOSEN_RATIO, Blocks, Mixer
from sizing.anatomy.blocks.ngram import rows
from sizing.anatomy.dialect.words import WordError, Words
from sizing.anatomy.shape import FeedForward, Latent, LayerKind
from sizing.facts.entries.architecture import BlockConfig, LayerConfig, LinearAttention

# Where windows are not listed, every so many layers the last one sees all; of these types the first does,
_FIRST: Final = frozenset({"cwm", "modernbert-decoder", "laguna", "smallthinker", "step3p5", "step3p7"})
# of these the very first layer too,
_VERY_FIRST: Final = frozenset({"mimo_v2_flash"})
# of these the very last,
_VERY_LAST: Final = frozenset({"beam", "gemma4_text", "muse_glimmer_text"})
# and of these the first ones, without experts, all do, and counting begins behind them.
_BEHIND_DENSE: Final = frozenset({"cohere2_moe"})
# Of these, every so many layers one does not rotate.
_UNROTATED: Final = frozenset({"mistral_large4_text"})
# The layers that predict further tokens have no experts, though the last layers do.
_DENSE_BEYOND: Final = frozenset({"exaone_moe"})
# The layers with experts have the indexers.
_INDEXED_BESIDE_EXPERTS: Final = frozenset({"minimax_m3"})

_LETTERS: Final = {"M": "mamba", "*": "attention", "-": "mlp", "E": "moe"}
_LINEAR: Final = ("linear_attention", "mamba", "conv")
_ALONE: Final = ("mlp", "moe")
_SLIDING: Final = ("sliding_attention", "chunked_attention")

T = TypeVar("T")


class _Told(NamedTuple):
    """What the words tell of one layer."""

    name: str  # what config.json calls it
    owner: bool
    first: bool
    beyond: bool  # an MTP layer
    window: int
    sparse: bool  # with experts
    indexed: bool
    heads: int  # 0 where it has as many as the others
    ratio: int
    rotates: bool
    shares: bool  # the keys of an earlier layer
    hashed: bool
    own: LayerConfig | None
    block: BlockConfig | None
    ngram_rows: int


def layer_kinds(words: Words, row: Blocks, type_: str, experts: int) -> tuple[tuple[LayerKind, ...], int]:
    """The kind of each layer, MTP layers last, and how many of them are no MTP layers. Raises WordError."""
    layers = words.needed("num_hidden_layers") * row.sublayers
    count = layers + words.number("num_nextn_predict_layers")
    names = _names(words, row, layers)
    sparse = _sparse(words, names, count) if experts else [False] * count
    last = layers if type_ in _DENSE_BEYOND else count
    sparse = [flag and i % row.sublayers == 0 and i < last for i, flag in enumerate(sparse)]
    told = list(
        zip(
            [*names, *["attention"] * (count - layers)],
            _owners(words, row, names, count),
            (i == 0 and _first_differs(row) for i in range(count)),
            (i >= layers for i in range(count)),
            _windows(words, type_, layers, count),
            sparse,
            _indexed(words, sparse if type_ in _INDEXED_BESIDE_EXPERTS else [], count),
            _listed(words.figures("num_attention_heads_per_layer"), count, 0),
            _listed(_ratios(words, row, layers), count, 0),
            _rotating(words, type_, count),
            _sharing(words, layers, count),
            (i < words.number("num_hash_layers") for i in range(count)),
            _overrides(words, count),
            _listed([block for block in words.each("block_configs") if isinstance(block, BlockConfig)], count, None),
            _ngram_rows(words, count),
            strict=True,
        )
    )
    kinds = {one: _kind(words, row, _Told(*one)) for one in set(told)}
    return tuple(kinds[one] for one in told), layers


def _first_differs(row: Blocks) -> bool:
    return row.first_unnormed or row.linear == "rwkv7" or row.deep_router or row.relative == "clipped"


def _listed(values: Sequence[T], count: int, otherwise: T) -> list[T]:
    """One value a layer, with ``otherwise`` for those that the list does not reach."""
    return [*values[:count], *[otherwise] * (count - len(values))]


def _names(words: Words, row: Blocks, layers: int) -> list[str]:
    """What config.json calls each layer, however it says it; those that look at images too. Raises WordError."""
    crossed = words.figures("cross_attention_layers")
    return ["cross" if i in crossed else name for i, name in enumerate(_own_names(words, row, layers))]


def _own_names(words: Words, row: Blocks, layers: int) -> list[str]:
    for key in ("layer_types", "layers_block_type", "hybrid_override_pattern"):
        named = words.value(key)
        if isinstance(named, (str, tuple, list)) and named:
            if len(named) != layers:
                raise WordError(key, f"{key} has {len(named)} entries for {layers} layers")
            return [_LETTERS.get(str(name), str(name)) for name in named]
    attends = _attends(words, row, layers)
    return ["attention" if i in attends else "linear_attention" for i in range(layers)]


def _attends(words: Words, row: Blocks, layers: int) -> Collection[int]:
    """The layers that attend, where no list names each."""
    linear = words.value("linear_attn_config")
    if isinstance(linear, LinearAttention) and linear.full_attn_layers is not None:
        return {layer - 1 for layer in linear.full_attn_layers}
    if listed := words.figures("full_attn_idxs"):
        return set(listed)
    if period := words.number("attn_layer_period"):
        return range(words.number("attn_layer_offset"), layers, period)
    if row.linear == "delta_net":
        every = words.needed("full_attention_interval")
        # OLMo's have one that attends, however few they are.
        return range((min(every, layers) if row.apart else every) - 1, layers, every)
    if row.linear == "kda" and (every := words.number("full_attention_interval")):
        return range(every - 1, layers, every)
    if row.linear == "kda":
        return range(4, layers, 4)
    if row.linear == "lightning":
        return range(0, layers, 2)
    return range(0 if row.attention == "none" or row.linear == "mamba2" else layers)


def _windows(words: Words, type_: str, layers: int, count: int) -> list[int]:
    """How many tokens each layer sees; 0 for all."""
    window = words.number("sliding_window", "attention_chunk_size")
    if not window or not words.flag("use_sliding_window", True):
        return [0] * count
    listed = [window if kind in _SLIDING else 0 for kind in words.each("layer_types")]
    full = _seeing_all(words, type_, layers, count)
    return [*listed, *(0 if i in full else window for i in range(len(listed), count))]


def _seeing_all(words: Words, type_: str, layers: int, count: int) -> set[int]:
    """The layers that see all, where no list says it."""
    dense = words.number("first_k_dense_replace") if type_ in _BEHIND_DENSE else 0
    every = words.number("sliding_window_pattern")
    full = set(range(min(dense, count)))
    if every:
        full |= set(range(dense + (0 if type_ in _FIRST else every - 1), count, every))
    if type_ in _VERY_FIRST:
        full.add(0)
    if type_ in _VERY_LAST:
        full.add(layers - 1)
    if "max_window_layers" in words.unsaid:
        full |= set(range(min(words.number("max_window_layers"), count)))
    return full


def _sparse(words: Words, names: Sequence[str], count: int) -> list[bool]:
    """Which layers have experts."""
    if period := words.number("expert_layer_period"):
        offset = words.number("expert_layer_offset")
        return [i % period == offset for i in range(count)]
    step, first = words.number("decoder_sparse_step") or 1, words.number("first_k_dense_replace")
    plain = words.figures("mlp_only_layers")
    asked = words.flag("enable_moe_block", True)
    ruled = [asked and i >= first and i not in plain and (i + 1) % step == 0 for i in range(count)]
    return [name == "moe" if name in _ALONE else rule for name, rule in zip_longest(names, ruled)]


def _indexed(words: Words, beside: Sequence[bool], count: int) -> Sequence[bool]:
    """Which layers have an indexer of their own; those ``beside`` what it stands beside, if anything."""
    if not words.number("index_n_heads"):
        return [False] * count
    if beside:
        return beside
    listed = [kind == "full" for kind in words.each("indexer_types")[:count]]
    first, every = words.number("index_skip_topk_offset"), words.number("index_topk_freq") or 1
    ruled = (i < first or (i - first + 1) % every == 0 for i in range(len(listed), count))
    return [*listed, *ruled]


def _ratios(words: Words, row: Blocks, layers: int) -> tuple[int, ...]:
    """How many tokens a compressed entry of each layer stands for; unsaid, as DeepSeek V4 Pro has them."""
    if row.attention != "compressed":
        return ()
    return words.figures("compress_ratios") or tuple(4 if i > 2 and i % 2 else 128 for i in range(layers))


def _rotating(words: Words, type_: str, count: int) -> list[bool]:
    """Which layers rotate queries and keys: a flag for each, or every so many one that does not."""
    if type_ not in _UNROTATED:
        return [True] * count
    every = words.number("no_rope_layer_interval") or 4
    listed = [bool(flag) for flag in words.figures("no_rope_layers")[:count]]
    return [*listed, *((i + 1) % every > 0 for i in range(len(listed), count))]


def _sharing(words: Words, layers: int, count: int) -> list[bool]:
    """Which layers attend to the keys of an earlier one: the last ones, or those of which a list says so."""
    first = layers - words.number("num_kv_shared_layers")
    sources = words.figures("kv_source_layers")
    return [first <= i < layers or (i < len(sources) and sources[i] != i) for i in range(count)]


def _owners(words: Words, row: Blocks, names: Sequence[str], count: int) -> list[bool]:
    """Which layers hold a block that others run too: the first of them."""
    found, left = [False] * count, (words.number("num_mem_blocks") or 1) if row.attention == "shared" else 0
    for i, name in enumerate(names):
        found[i] = left > 0 and name not in _LINEAR
        left -= found[i]
    return found


def ngram_heads(words: Words) -> int:
    """Rows that a token looks up in an embedding of the last few tokens."""
    return (words.needed("ngram_size") - 1) * words.needed("heads_per_ngram")


_MOST_TABLES: Final = 1024  # of all layers together, each as long as a prime that must be found


def _ngram_rows(words: Words, count: int) -> list[int]:
    """Rows of each layer's embedding of the last few tokens; layers that have one are counted from 1."""
    layers = sorted(set(words.figures("ple_layer_ids")))
    if not layers:
        return [0] * count
    base, multiple = words.needed("ngram_vocab_size_base"), words.number("make_ngram_vocab_size_divisible_by") or 1
    heads = ngram_heads(words)
    if heads * len(layers) > _MOST_TABLES:
        raise WordError("heads_per_ngram", f"{heads * len(layers):,} tables are more than any model has; check it")
    return [rows(base, heads, layers.index(i), multiple) if i in layers else 0 for i in range(1, count + 1)]


def _overrides(words: Words, count: int) -> list[LayerConfig | None]:
    """What single layers have otherwise."""
    listed = words.value("per_layer_config")
    if not isinstance(listed, Mapping):
        return [None] * count
    return [own if isinstance(own := listed.get(str(i)), LayerConfig) else None for i in range(count)]


def _kind(words: Words, row: Blocks, told: _Told) -> LayerKind:
    """The kind of a layer of which this is told."""
    slides = told.window > 0
    heads, kv_heads, head_dim, value_dim = _heads(words, row, told)
    mixer = _mixer(words, row, told.name)
    indexed = told.indexed and mixer == row.attention and not (slides and mixer == "latent")
    values_apart = not (words.flag("attention_k_eq_v") and not slides)
    found = LayerKind(
        mixer=mixer,
        feed_forward=_feed_forward(row, mixer, told),
        window=told.window,
        # Of compressed attention, the layers that keep many entries choose among them.
        indexer=told.ratio == CHOSEN_RATIO if row.attention == "compressed" else indexed,
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        value_dim=value_dim,
        width=_width(words, row, told),
        owner=told.owner,
        first=told.first,
        own_keys=not told.shares,
        own_values=not told.shares and values_apart,
        sinks=row.sinks and (slides or not row.sinks_slide),
        latent=_latent(words) if slides and mixer == "latent" else None,
        rotates=told.rotates,
        beside=row.linear if mixer == "shared" else row.beside,
        ratio=told.ratio,
        hashed=told.hashed,
        ngram_rows=told.ngram_rows,
    )
    return found if told.block is None else _of_block(words.needed("hidden_size"), found, told.block)


def _latent(words: Words) -> Latent | None:
    """That of a sliding layer, where its words are its own."""
    if not words.number("swa_kv_lora_rank"):
        return None
    return Latent(
        query_rank=words.needed("swa_q_lora_rank"),
        rank=words.needed("swa_kv_lora_rank"),
        nope=words.needed("swa_qk_nope_head_dim"),
        rope=words.needed("swa_qk_rope_head_dim"),
        value=words.needed("swa_v_head_dim"),
    )


def _mixer(words: Words, row: Blocks, name: str) -> Mixer:
    if name in _LINEAR:
        if row.linear == "none":
            other = f"a {words.model_type} has no linear_num_value_heads, nor other words of such layers"
            raise WordError("layer_types", f"layer_types has {name}, and {other}")
        return row.linear
    if name == "cross":
        return "cross"
    return "none" if name in _ALONE else row.attention


def _feed_forward(row: Blocks, mixer: Mixer, told: _Told) -> FeedForward:
    if row.alone and mixer != "none" and not told.beyond:
        return "none"
    if not told.sparse:
        return "dense"
    kinds: dict[str, FeedForward] = {
        "none": "experts", "normed": "dense_and_experts", "plain": "dense_beside_experts"
    }  # fmt: skip
    return kinds[row.beside_dense]


def query_heads(words: Words, row: Blocks) -> int:
    """Query heads of a layer that says nothing else; 1 where no layer has any. Raises WordError."""
    if row.attention == "mixture":
        return words.needed("num_key_value_heads") * words.needed("num_experts_per_tok")
    return 1 if row.attention == "none" else words.needed("num_attention_heads")


def _heads(words: Words, row: Blocks, told: _Told) -> tuple[int, int, int, int]:
    """Query heads, key heads, and elements of a key and of a value."""
    usual = query_heads(words, row)
    heads = told.heads or usual
    kv_heads = words.number("num_key_value_heads") or usual
    head_dim = words.number("head_dim") if row.attention != "latent" else 0
    wide = 2 if row.attention == "shared" else 1
    head_dim = head_dim or wide * words.needed("hidden_size") // usual
    value = words.number("v_head_dim") or head_dim
    if told.window:
        heads = words.number("num_sliding_attention_heads") or heads
        kv_heads = words.number("swa_num_key_value_heads") or kv_heads * (2 if row.sinks_slide else 1)
        head_dim = words.number("swa_head_dim") or head_dim
        value = words.number("swa_v_head_dim", "v_head_dim") or head_dim
    else:
        if words.flag("attention_k_eq_v"):
            kv_heads = words.number("num_global_key_value_heads") or kv_heads
        head_dim, value = (words.number("global_head_dim") or one for one in (head_dim, value))
    if own := told.own:
        heads, kv_heads = own.num_attention_heads or heads, own.num_key_value_heads or kv_heads
        head_dim, value = own.head_dim or head_dim, own.head_dim or value
    return heads, kv_heads, head_dim, value


def _width(words: Words, row: Blocks, told: _Told) -> int:
    """Width of the dense feed-forward block; LFM2's follows from the number that its config.json gives."""
    width = words.number("dense_intermediate_size", "shared_intermediate_size", "intermediate_size")
    width = width or words.needed("hidden_size") * (words.number("expansion_ratio") or row.expansion)
    if row.linear == "lru":
        width //= 2  # RecurrentGemma's word is the width of both
    if told.own and told.own.intermediate_size:
        width = told.own.intermediate_size
    if words.flag("block_auto_adjust_ff_dim"):
        multiple, factor = words.number("block_multiple_of") or 256, words.value("block_ffn_dim_multiplier")
        width = int((factor if isinstance(factor, float | int) else 1.0) * int(2 * width / 3))
        width = -(-width // multiple) * multiple
    return width * (2 if told.shares and words.flag("use_double_wide_mlp") else 1)


def _of_block(hidden: int, layer: LayerKind, block: BlockConfig) -> LayerKind:
    """A layer as its entry of block_configs says (NVIDIA's DeciLM; llama.cpp conversion/deci.py rounds the same)."""
    if group := block.attention.n_heads_in_group:
        layer = replace(layer, kv_heads=layer.heads // group)
    else:
        layer = replace(layer, mixer="projection" if block.attention.replace_with_linear else "none")
    if not block.ffn.ffn_mult:
        return replace(layer, feed_forward="none")
    return replace(layer, width=-(-int(2 * block.ffn.ffn_mult * hidden / 3) // 256) * 256)
