"""Which model does a command line mean? A name of the catalog, or a file or folder; ``--as`` for what is not known."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from sizing.errors import SizingError
from sizing.facts.content import is_file, is_folder

if TYPE_CHECKING:
    from sizing.catalog import Catalog
    from sizing.model import Model

_FILE: Final = re.compile(r"\.(json|ya?ml|bin|pth?|ckpt)$|^[.~]?/|[\\]")  # what names no model


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
    name: str = asked.model
    if name in catalog.models or not (_FILE.search(name) or is_file(name) or is_folder(name)):
        if asked.kinship:
            raise SizingError(
                f"{name} is a model of the catalog, which says how it is built; give --as to a file alone"
            )
        return catalog.model(name)
    from sizing.files.models import read_model

    return read_model(name, asked.kinship, catalog)
