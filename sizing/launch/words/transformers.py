"""Which command starts a plan in Transformers? ``transformers serve``, whose cache grows with what is asked."""

from __future__ import annotations

from sizing.launch.words.common import answers, nameless, notes_of, port_of
from sizing.launch.words.given import Asked, Given, Served
from sizing.launch.words.step import Launch, Step, options
from sizing.launch.words.weights import weights_of


def transformers_serve(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``transformers serve``."""
    weights, port = weights_of(g, asked.source), port_of(asked, server.port)
    said = options(
        [
            ("--dtype", weights.cast),
            ("--quantization", weights.quantized),
            ("--host", asked.host),
            ("--port", f"{port}"),
        ]
    )
    words = ("transformers", "serve", weights.told, "--device", "auto", *said)
    found = []
    if g.sequences > 1:
        found.append(f"{g.sequences} sequences at once: it answers one after another")
    if g.cache_format not in ("f16", "bf16"):
        found.append(f"a cache in {g.cache_format}: it has the weights' type")
    return Launch(
        server=server.id,
        name=server.name,
        steps=(*weights.steps, Step(kind="start", words=words, note=answers(asked, port))),
        differs=(*found, *nameless(g)),
        notes=(*weights.notes, *notes_of(g)),
    )
