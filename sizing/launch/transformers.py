"""Which command starts a plan in Transformers? ``transformers serve``, whose cache grows with what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.llama_cpp import notes_of, unsaid
from sizing.launch.step import Launch, Step, options
from sizing.launch.weights import weights_of
from sizing.plan import Plan


def transformers_serve(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``transformers serve``."""
    weights = weights_of(p, asked.source)
    port = asked.port or server.port
    said = options([("--dtype", weights.cast), ("--device", "auto"), ("--host", asked.host), ("--port", port)])
    start = Step(
        do="start",
        words=("transformers", "serve", weights.said, *said),
        note=f"answers at http://{asked.host}:{port}/v1",
    )
    return Launch(
        server="transformers-serve",
        name=server.name,
        steps=(*weights.steps, start),
        differs=(*_differs(p), *unsaid(p)),
        notes=(*weights.notes, *notes_of(p)),
    )


def _differs(p: Plan) -> Iterator[str]:
    """What of the plan it cannot be told."""
    if p.sequences > 1:
        yield f"{p.sequences} sequences at once: it answers one after another"
    if p.cache_format not in ("f16", "bf16"):
        yield f"a cache in {p.cache_format}: it has the weights' type"
