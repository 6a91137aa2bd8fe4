"""What does a speed of one's own say? It corrects what is predicted of the same machine, and narrows its range.

How much of it holds for other depths, prompts, models and formats was learned from devices that the fit had not seen
(``sizing.proof.pooling``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sizing.engine.fitted import Near, Test
from sizing.engine.outcome import Outcome
from sizing.engine.speed import Speed
from sizing.errors import SizingError

SLACK: Final = 1.1  # what a stated bandwidth may be passed by: datasheets and clocks are rounded
UNSTATED: Final = 4.0  # and a stated computing rate: some makers state none for the units that prompts use


def measurable(rate: float, machine: bool) -> None:
    """Raise SizingError for what is no speed, or says nothing as no ``machine`` is named."""
    if rate <= 0:
        raise SizingError(f"{rate:g} is no measured speed; give tokens/s, such as 71.3")
    if not machine:
        raise SizingError("a measured speed without a machine says nothing; name the machine too")


def _near(measured: Speed, asked: Speed | None) -> Near:
    """How near another model and format is to what is asked."""
    if asked is None or asked.packing != measured.packing:
        return "other"
    return "kin" if (asked.demand.sized.experts > 0) == (measured.demand.sized.experts > 0) else "other"


def corrected(
    found: Outcome, alone: Outcome, rate: float, depth: int, same: bool, prompt: int = 0
) -> tuple[Outcome, str]:
    """An outcome as a measured ``rate`` corrects it, and the line that says so: of decoding at a ``depth``, or of
    ``prompt`` tokens read from there.

    ``alone`` is what was measured, as it is expected for one sequence: the ``same`` model in the same format, or
    another. Raises SizingError where that says nothing of the machine, or cannot be.
    """
    model, format = alone.loaded.model, alone.loaded.encoding.id
    machine = found.rig.id if found.rig else ""
    speed, fitted = alone.speed, alone.fitted
    expected = alone.prefill_at(prompt, depth) if prompt else alone.decode_at(depth)
    if speed is None or expected is None or fitted is None:
        why = ", ".join(alone.unknown)
        more = f": {why} undisclosed" if why else ": it does not run there"
        raise SizingError(f"{model} in {format} has no speed on {machine} to compare{more}")
    most = UNSTATED * speed.most_prefill(prompt, depth) if prompt else SLACK * speed.most(depth)
    if rate > most:
        does, right = ("compute", "the speed of one prompt") if prompt else ("read", "one user's speed without a draft")
        limit = f"{machine} can {does} of {model} in {format} ({_written(most)})"
        raise SizingError(f"{rate:g} tokens/s is more than {limit}; give {right}")
    near = "same" if same else _near(speed, found.speed)
    test: Test = "prefill" if prompt else "decode"
    told = fitted.told(test, rate / expected.value, speed.seen(test), near)
    of = f" of a prompt of {prompt} tokens" if prompt else ""
    expecting = f"where {_written(expected.value)} were expected"
    return replace(found, fitted=told), f"corrected by your {rate:g} tokens/s{of} of {model} in {format}, {expecting}"


def _written(rate: float) -> str:
    """Tokens/s without an exponent."""
    return f"{rate:.4g}" if rate < 1000 else f"{round(rate)}"
