"""What is a model? A catalog entry, or one read from a file, with its parameter counts."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, PrivateAttr, ValidationError

from sizing.architectures import TABLE
from sizing.entries import SOURCES, Architecture, ModelEntry, Sources
from sizing.reading import SizingError
from sizing.tensors import Parameters, parameters
from sizing.units import UNDISCLOSED

if TYPE_CHECKING:
    from sizing.catalog import Catalog


class Model(ModelEntry):
    """A model's entry together with what follows from its shape."""

    # The catalog that it came from, whose formats and runtimes its plans use.
    _catalog: Catalog | None = PrivateAttr(None)

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if isinstance(self.architecture, str) else parameters(self.architecture)


class CatalogModel(Model):
    """A model of the catalog: every fact has a source."""

    sources: Sources = Field(description=SOURCES)


def read_model(path: str | Path) -> Model:
    """A model from a Hugging Face ``config.json``. Raises SizingError in one line for what cannot be read."""
    file = Path(path)
    try:
        config = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SizingError(f"{file}: {error.strerror or error}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise SizingError(f"{file}: not JSON ({error}); give a config.json or a catalog id") from None
    if not isinstance(config, dict) or "model_type" not in config:
        raise SizingError(f"{file}: no model_type; give a Hugging Face config.json")
    return from_config(config, file)


def from_config(config: dict[str, Any], file: Path) -> Model:
    """A model from the keys of a ``config.json``."""
    if config["model_type"] not in TABLE:
        raise SizingError(
            f"{file}: model_type {config['model_type']!r} is not known; known are {', '.join(sorted(TABLE))}"
        )
    keys = {k: v for k, v in config.items() if k in Architecture.model_fields and v is not None}
    if config.get("use_sliding_window") is False:
        keys.pop("sliding_window", None)
    try:
        architecture = Architecture.model_validate(keys)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SizingError(f"{file}: {key + ': ' if key else ''}{first['msg']}") from None
    name = file.parent.name if file.stem == "config" else file.stem
    return Model(
        id=name or file.stem,
        family=str(config["model_type"]),
        vendor=UNDISCLOSED,
        name=name or file.stem,
        license=UNDISCLOSED,
        native=str(config.get("torch_dtype") or config.get("dtype") or UNDISCLOSED),
        released=UNDISCLOSED,
        context=config.get("max_position_embeddings", UNDISCLOSED),
        stated_parameters=UNDISCLOSED,
        architecture=architecture,
    )
