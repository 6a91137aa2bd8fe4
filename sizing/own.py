"""How is a speed of one's own said, and which plan does it speak of? ``sizing.engine.own`` says what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sizing.engine.outcome import EMPTY
from sizing.engine.own import corrected as correct
from sizing.engine.own import measurable
from sizing.errors import SizingError
from sizing.model import Model
from sizing.plan import Plan, plan

if TYPE_CHECKING:
    from sizing.catalog import Catalog

SAID: Final = re.compile(
    r"(?:(?!pp[0-9])(?P<model>\S+) (?:(?!pp[0-9])(?P<format>\S+) )?)?(?:pp(?P<prompt>[1-9][0-9]{0,7}) )?"
    r"(?P<rate>[0-9]{1,6}(?:\.[0-9]{1,4})?)(?:@(?P<depth>[0-9]{1,8}))?"
)


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A measured speed of one sequence: of decoding, or of a prompt."""

    rate: float  # tokens/s
    depth: int = EMPTY  # tokens in the cache meanwhile, or before the prompt
    model: Model | None = None  # the one that was measured; None where it is the one that is asked for
    format: str | None = None
    prompt: int = 0  # tokens that were read at that rate; 0 where some were decoded


def read(text: str, catalog: Catalog) -> OwnRate:
    """``71.3``, ``71.3@4096``, of a prompt ``pp512 3200``, or of another model ``llama-3-8b Q4_K_M 71.3``. Raises
    SizingError for anything else."""
    said = SAID.fullmatch(text.strip())
    if said is None or float(said["rate"]) <= 0:
        raise SizingError(
            f"{text!r} is no measured speed; write tokens/s, such as 71.3, 71.3@4096, 'pp512 3200' or"
            " 'MODEL FORMAT 71.3'"
        )
    model = catalog.model(said["model"]) if said["model"] else None
    prompt = int(said["prompt"] or 0)
    depth = int(said["depth"] or (0 if prompt else EMPTY))
    return OwnRate(float(said["rate"]), depth, model, said["format"], prompt)


def corrected(p: Plan, own: OwnRate) -> Plan:
    """The plan as the number corrects it. Raises SizingError where it says nothing of the machine, or cannot be."""
    measurable(own.rate, p.machine is not None)
    same = own.model is None or (own.model.id, own.format) in ((p.model.id, None), (p.model.id, p.format.id))
    measured = p if same or own.model is None else plan(
        own.model, p.machine, format=own.format, context=own.depth + own.prompt + 1, runtime=p.runtime.id
    )  # fmt: skip
    alone = measured
    if measured.sequences > 1 or measured.outcome.draft:
        alone = measured.again(sequences=1, measured=None, mtp=None, draft=None, draft_tokens=None, acceptance=None)
    found, note = correct(p.outcome, alone.outcome, own.rate, own.depth, same, own.prompt)
    return replace(p, outcome=found, notes=(*p.notes, note))
