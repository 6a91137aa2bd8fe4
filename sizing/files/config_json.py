"""What does a config.json say of its text model? Its own words, found within a wrapper's, and each of them judged.

A word that may change a tensor and that nobody here translates is refused by name; one that nobody knows is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sizing.anatomy.dialect import WordError, blocks_of, defaults
from sizing.anatomy.dialect.canonical import UNDERSTOOD, canonical
from sizing.anatomy.dialect.families import misread, read_of
from sizing.anatomy.dialect.harmless import is_harmless
from sizing.anatomy.dialect.synonyms import CANONICAL, Words, canonical_name
from sizing.anatomy.towers import towers_of
from sizing.errors import SizingError
from sizing.facts.entries.architecture import WORDS
from sizing.files.wrapped import NEEDED, WITHIN, says_sizes, text_of, within

Config = Mapping[str, Any]


@dataclass(frozen=True)
class Described:
    """A text model in the catalog's words, what was taken for granted, and what sees or hears beside it."""

    words: Words
    remarks: tuple[str, ...]
    towers: Config | None = None  # the words of what sees or hears beside it


def described(config: Config, kinship: str | None = None) -> Described:
    """The text model of a config.json; ``kinship`` asserts its model_type. Raises SizingError."""
    if config.get("is_encoder_decoder") is True and kinship is None:
        what = f"{config.get('model_type')}: an encoder reads and a decoder answers; such models are not sized"
        raise WordError("model_type", what)
    text = text_of(config)
    own = {**text.words, **{key: value for key, value in text.unsaid.items() if isinstance(value, list)}}
    if kinship is not None:
        own["model_type"] = kinship
    type_ = own["model_type"]
    blocks_of(type_)
    if not says_sizes({**text.unsaid, **own}):
        raise WordError("vocab_size", "vocab_size is missing, and hidden_size; give a whole config.json")
    refused, unknown = _judged(own, type_)
    if refused:
        raise SizingError(f"{', '.join(refused)}: not known, and may matter to the size; nothing is guessed")
    words = canonical(own)
    bare = own.get("model_type") == config.get("model_type") and defaults.is_headless(type_)
    if alone := bare and not blocks_of(type_)[1].encoder:
        words["tie_word_embeddings"] = True
    filled = {key: value for key, value in {**defaults.unsaid(type_), **text.unsaid}.items() if key not in words}
    _told(own, unknown, filled)
    words |= {key: filled[key] for key in (*NEEDED, *text.unsaid) if key in filled}
    if "num_hidden_layers" not in words and isinstance(listed := filled.get("layers_block_type"), list):
        words |= {"layers_block_type": listed, "num_hidden_layers": len(listed)}
    remarks = [_HEADLESS.format(type_)] if alone else []
    return Described(words, (*remarks, *_remarks(unknown, _used(words, filled))), _seeing(config, {**filled, **words}))


def _told(own: Config, unknown: list[str], filled: Config) -> None:
    """Raise WordError where a size is left out and a word that nobody knows may be the one that says it."""
    lost = [key for key in ("hidden_size", "num_hidden_layers") if key in filled]
    figures = [key for key in unknown if type(own[key]) is int]
    if lost and figures:
        raise WordError(lost[0], f"{lost[0]} is left out, and {figures[0]} is not known; give it under its usual name")


def _seeing(config: Config, text: Config) -> Config | None:
    """The words around those of the ``text`` model, where they speak of what sees or hears."""
    above = {key: value for key, value in config.items() if key.endswith("_config")}  # what speaks, beside what hears
    around = {key: value for key, value in {**above, **within(config)[0]}.items() if key not in WITHIN}
    if around.get("model_type") == "idefics2":  # whose resampler is as wide as its text model's layers
        around["text_config"] = {"intermediate_size": text.get("intermediate_size")}
    return around if isinstance(around.get("model_type"), str) and towers_of(around, 1) else None


_HEADLESS: Final = "a {} alone has no output head, as transformers builds it; the model around it has one"


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


# --- what may matter -----------------------------------------------------------------------------------------------

# Words that decide tensors of the types whose classes have them, with the value that does.
_OF_SOME: Final = {
    "mlp_bias": True,
    "mamba_proj_bias": True,
    "mamba_conv_bias": False,
    "conv_bias": True,
    "use_post_norm": False,
    "use_attention_gate": False,
    "final_norm": False,
    "norm_bias": True,
}
# What names that count or size a part of a model end with.
_PARTS: Final = ("layers", "heads", "experts", "_rank", "_dim", "hidden_size", "intermediate_size", "_bias")


def _is_translated(key: str) -> bool:
    return key in WORDS or key in CANONICAL or key in UNDERSTOOD


def _judged(words: Config, type_: str) -> tuple[list[str], list[str]]:
    """The words that may matter and are not translated, and those that nobody knows."""
    declared, read = defaults.declared(type_), read_of(type_)
    refused, unknown = [], []
    for key, value in words.items():
        own = canonical_name(key, type_)
        foreign = own in _OF_SOME and value is _OF_SOME[own] and not {key} & {*declared, *read}
        if foreign or (value and misread(key, type_)):
            refused.append(key)
        elif key in read or own in WORDS:
            continue
        elif key in declared:
            off = value is False and declared[key] is True
            if off or (not _is_translated(key) and not _same(value, declared[key])):
                refused.append(key)
        elif _is_translated(key) or is_harmless(key) or not value or (type(value) is int and value == 1):
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
        return any(_is_translated(key) or _holds_words(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(_holds_words, value))
