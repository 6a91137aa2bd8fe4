"""What is known? Every fact of the catalog by id, and machines put together from their parts."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from sizing.anatomy.dialect import known_types
from sizing.anatomy.shaped import misshapen
from sizing.errors import CatalogError, SizingError
from sizing.facts import snapshot
from sizing.facts.entries.claims import Claim, Word
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.entries.machines import Installed, MachineEntry
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.index import COUNTED, MOST, SIZED, Facts, members
from sizing.facts.machine import Machine, assemble
from sizing.facts.units import GIB, UNDISCLOSED
from sizing.model import Model
from sizing.planner import Planner

if TYPE_CHECKING:
    from sizing.facts.measurements import Measurement

_PACKAGE: Final = Path(__file__).resolve().parent
# The catalog that this package came with: inside it where it is installed, beside it in a checkout.
HERE: Final = next((path for path in (_PACKAGE / "data", _PACKAGE.parent / "catalog") if path.is_dir()), _PACKAGE)

# What was made of it when the package was built.
SNAPSHOT: Final = _PACKAGE / snapshot.NAME

T = TypeVar("T")


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
    _bare: dict[str, Machine] = field(default_factory=dict)

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

    @cached_property
    def planner(self) -> Planner:
        """What plans of this catalog have worked out already."""
        return Planner(self)

    def model(self, name: str) -> Model:
        """A model by id. Raises SizingError for an unknown id."""
        return _find(self.models, name, "model")

    def device(self, name: str) -> Device:
        """A device by id. Raises SizingError for an unknown id."""
        return _find(self.devices, name, "device")

    def runtime(self, name: str) -> Runtime:
        """A runtime by id. Raises SizingError for an unknown id."""
        return _find(self.runtimes, name, "runtime")

    def claim(self, name: str) -> Claim:
        """A claim by id. Raises SizingError for an unknown id."""
        return _find(self.claims, name, "claim")

    def word(self, name: str) -> Word:
        """A word with a threshold. Raises SizingError for an unknown one."""
        return _find(self.words, name, "word")

    def members(self, axis: str, names: Sequence[str]) -> tuple[str, ...]:
        """The ids that a list of ids and sets of ``axis`` stands for, each once."""
        return members(self.sets, axis, names)

    def format(self, name: str) -> Format:
        """A format by id, matched without case; FP16 is F16. Raises SizingError for an unknown id."""
        wanted = {"fp16": "f16"}.get(name.lower(), name.lower())
        for fmt in self.formats.values():
            if fmt.id.lower() == wanted:
                return fmt
        return _find(self.formats, name, "format")

    def machine(self, name: str) -> Machine:
        """A machine by id, or a bare device without a price: a card (``rtx-4090``, ``2x-rtx-4090``) on the reference
        host, or what is its own host (``m3-max-40-core-64gb``, ``epyc-9355-768gb``).

        Raises SizingError for an unknown id.
        """
        if name in self.machines:
            return self.machines[name]
        if name not in self._bare:
            self._bare[name] = self._bare_device(name)
        return self._bare[name]

    def measurements(self) -> tuple[Measurement, ...]:
        """What real tools printed; read only when asked for, and once. Raises CatalogError."""
        return self._measurements

    @cached_property
    def _measurements(self) -> tuple[Measurement, ...]:
        from sizing.facts.measurements import SPEEDS

        return SPEEDS.read(self.root, self)

    def _bare_device(self, name: str) -> Machine:
        counted = COUNTED.fullmatch(name)
        if counted and (len(counted[1]) > len(str(MOST)) or int(counted[1]) > MOST):
            raise SizingError(f"{name[:40]}: a machine has at most {MOST:,} devices; write a smaller number")
        count, rest = (int(counted[1]), counted[2]) if counted else (1, name)
        size: int | None = None
        if rest not in self.devices and (sized := SIZED.fullmatch(rest)) and sized[1] in self.devices:
            rest, size = sized[1], int(sized[2]) * GIB
        if rest not in self.devices:
            _find(dict.fromkeys((*self.machines, *self.devices)), name, "machine or device")
        device = self.devices[rest]
        sizes = device.memory.box
        if device.unified:
            if size is None and len(sizes) == 1:
                size = sizes[0]
            if size not in sizes:
                choices = ", ".join(f"{device.id}-{s >> 30}gb" for s in sizes)
                raise SizingError(f"{device.id} is sold in several sizes; write one of {choices}")
            if count > 1 and device.kind == "soc":
                raise SizingError(f"{device.id} is one chip with its own memory; {count} of them are no one machine")
        elif size is not None and size not in sizes:
            raise SizingError(f"{device.id} has {sizes[0] >> 30} GB; write {device.id}")
        entry = MachineEntry(
            id=name,
            kind="desktop",
            name=f"{count} × {device.name}" if count > 1 else device.name,
            devices=(Installed(device=device.id, count=count, memory=size),),
            price=UNDISCLOSED,
            sources=device.sources,
        )
        return _assemble(entry, self)


def folder_of(path: str | Path | None) -> Path:
    """``path``, else ``$SIZING_CATALOG``, else where the catalog lies that came with this package."""
    return Path(path or os.environ.get("SIZING_CATALOG") or HERE)


def _assemble(entry: MachineEntry, facts: Facts) -> Machine:
    host = facts.hosts[entry.host or facts.reference_host]
    return assemble(entry, facts.devices, host, facts.reserved, facts.gpu_limits)


def _find(entries: Mapping[str, T], name: str, what: str) -> T:
    if name in entries:
        return entries[name]
    name = name[:80]
    close = difflib.get_close_matches(name, entries, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(close)}?" if close else f"known are {', '.join(sorted(entries))}"
    raise SizingError(f"no {what} {name!r} in the catalog; {hint}")


@lru_cache(maxsize=1)
def default_catalog() -> Catalog:
    """The catalog that came with this package, read once."""
    return Catalog.load()


def planner_of(model: Model) -> Planner:
    """The planner of the catalog that a model belongs to; for one read from a file alone, of the default one."""
    return model.planner or default_catalog().planner
