"""What does a config.json say in the words that the catalog accepts? The same facts, where models say them otherwise.

Some list for each layer what one number says, some nest what others write flat, and many write 0, "" or null where
they have none of a thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sizing.anatomy.dialect.defaults import unsaid
from sizing.anatomy.dialect.families import own_words
from sizing.anatomy.dialect.synonyms import BLOCKS, LAYERS, Words, renamed
from sizing.anatomy.dialect.words import WordError, plausible


def canonical(config: Mapping[str, object]) -> Words:
    """``config`` in the words that the catalog uses. Raises WordError for what has no such word."""
    words, torn = renamed(config)
    for one, other in torn:
        raise WordError(one, f"{config[one]!r}, and {other} {config[other]!r}; a config.json says it once")
    plausible(words)
    words = own_words(words)
    for key, translate in _TRANSLATED.items():
        if words.get(key):
            value = words.pop(key)
            found = translate(value, words)
            # What a config.json says in both words, it says the same.
            words = {**found, **{k: v for k, v in words.items() if v or v is False or k not in found}}
    if words["model_type"] in _TWO_MIXTURES:
        words |= _two_mixtures(words)
    for key, value in words.items():
        if isinstance(value, list) and key in _ONE_FOR_ALL:
            words[key] = _one(key, value)
    if words["model_type"] == "mimo_v2_flash" and words.get("sliding_window_size"):
        words["sliding_window"] = words["sliding_window_size"]  # saved again, the other counts the query too
    if words.get("use_sliding_window") is False:
        words.pop("sliding_window", None)
    end = words.get("moe_layer_end_index")
    end = end[0] if isinstance(end, list) and end else end  # of the experts for text, before those for images
    if isinstance(end, int) and end != -1 and end < _count(words) - 1:
        raise WordError("moe_layer_end_index", "last layers without experts are not known yet")
    if not unsaid(str(words["model_type"])).get("max_position_embeddings"):
        words.pop("max_position_embeddings", None)  # which matters where positions are learned
    return _without_nothing(words)


# Types with experts for text, and as many for images.
_TWO_MIXTURES: Final = ("ernie4_5_moe_vl", "ernie4_5_vl_moe_text")


def _two_mixtures(words: Words) -> Words:
    """ERNIE's width of an expert for text, and of one for images, which it lists together."""
    widths = words.get("moe_intermediate_size") or [1536, 512]
    if not isinstance(widths, list) or len(widths) != 2:
        raise WordError("moe_intermediate_size", f"{widths!r} is no list of two widths, such as [1536, 512]")
    return {"moe_intermediate_size": widths[0], "vision_moe_intermediate_size": widths[1]}


def _without_nothing(words: Words) -> Words:
    """What says none is left out, except where transformers would fill something in: there it stays, as 0 or false."""
    filled = unsaid(str(words["model_type"]))
    found: Words = {}
    for key, value in words.items():
        if value is False or value:
            found[key] = value
        elif isinstance(filled.get(key), bool):
            found[key] = False
        elif isinstance(filled.get(key), int):
            found[key] = 0
    return found


def _count(words: Words) -> int:
    """How many layers there are, as far as it is said."""
    value = words.get("num_hidden_layers")
    return value if isinstance(value, int) else 0


# Keys that may hold a number, or one for each layer.
_ONE_FOR_ALL: Final = (
    "moe_intermediate_size", "num_experts_per_tok", "n_shared_experts", "intermediate_size", "num_attention_heads",
    "num_key_value_heads", "head_dim", "sliding_window", "num_experts", "shared_expert_intermediate_size",
    "first_k_dense_replace", "decoder_sparse_step",
)  # fmt: skip


def _one(key: str, values: Sequence[Any]) -> Any:
    """The one value of a list of equal ones. Raises WordError."""
    if any(value != values[0] for value in values):
        raise WordError(key, f"layers of different sizes ({sorted(set(map(str, values)))}) are not known yet")
    return values[0] if values else 0


def _list(key: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WordError(key, f"{value!r} is no list; give one entry for each layer")
    return value


def _mapping(key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WordError(key, f"{value!r} is no mapping")
    return value


# --- which layers have experts -------------------------------------------------------------------------------------


def _dense_layers(flags: Sequence[Any]) -> Words:
    """Which layers have no experts, from a flag for each."""
    plain = [layer for layer, flag in enumerate(flags) if not flag]
    first = plain == list(range(len(plain)))
    return {"first_k_dense_replace": len(plain) if first else 0, "mlp_only_layers": [] if first else plain}


def _frequency(value: Any, words: Words) -> Words:
    if isinstance(value, list):
        return _dense_layers(value[: _count(words) or None])
    return {} if value == 1 else {"decoder_sparse_step": value}


_FEED_FORWARD: Final = ("dense", "sparse", "moe", "hash_moe")


def _kinds(value: Any, words: Words) -> Words:
    """dense or sparse for each layer; DeepSeek V4 says moe, and hash_moe where the first ones look experts up."""
    kinds = _list("mlp_layer_types", value)[: _count(words) or None]
    if strange := set(map(str, kinds)) - set(_FEED_FORWARD):
        raise WordError("mlp_layer_types", f"{', '.join(sorted(strange))}: not known; known are dense and sparse")
    hashed = kinds.count("hash_moe")
    if kinds[:hashed] != ["hash_moe"] * hashed:
        raise WordError("mlp_layer_types", "a layer that looks its experts up behind one that does not is not known")
    found: Words = {"num_hash_layers": hashed} if {"moe", "hash_moe"} & set(kinds) else {}
    if words.get("mlp_only_layers") is not None or words.get("first_k_dense_replace") is not None:
        return found
    return found | (_dense_layers([kind != "dense" for kind in kinds]) if "dense" in kinds or not found else {})


def _enumerated(value: Any, words: Words) -> Words:
    """The layers with experts, as a list or as text."""
    try:
        chosen = {int(i) for i in (value.split(",") if isinstance(value, str) else value)}
    except (TypeError, ValueError):
        raise WordError("moe_layers_enum", f"{value!r} is no list of layers") from None
    return _dense_layers([layer in chosen for layer in range(_count(words))])


# --- what each layer is --------------------------------------------------------------------------------------------


def _layer_types(value: Any, words: Words) -> Words:
    """The kinds of layers in the catalog's words; some list their MTP layers too."""
    kinds = [LAYERS.get(str(kind), str(kind)) for kind in _list("layer_types", value)[: _count(words) or None]]
    if (
        words["model_type"] in ("minimax_m3", "minimax_m3_vl", "minimax_m3_vl_text")
        and "minimax_m3_sparse" not in value
    ):
        words["index_n_heads"] = 0
    if _COMPRESSED & set(kinds):
        return _ratios(kinds, words.pop("compress_rates", None) or {})
    if {"moe", "mlp"} & set(kinds):
        return _blocks_in_words(kinds, words)
    return {"layer_types": kinds}


_COMPRESSED: Final = frozenset({"compressed_sparse_attention", "heavily_compressed_attention"})


def _ratios(kinds: Sequence[str], rates: Any) -> Words:
    """DeepSeek V4's layers, by how many tokens an entry stands for."""
    known = {"compressed_sparse_attention": 4, "heavily_compressed_attention": 128, **_mapping("compress_rates", rates)}
    return {"compress_ratios": [known.get(kind, 0) for kind in kinds]}


def _blocks_in_words(value: Any, words: Words) -> Words:
    """Nemotron's layers, each of which is one block; listed, they need no count."""
    kinds = [BLOCKS.get(str(kind), str(kind)) for kind in _list("layers_block_type", value)]
    if set(kinds) == {"hybrid"}:
        return {}  # Falcon H1's, which are all alike
    return {"layers_block_type": kinds, "num_hidden_layers": len(kinds)}


def _letters(value: Any, words: Words) -> Words:
    return {"hybrid_override_pattern": value, "num_hidden_layers": len(value) if isinstance(value, str) else 0}


def _slides(value: Any, words: Words) -> Words:
    flags = _list("hybrid_layer_pattern", value)
    return {"layer_types": ["sliding_attention" if flag else "full_attention" for flag in flags]}


def _pattern(value: Any, words: Words) -> Words:
    """EXAONE writes LLLG where others write 4."""
    return {"sliding_window_pattern": len(value) if isinstance(value, str) else value}


def _rotated(value: Any, words: Words) -> Words:
    """Llama 4's layers without rotation see all; what this word says of other models decides nothing."""
    if words["model_type"] == "mistral_large4_text":
        return {"no_rope_layers": _list("no_rope_layers", value)}
    if words["model_type"] != "llama4_text" or words.get("layer_types"):
        return {}
    return {
        "layer_types": ["chunked_attention" if flag else "full_attention" for flag in _list("no_rope_layers", value)]
    }


def _interval(value: Any, words: Words) -> Words:
    return {"no_rope_layer_interval": value} if words["model_type"] == "mistral_large4_text" else {}


def _attention_kinds(value: Any, words: Words) -> Words:
    """MiniMax's list of 0 for linear attention and 1 for full."""
    if _one("attn_type_list", _list("attn_type_list", value)) != 1:
        raise WordError("attn_type_list", "linear attention of this kind is not known yet")
    return {}


# --- what layers of one kind have of their own ---------------------------------------------------------------------


def _other_attention(value: Any, words: Words) -> Words:
    """Step 3.5's setting of its sliding layers."""
    own = _mapping("attention_other_setting", value)
    same = (words.get("num_key_value_heads"), words.get("head_dim"))
    if (own.get("num_attention_groups", same[0]), own.get("head_dim", same[1])) != same:
        raise WordError("attention_other_setting", "key heads of another number or size are not known yet")
    return {"num_sliding_attention_heads": own.get("num_attention_heads")}


_OF_A_LAYER: Final = frozenset({"head_dim", "num_attention_heads", "num_key_value_heads", "intermediate_size"})


def _per_layer(value: Any, words: Words) -> Words:
    """What transformers 5 lists for the layers that differ from the rest; the words of their kind say it no more."""
    listed = _mapping("per_layer_config", value)
    for layer, own in listed.items():
        if not str(layer).isdigit() or set(_mapping("per_layer_config", own)) - _OF_A_LAYER:
            strange = ", ".join(sorted(set(own) - _OF_A_LAYER)) if str(layer).isdigit() else layer
            raise WordError("per_layer_config", f"{strange}: not known, and may matter to the size")
    own_words = {str(int(layer)): dict(own) for layer, own in listed.items()}
    return {"per_layer_config": own_words, "global_head_dim": 0, "num_global_key_value_heads": 0}


def _sparse_attention(value: Any, words: Words) -> Words:
    """MiniMax M3's indexers, which stand beside experts."""
    own = _mapping("sparse_attention_config", value)
    flags = own.get("sparse_attention_freq")
    if flags is not None and _dense_layers(flags)["first_k_dense_replace"] != words.get("first_k_dense_replace"):
        raise WordError("sparse_attention_config", "indexers in layers without experts are not known yet")
    return {"index_n_heads": own.get("sparse_num_index_heads"), "index_head_dim": own.get("sparse_index_dim")}


def _index_pattern(value: Any, words: Words) -> Words:
    """GLM's F and S for layers that choose for themselves and layers that share."""
    letters = value if isinstance(value, str) else _list("index_topk_pattern", value)
    return {"indexer_types": ["full" if letter in ("F", "full") else "shared" for letter in letters]}


def _gating(value: Any, words: Words) -> Words:
    if value is not True and value != "per-head":
        raise WordError("gating", f"{value!r} is not known; known is a gate for each head")
    return {}


def _bias(value: Any, words: Words) -> Words:
    """InternLM's word for the biases of attention."""
    if words["model_type"] not in ("internlm", "internlm2"):
        raise WordError("bias", "not known, and may matter to the size; nothing is guessed")
    return {"attention_bias": value}


def _blocks(value: Any, words: Words) -> Words:
    """What decides the tensors of each block of NVIDIA's DeciLM; its other keys must be off."""
    blocks = [_mapping("block_configs", block) for block in _list("block_configs", value)]
    return {"block_configs": [{part: _deci(block.get(part)) for part in ("attention", "ffn")} for block in blocks]}


def _deci(block: Any) -> Words:
    own = _mapping("block_configs", block)
    known = {"n_heads_in_group", "ffn_mult", "no_op"} | (
        {"replace_with_linear"} if "n_heads_in_group" in own else set()
    )
    strange = [key for key, value in own.items() if key not in known and value]
    if strange:
        raise WordError("block_configs", f"{', '.join(strange)}: not known, and may matter to the size")
    return {key: value for key, value in own.items() if key != "no_op" and value}


# In this order: a later one may look at what an earlier one said.
_TRANSLATED: Final[Mapping[str, Callable[[Any, Words], Words]]] = {
    "hybrid_override_pattern": _letters,
    "layers_block_type": _blocks_in_words,
    "hybrid_layer_pattern": _slides,
    "no_rope_layers": _rotated,
    "layer_types": _layer_types,
    "moe_layer_freq": _frequency,
    "moe_layers_enum": _enumerated,
    "moe_layers": _enumerated,
    "mlp_layer_types": _kinds,
    "sliding_window_pattern": _pattern,
    "no_rope_layer_interval": _interval,
    "attn_type_list": _attention_kinds,
    "attention_other_setting": _other_attention,
    "per_layer_config": _per_layer,
    "sparse_attention_config": _sparse_attention,
    "index_topk_pattern": _index_pattern,
    "gating": _gating,
    "block_configs": _blocks,
    "bias": _bias,
}

# Words that are translated into others, beside those that the catalog accepts as they are.
UNDERSTOOD: Final = frozenset({*_TRANSLATED, "compress_rates", "moe_layer_end_index"})
