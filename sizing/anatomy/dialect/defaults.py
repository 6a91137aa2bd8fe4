"""What does transformers fill in where a config.json leaves a word out? By model_type, in canonical words.

``defaults.json`` holds what transformers' classes declare; ``python -m tools.defaults`` writes it. What the code of a
class does beyond that stands here, and so do the types that transformers has no class for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect.synonyms import TYPES, Words, renamed
from sizing.anatomy.dialect.words import WordError

# What a class's code fills in, of words that it does not declare, or otherwise than it declares.
BY_CODE: Final[Mapping[str, Words]] = {
    "axk1": {"first_k_dense_replace": 1},
    "axk2": {"first_k_dense_replace": 1},
    "beam": {"first_k_dense_replace": 3, "sliding_window_pattern": 6},
    "cohere2": {"sliding_window_pattern": 4},
    "cohere_compass_text": {"sliding_window_pattern": 1},
    "cwm": {"sliding_window_pattern": 4},
    "deepseek_v4": {"num_hash_layers": 3},
    "doge": {"num_experts": 0},
    "dots3_note_text": {
        "first_k_dense_replace": 1,
        "num_sliding_attention_heads": 64,
        "sliding_window": 512,
        "swa_kv_lora_rank": 1024,
        "swa_q_lora_rank": 1024,
        "swa_qk_nope_head_dim": 192,
        "swa_qk_rope_head_dim": 64,
        "swa_v_head_dim": 128,
    },
    "falcon": {"num_key_value_heads": 1, "num_ln_in_parallel_attn": 1},
    "ernie4_5_vl_moe_text": {"first_k_dense_replace": 1},
    "gemma2": {"sliding_window_pattern": 2},
    "flint": {"mlp_only_layers": [0, 1]},
    "gemma3n_text": {"sliding_window_pattern": 5},
    "gemma3_text": {"sliding_window_pattern": 6},
    "gemma4_text": {"sliding_window_pattern": 6, "global_head_dim": 512},
    "gemma4_unified_text": {"sliding_window_pattern": 6, "global_head_dim": 512},
    "glm5_next_text": {"first_k_dense_replace": 3, "full_attention_interval": 4, "index_skip_topk_offset": 2},
    "glm4_moe_lite": {"first_k_dense_replace": 1},
    "gpt_bigcode": {"num_key_value_heads": 1},
    "gpt_neo": {"layer_types": ["full_attention", "sliding_attention"] * 12},
    "gpt_oss": {"sliding_window_pattern": 2},
    "hunyuan_v1_moe": {"n_shared_experts": 1},
    "hy_v3": {"first_k_dense_replace": 1},
    "hy_v4": {"first_k_dense_replace": 1, "index_topk_freq": 4, "index_skip_topk_offset": 2},
    "inkling2_text": {"sliding_window": 1024, "sliding_window_pattern": 6},
    "inkling_text": {"sliding_window": 512, "sliding_window_pattern": 6},
    "kimi_linear": {"first_k_dense_replace": 1},
    "laguna": {"first_k_dense_replace": 1, "sliding_window_pattern": 4},
    "llama4_text": {"sliding_window_pattern": 4},
    "mellum": {"sliding_window_pattern": 1},  # none slides where layers are not listed
    "mimo_v2_flash": {"first_k_dense_replace": 1, "sliding_window_pattern": 6},
    "minicpm": {"tie_word_embeddings": True},
    "minimax_m3_vl_text": {"index_n_heads": 0},
    "mistral_large4_text": {"index_skip_topk_offset": 2},
    "mllama_text_model": {"cross_attention_layers": [3, 8, 13, 18, 23, 28, 33, 38]},
    "modernbert-decoder": {"sliding_window": 64, "sliding_window_pattern": 3},
    "muse_spark_text": {"latent_moe_use_norm": True},
    "muse_glimmer_text": {"sliding_window_pattern": 4},
    "olmo_hybrid": {"full_attention_interval": 4},
    "jina_bert": {"tie_word_embeddings": True},
    "nomic_bert": {"tie_word_embeddings": True},
    "nomic_bert_moe": {"tie_word_embeddings": True},
    "olmo3": {"sliding_window_pattern": 4},
    "qwen3_5_moe_text": {"full_attention_interval": 4},
    "qwen3_5_text": {"full_attention_interval": 4},
    "qwen4_exp_text": {"full_attention_interval": 4},
    "qwen3_next": {"full_attention_interval": 4},
    "step3p5": {"first_k_dense_replace": 3, "sliding_window_pattern": 4},
    "unlimited_ocr_text": {"first_k_dense_replace": 1},
    "vaultgemma": {"sliding_window_pattern": 2},
}
# Other names of types that transformers has a class for.
_SAME: Final[Mapping[str, str]] = {
    "deepseek_ref": "deepseek_v4",
    "exaone4_5_text": "exaone4",
    "mimo_v2": "mimo_v2_flash",
    "minimax_m3": "minimax_m3_vl_text",
    "new": "gte",
    "minimax_m3_vl": "minimax_m3_vl_text",
    "phi-msft": "phi",
    "step3p7": "step3p5",
    "step3p7_text": "step3p5",
}
# Types that it has no class for, and the one whose words theirs are: nothing is filled in, and what is there must be
# said.
_KIN: Final[Mapping[str, str]] = {
    "Keye": "qwen3",
    "KeyeVL1_5": "qwen3",
    "dots_ocr": "qwen2",
    "ernie4_5_moe_vl": "ernie4_5_vl_moe_text",
    "kimi_k2": "deepseek_v3",
    "kimi_k3": "kimi_linear",
    "llava_llama": "llama",
    "llava_mistral": "mistral",
    "llava_qwen": "qwen2",
    "mimo": "qwen2",
    "phi3_v": "phi3",
    "phi4mm": "phi3",
}
_SAID_OTHERWISE: Final = frozenset(  # or not at all
    {
        "linear_conv_kernel_dim",
        "linear_head_dim",
        "linear_num_heads",
        "max_position_embeddings",
        "max_window_layers",
        "num_nextn_predict_layers",
        "sliding_window",
    }
)
# What a type must say although its class would derive it: every published one says another figure than that.
_ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "nemotron": ("num_key_value_heads",),
    "nemotron-nas": ("block_configs",),
    "qwen3_vl_moe_text": ("head_dim",),
}
# Runtimes follow what a file says of a state's number type, and choose for themselves where it says nothing.
MOST: Final = 1024  # types that are remembered, known or not: more than transformers has
_NEVER: Final = frozenset({"mamba_ssm_dtype"})


@dataclass(frozen=True)
class Wrapper:
    """A model that also sees or hears: its text model's type, and what its class says of that and of tying."""

    text: str
    tied: bool | None
    words: Mapping[str, object]  # of its text model where nothing is said of that, as far as its type says otherwise
    fills: bool  # says the same of a text model of which something is said
    others: Mapping[str, str]  # the types of its further parts, by their words


@cache
def table() -> Mapping[str, Any]:
    """The table as a whole."""
    found: Mapping[str, Any] = json.loads(Path(__file__).with_name("defaults.json").read_text(encoding="utf-8"))
    return found


def version() -> str:
    """The version of transformers that the table was made of."""
    return str(table()["transformers"])


@lru_cache(maxsize=MOST)
def declared(model_type: str) -> Mapping[str, object]:
    """The words that a type's class declares and that may matter, as it spells them; empty without a class."""
    found: Mapping[str, object] = table()["classes"].get(_class(model_type), {})
    return found


def _class(model_type: str) -> str:
    """The type whose class transformers reads a type with, or would."""
    return _SAME.get(model_type, _KIN.get(model_type, model_type))


@lru_cache(maxsize=MOST)
def _filled(model_type: str) -> Mapping[str, object]:
    own = _class(model_type)
    words, _ = renamed(
        {"model_type": model_type, **declared(model_type), **BY_CODE.get(own, {}), **BY_CODE.get(model_type, {})}
    )
    left_out = {*_NEVER, "model_type"}
    if not _has_positions(model_type):
        left_out.add("max_position_embeddings")
    return MappingProxyType({k: v for k, v in words.items() if v is not None and k not in left_out})


def _has_positions(model_type: str) -> bool:
    """Whether positions are learned, and so have parameters."""
    row = TABLE.get(TYPES.get(model_type, model_type))
    return row is not None and row.positions


@lru_cache(maxsize=MOST)
def unsaid(model_type: str) -> Mapping[str, object]:
    """What is filled in where a type's config.json leaves a word out, in canonical words."""
    filled = _filled(model_type)
    if model_type not in _KIN:
        return filled
    return MappingProxyType({word: value for word, value in filled.items() if isinstance(value, bool)})


def _flint(layer: int, layers: int, words: Mapping[str, object]) -> str:
    every = layer < 2 or layer % 4 == 1 or layer == layers - 1
    return "full_attention" if every else "sliding_attention"


def _dots3(layer: int, layers: int, words: Mapping[str, object]) -> str:
    return "full_attention" if layer < 2 or layer % 4 == 1 else "sliding_attention"


def _muse_spark(layer: int, layers: int, words: Mapping[str, object]) -> str:
    return "sliding_attention" if (layers - 1 - layer) % 4 else "full_attention"


def _zamba(layer: int, layers: int, words: Mapping[str, object]) -> str:
    period, offset = words["attn_layer_period"], words["attn_layer_offset"]
    if not (isinstance(period, int) and period):
        raise WordError("attn_layer_period", "missing; give a whole number, such as 6")
    hybrid = layer == 2 or (layer > 2 and (layer - 3) % period == offset)
    return "full_attention" if hybrid else "linear_attention"


def _zamba2(layer: int, layers: int, words: Mapping[str, object]) -> str:
    return "full_attention" if layer in (6, 12, 18, 24, 30, 36, 42, 47, 51) else "linear_attention"


def _lfm3(layer: int, layers: int, words: Mapping[str, object]) -> str:
    if layer % 4 == 2:
        return "full_attention"
    return "sliding_attention" if layer and layer % 4 == 0 else "conv"


# What kind a class makes of a layer by its number, where no list says it and no single word does.
_KINDS: Final[Mapping[str, Callable[[int, int, Mapping[str, object]], str]]] = {
    "dots3_note_text": _dots3,
    "flint": _flint,
    "lfm3": _lfm3,
    "muse_spark_text": _muse_spark,
    "zamba": _zamba,
    "zamba2": _zamba2,
}


def derived(model_type: str, words: Mapping[str, object]) -> Words:
    """What a class fills in that follows from other words."""
    kind, layers = _KINDS.get(model_type), words.get("num_hidden_layers")
    if kind is None or not isinstance(layers, int):
        return {}
    return {"layer_types": [kind(layer, layers, words) for layer in range(layers)]}


@lru_cache(maxsize=MOST)
def demanded(model_type: str) -> tuple[str, ...]:
    """The words that a type without a class of its own must say."""
    if model_type not in _KIN:
        return _ALWAYS.get(model_type, ())
    figures = (word for word, value in _filled(model_type).items() if type(value) is int and value)
    return tuple(word for word in figures if word not in _SAID_OTHERWISE)


@cache
def every_word() -> frozenset[str]:
    """The words of all classes that may matter to one of them."""
    return frozenset(word for words in table()["classes"].values() for word in words)


def wrapper(model_type: str) -> Wrapper | None:
    """What a type wraps, where it is a text model's wrapper."""
    found = table()["wrappers"].get(model_type)
    if found is None:
        return None
    words, others = MappingProxyType(found["words"]), MappingProxyType(found.get("others", {}))
    return Wrapper(found["text"], found["tied"], words, found.get("fills", False), others)


@dataclass(frozen=True)
class Part:
    """A tower of a wrapper: its type, its words where nothing is said of it, and whether it is there then."""

    type: str
    words: Mapping[str, object]
    unasked: bool
    fixed: bool  # of that type whatever is said


@lru_cache(maxsize=MOST)
def tower_of(wrapper: str, key: str) -> Part | None:
    """What a wrapper's class makes of a tower, such as ``vision_config``."""
    found = table()["wrappers"].get(wrapper, {}).get(key)
    return Part(found["type"], MappingProxyType(found["words"]), found["unasked"], found["fixed"]) if found else None


@lru_cache(maxsize=MOST)
def of_tower(model_type: str) -> Mapping[str, object]:
    """The words that a tower's class declares; empty without a class."""
    found: Mapping[str, object] = table()["towers"].get(model_type, {})
    return found


@lru_cache(maxsize=MOST)
def of_wrapper(model_type: str) -> Mapping[str, object]:
    """The words that a wrapper's class declares beside those of its parts."""
    found: Mapping[str, object] = table()["wrappers"].get(model_type, {}).get("own", {})
    return found


def is_headless(model_type: str) -> bool:
    """Whether a type alone has no output head in transformers: that belongs to what wraps it."""
    return model_type in table()["headless"]


def wordless(model_type: str) -> str | None:
    """What a type does that neither writes nor reads texts: it sees, it hears or speaks, it forecasts."""
    found: str | None = table()["wordless"].get(model_type)
    return found


def is_encoder_decoder(model_type: str) -> bool:
    """Whether an encoder of its own reads, and a decoder answers."""
    return model_type in table()["encoder_decoders"]
