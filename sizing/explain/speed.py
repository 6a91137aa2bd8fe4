"""Where do the seconds go? The engine's own formulas, taken with numbers that remember what they were made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from math import inf
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.fitted import Test
from sizing.engine.rig import Place
from sizing.engine.speed import (
    BALANCE,
    Rate,
    Speed,
    attention_rate,
    decode_seconds,
    fed,
    hosted_seconds,
    overlapping,
    passing_seconds,
    prefill_seconds,
    stays,
)
from sizing.engine.work import NOTHING as NO_WORK
from sizing.engine.work import Step as Worked
from sizing.engine.work import Work, decoding
from sizing.explain.case import BANDWIDTH, COMPUTE, INTERCONNECT, Case
from sizing.explain.step import Part
from sizing.explain.terms import NOTHING, Term, added, called, named, plain, root

# What formulas call the fitted constants, and their units.
CONSTANTS: Final[Mapping[str, tuple[str, str]]] = {
    "step": ("step_time", "s"), "layer": ("layer_time", "s"), "mixture": ("mixture_time", "s"),
    "state": ("state_time", "s"), "read": ("bandwidth_share", ""), "scatter": ("scatter", ""),
    "recall": ("recall", ""), "multiply": ("compute_share", ""), "attend": ("attention_share", ""),
    "hop": ("hop_time", "s"), "exchange": ("exchange_time", "s"), "carry": ("link_share", ""),
    "handover": ("handover_time", "s"), "tile": ("tile", ""), "overlap": ("overlap", ""),
    "host": ("operations_per_byte", ""), "stream": ("streams", ""),
}  # fmt: skip
# What they call work, and its units.
WORK: Final[Mapping[str, tuple[str, str]]] = {
    "dense": ("weight_bytes", "bytes"), "experts": ("expert_bytes", "bytes"), "cache": ("cache_bytes", "bytes"),
    "flops": ("operations", "FLOP"), "attention": ("attention_operations", "FLOP"), "layers": ("layers", ""),
    "mixtures": ("mixtures", ""), "states": ("states", ""), "padding": ("padding_operations", "FLOP"),
    "mixed": ("mixed_streams", ""),
}  # fmt: skip


def decode(case: Case, name: str, depth: int) -> Part | None:
    """A step of decoding with ``depth`` tokens in the cache; None where it does not run, or a fact is undisclosed."""
    rate, speed = case.outcome.decode_at(depth), case.speed
    if rate is None or speed is None:
        return None
    part = Part(name)
    part.look_up("depth", depth, "tokens")
    seconds, brought, most = _decoding(case, part, speed, depth, f"{name}_time"), plain(1), speed.most(depth)
    if (draft := speed.draft) is not None:
        each = named("drafted_token_time", _known(speed.drafting_seconds(draft, depth)), "s", "plan")
        drafting = part.take("drafting_time", named("drafted_tokens", draft.tokens, "", "plan") * each, "s")
        brought, most = named("tokens_per_step", draft.length, "tokens", "plan"), draft.length * most
        seconds = seconds + drafting
    _told(part, speed, "decode", rate, brought / seconds, named("bandwidth_bound", most, "tokens/s", "plan"))
    return part


def _decoding(case: Case, part: Part, speed: Speed, depth: int, name: str) -> Term:
    """The seconds of a step, place by place."""
    tokens = 1 if speed.draft is None else speed.draft.tokens + 1
    worked = decoding(speed.demand.sized, speed.layout, depth, speed.demand.sequences, tokens)
    found = []
    for index, work in worked.places:
        place = speed.rig.place(index)
        k = constants(speed, "decode", place)
        rate = _compute(case, speed, place)
        if tokens > 1:
            faster = speed.fitted.verified(speed.demand.program.name)
            rate = named("verifying", faster, "", "fitted") * rate
        terms = (k, _work(work), _bandwidth(case, place), rate)
        found.append(part.take("time", decode_seconds(*terms, _roots(part, place.name)), "s", place.name))
    k = constants(speed, "decode", speed.rig.devices[0])
    crossing = named("crossing_time", speed.crossing(worked, speed.demand.sequences * tokens), "s", "plan")
    passing = passing_seconds(k, *_exchanged(worked), _link(case, speed)) + crossing
    between = k["hop"] * named("hops", worked.hops, "", "plan") + k["handover"] * named(
        "handovers", worked.hosted, "", "plan"
    )
    return part.take(name, k["step"] + added(found) + (between + passing), "s")


def prefill(case: Case, prompt: int) -> Part | None:
    """A prompt of ``prompt`` tokens from empty; None where it does not run, or a fact is undisclosed."""
    rate, speed = case.outcome.prefill_at(prompt, 0), case.speed
    if rate is None or speed is None:
        return None
    part = Part("prefill")
    tokens = part.look_up("prompt", prompt, "tokens")
    seconds = _prefilling(case, part, speed, prompt)
    most = prompt / speed.computing(speed.prompt_step(prompt, 0))
    _told(part, speed, "prefill", rate, tokens / seconds, named("compute_bound", most, "tokens/s", "plan"))
    return part


def _prefilling(case: Case, part: Part, speed: Speed, prompt: int) -> Term:
    """The seconds of a prompt, place by place, in as many micro-batches as it takes."""
    worked = speed.prompt_step(prompt, 0)
    part.look_up("micro_batches", worked.batches, "")
    hosted = next((work for index, work in worked.places if index == HOST), NO_WORK)
    on_devices = [(speed.rig.places[index], work) for index, work in worked.places if index != HOST]
    brought, found = not stays(speed.demand.program, speed.demand.sized, prompt), []
    for i, (place, work) in enumerate(on_devices):
        done = work.plus(hosted) if i == 0 and brought else work
        assert place.card is not None
        attending = attention_rate(place.card, speed.demand, speed.rate_of(place) or inf, speed.era)
        attention = named("attention_rate", attending, "FLOP/s", "fact", case.of_place(place, COMPUTE))
        terms = (
            constants(speed, "prefill", place),
            _work(done),
            _bandwidth(case, place),
            _fed(case, part, place, "fed_rate", _compute(case, speed, place)),
            _fed(case, part, place, "fed_attention_rate", attention),
        )
        found.append(part.take("time", prefill_seconds(*terms, _roots(part, place.name)), "s", place.name))
    k = constants(speed, "prefill", speed.rig.devices[0])
    seconds = added(found)
    stages = len(on_devices) if speed.layout.split == "layer" else speed.rig.stages
    repeats = named("following_share", 1.0 - 1.0 / worked.batches, "", "plan")
    beside = overlapping(k, named("other_stages", stages - 1.0, "", "plan"), repeats)
    if beside.value:
        seconds = seconds / (plain(1) + beside)
    batches = named("micro_batches", worked.batches, "", "step")
    crossing = speed.crossing(worked, worked.batches * speed.demand.program.batched_tokens)
    passing = passing_seconds(k, *_exchanged(worked), _link(case, speed)) + named(
        "crossing_time", crossing, "s", "plan"
    )
    aside = _copied(case, speed, k, hosted) if brought else _hosted(case, speed, k, hosted)
    return part.take("prompt_time", k["step"] * batches + seconds + passing + aside, "s")


def _copied(case: Case, speed: Speed, k: Mapping[str, Term], hosted: Work[float]) -> Term:
    """What lies on the host is brought to the device; nothing moves in one memory."""
    if not speed.copied({name: one.value for name, one in k.items()}, hosted):
        return NOTHING
    card = speed.rig.devices[0].card
    moved = named("brought_bytes", hosted.dense + hosted.experts, "bytes", "plan")
    link = named(
        "host_link", (card.pcie if card else None) or inf, "bytes/s", "fact", case.of_place(None, INTERCONNECT)
    )
    return moved / (k["carry"] * link)


def _hosted(case: Case, speed: Speed, k: Mapping[str, Term], hosted: Work[float]) -> Term:
    """What the host computes itself."""
    return hosted_seconds(k, _work(hosted), _bandwidth(case, speed.rig.host))


def first_token(case: Case, prompt: int) -> Part | None:
    """The seconds from a prompt to the first new token."""
    speed = case.speed
    if speed is None or case.outcome.time_to_first_token(prompt) is None:
        return None
    part = Part("first_token")
    part.look_up("prompt", prompt, "tokens")
    read = _known(speed.prefilling_seconds(speed.prompt_step(prompt, 0), prompt))
    step = _known(speed.decoding_seconds(decoding(speed.demand.sized, speed.layout, prompt, speed.demand.sequences)))
    part.take("first_token", named("prompt_time", read, "s", "plan") + named("one_step", step, "s", "plan"), "s")
    return part


def _known(seconds: float | None) -> float:
    """What a part of a time that is known takes."""
    assert seconds is not None
    return seconds


def throughput(case: Case) -> Part | None:
    """What all sequences get together."""
    outcome = case.outcome
    rate = outcome.decode_at(outcome.context)
    if outcome.throughput is None or outcome.sequences == 1 or rate is None:
        return None
    part = Part("throughput")
    each = named("decode", rate.value, "tokens/s", "step")
    part.take("throughput", each * named("sequences", outcome.sequences, "", "plan"), "tokens/s")
    return part


def _told(part: Part, speed: Speed, test: Test, rate: Rate, computed: Term, most: Term) -> None:
    """The rate that is told of what was computed: corrected by one's own number, and never above what can be."""
    own = speed.fitted.own.get(test)
    if own is not None:
        computed = part.take("computed", computed, "tokens/s") * named("own_factor", own.factor, "", "plan")
    if most.value < computed.value:
        computed = called("min", min, part.take("unbounded", computed, "tokens/s"), most)
    value = part.take(part.name, computed, "tokens/s")
    for side, at in (("low", rate.low), ("high", rate.high)):
        share = named(f"{side}_share", at / rate.value, "", "fitted")
        part.take(side, value * share, "tokens/s", note=f"{speed.seen(test)} {speed.kind}")


def _roots(part: Part, where: str) -> Callable[[Term], Term]:
    """The square root of squares, each of which is a step of its own."""

    def take(term: Term) -> Term:
        squares = [one.squared for one in term.addends or (term,)]
        if any(one is None for one in squares):
            return root(term)
        steps = []
        for one in squares:
            assert one is not None
            what = "reading" if "bandwidth" in one.inputs else "computing"
            steps.append(part.take(what, one, "s", where))
        return root(added([one * one for one in steps]))

    return take


def constants(speed: Speed, test: Test, place: Place) -> dict[str, Term]:
    """The fitted constants of a place, by the engine's names."""
    k = speed.constants(test, place)
    return {name: _called(CONSTANTS, name, value, "fitted") for name, value in k.items()}


def _called(names: Mapping[str, tuple[str, str]], name: str, value: float, by: str) -> Term:
    said, unit = names.get(name, (name, ""))
    return named(said, value, unit, by)


def _work(work: Work[float]) -> Work[Term]:
    terms = {one.name: _called(WORK, one.name, getattr(work, one.name), "plan") for one in fields(Work)}
    return Work(**terms)


def _exchanged(worked: Worked) -> tuple[Term, Term]:
    return named("exchanges", worked.exchanges, "", "plan"), named("exchanged_bytes", worked.exchanged, "bytes", "plan")


def _bandwidth(case: Case, place: Place) -> Term:
    """What a datasheet says; ``place`` has one."""
    return named("bandwidth", place.bandwidth or inf, "bytes/s", "fact", case.of_place(place, BANDWIDTH))


def _compute(case: Case, speed: Speed, place: Place) -> Term:
    return named("compute_rate", speed.rate_of(place) or inf, "FLOP/s", "fact", case.of_place(place, COMPUTE))


def _fed(case: Case, part: Part, place: Place, what: str, rate: Term) -> Term:
    """Of a rate what memory feeds, a step of its own; a rate that nobody states takes no time."""
    if rate.value == inf:
        return rate
    return part.take(what, fed(rate, plain(BALANCE) * _bandwidth(case, place), root), "FLOP/s", place.name)


def _link(case: Case, speed: Speed) -> Term:
    return named("link", speed.link(), "bytes/s", "fact", case.of_place(None, INTERCONNECT))
