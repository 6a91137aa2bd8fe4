"""In which format does a model serve best here? In the smallest of those that no test tells from the published one;
else in the one with the most bits that fits and is fast enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Final

from sizing.catalog import planner_of
from sizing.engine.choosing import USUAL
from sizing.errors import SizingError
from sizing.facts.entries.formats import Format
from sizing.facts.machine import Machine
from sizing.facts.narrow import measured_loss
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.search.bounds import Least, least
from sizing.search.question import Question
from sizing.unsaid import natives, published, said

# By how much perplexity may rise before any test could tell: its interval is some points of a hundred, and llama.cpp's
# 8 and 6 bits raise it by less than half of one. Of such formats the smaller one is as good, faster, and leaves more
# for a context.
ALIKE: Final = 0.01


def serving(model: Model, machine: Machine, question: Question, formats: Sequence[str] | None = None) -> Plan | None:
    """The plan in which a model answers a question here, in the best of the formats published, or of these, the most
    bits first; None where none does."""
    names = asked_formats(model, question) if formats is None else formats
    fast = (p for p in _tried(names, model, machine, question) if _fast(p, question.needs.min_decode))
    return next((p for p in fast if p.fits), None) or (
        _offloaded(names, model, machine, question) if question.offload else None
    )


def _fast(p: Plan, least: float) -> bool:
    return p.decode is not None and p.decode.value >= least


def asked_formats(model: Model, question: Question) -> list[str]:
    """The formats that come into question: one that was asked for, or that a file holds; else those that are as good as
    published, the fewest bits first, and then others that do not cost too much, the most bits first."""
    if own := question.format or said(model):
        return [own]
    formats = planner_of(model).formats
    first = natives(model, formats)
    others = [x for x in published(model, formats) if _good(_rule(model, x, formats), question.max_loss)]
    alike = [x for x in others if (measured_loss(_rule(model, x, formats)) or inf) <= min(ALIKE, question.max_loss)]
    return list(dict.fromkeys([*reversed(alike), *first, *others]))


def _rule(model: Model, name: str, formats: Mapping[str, Format]) -> Format:
    """The format, or the one that a published file is like."""
    return formats[model.files[name].like if name in model.files else name]


def _good(fmt: Format, most: float) -> bool:
    """Whether a quantization costs no more than that, where it was measured; else whether it has four bits."""
    loss = measured_loss(fmt)
    return fmt.bits >= 4 if loss is None else loss <= most


def _tried(names: Sequence[str], model: Model, machine: Machine, question: Question) -> Iterator[Plan]:
    """The plans in these formats, but for those that the devices cannot hold, or not read fast enough."""
    formats = planner_of(model).formats
    for name in names:
        fewest = least_in(model, name, formats)
        slow = fewest.seconds(machine) * question.needs.min_decode > 1
        possible = fewest.weights <= (question.wired_limit or machine.capacity) and not slow
        if len(names) == 1 or (possible and _held(model, machine, name, question)):
            yield from _asked(model, machine, question, name)


def _held(model: Model, machine: Machine, name: str, question: Question) -> bool:
    """Whether a runtime reads the format there, and the devices hold what must lie on them: to search for a place for
    what has none takes far longer."""
    planner = planner_of(model)
    try:
        settled = planner.settled_on(model, name, question.runtime, question.cache_format, machine.rig)
    except SizingError:
        return False
    own = settled.loaded.sized
    return own.weights - own.embedding - own.lookups <= (question.wired_limit or machine.capacity)


def least_in(model: Model, name: str, formats: Mapping[str, Format]) -> Least:
    """What the model takes at least in a format."""
    return least(model, _rule(model, name, formats).bits, formats)


def _offloaded(names: Sequence[str], model: Model, machine: Machine, question: Question) -> Plan | None:
    """The plan with a part on the host, in the format that people take for that: the makers' own of four bits, else
    llama.cpp's usual one, else the others with the fewest bits first; None where none is fast enough."""
    formats = planner_of(model).formats
    room = machine.capacity + machine.host.capacity
    first = natives(model, formats)

    def order(name: str) -> tuple[bool, bool, float]:
        bits = _rule(model, name, formats).bits
        return not (name in first and bits <= 4), name != USUAL, bits

    for name in sorted(names, key=order) if len(names) > 1 else names:
        fewest = least_in(model, name, formats)
        slow = fewest.seconds(machine) * question.needs.min_decode > 1
        if len(names) > 1 and (fewest.weights > room or slow):
            continue
        for p in _asked(model, machine, question, name):
            if p.runs and _fast(p, question.needs.min_decode):
                return p
    return None


def _asked(model: Model, machine: Machine, question: Question, format: str) -> Iterator[Plan]:
    """The plan, if some runtime reads the format there."""
    needs = question.needs
    try:
        yield plan(
            model,
            machine,
            format=format,
            context=needs.context,
            sequences=needs.sequences,
            cache_format=question.cache_format,
            runtime=question.runtime,
            vision=question.vision or None,
            in_use=question.in_use or None,
            wired_limit=question.wired_limit,
        )
    except SizingError:
        return
