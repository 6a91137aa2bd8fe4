"""Who drafts for a model, and how many of its tokens are kept? What was measured, of the model or of its kin.

What was measured with another number of tokens is told by the chance that a drafted token is kept where those before
it were: with it a step brings 1 + p + p² + … tokens (Leviathan et al., 2023, equation 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from sizing.anatomy.sized import drafter
from sizing.engine.drafting import MOST, Draft
from sizing.errors import SizingError
from sizing.facts.drafts import HEADS, MTP, Length

if TYPE_CHECKING:
    from sizing.engine.sized import Sized
    from sizing.model import Model
    from sizing.plan import Plan
    from sizing.planner import Planner, Settled

TRIED: Final = 8  # tokens that are drafted at most where nobody says how many
SURE: Final = 0.98  # no text is foreseen better
FEWEST: Final = 3  # rows of one case from which its texts are told apart


def brought(tokens: int, chance: float) -> float:
    """Tokens that a step brings where ``tokens`` are drafted, each kept by ``chance`` if those before it were."""
    return sum(chance**i for i in range(tokens + 1))


def chance_of(tokens: int, length: float) -> float:
    """The chance by which a step brings ``length`` tokens: from 0 to 1."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if brought(tokens, middle) < length else (low, middle)
    return low


def kept(rows: Iterable[Length], family: Callable[[str], str | None], model: str, own: bool) -> list[Length]:
    """The rows that say most of a model that drafts with its ``own`` layers, or else with another one: of this model,
    of its family, or of any."""
    alike = [row for row in rows if row.drafter == MTP] if own else [row for row in rows if row.drafter not in HEADS]
    of_family = [row for row in alike if family(row.model) == family(model)]
    return [row for row in of_family if row.model == model] or of_family or alike


def at(rows: Sequence[Length], tokens: int) -> list[float]:
    """The chances of the rows with that many drafted tokens, or of those with most nearly as many."""
    nearest = min(abs(row.drafted - tokens) for row in rows)
    return [chance_of(row.drafted, row.length) for row in rows if abs(row.drafted - tokens) == nearest]


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


def drafts(
    planner: Planner, model: Model, settled: Settled, beside: Plan | None, tokens: int | None, acceptance: float | None
) -> list[Draft]:
    """What may draft for a model: a model beside it, given by its plan, or its own layers. One for each number of
    tokens where none is said. Raises SizingError for what nothing drafts, and for what cannot be."""
    _check(tokens, acceptance)
    sized, packing = _sized(model, settled) if beside is None else _beside(beside)
    if tokens is not None and acceptance is not None:
        length = 1 + tokens * acceptance
        return [Draft(sized, packing, tokens, length, length, length)]
    rows = kept(planner.lengths, planner.family, model.id, own=beside is None)
    if not rows:
        raise SizingError("nobody measured how many drafted tokens are kept; give their number and the acceptance")
    low, high = spread(planner.lengths)
    found = []
    for count in range(1, TRIED + 1) if tokens is None else [tokens]:
        chance = median(at(rows, count))
        mean, least, most = (brought(count, min(one, SURE)) for one in (chance, chance * low, chance * high))
        found.append(Draft(sized, packing, count, mean, least, most, assumed=True))
    return found


def _sized(model: Model, settled: Settled) -> tuple[Sized, str]:
    assert model.shape is not None
    loaded, runtime = settled.loaded, settled.runtime
    own = drafter(model.shape, settled.format, loaded.cache_format, runtime.cache, runtime.files == "gguf")
    if own is None:
        raise SizingError(f"{model.id} has no multi-token-prediction layers; name a draft model")
    return own, loaded.encoding.packing


def _beside(draft: Plan) -> tuple[Sized, str]:
    return draft.sized, draft.outcome.loaded.encoding.packing


def _check(tokens: int | None, acceptance: float | None) -> None:
    if tokens is not None and not 1 <= tokens <= MOST:
        raise SizingError(f"{tokens} drafted tokens are not possible; give a whole number from 1 to {MOST}")
    if acceptance is not None:
        if not 0 <= acceptance <= 1:
            raise SizingError(f"an acceptance of {acceptance:g} is not possible; give a share such as 0.7")
        if tokens is None:
            raise SizingError("an acceptance is of a number of drafted tokens; give that number with it")
