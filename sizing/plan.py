"""All of it, at once: which memory, which place, how fast. Every number that is shown is a field of a ``Plan``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sizing.catalog import planner_of
from sizing.drafting import drafts
from sizing.engine.beside import Part
from sizing.engine.choosing import offered
from sizing.engine.drafting import undrafted
from sizing.engine.layout import Layout
from sizing.engine.memory import Memory
from sizing.engine.numbers import most
from sizing.engine.outcome import Held, Outcome, drafting, outcome, possible
from sizing.engine.settings import DEFAULT, Settings, alone, check, taken_by
from sizing.engine.sized import Sized
from sizing.engine.speed import Rate
from sizing.engine.ways import CROWD, longest
from sizing.errors import SizingError
from sizing.facts.cache_types import widening
from sizing.facts.entries.formats import Format, Variant
from sizing.facts.entries.machines import Host
from sizing.facts.entries.runtimes import Runtime
from sizing.facts.machine import Machine
from sizing.facts.quotes import Quote
from sizing.facts.units import known
from sizing.model import Model

if TYPE_CHECKING:
    from sizing.explain.step import Step
    from sizing.launch import Launch
    from sizing.own import OwnRate
    from sizing.ways import Way


@dataclass(frozen=True)
class Plan:
    """A model in a format on a machine at a context. Bytes, seconds, tokens/s; None where a fact is undisclosed.

    The numbers are those of ``outcome``, the engine's own answer.
    """

    model: Model
    machine: Machine | None
    format: Format
    runtime: Runtime
    outcome: Outcome
    beside: tuple[tuple[Part, bool], ...]  # what there is beside the text model, and whether it is loaded
    again: Callable[..., Plan] = field(repr=False, compare=False)  # the same question, but for what is named
    notes: tuple[str, ...] = field(default=(), compare=False)  # what was taken for granted where nothing was said

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was taken for granted, of the model, the format and the question."""
        assumed = self.format.assumed if isinstance(self.format, Variant) else None
        return (*self.model.remarks, *([assumed] if assumed else []), *self.notes)

    @property
    def context(self) -> int:
        """Tokens of each sequence, new ones included."""
        return self.outcome.context

    @property
    def sequences(self) -> int:
        """Sequences that are held at once."""
        return self.outcome.sequences

    @property
    def cache_format(self) -> str:
        """The cache's type, as it was asked for."""
        return self.outcome.loaded.cache_format

    @property
    def sized(self) -> Sized:
        """The model as the engine sees it."""
        return self.outcome.loaded.sized

    @property
    def fits(self) -> bool | None:
        """Whether nothing but what the runtime always keeps there lies on the host, within the runtime's own margin."""
        return self.outcome.fits

    @property
    def runs(self) -> bool | None:
        """Whether memory holds it, with offload or without a margin."""
        return self.outcome.runs

    @property
    def verdict(self) -> str | None:
        """``fits``, ``tight`` (only without the runtime's margin, headless), ``offload``, ``disk`` or ``no``."""
        return self.outcome.verdict

    @property
    def layout(self) -> Layout | None:
        """Where everything lies; None where it does not run."""
        return self.outcome.layout

    @property
    def settings(self) -> dict[str, object]:
        """What the runtime is told, or does by itself."""
        return self.outcome.settings

    @property
    def beyond_limit(self) -> bool:
        """Whether the context is longer than the model was made for."""
        return self.outcome.beyond_limit

    @property
    def memory(self) -> Memory:
        """What all places hold together."""
        return self.outcome.memory

    @property
    def spared(self) -> int:
        """Bytes of the buffers that a llama-server since mid-2026 does without: it keeps a row of logits a slot."""
        return self.outcome.spared

    @property
    def places(self) -> tuple[Held, ...]:
        """Each device, then the host; without a machine, the host alone."""
        return self.outcome.places

    @property
    def backend(self) -> str | None:
        """What the runtime computes with; None where it does not run."""
        return self.outcome.loaded.program.backend if self.runs else None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The undisclosed facts that make a rate None."""
        return self.outcome.unknown

    @property
    def assumed(self) -> tuple[str, ...]:
        """What stands on an observation of another machine."""
        return self.outcome.assumed

    @property
    def no_effect(self) -> tuple[str, ...]:
        """The settings, by this module's names, that change nothing of this model on this machine."""
        return self.outcome.no_effect

    @property
    def decode(self) -> Rate | None:
        """Tokens/s of each sequence at a full context."""
        return self.decode_at(self.context)

    @property
    def throughput(self) -> Rate | None:
        """Tokens/s of all sequences together, each at a full context."""
        return self.outcome.throughput

    @property
    def decode_empty(self) -> Rate | None:
        """Tokens/s of each sequence with 256 tokens in its cache: what most people quote."""
        return self.outcome.decode_empty

    @property
    def longest_context(self) -> int | None:
        """The most tokens of each sequence, in steps of 256 and up to the model's limit, that fit; 0 where not even one
        step does."""
        if self.machine is None:
            return None
        return longest(known(self.model.context), lambda context: bool(self.again(context=context).fits))

    @property
    def most_sequences(self) -> int | None:
        """How many sequences of this context fit at once, up to 1,024; 0 where not even one does. None where slots
        share one."""
        if self.machine is None or self.outcome.asked.slots is not None:
            return None
        return most(lambda count: bool(self.again(sequences=count).fits), CROWD)

    @property
    def pool_tokens(self) -> int | None:
        """Tokens that a runtime which fills its share of the devices holds in its cache; None for others."""
        return self.outcome.pool_tokens

    @property
    def ways_out(self) -> tuple[Way, ...]:
        """The nearest changes by which it fits; none where it does."""
        from sizing.ways import ways_out  # which plans

        return ways_out(self)

    @property
    def prefill(self) -> Rate | None:
        """Mean tokens/s over a prompt that fills the context from empty."""
        return self.prefill_at(self.context)

    def decode_at(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache."""
        return self.outcome.decode_at(depth)

    def prefill_at(self, prompt: int, depth: int = 0) -> Rate | None:
        """Mean tokens/s over ``prompt`` tokens that start at ``depth``."""
        return self.outcome.prefill_at(prompt, depth)

    def time_to_first_token(self, prompt_tokens: int) -> float | None:
        """Seconds from a prompt to the first new token."""
        return self.outcome.time_to_first_token(prompt_tokens)

    @property
    def offer(self) -> Quote | None:
        """What the machine costs, by the offer that says it best; None where nobody states it."""
        return planner_of(self.model).market.offer(self.machine) if self.machine else None

    def explain(self) -> tuple[Step, ...]:
        """Every step of the arithmetic, with the numbers that it takes and where these were read."""
        from sizing.explain import explain  # which plans

        return explain(self)

    @property
    def launch(self) -> tuple[Launch, ...] | None:
        """The commands that start it, with its runtime's own server and with others; None where it does not run."""
        from sizing.launch import launches  # of which plans

        return launches(self)

    def as_dict(self) -> dict[str, object]:
        """Plain data with this class's fields, for JSON."""
        return {
            **self.outcome.as_dict(),
            "beside": [{**part.as_dict(), "loaded": loaded} for part, loaded in self.beside],
            "longest_context": self.longest_context,
            "most_sequences": self.most_sequences,
            "ways_out": [way.as_dict() for way in self.ways_out],
            "remarks": list(self.remarks),
            "offer": offer.as_dict(planner_of(self.model).market.today) if (offer := self.offer) else None,
            "launch": None if (started := self.launch) is None else [one.as_dict() for one in started],
        }


def plan(
    model: Model,
    machine: Machine | None,
    *,
    format: str | None = None,
    context: int,
    cache_format: str = "f16",
    runtime: str | None = None,
    sequences: int = 1,
    split: str | None = None,
    layers_on_device: int | None = None,
    experts_on_host: int | None = None,
    tensor_split: Sequence[float] | None = None,
    micro_batch: int | None = None,
    utilization: float | None = None,
    max_sequences: int | None = None,
    vision: bool | None = None,
    mtp: bool | None = None,
    swa_full: bool = False,
    flash_attention: bool | None = None,
    lora: int = 0,
    draft: Plan | None = None,
    draft_tokens: int | None = None,
    acceptance: float | None = None,
    power_limit: float | None = None,
    slots: int | None = None,
    unified: bool = False,
    in_use: int | str | Sequence[int | str] | None = None,
    wired_limit: int | None = None,
    host: Host | None = None,
    measured: float | OwnRate | None = None,
) -> Plan:
    """What ``model`` takes and how it runs on ``machine`` (None: memory only), beside another ``host`` if one is given.

    ``format`` unsaid is what the file holds or the name says, else what is published (``sizing.unsaid``).
    ``context`` is tokens per sequence, new ones included; with ``slots`` they share it, in equal parts or ``unified``.
    ``in_use`` is what others have taken of the first device, or of each, in bytes, or by the words ``desktop`` and
    ``windows`` where that is not known (``sizing.engine.settings``). ``vision`` asks for what sees and hears; ``lora``
    is the bytes of adapters, whose speed is not planned. ``mtp`` asks for the layers that draft, or leaves them out,
    ``draft`` is the plan of a draft model without a machine: then decoding is that with drafts of
    ``draft_tokens``, of which a share is kept, the ``acceptance``; unsaid, they are as many as serve best, and as was
    measured. ``power_limit`` is watts a device; what it does to speed is assumed. ``measured`` is a speed of one's own,
    in tokens/s of decoding this very model with an empty cache, or an ``OwnRate``: it corrects the others. More is in
    ``sizing.engine.settings``; unsaid, they are the runtime's defaults, or what serves best. Raises SizingError for
    what cannot be answered.
    """
    said = dict(locals())
    possible(context, sequences)
    if host is not None:
        if machine is None:
            raise SizingError("a host without a machine says nothing; name the machine too")
        machine = machine.hosted(host)
    if power_limit is not None:
        if machine is None:
            raise SizingError("a power limit is of a machine; name one")
        machine = machine.limited(power_limit)
    planner, rig = planner_of(model), machine.rig if machine else None
    if format is None:
        from sizing.unsaid import chosen  # which plans

        asked = partial(plan, **said)
        return chosen(
            model,
            planner,
            lambda name: planner.settled_on(model, name, runtime, cache_format, rig).loaded,
            offered(rig, wired_limit),
            lambda name: asked(format=name),
        )
    settings = _settings(said, draft_tokens or 0)
    checked, settings = settings, alone(settings, rig)
    settled = planner.settled_on(model, format, runtime, cache_format, rig)
    if settings is not DEFAULT:
        check(checked, settled.loaded.program, settled.loaded.sized, rig, sequences)
        if flash_attention is False and widening(cache_format.rpartition("/")[2]) > 1:
            raise SizingError(f"a cache of {cache_format} needs flash attention for its values; leave -fa on, or f16")
    proposals = planner.proposals(settled, context, sequences, settings)
    found = outcome(settled.loaded, proposals, rig, planner.fitted if rig else None)
    if mtp or draft is not None:
        found = drafting(found, drafts(planner, model, settled, draft, draft_tokens, acceptance))
        if draft_tokens is None and found.draft is not None and found.loaded.sized.states[-1] > 0:
            # So many as serve best: each keeps a state to go back to.
            settings = replace(settings, drafted=found.draft.tokens)
            proposals = planner.proposals(settled, context, sequences, settings)
            found = replace(outcome(settled.loaded, proposals, rig, planner.fitted if rig else None), draft=found.draft)
    else:
        undrafted(draft_tokens, acceptance)
    # The same question, but for what is put in its place: the machine has its host and its power limit already.
    again = partial(plan, **{**said, "machine": machine, "host": None, "power_limit": None})
    planned = Plan(model, machine, settled.format, settled.runtime, found, settled.loads(settings), again)
    if measured is None:
        return planned
    from sizing.own import OwnRate, corrected  # which plans

    return corrected(planned, measured if isinstance(measured, OwnRate) else OwnRate(measured))


_DRAFTED: Final = "drafted"  # which is said as ``draft_tokens``
_UNSAID: Final = {one.name: one.default for one in fields(Settings) if one.name not in (_DRAFTED, "unsplit")}


def _settings(said: Mapping[str, Any], drafted: int) -> Settings:
    """What of all that is said is passed to the runtime."""
    own = {name: said[name] for name in _UNSAID}
    if own == _UNSAID and not drafted:
        return DEFAULT
    own[_DRAFTED] = drafted
    shares, draft, used = own["tensor_split"], own["draft"], own["in_use"]
    if shares is not None:
        own["tensor_split"] = tuple(map(float, shares))
    if draft is not None:
        own["draft"] = (draft.memory.weights, draft.memory.cache, draft.memory.buffers)
    if used is not None:
        said_of_each = (used,) if isinstance(used, (int, str)) else used
        own["in_use"] = tuple([taken_by(one) if isinstance(one, str) else one for one in said_of_each])
    return Settings(**own)
