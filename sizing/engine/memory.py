"""What does each place hold, given a layout? A pure function from a layout to bytes per place.

llama.cpp keeps the input embedding on the host at any ``-ngl`` (a tied one is held twice), as ExLlama does, and the
output layer with the last layers (source: llama.cpp src/llama-model.cpp, exllamav3/modules/embedding.py). vLLM splits
every matrix over its ranks; key heads are repeated where there are fewer than ranks, and MLA's latent lies on every
rank.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from sizing.engine.buffers import MICRO_BATCH, PIPELINE, carried, compute, device, divided, host
from sizing.engine.cache import CachePart, padded
from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout
from sizing.engine.numbers import over, total
from sizing.engine.program import Program
from sizing.engine.sized import Sized


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes in parts."""

    weights: int = 0
    cache: int = 0
    buffers: int = 0
    overhead: int = 0

    @property
    def total(self) -> int:
        """All parts."""
        return self.weights + self.cache + self.buffers + self.overhead

    def plus(self, other: Memory) -> Memory:
        """Both together."""
        return Memory(
            self.weights + other.weights,
            self.cache + other.cache,
            self.buffers + other.buffers,
            self.overhead + other.overhead,
        )

    def as_dict(self) -> dict[str, int]:
        """Plain data, for JSON."""
        return {
            "weights": self.weights,
            "cache": self.cache,
            "buffers": self.buffers,
            "overhead": self.overhead,
            "total": self.total,
        }


NOTHING_BESIDE: Final = Memory()


@dataclass(frozen=True, eq=False)
class Demand:
    """What a model asks of memory, place by place, whatever the machine. Bytes."""

    sized: Sized
    program: Program
    context: int  # tokens of each sequence
    sequences: int = 1
    slots: int = 0  # sequences that share one context instead; 0 where each has its own
    widening: float = 1.0  # how many times as many bytes the cache takes in 16 bits
    beside: Memory = NOTHING_BESIDE  # what the first device holds beside layers: towers, and MTP layers
    unified: bool = False  # slots take of the context what they need; else each has an equal part
    tried: int = 0  # bytes that towers write at start on pictures of the largest kind, before anything else does
    drafted: int = 0  # tokens that are drafted at once: a state is kept for each, to go back to
    repeated: int = 0  # bytes of what lies beside layers that each of several ranks has all of
    # Buffers that are known already, by what ``on_device`` is asked.
    computing: dict[tuple[bool, int, bool, bool, bool, int, int, bool, int, bool], int] = field(default_factory=dict)

    @property
    def sparing(self) -> Demand | None:
        """The same with a row of logits for each slot, as today's llama-server keeps them; None for other programs, and
        where these are no fewer."""
        program, slots = self.program, self.slots or self.sequences
        if not program.slot_logits or program.logit_rows <= slots:
            return None
        return replace(self, program=replace(program, logit_rows=slots), computing={})

    @cached_property
    def allocated(self) -> int:
        """Tokens that the runtime allocates for a sequence."""
        return padded(self.part, self.program.page)

    @cached_property
    def part(self) -> int:
        """Tokens of a sequence; a slot's equal part of the context."""
        return over(self.context, self.slots) if self.slots and not self.unified else self.context

    @cached_property
    def each(self) -> int:
        """How many times that is allocated."""
        return 1 if self.unified else self.slots or self.sequences

    @cached_property
    def overhead(self) -> int:
        """Taken on each device beside weights, cache and buffers."""
        return self.program.overhead

    @cached_property
    def widened(self) -> int:
        """Bytes that quantized keys and values take in 16 bits, as CUDA's attention (HIP and MUSA compile it too) reads
        those of a prompt: the layer with most is copied so into the buffer (llama.cpp PR 23907). 0 for others."""
        program = self.program
        copies = program.backend in ("cuda", "rocm", "musa")
        if not program.gguf or not copies or self.widening <= 1.0:
            return 0
        most = max([x.cache.attended(self.allocated) for x in self.sized.layers])
        return round(self.widening * most * self.each)

    @cached_property
    def buffers(self) -> int:
        """Buffers of a place that computes layers only."""
        return compute(self.sized.widths, self.program, self.allocated, False, len(self.sized.layers))

    @cached_property
    def buffers_with_output(self) -> int:
        """Buffers of the place that computes the output head too."""
        return compute(self.sized.widths, self.program, self.allocated, True, len(self.sized.layers))

    def on_device(
        self,
        output: bool,
        layers: int,
        first: bool = True,
        several: bool = False,
        experts: bool = False,
        on_host: int = 0,
        ranks: int = 1,
        beyond: bool = False,
        torn: int = 0,
        masked: bool = True,
    ) -> int:
        """Buffers of a device that has the ``output`` layer, so many ``layers``, the ``first`` one; of ``several`` that
        hold everything, or beside a host with some ``experts`` or the first layers whole; of ``ranks`` that share every
        layer. The experts of layers ``beyond`` the first device's lie on the host too. ``torn`` elements of a token
        pass beside what passes anyway. Of several devices one that does not attend to tokens is not ``masked``."""
        counted = layers if self.sized.widths.chosen else min(layers, 1)
        key = output, counted, first, several, experts, on_host, ranks, beyond, torn, masked
        if key not in self.computing:
            s = self.sized
            held = device(
                s.widths,
                self.program,
                self.allocated,
                output=output,
                first=first,
                copies=self.copies(several),
                matrix=(s.largest if on_host else s.largest_expert if experts else 0) if first else 0,
                copied=s.copied if first and (s.widths.ungated if on_host else experts) else 0,
                others=s.pair if first and beyond else 0,
                cache=self.carried[on_host] if first and on_host else self.twice,
                widened=over(self.widened, ranks),
                layers=counted,
                torn=torn,
                masked=masked,
                ranks=ranks,
            )
            self.computing[key] = max(held, self.shown(ranks)) if first else held
        return self.computing[key]

    def shown(self, ranks: int) -> int:
        """Bytes of what towers write at start on each of so many ranks: heads and feed-forward blocks are divided where
        not each rank has all of them."""
        return round(self.tried * divided(1 if self.repeated else ranks))

    def torn(self, first: int, end: int, ahead: bool) -> int:
        """Elements of a token that one of several devices, with layers ``first`` to ``end``, shares of mixers: with the
        device before it, and with one ``ahead``; and what enters its first layers of a tower: each of these takes all
        that enters (a view of it is copied with what lies between its rows)."""
        s, w = self.sized, self.sized.widths
        entered = max(0, min(end, w.stacked // w.hidden) - first) if first else 0
        return w.projected * (first > 0 and s.torn[first]) + w.scanned * ahead + entered * (w.hidden + w.stacked)

    @cached_property
    def carried(self) -> tuple[float, ...]:
        """Bytes of cache that the first device holds for layers of the host, by how many lie there."""
        return carried([x.cache.bytes(self.allocated) * self.each for x in self.sized.layers])

    @cached_property
    def twice(self) -> float:
        """Bytes that are there once more, in another form: of a layer's cache as it grows, which MLX's does by steps
        into new arrays; of a matrix in 16 bits, which ExLlama's kernels multiply a prompt with; 0 for others."""
        if self.program.files == "mlx":
            return max([x.cache.attended(self.allocated) * self.sequences for x in self.sized.layers])
        return 0.0 if self.program.gguf or self.program.pools else self.sized.unpacked

    def copies(self, several: bool) -> int:
        """How many copies there are of what passes between ``several`` devices that hold everything."""
        return PIPELINE if several and self.program.gguf else 1

    @cached_property
    def caches(self) -> tuple[tuple[tuple[int, ...], float, int], ...]:
        """Of layers whose caches are alike: how many come before each layer and the end, bytes of one such cache with
        all sequences, and how many ranks can share it out."""
        return tuple([(g.before, self._held(g.cache), g.cache_heads) for g in self.sized.alike])

    @cached_property
    def dividing(self) -> float:
        """How many times as much as its tokens a cache takes of a runtime that sets a part aside for states."""
        share = self.program.states_share
        return 1 + share if share and total([g.cache.state for g in self.sized.alike]) else 1.0

    def kept(self, cache: CachePart) -> CachePart:
        """A layer's cache as the runtime keeps it for a sequence: with all states, windows and parts set aside."""
        program = self.program
        if program.whole_windows:
            cache = cache.whole(padded(self.context, program.page))
        if self.dividing > 1:
            return replace(cache, bytes_per_token=cache.bytes_per_token * self.dividing, state=0)
        states = program.states + self.drafted
        return replace(cache, state=cache.state * states) if states > 1 and cache.state else cache

    def several(self, cache: CachePart) -> int:
        """For how many sequences a layer's cache is kept."""
        return max(self.each, self.program.kept) if cache.state or cache.limit is not None else self.each

    def _held(self, cache: CachePart) -> float:
        """Bytes of a layer's cache, all sequences together. Windows hold what is computed at once beyond; what is known
        of them has that of the default."""
        program, cache = self.program, self.kept(cache)
        more = program.batched_tokens - program.usual_batch if program.gguf or cache.spare else 0
        if self.unified:
            return cache.shared(self.context, self.slots, MICRO_BATCH, more)
        return cache.held(self.part, self.several(cache), more)

    @cached_property
    def layers(self) -> tuple[float, ...]:
        """Bytes of the dense parts and caches of all layers before each one, and before the end."""
        s, caches = self.sized, self.caches
        if len(caches) == 1:
            before, size, _ = caches[0]
            return tuple([dense + size * count for dense, count in zip(s.dense, before, strict=True)])
        return tuple(
            [dense + total([size * before[i] for before, size, _ in caches]) for i, dense in enumerate(s.dense)]
        )

    @cached_property
    def least(self) -> float:
        """Bytes of weights and cache, wherever they lie: what no placement can do without."""
        return self.layers[-1] + self.sized.expert[-1] + self.sized.output + self.beside.weights + self.beside.cache

    def cache(self, first: int, end: int, ranks: int = 1) -> int:
        """Bytes of cache of layers ``first`` to ``end``, all sequences together; with ranks, on each of them."""
        held = 0.0
        for before, size, heads in self.caches:
            held += (before[end] - before[first]) * size / (ranks if ranks < heads else heads)
        return round(held)


def hold(demand: Demand, layout: Layout) -> tuple[Memory, ...]:
    """Memory of each device, then of the host."""
    if layout.split == "tensor":
        return _hold_split_tensors(demand, layout)
    s, program, bounds = demand.sized, demand.program, layout.bounds
    devices = len(bounds) - 1
    result: list[Memory] = []
    # Where tokens are looked up and the head are one place, a tied embedding is held once.
    filled = [i for i in range(devices) if bounds[i + 1] > bounds[i]]
    looked_up = HOST if program.looks_up_on_host or len(filled) == 0 else filled[0]
    several, before = _several(layout), True
    for i in range(devices):
        first, end, has_output = bounds[i], bounds[i + 1], layout.output == i
        if first == end and not has_output:
            result.append(Memory())
            continue
        weights = s.dense[end] - s.dense[first] + round(s.padding * layout.routed(s.expert, i, first, end))
        weights += _ends(s, has_output, looked_up == i)
        hosted, leads = layout.experts_on_host > 0, first == bounds[0]
        beyond = hosted and layout.experts_from > end
        torn = demand.torn(first, end, s.torn[end]) if several else 0
        masked = not several or s.masked[end] > s.masked[first]
        computing = demand.on_device(
            has_output, end - first, leads, several, hosted, bounds[0], beyond=beyond, torn=torn, masked=masked
        )
        own = Memory(weights, demand.cache(first, end), computing, demand.overhead)
        result.append(own.plus(demand.beside) if before else own)
        before = False
    result.append(on_host(demand, layout))
    return tuple(result)


def on_host(demand: Demand, layout: Layout) -> Memory:
    """Memory of the host alone, of layers that are split whole."""
    s, program, first = demand.sized, demand.program, layout.bounds[0]
    has_output, copies = layout.output == HOST, demand.copies(_several(layout))
    weights = s.dense[first] + layout.routed(s.expert, HOST, 0, first)
    weights += _ends(s, has_output, program.looks_up_on_host or len(layout.bounds) == 1)
    mixes = s.states[first] > 0
    computing = demand.buffers_with_output if has_output else host(s.widths, program, demand.allocated, copies, mixes)
    own = Memory(weights, demand.cache(0, first), computing)
    return own.plus(demand.beside) if has_output and first == len(s.layers) else own


def _several(layout: Layout) -> bool:
    """Whether several devices hold everything."""
    if layout.offloaded:
        return False
    bounds = layout.bounds
    return len([i for i in range(len(bounds) - 1) if bounds[i] < bounds[i + 1] or layout.output == i]) > 1


def _ends(s: Sized, has_output: bool, has_embedding: bool) -> int:
    """Bytes of the embedding and the head in a place; a tied head beside its embedding is no second tensor."""
    embedding = 0 if has_output and s.shared else s.embedding
    return s.output * has_output + (embedding + s.lookups) * has_embedding


def _hold_split_tensors(demand: Demand, layout: Layout) -> tuple[Memory, ...]:
    s, ranks = demand.sized, layout.ranks
    stages = len(layout.bounds) - 1
    result: list[Memory] = []
    for stage in range(stages):
        first, end = layout.bounds[stage], layout.bounds[stage + 1]
        weights = s.dense[end] - s.dense[first] + round(s.padding * layout.routed(s.expert, stage, first, end))
        weights += _ends(s, stage == stages - 1, stage == 0 and not demand.program.gguf)
        computing = demand.on_device(stage == stages - 1, end - first, stage == 0, ranks=ranks)
        cache = demand.cache(first, end, ranks)
        if stage == 0:
            weights += demand.beside.weights - demand.repeated
            cache += over(demand.beside.cache, ranks)
            computing += demand.beside.buffers
        own = over(weights, ranks) + (demand.repeated if stage == 0 else 0)
        one = Memory(own, cache, computing, demand.overhead)
        if layout.shares:
            # A rank's share of the heads that ranks divide among themselves.
            parts = [share * ranks for share in layout.shares]
            result.extend(
                [
                    Memory(round(part * weights / ranks), round(part * cache), computing, demand.overhead)
                    for part in parts
                ]
            )
        else:
            result.extend([one for _ in range(ranks)])
    if not demand.program.gguf:
        return (*result, Memory())
    # llama.cpp looks tokens up on the host.
    return (*result, Memory(_ends(s, False, True), 0, host(s.widths, demand.program, demand.allocated)))
