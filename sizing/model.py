"""What is a model? An entry with its shape, and where its plans come from."""

from __future__ import annotations

from dataclasses import field, fields, replace

from sizing.anatomy.shaped import ShapedEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.model_names import Meant
from sizing.facts.units import UNDISCLOSED
from sizing.planner import Planner


class Model(ShapedEntry):
    """A model's entry with its shape, and the planner that knows the formats and runtimes of its catalog."""

    # That of the catalog whose formats and runtimes its plans use; None for the one that came with this package.
    planner: Planner | None = field(default=None, repr=False, compare=False)
    # What was taken for granted when it was read from a file: words that nobody here knows, and defaults.
    remarks: tuple[str, ...] = field(default=(), repr=False, compare=False)
    # What its name said of the format, and whether that is a GGUF file's.
    said_format: str | None = field(default=None, repr=False, compare=False)
    # How its file says that weights are stored, where nobody here knows that.
    unread: str | None = field(default=None, repr=False, compare=False)
    said_gguf: bool = field(default=False, repr=False, compare=False)
    # The file or folder that it was read from; None for a model of the catalog.
    path: str | None = field(default=None, repr=False, compare=False)

    @property
    def from_file(self) -> bool:
        """Whether it was read from a file, which does not say who made it."""
        return self.vendor == UNDISCLOSED

    @classmethod
    def of(cls, entry: ModelEntry, planner: Planner | None = None, remarks: tuple[str, ...] = ()) -> Model:
        """The model that an entry describes."""
        own = {one.name: getattr(entry, one.name) for one in fields(ModelEntry)}
        return cls(**own, planner=planner, remarks=remarks)

    def as_named(self, meant: Meant) -> Model:
        """This model, in the format that a name for it says."""
        remarks = (*self.remarks, meant.remark) if meant.remark else self.remarks
        return replace(self, said_format=meant.format, said_gguf=meant.gguf, remarks=remarks)

    def __hash__(self) -> int:
        return hash(self.id)
