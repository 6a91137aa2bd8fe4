"""What does the engine need of a model? A few plain numbers for each layer, and their sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from sizing.engine.buffers import Widths
from sizing.engine.cache import CachePart
from sizing.engine.numbers import power, total


@dataclass(frozen=True, slots=True)
class SizedLayer:
    """One layer in bytes, and in operations for one token."""

    dense: int  # bytes of all but the routed experts
    experts: int  # bytes of all routed experts
    flops: float  # multiply-adds x 2 of what a token uses, attention scores left out
    cache: CachePart
    attention_flops: float  # for each token already in the cache that is seen
    cache_heads: int  # how many ranks can share its cache out; 1 for a latent or entries that each needs whole
    largest: int  # bytes of its largest matrix, the routed experts' aside
    largest_expert: int  # bytes of the largest matrix of its routed experts


@dataclass(frozen=True, slots=True)
class Alike:
    """Layers whose caches are alike: how many of them come before each layer, and before the end."""

    cache: CachePart
    attention_flops: float
    cache_heads: int
    before: tuple[int, ...]


@dataclass(frozen=True)
class Sized:
    """A model in a format, with a cache type, as one runtime holds it. Bytes, and operations for one token."""

    layers: tuple[SizedLayer, ...]
    embedding: int  # bytes of the input embedding
    lookups: int  # bytes of further embeddings, of which a token reads a row
    output: int  # bytes of the output head and the last norm; a tied head is the embedding once more
    output_flops: float
    tied: bool
    widths: Widths
    experts: int
    experts_per_token: int
    total_parameters: int
    active_parameters: int
    whole: bool = False  # a text is read at once, every token seeing every other, and nothing of it is kept
    answers: bool = True  # else it reads a text, embeds or scores it, and decodes nothing
    padding: float = 1.0  # how many times as many bytes the routed experts take in memory
    unpacked: int = 0  # bytes of its largest matrix in 16 bits, where kernels write it so to multiply with it
    own_head: int = 0  # bytes of a tied head that is stored once more, in bits of its own; 0 where it is not

    @cached_property
    def weights(self) -> int:
        """Bytes of the published file: a tied head once, where it is no tensor of its own."""
        own_head = self.output - (self.embedding if self.shared else 0)
        return self.embedding + self.lookups + own_head + self.dense[-1] + self.expert[-1]

    @property
    def shared(self) -> bool:
        """Whether one tensor is both the embedding and the head."""
        return self.tied and self.own_head == 0

    @cached_property
    def dense(self) -> tuple[int, ...]:
        """Bytes of the dense parts of all layers before each one, and before the end."""
        return _sums(x.dense for x in self.layers)

    @cached_property
    def expert(self) -> tuple[int, ...]:
        """Bytes of the routed experts of all layers before each one, and before the end."""
        return _sums(x.experts for x in self.layers)

    @cached_property
    def mixtures(self) -> tuple[int, ...]:
        """Layers with routed experts before each one, and before the end."""
        return _sums(x.experts > 0 for x in self.layers)

    @cached_property
    def largest_expert(self) -> int:
        """Bytes of the largest matrix of routed experts."""
        return max(x.largest_expert for x in self.layers)

    @cached_property
    def largest(self) -> int:
        """Bytes of the largest matrix of a layer."""
        return max(self.largest_expert, max(x.largest for x in self.layers))

    @cached_property
    def uneven(self) -> bool:
        """Whether the matrices of a layer's routed experts differ in size."""
        matrices = 2 if self.widths.ungated else 3
        return any(x.experts < 0.99 * matrices * x.largest_expert for x in self.layers)

    @cached_property
    def copied(self) -> int:
        """Bytes of experts' matrices that a device holds at once which copies them from a host one by one; 0 where the
        place of the one before is as it was. A state's graph leaves other things there, so that there are two of the
        largest; without such, a larger one needs a place of its own: beside the smaller of its layer if experts have no
        gate, else beside another of its size. As recorded; the order of the graph decides."""
        widths, keeps = self.widths, self.states[-1] > 0 or self.widths.compressed > 0
        if not widths.lagging:
            return 0
        if widths.ungated:
            return max(x.experts for x in self.layers) if self.uneven else 0
        return 2 * self.largest_expert if keeps or self.uneven else 0

    @cached_property
    def pair(self) -> int:
        """Bytes of two matrices of one layer's routed experts, the gate and what goes up beside it, which are computed
        with one after the other; 0 for experts without a gate, of which the one waits for the other."""
        return 0 if self.widths.ungated else max(x.experts - x.largest_expert for x in self.layers)

    @cached_property
    def states(self) -> tuple[int, ...]:
        """Layers with a recurrent state before each one, and before the end."""
        return _sums(x.cache.state > 0 for x in self.layers)

    @cached_property
    def masked(self) -> tuple[int, ...]:
        """Layers that attend to tokens, and need their mask, before each one, and before the end."""
        return _sums(x.cache.bytes_per_token > 0 or len(x.cache.compressed) > 0 for x in self.layers)

    @cached_property
    def torn(self) -> tuple[bool, ...]:
        """Of each layer, and of the end: whether a device that begins there shares a Mamba mixer with the one before.

        llama.cpp clears the next mixer's state before it copies this one's gate, and a copy has no weights: it is made
        where that state lies, and what it is of passes there and back. Not where attention or a mixture comes between,
        which write something first (build_rs and build_mamba2_layer; GGML_SCHED_DEBUG=2 shows it).
        """
        count, writes = len(self.layers), [x.experts > 0 or x.cache.bytes_per_token > 0 for x in self.layers]
        before, found = False, [False for _ in range(count + 1)]
        for i, layer in enumerate(self.layers):
            found[i] = before
            before = not writes[i] and (before or layer.cache.state > 0)
        after = False
        for i in range(count - 1, -1, -1):
            after = self.layers[i].cache.state > 0 or (after and not writes[i])
            found[i] = found[i] and after and self.widths.projected > 0
        return tuple(found)

    @cached_property
    def flops(self) -> tuple[float, ...]:
        """Operations for one token of all layers before each one, and before the end."""
        return tuple(accumulate((x.flops for x in self.layers), initial=0.0))

    @cached_property
    def mixes(self) -> bool:
        """Whether its layers mix several residual streams: more passes from device to device than two terms of one."""
        return self.widths.passed > 2 * self.widths.hidden

    @cached_property
    def routed_flops(self) -> float:
        """Operations for one token of the routed experts of one layer that has some, as a mean."""
        idle = self.experts - self.experts_per_token
        if idle <= 0:
            return 0.0
        # What a token does not use of all parameters, its own row of an input embedding aside, is idle experts.
        lookup = 0 if self.tied else self.widths.vocab * self.widths.hidden
        unused = max(0, self.total_parameters - self.active_parameters - lookup)
        return 2.0 * unused * self.experts_per_token / (idle * self.mixtures[-1])

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """The layers gathered by their caches."""
        found: dict[tuple[CachePart, float, int], list[bool]] = {}
        for i, x in enumerate(self.layers):
            own = (x.cache, x.attention_flops, x.cache_heads)
            members = found.get(own)
            if members is None:
                members = [False for _ in self.layers]
                found[own] = members
            members[i] = True
        return tuple([Alike(cache, flops, heads, _sums(members)) for (cache, flops, heads), members in found.items()])

    def cached(self, depth: int, first: int, end: int) -> float:
        """Bytes of cache that decoding reads of one sequence in layers ``first`` to ``end``."""
        return total([(group.before[end] - group.before[first]) * group.cache.bytes(depth) for group in self.alike])

    def moved(self, depth: int, first: int, end: int, ranks: int = 1) -> float:
        """Bytes of one sequence's cache that a step of layers ``first`` to ``end`` reads and writes, on each rank."""
        moved = 0.0
        for group in self.alike:
            layers = group.before[end] - group.before[first]
            moved += layers * group.cache.moved(depth) / min(ranks, group.cache_heads)
        return moved

    def attended(self, depth: int, first: int, end: int) -> float:
        """Operations of attention over ``depth`` cached tokens, for one token in layers ``first`` to ``end``."""
        attended = 0.0
        for group in self.alike:
            layers = group.before[end] - group.before[first]
            attended += layers * group.cache.flops(depth, group.attention_flops)
        return attended

    def attended_by_prompt(self, depth: int, prompt: int) -> float:
        """Operations of attention for ``prompt`` tokens that start at ``depth``, in all layers."""
        return total(
            [group.before[-1] * group.cache.flops_by(prompt, depth, group.attention_flops) for group in self.alike]
        )

    def expert_share(self, tokens: int) -> float:
        """Expected share of a layer's routed experts that ``tokens`` tokens use together, routing being uniform."""
        if not self.experts:
            return 0.0
        return 1.0 - power(1.0 - self.experts_per_token / self.experts, tokens)


def _sums(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(values, initial=0))


def adapted(s: Sized, adapter: int) -> Sized:
    """A model with low-rank adapters of so many bytes, in equal parts beside its layers."""
    if not adapter:
        return s
    each = adapter // len(s.layers)
    return replace(s, layers=tuple([replace(x, dense=x.dense + each) for x in s.layers]))
