"""What does a config.json say of its text model? Its own words, found within a wrapper's, and each of them judged.

A word that may change a tensor and that nobody here translates is refused by name; one that nobody knows is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sizing.anatomy.dialect import WordError, blocks_of, defaults, known_types
from sizing.anatomy.dialect.canonical import UNDERSTOOD, canonical
from sizing.anatomy.dialect.harmless import is_harmless
from sizing.anatomy.dialect.synonyms import CANONICAL, Words
from sizing.anatomy.towers import towers_of
from sizing.errors import SizingError
from sizing.facts.entries.architecture import WORDS

Config = Mapping[str, Any]


@dataclass(frozen=True)
class Described:
    """A text model in the catalog's words, what was taken for granted, and what sees or hears beside it."""

    words: Words
    remarks: tuple[str, ...]
    towers: Config | None = None  # the words of what sees or hears beside it


def described(config: Config, kinship: str | None = None) -> Described:
    """The text model of a config.json; ``kinship`` asserts its model_type. Raises SizingError."""
    own = text_model(config)
    if kinship is not None:
        own["model_type"] = kinship
    type_ = own["model_type"]
    blocks_of(type_)
    if not _says_sizes(own):
        raise WordError("vocab_size", "vocab_size is missing, and hidden_size; give a whole config.json")
    refused, unknown = _judged(own, type_)
    if refused:
        raise SizingError(f"{', '.join(refused)}: not known, and may matter to the size; nothing is guessed")
    words = canonical(own)
    if alone := own.get("model_type") == config.get("model_type") and defaults.is_headless(type_):
        words["tie_word_embeddings"] = True
    filled = {key: value for key, value in defaults.unsaid(type_).items() if key not in words}
    for key in _NEEDED:
        if key in filled:
            words[key] = filled[key]
    if "num_hidden_layers" not in words and isinstance(listed := filled.get("layers_block_type"), list):
        words |= {"layers_block_type": listed, "num_hidden_layers": len(listed)}
    remarks = [_HEADLESS.format(type_)] if alone else []
    around = {key: value for key, value in _within(config)[0].items() if key not in _WITHIN}
    if around.get("model_type") == "idefics2":  # whose resampler is as wide as its text model's layers
        around["text_config"] = {"intermediate_size": words.get("intermediate_size", filled.get("intermediate_size"))}
    towers = around if isinstance(around.get("model_type"), str) and towers_of(around, 1) else None
    return Described(words, (*remarks, *_remarks(unknown, _used(words, filled))), towers)


_HEADLESS: Final = "a {} alone has no output head, as transformers builds it; the model around it has one"


def _says_sizes(words: Config) -> bool:
    return bool(_SIZES & {CANONICAL.get(key, key) for key, value in words.items() if value})


_NEEDED: Final = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads")
_SIZES: Final = frozenset(_NEEDED[:3])


def _used(words: Words, filled: Config) -> list[str]:
    """The figures among what was filled in; those of windows count only where there are any."""
    off = {**filled, **words}.get("use_sliding_window") is False
    windows = ("sliding_window", "max_window_layers") if off else ()
    return [f"{key} {n}" for key, n in filled.items() if type(n) is int and n > 1 and key not in windows]


def _remarks(unknown: list[str], figures: list[str]) -> Iterator[str]:
    if unknown:
        yield f"{', '.join(unknown)}: not known; taken to decide no size"
    if figures:
        yield f"left out, and as transformers {defaults.version()} fills them in: {', '.join(figures)}"


# --- wrappers ------------------------------------------------------------------------------------------------------

# Under which words a model that also sees or hears keeps its text model's, in this order.
_WITHIN: Final = ("text_config", "llm_config", "language_config", "thinker_config", "language_model_config", "llm")


# What none of these words says, but what sees, hears, speaks, draws or acts.
_OTHER_PARTS: Final = re.compile(r"vision|visual|image|audio|speech|talker|vq|dit_|action|draft")


def text_model(config: Config) -> dict[str, Any]:
    """The text model's own words, wherever in ``config`` they stand. Raises SizingError without a model_type."""
    outer, found = _within(config)
    kind = next((c["model_type"] for c in (outer, config) if isinstance(c.get("model_type"), str)), None)
    wrapper = defaults.wrapper(kind) if kind is not None else None
    if found is not None:
        own = _wrapped(config, outer, found, wrapper, kind)
    elif wrapper and (kind not in known_types() or not _says_sizes(config)):
        own = _unsaid(config, wrapper)
    else:
        own = {**config, "model_type": kind}
    if not isinstance(own["model_type"], str):
        raise SizingError("no model_type; give a Hugging Face config.json")
    return own


def _wrapped(
    config: Config, outer: Config, found: Config, wrapper: defaults.Wrapper | None, kind: str | None
) -> dict[str, Any]:
    """The words ``found`` of a text model, with what only its wrapper says."""
    type_ = found.get("model_type")
    if not isinstance(type_, str):
        type_ = wrapper.text if wrapper else kind
    ties = {key: config[key] for key in ("tie_word_embeddings",) if key in config and wrapper is None}
    tied = _tied({**ties, **outer}, found, wrapper, str(type_))
    above = {key: config[key] for key in ("vocab_size", "max_position_embeddings") if key in config}
    filled = wrapper.words if wrapper and wrapper.fills and type_ == wrapper.text else {}
    return {**filled, **above, **found, "model_type": type_, "tie_word_embeddings": tied}


def _unsaid(config: Config, wrapper: defaults.Wrapper) -> dict[str, Any]:
    """The words of a text model that stand among its wrapper's own, or nowhere: then they are its class's."""
    own = {**({} if _says_sizes(config) else _needed(wrapper)), **config, "model_type": wrapper.text}
    if wrapper.tied is not None:
        own.setdefault("tie_word_embeddings", wrapper.tied)
    return own


def _needed(wrapper: defaults.Wrapper) -> dict[str, Any]:
    """What a wrapper's class makes of its text model where its config.json says nothing of that."""
    sizes = {key: value for key, value in defaults.unsaid(wrapper.text).items() if key in _NEEDED}
    listed = defaults.unsaid(wrapper.text).get("layers_block_type")
    return {**({"layers_block_type": listed} if listed else {}), **sizes, **wrapper.words}


def _within(config: Config) -> tuple[Config, dict[str, Any] | None]:
    """The innermost words of the text model that ``config`` wraps, if it wraps one, and the words around them."""
    for key in _WITHIN:
        inner = config.get(key)
        if isinstance(inner, dict):
            around, found = _within(inner)
            return (around, found) if found is not None else (config, inner)
    parts = ((key, v) for key, v in config.items() if isinstance(v, dict) and not _OTHER_PARTS.search(key))
    others = [v for _, v in parts if v.get("model_type") in known_types()]
    if len(others) == 1 and config.get("model_type") not in known_types():
        return config, others[0]
    return config, None


def _tied(outer: Config, inner: Config, wrapper: defaults.Wrapper | None, type_: str) -> bool:
    """Whether embeddings are tied, where a wrapper and its text model may both say so, or neither.

    Saved again, each says its class's default too: what is no default was meant, and where both are, weights are
    shared only where both share them.
    """
    text = bool(defaults.unsaid(type_).get("tie_word_embeddings"))
    plain = (text if wrapper is None or wrapper.tied is None else wrapper.tied, text)
    said = [c.get("tie_word_embeddings", default) is True for c, default in zip((outer, inner), plain, strict=True)]
    meant = [flag for flag, default in zip(said, plain, strict=True) if flag != default]
    return meant[0] if meant else all(said)


# --- what may matter -----------------------------------------------------------------------------------------------

_TRANSLATED: Final = frozenset({*WORDS, *CANONICAL, *UNDERSTOOD})
# What names that count or size a part of a model end with.
_PARTS: Final = ("layers", "heads", "experts", "_rank", "_dim", "hidden_size", "intermediate_size", "_bias")


def _judged(words: Config, type_: str) -> tuple[list[str], list[str]]:
    """The words that may matter and are not translated, and those that nobody knows."""
    declared = defaults.declared(type_)
    refused, unknown = [], []
    for key, value in words.items():
        if key in declared:
            off = value is False and declared[key] is True and key not in WORDS
            if off or (key not in _TRANSLATED and not _same(value, declared[key])):
                refused.append(key)
        elif key in _TRANSLATED or is_harmless(key) or not value or (type(value) is int and value == 1):
            continue
        elif key in defaults.every_word() or key.endswith(_PARTS) or _holds_words(value):
            refused.append(key)
        else:
            unknown.append(key)
    return refused, unknown


def _same(value: object, default: object) -> bool:
    return value == default or (not value and not default)


def _holds_words(value: object) -> bool:
    """Whether something nested speaks of a model's sizes."""
    if isinstance(value, dict):
        return any(key in _TRANSLATED or _holds_words(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(_holds_words, value))
