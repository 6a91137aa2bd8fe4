"""Which model does a command line mean? A name of the catalog, or a file or folder; ``--as`` for what is not known."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from sizing.errors import SizingError
from sizing.facts.content import is_folder, is_there

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.model import Model

_FILE: Final = re.compile(r"\.(json|ya?ml|bin|pth?|ckpt)$|^[.~]?/|[\\]|^sha256[-:]")  # what names no model
_WEIGHTS: Final = re.compile(r"\.(gguf|safetensors)$", re.I)  # and may be a model's name, though there is no such file
_ADDRESS: Final = re.compile(r"\w+://")
_CACHED: Final = re.compile(r"models--(\w[\w.-]*?)--(\w[\w.-]*)")  # what Hugging Face's cache calls a repository


def add_model(parser: argparse.ArgumentParser) -> None:
    """``MODEL`` and ``--as``."""
    parser.add_argument(
        "model",
        metavar="MODEL",
        help="an id, a name, a repository, an Ollama tag; or config.json, a GGUF or safetensors file, a folder",
    )
    add_kinship(parser)


def add_kinship(parser: argparse.ArgumentParser) -> None:
    """``--as``, of every command that reads a model's file."""
    parser.add_argument(
        "--as", metavar="TYPE", dest="kinship", help="of a file: assert that it is built like this model_type"
    )


def model_of(catalog: Catalog, asked: argparse.Namespace) -> Model:
    """The model that is meant. Raises SizingError for what cannot be read, is not known, or is ambiguous."""
    name = _written(asked.model)
    if not name:
        raise SizingError("no model is named; give an id, a repository, an Ollama tag, a file or a folder")
    if name in catalog.models or not _is_path(name):
        if asked.kinship:
            raise SizingError(
                f"{name} is a model of the catalog, which says how it is built; give --as to a file alone"
            )
        return _called(catalog, name)
    from sizing.files.models import read_model

    return read_model(name, asked.kinship, catalog)


def _written(name: str) -> str:
    """A name without what stands around it: a file's scheme, or how a cache writes a repository."""
    name = name.strip().removeprefix("file://")
    cached = None if is_folder(name) else _CACHED.fullmatch(name)
    return f"{cached[1]}/{cached[2]}" if cached else name


def _is_path(name: str) -> bool:
    """Whether a file or folder is meant, there or not."""
    if _ADDRESS.match(name):
        return False
    return bool(_FILE.search(name)) or is_there(name)


def _called(catalog: Catalog, name: str) -> Model:
    """The model that is called so. Raises SizingError, and of a file's name or an address says what that is."""
    try:
        return catalog.model(name)
    except SizingError as error:
        what = str(error).partition("; ")
        hint = what[2] if what[2].startswith("did you mean") else ""
        if not what[0].startswith("no model"):
            raise
        if _ADDRESS.match(name):
            close = f"; {hint}" if hint else ""
            raise SizingError(
                f"{name[:80]}: an address is not fetched; download the file, and give that{close}"
            ) from None
        if two := _with_a_machine(catalog, name):
            raise SizingError(f"{name}: a machine is named with --on, as in sizing plan {two}") from None
        if _WEIGHTS.search(name):
            raise SizingError(f"{name}: No such file; {hint or 'check its name'}") from None
        raise


def _with_a_machine(catalog: Catalog, name: str) -> str | None:
    """How a model is asked about on a machine, where a name is of both; else None."""
    words = name.split()
    for end in range(len(words) - 1, 0, -1):
        model, machine = " ".join(words[:end]), " ".join(words[end:])
        try:
            catalog.model(model), catalog.machine(machine)
        except SizingError:
            continue
        return " --on ".join(f'"{one}"' if " " in one else one for one in (model, machine))
    return None
