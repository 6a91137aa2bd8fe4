"""What may a claim say, and the words and classes that claims use?"""

from __future__ import annotations

from typing import Annotated, Literal

from sizing.facts.entries.common import SOURCES, Sources
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import SOME, Bool, Bounded, PositiveNumber, Text, Tokens

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


# A context may be a word of this file, which no number is mistaken for.
ContextWord = Annotated[str, Bounded(strict=True, pattern="^[a-z][a-z0-9-]*$")]


class Axes(Entry):
    """The cells that a check runs on: every combination. A name may be a set's."""

    models: tuple[Text, ...] = about("a list of models' ids or sets' names")
    machines: tuple[Text, ...] = about("a list of machines' or devices' ids or sets' names", default=())
    formats: tuple[Text, ...] = about("a list of formats' ids or sets' names", default=())
    contexts: tuple[Tokens | ContextWord, ...] = about("a list of tokens or words, such as [4K, 128K]", default=(4096,))


class Against(Entry):
    """What a cell's quantity is divided by: the same quantity with these put in place of the cell's."""

    model: Text | None = about("a model's id", default=None)
    machine: Text | None = about("a machine's or device's id", default=None)
    format: Text | None = about("a format's id", default=None)
    context: Tokens | None = about("tokens, such as 4K", default=None)


class Measure(Entry):
    """What is compared with what."""

    quantity: Quantity | None = about("such as weights; left out for fits, runs, disclosed, open, hosted", default=None)
    relation: Relation | None = about(
        "about, at most, at least, above, below, fits, runs, disclosed …", default=None, key="is"
    )
    value: PositiveNumber | None = about("a number, in the unit", default=None)
    unit: Literal["GB", "GB/B", "GB/10B", "B", "T", "tok/s", "W", "ratio"] | None = about(
        "GB, GB/B, GB/10B, B, T, tok/s, W or ratio", default=None
    )

    def __post_init__(self) -> None:
        if self.relation is None:
            return
        numeric = self.relation in ("about", "at most", "at least", "above", "below")
        given = [x is not None for x in (self.quantity, self.value, self.unit)]
        if numeric and not all(given):
            raise ValueError(f"is: {self.relation} compares a quantity with a value; give quantity, value and unit")
        if not numeric and any(given):
            raise ValueError(f"is: {self.relation} is a verdict of its own; leave out quantity, value and unit")


class Word(Measure):
    """A word with a threshold, defined once."""

    name: Text = about("the word in Chinese")
    means: Text = about("what it means, in Chinese")
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.quantity is None:
            raise ValueError("a word with a threshold needs quantity, is, value and unit")


class Kind(Entry):
    """A word that names a class of machines, or a length of context, defined once."""

    name: Text = about("the word in Chinese")
    means: Text = about("what it means, in Chinese")
    machines: tuple[Text, ...] = about("a list of machines' or devices' ids or sets' names", default=())
    contexts: tuple[Tokens, ...] = about("a list of tokens, such as [32K]", default=())
    sources: Sources = about(SOURCES)

    def __post_init__(self) -> None:
        if bool(self.machines) == bool(self.contexts):
            raise ValueError("give either machines or contexts")


class Check(Measure):
    """One part of a claim, tried on every cell of ``over``: a measure of its own, or a word."""

    word: Text | None = about("a word of this file, in place of quantity, is, value and unit", default=None)
    over: Axes = about("{models, machines, formats, contexts}")
    where: Literal["fits", "not fits", "runs"] | None = about("keep only cells where it fits, not …", default=None)
    always: Bool = about("true where the claim is a law: one case that does not pass fails it", default=False)
    against: Against | None = about("{model | machine | format | context}: compare the ratio", default=None)

    def __post_init__(self) -> None:
        super().__post_init__()
        own = (self.quantity, self.relation, self.value, self.unit)
        if self.word is not None and any(x is not None for x in own):
            raise ValueError("a word brings its own quantity, is, value and unit; leave them out")
        if self.word is None and self.relation is None:
            raise ValueError("give a word of this file, or is with what it compares")


class Claim(Entry):
    """A claim: what it says, and the checks that must all hold."""

    id: Text
    says: Text = about("the claim, in Chinese")
    section: Text = about("the article's section that answers it, as its heading")
    note: Text | None = about("what is right, in Chinese, without figures", default=None)
    checks: Annotated[tuple[Check, ...], SOME] = about("a list of checks")
