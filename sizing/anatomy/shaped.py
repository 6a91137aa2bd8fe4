"""What follows from a model's entry alone? Its shape, and the parameters that it comes to."""

from __future__ import annotations

from functools import cached_property

from sizing.anatomy.dialect import shape_of
from sizing.anatomy.shape import Shape
from sizing.anatomy.tensors import Parameters, parameters
from sizing.facts.entries.models import ModelEntry


class ShapedEntry(ModelEntry):
    """A model's entry together with its shape."""

    @cached_property
    def shape(self) -> Shape | None:
        """What its words mean; None where they are undisclosed. Raises SizingError for words that mean nothing."""
        return None if isinstance(self.architecture, str) else shape_of(self.architecture)

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if self.shape is None else parameters(self.shape)
