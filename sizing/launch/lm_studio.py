"""Which commands start a plan in LM Studio? ``lms``: it loads the same files, and is told the context and a share."""

from __future__ import annotations

from collections.abc import Iterator

from sizing.facts.entries.runtimes import Server
from sizing.launch.asked import Asked
from sizing.launch.llama_cpp import notes_of, unsaid, wired
from sizing.launch.step import Launch, Step, options
from sizing.launch.weights import Weights, folder, weights_of
from sizing.plan import Plan


def lm_studio(p: Plan, server: Server, asked: Asked) -> Launch:
    """The start with ``lms server start`` and ``lms load``."""
    weights = weights_of(p, asked.source)
    port, name = asked.port or server.port, folder(p.model, p.format.id).lower()
    load = options(
        [
            ("--gpu", _share(p)),
            ("--context-length", p.context * p.sequences if p.runtime.files == "gguf" else p.context),
            ("--identifier", name),
            ("-y", True),
        ]
    )
    steps = (
        *_brought(weights),
        *wired(p),
        Step(do="system", words=("lms", "server", "start", "--port", str(port))),
        Step(
            do="start",
            words=("lms", "load", _key(weights), *load),
            note=f"answers at http://127.0.0.1:{port}/v1 as {name}; lms ls tells the key",
        ),
    )
    return Launch(
        server="lm-studio",
        name=server.name,
        steps=steps,
        differs=(*_differs(p, server, asked), *unsaid(p)),
        notes=(*weights.notes, *notes_of(p)),
    )


def _brought(weights: Weights) -> tuple[Step, ...]:
    """LM Studio downloads by itself, and takes in a file that is here."""
    if weights.repository is not None:
        address = f"https://huggingface.co/{weights.repository}{f'@{weights.recipe}' if weights.recipe else ''}"
        return (Step(do="download", words=("lms", "get", address, "-y")),)
    if weights.path is None:
        return weights.steps
    return (*weights.steps, Step(do="build", words=("lms", "import", weights.path, "-y")))


def _key(weights: Weights) -> str:
    """What LM Studio calls the model: the repository's own name in small letters, as a rule."""
    if weights.repository is None:
        return (weights.path or "MODEL").rpartition("/")[2].lower().removesuffix(".gguf")
    return weights.repository.partition("/")[2].lower().removesuffix("-gguf")


def _share(p: Plan) -> str:
    """The share of the layers on the device."""
    layers, layout = p.settings["layers_on_device"], p.layout
    if p.backend == "cpu":
        return "off"
    if layout is None or not isinstance(layers, int):
        return "max"
    count = len(layout.layers) + 1
    return "max" if layers >= count else "off" if layers == 0 else f"{layers / count:.3f}"


def _differs(p: Plan, server: Server, asked: Asked) -> Iterator[str]:
    """What of the plan ``lms load`` cannot be told; the app's own settings know more."""
    s, layout = p.settings, p.layout
    if layout is not None and layout.experts_on_host:
        yield f"experts of {layout.experts_on_host} layers on the host: set it in the app, when it loads"
    if isinstance(s["tensor_split"], list) or (s["split"] == "tensor" and p.runtime.files == "gguf"):
        yield "how the devices share the layers: set it in the app, under Hardware"
    if p.cache_format not in (server.cache_types or (p.cache_format,)):
        yield f"a cache in {p.cache_format}: set it in the app, among the model's load parameters"
    if p.runtime.files == "gguf" and s["micro_batch"] != 512:
        yield f"a micro-batch of {s['micro_batch']} tokens"
    if p.runtime.files == "gguf" and isinstance(s["slots"], int) and s["slots"] > 1:
        yield f"{s['slots']} slots"
    if s["swa_full"]:
        yield "windows that hold the whole context"
    if asked.open:
        yield f"listening at {asked.host}: switch on 'Serve on Local Network' in the app"
