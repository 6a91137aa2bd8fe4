"""What does transformers fill in where a config.json leaves a word out? ``python -m tools.defaults`` writes it down.

The table holds, for every model_type that the engine knows and transformers has a class for, that class's words that
may decide a tensor or a cache, with their defaults; and for every wrapper of such a text model (vision, audio) which
type it wraps, what it makes of that where nothing is said, and whether it says that embeddings are tied. ``--check``
fails where the table is not what the installed transformers says.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any, Final

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect import defaults
from sizing.anatomy.dialect.harmless import is_harmless
from sizing.anatomy.dialect.synonyms import TYPES
from sizing.anatomy.towers.audio import AUDIO
from sizing.anatomy.towers.vision import VISION


def generated() -> dict[str, Any]:
    """The table as the installed transformers has it."""
    import transformers
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING

    classes = {name: CONFIG_MAPPING[name] for name in sorted(CONFIG_MAPPING)}
    known = {*TABLE, *TYPES}
    answering = {name for name in known if not TABLE[TYPES.get(name, name)].encoder}
    towers = {name: kind for name, kind in classes.items() if name in {*VISION, *AUDIO}}
    own = {name: kind for name, kind in classes.items() if name in known and _is_text(kind)}
    return {
        "transformers": transformers.__version__,
        "classes": {name: declared_words(kind) for name, kind in own.items()},
        "wrappers": {name: found for name, kind in classes.items() if (found := _wrapped(kind, answering))},
        "towers": {name: _figures(kind) for name, kind in towers.items()},
        "headless": [name for name, kind in own.items() if _is_headless(kind)],
        "encoder_decoders": [name for name, kind in classes.items() if name not in known and _has_encoder(kind)],
        "wordless": _wordless(known | {name for name, kind in classes.items() if _wrapped(kind, answering)}),
    }


# What transformers' mappings of tasks say of a type, by the words that their names have.
_TASKS: Final = {
    "hears or speaks": ("AUDIO", "CTC", "RNNT", "TDT", "SPECTROGRAM", "WAVEFORM"),
    "forecasts": ("TIME_SERIES",),
    "sees": (
        "BACKBONE", "DEPTH", "IMAGE", "KEYPOINT", "MASK_GENERATION", "NORMAL", "OBJECT", "POINTMAP", "POSE",
        "SEGMENTATION", "TABLE_RECOGNITION", "TEXT_RECOGNITION", "VIDEO",
    ),
}  # fmt: skip
_WRITES: Final = ("CAUSAL_LM", "IMAGE_TEXT_TO_TEXT", "MULTIMODAL_LM", "SPEECH_SEQ_2_SEQ", "MASKED_LM")


def _wordless(known: set[str]) -> dict[str, str]:
    """The types that neither write nor read texts alone, with what they do."""
    from transformers.models.auto import modeling_auto

    def those(words: tuple[str, ...]) -> set[str]:
        named = [n for n in dir(modeling_auto) if n.startswith("MODEL_FOR_") and n.endswith("_MAPPING_NAMES")]
        chosen = [n for n in named if any(f"_{word}_" in n for word in words)]
        return {type_ for name in chosen for type_ in getattr(modeling_auto, name)}

    writes = those(_WRITES) | known
    found: dict[str, str] = {}
    for what, words in _TASKS.items():
        found |= dict.fromkeys(those(words) - writes - set(found), what)
    for what, parts in _PARTS.items():
        found |= dict.fromkeys(_within(parts) - writes - set(found), what)
    encoders = those(("MASKED_LM",)) - those(_WRITES[:-1]) - known
    found |= dict.fromkeys(encoders - set(found), "encodes texts in a way of its own")
    return dict(sorted(found.items()))


# Under which words a class keeps those of a part.
_PARTS: Final = {
    "sees": ("vision", "image", "vit", "backbone", "vq", "sam"),
    "hears or speaks": ("audio", "speech", "acoustic", "codec", "wave"),
}


def _within(words: tuple[str, ...]) -> set[str]:
    """The types of what classes keep under such words."""
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING

    parts = ((word, part) for name in CONFIG_MAPPING for word, part in CONFIG_MAPPING[name].sub_configs.items())
    return {part.model_type for word, part in parts if word.startswith(words) and getattr(part, "model_type", "")}


def _is_text(kind: Any) -> bool:
    """Whether a class's own words are a text model's, rather than those of one within."""
    return not {"text_config", "thinker_config"} & set(kind.sub_configs)


def _is_headless(kind: Any) -> bool:
    """Whether transformers builds a type alone without an output head, which only its wrapper adds."""
    from transformers.models.auto.modeling_auto import (
        MODEL_FOR_CAUSAL_LM_MAPPING,
        MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING,
        MODEL_MAPPING,
    )

    answers = kind in MODEL_FOR_CAUSAL_LM_MAPPING or kind in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING
    return kind in MODEL_MAPPING and not answers


def _has_encoder(kind: Any) -> bool:
    """Whether an encoder of its own reads for a decoder that answers."""
    from transformers.models.auto.modeling_auto import (
        MODEL_FOR_CAUSAL_LM_MAPPING,
        MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING,
        MODEL_FOR_SPEECH_SEQ_2_SEQ_MAPPING,
    )

    fields = {f.name: f.default for f in dataclasses.fields(kind)}
    if fields.get("is_encoder_decoder") is True:
        return True
    reads = kind in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING or kind in MODEL_FOR_SPEECH_SEQ_2_SEQ_MAPPING
    return reads and kind not in MODEL_FOR_CAUSAL_LM_MAPPING and "text_config" not in kind.sub_configs


def declared_words(kind: Any) -> dict[str, Any]:
    """A class's words that may matter, with what it gives them; what its code derives of others is not among them."""
    fields = {f.name: f.default for f in dataclasses.fields(kind) if f.default is not dataclasses.MISSING}
    doubled = {name for name, other in kind.attribute_map.items() if other in fields}  # two names of one word
    return {name: default for name, default in fields.items() if name not in doubled and not is_harmless(name)}


def _wrapped(kind: Any, known: set[str]) -> dict[str, Any] | None:
    """The text model's type that a class wraps, and whether the class ties its embeddings unasked."""
    if not kind.sub_configs:
        return None
    try:
        whole = kind()
        text = whole.get_text_config(decoder=True)
    except Exception:  # whatever a class raises that cannot be without being told its parts
        return None
    if text is whole or text.model_type not in known:
        return None
    words = {} if text.to_dict() == type(text)().to_dict() else _otherwise(text)
    around = getattr(whole, "thinker_config", whole)
    parts = {key: part for key in ("vision_config", "audio_config") if (part := _part(kind, whole, key))}
    found = {"text": text.model_type, "tied": getattr(around, "tie_word_embeddings", None), "words": words}
    if fills := words and around is whole and _fills(kind, text.model_type, words):
        found["fills"] = fills
    if others := _others(kind, whole):
        found["others"] = others
    return {**found, "own": _figures(kind) if parts else {}, **parts}


def _fills(kind: Any, type_: str, words: dict[str, Any]) -> bool:
    """Whether a wrapper says the same of a text model of which something is said already."""
    try:
        text = kind(text_config={"model_type": type_}).get_text_config(decoder=True)
    except Exception:  # whatever a class raises
        return False
    return all(getattr(text, word) == value for word, value in words.items())


def _others(kind: Any, whole: Any) -> dict[str, str]:
    """The types of a wrapper's further parts: what speaks or draws, or leads to the text model."""
    read = ("text_config", "thinker_config", "vision_config", "audio_config", "perceiver_config")
    made = {key: getattr(whole, key, None) for key in kind.sub_configs if key not in read}
    return {key: type_ for key, part in made.items() if (type_ := getattr(part, "model_type", ""))}


def _part(kind: Any, whole: Any, key: str) -> dict[str, Any] | None:
    """A tower of a wrapper: its type, what the wrapper says of it otherwise than its class, and whether it is there."""
    made, declared = getattr(whole, key, None), kind.sub_configs.get(key)
    if made is not None and hasattr(made, "model_type"):
        plain = _figures(type(made))
        words = {k: v for k, v in json.loads(json.dumps(made.to_dict(), default=str)).items() if plain.get(k, v) != v}
        fixed = bool(getattr(declared, "model_type", ""))
        return {"type": made.model_type, "words": words, "unasked": True, "fixed": fixed}
    type_ = getattr(declared, "model_type", "")
    return {"type": type_, "words": {}, "unasked": False, "fixed": True} if type_ else None


def _figures(kind: Any) -> dict[str, Any]:
    """The figures, flags and lists that a class declares, but for those that all classes do."""
    fields = {f.name: f.default for f in dataclasses.fields(kind) if f.default is not dataclasses.MISSING}
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    kinds = (bool, int, float, list)
    return {name: value for name, value in fields.items() if isinstance(value, kinds) and not _is_of_all(name)}


def _is_of_all(word: str) -> bool:
    words = ("return_dict", "output_hidden_states", "chunk_size_feed_forward", "is_encoder_decoder", "use_cache")
    ends = ("_token_id", "_token_index", "dropout", "_eps", "_range", "_attentions")
    return word in words or word.endswith(ends)


def _otherwise(text: Any) -> dict[str, Any]:
    """The words of a text model that are not what its class declares."""
    made = json.loads(json.dumps(text.to_dict(), default=str))
    declared = declared_words(type(text))
    words = {k: made[k] for k, default in declared.items() if made.get(k) != default and k != "tie_word_embeddings"}
    if set(words.get("layer_types", ())) == {"full_attention"}:
        del words["layer_types"]
    return words


def written(table: dict[str, Any]) -> str:
    """The table as JSON, a line a class."""
    lines = [f' "transformers": {json.dumps(table["transformers"])}']
    lines += [
        f" {json.dumps(part)}: {json.dumps(table[part])}" for part in ("headless", "encoder_decoders", "wordless")
    ]
    for part in ("classes", "towers", "wrappers"):
        own = [f"  {json.dumps(name)}: {json.dumps(words)}" for name, words in table[part].items()]
        lines.append(f' "{part}": {{\n' + ",\n".join(own) + "\n }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


FILE: Final = Path(defaults.__file__).with_name("defaults.json")


def main() -> int:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(prog="python -m tools.defaults", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where the table is out of date")
    text = written(generated())
    if not parser.parse_args().check:
        FILE.write_text(text, encoding="utf-8")
    elif text != FILE.read_text(encoding="utf-8"):
        print(f"{FILE} is not what the installed transformers says; run python -m tools.defaults")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
