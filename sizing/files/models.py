"""Which model does a file describe? A Hugging Face ``config.json`` or checkpoint, a GGUF header, a catalog entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sizing.anatomy.dialect.synonyms import Words
from sizing.anatomy.formats import file_bytes, format_of
from sizing.anatomy.own import OwnFormat, is_left_out, own_bytes
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import tensors
from sizing.catalog import Catalog, default_catalog
from sizing.errors import SizingError
from sizing.facts.content import is_folder, opened, read
from sizing.facts.entries.architecture import WORDS, Architecture
from sizing.facts.entries.models import ModelEntry
from sizing.facts.format_names import ending
from sizing.facts.units import UNDISCLOSED
from sizing.files.config_json import Config, described
from sizing.files.folders import described_in
from sizing.files.ggml import FORMATS_LIKE
from sizing.files.gguf import Header, config_of, read_header
from sizing.files.gguf_header import MAGIC
from sizing.files.json_text import read_json
from sizing.files.kinds import START, foreign, foreign_json
from sizing.files.safetensors import INDEXES, is_quantized, mixed, number_type, whole
from sizing.files.wrapped import text_of
from sizing.model import Model


def read_model(path: str | Path, model_type: str | None = None, catalog: Catalog | None = None) -> Model:
    """A model from a file; ``model_type`` asserts that it is built like another.

    Its plans use the formats and runtimes of ``catalog``; left out, of the one that came with this package.

    Raises SizingError, in one line, for what cannot be read, or is not known and may matter.
    """
    file = Path(path)
    try:
        model = _read(file, model_type, catalog)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Rules take figures for figures and lists for lists; a file may hold anything.
        what = f"{type(error).__name__}: {error}"[:200]
        raise SizingError(f"{file}: says something of another kind than a model's file does ({what})") from error
    model = replace(model, path=str(path))
    return replace(model, planner=catalog.planner) if catalog else model


def _read(file: Path, model_type: str | None, catalog: Catalog | None) -> Model:
    if is_folder(file):
        file = described_in(file)
    try:
        with opened(file) as data:
            start = read(data, START)
    except ValueError as error:
        raise SizingError(f"{file}: {error}") from None
    if what := foreign(file.name, start):
        raise SizingError(f"{file}: {what}")
    if start.startswith(MAGIC):
        return _from_gguf(file, model_type)
    if file.suffix in (".yaml", ".yml"):
        return _from_entry(file)
    if file.name.endswith((".safetensors", *INDEXES)):
        return _from_checkpoint(file, model_type, catalog or default_catalog())
    return _from_config(file, model_type)


def _from_config(file: Path, kinship: str | None) -> Model:
    config = read_json(file)
    if not isinstance(config, dict):
        raise SizingError(f"{file}: no model_type; give a Hugging Face config.json")
    if what := foreign_json(config):
        raise SizingError(f"{file}: {what}")
    try:
        found = described(config, kinship)
        whole = {**config, **text_of(config).words}
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None
    name = file.resolve().parent.name if file.stem == "config" else file.stem
    stated = {**_beside(file), **whole}
    native = number_type(stated) or UNDISCLOSED
    context = whole.get("max_position_embeddings")
    model = _model(file, name, found.words, native, context, found.remarks, found.towers)
    if remark := mixed(stated):
        model = replace(model, remarks=(*model.remarks, remark))
    if is_quantized(stated):
        return replace(model, unread=_method(stated)) if native == UNDISCLOSED else replace(model, said_format=native)
    if native == UNDISCLOSED:
        return replace(model, remarks=(*model.remarks, "no dtype said; 16 bits taken"))
    return model


def _method(config: Mapping[str, Any]) -> str:
    stated = config.get("quantization_config") or config.get("quantization")
    method = stated.get("quant_method") if isinstance(stated, dict) else None
    return method[:40] if isinstance(method, str) and method.isprintable() else "unknown"


def _beside(file: Path) -> dict[str, Any]:
    """What hf_quant_config.json says, in the words that config.json uses for it."""
    other = file.with_name("hf_quant_config.json")
    try:
        return {"quantization_config": {"quant_method": "modelopt", **read_json(other)["quantization"]}}
    except (SizingError, KeyError, TypeError):
        return {}


def _from_checkpoint(file: Path, kinship: str | None, catalog: Catalog) -> Model:
    """A safetensors file, or the index of several, described by the config.json beside it, and as large as that says.

    Raises SizingError where its bytes are not those of the format that config.json names.
    """
    config = file.with_name("config.json")
    if not config.exists():
        raise SizingError(f"{file}: no config.json beside it; a checkpoint is described by that")
    found, remark = whole(file)
    model = _from_config(config, kinship)
    if remark:
        model = replace(model, remarks=(*model.remarks, remark))
    if model.native == UNDISCLOSED:
        return model  # nothing to compare with
    model = replace(model, said_format=model.native)
    try:
        fmt = format_of(catalog, model, model.native)
    except SizingError:
        return model  # in a format that the catalog does not have
    assert model.shape is not None
    sizes = [file_bytes(fmt, model.shape, False, mtp=mtp) for mtp in (False, True)]
    most = 1.5 if found.towers else 1.02
    if not any(0.98 * size <= found.bytes <= most * size for size in sizes):
        raise SizingError(
            f"{file}: {found.bytes:,} bytes, and config.json describes {sizes[0]:,} in {fmt.id}; "
            "some parts are stored in a way that is not known yet"
        )
    return model


def _from_gguf(file: Path, kinship: str | None) -> Model:
    """The header alone: keys, and the names and shapes of tensors; no weight is read."""
    header = read_header(file)
    try:
        words = config_of(header, kinship)
    except (KeyError, SizingError) as error:
        raise SizingError(f"{file}: {error if isinstance(error, SizingError) else f'no key {error}'}") from None
    native = header.recipe or UNDISCLOSED
    model = _model(file, str(header.name or file.stem), words, native, header.keys.get("context_length"))
    _agrees(file, model, header.elements)
    assert model.shape is not None
    remarks = (*model.remarks, *((header.remark,) if header.remark else ()))
    try:
        return replace(model, own=_own(file, header, model.shape), remarks=remarks)
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None


def _own(file: Path, header: Header, shape: Shape) -> OwnFormat:
    """The mix of types that the file holds, called as its name or its header calls it."""
    sizes = header.bytes
    name = ending(file.name).format or header.recipe or header.commonest
    like = (header.recipe, FORMATS_LIKE.get(header.commonest, header.commonest), "Q8_0")
    return OwnFormat(f"{file.name}:{name}", name, tuple(filter(None, like)), own_bytes(shape, sizes))


def _agrees(file: Path, model: Model, elements: int) -> None:
    """Raise SizingError unless the file's tensors are those of the model that was read from it, with MTP or without."""
    assert model.shape is not None
    every = [t for t in tensors(model.shape) if not is_left_out(t)]
    expected = [sum(t.elements for t in every if mtp or not t.mtp) for mtp in (False, True)]
    if not any(abs(elements - n) <= 0.001 * n for n in expected):
        raise SizingError(
            f"{file}: its tensors hold {elements:,} numbers, and a {model.family} of that shape {expected[0]:,}; "
            "it is built in a way that is not known yet"
        )


def _from_entry(file: Path) -> Model:
    """The single model of a catalog family file."""
    from sizing.facts.loading import read_family

    models = read_family(file)
    if len(models) != 1:
        raise SizingError(f"{file}: holds {len(models)} models; give one of the ids {', '.join(models)}")
    return Model.of(next(iter(models.values())))


def _model(
    file: Path,
    name: str,
    words: Words,
    native: str,
    context: object,
    remarks: tuple[str, ...] = (),
    seeing: Config | None = None,
) -> Model:
    from sizing.facts.validation import checked  # which is slow to import, and only files need it

    name = " ".join(name.split()) or str(words["model_type"])
    try:
        facts: dict[str, Any] = {
            "id": name,
            "family": words["model_type"],
            "vendor": UNDISCLOSED,
            "name": name,
            "license": UNDISCLOSED,
            "native": native,
            "released": UNDISCLOSED,
            "context": UNDISCLOSED if context is None else context,
            "parameters": UNDISCLOSED,
            "architecture": checked(Architecture, {word: said for word, said in words.items() if word in WORDS}),
        }
        if seeing:
            facts["towers"] = {"config": seeing}
        model = Model.of(checked(ModelEntry, facts), remarks=remarks)
        _ = model.shape
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None
    return model
