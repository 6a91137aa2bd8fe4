"""How fast is it? Bytes moved over bandwidth, plus work over compute, plus fixed costs, with a stated range.

A place's time is that of its layers one after another: a fixed cost for each, and reading and computing, of which the
longer one hides most of the other. Places work one after another, and pay for what passes between them; ranks of
tensor parallelism work at once. A long prompt's micro-batches follow each other through split layers like cars on a
line. What lies on the host is copied to the device for each micro-batch of a prompt, and read where it lies to decode.

The formulas take numbers or numpy arrays: a plan and the fit (``sizing.proof.fit``) use the very same ones. What no
datasheet says are the constants of ``sizing.engine.fitted``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, sqrt
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.drafting import Draft, beside
from sizing.engine.fitted import Fitted, Seen, Test
from sizing.engine.layout import Layout
from sizing.engine.memory import Demand
from sizing.engine.numbers import N, total
from sizing.engine.program import Program
from sizing.engine.rig import MESH, Card, Place, Rig
from sizing.engine.sized import Sized
from sizing.engine.work import NOTHING, Step, Work, decoding, prefilling

Constants = Mapping[str, N]

# What going from one node to the next takes beside the bytes, and an all-reduce among nodes beside one within. Seconds;
# assumed, as a local network's round trip and RDMA's. Over two Ryzen AI Max+ 395 with llama.cpp's RPC MiniMax M2 Q6_K
# decodes at 18.2 tokens/s and GLM-4.6 Q4_K at 8.7 (kyuz0/amd-strix-halo-toolboxes, benchmark/results-rpc, read
# 2026-11-26), where 16.3 and 8.1 are computed: no more shows.
NODE_HOP: Final = 0.0003
NODE_EXCHANGE: Final = 40e-6

# What a layer's residual streams take to be mixed where a program has a kernel for it, which all but ggml's have, as
# long as nobody timed that program at it. Seconds; vLLM's takes 20 to 28 µs around each of two blocks, for 1 to 64
# tokens (mirage-project/mirage, PR 677, read 2026-11-27).
MIXING: Final = 5e-5

VECTORS: Final = ("rocm", "vulkan")  # llama.cpp's backends whose attention takes no matrix units

# But it does on these under ROCm, in builds from this half of a year on, in heads of so many numbers at most whose
# queries share keys (ggml-org/llama.cpp, pull request 18481; of longer heads 26419 was still open in 2026-08): over
# 32 768 tokens an R9700 reads twice as fast as before, a model with longer heads or without shared keys does not.
MATRICES: Final = ("RDNA 4",)
MATRICES_SINCE: Final = "2026H1"
MATRICES_HEAD: Final = 128

BALANCE: Final = 200.0  # operations that a byte of bandwidth is balanced with, as on most chips

SMALL: Final = 5_000_000_000  # parameters up to which fixed costs weigh most


@dataclass(frozen=True, slots=True)
class Rate:
    """Tokens per second, with the range that four in five measurements fall into."""

    value: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        """Plain data, for JSON."""
        return {"value": self.value, "low": self.low, "high": self.high}


def decode_seconds(k: Constants[N], w: Work[N], bandwidth: N, rate: N, root: Callable[[N], N]) -> N:
    """Seconds that a place takes for a step of decoding; ``rate`` in operations/s, infinite where nobody states it.

    ``root`` is the square root of the kind of numbers.
    """
    read = (w.dense + k["scatter"] * w.experts + k["recall"] * w.cache) / (k["read"] * bandwidth)
    computed = (w.flops + w.attention) / (k["multiply"] * rate)
    return _fixed(k, w) + k["stream"] * w.mixed + _longer(read, computed, root)


def prefill_seconds(k: Constants[N], w: Work[N], bandwidth: N, rate: N, attending: N, root: Callable[[N], N]) -> N:
    """Seconds that a place takes for a prompt; ``attending`` is the rate that attention is a share of."""
    read = (w.dense + k["scatter"] * w.experts + w.cache + k["stream"] * w.mixed) / (k["read"] * bandwidth)
    computed = (w.flops + k["tile"] * w.padding) / (k["multiply"] * rate) + w.attention / (k["attend"] * attending)
    return _fixed(k, w) + _longer(read, computed, root)


def fed(rate: N, balanced: N, root: Callable[[N], N]) -> N:
    """Of the operations/s that a datasheet states those that memory feeds, whose bandwidth is ``balanced`` with so
    many: their geometric mean, the first counted three times. A chip that computes more for each byte idles more."""
    return root(rate * root(rate * balanced))


def hosted_seconds(k: Constants[N], w: Work[N], bandwidth: N) -> N:
    """Seconds that a host takes for its part of a prompt; ``host`` are its operations for each byte that it could
    read, as nobody states a host's rate."""
    return w.flops / (k["host"] * bandwidth)


def stays(program: Program, s: Sized, prompt: int) -> bool:
    """Whether a prompt is computed on the host with the experts that lie there, as each has too few tokens."""
    tokens = min(prompt, program.batched_tokens)
    return bool(s.experts) and tokens * s.experts_per_token < program.expert_tokens * s.experts


def passing_seconds(k: Constants[N], exchanges: N, exchanged: N, link: N) -> N:
    """Seconds for what passes between places; ``link`` is the bandwidth among ranks in bytes/s."""
    return k["exchange"] * exchanges + exchanged / (k["carry"] * link)


def overlapping(k: Constants[N], others: N, repeats: N) -> N:
    """How many devices' work goes on beside the first one's where a prompt passes ``others`` more with split layers;
    ``repeats`` is the share of its micro-batches that follow another."""
    return others * k["overlap"] * repeats


def _fixed(k: Constants[N], w: Work[N]) -> N:
    return k["layer"] * w.layers + k["mixture"] * w.mixtures + k["state"] * w.states


def _longer(read: N, work: N, root: Callable[[N], N]) -> N:
    """Two things at once: hardly more than the longer one takes, where one is much longer."""
    return root(read * read + work * work)


@dataclass(frozen=True, slots=True)
class Speed:
    """The rates of one model in one layout on one machine, for builds of an era; the newest, if none is named."""

    demand: Demand
    packing: str
    layout: Layout
    rig: Rig
    fitted: Fitted
    era: str | None = None
    draft: Draft | None = None  # what drafts tokens, where anything does

    def decode(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache; None where a fact is undisclosed."""
        seconds, draft = self._cycle(depth), self.draft
        if seconds is None:
            return None
        if draft is None:
            return self._rate("decode", 1 / seconds, self.most(depth))
        return _widened(self._rate("decode", draft.length / seconds, draft.length * self.most(depth)), draft)

    def _cycle(self, depth: int) -> float | None:
        """Seconds from one step of the model to its next, the drafting between them among these."""
        draft, sequences = self.draft, self.demand.sequences
        tokens = 1 if draft is None else draft.tokens + 1
        step = decoding(self.demand.sized, self.layout, depth, sequences, tokens)
        seconds = self.decoding_seconds(step, tokens)
        if draft is None or seconds is None:
            return seconds
        drafting = self.drafting_seconds(draft, depth)
        return None if drafting is None else seconds + draft.tokens * drafting

    def drafting_seconds(self, draft: Draft, depth: int) -> float | None:
        """What one drafted token of each sequence takes; None where a fact is undisclosed."""
        demand = Demand(draft.sized, self.demand.program, self.demand.context, self.demand.sequences)
        layout = beside(self.layout, len(draft.sized.layers))
        one = Speed(demand, draft.packing, layout, self.rig, self.fitted, self.era)
        return one.decoding_seconds(decoding(draft.sized, layout, depth, demand.sequences))

    def most(self, depth: int) -> float:
        """Tokens/s of each sequence, were every byte moved at the datasheet's bandwidth and nothing drafted."""
        return 1 / self._least(depth)

    def prefill(self, prompt: int, depth: int = 0) -> Rate | None:
        """Mean tokens/s over a prompt of ``prompt`` tokens that starts at ``depth``."""
        step = self.prompt_step(prompt, depth)
        seconds = self.prefilling_seconds(step, prompt)
        return None if seconds is None else self._rate("prefill", prompt / seconds, prompt / self.computing(step))

    def most_prefill(self, prompt: int, depth: int = 0) -> float:
        """Tokens/s of a prompt, were everything computed at the best rate of the datasheets."""
        return prompt / self.computing(self.prompt_step(prompt, depth))

    def time_to_first_token(self, prompt: int) -> float | None:
        """Seconds until the first new token: the prompt, then one step."""
        first = self.prefilling_seconds(self.prompt_step(prompt, 0), prompt)
        step = self.decoding_seconds(decoding(self.demand.sized, self.layout, prompt, self.demand.sequences))
        return None if first is None or step is None else first + step

    def unknown(self) -> tuple[str, ...]:
        """The facts whose absence makes a rate None."""
        missing: list[str] = []
        for place in self.rig.devices:
            assert place.card is not None
            if place.bandwidth is None:
                missing.append(f"{place.card.id}.bandwidth")
            if self.rate_of(place) is None:
                missing.append(f"{place.card.id}.compute")
        if self.layout.offloaded and self.rig.host.bandwidth is None:
            missing.append("host.bandwidth")
        return tuple(dict.fromkeys(missing))

    @property
    def kind(self) -> str:
        """The class of cases that this is one of, by whose residuals its range is told."""
        if self.layout.offloaded:
            return "offload"
        if len(self.rig.devices) == 1 and self.demand.program.backend == "cpu":
            return "processor"  # however many sequences: each is off in a way of its own, and no other class tells it
        if self.demand.sequences > 1:
            return "batch"
        if len(self.rig.devices) > 1:
            return "devices"
        if self.demand.sized.experts:
            return "mixture"
        return "small" if self.demand.sized.total_parameters <= SMALL else "dense"

    def seen(self, test: Test) -> Seen:
        """What was measured of this case: nothing, where its program was never timed at what the model does."""
        card, program = self.rig.devices[0].card, self.demand.program.name
        if not self.fitted.timed(test, program, self._does):
            return "nothing"
        return self.fitted.seen(test, program, card.id if card else "", self.packing)

    @property
    def _does(self) -> tuple[str, ...]:
        """The terms whose work only some models bring."""
        s = self.demand.sized
        every = (("mixture", s.experts > 0), ("state", s.states[-1] > 0), ("stream", s.mixes))
        return tuple(name for name, does in every if does)

    def _rate(self, test: Test, value: float, most: float) -> Rate:
        low, high = self.fitted.spread(test, self.kind, self.seen(test))
        own = self.fitted.own.get(test)
        if own is not None:
            low, high, value = own.low, own.high, value * own.factor
        value = min(value, most)
        return Rate(value, value * min(low, 1.0), min(value * max(high, 1.0), most))

    def decoding_seconds(self, step: Step, tokens: int = 1) -> float | None:
        """What a step of decoding takes for some ``tokens`` of each sequence; None where a fact is undisclosed."""
        seconds, program = 0.0, self.demand.program.name
        faster = self.fitted.verified(program) if tokens > 1 else 1.0
        for index, work in step.places:
            place = self.rig.place(index)
            if place.bandwidth is None:
                return None
            rate = faster * (self.rate_of(place) or inf)
            seconds += decode_seconds(self.constants("decode", place), work, place.bandwidth, rate, sqrt)
        k = self.constants("decode", self.rig.devices[0])
        passing = passing_seconds(k, step.exchanges, step.exchanged, self.link())
        passing += self.crossing(step, self.demand.sequences * tokens)
        return k["step"] + seconds + (k["hop"] * step.hops + k["handover"] * step.hosted + passing)

    def prompt_step(self, prompt: int, depth: int) -> Step:
        """The work of a prompt that starts at ``depth``."""
        return prefilling(self.demand.sized, self.layout, prompt, depth, self.demand.program.batched_tokens)

    def prefilling_seconds(self, step: Step, prompt: int) -> float | None:
        """What prompts of ``prompt`` tokens take; None where a fact is undisclosed."""
        hosted = NOTHING
        for index, work in step.places:
            if index == HOST:
                hosted = work
        on_devices = [(self.rig.places[place], work) for place, work in step.places if place != HOST]
        if not on_devices:
            return None
        seconds, brought = 0.0, not stays(self.demand.program, self.demand.sized, prompt)
        for i, (place, work) in enumerate(on_devices):
            assert place.card is not None
            rate = self.rate_of(place)
            if place.bandwidth is None or rate is None:
                return None
            computed = work.plus(hosted) if i == 0 and brought else work
            balanced = BALANCE * place.bandwidth
            attending = fed(attention_rate(place.card, self.demand, rate, self.era), balanced, sqrt)
            k = self.constants("prefill", place)
            seconds += prefill_seconds(k, computed, place.bandwidth, fed(rate, balanced, sqrt), attending, sqrt)
        k = self.constants("prefill", self.rig.devices[0])
        beside = self.copied(k, hosted) if brought else self.hosted(k, hosted)
        if beside is None:
            return None
        stages = len(on_devices) if self.layout.split == "layer" else self.rig.stages
        seconds /= 1.0 + overlapping(k, stages - 1.0, 1.0 - 1.0 / step.batches)
        passing = passing_seconds(k, step.exchanges, step.exchanged, self.link())
        passing += self.crossing(step, step.batches * self.demand.program.batched_tokens)
        return k["step"] * step.batches + seconds + passing + beside

    def hosted(self, k: Constants[float], hosted: Work[float]) -> float | None:
        """Seconds that the host computes."""
        bandwidth = self.rig.host.bandwidth
        return None if bandwidth is None else hosted_seconds(k, hosted, bandwidth)

    def copied(self, k: Constants[float], hosted: Work[float]) -> float | None:
        """Seconds to bring what lies on the host to the device; nothing moves in one memory."""
        moved = hosted.dense + hosted.experts
        if not moved or self.rig.unified:
            return 0.0
        card = self.rig.devices[0].card
        link = card.pcie if card else None
        return None if link is None else moved / (k["carry"] * link)

    def _least(self, depth: int) -> float:
        """The seconds of a step in which every byte moves at the datasheet's bandwidth. Several sequences may all use
        one token's experts."""
        seconds, sequences = 0.0, self.demand.sequences
        for index, w in decoding(self.demand.sized, self.layout, depth, 1).places:
            seconds += (w.dense + w.experts + w.cache * sequences) / (self.rig.place(index).bandwidth or inf)
        return seconds

    def computing(self, step: Step) -> float:
        """The seconds of a prompt that every device computes at the best rate of its datasheet."""
        flops = total([work.flops for _, work in step.places]) * self.layout.ranks
        return flops / total([place.card.best_rate for place in self.rig.devices if place.card])

    def rate_of(self, place: Place) -> float | None:
        """Operations/s that a place's kernels are a share of; None where nobody states it."""
        return kernel_rate(place.card, self.demand.program, self.packing) if place.card else None

    def link(self) -> float:
        """Bytes/s each way among the ranks."""
        link = min([link_bandwidth(place.card, self.layout.ranks) for place in self.rig.devices])
        return min(link, self.rig.network or inf) if self._ranks_cross else link

    @property
    def _ranks_cross(self) -> bool:
        """Whether the ranks that share layers are of several nodes."""
        return self.layout.ranks > len(self.rig.devices) // self.rig.nodes

    def crossing(self, step: Step, tokens: float) -> float:
        """Seconds that going from node to node takes for what ``tokens`` tokens pass on: nothing within one node."""
        rig, layout = self.rig, self.layout
        if rig.nodes == 1:
            return 0.0
        if self._ranks_cross:
            return NODE_EXCHANGE * step.exchanges
        used = [index for index, _ in step.places if index != HOST]
        nodes = used if layout.split == "tensor" else [rig.node(index) for index in used]
        crossings = len([i for i in range(1, len(nodes)) if nodes[i] != nodes[i - 1]])
        size = 4 if self.demand.program.gguf else 2
        passed = tokens * size * self.demand.sized.widths.passed
        return crossings * (NODE_HOP * step.batches + passed / (rig.network or inf))

    def constants(self, test: Test, place: Place) -> Constants[float]:
        """The fitted constants of a place."""
        own = self.demand.program
        program = f"{own.runtime}/host" if place.card is None and not self.rig.unified else own.name
        era = self.era or self.fitted.eras.get(program, "")
        k = self.fitted.constants(test, program, era, place.card, self.packing, self.demand.sized.experts > 0)
        mixes = test == "decode" and self.demand.sized.mixes
        if mixes and not own.gguf and not self.fitted.timed(test, program, ("stream",)):
            return {name: min(value, MIXING) if name == "stream" else value for name, value in k.items()}
        return k


def _widened(rate: Rate, draft: Draft) -> Rate:
    """The range of both that is not known: the machine's part, and how many drafted tokens are kept."""
    slower, faster = rate.value / rate.low - 1, rate.high / rate.value - 1
    fewer, more = draft.length / draft.least - 1, draft.most / draft.length - 1
    return Rate(
        rate.value,
        rate.value / (1 + sqrt(slower * slower + fewer * fewer)),
        rate.value * (1 + sqrt(faster * faster + more * more)),
    )


def kernel_rate(card: Card, program: Program, packing: str) -> float | None:
    """The dense rate that a program's matrix kernels are a share of, in operations/s; None where nobody states it.

    llama.cpp and its kin multiply quantized weights as INT8 and others in FP16 sums, or all in 32 bits where they were
    built so; the rest sum in FP32.
    """
    if program.gguf and program.wide:
        return card.single
    if program.gguf:
        return card.half
    wide = card.fp8 if packing == "FP8" else card.fp4 if packing in ("NVFP4", "MXFP4") else None
    return card.rate if wide is None else wide


def attention_rate(card: Card, demand: Demand, rate: float, era: str | None) -> float:
    """The rate that attention is a share of in a program's builds of an era, where its matrix kernels are one of
    ``rate``: without matrix units two numbers of 16 bits in the time of one of 32."""
    program = demand.program
    if not program.gguf or program.backend not in VECTORS or card.single is None:
        return rate
    if program.backend == "rocm" and (era is None or era >= MATRICES_SINCE) and in_matrices(card, demand.sized):
        return rate
    return min(rate, 2 * card.single)


def in_matrices(card: Card, sized: Sized) -> bool:
    """Whether llama.cpp has a kernel of attention for the card's matrix units and the model's heads."""
    heads, latent = sized.widths.heads, sized.widths.latent_rows > 0
    if card.generation not in MATRICES or latent or not heads or sized.widths.queries > MATRICES_HEAD * heads:
        return False
    return min([group.cache_heads for group in sized.alike]) < heads


def link_bandwidth(card: Card | None, ranks: int) -> float:
    """Bytes/s each way between a card and the others of so many ranks; infinite where there are none. Of a mesh only
    the links to those others carry anything."""
    if card is None or card.peers is None:
        return inf
    return card.peers * min(max(ranks - 1, 1), MESH) / MESH if card.link == "mesh" else card.peers
