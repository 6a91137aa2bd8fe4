"""Which commands start a plan in SGLang? ``sglang.launch_server``, on every node with its rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.compose import CACHE, composed
from sizing.launch.llama_cpp import notes_of
from sizing.launch.step import HERE, Launch, Step, options
from sizing.launch.vllm import differs, language_alone, parallel, split_notes
from sizing.launch.weights import weights_of
from sizing.plan import Plan

INIT_PORT: Final = 20000  # at which the nodes meet

CACHES: Final[Mapping[str, str | None]] = {"f16": None, "bf16": None, "fp8": "fp8_e4m3"}


def sglang_server(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``python -m sglang.launch_server``."""
    weights = weights_of(p, asked.source)
    nodes = asked.named(p.machine.nodes) if p.machine is not None and p.machine.nodes > 1 else ()
    port = asked.port or server.port
    said = options(
        [
            ("--model-path", weights.said),
            *parallel(p, "--tp-size", "--pp-size"),
            ("--context-length", p.context),
            ("--mem-fraction-static", p.settings["utilization"]),
            ("--chunked-prefill-size", p.settings["micro_batch"]),
            ("--kv-cache-dtype", CACHES.get(p.cache_format)),
            ("--dtype", weights.cast),
            ("--language-model-only", language_alone(p)),
            ("--is-embedding", p.sized.encoder),
        ]
    )
    program = ("python", "-m", "sglang.launch_server")
    starts = []
    for rank, node in enumerate(nodes or (HERE,)):
        among = (
            options([("--nnodes", len(nodes)), ("--node-rank", rank), ("--dist-init-addr", f"{nodes[0]}:{INIT_PORT}")])
            if nodes
            else ()
        )
        reach = ("--host", asked.host, "--port", str(port)) if rank == 0 else ()
        note = f"answers at http://{asked.host}:{port}/v1" if rank == 0 else ""
        starts.append(
            Step(do="join" if rank else "start", where=node, words=(*program, *said, *among, *reach), note=note)
        )
    steps = (*weights.steps, *starts)
    image = None if nodes or weights.repository is None else server.image(p.backend)
    if image is not None:
        inside = (*program, *said, "--host", "0.0.0.0", "--port", str(port))
        steps += composed(p, image, port, asked, inside, CACHE)
    return Launch(
        server="sglang-server",
        name=server.name,
        steps=steps,
        differs=tuple(differs(p)),
        notes=(*weights.notes, *notes_of(p), *split_notes(p, server.name)),
    )
