"""Which command starts a plan in MLX? ``mlx_lm.server``; over several Macs ``mlx.launch``, which starts it on each.

It has no option for a context: a cache grows with what is asked, up to what the plan holds.
"""

from __future__ import annotations

from typing import Final

from sizing.launch.words.common import answers, nameless, notes_of, port_of, wired
from sizing.launch.words.given import Asked, Given, Served, nodes_of
from sizing.launch.words.step import HERE, Launch, Step, options
from sizing.launch.words.weights import weights_of

PREFILL: Final = 2048  # tokens of a prompt that it computes at once by itself
MB: Final = 1000000
BITS: Final = {"8bit": "8", "4bit": "4"}


def mlx_lm_server(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``mlx_lm.server``."""
    weights, nodes, port = weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)
    bits = BITS.get(g.cache_format)
    said = options(
        [
            ("--model", weights.told),
            ("--prefill-step-size", f"{g.micro_batch}" if g.micro_batch != PREFILL else None),
            ("--decode-concurrency", f"{g.sequences}"),
            ("--prompt-cache-bytes", f"{_caches(g)}MB"),
            ("--kv-bits", bits),
            ("--quantized-kv-start", None if bits is None else "0"),  # else 5,000 tokens stay in 16 bits
            ("--host", asked.host),
            ("--port", f"{port}"),
        ]
    )
    spread = ("mlx.launch", "--backend", "ring", "--hosts", ",".join(nodes)) if nodes else ()
    where = nodes[0] if nodes else HERE
    words = (*spread, "mlx_lm.server", *said)
    start = Step(kind="start", where=where, words=words, note=answers(asked, port))
    every = ["every Mac has the weights and mlx-lm at the same path, and takes this one's SSH key"] if nodes else []
    return Launch(
        server=server.id,
        name=server.name,
        steps=(*weights.steps, *wired(g), start),
        differs=(*unsaid_of_mlx(g), *nameless(g)),
        notes=(*weights.notes, *notes_of(g), *every),
    )


def _caches(g: Given) -> int:
    """MB of caches, those of old prompts among them: what the plan leaves of the first device beside all else."""
    return (g.capacities[0] - g.held[0] + g.cached[0]) // MB


def unsaid_of_mlx(g: Given) -> list[str]:
    """What of the plan it cannot be told."""
    found = []
    if g.sequences > 1 and g.cache_format in BITS:
        found.append(f"{g.sequences} sequences at once: with a quantized cache it answers one at a time")
    if g.drafts:
        found.append("the layers that draft (MTP)")
    return found
