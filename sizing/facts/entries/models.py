"""What may a model's entry say?"""

from __future__ import annotations

from pydantic import Field

from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.common import (
    SOURCES,
    AmountOrUndisclosed,
    DateOrUndisclosed,
    Entry,
    Positive,
    Source,
    Sources,
)
from sizing.facts.units import UNDISCLOSED, Undisclosed


class Headline(Entry):
    """The vendor's headline figures, as the vendor counts them."""

    total: AmountOrUndisclosed = Field(UNDISCLOSED, description="a count such as 671B")
    active: AmountOrUndisclosed = Field(UNDISCLOSED, description="a count such as 37B")
    counts: str = Field(description="what the figure counts, in a few words")


class PublishedFile(Entry):
    """A published file of a mix that no format's rule makes: its size is the fact."""

    bytes: Positive = Field(description="its tensors' bytes, such as 17664000000")
    like: str = Field(description="the format whose recipe says how the bytes lie over the parts, such as Q4_K_M")
    source: Source = Field(description="{url, read}")


class ModelEntry(Entry):
    """One model: what its publisher states."""

    id: str
    family: str = Field(description="the family's name")
    vendor: str = Field(description="the vendor's id, such as meta")
    name: str = Field(description="the model's name")
    license: str = Field(description="the licence's name, or proprietary")
    native: str = Field(description="the number type of the published weights, such as BF16, or undisclosed")
    released: DateOrUndisclosed = Field(description="the release date, such as 2025-04-28")
    context: AmountOrUndisclosed = Field(description="the model's limit in tokens, such as 8192")
    stated_parameters: AmountOrUndisclosed = Field(
        alias="parameters", description="the published exact count, such as 8030261248, or undisclosed"
    )
    published: Headline | None = Field(None, description="{total, active, counts}")
    architecture: Architecture | Undisclosed = Field(description="config.json's keys, or undisclosed")
    files: dict[str, PublishedFile] = Field(
        {}, description="published files of no format's rule: a map such as UD-Q4_K_XL: {bytes, like, source}"
    )
    sources: tuple[Source, ...] = Field((), description=SOURCES)

    @property
    def open(self) -> bool:
        """Whether its weights, and so its shape, are published."""
        return self.architecture != UNDISCLOSED


class CitedModelEntry(ModelEntry):
    """A model of the catalog: every fact has a source."""

    sources: Sources = Field(description=SOURCES)
