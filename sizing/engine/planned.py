"""What does a browser answer? The plan of a question in the words of ``sizing.plan``, made of what was exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sizing.engine.assembling import HostMemory, hosted, limited, with_host_memory, with_more
from sizing.engine.beside import Part, drafting_buffers, loaded_of, repeated, taken, tried
from sizing.engine.choosing import meant, offered
from sizing.engine.drafting import Draft, Drafter, drafts_of, of_one_vocabulary, possible_drafts, undrafted
from sizing.engine.exported import Exported
from sizing.engine.memory import Demand, Memory
from sizing.engine.numbers import most
from sizing.engine.outcome import EMPTY, Loaded, Outcome, drafting, outcome, possible
from sizing.engine.own import corrected, measurable
from sizing.engine.placement import Proposals
from sizing.engine.rig import Rig
from sizing.engine.settings import DEFAULT, Settings, alone, check, set_up
from sizing.engine.sized import adapted
from sizing.engine.ways import CROWD, Way, longest, ways_out
from sizing.errors import SizingError

# What may be asked.
WORDS: Final = (
    "model", "machine", "host", "format", "said_format", "context", "cache_format", "runtime", "sequences",
    "split", "layers_on_device", "experts_on_host", "tensor_split", "micro_batch", "utilization", "max_sequences",
    "vision", "mtp", "swa_full", "flash_attention", "lora", "draft", "draft_tokens", "acceptance", "power_limit",
    "slots", "unified", "in_use", "wired_limit", "measured",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """A measured speed of one sequence, of the model that is asked for or of another one."""

    rate: float  # tokens/s
    depth: int
    prompt: int  # tokens that were read at that rate; 0 where some were decoded
    model: str | None
    format: str | None


@dataclass(frozen=True)
class Asked:
    """What is asked of a model on a rig; None for memory only."""

    model: str
    rig: Rig | None
    format: str | None  # None for the one that is meant where none is said
    context: int
    cache_format: str = "f16"
    runtime: str | None = None
    sequences: int = 1
    settings: Settings = DEFAULT
    measured: Measured | None = None
    said_format: str | None = None  # by the model's name
    offer: Mapping[str, Any] | None = None  # what the machine costs, as it was exported
    drafter: Drafter | None = None  # a draft model beside it; what it takes is in the settings
    draft_tokens: int | None = None
    acceptance: float | None = None

    @property
    def drafts(self) -> bool:
        """Whether something drafts tokens."""
        return self.settings.mtp is True or self.drafter is not None


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan, and what it was asked."""

    exported: Exported
    asked: Asked
    outcome: Outcome
    beside: tuple[Part, ...]
    held: tuple[Part, ...]  # which of these are loaded
    notes: tuple[str, ...] = ()  # what was taken for granted where nothing was said

    @property
    def longest_context(self) -> int | None:
        """The most tokens of each sequence, in steps of 256 and up to the model's limit, that fit."""
        if self.asked.rig is None:
            return None
        return longest(self.outcome.loaded.limit, lambda context: self._fits(replace(self.asked, context=context)))

    @property
    def most_sequences(self) -> int | None:
        """How many sequences of this context fit at once, up to 1,024. None where slots share one."""
        if self.asked.rig is None or self.asked.settings.slots is not None:
            return None
        return most(lambda count: self._fits(replace(self.asked, sequences=count)), CROWD)

    def _fits(self, asked: Asked) -> bool:
        return bool(plan(self.exported, asked).outcome.fits)

    @property
    def ways_out(self) -> tuple[Way[Planned], ...]:
        """The nearest changes by which it fits; none where it does."""
        exported = self.exported
        return ways_out(
            self,
            self.asked.rig,
            exported.reserved,
            exported.cache_types[self.outcome.loaded.program.runtime],
            [encoding for _, encoding in exported.encodings.items()],
            lambda: self.longest_context,
            lambda change, to: plan(exported, self._changed(change, to)),
        )

    def _changed(self, change: str, to: Any) -> Asked:
        asked, rig = self.asked, self.asked.rig
        if change == "cache_format":
            return replace(asked, cache_format=to)
        if change == "format":
            return replace(asked, format=to, runtime=self.outcome.loaded.program.runtime)
        if change == "context" or rig is None:
            return replace(asked, context=to)
        if change == "devices":
            return replace(asked, rig=with_more(rig, to))
        return replace(asked, rig=with_host_memory(rig, to - self.exported.reserved))

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON: what ``sizing.Plan.as_dict`` gives, but for what only Python knows."""
        found = self.outcome.as_dict()
        parts: list[dict[str, object]] = []
        for part in self.beside:
            told = part.as_dict()
            told["loaded"] = part in self.held
            parts.append(told)
        found["beside"] = parts
        found["longest_context"] = self.longest_context
        found["most_sequences"] = self.most_sequences
        found["ways_out"] = [way.as_dict() for way in self.ways_out]
        found["remarks"] = list(self.notes)
        found["offer"] = self.asked.offer
        return found


def plan(exported: Exported, asked: Asked) -> Planned:
    """The plan. Raises SizingError for what cannot be answered, or was not exported."""
    possible(asked.context, asked.sequences)
    if asked.format is None:
        return _meant(exported, asked)
    loaded = exported.load(asked.model, asked.format, asked.rig, asked.runtime, asked.cache_format)
    beside = exported.beside(asked.model, asked.format, loaded)
    rig = asked.rig
    check(asked.settings, loaded.program, loaded.sized, rig, asked.sequences)
    settings = alone(asked.settings, rig)
    asked = replace(asked, settings=settings)
    if settings.flash_attention is False and loaded.widening > 1:
        kind = asked.cache_format
        raise SizingError(f"a cache of {kind} needs flash attention for its values; leave -fa on, or f16")
    held = loaded_of(beside, settings)
    demand = _demand(loaded, asked, held)
    found = outcome(loaded, Proposals(demand, settings), rig, exported.fitted if rig else None)
    if asked.drafts:
        found = drafting(found, _drafts(exported, asked, loaded))
        if settings.drafted == 0 and found.draft is not None and loaded.sized.states[-1] > 0:
            # So many as serve best: each keeps a state to go back to.
            own = replace(settings, drafted=found.draft.tokens)
            demand = _demand(loaded, replace(asked, settings=own), held)
            again = outcome(loaded, Proposals(demand, own), rig, exported.fitted if rig else None)
            found = replace(again, draft=found.draft)
    else:
        undrafted(asked.draft_tokens, asked.acceptance)
    planned = Planned(exported, asked, found, beside, held, tuple(exported.model(asked.model).get("remarks", [])))
    return planned if asked.measured is None else _corrected(planned, asked.measured)


def _meant(exported: Exported, asked: Asked) -> Planned:
    """The plan in the format that the model's name says, or that is meant where nothing is said."""
    its = exported.model(asked.model)
    if its.get("refused"):
        raise SizingError(its["refused"])
    if its.get("said"):
        found, reason = plan(exported, replace(asked, format=its["said"])), "as the file holds it"
    elif asked.said_format is not None:
        found, reason = plan(exported, replace(asked, format=asked.said_format)), "by the name's ending"
    else:
        found, reason = meant(
            its["first"],
            its["published"],
            lambda name: exported.load(asked.model, name, asked.rig, asked.runtime, asked.cache_format),
            offered(asked.rig, asked.settings.wired_limit),
            lambda name: plan(exported, replace(asked, format=name)),
        )
    note = f"format {found.outcome.loaded.encoding.id}: not named; {reason}"
    return replace(found, notes=(*found.notes, note))


def _drafts(exported: Exported, asked: Asked, loaded: Loaded) -> list[Draft]:
    """What may be drafted for a loaded model, by the draft model that is named or else its own layers."""
    possible_drafts(asked.draft_tokens, asked.acceptance)
    if asked.drafter is not None:
        words, drafted, program = loaded.sized.widths.vocab, asked.drafter.sized.widths.vocab, loaded.program
        of_one_vocabulary(program.runtime, program.gguf, words, drafted)
    assert asked.format is not None
    own = exported.own_drafter(asked.model, asked.format, loaded) if asked.drafter is None else asked.drafter
    family = exported.model(asked.model).get("family")
    return drafts_of(own, exported.drafted, family, loaded.model, asked.draft_tokens, asked.acceptance)


def _demand(loaded: Loaded, asked: Asked, held: tuple[Part, ...]) -> Demand:
    """What the model asks of memory with the settings."""
    settings = asked.settings
    text = asked.context if loaded.sized.whole else 0
    program, slots = set_up(loaded.program, settings, text), settings.slots or 0
    beside = taken(held, program.page, asked.context, 1 if slots else asked.sequences)
    beside = beside.plus(Memory(buffers=drafting_buffers(held, loaded.sized, program, asked.context)))
    if settings.draft is not None:
        beside = beside.plus(Memory(*settings.draft))
    return Demand(
        sized=adapted(loaded.sized, settings.lora),
        program=program,
        context=asked.context,
        sequences=asked.sequences,
        slots=slots,
        widening=loaded.widening,
        beside=beside,
        unified=settings.unified,
        tried=tried(held, program.batched_tokens),
        drafted=settings.drafted,
        repeated=repeated(held),
    )


def _corrected(planned: Planned, own: Measured) -> Planned:
    """The plan as a measured speed corrects it."""
    asked, found = planned.asked, planned.outcome
    measurable(own.rate, asked.rig is not None)
    loaded = found.loaded
    same = own.model is None or (own.model == loaded.model and (own.format is None or own.format == loaded.encoding.id))
    if same or own.model is None:
        other = replace(asked, sequences=1, measured=None)
        if asked.sequences > 1 or asked.drafts:
            settings = replace(asked.settings, mtp=None, draft=None)
            other = replace(other, settings=settings, drafter=None, draft_tokens=None, acceptance=None)
    else:
        held = own.depth + own.prompt + 1
        other = Asked(own.model, asked.rig, own.format, held, runtime=loaded.program.runtime)
    alone = plan(planned.exported, other).outcome
    corrected_by, note = corrected(found, alone, own.rate, own.depth, same, own.prompt)
    return replace(planned, outcome=corrected_by, notes=(*planned.notes, note))


def _measured(own: Mapping[str, Any]) -> Measured:
    prompt = _or(own.get("prompt"), 0)
    depth = _or(own.get("depth"), 0 if prompt else EMPTY)
    return Measured(own["rate"], depth, prompt, own.get("model"), own.get("format"))


def asked_of(exported: Exported, data: Mapping[str, Any]) -> Asked:
    """What plain data ask, by ``WORDS``. A ``machine`` is ``{"id"}`` of an exported one, or with its ``devices``,
    ``host``, ``nodes`` and ``network`` as these are exported; a ``host`` is ``{"memory", "bandwidth", "stated"}``.

    Raises SizingError for a word that is not known, and for a machine that cannot be.
    """
    for word in data:
        if word not in WORDS:
            raise SizingError(f"{word} is nothing that can be asked; known are {', '.join(WORDS)}")
    possible(data["context"], _or(data.get("sequences"), 1))
    draft = None if data.get("draft") is None else _draft(exported, data, data["draft"]).outcome
    own, rig = data.get("measured"), rig_of(exported, data)
    sold = sold_as(exported, data)
    return Asked(
        model=data["model"],
        rig=rig,
        format=data.get("format"),
        context=data["context"],
        cache_format=_or(data.get("cache_format"), "f16"),
        runtime=data.get("runtime"),
        sequences=_or(data.get("sequences"), 1),
        settings=_settings(data, None if draft is None else draft.memory),
        measured=own and _measured(own),
        said_format=data.get("said_format"),
        offer=sold and sold["offer"],
        drafter=None if draft is None else Drafter(draft.loaded.sized, draft.loaded.encoding.packing, False),
        draft_tokens=data.get("draft_tokens"),
        acceptance=data.get("acceptance"),
    )


def rig_of(exported: Exported, data: Mapping[str, Any]) -> Rig | None:
    """The rig of what is asked. Raises SizingError for a host or a power limit that cannot be, or without a machine."""
    machine, host, watts = data.get("machine"), data.get("host"), data.get("power_limit")
    if machine is None:
        if host is not None:
            raise SizingError("a host without a machine says nothing; name the machine too")
        if watts is not None:
            raise SizingError("a power limit is of a machine; name one")
        return None
    sold = machine.get("devices") is None
    rig = exported.rig(machine["id"]) if sold else exported.built(machine["id"], machine)
    if host is not None:
        memory = HostMemory(host["memory"], host["bandwidth"], True, host["stated"], _or(host.get("alone"), False))
        rig = hosted(rig, memory, exported.reserved)
    if watts is not None:
        units = exported.units(exported.machines[machine["id"]] if sold else machine)
        rig = limited(rig, watts, [unit.watts for unit in units])
    return rig


def sold_as(exported: Exported, data: Mapping[str, Any]) -> Any:
    """The machine of what is asked, as it is sold; None for one with another host, or of parts."""
    machine = data.get("machine")
    if machine is None or machine.get("devices") is not None or data.get("host") is not None:
        return None
    return exported.machines[machine["id"]]


def _settings(data: Mapping[str, Any], draft: Memory | None) -> Settings:
    """What is passed to the runtime, with what a draft model takes."""
    return Settings(
        split=data.get("split"),
        layers_on_device=data.get("layers_on_device"),
        experts_on_host=data.get("experts_on_host"),
        tensor_split=_each(data.get("tensor_split")),
        micro_batch=data.get("micro_batch"),
        utilization=data.get("utilization"),
        max_sequences=data.get("max_sequences"),
        vision=data.get("vision"),
        mtp=data.get("mtp"),
        swa_full=_or(data.get("swa_full"), False),
        flash_attention=data.get("flash_attention"),
        lora=_or(data.get("lora"), 0),
        draft=None if draft is None else (draft.weights, draft.cache, draft.buffers),
        slots=data.get("slots"),
        unified=_or(data.get("unified"), False),
        in_use=_each(data.get("in_use")),
        wired_limit=data.get("wired_limit"),
        drafted=_or(data.get("draft_tokens"), 0),
    )


def _draft(exported: Exported, data: Mapping[str, Any], draft: Mapping[str, Any]) -> Planned:
    """A draft model beside it, at the same context with the same cache type."""
    kind = _or(data.get("cache_format"), "f16")
    return plan(exported, Asked(draft["model"], None, draft.get("format"), data["context"], kind))


def _or(said: Any, otherwise: Any) -> Any:
    """What is said, or what holds where nothing is."""
    return otherwise if said is None else said


def _each(said: Any) -> Any:
    return None if said is None else tuple(said)
