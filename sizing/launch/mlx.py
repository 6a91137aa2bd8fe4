"""Which command starts a plan in MLX? ``mlx_lm.server``; over several Macs ``mlx.launch``, which starts it on each.

It has no option for a context: a cache grows with what is asked, up to what the plan holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.llama_cpp import notes_of, unsaid, wired
from sizing.launch.step import Launch, Step, options
from sizing.launch.weights import weights_of
from sizing.plan import Plan

STEP: Final = 2048  # tokens of a prompt that it computes at once by itself
BITS: Final = {"8bit": 8, "4bit": 4}


def mlx_lm_server(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``mlx_lm.server``."""
    weights = weights_of(p, asked.source)
    s, port = p.settings, asked.port or server.port
    bits = BITS.get(p.cache_format)
    nodes = asked.named(p.machine.nodes) if p.machine is not None and p.machine.nodes > 1 else ()
    words = (
        "mlx_lm.server",
        *options(
            [
                ("--model", weights.said),
                ("--prefill-step-size", s["micro_batch"] if s["micro_batch"] != STEP else None),
                ("--decode-concurrency", p.sequences),
                ("--kv-bits", bits),
                ("--quantized-kv-start", 0 if bits else None),  # else 5,000 tokens stay in 16 bits
                ("--host", asked.host),
                ("--port", port),
            ]
        ),
    )
    spread = ("mlx.launch", "--backend", "ring", "--hosts", ",".join(nodes)) if nodes else ()
    note = f"answers at http://{asked.host}:{port}/v1"
    steps = (*weights.steps, *wired(p), Step(do="start", words=(*spread, *words), note=note))
    notes = [*weights.notes, *notes_of(p)]
    if nodes:
        notes.append("every Mac has the weights and mlx-lm at the same path, and takes this one's SSH key")
    return Launch(
        server="mlx-lm-server",
        name=server.name,
        steps=steps,
        differs=(*_differs(p), *unsaid(p)),
        notes=tuple(notes),
    )


def _differs(p: Plan) -> Iterator[str]:
    """What of the plan it cannot be told."""
    if p.sequences > 1 and p.cache_format in BITS:
        yield f"{p.sequences} sequences at once: with a quantized cache it answers one at a time"
    if p.cache_format not in ("f16", "bf16", *BITS):
        yield f"a cache in {p.cache_format}"
