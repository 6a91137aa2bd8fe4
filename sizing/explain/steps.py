"""Which steps are there? Those of the model, its bytes, where they lie, the speed that they allow, and the price."""

from __future__ import annotations

from sizing.engine.outcome import EMPTY
from sizing.explain import evidence, memory, price, speed, weights
from sizing.explain.case import Case
from sizing.explain.step import Step


def steps(case: Case) -> list[Step]:
    """All of them, part by part, in the order in which they are told."""
    parts = [weights.parameters(case), weights.weights(case), weights.cache(case), memory.memory(case)]
    if case.rig is not None:
        context = case.outcome.context
        timed = (
            speed.decode(case, "decode_empty", min(EMPTY, context)),
            speed.decode(case, "decode", context),
            speed.throughput(case),
            speed.prefill(case, context),
            speed.first_token(case, context),
            evidence.evidence(case),
            price.price(case),
        )
        parts += [part for part in timed if part is not None]
    return [step for part in parts for step in part.steps]
