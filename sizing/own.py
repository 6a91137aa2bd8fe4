"""What does a speed of one's own say? It corrects what is predicted of the same machine, and narrows its range.

How much of it holds for other depths, prompts, models and formats was learned from devices that the fit had not seen
(``sizing.proof.pooling``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sizing.catalog import planner_of
from sizing.engine.outcome import EMPTY
from sizing.errors import SizingError
from sizing.model import Model
from sizing.plan import Plan, plan

if TYPE_CHECKING:
    from sizing.catalog import Catalog

SLACK: Final = 1.1  # what a stated bandwidth may be passed by: datasheets and clocks are rounded
SAID: Final = re.compile(
    r"(?:(?P<model>\S+) (?:(?P<format>\S+) )?)?(?P<rate>[0-9]{1,6}(?:\.[0-9]{1,4})?)(?:@(?P<depth>[0-9]{1,8}))?"
)


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A measured speed of decoding one sequence."""

    rate: float  # tokens/s
    depth: int = EMPTY  # tokens in the cache meanwhile
    model: Model | None = None  # the one that was measured; None where it is the one that is asked for
    format: str | None = None


def read(text: str, catalog: Catalog) -> OwnRate:
    """``71.3``, ``71.3@4096``, or of another model ``llama-3-8b Q4_K_M 71.3``. Raises SizingError for anything else."""
    said = SAID.fullmatch(text.strip())
    if said is None or float(said["rate"]) <= 0:
        raise SizingError(
            f"{text!r} is no measured speed; write tokens/s, such as 71.3, 71.3@4096 or 'MODEL FORMAT 71.3'"
        )
    model = catalog.model(said["model"]) if said["model"] else None
    return OwnRate(float(said["rate"]), int(said["depth"] or EMPTY), model, said["format"])


def corrected(p: Plan, own: OwnRate) -> Plan:
    """The plan as the number corrects it. Raises SizingError where it says nothing of the machine, or cannot be."""
    if own.rate <= 0:
        raise SizingError(f"{own.rate:g} is no measured speed; give tokens/s, such as 71.3")
    if p.machine is None:
        raise SizingError("a measured speed without a machine says nothing; name the machine too")
    same = own.model is None or (own.model.id, own.format) in ((p.model.id, None), (p.model.id, p.format.id))
    measured = p if same or own.model is None else plan(
        own.model, p.machine, format=own.format, context=own.depth + 1, runtime=p.runtime.id
    )  # fmt: skip
    alone = measured
    if measured.sequences > 1 or measured.outcome.draft:
        alone = measured.again(sequences=1, measured=None, mtp=None, draft=None, draft_tokens=None, acceptance=None)
    speed, rate = alone.outcome.speed, alone.decode_at(own.depth)
    if speed is None or rate is None:
        why = ", ".join(alone.unknown)
        raise SizingError(
            f"{alone.model.id} in {alone.format.id} has no speed on {p.machine.id} to compare"
            + (f": {why} undisclosed" if why else ": it does not run there")
        )
    if own.rate > SLACK * (most := speed.most(own.depth)):
        raise SizingError(
            f"{own.rate:g} tokens/s is more than {p.machine.id} can read of {alone.model.id} in {alone.format.id}"
            f" ({most:.4g}); give one user's speed without a draft"
        )
    fitted = planner_of(p.model).fitted.told(own.rate / rate.value, speed.seen, "same" if same else "other")
    case = f"{alone.model.id} in {alone.format.id}"
    note = f"corrected by your {own.rate:g} tokens/s of {case}, where {rate.value:.4g} were expected"
    return replace(p, outcome=replace(p.outcome, fitted=fitted), notes=(*p.notes, note))
