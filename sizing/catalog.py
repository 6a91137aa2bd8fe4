"""What is known? Every fact of the catalog by id, and machines put together from their parts."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar, cast

from sizing.anatomy.dialect import known_types
from sizing.anatomy.shaped import misshapen
from sizing.errors import CatalogError, SizingError
from sizing.facts import snapshot
from sizing.facts.entries.claims import Claim, Word
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Host, MachineEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import Facts, members
from sizing.facts.machine import Machine, assemble
from sizing.facts.machine_names import PROCESSOR, find, machine_entry, normal, rated, tells_size
from sizing.facts.machine_names import host as host_of
from sizing.facts.model_names import ModelNames
from sizing.facts.quotes import Market
from sizing.kept import Same
from sizing.model import Model
from sizing.planner import Planner

if TYPE_CHECKING:
    from sizing.facts.drafts import Drafted, Length
    from sizing.facts.measurements import Measurement
    from sizing.facts.scores import Score
    from sizing.facts.watts import Watts

T = TypeVar("T")

_PACKAGE: Final = Path(__file__).resolve().parent
# The catalog that this package came with: inside it where it is installed, beside it in a checkout.
HERE: Final = next((path for path in (_PACKAGE / "data", _PACKAGE.parent / "catalog") if path.is_dir()), _PACKAGE)

# What was made of it when the package was built.
SNAPSHOT: Final = _PACKAGE / snapshot.NAME

NAMED: Final = 1024  # machines that are kept put together, beside the catalog's own


def validated(root: Path) -> Facts:
    """The facts at ``root`` as its YAML has them. Raises CatalogError with every problem."""
    from sizing.facts.loading import gathered  # which needs a validator, and a reader of YAML

    found = gathered(root, known_types())
    if problems := [*found.problems, *misshapen(found.placed)]:
        raise CatalogError(problems)
    return found.facts


@dataclass(frozen=True, eq=False)
class Catalog(Facts):
    """Every fact, by id, and ``machines`` ready for arithmetic. ``root`` is the folder it was read from."""

    models: Mapping[str, Model]
    root: Path
    machines: Mapping[str, Machine]

    @staticmethod
    def load(path: str | Path | None = None) -> Catalog:
        """The catalog at ``path``, else at ``$SIZING_CATALOG``, else the one that came with this package, validated.

        Raises CatalogError with file and line.
        """
        root = folder_of(path)
        facts = snapshot.read(root, SNAPSHOT) if root == HERE else None
        return Catalog.of(validated(root) if facts is None else facts, root)

    @staticmethod
    def of(facts: Facts, root: Path) -> Catalog:
        """The catalog of the facts that were read at ``root``."""
        machines = {name: _assemble(entry, facts) for name, entry in facts.machine_entries.items()}
        models: dict[str, Model] = {}
        known = {**vars(facts), "models": MappingProxyType(models)}
        catalog = Catalog(**known, root=root, machines=MappingProxyType(machines))
        models.update((name, Model.of(entry, catalog.planner)) for name, entry in facts.models.items())
        return catalog

    def after(self, before: Catalog) -> Catalog:
        """These facts with what was worked out of those that are equal in an earlier reading, which is done with."""
        models: dict[str, Model] = {}
        entries = {one.name: _same(getattr(before, one.name), getattr(self, one.name)) for one in fields(Facts)}
        catalog = replace(
            self, **{**entries, "models": MappingProxyType(models), "machines": _same(before.machines, self.machines)}
        )
        planner = before.planner.handed_on(catalog)
        if planner is not before.planner:
            return self
        vars(catalog)["planner"] = planner
        models.update(_same(before.models, {name: Model.of(one, planner) for name, one in self.models.items()}))
        return catalog

    @cached_property
    def planner(self) -> Planner:
        """What plans of this catalog have worked out already."""
        return Planner(self)

    @property
    def ranked(self) -> Same[object]:
        """What ranks models, as a part of a key: all of them, and how well they did in which tests."""
        return self._ranked

    @cached_property
    def _ranked(self) -> Same[object]:
        found = tuple(self.models.values()), tuple(self.benchmarks.values()), self.scores()
        return Same(self.planner.kept.same("ranked", found))

    @cached_property
    def market(self) -> Market:
        """What things cost by its offers, as seen today."""
        return Market(self)

    def model(self, name: str) -> Model:
        """A model by id, repository, Ollama tag, file name or as people write it, in the format that the name says.

        Raises SizingError for what is unknown or ambiguous.
        """
        if name in self.models:
            return self.models[name]
        return self._named_model(name)

    @cached_property
    def _named_model(self) -> Callable[[str], Model]:
        return lru_cache(maxsize=NAMED)(partial(_called, self, ModelNames(self.models)))

    def family(self, model: str) -> str | None:
        """A model's family by its id; None of a model that is not known."""
        return self.models[model].family if model in self.models else None

    def device(self, name: str) -> Device:
        """A device by id. Raises SizingError for an unknown id."""
        return find(self.devices, name, "device")

    def runtime(self, name: str) -> Runtime:
        """A runtime by id. Raises SizingError for an unknown id, and for a server, which names what it runs."""
        if name not in self.runtimes:
            within = [
                one.id for one in self.runtimes.values() for id, server in one.servers.items()
                if normal(name) in (normal(id), normal(server.name))
            ]  # fmt: skip
            if within:
                raise SizingError(f"{name!r} is a server of {' and '.join(within)}; write {' or '.join(within)}")
        return find(self.runtimes, name, "runtime")

    def claim(self, name: str) -> Claim:
        """A claim by id. Raises SizingError for an unknown id."""
        return find(self.claims, name, "claim")

    def word(self, name: str) -> Word:
        """A word with a threshold. Raises SizingError for an unknown one."""
        return find(self.words, name, "word")

    def members(self, axis: str, names: Sequence[str]) -> tuple[str, ...]:
        """The ids that a list of ids and sets of ``axis`` stands for, each once."""
        return members(self.sets, axis, names)

    def format(self, name: str) -> Format:
        """A format by id, matched without case; FP16 is F16. Raises SizingError for an unknown id."""
        wanted = {"fp16": "f16"}.get(name.lower(), name.lower())
        for fmt in self.formats.values():
            if fmt.id.lower() == wanted:
                return fmt
        return find(self.formats, name, "format")

    def machine(self, name: str, host: str | None = None) -> Machine:
        """A machine by id or name, or bare devices without a price: cards (``rtx-4090``, ``2x-rtx-3090+rtx-4090``) on
        the reference host or the ``host`` named, or what is its own host (``m3-max-40-core-64gb``).

        Raises SizingError for what is unknown, ambiguous or no machine.
        """
        if name in self.machines and host is None:
            return self.machines[name]
        return self._named(name, host)

    def host(self, name: str) -> Host:
        """A host by id, by its processor, or by its memory: ``64GB@DDR4-3200x2``. Raises SizingError."""
        return host_of(self, name)

    @cached_property
    def _named(self) -> Callable[[str, str | None], Machine]:
        return lru_cache(maxsize=NAMED)(partial(_built, self))

    def watts(self) -> tuple[Watts, ...]:
        """What machines drew; read only when asked for, and once. Raises CatalogError."""
        return self._watts

    @cached_property
    def _watts(self) -> tuple[Watts, ...]:
        from sizing.facts.watts import WATTS

        return WATTS.read(self.root, self)

    def lengths(self) -> tuple[Length, ...]:
        """How many drafted tokens were kept; read only when asked for, and once. Raises CatalogError."""
        return self._lengths

    @cached_property
    def _lengths(self) -> tuple[Length, ...]:
        from sizing.facts.drafts import LENGTHS

        return LENGTHS.read(self.root, self)

    def drafted(self) -> tuple[Drafted, ...]:
        """How fast decoding was with drafted tokens. Raises CatalogError."""
        from sizing.facts.drafts import DRAFTS

        return DRAFTS.read(self.root, self)

    def measurements(self) -> tuple[Measurement, ...]:
        """What real tools printed; read only when asked for, and once. Raises CatalogError."""
        return self._measurements

    def scores(self) -> tuple[Score, ...]:
        """How well models did in tests; read only when asked for, and once. Raises CatalogError."""
        return self._scores

    @cached_property
    def _scores(self) -> tuple[Score, ...]:
        from sizing.facts.scores import SCORES

        return SCORES.read(self.root, self)

    @cached_property
    def _measurements(self) -> tuple[Measurement, ...]:
        from sizing.facts.measurements import SPEEDS

        return SPEEDS.read(self.root, self)


def _same(before: T, now: T) -> T:
    """What there is now, of which each entry that is equal is the one that there was before."""
    if not isinstance(before, Mapping) or not isinstance(now, Mapping):
        return before if before == now else now
    known = {name: before[name] if name in before and before[name] == one else one for name, one in now.items()}
    return cast(T, MappingProxyType(known))


def _built(catalog: Catalog, name: str, host: str | None) -> Machine:
    if memory := rated(name):
        alone = _built(catalog, PROCESSOR, host or memory)
        return alone if host else replace(alone, id=memory, rig=replace(alone.rig, id=memory))
    entry = machine_entry(catalog, name, sized=host is None)
    if host is not None:
        own = catalog.machines.get(entry.id) or _assemble(entry, catalog)
        return own.hosted(catalog.host(host), stated=host in catalog.hosts, alone=tells_size(host))
    if entry.id in catalog.machines:
        return catalog.machines[entry.id]
    return catalog.planner.kept.same(("bare", name), _assemble(entry, catalog))


def _called(catalog: Catalog, names: ModelNames, name: str) -> Model:
    meant = names.meant(name)
    return catalog.models[meant.id].as_named(meant)


def folder_of(path: str | Path | None) -> Path:
    """``path``, else ``$SIZING_CATALOG``, else where the catalog lies that came with this package."""
    return Path(path or os.environ.get("SIZING_CATALOG") or HERE)


def _assemble(entry: MachineEntry, facts: Facts) -> Machine:
    host = facts.hosts[entry.host or facts.reference_host]
    return assemble(entry, facts.devices, host, facts.reserved, facts.gpu_limits)


@lru_cache(maxsize=1)
def default_catalog() -> Catalog:
    """The catalog that came with this package, read once."""
    return Catalog.load()


def planner_of(model: Model) -> Planner:
    """The planner of the catalog that a model belongs to; for one read from a file alone, of the default one."""
    return model.planner or default_catalog().planner
