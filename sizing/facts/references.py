"""Does every name that an entry says stand for something? What each kind of entry refers to, and by which key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.facts.entries.claims import Claim, Kind
from sizing.facts.entries.devices import GpuLimit
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.models import ModelEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import COUNTED, SIZED, Facts, NamedSet, Names, ReferenceHost
from sizing.facts.units import UNDISCLOSED
from sizing.facts.yaml import Key

Wrong = tuple[Key, str]  # a key of an entry, and what is wrong there

_GIB: Final = 2**30


@dataclass(frozen=True)
class References:
    """What entries refer to, among all that is known."""

    facts: Facts
    names: Names

    def wrong(self, entry: object) -> Iterator[Wrong]:
        """What is wrong with the names that an entry says, each at its key there."""
        match entry:
            case ModelEntry():
                yield from self._of_model(entry)
            case MachineEntry():
                yield from self._of_machine(entry)
            case Host():
                if entry.memory <= self.facts.reserved:
                    kept = f"{self.facts.reserved / _GIB:g} GiB"
                    yield ("memory",), f"is no more than the {kept} that its system keeps; correct one of the two"
            case Format():
                yield from self._of_format(entry)
            case Runtime():
                yield from self._of_runtime(entry)
            case GpuLimit():
                yield from self._of_limit(entry)
            case Claim():
                yield from self._of_claim(entry)
            case Kind():
                yield from self._of_axis(("machines",), entry.machines, "machines")
            case NamedSet():
                if entry.name in self.names.ids[entry.axis]:
                    yield (), "is an id; choose another name for the list"
                yield from self._of_axis((), entry.members, entry.axis)
            case ReferenceHost():
                yield from self._one((), entry.host, "hosts")

    def idle(self, entry: object) -> Iterator[Wrong]:
        """What misleads no plan: what is said of models that the catalog does not hold, and where a claim is shown."""
        if isinstance(entry, Format):
            for i, own in enumerate(entry.checkpoints):
                yield from self._many(("checkpoints", i, "models"), own.models, "models")
            for i, loss in enumerate(entry.loss):
                yield from self._one(("loss", i, "model"), loss.model, "models")
        if isinstance(entry, Claim):
            yield from self._one(("section",), entry.section, "sections")

    def _one(self, key: Key, name: str, *kinds: str) -> Iterator[Wrong]:
        if (wrong := self.names.unknown(name, *kinds)) is not None:
            yield key, wrong

    def _many(self, key: Key, names: Sequence[str], kind: str) -> Iterator[Wrong]:
        for i, name in enumerate(names):
            yield from self._one((*key, i), name, kind)

    def _of_axis(self, key: Key, names: Sequence[str], axis: str) -> Iterator[Wrong]:
        """Names that claims give: ids, or sets' names."""
        for i, name in enumerate(names):
            if name not in self.facts.sets.get(axis, {}):
                yield from self._cell((*key, i), name, axis)

    def _cell(self, key: Key, name: str, axis: str) -> Iterator[Wrong]:
        """An id; a device, counted or with its size, is a machine too."""
        if axis != "machines":
            yield from self._one(key, name, axis)
            return
        bare = COUNTED.sub(r"\2", name)
        if bare not in self.names.ids["devices"]:
            bare = SIZED.sub(r"\1", bare)
        if name not in self.names.ids["machines"] and bare not in self.names.ids["devices"]:
            yield from self._one(key, name, "machines", "devices")

    def _of_model(self, model: ModelEntry) -> Iterator[Wrong]:
        if model.architecture != UNDISCLOSED:
            yield from self._one(("architecture", "model_type"), model.architecture.model_type, "model types")
        for name, published in model.files.items():
            yield from self._one(("files", name, "like"), published.like, "formats")
            if name in self.facts.formats:
                yield ("files", name), "is a format, whose rule gives the bytes; leave the file out"

    def _of_machine(self, machine: MachineEntry) -> Iterator[Wrong]:
        if machine.host is not None:
            yield from self._one(("host",), machine.host, "hosts")
        for i, installed in enumerate(machine.devices):
            yield from self._one(("devices", i, "device"), installed.device, "devices")
            device = self.facts.devices.get(installed.device)
            if device is None:
                continue
            if (installed.memory is not None or device.unified) and installed.memory not in device.memory.box:
                sold = ", ".join(f"{size // _GIB} GB" for size in device.memory.box)
                yield ("devices", i, "memory"), f"{device.id} is sold with {sold}; give one of these"
            elif device.unified and machine.host is not None:
                yield ("host",), f"{device.id} is its own host; leave the host out"
            elif not device.unified and machine.host is None:
                yield ("host",), f"missing; {device.id} is a card, so name the host that it stands in"

    def _of_format(self, fmt: Format) -> Iterator[Wrong]:
        yield from self._many(("runtimes",), fmt.runtimes, "runtimes")
        for i, own in enumerate(fmt.checkpoints):
            yield from self._many(("checkpoints", i, "model_types"), own.model_types, "model types")
        for i, loss in enumerate(fmt.loss):
            yield from self._one(("loss", i, "base"), loss.base, "formats")

    def _of_runtime(self, runtime: Runtime) -> Iterator[Wrong]:
        cache = runtime.cache
        yield from self._many(("cache", "types"), cache.types, "cache types")
        if cache.indexer is not None:
            yield from self._one(("cache", "indexer"), cache.indexer, "cache types")
        yield from self._many(("cache", "windowed"), cache.windowed or (), "model types")
        yield from self._many(("cache", "full"), cache.full, "model types")
        yield from self._many(("cache", "window_shares"), [name for name, _ in cache.window_shares], "model types")

    def _of_limit(self, limit: GpuLimit) -> Iterator[Wrong]:
        if limit.device == UNDISCLOSED:
            return
        yield from self._one(("device",), limit.device, "devices")
        device = self.facts.devices.get(limit.device)
        if device is not None and device.vendor != limit.vendor:
            yield ("device",), f"{device.id} is of {device.vendor}, not of {limit.vendor}; give a chip of this vendor"
        elif device is not None and limit.memory not in device.memory.box:
            sold = ", ".join(f"{size // _GIB} GB" for size in device.memory.box)
            yield ("memory",), f"{device.id} is sold with {sold}; give one of these"

    def _of_claim(self, claim: Claim) -> Iterator[Wrong]:
        for i, check in enumerate(claim.checks):
            at: Key = ("checks", i)
            if check.word is not None:
                yield from self._one((*at, "word"), check.word, "words")
            for axis in ("models", "machines", "formats"):
                yield from self._of_axis((*at, "over", axis), getattr(check.over, axis), axis)
            for j, context in enumerate(check.over.contexts):
                if isinstance(context, str) and context not in self.facts.sets.get("contexts", {}):
                    yield from self._one((*at, "over", "contexts", j), context, "kinds")
            if check.against is not None:
                for key, axis in (("model", "models"), ("machine", "machines"), ("format", "formats")):
                    if (name := getattr(check.against, key)) is not None:
                        yield from self._cell((*at, "against", key), name, axis)
