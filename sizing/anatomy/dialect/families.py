"""What do some families say in words of their own? A rule for each, which gives the same in the catalog's words.

A rule sees a config.json's words under their canonical names and returns those that stand for its own; ``READ`` says
which words each rule reads, so that whoever judges a file's words knows that these were understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect.defaults import declared
from sizing.anatomy.dialect.synonyms import Words
from sizing.anatomy.dialect.words import WordError

Rule = Callable[[Mapping[str, Any]], Words]


def own_words(words: Words) -> Words:
    """``words`` with those that only their model_type has said as others say them. Raises WordError."""
    type_ = str(words["model_type"])
    headed = _encoder if type_ in TABLE and TABLE[type_].encoder else _decoder
    words = {**words, **headed(words)}
    if type_ not in _RULES:
        return words
    read, rule = _RULES[type_]
    if type_ in _SAID_OTHERWISE and not read & set(words):
        return words  # an entry of the catalog, which says it in the catalog's words
    found = rule(words)
    return {**{word: value for word, value in words.items() if word not in read}, **found}


# Types whose own words mean the same figure otherwise than the catalog's, and are in every config.json of theirs.
_SAID_OTHERWISE: Final = ("chatglm", "neobert", "openelm", "qwen", "smallthinker")


def _encoder(words: Mapping[str, Any]) -> Words:
    """Which head its class has; and a code of its own may build it in a way of its own."""
    type_, positions = words["model_type"], words.get("position_embedding_type") or "absolute"
    gated = str(words.get("feed_forward_type")).endswith("glu")
    if type_ == "bert" and "jina-bert" in str(words.get("auto_map")) and positions == "alibi" and gated:
        found = _encoder({**words, "model_type": "jina_bert", "position_embedding_type": "absolute"})
        return found | {"model_type": "jina_bert", "use_qk_norm": "qk-post-norm" in str(words["auto_map"])}
    if positions != ("rope" if type_ in _ROTATED and positions == "rope" else "absolute"):
        raise WordError("position_embedding_type", f"{positions!r} is not known of a {type_}; known is absolute")
    if words.get("auto_map") and type_ in _BUILT_OTHERWISE:
        raise WordError("auto_map", f"this {type_} is built by code of its own, which is not known")
    if words.get("is_decoder"):
        raise WordError("is_decoder", f"a {type_} that decodes is not known")
    name = _class(words)
    if "ForSequenceClassification" in name:
        return _labels(words)
    if name.endswith(("ForMaskedLM", "ForCausalLM", "LMHeadModel")):
        return {"head": "masked"}
    if not name:
        return {}  # an entry of the catalog, which says it in a word of its own, or nothing at all
    if not name.endswith("Model"):
        raise WordError("architectures", f"the head of a {name} is not known")
    return {"head": "pooled"}


def _decoder(words: Mapping[str, Any]) -> Words:
    """The head of a class that does not answer: none for embedding a text, or a few labels' scores."""
    # true, and no word that says so of images alone; or said the other way round (gte-Qwen2)
    both = words.get("use_bidirectional_attention") is True or words.get("is_causal") is False
    found: Words = {"use_bidirectional_attention": both or None}
    name = _class(words)
    if name.endswith("ForSequenceClassification"):
        return found | _labels(words)
    if _OTHER_HEADS.search(name):
        raise WordError("architectures", f"the head of a {name} is not known")
    # transformers' own class; under a name of their own, others call a model that answers so (ChatGLMModel).
    if name.endswith("Model") and not name.endswith("LMHeadModel") and declared(words["model_type"]):
        found["head"] = "none"
    return found


_OTHER_HEADS: Final = re.compile(r"For(TokenClassification|QuestionAnswering|MultipleChoice|\w*RewardModel)$")


def _class(words: Mapping[str, Any]) -> str:
    """The class that a config.json says it is of."""
    return str((words.get("architectures") or [""])[0])


def _labels(words: Mapping[str, Any]) -> Words:
    listed = words.get("id2label")
    return {"head": "labels", "labels": len(listed) if isinstance(listed, dict) else words.get("labels", 2)}


# Encoders that say how they rotate.
_ROTATED: Final = ("gte", "new")
# Encoders under whose names others are published.
_BUILT_OTHERWISE: Final = ("bert", "roberta", "xlm-roberta")


def _nomic(words: Mapping[str, Any]) -> Words:
    """As published before transformers had it; the second has experts, biases, and no gates."""
    if every := words.get("moe_every_n_layers"):
        return {"model_type": "nomic_bert_moe", "decoder_sparse_step": every, "num_experts": words.get("num_experts")}
    for word in ("qkv_proj_bias", "mlp_fc1_bias", "mlp_fc2_bias", "prenorm", "use_rms_norm", "moe_every_n_layers"):
        if words.get(word):
            raise WordError(word, f"{words[word]!r} is not known of a nomic_bert")
    if words.get("num_experts", 0) and words.get("moe_every_n_layers") is None:
        raise WordError("num_experts", "experts of a nomic_bert are not known")
    return {}


def _falcon(words: Mapping[str, Any]) -> Words:
    """One key head, one a head, or as many as said; one norm before both blocks, or two."""
    new, heads = words.get("new_decoder_architecture", False), words.get("num_attention_heads", 71)
    kv_heads = words.get("num_key_value_heads") if new else 1 if words.get("multi_query", True) else heads
    two = (words.get("num_ln_in_parallel_attn") or 2) == 2 if new else not words.get("parallel_attn", True)
    if new and not words.get("parallel_attn", True):
        raise WordError("parallel_attn", "false beside new_decoder_architecture is not known")
    found: Words = {"num_key_value_heads": kv_heads or heads, "num_ln_in_parallel_attn": 2 if two else 1}
    return found | {"use_bias": bool(words.get("bias"))}


def _one_key_head(words: Mapping[str, Any]) -> Words:
    """StarCoder's: one key head where queries are many, whatever is said of key heads."""
    return {"num_key_value_heads": 1 if words.get("multi_query", True) else words.get("num_attention_heads", 12)}


def _mpt(words: Mapping[str, Any]) -> Words:
    own = words.get("attn_config") or {}
    if own.get("attn_type", "multihead_attention") != "multihead_attention" or own.get("qk_ln"):
        raise WordError("attn_config", "attention of another type than multihead_attention is not known")
    if words.get("expansion_ratio", 4) != 4:
        raise WordError("expansion_ratio", f"{words['expansion_ratio']}: transformers builds this model with 4 alone")
    if words.get("no_bias") is False:
        raise WordError("no_bias", "biases of this model are not known")
    return {}


def _dbrx(words: Mapping[str, Any]) -> Words:
    attention, experts = words.get("attn_config") or {}, words.get("ffn_config") or {}
    return {
        "num_key_value_heads": attention.get("kv_n_heads", 1),
        "moe_intermediate_size": experts.get("ffn_hidden_size", 3584),
        "num_experts": experts.get("moe_num_experts", 4),
        "num_experts_per_tok": experts.get("moe_top_k", 1),
    }


def _modern_decoder(words: Mapping[str, Any]) -> Words:
    """Its window is as wide before a token as behind it, where there is nothing."""
    window = words.get("local_attention")
    return {"sliding_window": window // 2} if isinstance(window, int) else {}


def _doge(words: Mapping[str, Any]) -> Words:
    """Experts are figures that count only where it says so."""
    if words.get("is_moe"):
        raise WordError("is_moe", "experts of this model are not known")
    return {"num_experts": 0}


def _gpt_neo(words: Mapping[str, Any]) -> Words:
    """Kinds of layers in groups: [[["global", "local"], 12]]."""
    listed = words.get("attention_types")
    if not listed:
        return {}
    kinds = [kind for group, times in listed for _ in range(times) for kind in group]
    return {"layer_types": ["sliding_attention" if kind == "local" else "full_attention" for kind in kinds]}


def _falcon_h1(words: Mapping[str, Any]) -> Words:
    if words.get("mamba_proj_bias"):
        raise WordError("mamba_proj_bias", "biases of this model's mixers are not known")
    return {}


def _gemma4(words: Mapping[str, Any]) -> Words:
    """Whatever is listed, the last layer sees all; and where single layers are told, nothing else tells them apart."""
    kinds = words.get("layer_types")
    found: Words = {"layer_types": [*kinds[:-1], "full_attention"]} if isinstance(kinds, list) and kinds else {}
    if "per_layer_config" in words:
        found |= {"global_head_dim": words.get("head_dim") or 256, "num_global_key_value_heads": None}
    return found


def _minimax_m3(words: Mapping[str, Any]) -> Words:
    """Indexers stand where a list of layers says so, and nowhere without one."""
    listed = words.get("layer_types") or words.get("sparse_attention_config")
    return {} if listed else {"index_n_heads": 0}


def _qwen4(words: Mapping[str, Any]) -> Words:
    if words.get("indexer_kv_heads") not in (None, 1):
        raise WordError("indexer_kv_heads", f"{words['indexer_kv_heads']} is not known; known is 1")
    return {}


def _rwkv6(words: Mapping[str, Any]) -> Words:
    """Widths that its code derives (RWKV's modeling_rwkv6.py; llama.cpp conversion/rwkv.py says the same)."""
    hidden = words.get("hidden_size") or 0
    inner = words.get("attention_hidden_size") or hidden
    if inner != hidden:
        raise WordError("attention_hidden_size", f"{inner} beside a hidden_size of {hidden} is not known of this model")
    wide = hidden == 4096
    return {
        "head_dim": words.get("head_size") or 64,
        "intermediate_size": words.get("intermediate_size") or int(hidden * 3.5) // 32 * 32,
        "decay_low_rank_dim": words.get("decay_low_rank_dim") or (128 if wide else 64),
        "lerp_low_rank_dim": words.get("lerp_low_rank_dim") or (64 if wide else 32),
    }


def _rwkv7(words: Mapping[str, Any]) -> Words:
    if words.get("attn") or words.get("norm_first") is False or words.get("hidden_ratio", 4) != 4:
        raise WordError("attn", "attention, another order of norms or another hidden_ratio than 4 is not known here")
    return {}


def _zamba(words: Mapping[str, Any]) -> Words:
    """Layers that run the shared block are hybrid; Zamba 2 may have several such blocks, by turns."""
    if words.get("add_bias_linear"):
        raise WordError("add_bias_linear", "biases of this model are not known")
    if words.get("tie_word_embeddings") is False:
        raise WordError("tie_word_embeddings", "false would copy the block that layers share; no published model is so")
    listed = words.get("layers_block_type")
    if not listed:
        return {}
    kinds = ["full_attention" if kind == "hybrid" else "linear_attention" for kind in listed]
    return {"layer_types": kinds, "num_hidden_layers": len(kinds)}


def _xlstm(words: Mapping[str, Any]) -> Words:
    """Widths as factors of the stream's, rounded up."""
    hidden, heads = words.get("hidden_size") or 4096, words.get("num_attention_heads") or 8
    if words.get("weight_mode", "single") not in ("single", "fused"):
        raise WordError("weight_mode", f"{words['weight_mode']!r} is not known")
    if words.get("use_bias"):
        raise WordError("use_bias", "biases of this model are not known")
    multiple = words.get("ffn_round_up_to_multiple_of") or 64
    return {
        "intermediate_size": _up(hidden * (words.get("ffn_proj_factor") or 2.667), multiple),
        "linear_key_head_dim": _up(hidden * (words.get("qk_dim_factor") or 0.5), 64) // heads,
        "linear_value_head_dim": _up(hidden * (words.get("v_dim_factor") or 1.0), 64) // heads,
        "num_attention_heads": heads,
    }


def _up(width: float, multiple: int) -> int:
    return int((width + multiple - 1) // multiple * multiple)


_OF_SLIDING: Final = (
    "num_attention_heads", "q_lora_rank", "kv_lora_rank", "head_dim", "qk_nope_head_dim", "qk_rope_head_dim",
    "v_head_dim",
)  # fmt: skip


def _dots3(words: Mapping[str, Any]) -> Words:
    """Sliding layers have a latent of their own, said of each or in words of theirs; others choose, unless told."""
    listed, kinds = words.get("per_layer_config"), words.get("layer_types") or []
    own = {word: words[f"swa_{word}"] for word in _OF_SLIDING if words.get(f"swa_{word}")}
    own |= {"num_attention_heads": heads} if (heads := words.get("num_sliding_attention_heads")) else {}
    if isinstance(listed, dict) and listed:
        told = list(listed.values())
        if any(one != told[0] or not isinstance(one, dict) for one in told):
            raise WordError("per_layer_config", "layers of several kinds are not known of this model")
        own = {word: told[0][word] for word in _OF_SLIDING if told[0].get(word)}
    if "head_dim" in own or "qk_nope_head_dim" in own:
        rest = own.get("head_dim", 256) - own.get("qk_nope_head_dim", 192)
        own.setdefault("qk_rope_head_dim", rest)
    own.pop("head_dim", None)
    found: Words = {f"swa_{word}": value for word, value in own.items() if word != "num_attention_heads"}
    if "num_attention_heads" in own:
        found["num_sliding_attention_heads"] = own["num_attention_heads"]
    asked = words.get("use_dsa", None if listed is not None else True)
    if asked is False or (asked is None and kinds and "indexed_attention" not in kinds):
        found["index_n_heads"] = 0
    shared = words.get("shared_expert_intermediate_size") or words.get("shared_experts_intermediate_size") or 1536
    return found | {"shared_expert_intermediate_size": shared * (words.get("n_shared_experts") or 1)}


def _inkling(words: Mapping[str, Any]) -> Words:
    """Where a dense width is said, the other is of the experts; windows may be told by the layers that have one."""
    found: Words = {}
    if words.get("dense_intermediate_size"):
        found["moe_intermediate_size"] = words.get("intermediate_size")
    local, layers = words.get("local_layer_ids"), words.get("num_hidden_layers") or 66
    if isinstance(local, list) and not words.get("layer_types"):
        found["layer_types"] = ["hybrid_sliding" if i in local else "hybrid" for i in range(layers)]
    return found


def _inkling2(words: Mapping[str, Any]) -> Words:
    """Its head answers with fewer tokens than its embedding has rows."""
    rows, answered = words.get("vocab_size") or 201024, words.get("unpadded_vocab_size") or 200058
    if answered > rows:
        raise WordError("unpadded_vocab_size", f"{answered:,} beside a vocab_size of {rows:,}; check both")
    return {"vocab_size": answered, "additional_vocab_size": rows - answered}


def _apertus(words: Mapping[str, Any]) -> Words:
    if words.get("post_norm") or words.get("qk_norm", True) is False:
        raise WordError("post_norm", "norms behind a block, or none on queries and keys, are not known of an apertus")
    return {}


def _bailing(words: Mapping[str, Any]) -> Words:
    """Ling 2.0 is published under the first one's name, too: its class, or its routers' biases, tell them apart."""
    second = "V2" in str(words.get("architectures")) or bool(words.get("moe_router_enable_expert_bias"))
    found: Words = {"use_qk_norm": words.get("use_qk_norm", second) is True}
    return found | ({"model_type": "bailing_moe_v2"} if second else {})


def _parallel(words: Mapping[str, Any]) -> Words:
    return {
        "num_ln_in_parallel_attn": 1 if words.get("use_parallel_residual") else words.get("num_ln_in_parallel_attn", 2)
    }


def _smallthinker(words: Mapping[str, Any]) -> Words:
    """A flag for each layer tells which slide; every layer has experts."""
    if words.get("moe_enable_secondary_experts"):
        raise WordError("moe_enable_secondary_experts", "a second mixture is not known of this model")
    listed = words.get("sliding_window_layout")
    kinds = ["sliding_attention" if flag else "full_attention" for flag in listed or []]
    return {"layer_types": kinds} if kinds else {"sliding_window": None}


def _openelm(words: Mapping[str, Any]) -> Words:
    """Layers of growing widths (Apple's configuration_openelm.py): heads for each, and factors of the stream's."""
    queries, keys, factors = (words.get(word) for word in ("num_query_heads", "num_key_value_heads", "ffn_multipliers"))
    layers, hidden = words.get("num_hidden_layers"), words.get("hidden_size")
    if not (isinstance(queries, list) and isinstance(keys, list) and isinstance(factors, list) and layers and hidden):
        raise WordError("num_query_heads", "missing, or no list for each layer; give a whole config.json")
    if not len(queries) == len(keys) == len(factors) == layers or words.get("ffn_with_glu") is False:
        raise WordError("ffn_multipliers", f"a list of another length than {layers} layers, or a block without gate")
    multiple = words.get("ffn_dim_divisor") or 1
    widths = [_divisible(factor * hidden, multiple) for factor in factors]
    tied = words.get("share_input_output_layers", True) is not False
    normed = words.get("normalize_qk_projections", False) is True
    return {**by_layer(queries, keys, widths), "tie_word_embeddings": tied, "use_qk_norm": normed}


def by_layer(queries: Sequence[int], keys: Sequence[int], widths: Sequence[int]) -> Words:
    """Layers that have their heads and their width each, in the catalog's words."""
    told = zip(queries, keys, widths, strict=True)
    return {
        "num_attention_heads": queries[0],
        "num_key_value_heads": keys[0],
        "intermediate_size": widths[0],
        "per_layer_config": {
            str(i): {"num_attention_heads": heads, "num_key_value_heads": kv_heads, "intermediate_size": width}
            for i, (heads, kv_heads, width) in enumerate(told)
        },
    }


def _divisible(width: float, multiple: int) -> int:
    """The nearest multiple, and never a tenth less than asked for (make_divisible there)."""
    found = max(multiple, int(width + multiple / 2) // multiple * multiple)
    return found + multiple if found < 0.9 * width else found


def _neobert(words: Mapping[str, Any]) -> Words:
    """Its gated blocks are two thirds as wide as it says, in steps of 8 (NeoBERT's model.py)."""
    width = words.get("intermediate_size")
    return {"intermediate_size": -(-int(2 * width / 3) // 8) * 8} if isinstance(width, int) else {}


def _nothing(words: Mapping[str, Any]) -> Words:
    return {}


def _recurrent_gemma(words: Mapping[str, Any]) -> Words:
    """A pattern of blocks, over and over; feed-forward blocks are half as wide as they say."""
    kinds = list(words.get("block_types") or ("recurrent", "recurrent", "attention"))
    layers = words.get("num_hidden_layers") or 26
    named = {"recurrent": "linear_attention", "attention": "sliding_attention"}
    if strange := set(kinds) - set(named):
        raise WordError("block_types", f"{', '.join(map(str, strange))}: not known")
    return {"layer_types": [named[kinds[i % len(kinds)]] for i in range(layers)]}


def _opt(words: Mapping[str, Any]) -> Words:
    """Without a norm before its blocks, or asked for, there is none behind the last either."""
    last = words.get("do_layer_norm_before", True) and not words.get("_remove_final_layer_norm")
    width, hidden = words.get("embedding_size"), words.get("hidden_size", 768)
    if words.get("layer_norm_elementwise_affine", True) is False:
        raise WordError("layer_norm_elementwise_affine", "norms without parameters are not known of this model")
    return {
        "final_norm": bool(last),
        "use_bias": words.get("enable_bias", True) is not False,
        "embedding_size": width if width and width != hidden else 0,
    }


def _chatglm(words: Mapping[str, Any]) -> Words:
    """ChatGLM2 and later, and GLM-4 before transformers had it."""
    if words.get("add_bias_linear"):
        raise WordError("add_bias_linear", "biases of this model are not known")
    for word in ("rmsnorm", "post_layer_norm"):
        if words.get(word, True) is False:
            raise WordError(word, "false is not known of this model")
    shared = words.get("multi_query_attention")
    groups = words.get("multi_query_group_num") if shared else words.get("num_attention_heads")
    return {"num_key_value_heads": groups, "attention_bias": words.get("add_qkv_bias", False) is True}


def _qwen(words: Mapping[str, Any]) -> Words:
    """The first Qwen: what it says of a feed-forward block's width are two projections together."""
    if words.get("no_bias", True) is False:
        raise WordError("no_bias", "biases of this model are not known")
    width = words.get("intermediate_size")
    return {"intermediate_size": width // 2} if isinstance(width, int) else {}


# By model_type: the words that a rule reads in place of those it gives, and the rule.
_MAMBA: Final[Mapping[str, str]] = {
    "d_inner": "mamba_d_ssm", "d_state": "mamba_d_state", "d_conv": "mamba_d_conv", "dt_rank": "mamba_dt_rank",
    "bias": "mamba_proj_bias", "conv_bias": "mamba_conv_bias",
}  # fmt: skip


def _mamba(words: Mapping[str, Any]) -> Words:
    """As its authors write it; where transformers' words are there too, it reads these alone."""
    if words.get("mamba_dt_rank") or words.get("mamba_d_state"):
        return {}
    found = {own: words[word] for word, own in _MAMBA.items() if words.get(word) not in (None, "auto")}
    rows, multiple = words.get("vocab_size"), words.get("pad_vocab_size_multiple")
    if found and isinstance(rows, int) and isinstance(multiple, int) and multiple > 0:
        found["vocab_size"] = -(-rows // multiple) * multiple
    return found


_RULES: Final[Mapping[str, tuple[frozenset[str], Rule]]] = {
    "apertus": (frozenset({"post_norm", "qk_norm"}), _apertus),
    "bailing_moe": (frozenset(), _bailing),
    "bailing_moe_v2": (frozenset(), _bailing),
    "chatglm": (
        frozenset(
            [
                "add_bias_linear",
                "rmsnorm",
                "post_layer_norm",
                "multi_query_attention",
                "multi_query_group_num",
                "add_qkv_bias",
            ]
        ),
        _chatglm,
    ),
    "deepseek_v32": (frozenset({"mlp_bias"}), _nothing),
    "dots3_note_text": (
        frozenset(
            {
                "mlp_bias",
                "per_layer_config",
                "shared_experts_intermediate_size",
                "swa_num_key_value_heads",
                "use_dsa",
                *(f"swa_{word}" for word in _OF_SLIDING),
            }
        ),
        _dots3,
    ),
    "inkling_text": (frozenset({"local_layer_ids", "mtp_local_layer_ids", "unpadded_vocab_size"}), _inkling),
    "inkling2_text": (frozenset({"unpadded_vocab_size"}), _inkling2),
    "dbrx": (frozenset({"attn_config", "ffn_config"}), _dbrx),
    "doge": (frozenset({"is_moe"}), _doge),
    "falcon": (
        frozenset({"new_decoder_architecture", "multi_query", "parallel_attn", "bias", "alibi"}),
        _falcon,
    ),
    "falcon_h1": (frozenset(), _falcon_h1),
    "gemma4_text": (frozenset(), _gemma4),
    "gemma4_unified_text": (frozenset(), _gemma4),
    "glm_moe_dsa": (frozenset({"mlp_bias"}), _nothing),
    "gpt_bigcode": (frozenset({"multi_query"}), _one_key_head),
    "gpt_neo": (frozenset({"attention_types", "attention_layers"}), _gpt_neo),
    "gpt_neox": (frozenset({"use_parallel_residual"}), _nothing),
    "mamba": (frozenset({*_MAMBA, "pad_vocab_size_multiple"}), _mamba),
    "minimax": (frozenset({"block_size"}), _nothing),
    "minimax_m3_vl_text": (frozenset(), _minimax_m3),
    "modernbert-decoder": (frozenset({"local_attention", "sliding_window"}), _modern_decoder),
    "mpt": (frozenset({"attn_config", "no_bias", "learned_pos_emb"}), _mpt),
    "nomic_bert": (
        frozenset(
            {
                "mlp_fc1_bias",
                "mlp_fc2_bias",
                "moe_every_n_layers",
                "num_experts",
                "prenorm",
                "qkv_proj_bias",
                "use_rms_norm",
            }
        ),
        _nomic,
    ),
    "neobert": (frozenset({"ngpt", "rms_norm", "rope"}), _neobert),
    "openelm": (
        frozenset(
            {
                "ffn_dim_divisor",
                "ffn_multipliers",
                "ffn_with_glu",
                "normalize_qk_projections",
                "num_gqa_groups",
                "num_query_heads",
                "qkv_multipliers",
                "share_input_output_layers",
            }
        ),
        _openelm,
    ),
    "opt": (
        frozenset({"do_layer_norm_before", "_remove_final_layer_norm", "enable_bias", "layer_norm_elementwise_affine"}),
        _opt,
    ),
    "qwen": (frozenset({"no_bias"}), _qwen),
    "qwen4_exp_text": (frozenset({"indexer_kv_heads"}), _qwen4),
    "rwkv6": (frozenset({"attention_hidden_size", "head_size", "num_attention_heads"}), _rwkv6),
    "rwkv7": (
        frozenset({"norm_bias", "attn", "norm_first", "hidden_ratio", "value_dim", "num_attention_heads"}),
        _rwkv7,
    ),
    "recurrent_gemma": (frozenset({"block_types"}), _recurrent_gemma),
    "smallthinker": (
        frozenset(
            {
                "moe_enable_early_router",
                "moe_enable_secondary_experts",
                "moe_primary_router_apply_softmax",
                "moe_secondary_expert_size",
                "rope_layout",
                "sliding_window_layout",
            }
        ),
        _smallthinker,
    ),
    "xlstm": (
        frozenset(
            {
                "add_out_norm",
                "ffn_proj_factor",
                "ffn_round_up_to_multiple_of",
                "qk_dim_factor",
                "use_bias",
                "v_dim_factor",
                "weight_mode",
            }
        ),
        _xlstm,
    ),
    "zamba": (frozenset({"layers_block_type", "attention_hidden_size", "n_mamba_heads"}), _zamba),
    "zamba2": (
        frozenset(
            {
                "add_bias_linear",
                "attention_hidden_size",
                "hybrid_layer_ids",
                "kv_channels",
                "layers_block_type",
                "mamba_headdim",
                "num_query_groups",
                "use_long_context",
                "use_mem_eff_path",
                "use_mem_rope",
            }
        ),
        _zamba,
    ),
    "stablelm": (frozenset({"use_parallel_residual"}), _parallel),
}


# Words whose meaning in a type is not known, whatever they mean elsewhere.
_MISREAD: Final[Mapping[str, frozenset[str]]] = {"nemotron_h": frozenset({"mamba_proj_bias"})}


def misread(word: str, model_type: str) -> bool:
    """Whether a word that is known elsewhere is not in a type."""
    return word in _MISREAD.get(model_type, ())


def read_of(model_type: str) -> frozenset[str]:
    """The words of its own that a type's rule reads."""
    return _RULES[model_type][0] if model_type in _RULES else frozenset()
