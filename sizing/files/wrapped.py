"""Where in a config.json does the text model stand, and what do the words around it say of it?

A model that also sees or hears wraps its text model: in words of its own, among the wrapper's, or in none at all, where
the wrapper's class says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sizing.anatomy.dialect import defaults, known_types
from sizing.anatomy.dialect.synonyms import CANONICAL
from sizing.errors import SizingError

Config = Mapping[str, Any]

NEEDED: Final = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads")
_SIZES: Final = frozenset(NEEDED[:3])

# Under which words a model that also sees or hears keeps its text model's, in this order.
WITHIN: Final = (
    "text_config", "llm_config", "language_config", "thinker_config", "language_model_config", "llm",
    "model_config",  # of MLC, which tells how the model runs around it
)  # fmt: skip


# What none of these words says, but what sees, hears, speaks, draws or acts.
_OTHER_PARTS: Final = re.compile(r"vision|visual|image|audio|speech|talker|vq|dit_|action|draft")


def says_sizes(words: Config) -> bool:
    """Whether a text model's words say any size at all."""
    return bool(_SIZES & {CANONICAL.get(key, key) for key, value in words.items() if value})


@dataclass(frozen=True)
class Text:
    """A text model's words, and what its wrapper's class says of it where nothing else does."""

    words: dict[str, Any]
    unsaid: Mapping[str, Any]


def text_of(config: Config) -> Text:
    """The text model's own words, wherever in ``config`` they stand. Raises SizingError without a model_type."""
    outer, found = within(config)
    kind = next((c["model_type"] for c in (outer, config) if isinstance(c.get("model_type"), str)), None)
    wrapper = defaults.wrapper(kind) if kind is not None else None
    unsaid: Mapping[str, Any] = {}
    if found is not None:
        own = _wrapped(config, outer, found, wrapper, kind)
        unsaid = _unsaid(found, own["model_type"], wrapper)
    elif wrapper and (kind not in known_types() or not says_sizes(config)):
        own = {**config, "model_type": wrapper.text}
        if wrapper.tied is not None:
            own.setdefault("tie_word_embeddings", wrapper.tied)
        unsaid = {} if says_sizes(config) else {**_sizes(wrapper.text), **wrapper.words}
    else:
        own = {**config, "model_type": _by_version(config, kind) or _by_class(config)}
    if not isinstance(own["model_type"], str):
        raise SizingError("no model_type; give a Hugging Face config.json")
    if own["model_type"] == "deepseek_v2" and own.get("use_mla") is False:
        own["model_type"] = "deepseek"  # the plain attention of the first generation
    return Text(own, {key: value for key, value in unsaid.items() if key not in own})


def _unsaid(found: Config, type_: str, wrapper: defaults.Wrapper | None) -> dict[str, Any]:
    """What a wrapper's class makes of a text model of which something is said, but not all."""
    if wrapper is None:
        return {}
    sizes = {} if says_sizes(found) else _sizes(type_)
    return {**sizes, **(wrapper.words if wrapper.fills and type_ == wrapper.text else {})}


def _sizes(type_: str) -> dict[str, Any]:
    """The sizes that a text model's class declares."""
    declared = defaults.unsaid(type_)
    return {key: declared[key] for key in (*NEEDED, "layers_block_type") if key in declared}


def _wrapped(
    config: Config, outer: Config, found: Config, wrapper: defaults.Wrapper | None, kind: str | None
) -> dict[str, Any]:
    """The words ``found`` of a text model, with what only its wrapper says."""
    type_ = found.get("model_type")
    if not isinstance(type_, str):
        type_ = wrapper.text if wrapper else _by_class(found) or kind
    ties = {key: config[key] for key in ("tie_word_embeddings",) if key in config and wrapper is None}
    tied = _tied({**ties, **outer}, found, wrapper, str(type_))
    above = {key: config[key] for key in ("vocab_size", "max_position_embeddings") if key in config}
    return {**above, **found, "model_type": type_, "tie_word_embeddings": tied}


# Whose text model is of a type that the version alone tells (vLLM vllm/model_executor/models/minicpmv.py).
_VERSIONED: Final = ("minicpmv", "minicpmo")
_BY_VERSION: Final = {"2.0": "minicpm", "2.5": "llama", "2.6": "qwen2", "4.0": "llama", "4.5": "qwen3"}


def _by_version(config: Config, kind: str | None) -> str | None:
    """MiniCPM-V's text model. Raises SizingError for a version that is not known."""
    if kind not in _VERSIONED:
        return kind
    version = str(config.get("version") or _unsaid_version(config))
    if version not in _BY_VERSION:
        known = ", ".join(_BY_VERSION)
        raise SizingError(f"version {version}: which text model a {kind} of it has is not known; known are {known}")
    return _BY_VERSION[version]


def _unsaid_version(config: Config) -> str:
    """Which of the first two it is, that do not say it (get_version_by_config there)."""
    return "2.0" if (config.get("hidden_size"), config.get("query_num")) == (2304, 64) else "2.5"


_CLASS: Final = re.compile(r"(\w+?)(?:For\w+|LMHeadModel|Model)")


def _by_class(words: Config) -> str | None:
    """The known type that a model's class is called after, where nothing else says it: DeepseekV2ForCausalLM."""
    named = words.get("architectures") if words.get("model_type") is None else None
    found = _CLASS.fullmatch(named[0]) if isinstance(named, list) and named and isinstance(named[0], str) else None
    said = found[1].replace("_", "").lower() if found else None
    return next((type_ for type_ in known_types() if type_.replace("-", "").replace("_", "") == said), None)


def within(config: Config) -> tuple[Config, dict[str, Any] | None]:
    """The innermost words of the text model that ``config`` wraps, if it wraps one, and the words around them."""
    for key in WITHIN:
        inner = config.get(key)
        if isinstance(inner, dict):
            around, found = within(inner)
            return (around, found) if found is not None else (config, inner)
    parts = ((key, v) for key, v in config.items() if isinstance(v, dict) and not _OTHER_PARTS.search(key))
    others = [v for _, v in parts if v.get("model_type") in known_types()]
    if len(others) == 1 and config.get("model_type") not in known_types():
        return config, others[0]
    return config, None


def _tied(outer: Config, inner: Config, wrapper: defaults.Wrapper | None, type_: str) -> bool:
    """Whether embeddings are tied, where a wrapper and its text model may both say so, or neither.

    Saved again, each says its class's default too: what is no default was meant, and where both are, weights are
    shared only where both share them; a wrapper of another text model than its own speaks of that one.
    """
    text = bool(defaults.unsaid(type_).get("tie_word_embeddings"))
    plain = (text if wrapper is None or wrapper.tied is None else wrapper.tied, text)
    said = [c.get("tie_word_embeddings", default) is True for c, default in zip((outer, inner), plain, strict=True)]
    meant = [flag for flag, default in zip(said, plain, strict=True) if flag != default]
    if not meant and wrapper is not None and type_ != wrapper.text:
        return said[1]
    return meant[0] if meant else all(said)
