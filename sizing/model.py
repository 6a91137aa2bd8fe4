"""What is a model? An entry together with what follows from its shape."""

from __future__ import annotations

from dataclasses import field, fields
from functools import cached_property

from sizing.anatomy.tensors import Parameters, parameters
from sizing.facts.entries.models import ModelEntry
from sizing.planner import Planner


class Model(ModelEntry):
    """A model's entry together with what follows from its shape."""

    # That of the catalog whose formats and runtimes its plans use; None for the one that came with this package.
    planner: Planner | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, entry: ModelEntry, planner: Planner | None = None) -> Model:
        """The model that an entry describes."""
        return cls(**{one.name: getattr(entry, one.name) for one in fields(ModelEntry)}, planner=planner)

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if isinstance(self.architecture, str) else parameters(self.architecture)
