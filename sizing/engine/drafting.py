"""What drafts tokens ahead, and how many does a step then bring?

Something small, the model's own layers for it (MTP) or a model beside it, drafts a few tokens one after another; the
model reads them all in one step, keeps those that it would have chosen, up to the first that it would not, and adds one
of its own (Leviathan et al., 2023, section 2). How many are kept depends on what is written: no datasheet says it.

What was measured with another number of tokens is told by the chance that a drafted token is kept where those before
it were: with it a step brings 1 + p + p² + … tokens (equation 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout
from sizing.engine.numbers import middle, power, total
from sizing.engine.sized import Sized
from sizing.errors import SizingError

MOST: Final = 16  # tokens that are drafted at once at most
DIFFERING: Final = 128  # words by which vocabularies may differ that are one
TRIED: Final = 8  # where nobody says how many
SURE: Final = 0.98  # no text is foreseen better
ACCEPTANCE: Final = "acceptance"  # assumed: how many drafted tokens are kept, by other models or texts


@dataclass(frozen=True)
class Draft:
    """What drafts ``tokens`` tokens before each step, and how many tokens a step then brings."""

    sized: Sized
    packing: str
    tokens: int
    length: float  # tokens of a sequence that a step brings, its own one among them: from 1 to ``tokens`` + 1
    least: float  # with texts that are hard to foresee
    most: float  # with those that are easy
    assumed: bool = False  # whether others measured it; else it was given

    @property
    def acceptance(self) -> float:
        """The share of the drafted tokens that is kept, as llama.cpp and vLLM print it."""
        return (self.length - 1) / self.tokens


def beside(layout: Layout, layers: int) -> Layout:
    """Where what drafts lies: with the output head, whole; ranks share it as they share all."""
    if layout.ranks > 1:
        return Layout("tensor", (0, layers), 0, ranks=layout.ranks, shares=layout.shares)
    devices = len(layout.bounds) - 1
    if layout.output == HOST:
        return Layout("layer", tuple([layers for _ in range(devices + 1)]), HOST, layers)
    return Layout("layer", tuple([0 if i <= layout.output else layers for i in range(devices + 1)]), layout.output)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many drafted tokens were kept, as somebody measured it."""

    model: str
    family: str | None
    own: bool  # whether the model's own layers drafted, else a model beside it
    drafted: int  # tokens before each step
    chance: float  # that one is kept where those before it were


@dataclass(frozen=True, slots=True)
class Experience:
    """What was measured of drafts, and how texts differ: the 10th and 90th percentile of their chances over the middle
    one."""

    rows: tuple[Kept, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Drafter:
    """What may draft for a model: its ``own`` layers, or a model beside it."""

    sized: Sized
    packing: str
    own: bool


def brought(tokens: int, chance: float) -> float:
    """Tokens that a step brings where ``tokens`` are drafted, each kept by ``chance`` if those before it were."""
    return total([power(chance, i) for i in range(tokens + 1)])


def telling(rows: Sequence[Kept], family: str | None, model: str, own: bool) -> list[Kept]:
    """The rows that say most of a model that drafts with its ``own`` layers, or else with another one: of this model,
    of its family, or of any."""
    alike = [row for row in rows if row.own == own]
    of_family = [row for row in alike if row.family == family]
    of_model = [row for row in of_family if row.model == model]
    if of_model:
        return of_model
    return of_family if of_family else alike


def chances(rows: Sequence[Kept], tokens: int) -> list[float]:
    """The chances of the rows with that many drafted tokens, or of those with most nearly as many."""
    nearest = min([_apart(row.drafted, tokens) for row in rows])
    return [row.chance for row in rows if _apart(row.drafted, tokens) == nearest]


def _apart(one: int, other: int) -> int:
    return max(one - other, other - one)


def possible_drafts(tokens: int | None, acceptance: float | None) -> None:
    """Raise SizingError for a number of drafted tokens, or a share of them that is kept, that cannot be."""
    if tokens is not None and not 1 <= tokens <= MOST:
        raise SizingError(f"{tokens} drafted tokens are not possible; give a whole number from 1 to {MOST}")
    if acceptance is not None:
        if not 0 <= acceptance <= 1:
            raise SizingError(f"an acceptance of {acceptance:g} is not possible; give a share such as 0.7")
        if tokens is None:
            raise SizingError("an acceptance is of a number of drafted tokens; give that number with it")


def of_one_vocabulary(runtime: str, gguf: bool, words: int, drafted: int) -> None:
    """Raise SizingError for a draft model whose vocabulary is another: llama.cpp alone translates what one drafts, and
    takes those for equal that differ by less (common/speculative.cpp)."""
    if not gguf and _apart(words, drafted) > DIFFERING:
        raise SizingError(
            f"{runtime} drafts with a model of the same vocabulary; this one has {drafted} words for {words}"
        )


def undrafted(tokens: int | None, acceptance: float | None) -> None:
    """Raise SizingError for what is said of drafts where nothing drafts."""
    if tokens is not None or acceptance is not None:
        raise SizingError("nothing drafts; ask for the model's own layers (mtp), or name a draft model")


def drafts_of(
    drafter: Drafter, told: Experience, family: str | None, model: str, tokens: int | None, acceptance: float | None
) -> list[Draft]:
    """What is drafted for a model of that family: one for each number of tokens where none is said. Raises SizingError
    where nobody knows how many are kept."""
    sized, packing = drafter.sized, drafter.packing
    if tokens is not None and acceptance is not None:
        length = 1 + tokens * acceptance
        return [Draft(sized, packing, tokens, length, length, length)]
    rows = telling(told.rows, family, model, drafter.own)
    if not rows:
        raise SizingError("nobody measured how many drafted tokens are kept; give their number and the acceptance")
    found: list[Draft] = []
    for count in range(1, TRIED + 1) if tokens is None else [tokens]:
        chance = middle(chances(rows, count))
        mean = brought(count, min(chance, SURE))
        least = brought(count, min(chance * told.low, SURE))
        most = brought(count, min(chance * told.high, SURE))
        found.append(Draft(sized, packing, count, mean, least, most, True))
    return found
