"""Who drafts for a model, and how many of its tokens are kept? What was measured, of the model or of its kin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from sizing.anatomy.sized import drafter
from sizing.engine.drafting import (
    Draft,
    Drafter,
    Experience,
    Kept,
    brought,
    drafts_of,
    of_one_vocabulary,
    possible_drafts,
)
from sizing.errors import SizingError
from sizing.facts.drafts import HEADS, MTP, Length

if TYPE_CHECKING:
    from sizing.model import Model
    from sizing.plan import Plan
    from sizing.planner import Planner, Settled

FEWEST: Final = 3  # rows of one case from which its texts are told apart


@lru_cache(maxsize=1024)
def chance_of(tokens: int, length: float) -> float:
    """The chance by which a step brings ``length`` tokens: from 0 to 1."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if brought(tokens, middle) < length else (low, middle)
    return low


def spread(rows: Sequence[Length]) -> tuple[float, float]:
    """The 10th and 90th percentile of the chances over the middle one of their model, drafter and number of tokens."""
    groups: dict[tuple[str, str, int], list[float]] = {}
    for row in rows:
        groups.setdefault((row.model, row.drafter, row.drafted), []).append(chance_of(row.drafted, row.length))
    ratios = [one / median(own) for own in groups.values() for one in own if len(own) >= FEWEST]
    if len(ratios) < FEWEST:
        return 1.0, 1.0
    tenths = quantiles(ratios, n=10, method="inclusive")
    return min(1.0, tenths[0]), max(1.0, tenths[-1])


def experience(rows: Sequence[Length], family: Callable[[str], str | None]) -> Experience:
    """What was measured, as the engine takes it. A trained head tells how texts differ, and speaks of no other kind."""
    low, high = spread(rows)
    told = [row for row in rows if row.drafter == MTP or row.drafter not in HEADS]
    return Experience(tuple(kept(row, family) for row in told), low, high)


def kept(row: Length, family: Callable[[str], str | None]) -> Kept:
    """One row of it."""
    chance = chance_of(row.drafted, row.length)
    return Kept(row.model, family(row.model), row.drafter == MTP, row.drafted, chance)


def drafts(
    planner: Planner, model: Model, settled: Settled, beside: Plan | None, tokens: int | None, acceptance: float | None
) -> list[Draft]:
    """What may draft for a model: a model beside it, given by its plan, or its own layers. One for each number of
    tokens where none is said. Raises SizingError for what nothing drafts, and for what cannot be."""
    possible_drafts(tokens, acceptance)
    who = _own(model, settled) if beside is None else _beside(beside, settled)
    told = experience(planner.lengths, planner.family)
    return drafts_of(who, told, planner.family(model.id), model.id, tokens, acceptance)


def _own(model: Model, settled: Settled) -> Drafter:
    assert model.shape is not None
    loaded, runtime = settled.loaded, settled.runtime
    own = drafter(model.shape, settled.format, loaded.cache_format, runtime.cache, runtime.files == "gguf")
    if own is None:
        raise SizingError(f"{model.id} has no multi-token-prediction layers; name a draft model")
    return Drafter(own, loaded.encoding.packing, own=True)


def _beside(draft: Plan, settled: Settled) -> Drafter:
    program = settled.loaded.program
    words, drafted = settled.loaded.sized.widths.vocab, draft.sized.widths.vocab
    of_one_vocabulary(program.runtime, program.gguf, words, drafted)
    return Drafter(draft.sized, draft.outcome.loaded.encoding.packing, own=False)
