"""Which model does a file describe? A Hugging Face ``config.json`` or checkpoint, a GGUF header, a catalog entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sizing.anatomy.formats import file_bytes, format_of
from sizing.catalog import Catalog, default_catalog
from sizing.errors import SizingError
from sizing.facts.content import is_folder, opened, read
from sizing.facts.units import UNDISCLOSED
from sizing.files.folders import described_in
from sizing.files.gguf import read_header
from sizing.files.gguf_header import MAGIC
from sizing.files.json_text import read_json
from sizing.files.kinds import START, foreign
from sizing.files.pointing import points_to
from sizing.files.safetensors import INDEXES, whole
from sizing.files.told import UNLIKE, of_config, of_gguf
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
        raise SizingError(f"{file}: {UNLIKE}") from error
    model = replace(model, path=str(path))
    return replace(model, planner=catalog.planner) if catalog else model


def _read(file: Path, model_type: str | None, catalog: Catalog | None, *, pointed: bool = False) -> Model:
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
    if not pointed and (other := points_to(file, start)):
        return _read(other, model_type, catalog, pointed=True)  # and no further: two may name each other
    if file.suffix in (".yaml", ".yml"):
        return _from_entry(file)
    if file.name.endswith((".safetensors", *INDEXES)):
        return _from_checkpoint(file, model_type, catalog or default_catalog())
    return _from_config(file, model_type)


def _from_config(file: Path, kinship: str | None) -> Model:
    config = read_json(file)
    name = _folder(file) if file.stem == "config" else file.stem
    try:
        return of_config(config, name, kinship, _beside(file))
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None


def _folder(file: Path) -> str:
    """What the folder of a file is called; a snapshot in Hugging Face's cache, what its repository is called."""
    folder = file.parent.resolve()  # a snapshot's files are links to elsewhere
    if folder.parent.name == "snapshots":
        return folder.parent.parent.name.rpartition("--")[2]
    return folder.name


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
    found, remark = whole(file)
    if not config.exists() and (config := file.with_name("params.json")).exists():
        return _from_config(config, kinship)
    if not config.exists():
        raise SizingError(f"{file}: no config.json beside it; a checkpoint is described by that")
    model = _from_config(config, kinship)
    if remark:
        model = replace(model, remarks=(*model.remarks, remark))
    if model.native == UNDISCLOSED:
        return model  # nothing to compare with
    model = replace(model, said_format=model.native)
    if not found.bytes:
        return model
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
        return of_gguf(header, file.name, kinship)
    except SizingError as error:
        raise SizingError(f"{file}: {error}") from None


def _from_entry(file: Path) -> Model:
    """The single model of a catalog family file."""
    from sizing.facts.loading import read_family

    models = read_family(file)
    if len(models) != 1:
        raise SizingError(f"{file}: holds {len(models)} models; give one of the ids {', '.join(models)}")
    return Model.of(next(iter(models.values())))
