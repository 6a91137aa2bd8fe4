"""In which format does a model serve best here? In the smallest of those that no test tells from the published one, or
on several devices, where runtimes share work in their own ways, in the fastest of them; else in the one with the most
bits that fits and is fast enough, with nothing else on the devices where it must be.
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
ALIKE_BITS: Final = 8  # where perplexity was not measured: tests of FP8 and INT8 differ by chance


@dataclass(frozen=True, slots=True)
class Choice:
    """A format that comes into question."""

    name: str
    bits: float
    native: bool  # as its makers publish it
    alike: bool  # no test tells it from that
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
        return [Choice(own, 0.0, False, False, NOTHING_KNOWN)]
    others = [name for name in published if _good(rule(name), question.max_loss)]
    alike: list[str] = []
    for name in others:
        if _alike(rule(name), question.max_loss):
            alike = [name, *alike]
    names = dict.fromkeys([*alike, *first, *others])
    found: list[Choice] = []
    for name in names:
        bits, native = rule(name).bits, name in first
        found.append(Choice(name, bits, native, native or name in alike, least(bulk, bits)))
    return found


def _alike(format: Encoding, most: float) -> bool:
    """Whether no test tells a quantization from what was published; none does where no loss at all is allowed."""
    if format.loss is None:
        return format.bits >= ALIKE_BITS and most > 0
    return 0 < format.loss <= min(ALIKE, most)


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
    fastest: P | None = None
    for one in found:
        if fastest is not None and not one.alike:
            return fastest
        if alone or (_possible(one, question, rig) and _held(one, question, rig, size)):
            p = _asked(one, ask)
            if p is not None and p.outcome.fits and _fast(p, question):
                if not one.alike or len(rig.devices) == 1:
                    return p
                if fastest is None or _rate(p) > _rate(fastest):
                    fastest = p
            if p is not None and tight is None and p.outcome.verdict == TIGHT and _fast(p, question):
                tight = p
    if fastest is not None:
        return fastest
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
    """Whether it decodes as fast as is asked; of whom no speed is asked, none need be known."""
    return _rate(p) >= question.needs.min_decode


def _rate(p: P) -> float:
    """Tokens/s at a full context; 0 where nobody knows."""
    rate = p.outcome.decode_at(p.outcome.context)
    return rate.value if rate else 0.0
