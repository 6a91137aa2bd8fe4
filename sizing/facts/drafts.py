"""What did drafting bring? How many drafted tokens were kept, and how fast decoding was with them: two tables."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, ClassVar, Final

from sizing.engine.drafting import MOST
from sizing.facts.columns import ADDRESS, DAY, SOME_TEXT, TEXT, Column, id_of, matching, number, whole
from sizing.facts.index import Facts, Names
from sizing.facts.measurements import Measurement
from sizing.facts.tables import Row, Table, Wrong

MTP: Final = "mtp"  # a model's own multi-token-prediction layers
HEADS: Final = frozenset({MTP, "eagle3"})  # kinds of what drafts and is no model by itself

DRAFTER: Final = matching(r"\S+", "is missing; write mtp, a model's id, or a kind of head such as eagle3")
DRAFTED: Final = whole(1, MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Row):
    """How many tokens a step brought on average, its own one among them."""

    key: ClassVar = ("model", "drafter", "drafted", "texts", "source_url")
    model: Annotated[str, id_of("models")]
    drafter: Annotated[str, DRAFTER]  # mtp, a model's id, or a trained head's kind
    drafted: Annotated[int, DRAFTED]  # tokens before each step
    length: Annotated[float, number(0, MOST + 1, least=1)]
    texts: Annotated[str, SOME_TEXT]  # what was written: code, prose, mixed
    source_url: Annotated[str, ADDRESS]
    read: Annotated[str, DAY]
    note: Annotated[str, TEXT]

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """More tokens than were drafted, and one; what drafts and is neither a model nor a kind of head."""
        if self.drafter not in HEADS and (wrong := names.unknown(self.drafter, "models")):
            return "drafter", wrong
        if self.length > self.drafted + 1:
            return "length", f"a step brings at most {self.drafted + 1} tokens where {self.drafted} are drafted"
        return None


@dataclass(frozen=True)
class Drafted(Measurement):
    """A row of decoding in which ``drafter`` drafted ``drafted`` tokens before each step, of which the share
    ``accepted`` was kept; ``plain`` is the same without drafting, in tokens/s."""

    drafter: Annotated[str, DRAFTER]
    drafted: Annotated[int, DRAFTED]
    accepted: Annotated[float, number(0, 1)]
    plain: Annotated[float | None, Column(number(0, 10**7, empty=None).read)]

    def wrong(self, facts: Facts, names: Names) -> Wrong | None:
        """A test that drafts nothing, or what is wrong with any measurement."""
        if self.test != "decode":
            return "test", "a prompt drafts nothing; write decode"
        if self.drafter not in HEADS and (wrong := names.unknown(self.drafter, "models")):
            return "drafter", wrong
        return Measurement.wrong(self, facts, names)


Drafted.key = tuple(f.name for f in fields(Drafted) if f.name not in ("source_url", "read", "note", "plain"))

LENGTHS: Final = Table("measurements/lengths.csv", Length)
DRAFTS: Final = Table("measurements/drafts.csv", Drafted)
