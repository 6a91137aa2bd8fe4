"""Which commands start a plan in SGLang? ``sglang.launch_server``, on every node with its rank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sizing.launch.words.common import answers, notes_of, port_of
from sizing.launch.words.compose import composed, shared
from sizing.launch.words.given import Asked, Given, Served, nodes_of
from sizing.launch.words.step import HERE, Launch, Step, alone, number, options
from sizing.launch.words.vllm import own_drafts, refused_ranks, unsaid_of_ranks
from sizing.launch.words.weights import Weights, weights_of

INIT_PORT: Final = 20000  # at which the nodes meet
SGLANG: Final = ("python", "-m", "sglang.launch_server")
SGLANG_CACHES: Final = {"fp8": "fp8_e4m3"}


def sglang_server(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``python -m sglang.launch_server``."""
    weights, nodes, port = weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)
    said = (*sglang_options(g, weights), *options([("--language-model-only", alone(g.blind))]))
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
        steps.extend(composed(g.backend, server.image, asked, (port, port), inside, [shared(asked)]))
    return Launch(
        server=server.id,
        name=server.name,
        steps=tuple(steps),
        differs=tuple(unsaid_of_ranks(g, undrafted(g))),
        notes=(*weights.notes, *notes_of(g), *refused_ranks(g, server.name)),
    )


def sglang_options(g: Given, weights: Weights) -> tuple[str, ...]:
    """The model, how it is shared, its context and what is kept of a device for it."""
    return options(
        [
            ("--model-path", weights.told),
            ("--tp-size", f"{g.ranks}" if g.ranks > 1 else None),
            ("--pp-size", f"{g.stages}" if g.stages > 1 else None),
            ("--context-length", f"{g.context}"),
            ("--mem-fraction-static", None if g.utilization is None else f"{g.utilization:.3g}"),
            ("--max-running-requests", number(g.max_sequences)),
            ("--chunked-prefill-size", f"{g.micro_batch}"),
            ("--kv-cache-dtype", SGLANG_CACHES.get(g.cache_format)),
            ("--dtype", weights.cast),
            ("--quantization", weights.quantized),
            ("--is-embedding", alone(g.encoder)),
            *(_chain(g) if own_drafts(g) else ()),
        ]
    )


def undrafted(g: Given) -> str | None:
    """What a person adds for a drafter that the plan counts; None where the command says it."""
    return "--speculative-algorithm" if (g.draft or g.drafts) and not own_drafts(g) else None


def _chain(g: Given) -> Sequence[tuple[str, str]]:
    """How a model's own layers draft: a chain, at whose end a token of the model itself is verified with them
    (https://docs.sglang.io/docs/advanced_features/speculative_decoding, read 2026-11-27)."""
    drafted = 0 if g.drafted is None else g.drafted
    return (
        ("--speculative-algorithm", "EAGLE"),
        ("--speculative-num-steps", f"{drafted}"),
        ("--speculative-eagle-topk", "1"),
        ("--speculative-num-draft-tokens", f"{drafted + 1}"),
    )
