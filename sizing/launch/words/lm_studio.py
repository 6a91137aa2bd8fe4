"""Which commands start a plan in LM Studio? ``lms``: it loads the same files, and is told the context and a share."""

from __future__ import annotations

from sizing.launch.words.common import answers, nameless, notes_of, port_of, wired
from sizing.launch.words.given import Asked, Given, Served
from sizing.launch.words.step import Launch, Step, alone, number, options
from sizing.launch.words.weights import Weights, folder, in_small, weights_of


def lm_studio(g: Given, server: Served, asked: Asked) -> Launch:
    """The start with ``lms server start`` and ``lms load``."""
    weights, port, name = weights_of(g, asked.source), port_of(asked, server.port), in_small(folder(g, g.format))
    tokens = g.context * g.sequences if g.files == "gguf" else g.context
    load = options(
        [
            ("--gpu", _share(g)),
            ("--context-length", f"{tokens}"),
            ("--parallel", f"{g.slots}" if g.files == "gguf" else None),  # else four
            ("--speculative-draft-mtp", alone(g.drafts)),
            ("--speculative-draft-max-tokens", number(g.drafted if g.drafts else None)),
            ("--identifier", name),
            ("-y", ""),
        ],
    )
    note = f"{answers(asked, port)} as {name}; lms ls tells what it calls the model"
    bind = ("--bind", asked.host) if asked.exposed else ()
    steps = (
        *_brought(weights, name),
        *wired(g),
        Step(kind="system", words=("lms", "server", "start", "--port", f"{port}", *bind)),
        Step(kind="start", words=("lms", "load", _called(g, weights), *load), note=note),
    )
    return Launch(
        server=server.id,
        name=server.name,
        steps=steps,
        differs=(*unsaid_of_lm_studio(g, server), *nameless(g)),
        notes=(*weights.notes, *notes_of(g)),
    )


def _brought(weights: Weights, name: str) -> list[Step]:
    """LM Studio downloads by itself, and takes in files that are here: what sees into the same folder as the model,
    where it is looked for."""
    if weights.repository is not None:
        recipe = "" if weights.recipe is None else f"@{weights.recipe}"
        address = f"https://huggingface.co/{weights.repository}{recipe}"
        return [Step(kind="download", words=("lms", "get", address, "-y"))]
    if weights.path is None:
        return list(weights.steps)
    beside = ("--user-repo", f"local/{name}") if weights.projector is not None else ()
    files = [file for file in (weights.path, weights.projector) if file is not None]
    taken = [Step(kind="build", words=("lms", "import", file, *beside, "-y"), read=weights.read) for file in files]
    return [*weights.steps, *taken]


def _called(g: Given, weights: Weights) -> str:
    """What LM Studio calls the model: the repository's own name in small letters, as a rule."""
    if weights.repository is None:
        return in_small(folder(g, g.format))
    at = [i for i, letter in enumerate(weights.repository) if letter == "/"]
    name = in_small(weights.repository[at[0] + 1 :])
    return name[: len(name) - 5] if name[len(name) - 5 :] == "-gguf" else name


def _share(g: Given) -> str:
    """The share of the layers on the device."""
    if g.backend == "cpu" or g.layers_on_device == 0:
        return "off"
    if g.layers_on_device is None or g.layers_on_device > g.layers:
        return "max"
    return f"{g.layers_on_device / (g.layers + 1):.3g}"


def unsaid_of_lm_studio(g: Given, server: Served) -> list[str]:
    """What of the plan ``lms load`` cannot be told; the app's own settings know more."""
    found, gguf = [], g.files == "gguf"
    if g.moved:
        found.append(f"experts of {g.moved} layers on the host: set it in the app, when it loads")
    if g.several and gguf and (g.tensor_split is not None or g.split == "tensor"):
        found.append("how the devices share the layers: set it in the app, under Hardware")
    if server.cache_types is not None and g.cache_format not in server.cache_types:
        found.append(f"a cache in {g.cache_format}: set it in the app, when it loads")
    if gguf and g.micro_batch != 512:
        found.append(f"a micro-batch of {g.micro_batch} tokens")
    if g.swa_full:
        found.append("windows that hold the whole context")
    return found
