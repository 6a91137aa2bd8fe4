"""What is a model? An entry together with what follows from its shape."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

from pydantic import Field, PrivateAttr

from sizing.entries import SOURCES, ModelEntry, Sources
from sizing.tensors import Parameters, parameters


class Model(ModelEntry):
    """A model's entry together with what follows from its shape."""

    # The catalog that it came from, whose formats and runtimes its plans use.
    _catalog: object = PrivateAttr(None)

    @cached_property
    def choices(self) -> dict[Hashable, object]:
        """What ``plan`` has settled for this model already."""
        return {}

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if isinstance(self.architecture, str) else parameters(self.architecture)


class CatalogModel(Model):
    """A model of the catalog: every fact has a source."""

    sources: Sources = Field(description=SOURCES)
