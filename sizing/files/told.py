"""Which model does what a file says describe? A config.json's words, or a GGUF file's header, as a model.

Nothing here opens a file, so that a browser can ask too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sizing.anatomy.dialect.synonyms import Words
from sizing.anatomy.own import OwnFormat, own_bytes
from sizing.anatomy.shape import Shape
from sizing.errors import SizingError
from sizing.facts.built import WantedError, built, text
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.entries.models import ModelEntry, Towers
from sizing.facts.entries.values import tokens
from sizing.facts.format_names import ending
from sizing.facts.units import UNDISCLOSED
from sizing.facts.wanted import wanted
from sizing.files.agreeing import agree, lists_others
from sizing.files.config_json import Config, described
from sizing.files.ggml import FORMATS_LIKE
from sizing.files.gguf import Header, config_of
from sizing.files.kinds import foreign_json
from sizing.files.mlx import mixed_format
from sizing.files.params_json import in_usual_words
from sizing.files.safetensors import is_quantized, mixed, number_type
from sizing.files.wrapped import text_of
from sizing.model import Model

# What a file may hold that rules take for something else: figures for figures, lists for lists.
UNLIKE: Final = "says something of another kind than a model's file does; give it as it was published"


def of_config(config: object, name: str, kinship: str | None = None, beside: Config | None = None) -> Model:
    """The model of a config.json, of this name; ``beside`` is what stands beside it of how its weights are stored.

    Raises SizingError, in one line, for what is not known and may matter.
    """
    if not isinstance(config, Mapping):
        raise SizingError("no model_type; give a Hugging Face config.json")
    config = in_usual_words(config)
    if what := foreign_json(config):
        raise SizingError(what)
    found = described(config, kinship)
    whole = {**config, **text_of(config).words}
    stated = {**(beside or {}), **whole}
    native = number_type(stated) or UNDISCLOSED
    model = _model(name, found.words, native, whole.get("max_position_embeddings"), found.remarks, found.towers)
    if remark := mixed(stated):
        model = replace(model, remarks=(*model.remarks, remark))
    if native == UNDISCLOSED and (own := _mixed(model, stated.get("quantization"))) is not None:
        return replace(model, own=own)
    if is_quantized(stated):
        return replace(model, unread=_method(stated)) if native == UNDISCLOSED else replace(model, said_format=native)
    if native == UNDISCLOSED:
        return replace(model, remarks=(*model.remarks, "no dtype said; 16 bits taken"))
    return model


def _mixed(model: Model, stored: object) -> OwnFormat | None:
    """The mix of bits of an MLX checkpoint, where all of it is understood."""
    if not isinstance(stored, Mapping) or model.shape is None:
        return None
    return mixed_format(model.shape, stored, model.name)


def _method(config: Mapping[str, Any]) -> str:
    stated = config.get("quantization_config") or config.get("quantization")
    if isinstance(stated, str):
        return f"MLC as {stated[:40]}" if stated.isprintable() else "MLC"
    method = stated.get("quant_method") if isinstance(stated, dict) else None
    if method is None and isinstance(stated, dict) and "group_size" in stated:
        return "MLX with bits of their own for some layers"
    return method[:40] if isinstance(method, str) and method.isprintable() else "unknown"


def of_gguf(header: Header, file: str, kinship: str | None = None) -> Model:
    """The model of a GGUF file of this name, which its header tells: keys, and the names and shapes of tensors.

    Raises SizingError, in one line, for what is not known and may matter.
    """
    try:
        words = config_of(header, kinship)
    except KeyError as error:
        raise SizingError(f"no key {error}") from None
    name = str(header.name or file.removesuffix(".gguf"))
    model = _model(name, words, header.recipe or UNDISCLOSED, header.keys.get("context_length"))
    assert model.shape is not None
    agree(model.family, model.shape, header)
    remarks = (*model.remarks, *filter(None, (header.remark, lists_others(header))))
    return replace(model, own=_own(file, header, model.shape), remarks=remarks)


def _own(file: str, header: Header, shape: Shape) -> OwnFormat:
    """The mix of types that the file holds, called as its name or its header calls it."""
    sizes = header.bytes
    name = ending(file).format or header.recipe or header.commonest
    like = (header.recipe, FORMATS_LIKE.get(header.commonest, header.commonest), "Q8_0")
    return OwnFormat(f"{file}:{name}", name, tuple(filter(None, like)), own_bytes(shape, sizes))


def _model(
    name: str, words: Words, native: str, context: object, remarks: tuple[str, ...] = (), seeing: Config | None = None
) -> Model:
    """The model that its words make, as an entry of which nobody says more."""
    architecture = built(wanted(Architecture), {word: said for word, said in words.items() if word in WORDS})
    name = text("id", " ".join(name.split()) or str(words["model_type"]))
    entry = ModelEntry(
        id=name,
        family=text("family", str(words["model_type"])),
        vendor=UNDISCLOSED,
        name=name,
        license=UNDISCLOSED,
        native=text("native", native),
        released=UNDISCLOSED,
        context=_tokens(context),
        stated_parameters=UNDISCLOSED,
        architecture=architecture,
        towers=_towers(seeing) if seeing else None,
    )
    model = Model.of(entry, remarks=remarks)
    _ = model.shape
    return model


def _tokens(said: Any) -> Any:
    """A context's limit, where it is said. Raises WantedError."""
    try:
        return UNDISCLOSED if said in (None, UNDISCLOSED) else tokens(said)
    except ValueError as error:
        raise WantedError(f"context: {error}") from None


def _towers(words: Config) -> Towers:
    return Towers(config={text(f"towers.config.{key}", key): value for key, value in words.items()})
