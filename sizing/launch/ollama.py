"""Which commands start a plan in Ollama? What its server is told in its environment, and a Modelfile for the model.

It runs llama.cpp's kernels on the same files and places layers alone: no experts, no shares, one context for each of
its slots.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.compose import composed
from sizing.launch.llama_cpp import notes_of, unsaid, wired
from sizing.launch.step import Launch, Step
from sizing.launch.weights import Weights, folder, weights_of
from sizing.plan import Plan

FILE: Final = "Modelfile"


def ollama(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``ollama serve`` and a model made by a Modelfile."""
    origin, weights = _origin(p, asked)
    port = asked.port or server.port
    name = folder(p.model, p.format.id).lower()
    env = tuple(_environment(p, server, asked, port))
    reach = (("OLLAMA_HOST", f"127.0.0.1:{port}"),) if port != server.port or asked.open else ()
    serve = Step(
        do="start", words=("ollama", "serve"), env=env, note="stop an Ollama that runs already; leave this one running"
    )
    steps = (
        *weights.steps,
        *wired(p),
        serve,
        Step(do="file", path=FILE, text=_modelfile(p, origin)),
        Step(
            do="build", words=("ollama", "create", name, "-f", FILE), env=reach, note="downloads what is not here yet"
        ),
        Step(do="ask", words=("ollama", "run", name), env=reach, note=f"answers at http://{asked.host}:{port}/v1 too"),
    )
    image = server.image(p.backend)
    if image is not None and not weights.steps:  # a file here is not in the container
        inside = {key: value for key, value in env if key != "OLLAMA_HOST"}
        volumes = {"ollama": "/root/.ollama", f"./{FILE}": f"/{FILE}:ro"}
        steps += composed(p, image, port, asked, (), volumes, inside, server.port)
        make = ("docker", "compose", "exec", "model", "ollama", "create", name, "-f", f"/{FILE}")
        steps += (Step(do="container", words=make, note="with the Modelfile above"),)
    return Launch(
        server="ollama",
        name=server.name,
        steps=steps,
        differs=(*_differs(p, server), *unsaid(p)),
        notes=(*weights.notes, *notes_of(p)),
    )


def _origin(p: Plan, asked: Asked) -> tuple[str, Weights]:
    """What the Modelfile begins from: Ollama's own tag, a repository, or a file here; and how that comes here."""
    tags = [tag for tag, format in p.model.names.ollama.items() if format == p.format.id]
    if tags and p.model.path is None:
        return tags[0], Weights()
    weights = weights_of(p, asked.source)
    if weights.repository is not None:
        return f"hf.co/{weights.repository}:{weights.recipe}", Weights(notes=weights.notes)
    if weights.recipe and asked.source == "modelscope" and (named := _modelscope(weights)):
        return f"modelscope.cn/{named}:{weights.recipe}", Weights(notes=weights.notes)
    return weights.said, weights


def _modelscope(weights: Weights) -> str | None:
    """The repository that a download from ModelScope names, where it holds GGUF files already."""
    words = weights.steps[0].words if len(weights.steps) <= 2 and weights.steps else ()
    return words[3] if words[:3] == ("modelscope", "download", "--model") and "--include" in words else None


def _environment(p: Plan, server: Server, asked: Asked, port: int) -> Iterator[tuple[str, str]]:
    """What the server does for all its models."""
    if asked.open or port != server.port:
        yield "OLLAMA_HOST", f"{asked.host}:{port}"
    yield "OLLAMA_FLASH_ATTENTION", "1" if p.settings["flash_attention"] else "0"
    if p.cache_format != "f16" and p.cache_format in (server.cache_types or ()):
        yield "OLLAMA_KV_CACHE_TYPE", p.cache_format
    yield "OLLAMA_NUM_PARALLEL", str(p.settings["slots"])
    if p.machine is not None and len(p.machine.devices) > 1 and p.settings["split"] == "layer":
        yield "OLLAMA_SCHED_SPREAD", "1"


def _modelfile(p: Plan, origin: str) -> str:
    """The model with its context, layers and micro-batch."""
    s, layers = p.settings, p.settings["layers_on_device"]
    said = origin if not any(x in origin for x in " \"'\\#") else json.dumps(origin, ensure_ascii=False)
    lines = [f"FROM {said}", f"PARAMETER num_ctx {_each(p)}"]
    if p.backend == "cpu":
        layers = 0
    if isinstance(layers, int):
        lines.append(f"PARAMETER num_gpu {_fewer(p, layers)}")
    if s["micro_batch"] != 512:
        lines.append(f"PARAMETER num_batch {s['micro_batch']}")
    return "\n".join(lines) + "\n"


def _each(p: Plan) -> int:
    """Tokens of one slot: Ollama gives each as many."""
    slots = p.outcome.asked.slots
    return p.context // slots if slots else p.context


def _fewer(p: Plan, layers: int) -> int:
    """Layers on devices where experts cannot be moved alone: as many as the devices' share of the weights."""
    layout = p.layout
    if layout is None or not layout.experts_on_host:
        return layers
    weights = [place.memory.weights for place in p.places]
    return int(layers * sum(weights[:-1]) / max(1, sum(weights)))


def _differs(p: Plan, server: Server) -> Iterator[str]:
    """What of the plan Ollama cannot be told."""
    s, layout = p.settings, p.layout
    if layout is not None and layout.experts_on_host:
        yield (
            f"experts of {layout.experts_on_host} layers on the host: Ollama moves whole layers there, and is slower; "
            "the number of layers here is an estimate"
        )
    if isinstance(s["tensor_split"], list):
        yield "each device's share of the layers: Ollama shares them out by itself"
    if s["split"] == "tensor":
        yield "every layer shared by the devices: Ollama gives each device whole layers"
    if p.cache_format not in (server.cache_types or (p.cache_format,)):
        yield f"a cache in {p.cache_format}: Ollama has {', '.join(server.cache_types or ())}"
    if s["unified"]:
        yield "slots that share one cache: Ollama gives each its own"
    if s["swa_full"]:
        yield "windows that hold the whole context"
    if any(part.kind == "towers" for part, loaded in p.beside if not loaded) and p.model.names.ollama:
        yield "without what sees: Ollama loads that where its model has it"
