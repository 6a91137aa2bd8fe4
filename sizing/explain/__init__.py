"""How was it worked out? Every step of a plan's arithmetic, with its numbers and sources.

The steps are data: a command says them in English, a page in its own language. Each formula is Python's arithmetic over
its named inputs, and gives the step's value from them; an input ``by`` a step is the value of an earlier one.
"""

from __future__ import annotations

from sizing.engine.outcome import EMPTY
from sizing.explain import evidence, memory, price, speed, weights
from sizing.explain.step import Step
from sizing.explain.terms import Input
from sizing.plan import Plan

__all__ = ["Input", "Step", "explain"]


def explain(p: Plan) -> tuple[Step, ...]:
    """The steps of a plan, part by part: the model, its bytes, where they lie, the speed that they allow, the price."""
    parts = [weights.parameters(p), weights.weights(p), weights.cache(p), memory.memory(p)]
    if p.machine is not None:
        timed = (
            speed.decode(p, "decode_empty", min(EMPTY, p.context)),
            speed.decode(p, "decode", p.context),
            speed.throughput(p),
            speed.prefill(p, p.context),
            speed.first_token(p, p.context),
            evidence.evidence(p),
            price.price(p.offer),
        )
        parts += [part for part in timed if part is not None]
    return tuple(step for part in parts for step in part.steps)
