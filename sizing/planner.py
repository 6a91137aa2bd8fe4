"""What has been worked out already? A catalog's planner settles questions once, and forgets the oldest of many.

All that is remembered is keyed by everything that decides it, bounded, and dies with the catalog that owns the planner;
or is handed on to the next reading of the same facts, where formats and runtimes, which decide it all, are equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from sizing.anatomy.beside import parts_of
from sizing.anatomy.formats import Formats, format_of, own_format
from sizing.anatomy.shaped import ShapedEntry
from sizing.anatomy.sized import sized
from sizing.engine.beside import Part, drafting_buffers, loaded_of, repeated, taken, tried
from sizing.engine.fitted import Fitted
from sizing.engine.memory import Demand, Memory
from sizing.engine.outcome import Loaded, settle
from sizing.engine.placement import Proposals
from sizing.engine.program import Program
from sizing.engine.rig import Rig
from sizing.engine.settings import DEFAULT, Settings, at_home, set_up
from sizing.engine.sized import Sized, adapted
from sizing.errors import SizingError
from sizing.facts.cache_types import widening
from sizing.facts.drafts import Length
from sizing.facts.entries.formats import Format
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.narrow import encoding, programs
from sizing.facts.quotes import Market
from sizing.facts.units import known
from sizing.fitted import Fit, read_fit
from sizing.kept import Kept, Same

if TYPE_CHECKING:
    from sizing.facts.entries.devices import GpuLimit
    from sizing.facts.entries.machines import Host
    from sizing.facts.measurements import Measurement

# How many answers are remembered: all models in a handful of formats, and the contexts of a table.
SETTLED: Final = 4096
PROPOSED: Final = 2048
ANSWERED: Final = 16_384  # of searches, each a model on a machine


class Known(Formats, Protocol):
    """What a planner needs of a catalog."""

    @property
    def formats(self) -> Mapping[str, Format]:
        """Formats by id."""

    @property
    def runtimes(self) -> Mapping[str, Runtime]:
        """Runtimes by id."""

    def runtime(self, name: str) -> Runtime:
        """A runtime by id. Raises SizingError for an unknown id."""

    @property
    def market(self) -> Market:
        """What things cost by its offers."""

    def family(self, model: str) -> str | None:
        """A model's family by its id; None of a model that is not known."""

    def lengths(self) -> tuple[Length, ...]:
        """How many drafted tokens were kept."""

    @property
    def hosts(self) -> Mapping[str, Host]:
        """Hosts by id."""

    @property
    def reference_host(self) -> str:
        """The id of the host beside cards of which nothing is said."""

    @property
    def gpu_limits(self) -> Sequence[GpuLimit]:
        """What was observed that a system lets a GPU use."""

    def measurements(self) -> Sequence[Measurement]:
        """What real tools printed."""


@dataclass(frozen=True, eq=False)
class Settled:
    """What a format, a runtime and a cache type settle for a model, whatever the machine's size and the context."""

    format: Format
    runtime: Runtime
    loaded: Loaded
    beside: tuple[Part, ...] = ()  # what there is beside the text model

    def held(self, asked: Settings) -> tuple[Part, ...]:
        """What of that is loaded. Raises SizingError for what is asked for and is not there, or not known."""
        return loaded_of(self.beside, asked)

    def loads(self, asked: Settings) -> tuple[tuple[Part, bool], ...]:
        """What there is beside it, and whether it is loaded. Raises SizingError likewise."""
        return self._loads if asked is DEFAULT else self._told(asked)

    @cached_property
    def _loads(self) -> tuple[tuple[Part, bool], ...]:
        return self._told(DEFAULT)

    def _told(self, asked: Settings) -> tuple[tuple[Part, bool], ...]:
        held = self.held(asked)
        return tuple([(part, part in held) for part in self.beside])


def _with(settled: Settled, program: Same[Program]) -> Settled:
    return replace(settled, loaded=replace(settled.loaded, program=program.thing))


def _asked(
    sized: Same[Sized],
    program: Program,
    context: int,
    sequences: int,
    widening: float,
    beside: Memory,
    asked: Settings,
    shown: int,
    whole: int,
) -> Proposals:
    """What is asked of memory by a program that takes no context on a device, and where it may go."""
    demand = Demand(
        sized=adapted(sized.thing, asked.lora),
        program=program,
        context=context,
        sequences=sequences,
        slots=asked.slots or 0,
        widening=widening,
        beside=beside,
        unified=asked.unified,
        tried=shown,
        drafted=asked.drafted,
        repeated=whole,
    )
    return Proposals(demand, asked)


class Planner:
    """What ``plan`` has worked out for a catalog; threads may share it."""

    def __init__(self, catalog: Known) -> None:
        self.catalog = catalog  # the newest, where it was handed on
        self.kept = Kept(ANSWERED)  # what searches and proofs have worked out
        self._settled = lru_cache(SETTLED)(self._settle)
        self._sized = lru_cache(SETTLED)(self._size)
        self._proposals = lru_cache(PROPOSED)(self._propose)
        # Rigs that a runtime treats alike share what is worked out; all rigs, what does not follow from its context.
        self._at_home = lru_cache(SETTLED)(self._home)
        self._one = lru_cache(SETTLED)(Same[Program])
        self._settled_at_home = lru_cache(SETTLED)(_with)
        self._bare = lru_cache(PROPOSED)(_asked)

    def handed_on(self, catalog: Known) -> Planner:
        """The planner of a catalog that was read after its own, which is done with: this one, if what decides its
        answers is equal."""
        before = self.catalog
        if (catalog.formats, catalog.runtimes) != (before.formats, before.runtimes):
            return Planner(catalog)
        self.catalog, self.kept = catalog, self.kept.heir()
        return self

    @cached_property
    def fit(self) -> Fit:
        """The constants of speed as they were when this catalog was first asked for one."""
        return read_fit()

    @property
    def fitted(self) -> Fitted:
        """The constants of speed."""
        return self.fit.constants

    @property
    def formats(self) -> Mapping[str, Format]:
        """The catalog's formats, by id."""
        return self.catalog.formats

    @property
    def market(self) -> Market:
        """What things cost by the catalog's offers."""
        return self.catalog.market

    @property
    def lengths(self) -> tuple[Length, ...]:
        """How many drafted tokens were kept, as the catalog says."""
        return self.catalog.lengths()

    def family(self, model: str) -> str | None:
        """The family of a model of the catalog; None of others."""
        return self.catalog.family(model)

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """Every runtime with every backend."""
        return tuple(programs(self.catalog.runtimes))

    def settled(
        self,
        model: ShapedEntry,
        format: str,
        runtime: str | None,
        cache_format: str,
        backends: tuple[str, ...],
        capability: float | None = None,
    ) -> Settled:
        """What they settle on these backends, of which none means no machine, whatever its size; ``capability`` is
        CUDA's of its devices, where one lacks what a runtime needs.

        Raises SizingError for a pair that cannot run, or a model that nobody can size.
        """
        found = self._settled(model, format, runtime, cache_format, backends, capability)
        if isinstance(found, str):
            raise SizingError(found)
        return found

    def settled_on(
        self, model: ShapedEntry, format: str, runtime: str | None, cache_format: str, rig: Rig | None
    ) -> Settled:
        """What they settle on a rig, or on none. Raises SizingError likewise."""
        if rig is None:
            return self.settled(model, format, runtime, cache_format, ())
        settled = self.settled(model, format, runtime, cache_format, rig.backends, self._lacking(rig))
        program = settled.loaded.program
        if not program.defaults and not program.contexts and rig.nodes == 1:
            return settled
        return self._settled_at_home(settled, self._at_home(Same(program), Same(rig)))

    def proposals(self, settled: Settled, context: int, sequences: int, settings: Settings = DEFAULT) -> Proposals:
        """What a settled model asks of memory at a context with some settings, and where it may go."""
        return self._proposals(settled, context, sequences, settings)

    def _home(self, program: Same[Program], rig: Same[Rig]) -> Same[Program]:
        """A program as it is on a rig: the same thing on all on which it is equal."""
        return self._one(at_home(program.thing, rig.thing))

    def _lacking(self, rig: Rig) -> float | None:
        """The devices' CUDA capability where some runtime needs more; all others settle alike."""
        least = rig.capability
        return least if least is not None and least < self._demanding else None

    @cached_property
    def _demanding(self) -> float:
        """The CUDA capability at which every runtime has code for a device."""
        return max(program.capability for program in self.programs)

    def _settle(
        self,
        model: ShapedEntry,
        format: str,
        runtime: str | None,
        cache_format: str,
        backends: tuple[str, ...],
        capability: float | None,
    ) -> Settled | str:
        """What they settle, or why they do not: searches ask again and again for what no runtime reads."""
        try:
            return self._settled_newly(model, format, runtime, cache_format, backends, capability)
        except SizingError as refusal:
            return str(refusal)

    def _settled_newly(
        self,
        model: ShapedEntry,
        format: str,
        runtime: str | None,
        cache_format: str,
        backends: tuple[str, ...],
        capability: float | None,
    ) -> Settled:
        if model.shape is None:
            raise SizingError(f"{model.id} runs only at {model.vendor}: its weights and shape are undisclosed")
        own = model.own
        fmt = own_format(self.catalog, own) if own and format == own.key else format_of(self.catalog, model, format)
        asked = None if runtime is None else self.catalog.runtime(runtime).id
        if asked is not None and asked not in fmt.runtimes:
            kin = [x.id for x in self.catalog.formats.values() if x.id.startswith(f"{fmt.id}_") and asked in x.runtimes]
            if kin:
                raise SizingError(
                    f"{asked} does not read {fmt.id} but {', '.join(kin)}; write that, or another runtime"
                )
        program = settle(encoding(fmt), self.programs, backends, asked, capability)
        found = self.catalog.runtimes[program.runtime]
        loaded = Loaded(
            model=model.id,
            limit=known(model.context),
            encoding=encoding(fmt),
            cache_format=cache_format,
            program=program,
            sized=self._sized(model, fmt, cache_format.lower(), found.id),
            widening=widening(cache_format),
        )
        return Settled(fmt, found, loaded, tuple(parts_of(model, fmt, cache_format, found)))

    def _size(self, model: ShapedEntry, fmt: Format, cache_format: str, name: str) -> Sized:
        assert model.shape is not None
        runtime = self.catalog.runtimes[name]
        return sized(model.shape, fmt, cache_format, runtime.cache, runtime.files == "gguf")

    def _propose(self, settled: Settled, context: int, sequences: int, settings: Settings) -> Proposals:
        loaded, slots, held = settled.loaded, settings.slots or 0, settled.held(settings)
        program, text = loaded.program, context if loaded.sized.whole else 0
        if settings != DEFAULT or text:
            program = set_up(program, settings, text)
        beside = taken(held, program.page, context, 1 if slots else sequences)
        beside = beside.plus(Memory(buffers=drafting_buffers(held, loaded.sized, program, context)))
        if settings.draft is not None:
            beside = beside.plus(Memory(*settings.draft))
        bare, shown = replace(program, overhead=0), tried(held, program.batched_tokens)
        found = self._bare(
            Same(loaded.sized), bare, context, sequences, loaded.widening, beside, settings, shown, repeated(held)
        )
        return found if program == bare else found.where(program)
