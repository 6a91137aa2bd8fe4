"""Does every name that an entry says stand for something? What each kind of entry refers to, and by which key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.facts.entries.claims import Claim, Kind
from sizing.facts.entries.devices import GpuLimit
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import COUNTED, SIZED, Facts, NamedSet, ReferenceHost
from sizing.facts.units import UNDISCLOSED
from sizing.facts.yaml import Key

Wrong = tuple[Key, str]  # a key of an entry, and what is wrong there

_GIB: Final = 2**30


def unknown(entry: object, facts: Facts) -> Iterator[Wrong]:
    """What is wrong with the names that an entry says."""
    match entry:
        case ModelEntry():
            yield from _of_model(entry, facts)
        case MachineEntry():
            yield from _of_machine(entry, facts)
        case Format():
            yield from _of_format(entry, facts)
        case Runtime():
            yield from _of_runtime(entry, facts)
        case GpuLimit():
            yield from _of_limit(entry, facts)
        case Claim():
            yield from _of_claim(entry, facts)
        case Kind():
            yield from _each(facts, ("machines",), entry.machines, "machines")
        case ReferenceHost():
            yield from _one(facts, (), entry.host, "hosts")
        case NamedSet():
            if entry.name in facts.names.of[entry.axis]:
                yield (), "is an id; choose another name for the list"
            yield from _each(facts, (), entry.members, entry.axis)


def _one(facts: Facts, key: Key, name: str, *kinds: str) -> Iterator[Wrong]:
    if (wrong := facts.names.unknown(name, *kinds)) is not None:
        yield key, wrong


def _each(facts: Facts, key: Key, names: tuple[str, ...], kind: str) -> Iterator[Wrong]:
    for i, name in enumerate(names):
        yield from _one_of_axis(facts, (*key, i), name, kind)


def _one_of_axis(facts: Facts, key: Key, name: str, axis: str) -> Iterator[Wrong]:
    """A name that claims give: an id or a set's; a device, counted or with its size, is a machine too."""
    if name in facts.sets.get(axis, {}):
        return
    if axis != "machines":
        yield from _one(facts, key, name, axis)
        return
    bare = COUNTED.sub(r"\2", name)
    if bare not in facts.names.of["devices"]:
        bare = SIZED.sub(r"\1", bare)
    if name not in facts.names.of["machines"] and bare not in facts.names.of["devices"]:
        yield from _one(facts, key, name, "machines", "devices")


def _of_model(model: ModelEntry, facts: Facts) -> Iterator[Wrong]:
    if model.architecture != UNDISCLOSED:
        yield from _one(facts, ("architecture", "model_type"), model.architecture.model_type, "model types")
    for name, published in model.files.items():
        yield from _one(facts, ("files", name, "like"), published.like, "formats")
        if name in facts.formats:
            yield ("files", name), "is a format, whose rule gives the bytes; leave the file out"


def _of_machine(machine: MachineEntry, facts: Facts) -> Iterator[Wrong]:
    if machine.host is not None:
        yield from _one(facts, ("host",), machine.host, "hosts")
    for i, installed in enumerate(machine.devices):
        yield from _one(facts, ("devices", i, "device"), installed.device, "devices")
        device = facts.devices.get(installed.device)
        if device is None:
            continue
        if (installed.memory is not None or device.unified) and installed.memory not in device.memory.box:
            sold = ", ".join(f"{size // _GIB} GB" for size in device.memory.box)
            yield ("devices", i, "memory"), f"{device.id} is sold with {sold}; give one of these"
        elif device.unified and machine.host is not None:
            yield ("host",), f"{device.id} is its own host; leave the host out"
        elif not device.unified and machine.host is None:
            yield ("host",), f"missing; {device.id} is a card, so name the host that it stands in"


def _of_format(fmt: Format, facts: Facts) -> Iterator[Wrong]:
    for i, runtime in enumerate(fmt.runtimes):
        yield from _one(facts, ("runtimes", i), runtime, "runtimes")
    for i, own in enumerate(fmt.checkpoints):
        for key, names, kind in (("model_types", own.model_types, "model types"), ("models", own.models, "models")):
            for j, name in enumerate(names):
                yield from _one(facts, ("checkpoints", i, key, j), name, kind)
    for i, loss in enumerate(fmt.loss):
        yield from _one(facts, ("loss", i, "model"), loss.model, "models")
        yield from _one(facts, ("loss", i, "base"), loss.base, "formats")


def _of_runtime(runtime: Runtime, facts: Facts) -> Iterator[Wrong]:
    cache = runtime.cache
    for i, name in enumerate(cache.types):
        yield from _one(facts, ("cache", "types", i), name, "cache types")
    if cache.indexer is not None:
        yield from _one(facts, ("cache", "indexer"), cache.indexer, "cache types")
    shares = tuple(name for name, _ in cache.window_shares)
    for key, names in (("windowed", cache.windowed or ()), ("full", cache.full), ("window_shares", shares)):
        for i, name in enumerate(names):
            yield from _one(facts, ("cache", key, i), name, "model types")


def _of_limit(limit: GpuLimit, facts: Facts) -> Iterator[Wrong]:
    if limit.device == UNDISCLOSED:
        return
    yield from _one(facts, ("device",), limit.device, "devices")
    device = facts.devices.get(limit.device)
    if device is not None and device.vendor != limit.vendor:
        yield ("device",), f"{device.id} is of {device.vendor}, not of {limit.vendor}; give a chip of this vendor"
    elif device is not None and limit.memory not in device.memory.box:
        sold = ", ".join(f"{size // _GIB} GB" for size in device.memory.box)
        yield ("memory",), f"{device.id} is sold with {sold}; give one of these"


def _of_claim(claim: Claim, facts: Facts) -> Iterator[Wrong]:
    for i, check in enumerate(claim.checks):
        at: Key = ("checks", i)
        if check.word is not None:
            yield from _one(facts, (*at, "word"), check.word, "words")
        for axis in ("models", "machines", "formats"):
            yield from _each(facts, (*at, "over", axis), getattr(check.over, axis), axis)
        for j, context in enumerate(check.over.contexts):
            if isinstance(context, str) and context not in facts.sets.get("contexts", {}):
                yield from _one(facts, (*at, "over", "contexts", j), context, "kinds")
        if check.against is not None:
            for key, axis in (("model", "models"), ("machine", "machines"), ("format", "formats")):
                if (name := getattr(check.against, key)) is not None:
                    yield from _one_of_axis(facts, (*at, "against", key), name, axis)
