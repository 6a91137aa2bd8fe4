"""Does every name that the catalog says stand for something, and do entries that name each other fit?

Names are looked up in what the files state, so that they are told also where an entry does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sizing.facts.entries.devices import GpuLimit
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.index import COUNTED, SIZED, Facts, Names
from sizing.facts.units import UNDISCLOSED
from sizing.facts.yaml import Key

Wrong = tuple[Key, str]  # a key of an entry, and what is wrong there
Paths = Mapping[str, tuple[str, ...]]  # a key in dots, * for any: the kinds of which a name there must be one

_GIB: Final = 2**30
_MACHINES: Final = ("machines", "devices", "sets of machines", "kinds")

# By what holds the names: a file's members, or what stands beside them.
REFERENCES: Final[Mapping[str, Paths]] = {
    "models": {
        "architecture.model_type": ("model types",),
        "files.*.like": ("formats",),
        "names.ollama.*": ("formats",),
        "names.tuned_ollama.*": ("formats",),
    },
    "machines": {"host": ("hosts",), "devices.*.device": ("devices",)},
    "hosts": {"parts.*.part": ("parts",)},
    "offers": {"device": ("devices",), "machine": ("machines",), "part": ("parts",)},
    "apis": {"model": ("models",)},
    "formats": {
        "runtimes.*": ("runtimes",),
        "checkpoints.*.model_types.*": ("model types",),
        "loss.*.base": ("formats",),
    },
    "runtimes": {
        "cache.types.*": ("cache types",),
        "cache.indexer": ("cache types",),
        "cache.sparse_latent": ("cache types",),
        "cache.windowed.*": ("model types",),
        "cache.full.*": ("model types",),
        "cache.window_shares.*.0": ("model types",),
        "small.*": ("devices",),
        "backends.*.contexts.*.devices.*": ("devices",),
    },
    "gpu_limits": {"device": ("devices",)},
    "reference": {"": ("hosts",)},
    "kinds": {"machines.*": _MACHINES},
    "sets": {
        "models.*.*": ("models", "sets of models"),
        "machines.*.*": _MACHINES,
        "formats.*.*": ("formats", "sets of formats"),
    },
    "claims": {
        "checks.*.word": ("words",),
        "checks.*.over.models.*": ("models", "sets of models"),
        "checks.*.over.machines.*": _MACHINES,
        "checks.*.over.formats.*": ("formats", "sets of formats"),
        "checks.*.over.contexts.*": ("kinds",),
        "checks.*.against.model": ("models",),
        "checks.*.against.machine": ("machines", "devices"),
        "checks.*.against.format": ("formats",),
    },
}

# What misleads no plan: what is said of models that the catalog does not hold, and where a claim is shown.
IDLE: Final[Mapping[str, Paths]] = {
    "formats": {"checkpoints.*.models.*": ("models",), "loss.*.model": ("models",)},
    "claims": {"section": ("sections",)},
}

# A tag may stand for one of the model's own files too.
_TAGS: Final = "names.ollama.*"

# What is no name where one may stand: a device that nobody states, and a number of tokens.
_NO_NAME: Final = re.compile(f"{UNDISCLOSED}|[0-9].*K|")


def unknown(data: object, paths: Paths, names: Names) -> Iterator[Wrong]:
    """What is wrong with the names that stand at ``paths`` in ``data``."""
    files = data.get("files") if isinstance(data, dict) else None
    files = files if isinstance(files, dict) else {}
    for path, kinds in paths.items():
        for key, name in _found(data, path.split(".") if path else [], ()):
            if not isinstance(name, str) or names.knows(name, *kinds):
                continue
            if path == _TAGS and name in files:
                continue
            if ("kinds" in kinds or "devices" in kinds) and _NO_NAME.fullmatch(name):
                continue
            if "machines" in kinds and _is_counted(name, names):
                continue
            if (wrong := names.unknown(name, *kinds)) is not None:
                yield key, wrong


def _found(data: object, path: list[str], at: Key) -> Iterator[tuple[Key, object]]:
    """Everything that stands at a path, with its key."""
    if not path:
        yield at, data
        return
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        for key in data if step == "*" else (step,) if step in data else ():
            yield from _found(data[key], rest, (*at, key))
    elif isinstance(data, list):
        for i in range(len(data)) if step == "*" else (int(step),) if step.isdigit() and int(step) < len(data) else ():
            yield from _found(data[i], rest, (*at, i))


def _is_counted(name: str, names: Names) -> bool:
    """Whether a machine's name counts a device, or gives its size: 2x-rtx-4090, m3-max-40-core-64gb."""
    bare = COUNTED.sub(r"\2", name)
    return bare in names.ids["devices"] or SIZED.sub(r"\1", bare) in names.ids["devices"]


def misfits(entry: object, facts: Facts) -> Iterator[Wrong]:
    """What cannot be, though every name is known: a card in a size that is not sold, a limit of another vendor's."""
    match entry:
        case ModelEntry():
            yield from _of_model(entry, facts)
        case MachineEntry():
            yield from _of_machine(entry, facts)
        case Host():
            if entry.memory <= facts.reserved:
                kept = f"{facts.reserved / _GIB:g} GiB"
                yield ("memory",), f"is no more than the {kept} that its system keeps; correct one of the two"
        case GpuLimit():
            yield from _of_limit(entry, facts)


def _of_model(model: ModelEntry, facts: Facts) -> Iterator[Wrong]:
    for name in model.files:
        if name in facts.formats:
            yield ("files", name), "is a format, whose rule gives the bytes; leave the file out"


def _of_machine(machine: MachineEntry, facts: Facts) -> Iterator[Wrong]:
    for i, installed in enumerate(machine.devices):
        device = facts.devices.get(installed.device)
        if device is None:
            continue
        if (installed.memory is not None or device.unified) and installed.memory not in device.memory.box:
            yield ("devices", i, "memory"), f"{device.id} is sold with {_sizes(device.memory.box)}; give one of these"
        elif device.unified and machine.host is not None:
            yield ("host",), f"{device.id} is its own host; leave the host out"
        elif not device.unified and machine.host is None:
            yield ("host",), f"missing; {device.id} is a card, so name the host that it stands in"


def named_twice(entries: Iterable[object]) -> Iterator[tuple[object, Wrong]]:
    """Each model that has a name of an earlier one, with what is wrong there: such a name would mean neither."""
    taken: dict[str, str] = {}
    for model in entries:
        if isinstance(model, ModelEntry):
            names = model.names
            for kind, own in (
                ("huggingface", (*names.huggingface, *names.repackaged, *names.tuned)),
                ("ollama", names.ollama),
                ("tuned_ollama", names.tuned_ollama),
            ):
                for name in own:
                    other = taken.setdefault(name.lower(), model.id)
                    if other != model.id:
                        yield (
                            model,
                            (("names", kind), f"{name} is a name of {other} already; choose one of the two"),
                        )


def _of_limit(limit: GpuLimit, facts: Facts) -> Iterator[Wrong]:
    device = facts.devices.get(limit.device)
    if device is None:
        return
    if device.vendor != limit.vendor:
        yield ("device",), f"{device.id} is of {device.vendor}, not of {limit.vendor}; give a chip of this vendor"
    elif limit.memory not in device.memory.box:
        yield ("memory",), f"{device.id} is sold with {_sizes(device.memory.box)}; give one of these"


def _sizes(boxes: tuple[int, ...]) -> str:
    return ", ".join(f"{size // _GIB} GB" for size in boxes)
