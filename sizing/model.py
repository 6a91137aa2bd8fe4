"""What is a model? An entry together with what follows from its shape."""

from __future__ import annotations

from functools import cached_property

from pydantic import PrivateAttr

from sizing.anatomy.tensors import Parameters, parameters
from sizing.facts.entries.models import ModelEntry
from sizing.planner import Planner


class Model(ModelEntry):
    """A model's entry together with what follows from its shape."""

    # That of the catalog whose formats and runtimes its plans use; None for the one that came with this package.
    _planner: Planner | None = PrivateAttr(None)

    @classmethod
    def of(cls, entry: ModelEntry, planner: Planner | None = None) -> Model:
        """The model that an entry describes."""
        model = cls.model_construct(**{name: getattr(entry, name) for name in ModelEntry.model_fields})
        model._planner = planner
        return model

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def planner(self) -> Planner | None:
        """The planner of the catalog that it belongs to; None for the catalog that came with this package."""
        return self._planner

    @cached_property
    def parameters(self) -> Parameters | None:
        """Parameter counts as sums over tensors; None where the shape is undisclosed."""
        return None if isinstance(self.architecture, str) else parameters(self.architecture)
