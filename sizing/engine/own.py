"""What does a speed of one's own say? It corrects what is predicted of the same machine, and narrows its range.

How much of it holds for other depths, prompts, models and formats was learned from devices that the fit had not seen
(``sizing.proof.pooling``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sizing.engine.outcome import Outcome
from sizing.errors import SizingError

SLACK: Final = 1.1  # what a stated bandwidth may be passed by: datasheets and clocks are rounded


def measurable(rate: float, machine: bool) -> None:
    """Raise SizingError for what is no speed, or says nothing as no ``machine`` is named."""
    if rate <= 0:
        raise SizingError(f"{rate:g} is no measured speed; give tokens/s, such as 71.3")
    if not machine:
        raise SizingError("a measured speed without a machine says nothing; name the machine too")


def corrected(found: Outcome, alone: Outcome, rate: float, depth: int, same: bool) -> tuple[Outcome, str]:
    """An outcome as a measured ``rate`` of decoding at a ``depth`` corrects it, and the line that says so.

    ``alone`` is what was measured, as it is expected for one sequence: the ``same`` model in the same format, or
    another. Raises SizingError where that says nothing of the machine, or cannot be.
    """
    model, format = alone.loaded.model, alone.loaded.encoding.id
    machine = found.rig.id if found.rig else ""
    speed, expected, fitted = alone.speed, alone.decode_at(depth), alone.fitted
    if speed is None or expected is None or fitted is None:
        why = ", ".join(alone.unknown)
        more = f": {why} undisclosed" if why else ": it does not run there"
        raise SizingError(f"{model} in {format} has no speed on {machine} to compare{more}")
    most = speed.most(depth)
    if rate > SLACK * most:
        raise SizingError(
            f"{rate:g} tokens/s is more than {machine} can read of {model} in {format}"
            f" ({most:.4g}); give one user's speed without a draft"
        )
    told = fitted.told(rate / expected.value, speed.seen, "same" if same else "other")
    note = f"corrected by your {rate:g} tokens/s of {model} in {format}, where {expected.value:.4g} were expected"
    return replace(found, fitted=told), note
