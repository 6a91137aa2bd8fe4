"""What is a model? An entry together with what follows from its shape."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field, fields
from functools import cached_property

from sizing.anatomy.tensors import Parameters, parameters
from sizing.facts.entries.models import ModelEntry


class Model(ModelEntry):
    """A model's entry together with what follows from its shape."""

    # The catalog that it came from, whose formats and runtimes its plans use.
    _catalog: object = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, entry: ModelEntry, catalog: object = None) -> Model:
        """The model that an entry describes."""
        return cls(**{one.name: getattr(entry, one.name) for one in fields(ModelEntry)}, _catalog=catalog)

    @cached_property
    def choices(self) -> dict[Hashable, object]:
        """What ``plan`` has settled for this model already."""
        return {}

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if isinstance(self.architecture, str) else parameters(self.architecture)
