"""What does a step do? Bytes moved, operations, and layers passed, place by place; no time yet.

Decoding reads every weight that its tokens use once a step (of a mixture the experts that they use together), and
each sequence's cache at its depth. A prompt is worked off in micro-batches, each of which reads the weights anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sizing.memory import HOST, Layout
from sizing.sized import Sized


@dataclass(frozen=True, slots=True)
class Work:
    """What is done in one place in one step, or for a whole prompt. Bytes read and operations."""

    dense: float  # bytes of weights, routed experts left out
    experts: float  # bytes of routed experts
    cache: float  # bytes of cache
    flops: float  # multiply-adds x 2 of weights
    attention: float  # multiply-adds x 2 of attention over cached tokens
    layers: float  # layers passed
    mixtures: float  # of them with routed experts
    batches: float = 1  # steps that this is the sum of


def spans(layout: Layout) -> Iterator[tuple[int, int, int]]:
    """Each place in use with its first layer and their end: the host, then the devices or stages."""
    if layout.bounds[0] or layout.experts_from or layout.output == HOST:
        yield HOST, 0, layout.bounds[0]
    for i in range(len(layout.bounds) - 1):
        if layout.bounds[i] < layout.bounds[i + 1] or layout.output == i:
            yield i, layout.bounds[i], layout.bounds[i + 1]


def decoding(s: Sized, layout: Layout, depth: int, sequences: int) -> Iterator[tuple[int, Work]]:
    """The work of one token of each of ``sequences`` sequences with ``depth`` tokens in the cache, by place."""
    share = s.expert_share(sequences)
    for place, first, end in spans(layout):
        here = layout.output == place
        yield (
            place,
            Work(
                dense=s.dense[end] - s.dense[first] + s.output * here,
                experts=_experts(s, layout, place, first, end) * share,
                cache=s.cached(depth, first, end) * sequences,
                flops=(s.flops[end] - s.flops[first] + s.output_flops * here) * sequences,
                attention=s.attended(depth, first, end) * sequences,
                layers=end - first,
                mixtures=_mixtures(s, layout, place, first, end),
            ),
        )


def reading(s: Sized, layout: Layout, prompt: int, depth: int, micro_batch: int) -> Iterator[tuple[int, Work]]:
    """The work of a prompt of ``prompt`` tokens that starts at ``depth``, by place."""
    batches = -(-prompt // micro_batch)
    share = s.expert_share(min(prompt, micro_batch)) * batches
    whole = s.attended_by_prompt(depth, prompt)
    for place, first, end in spans(layout):
        here, part = layout.output == place, (end - first) / len(s.layers)
        yield (
            place,
            Work(
                dense=(s.dense[end] - s.dense[first] + s.output * here) * batches,
                experts=_experts(s, layout, place, first, end) * share,
                cache=s.cached(depth + prompt // 2, first, end) * batches,
                flops=(s.flops[end] - s.flops[first]) * prompt + s.output_flops * here,
                attention=whole * part,
                layers=(end - first) * batches,
                mixtures=_mixtures(s, layout, place, first, end) * batches,
                batches=batches,
            ),
        )


def _experts(s: Sized, layout: Layout, place: int, first: int, end: int) -> int:
    """Bytes of the routed experts that lie in a place."""
    if place == HOST:
        return s.expert[max(end, layout.experts_from)]
    return s.expert[max(end, layout.experts_from)] - s.expert[max(first, layout.experts_from)]


def _mixtures(s: Sized, layout: Layout, place: int, first: int, end: int) -> int:
    """Layers whose routed experts lie in a place."""
    if place == HOST:
        return s.mixtures[max(end, layout.experts_from)]
    return s.mixtures[max(end, layout.experts_from)] - s.mixtures[max(first, layout.experts_from)]
