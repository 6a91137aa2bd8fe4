"""What comes out? A model as a program loads it, on a rig or on none, with every number that a plan shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.drafting import ACCEPTANCE, Draft
from sizing.engine.fitted import Fitted
from sizing.engine.layout import Layout, everything_on_host
from sizing.engine.memory import Demand, Memory, hold
from sizing.engine.numbers import over, total
from sizing.engine.placement import FITS, NO, OFFLOAD, TIGHT, Proposal, Proposals
from sizing.engine.program import Encoding, Program
from sizing.engine.rig import BRIDGE, CONTEXT, HOST_BANDWIDTH, HOST_LINK, LINK, REFERENCE_HOST, SLOT_LOGITS, Rig
from sizing.engine.settings import DEFAULT, Settings, left, without_effect
from sizing.engine.sized import Sized
from sizing.engine.speed import Rate, Speed
from sizing.engine.work import decoding
from sizing.errors import SizingError

EMPTY: Final = 256  # tokens in a cache that people call empty
SURELY: Final = 0.9  # of the states that a pool is said to hold: pools are met within a tenth
# More than any model or machine holds at once; beyond it figures say nothing, and a browser counts inexactly.
MOST_TOKENS: Final = 1073741824  # 2**30
MOST_SEQUENCES: Final = 1048576  # 2**20


def settle(
    encoding: Encoding,
    programs: Sequence[Program],
    backends: Sequence[str],
    asked: str | None,
    capability: float | None,
) -> Program:
    """The program that reads a format on one of these backends, of which none means any; the first in the order of
    ``programs``, or the runtime that is ``asked`` for. ``capability`` is CUDA's of the devices, where they have one.

    Raises SizingError for what cannot run.
    """
    readers = encoding.runtimes
    if asked is not None and asked not in readers:
        raise SizingError(f"{asked} does not read {encoding.id}; {encoding.id} is read by {', '.join(readers)}")
    reading = [p for p in programs if (p.runtime in readers if asked is None else p.runtime == asked)]
    runtimes = list(dict.fromkeys([p.runtime for p in reading]))
    for runtime in runtimes:
        own = [p for p in reading if p.runtime == runtime]
        for backend in backends or [own[0].backend]:
            for program in own:
                computes = not program.formats or encoding.id in program.formats
                able = capability is None or program.capability <= capability
                if program.backend == backend and computes and able:
                    return program
    for program in reading:
        if program.backend in backends and capability is not None and program.capability > capability:
            needs = f"{program.runtime} needs CUDA compute capability {program.capability:g}"
            raise SizingError(f"{needs}, and a device here has {capability:g}; choose another runtime or format")
        if program.backend in backends:
            told = f"{program.runtime} computes {', '.join(program.formats)} on {program.backend}"
            raise SizingError(f"{told}, and not {encoding.id}; choose one of these")
    there = "/".join(backends)
    if not any(p.backend in backends for p in programs):
        raise SizingError(f"no runtime of the catalog runs on {there} yet; choose another machine")
    names = ", ".join(runtimes)
    raise SizingError(f"{encoding.id} is read by {names}, which cannot run on {there}; choose another format")


def possible(context: int, sequences: int) -> None:
    """Raise SizingError for no tokens or no sequences, or for more than anything holds."""
    for name, value, most in (("context", context, MOST_TOKENS), ("sequences", sequences, MOST_SEQUENCES)):
        if value < 1:
            raise SizingError(f"{name} {value} is not possible; give a whole number from 1 up")
        if value > most:
            raise SizingError(f"{name} is not possible beyond {most}; give a smaller number")


@dataclass(frozen=True, eq=False)
class Loaded:
    """A model in a format with a cache type, as one program loads it."""

    model: str
    limit: int | None  # tokens that the model was made for; None where nobody says
    encoding: Encoding
    cache_format: str
    program: Program
    sized: Sized
    widening: float = 1.0  # how many times as many bytes the cache takes in 16 bits


@dataclass(frozen=True, slots=True)
class Held:
    """One device, or the host, and what it holds. Bytes."""

    name: str
    capacity: int | None
    memory: Memory
    room: int | None = None  # what the runtime fills of it by itself; None where its buffers lie beside that


@dataclass(frozen=True, slots=True)
class Outcome:
    """A loaded model with a context on a rig. Bytes, seconds, tokens/s; None where a fact is undisclosed."""

    loaded: Loaded
    context: int
    sequences: int
    rig: Rig | None
    proposal: Proposal
    verdict: str | None  # fits, tight, offload, disk or no; None without a rig
    fitted: Fitted | None
    asked: Settings = DEFAULT
    draft: Draft | None = None

    @property
    def layout(self) -> Layout | None:
        """Where everything lies; None where it does not run."""
        return self.proposal.layout if self.runs else None

    @property
    def fits(self) -> bool | None:
        """Whether nothing but what the runtime always keeps there lies on the host, within the runtime's own margin."""
        return None if self.verdict is None else self.verdict == FITS

    @property
    def runs(self) -> bool | None:
        """Whether memory holds it, with offload or without a margin."""
        return None if self.verdict is None else self.verdict in (FITS, TIGHT, OFFLOAD)

    @property
    def whole(self) -> bool:
        """Whether the devices hold all that need not lie on the host, within the runtime's margin or without it."""
        return self.verdict in (FITS, TIGHT)

    @property
    def firm(self) -> bool:
        """Whether it runs with room: within the runtime's margin on the devices, or that margin left on the host."""
        if self.rig is None or self.verdict != OFFLOAD:
            return self.verdict == FITS
        return self.proposal.suits_host(self.rig, beside=self.proposal.demand.program.margin)

    @property
    def beyond_limit(self) -> bool:
        """Whether the context is longer than the model was made for."""
        limit = self.loaded.limit
        return limit is not None and self.context > limit

    @property
    def memory(self) -> Memory:
        """What all places hold together."""
        total = Memory()
        for one in self.proposal.held:
            total = total.plus(one)
        return total

    @property
    def spared(self) -> int:
        """Bytes of these that a server of today does without, as it keeps a row of logits for each of its slots alone;
        0 of other programs, and where that is what was planned."""
        fewer = self.proposal.demand.sparing
        if fewer is None:
            return 0
        least = Memory()
        for one in hold(fewer, self.proposal.layout):
            least = least.plus(one)
        return max(0, self.memory.buffers - least.buffers)

    @property
    def places(self) -> tuple[Held, ...]:
        """Each device, then the host; without a rig, the host alone."""
        held = self.proposal.held
        if self.rig is None:
            return (Held("host", None, held[0]),)
        program = self.proposal.demand.program
        rooms = () if program.apart else self.rig.room(program)
        return tuple([
            Held(place.name, place.capacity, held[i], int(rooms[i]) if i < len(rooms) else None)
            for i, place in enumerate(self.rig.places)
        ])  # fmt: skip

    @property
    def speed(self) -> Speed | None:
        """How fast it is; None where it does not run, and of what reads a text at once, as none was measured."""
        if self.loaded.sized.whole or self.rig is None or self.fitted is None or not self.runs:
            return None
        encoding, proposal = self.loaded.encoding, self.proposal
        return Speed(proposal.demand, encoding.packing, proposal.layout, self.rig, self.fitted, None, self.draft)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The undisclosed facts that make a rate None."""
        speed = self.speed
        return speed.unknown() if speed else ()

    @property
    def assumed(self) -> tuple[str, ...]:
        """What stands on an observation of another machine or text, or on a host that was not named."""
        assumed = self.rig.assumed if self.rig else ()
        if self.draft is not None and self.draft.assumed:
            assumed = (*assumed, ACCEPTANCE)
        program = self.proposal.demand.program
        if program.slot_logits and program.logit_rows < program.batched_tokens:
            assumed = (*assumed, SLOT_LOGITS)
        if program.guessed and self.rig is not None:
            assumed = (*assumed, CONTEXT)
        layout = self.proposal.layout
        unused: tuple[str, ...] = () if layout.ranks > 1 else (LINK, BRIDGE)
        if not (self.runs and layout.offloaded):
            unused = (*unused, REFERENCE_HOST, HOST_LINK)
            if self.rig is None or not self.rig.processors:
                unused = (*unused, HOST_BANDWIDTH)
        return tuple([x for x in assumed if x not in unused])

    @property
    def settings(self) -> dict[str, object]:
        """What the runtime is told, or does by itself; None where it has no such setting, or holds it nowhere."""
        demand, layout = self.proposal.demand, self.proposal.layout
        program, asked = demand.program, self.asked
        placed = self.rig is not None and program.gguf and program.backend != "cpu" and layout.split == "layer"
        on_device = len(layout.layers) + 1 - layout.bounds[0] if layout.output != HOST else 0
        several = self.rig is not None and len(self.rig.devices) > 1
        return {
            "split": None if self.rig is None else asked.split or (layout.split if several else "none"),
            "layers_on_device": on_device if placed else None,
            "experts_on_host": layout.experts_from if placed and demand.sized.experts else None,
            "tensor_split": list(asked.tensor_split or layout.tensor_split)
            if several and (placed or asked.tensor_split)
            else None,
            "micro_batch": program.batched_tokens,
            "flash_attention": program.flash if program.gguf else None,
            "swa_full": program.whole_windows if program.gguf else None,
            "utilization": self.utilization,
            "max_sequences": program.logit_rows
            if (program.pools and not program.apart) or asked.max_sequences is not None
            else None,
            "slots": (demand.slots or demand.sequences) if program.gguf else None,
            "unified": demand.unified if demand.slots else None,
            "in_use": list(asked.in_use) if asked.in_use is not None else None,
            "wired_limit": asked.wired_limit,
            "draft_tokens": self.draft.tokens if self.draft else None,
            "acceptance": self.draft.acceptance if self.draft else None,
        }

    @property
    def no_effect(self) -> tuple[str, ...]:
        """The settings that change nothing here."""
        return without_effect(self.asked, self.loaded.sized, self.rig, self.loaded.cache_format)

    @property
    def utilization(self) -> float | None:
        """The share of the devices that a runtime which fills them must be told to take, or takes by itself."""
        program = self.proposal.demand.program
        if self.rig is None or not program.pools:
            return None
        capacities = self.rig.capacities
        if self.verdict == TIGHT:
            needs = self.proposal.needs(program.apart)
            # In whole hundredths.
            return max([over(100 * need, capacity) for need, capacity in zip(needs, capacities, strict=True)]) / 100
        return int(1000 * (program.utilization - program.margin / min(capacities)) + 0.5) / 1000

    def decode_at(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache; None where it decodes nothing."""
        speed = self.speed if self.loaded.sized.answers else None
        return speed.decode(depth) if speed else None

    def prefill_at(self, prompt: int, depth: int = 0) -> Rate | None:
        """Mean tokens/s over ``prompt`` tokens that start at ``depth``."""
        speed = self.speed
        return speed.prefill(prompt, depth) if speed else None

    def time_to_first_token(self, prompt: int) -> float | None:
        """Seconds from a prompt to the first new token."""
        speed = self.speed
        return speed.time_to_first_token(prompt) if speed else None

    @property
    def decode_empty(self) -> Rate | None:
        """Tokens/s of each sequence with 256 tokens in its cache."""
        return self.decode_at(min(EMPTY, self.context))

    @property
    def pool_tokens(self) -> int | None:
        """Tokens that a runtime which fills its share of the devices holds in its cache: as vLLM counts, sequences of
        this context that fit, times its length. None for others, and without a rig."""
        rig, share = self.rig, self.utilization
        if rig is None or share is None:
            return None
        sequences, needs = inf, self.proposal.needs(self.proposal.demand.program.apart)
        for i, held in enumerate(self.proposal.held[:-1]):
            if held.cache:
                free = max(0.0, share * rig.capacities[i] - (needs[i] - held.cache))
                sequences = min(sequences, free * self.sequences / held.cache)
        return int(sequences * self.context) if sequences < inf else None

    @property
    def stateful(self) -> int | None:
        """Sequences that vLLM may be told to answer at once, as its cache surely holds so many recurrent states. It
        does not start where it has fewer blocks than that, each a state of some of the layers. None for others, and
        where nothing has such a state."""
        demand, tokens = self.proposal.demand, self.pool_tokens
        if tokens is None or demand.program.runtime != "vllm":
            return None
        alike = demand.sized.alike
        states = total([demand.kept(g.cache).state * demand.several(g.cache) * g.before[-1] for g in alike])
        if not states:
            return None
        held = total([size * before[-1] for before, size, _ in demand.caches])
        return int(SURELY * tokens / self.context * held / states)

    @property
    def throughput(self) -> Rate | None:
        """Tokens/s of all sequences together, each at a full context."""
        one, n = self.decode_at(self.context), self.sequences
        return Rate(one.value * n, one.low * n, one.high * n) if one else None

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        loaded, empty, together = self.loaded, self.decode_empty, self.throughput
        layout, decode, prefill = self.layout, self.decode_at(self.context), self.prefill_at(self.context)
        return {
            "model": loaded.model,
            "machine": self.rig.id if self.rig else None,
            "format": loaded.encoding.id,
            "runtime": loaded.program.runtime,
            "context": self.context,
            "sequences": self.sequences,
            "cache_format": loaded.cache_format,
            "memory": self.memory.as_dict(),
            "spared": self.spared,
            "places": [
                {"name": p.name, "capacity": p.capacity, "room": p.room, "memory": p.memory.as_dict()}
                for p in self.places
            ],
            "verdict": self.verdict,
            "fits": self.fits,
            "runs": self.runs,
            "settings": self.settings,
            "no_effect": list(self.no_effect),
            "layout": layout.as_dict() if layout else None,
            "decode": decode.as_dict() if decode else None,
            "decode_empty": empty.as_dict() if empty else None,
            "throughput": together.as_dict() if together else None,
            "pool_tokens": self.pool_tokens,
            "prefill": prefill.as_dict() if prefill else None,
            "time_to_first_token": self.time_to_first_token(self.context),
            "beyond_limit": self.beyond_limit,
            "unknown": list(self.unknown),
            "assumed": list(self.assumed),
        }


def outcome(loaded: Loaded, proposals: Proposals, rig: Rig | None, fitted: Fitted | None) -> Outcome:
    """What comes out on a rig (None: memory only). ``proposals`` are those of the model at a context."""
    demand, asked = proposals.demand, proposals.settings
    if rig is None:
        found = Proposal(demand, everything_on_host(demand.sized))
        return Outcome(loaded, demand.context, demand.sequences, None, found, None, None, asked)
    if asked.in_use is not None or asked.wired_limit is not None or asked.split == "none":
        rig = left(rig, asked)
    paces = _paces(loaded, demand, rig, fitted)
    rate = None
    if fitted is not None and (paces or _host_is_faster(loaded, demand, rig)):
        rate = lambda layout: _pace(loaded, demand, rig, fitted, layout)  # noqa: E731
    found, verdict = proposals.best(rig, paces, rate)
    planned = Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked)
    if verdict == NO or asked.max_sequences is not None:
        return planned
    most = planned.stateful
    if most is None or most >= demand.program.logit_rows:
        return planned
    # Told of more than its cache has states for, it does not start.
    fewer = replace(demand, program=replace(demand.program, logit_rows=max(1, most, demand.sequences)), computing={})
    found, _ = Proposals(fewer, asked).best(rig, paces, rate)
    return Outcome(loaded, demand.context, demand.sequences, rig, found, verdict, fitted, asked)


def _host_is_faster(loaded: Loaded, demand: Demand, rig: Rig) -> bool:
    """Whether of several devices that are alike some might better be left out: where the host reads faster."""
    if len(rig.devices) == 1 or rig.unified or demand.program.split != "layer" or loaded.sized.whole:
        return False
    return (rig.host.bandwidth or 0.0) > (rig.devices[0].bandwidth or 0.0)


def _pace(loaded: Loaded, demand: Demand, rig: Rig, fitted: Fitted, layout: Layout) -> float:
    """Steps of decoding in a second, at a full context; 0 where nobody knows."""
    speed = Speed(demand, loaded.encoding.packing, layout, rig, fitted)
    seconds = speed.decoding_seconds(decoding(demand.sized, layout, demand.context, demand.sequences))
    return 0.0 if seconds is None else 1 / seconds


def _paces(loaded: Loaded, demand: Demand, rig: Rig, fitted: Fitted | None) -> tuple[float, ...]:
    """How fast each device would decode with all layers on it; none where all are alike, or where nobody knows."""
    if fitted is None or rig.alike or demand.program.split != "layer" or loaded.sized.whole:
        return ()
    found: list[float] = []
    count = len(demand.sized.layers)
    for i in range(len(rig.devices)):
        alone = Layout("layer", tuple([0 if j <= i else count for j in range(len(rig.devices) + 1)]), i)
        pace = _pace(loaded, demand, rig, fitted, alone)
        if pace == 0.0:
            return ()
        found.append(pace)
    return tuple(found)


def drafting(found: Outcome, drafts: Sequence[Draft]) -> Outcome:
    """With the draft that decodes fastest at a full context; of those that are as fast, the first."""
    best, fastest = replace(found, draft=drafts[0]), 0.0
    if found.speed is None or len(drafts) == 1:
        return best
    for one in drafts:
        drafted = replace(found, draft=one)
        rate = drafted.decode_at(found.context)
        if rate is not None and rate.value > fastest:
            best, fastest = drafted, rate.value
    return best
