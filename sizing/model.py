"""What is a model? An entry together with what follows from its shape."""

from __future__ import annotations

from dataclasses import field, fields
from functools import cached_property

from sizing.anatomy.dialect import shape_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import Parameters, parameters
from sizing.facts.entries.models import ModelEntry
from sizing.planner import Planner


class Model(ModelEntry):
    """A model's entry together with what follows from its shape."""

    # That of the catalog whose formats and runtimes its plans use; None for the one that came with this package.
    planner: Planner | None = field(default=None, repr=False, compare=False)
    # What was taken for granted when it was read from a file: words that nobody here knows, and defaults.
    remarks: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(cls, entry: ModelEntry, planner: Planner | None = None, remarks: tuple[str, ...] = ()) -> Model:
        """The model that an entry describes."""
        own = {one.name: getattr(entry, one.name) for one in fields(ModelEntry)}
        return cls(**own, planner=planner, remarks=remarks)

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def shape(self) -> Shape | None:
        """What its words mean; None where they are undisclosed. Raises SizingError for words that mean nothing."""
        return None if isinstance(self.architecture, str) else shape_of(self.architecture)

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if self.shape is None else parameters(self.shape)
