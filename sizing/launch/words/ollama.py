"""Which commands start a plan in Ollama? What its server is told in its environment, and a Modelfile for the model.

It runs llama.cpp's kernels on the same files and places layers alone: no experts, no shares, one context for each of
its slots.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sizing.launch.words.common import answers, nameless, notes_of, port_of, sighted, wired
from sizing.launch.words.compose import composed
from sizing.launch.words.given import Asked, Given, Served
from sizing.launch.words.step import Launch, Step
from sizing.launch.words.weights import WIDE, Weights, download, folder, in_small, plain_weights, weights_of

MADE: Final = {"Q8_0": "q8_0", "Q4_K_M": "q4_K_M", "Q4_K_S": "q4_K_S"}  # by ollama create --quantize
MODELFILE: Final = "Modelfile"
ESCAPED: Final = (" ", '"', "'", "\\", "#")


def ollama(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``ollama serve`` and a model made by a Modelfile."""
    weights, port = _based(g, asked), port_of(asked, server.port)
    name, env = in_small(folder(g, g.format)), _environment(g, server, asked, port)
    reach = (("OLLAMA_HOST", f"127.0.0.1:{port}"),) if port != server.port or asked.exposed else ()
    note = "stop an Ollama that runs already; leave this one running"
    steps = [
        *weights.steps,
        *wired(g),
        Step(kind="start", words=("ollama", "serve"), env=tuple(env), note=note),
        *_modelfile(g, weights),
        Step(
            kind="build",
            words=("ollama", "create", name, *_quantized(g, weights), "-f", MODELFILE),
            env=reach,
            note="downloads what is not here yet",
        ),
        Step(kind="ask", words=("ollama", "run", name), env=reach, note=answers(asked, port)),
    ]
    if server.image is not None and not weights.steps:  # a file here is not in the container
        inside = [(key, value) for key, value in env if key != "OLLAMA_HOST"]
        volumes = ("ollama:/root/.ollama", f"./{MODELFILE}:/{MODELFILE}:ro")
        steps.extend(
            composed(g.backend, server.image, asked, (port, server.port), (), volumes, ["ollama"], inside),
        )
        make = ("docker", "compose", "exec", "model", "ollama", "create", name, "-f", f"/{MODELFILE}")
        steps.append(Step(kind="container", words=make, note="with the Modelfile above"))
    return Launch(
        server=server.id,
        name=server.name,
        steps=tuple(steps),
        differs=(*unsaid_of_ollama(g, server), *nameless(g)),
        notes=(*weights.notes, *notes_of(g)),
    )


def _based(g: Given, asked: Asked) -> Weights:
    """What the Modelfile begins from: Ollama's own tag, a repository that it reads by itself, or a file here."""
    if g.own is None and g.format in g.tags:
        return Weights(path=g.tags[g.format])
    if g.own is None and _alone(g):
        return _taken_in(g, asked)
    found = weights_of(g, asked.source)
    if found.origin is None:
        return found
    site = "modelscope.cn" if asked.source == "modelscope" else "hf.co"
    return Weights(path=f"{site}/{found.origin}:{found.recipe}", notes=found.notes)


def _alone(g: Given) -> bool:
    """Whether llama.cpp's own server and converter do not know such a model, and Ollama's do."""
    return not any(one.id == "llama-server" for one in g.servers)


def _taken_in(g: Given, asked: Asked) -> Weights:
    """What Ollama's converter makes of the makers' weights (https://github.com/ollama/ollama/blob/main/convert/convert.go,
    read 2026-11-27); of 16 bits its own, which are as large."""
    wide = [one for one in WIDE if g.format in WIDE and one in g.tags]
    if wide:
        return Weights(path=g.tags[wide[0]], notes=(f"{g.format} is {wide[0]} here, which is as large",))
    found = plain_weights(replace(g, format=g.native), asked.source)
    if not (g.format in MADE or g.format in WIDE):
        known = ", ".join(MADE)
        return Weights(notes=(f"Ollama makes {known} of the makers' weights: take one of these, or a file for MODEL",))
    if found.repository is None:
        return found  # in a folder already, or not known
    into = f"./{folder(g, g.native)}"
    return Weights(steps=(download(found.repository, asked.source, into),), path=into)


def _environment(g: Given, server: Served, asked: Asked, port: int) -> list[tuple[str, str]]:
    """What the server does for all its models."""
    found = []
    if asked.exposed or port != server.port:
        found.append(("OLLAMA_HOST", f"{asked.host}:{port}"))
    found.append(("OLLAMA_FLASH_ATTENTION", "1" if g.flash_attention else "0"))
    if g.cache_format != "f16" and server.cache_types is not None and g.cache_format in server.cache_types:
        found.append(("OLLAMA_KV_CACHE_TYPE", g.cache_format))
    found.append(("OLLAMA_NUM_PARALLEL", f"{g.slots}"))
    if g.several and g.split == "layer":
        found.append(("OLLAMA_SCHED_SPREAD", "1"))
    return found


def _quantized(g: Given, weights: Weights) -> tuple[str, ...]:
    """Into what the makers' weights are made, where Ollama itself makes it."""
    made = MADE.get(g.format) if g.own is None and _alone(g) and weights.steps else None
    return () if made is None else ("--quantize", made)


def _modelfile(g: Given, weights: Weights) -> list[Step]:
    """The model with its context, layers and micro-batch."""
    origin = weights.told
    if any(letter in ESCAPED for letter in origin):
        origin = '"' + "".join([f"\\{x}" if x in ('"', "\\") else x for x in origin]) + '"'
    each = g.context // g.slots if g.shared else g.context
    lines = [f"FROM {origin}", f"PARAMETER num_ctx {each}"]
    if g.backend == "cpu":
        lines.append("PARAMETER num_gpu 0")
    elif g.layers_on_device is not None:
        lines.append(f"PARAMETER num_gpu {_fewer(g, g.layers_on_device)}")
    if g.micro_batch != 512:
        lines.append(f"PARAMETER num_batch {g.micro_batch}")
    return [Step(kind="file", path=MODELFILE, lines=tuple(lines))]


def _fewer(g: Given, layers: int) -> int:
    """Layers on devices where experts cannot be moved alone: as many as the devices' share of the weights."""
    if not g.moved:
        return layers
    return layers * g.on_devices // max(1, g.on_devices + g.weights[-1])


def unsaid_of_ollama(g: Given, server: Served) -> list[str]:
    """What of the plan Ollama cannot be told."""
    found = []
    if g.moved:
        found.append(
            f"experts of {g.moved} layers on the host: Ollama moves whole layers there, and is slower; "
            "the number of layers here is an estimate"
        )
    if g.tensor_split is not None and g.several:
        found.append("each device's share of the layers: Ollama shares them out by itself")
    if g.split == "tensor":
        found.append("every layer shared by the devices: Ollama gives each device whole layers")
    if server.cache_types is not None and g.cache_format not in server.cache_types:
        found.append(f"a cache in {g.cache_format}: Ollama has {', '.join(server.cache_types)}")
    if g.united:
        found.append("slots that share one cache: Ollama gives each its own")
    if g.swa_full:
        found.append("windows that hold the whole context")
    if g.drafts:
        found.append("the layers that draft (MTP)")
    return [*found, *(sighted(g, server.name) if g.format in g.tags or _alone(g) else [])]
