"""In which format does a model serve best here? In the smallest of those that no test tells from the published one;
else in the one with the most bits that fits and is fast enough, with nothing else on the devices where it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sizing.engine.bounds import NOTHING_KNOWN, Bulk, Least, least
from sizing.engine.choosing import FEW, USUAL, P
from sizing.engine.placement import TIGHT
from sizing.engine.program import Encoding
from sizing.engine.question import Question
from sizing.engine.rig import Rig
from sizing.engine.sized import Sized
from sizing.errors import SizingError

# By how much perplexity may rise before any test could tell: its interval is some points of a hundred, and llama.cpp's
# 8 and 6 bits raise it by less than half of one. Of such formats the smaller one is as good, faster, and leaves more
# for a context.
ALIKE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Choice:
    """A format that comes into question."""

    name: str
    bits: float
    native: bool  # as its makers publish it
    least: Least


def choices(
    question: Question,
    said: str | None,
    first: Sequence[str],
    published: Sequence[str],
    rule: Callable[[str], Encoding],
    bulk: Bulk,
) -> list[Choice]:
    """The formats that come into question: one that was asked for, or that was ``said``; else those that are as good as
    published, the fewest bits first, and then others that do not cost too much, the most bits first.

    ``first`` are the makers' own, ``published`` the others from the most bits on, and ``rule`` tells what each is like.
    """
    own = question.format or said
    if own is not None:
        return [Choice(own, 0.0, False, NOTHING_KNOWN)]
    others = [name for name in published if _good(rule(name), question.max_loss)]
    alike: list[str] = []
    for name in others:
        loss = rule(name).loss
        if loss and loss <= min(ALIKE, question.max_loss):
            alike = [name, *alike]
    names = dict.fromkeys([*alike, *first, *others])
    return [Choice(name, rule(name).bits, name in first, least(bulk, rule(name).bits)) for name in names]


def _good(format: Encoding, most: float) -> bool:
    """Whether a quantization costs no more than that, where it was measured; else whether it has four bits."""
    return format.bits >= FEW if format.loss is None else format.loss <= most


def serving(
    found: Sequence[Choice],
    question: Question,
    rig: Rig,
    size: Callable[[str], Sized],
    ask: Callable[[str], P],
) -> P | None:
    """The plan in which a model answers a question here, in the best of the formats; None where none does.

    ``size`` tells how large a model is in a format on this rig, ``ask`` plans; both may raise SizingError.
    """
    alone, tight = len(found) == 1, None
    for one in found:
        if alone or (_possible(one, question, rig) and _held(one, question, rig, size)):
            p = _asked(one, ask)
            if p is not None and p.outcome.fits and _fast(p, question):
                return p
            if p is not None and tight is None and p.outcome.verdict == TIGHT and _fast(p, question):
                tight = p
    if not question.offload:
        return None
    # With nothing else on the devices it is several times as fast as with a part on the host.
    return _beside_the_host(found, question, rig, ask) if tight is None else tight


def _possible(one: Choice, question: Question, rig: Rig) -> bool:
    """Whether the devices may hold it, and read it fast enough."""
    return one.least.weights <= _room(question, rig) and not _slow(one, question, rig)


def _room(question: Question, rig: Rig) -> int:
    """Bytes that the devices offer: what a Mac's system was told to, else what it does by itself."""
    return rig.capacity if question.wired_limit is None else question.wired_limit


def _slow(one: Choice, question: Question, rig: Rig) -> bool:
    return one.least.seconds(rig) * question.needs.min_decode > 1


def _held(one: Choice, question: Question, rig: Rig, size: Callable[[str], Sized]) -> bool:
    """Whether a runtime reads the format there, and the devices hold what must lie on them: to search for a place for
    what has none takes far longer."""
    try:
        own = size(one.name)
    except SizingError:
        return False
    return own.weights - own.embedding - own.lookups <= _room(question, rig)


def _beside_the_host(found: Sequence[Choice], question: Question, rig: Rig, ask: Callable[[str], P]) -> P | None:
    """The plan with a part on the host, in the format that people take for that: the makers' own of four bits, else
    llama.cpp's usual one, else the others with the fewest bits first; None where none is fast enough."""
    room = rig.capacity + rig.host.capacity
    alone = len(found) == 1
    for one in sorted(found, key=lambda x: (not (x.native and x.bits <= FEW), x.name != USUAL, x.bits)):
        if alone or not (one.least.weights > room or _slow(one, question, rig)):
            p = _asked(one, ask)
            if p is not None and p.outcome.runs and _fast(p, question):
                return p
    return None


def _asked(one: Choice, ask: Callable[[str], P]) -> P | None:
    """The plan, if some runtime reads the format there."""
    try:
        return ask(one.name)
    except SizingError:
        return None


def _fast(p: P, question: Question) -> bool:
    rate = p.outcome.decode_at(p.outcome.context)
    return rate is not None and rate.value >= question.needs.min_decode
