"""Which commands start a plan in vLLM? ``vllm serve``; over several nodes on a Ray cluster, a command for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sizing.launch.words.common import answers, notes_of, port_of
from sizing.launch.words.compose import composed, shared
from sizing.launch.words.given import Asked, Given, Served, nodes_of
from sizing.launch.words.step import HERE, Launch, Step, alone, number, options
from sizing.launch.words.weights import weights_of

RAY_PORT: Final = 6379

# The plan's cache types by vLLM's names; of 16 bits it takes the weights' own.
VLLM_CACHES: Final = {"fp8": "fp8"}


def vllm_serve(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``vllm serve``."""
    weights, nodes, port = weights_of(g, asked.source), nodes_of(g, asked), port_of(asked, server.port)
    said = options(
        [
            ("--tensor-parallel-size", f"{g.ranks}" if g.ranks > 1 else None),
            ("--pipeline-parallel-size", f"{g.stages}" if g.stages > 1 else None),
            ("--distributed-executor-backend", "ray" if nodes else None),
            ("--max-model-len", f"{g.context}"),
            ("--gpu-memory-utilization", None if g.utilization is None else f"{g.utilization:.3g}"),
            ("--max-num-seqs", number(None if g.max_sequences is None else max(g.max_sequences, g.sequences))),
            ("--max-num-batched-tokens", f"{g.micro_batch}"),
            ("--kv-cache-dtype", VLLM_CACHES.get(g.cache_format)),
            ("--dtype", weights.cast),
            ("--quantization", weights.quantized),
            ("--language-model-only", alone(g.blind)),
            ("--runner", "pooling" if g.encoder else None),
            ("--speculative-config", _speculating(g)),
        ]
    )
    words = ("vllm", "serve", weights.told, *said, "--host", asked.host, "--port", f"{port}")
    where = nodes[0] if nodes else HERE
    steps = [*weights.steps, *_ray(g, nodes), Step(kind="start", where=where, words=words, note=answers(asked, port))]
    if server.image is not None and weights.repository is not None and not nodes:
        inside = ("--model", weights.repository, *said, "--port", f"{port}")
        steps.extend(composed(g.backend, server.image, asked, (port, port), inside, [shared(asked)]))
    return Launch(
        server=server.id,
        name=server.name,
        steps=tuple(steps),
        differs=tuple(unsaid_of_ranks(g, _drafting(g))),
        notes=(*weights.notes, *notes_of(g), *refused_ranks(g, server.name), *_cluster(nodes)),
    )


def _drafting(g: Given) -> str | None:
    """What a person adds for a drafter that the plan counts; None where the command says it."""
    return "--speculative-config" if (g.draft or g.drafts) and _speculating(g) is None else None


def _speculating(g: Given) -> str | None:
    """How a model's own layers draft (https://docs.vllm.ai/en/v0.19.1/features/speculative_decoding/mtp/, read
    2026-11-27)."""
    if not own_drafts(g):
        return None
    return f'{{"method": "mtp", "num_speculative_tokens": {g.drafted}}}'


def own_drafts(g: Given) -> bool:
    """Whether the model's own layers draft, as many tokens as is known."""
    return g.drafts and not g.draft and g.drafted is not None


def unsaid_of_ranks(g: Given, drafts: str | None) -> list[str]:
    """What of a plan no command says, since only its size is known, or ranks have no word for it; ``drafts`` is what a
    person adds for what drafts."""
    found = []
    if g.lora:
        found.append("the adapters that the plan counts: their files are to be added")
    if drafts is not None:
        found.append(f"what drafts: add {drafts}")
    if g.uneven:
        found.append("shares of unequal ranks: every rank has the same here")
    return found


def refused_ranks(g: Given, name: str) -> list[str]:
    """What such servers refuse: ranks among which a model's heads cannot be dealt out."""
    if g.heads % g.ranks == 0:
        return []
    return [f"{name} refuses {g.ranks} ranks for {g.heads} heads: use a number of cards that divides them"]


def _ray(g: Given, nodes: Sequence[str]) -> list[Step]:
    """A cluster: its head, and every other node."""
    found: list[Step] = []
    for node in nodes:
        at = ("--node-ip-address", node)
        join = ("--head", *at, "--port", f"{RAY_PORT}") if not found else ("--address", f"{nodes[0]}:{RAY_PORT}", *at)
        note = "" if found else "pip install ray on every node"
        words = ("ray", "start", *join, "--num-gpus", f"{g.each}")
        found.append(Step(kind="join", where=node, words=words, note=note))
    return found


def _cluster(nodes: Sequence[str]) -> list[str]:
    if not nodes:
        return []
    return [
        "every node has the weights at the same path, and the same versions; the rest is started on the first",
        f"Ray's ports, {RAY_PORT} among them, are for nobody else: whoever reaches them runs what they like",
    ]
