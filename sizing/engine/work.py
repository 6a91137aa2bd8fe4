"""What does a step do? Bytes moved, operations, and layers passed, place by place; no time yet.

Decoding reads every weight that its tokens use once a step (of a mixture the experts that they use together), and
each sequence's cache at its depth. A prompt is worked off in micro-batches, each of which reads the weights anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Generic

from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout
from sizing.engine.numbers import N, over
from sizing.engine.sized import Sized


@dataclass(frozen=True, slots=True)
class Work(Generic[N]):
    """What one device, or the host, does in a step or for a whole prompt. Bytes read and operations.

    Numbers, or arrays of many cases' numbers.
    """

    dense: N  # bytes of weights, routed experts left out
    experts: N  # bytes of routed experts
    cache: N  # bytes of cache
    flops: N  # multiply-adds x 2 of weights
    attention: N  # multiply-adds x 2 of attention over cached tokens
    layers: N  # layers passed
    mixtures: N  # of them with routed experts
    states: N  # recurrent states passed: one for each such layer and sequence, in decoding for each of its tokens
    mixed: N  # layers passed that mix several residual streams; of a prompt, bytes of what passes through them
    padding: N  # multiply-adds x 2 of one more token for every expert in use, of a prompt's micro-batches

    def plus(self, other: Work[N]) -> Work[N]:
        """Both together."""
        return Work(
            self.dense + other.dense, self.experts + other.experts, self.cache + other.cache,
            self.flops + other.flops, self.attention + other.attention, self.layers + other.layers,
            self.mixtures + other.mixtures, self.states + other.states, self.mixed + other.mixed,
            self.padding + other.padding,
        )  # fmt: skip


NOTHING: Final[Work[float]] = Work(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of decoding, or a whole prompt: the work of each place in use, and what passes between them."""

    places: tuple[tuple[int, Work[float]], ...]  # by the place's index; of a stage's ranks one stands for all
    batches: float  # steps that this is the sum of
    hops: float  # times that activations pass from one place to the next
    exchanges: float  # all-reduces among ranks
    exchanged: float  # bytes that each rank sends in them
    hosted: float  # layers whose experts alone lie on the host, passed


def decoding(s: Sized, layout: Layout, depth: int, sequences: int, tokens: int = 1) -> Step:
    """One token of each of ``sequences`` sequences with ``depth`` tokens in the cache, or some tokens in a row of each,
    which read it together."""
    every, ranks = sequences * tokens, layout.ranks
    share = s.expert_share(every)
    places: list[tuple[int, Work[float]]] = []
    for place, first, end in _spans(layout):
        here = layout.output == place
        work = Work(
            dense=(s.dense[end] - s.dense[first] + s.output * here) * layout.largest,
            experts=layout.routed(s.expert, place, first, end) * share * layout.largest,
            cache=s.moved(depth, first, end, ranks) * sequences,
            flops=(s.flops[end] - s.flops[first] + s.output_flops * here) * every * layout.largest,
            attention=s.attended(depth, first, end) * every * layout.largest,
            layers=end - first,
            mixtures=layout.routed(s.mixtures, place, first, end),
            states=(s.states[end] - s.states[first]) * every,
            mixed=(end - first) * s.mixes,
            padding=0.0,
        )
        places.append((place, work))
    return _step(s, layout, tuple(places), 1, every)


def prefilling(s: Sized, layout: Layout, prompt: int, depth: int, micro_batch: int, sequences: int = 1) -> Step:
    """Prompts of ``prompt`` tokens that start at ``depth``, one for each sequence; a micro-batch holds several short
    ones."""
    batches = over(prompt * sequences, micro_batch)
    share, ranks = s.expert_share(min(prompt * sequences, micro_batch)) * batches, layout.ranks
    whole = s.attended_by_prompt(depth, prompt) * sequences
    padded = s.routed_flops / s.experts_per_token * s.experts * share if s.experts else 0.0
    places: list[tuple[int, Work[float]]] = []
    for place, first, end in _spans(layout):
        here, mixtures = layout.output == place, layout.routed(s.mixtures, place, first, end)
        # Experts may lie elsewhere than their layer.
        moved = s.routed_flops * (mixtures - (s.mixtures[end] - s.mixtures[first]))
        work = Work(
            dense=(s.dense[end] - s.dense[first] + s.output * here) * batches * layout.largest,
            experts=layout.routed(s.expert, place, first, end) * share * layout.largest,
            cache=s.moved(depth + prompt // 2, first, end, ranks) * max(batches, sequences),
            flops=((s.flops[end] - s.flops[first] + moved) * prompt + s.output_flops * here)
            * sequences
            * layout.largest,
            attention=whole * (end - first) / len(s.layers) * layout.largest,
            layers=(end - first) * batches,
            mixtures=mixtures * batches,
            states=(s.states[end] - s.states[first]) * max(batches, sequences),
            mixed=(end - first) * s.mixes * 4.0 * s.widths.passed * prompt * sequences,
            padding=padded * mixtures * layout.largest,
        )
        places.append((place, work))
    return _step(s, layout, tuple(places), batches, prompt * sequences)


def _step(s: Sized, layout: Layout, places: tuple[tuple[int, Work[float]], ...], batches: int, tokens: int) -> Step:
    ranks, layers = layout.ranks, len(s.layers)
    # Two all-reduces a layer, after attention and after the feed-forward block (Megatron-LM, section 3), of 16 bits.
    exchanges = 2 * layers * batches if ranks > 1 else 0
    sent = 2 * (ranks - 1) / ranks * 2 * s.widths.hidden * tokens * 2 * layers
    return Step(
        places, batches, (len(places) - 1) * batches, exchanges, sent if ranks > 1 else 0.0,
        layout.experts_on_host * batches,
    )  # fmt: skip


def _spans(layout: Layout) -> Iterator[tuple[int, int, int]]:
    """Each place in use with its first layer and their end: the host, then the devices or stages."""
    if layout.bounds[0] or layout.experts_from or layout.output == HOST:
        yield HOST, 0, layout.bounds[0]
    for i in range(len(layout.bounds) - 1):
        if layout.bounds[i] < layout.bounds[i + 1] or layout.output == i:
            yield i, layout.bounds[i], layout.bounds[i + 1]
