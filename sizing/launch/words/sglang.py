"""Which commands start a plan in SGLang? ``sglang.launch_server``, on every node with its rank."""

from __future__ import annotations

from typing import Final

from sizing.launch.words.common import answers, notes_of, port_of
from sizing.launch.words.compose import SHARED, composed
from sizing.launch.words.given import Asked, Given, Served, nodes_of
from sizing.launch.words.step import HERE, Launch, Step, alone, options
from sizing.launch.words.vllm import refused_ranks, unsaid_of_ranks
from sizing.launch.words.weights import weights_of

INIT_PORT: Final = 20000  # at which the nodes meet
SGLANG: Final = ("python", "-m", "sglang.launch_server")
SGLANG_CACHES: Final = {"fp8": "fp8_e4m3"}


def sglang_server(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``python -m sglang.launch_server``."""
    weights, nodes, port = weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)
    said = options(
        [
            ("--model-path", weights.told),
            ("--tp-size", f"{g.ranks}" if g.ranks > 1 else None),
            ("--pp-size", f"{g.stages}" if g.stages > 1 else None),
            ("--context-length", f"{g.context}"),
            ("--mem-fraction-static", None if g.utilization is None else f"{g.utilization:.3g}"),
            ("--chunked-prefill-size", f"{g.micro_batch}"),
            ("--kv-cache-dtype", SGLANG_CACHES.get(g.cache_format)),
            ("--dtype", weights.cast),
            ("--quantization", weights.quantized),
            ("--language-model-only", alone(g.blind)),
            ("--is-embedding", alone(g.encoder)),
        ]
    )
    starts = []
    for rank, node in enumerate(nodes if nodes else [HERE]):
        meet = ("--nnodes", f"{len(nodes)}", "--node-rank", f"{rank}", "--dist-init-addr") if nodes else ()
        first = (f"{nodes[0]}:{INIT_PORT}",) if nodes else ()
        reach = ("--host", asked.host, "--port", f"{port}") if rank == 0 else ()
        words = (*SGLANG, *said, *meet, *first, *reach)
        note = answers(asked, port) if rank == 0 else ""
        starts.append(Step(kind="join" if rank else "start", where=node, words=words, note=note))
    steps = [*weights.steps, *starts]
    if server.image is not None and weights.repository is not None and not nodes:
        inside = (*SGLANG, *said, "--host", "0.0.0.0", "--port", f"{port}")
        steps.extend(composed(g.backend, server.image, asked, (port, port), inside, [SHARED]))
    return Launch(
        server=server.id,
        name=server.name,
        steps=tuple(steps),
        differs=tuple(unsaid_of_ranks(g, "--speculative-algorithm" if g.draft or g.drafts else None)),
        notes=(*weights.notes, *notes_of(g), *refused_ranks(g, server.name)),
    )
