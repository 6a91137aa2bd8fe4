"""Which facts does a start need beside a plan's numbers? Of its model, its runtime and its machine, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sizing.errors import SizingError
from sizing.facts.content import is_folder
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.format_names import ending
from sizing.facts.machine import Machine
from sizing.facts.text import strange
from sizing.facts.units import known
from sizing.launch.words.given import SOURCES
from sizing.launch.words.weights import key_of, key_of_mlx
from sizing.model import Model
from sizing.plan import Plan

Data = dict[str, object]


def numbers(p: Plan) -> Data:
    """What ``sizing.launch.words`` reads of a plan's JSON."""
    layout = p.layout
    return {
        "model": p.model.id,
        "machine": p.machine.id if p.machine else None,
        "format": p.format.id,
        "runtime": p.runtime.id,
        "context": p.context,
        "sequences": p.sequences,
        "cache_format": p.cache_format,
        "verdict": p.verdict,
        "runs": p.runs,
        "settings": p.settings,
        "layout": layout.as_dict() if layout else None,
        "places": [{"capacity": x.capacity, "memory": x.memory.as_dict()} for x in p.places],
        "beside": [{"kind": part.kind, "loaded": loaded} for part, loaded in p.beside],
    }


def facts_of(p: Plan, machine: Machine) -> Data:
    """The facts beside them. Raises SizingError for a file whose name nobody can paste."""
    asked = p.outcome.asked
    return {
        **of_model(p.model),
        **of_runtime(p.runtime),
        "own": own_weights(p.model, p.runtime.files),
        "backend": p.backend,
        "devices": [device.name for device in machine.devices],
        "nodes": machine.nodes,
        "unified": machine.unified,
        "stages": machine.rig.stages,
        "lora": asked.lora > 0,
        "draft": asked.draft is not None,
    }


def of_model(model: Model) -> Data:
    """What a model is called, and where it is published."""
    return {
        "name": model.name,
        "model_type": model.shape.model_type if model.shape else "",
        "native": model.native,
        "limit": known(model.context),
        "heads": model.shape.heads if model.shape else 1,
        "experts": model.shape.experts.count if model.shape else 0,
        "dense": _dense(model),
        "encoder": bool(model.shape and not model.shape.answers),
        "repositories": {source: dict(_said(model, source)) for source in SOURCES},
        "tags": _tags(model),
    }


def of_runtime(runtime: Runtime) -> Data:
    """What a runtime is called, and what answers requests with it."""
    return {
        "runtime_name": runtime.name,
        "files": runtime.files,
        "servers": [
            {
                "id": name,
                "name": one.name,
                "port": one.port,
                "windows": one.windows,
                "lacks": list(one.lacks),
                "cache_types": None if one.cache_types is None else list(one.cache_types),
                "images": {str(backend): image for backend, image in one.images.items()},
            }
            for name, one in runtime.servers.items()
        ],
    }


def _dense(model: Model) -> list[int]:
    """Of a mixture, the layers that have no experts."""
    if model.shape is None or not model.shape.experts.count:
        return []
    return [i for i, layer in enumerate(model.shape.layers) if "experts" not in layer.feed_forward]


def _said(model: Model, source: str) -> Iterator[tuple[str, str]]:
    """A model's repositories on a source by what each one's name says of its format, the makers' before others'."""
    names = model.names
    listed = names.modelscope if source == "modelscope" else (*names.huggingface, *names.repackaged)
    for one in reversed(listed):  # of several that say the same, the first stays
        mlx = one.startswith("mlx-community/")
        said = ending(one, mlx=mlx)
        others = mlx and not (said.format or "").startswith("MLX-")
        yield key_of_mlx(said.format) if others else key_of(said.format, said.gguf), one


def _tags(model: Model) -> Mapping[str, str]:
    """Ollama's tag for each format: one with a size before the one that is the latest."""
    found: dict[str, str] = {}
    for tag in sorted(model.names.ollama, key=lambda one: (one.endswith(":latest"), len(one), one)):
        found.setdefault(model.names.ollama[tag], tag)
    return found


def own_weights(model: Model, files: str) -> str | None:
    """The file or folder of one's own that a runtime reads; None where what was read holds no weights, as config.json.

    Raises SizingError for a name that holds what nobody sees.
    """
    if model.path is None:
        return None
    path = Path(model.path).absolute()  # so that no program takes it for an option or a repository
    if strange(str(path)) is not None or not str(path).isprintable():
        raise SizingError(f"{model.path!r} holds a character that nobody sees; give the file another name")
    if files == "gguf":
        return str(path) if path.suffix == ".gguf" else None
    place = path if is_folder(path) else path.parent
    return str(place) if any(place.glob("*.safetensors")) else None
