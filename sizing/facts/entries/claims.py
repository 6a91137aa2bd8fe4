"""What may a claim say, and the words and classes that claims use?"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sizing.facts.entries.common import SOURCES, Entry, Sources

Quantity = Literal[
    "parameters",
    "active_parameters",
    "weights",
    "weights_per_parameter",
    "cache",
    "memory",
    "decode",
    "prefill",
    "usable_memory",
    "power",
    "decode_per_compute",
    "decode_per_bandwidth",
    "decode_per_price",
]
Relation = Literal[
    "about", "at most", "at least", "above", "below",
    "fits", "not fits", "runs", "not runs", "disclosed", "undisclosed", "open", "hosted",
]  # fmt: skip
Tokens = Annotated[
    int, BeforeValidator(lambda v: int(v[:-1]) * 1024 if isinstance(v, str) and re.fullmatch(r"\d+K", v) else v)
]


class Axes(Entry):
    """The cells that a check runs on: every combination. A name may be a set's."""

    models: tuple[str, ...] = Field(description="a list of models' ids or sets' names")
    machines: tuple[str, ...] = Field((), description="a list of machines' or devices' ids or sets' names")
    formats: tuple[str, ...] = Field((), description="a list of formats' ids or sets' names")
    contexts: tuple[Tokens | str, ...] = Field((4096,), description="a list of tokens or words, such as [4K, 128K]")


class Against(Entry):
    """What a cell's quantity is divided by: the same quantity with these put in place of the cell's."""

    model: str | None = Field(None, description="a model's id")
    machine: str | None = Field(None, description="a machine's or device's id")
    format: str | None = Field(None, description="a format's id")
    context: Tokens | None = Field(None, description="tokens, such as 4K")


class Measure(Entry):
    """What is compared with what."""

    quantity: Quantity | None = Field(
        None, description="such as weights; left out for fits, runs, disclosed, open, hosted"
    )
    relation: Relation | None = Field(
        None, alias="is", description="about, at most, at least, above, below, fits, runs, disclosed …"
    )
    value: float | None = Field(None, gt=0, description="a number, in the unit")
    unit: Literal["GB", "GB/B", "GB/10B", "B", "T", "tok/s", "W", "ratio"] | None = Field(
        None, description="GB, GB/B, GB/10B, B, T, tok/s, W or ratio"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.relation is None:
            return self
        numeric = self.relation in ("about", "at most", "at least", "above", "below")
        given = [x is not None for x in (self.quantity, self.value, self.unit)]
        if numeric and not all(given):
            raise ValueError(f"is: {self.relation} compares a quantity with a value; give quantity, value and unit")
        if not numeric and any(given):
            raise ValueError(f"is: {self.relation} is a verdict of its own; leave out quantity, value and unit")
        return self


class Word(Measure):
    """A word with a threshold, defined once."""

    name: str = Field(description="the word in Chinese")
    means: str = Field(description="what it means, in Chinese")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.quantity is None:
            raise ValueError("a word with a threshold needs quantity, is, value and unit")
        return self


class Kind(Entry):
    """A word that names a class of machines, or a length of context, defined once."""

    name: str = Field(description="the word in Chinese")
    means: str = Field(description="what it means, in Chinese")
    machines: tuple[str, ...] = Field((), description="a list of machines' or devices' ids or sets' names")
    contexts: tuple[Tokens, ...] = Field((), description="a list of tokens, such as [32K]")
    sources: Sources = Field(description=SOURCES)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.machines) == bool(self.contexts):
            raise ValueError("give either machines or contexts")
        return self


class Check(Measure):
    """One part of a claim, tried on every cell of ``over``: a measure of its own, or a word."""

    word: str | None = Field(None, description="a word of this file, in place of quantity, is, value and unit")
    over: Axes = Field(description="{models, machines, formats, contexts}")
    where: Literal["fits", "not fits", "runs"] | None = Field(None, description="keep only cells where it fits, not …")
    against: Against | None = Field(None, description="{model | machine | format | context}: compare the ratio")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        own = (self.quantity, self.relation, self.value, self.unit)
        if self.word is not None and any(x is not None for x in own):
            raise ValueError("a word brings its own quantity, is, value and unit; leave them out")
        if self.word is None and self.relation is None:
            raise ValueError("give a word of this file, or is with what it compares")
        return self


class Claim(Entry):
    """A claim: what it says, and the checks that must all hold."""

    id: str
    says: str = Field(description="the claim, in Chinese")
    section: str = Field(description="the article's section that answers it, as its heading")
    note: str | None = Field(None, description="what is right, in Chinese, without figures")
    checks: Annotated[tuple[Check, ...], Field(min_length=1)] = Field(description="a list of checks")
