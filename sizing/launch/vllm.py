"""Which commands start a plan in vLLM? ``vllm serve``; over several nodes on a Ray cluster, a command for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.compose import CACHE, composed
from sizing.launch.llama_cpp import notes_of
from sizing.launch.step import HERE, Launch, Step, options
from sizing.launch.weights import weights_of
from sizing.plan import Plan

RAY_PORT: Final = 6379

# The plan's cache types by vLLM's names; of 16 bits it takes the weights' own.
CACHES: Final[Mapping[str, str | None]] = {"f16": None, "bf16": None, "fp8": "fp8"}


def vllm_serve(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``vllm serve``."""
    weights = weights_of(p, asked.source)
    nodes = asked.named(p.machine.nodes) if p.machine is not None and p.machine.nodes > 1 else ()
    port = asked.port or server.port
    said = options(
        [
            *parallel(p, "--tensor-parallel-size", "--pipeline-parallel-size"),
            ("--distributed-executor-backend", "ray" if nodes else None),
            ("--max-model-len", p.context),
            ("--gpu-memory-utilization", p.settings["utilization"]),
            ("--max-num-seqs", p.settings["max_sequences"]),
            ("--max-num-batched-tokens", p.settings["micro_batch"]),
            ("--kv-cache-dtype", CACHES.get(p.cache_format)),
            ("--dtype", weights.cast),
            ("--language-model-only", language_alone(p)),
            ("--runner", "pooling" if p.sized.encoder else None),
        ]
    )
    words = ("vllm", "serve", weights.said, *said, "--host", asked.host, "--port", str(port))
    note = f"answers at http://{asked.host}:{port}/v1"
    steps = (
        *weights.steps,
        *_ray(p, nodes),
        Step(do="start", where=nodes[0] if nodes else HERE, words=words, note=note),
    )
    image = None if nodes or weights.repository is None else server.image(p.backend)
    if image is not None:
        inside = ("--model", weights.repository or "", *said, "--port", str(port))
        steps += composed(p, image, port, asked, inside, CACHE)
    return Launch(
        server="vllm-serve",
        name=server.name,
        steps=steps,
        differs=tuple(differs(p)),
        notes=(*weights.notes, *notes_of(p), *split_notes(p, server.name), *_ray_notes(nodes)),
    )


def parallel(p: Plan, ranks: str, stages: str) -> list[tuple[str, object]]:
    """How many ranks share each layer, and how many stages there are one after another."""
    layout = p.layout
    if layout is None:
        return []
    count = len(layout.bounds) - 1
    return [(ranks, layout.ranks if layout.ranks > 1 else None), (stages, count if count > 1 else None)]


def language_alone(p: Plan) -> bool:
    """Whether towers that see or hear are left out which a checkpoint brings with it."""
    return any(part.kind == "towers" for part, loaded in p.beside if not loaded)


def differs(p: Plan) -> Iterator[str]:
    """What of a plan no command here says, since only its size is known."""
    asked = p.outcome.asked
    if asked.lora:
        yield "the adapters that the plan counts: add --enable-lora --lora-modules NAME=PATH"
    if asked.draft is not None:
        yield "the draft model that the plan counts: add --speculative-config"
    if any(part.kind == "mtp" for part, loaded in p.beside if loaded):
        tokens = p.settings["draft_tokens"]
        config = f'{{"method": "mtp", "num_speculative_tokens": {tokens}}}'
        yield f"the layers that draft (MTP), which the plan counts: add --speculative-config '{config}'"
    layout = p.layout
    if layout is not None and layout.shares:
        yield "shares of unequal ranks: every rank has the same here"


def split_notes(p: Plan, name: str) -> Iterator[str]:
    """What such servers refuse: ranks among which a model's heads cannot be dealt out."""
    layout, shape = p.layout, p.model.shape
    if layout is None or shape is None or layout.ranks == 1:
        return
    if shape.heads % layout.ranks:
        yield f"{name} refuses {layout.ranks} ranks for {shape.heads} heads: use a number of cards that divides them"


def _ray(p: Plan, nodes: tuple[str, ...]) -> tuple[Step, ...]:
    """A cluster: its head here, and every other node."""
    if not nodes:
        return ()
    gpus = len(p.machine.devices) // len(nodes) if p.machine is not None else 1
    head = options([("--head", True), ("--node-ip-address", nodes[0]), ("--port", RAY_PORT), ("--num-gpus", gpus)])
    found = [Step(do="join", where=nodes[0], words=("ray", "start", *head), note="pip install ray on every node")]
    for node in nodes[1:]:
        join = options([("--address", f"{nodes[0]}:{RAY_PORT}"), ("--node-ip-address", node), ("--num-gpus", gpus)])
        found.append(Step(do="join", where=node, words=("ray", "start", *join)))
    return tuple(found)


def _ray_notes(nodes: tuple[str, ...]) -> tuple[str, ...]:
    if not nodes:
        return ()
    return (
        "every node has the weights at the same path, and the same versions; the rest is started on the first",
        f"Ray's ports, {RAY_PORT} among them, are for nobody else: whoever reaches them runs what they like",
    )
