"""How fast is it? Bytes moved over bandwidth, plus work over compute, plus fixed costs, with a stated range.

A place's time is that of its layers one after another: a fixed cost for each, and reading and computing, of which the
longer one hides most of the other. Places work one after another, and pay for what passes between them; ranks of
tensor parallelism work at once. A long prompt's micro-batches follow each other through split layers like cars on a
line. What lies on the host is copied to the device for each micro-batch of a prompt, and read where it lies to decode.

The formulas take numbers or numpy arrays: a plan and the fit (``sizing.proof.fit``) use the very same ones. What no
datasheet says are the constants of ``sizing.engine.fitted``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sizing.engine.dealing import HOST
from sizing.engine.fitted import Fitted, Test
from sizing.engine.layout import Layout
from sizing.engine.memory import Demand
from sizing.engine.rig import Card, Place, Rig
from sizing.engine.work import Step, Work, decoding, prefilling

Constants = Mapping[str, Any]

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


def decode_seconds(k: Constants, w: Any, bandwidth: Any, rate: Any) -> Any:
    """Seconds that a place takes for a step of decoding; ``rate`` in operations/s, infinite where nobody states it."""
    read = (w.dense + k["scatter"] * w.experts + k["recall"] * w.cache) / (k["read"] * bandwidth)
    return _fixed(k, w) + _longer(read, (w.flops + w.attention) / (k["multiply"] * rate))


def prefill_seconds(k: Constants, w: Any, bandwidth: Any, rate: Any) -> Any:
    """Seconds that a place takes for a prompt."""
    read = (w.dense + k["scatter"] * w.experts + w.cache) / (k["read"] * bandwidth)
    return _fixed(k, w) + _longer(read, w.flops / (k["multiply"] * rate) + w.attention / (k["attend"] * rate))


def passing_seconds(k: Constants, step: Any, link: Any) -> Any:
    """Seconds for what passes between places; ``link`` is the bandwidth among ranks in bytes/s."""
    return k["exchange"] * step.exchanges + step.exchanged / (k["carry"] * link)


def in_line(k: Constants, devices: Any, batches: Any) -> Any:
    """How many times as fast ``devices`` with split layers work off a prompt, against one after another."""
    return 1 + (devices - 1) * k["overlap"] * (1 - 1 / batches)


def _fixed(k: Constants, w: Any) -> Any:
    return k["layer"] * w.layers + k["mixture"] * w.mixtures + k["state"] * w.states


def _longer(read: Any, work: Any) -> Any:
    """Two things at once: hardly more than the longer one takes, where one is much longer."""
    return (read * read + work * work) ** 0.5


@dataclass(frozen=True, slots=True)
class Speed:
    """The rates of one model in one layout on one machine, for builds of an era; the newest, if none is named."""

    demand: Demand
    packing: str
    layout: Layout
    rig: Rig
    fitted: Fitted
    era: str | None = None

    def decode(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache; None where a fact is undisclosed."""
        step = decoding(self.demand.sized, self.layout, depth, self.demand.sequences)
        seconds = self._decoding(step)
        if seconds is None:
            return None
        return self._rate("decode", 1 / seconds, 1 / self._least(step))

    def prefill(self, prompt: int, depth: int = 0) -> Rate | None:
        """Mean tokens/s over a prompt of ``prompt`` tokens that starts at ``depth``."""
        step = self._prompt(prompt, depth)
        seconds = self._prefilling(step)
        return None if seconds is None else self._rate("prefill", prompt / seconds, prompt / self._computing(step))

    def time_to_first_token(self, prompt: int) -> float | None:
        """Seconds until the first new token: the prompt, then one step."""
        first = self._prefilling(self._prompt(prompt, 0))
        step = self._decoding(decoding(self.demand.sized, self.layout, prompt, self.demand.sequences))
        return None if first is None or step is None else first + step

    def unknown(self) -> tuple[str, ...]:
        """The facts whose absence makes a rate None."""
        missing: list[str] = []
        for place in self.rig.devices:
            assert place.card is not None
            if place.bandwidth is None:
                missing.append(f"{place.card.id}.bandwidth")
            if place.card.rate is None:
                missing.append(f"{place.card.id}.compute")
        return tuple(dict.fromkeys(missing))

    @property
    def kind(self) -> str:
        """The class of cases that this is one of, by whose residuals its range is told."""
        if self.layout.offloaded:
            return "offload"
        if self.demand.sequences > 1:
            return "batch"
        if len(self.rig.devices) > 1:
            return "devices"
        if self.demand.sized.experts:
            return "mixture"
        return "small" if self.demand.sized.total_parameters <= SMALL else "dense"

    def _rate(self, test: Test, value: float, most: float) -> Rate:
        card = self.rig.devices[0].card
        low, high = self.fitted.spread(test, self.kind, self.demand.program.name, card.id if card else "")
        value = min(value, most)
        return Rate(value, value * min(low, 1.0), min(value * max(high, 1.0), most))

    def _decoding(self, step: Step) -> float | None:
        seconds = 0.0
        for index, work in step.places:
            place = self.rig.place(index)
            if place.bandwidth is None:
                return None
            rate = place.card.rate if place.card else None
            seconds += decode_seconds(self._constants("decode", place), work, place.bandwidth, rate or math.inf)
        k = self._constants("decode", self.rig.devices[0])
        between = k["hop"] * step.hops + k["handover"] * step.hosted + passing_seconds(k, step, self._link())
        return float(k["step"] + seconds + between)

    def _prompt(self, prompt: int, depth: int) -> Step:
        return prefilling(self.demand.sized, self.layout, prompt, depth, self.demand.program.batched_tokens)

    def _prefilling(self, step: Step) -> float | None:
        hosted = sum((work for place, work in step.places if place == HOST), Work())
        on_devices = [(self.rig.places[place], work) for place, work in step.places if place != HOST]
        if not on_devices:
            return None
        seconds = 0.0
        for i, (place, work) in enumerate(on_devices):
            assert place.card is not None
            rate = place.card.rate
            if place.bandwidth is None or rate is None:
                return None
            computed = work + hosted if i == 0 else work
            seconds += prefill_seconds(self._constants("prefill", place), computed, place.bandwidth, rate)
        k = self._constants("prefill", self.rig.devices[0])
        copied = self._copied(k, hosted)
        if copied is None:
            return None
        stages = len(on_devices) if self.layout.split == "layer" else self.rig.nodes
        seconds /= in_line(k, stages, step.batches)
        return float(k["step"] * step.batches + seconds + passing_seconds(k, step, self._link()) + copied)

    def _copied(self, k: Constants, hosted: Work) -> float | None:
        """Seconds to bring what lies on the host to the device; nothing moves in one memory."""
        moved = hosted.dense + hosted.experts
        if not moved or self.rig.unified:
            return 0.0
        card = self.rig.devices[0].card
        link = card.pcie if card else None
        return None if link is None else float(moved / (k["carry"] * link))

    def _least(self, step: Step) -> float:
        """The seconds of a step in which every byte moves at the datasheet's bandwidth."""
        moved = ((w.dense + w.experts + w.cache) / (self.rig.place(i).bandwidth or math.inf) for i, w in step.places)
        return sum(moved)

    def _computing(self, step: Step) -> float:
        """The seconds of a prompt that every device computes at the best rate of its datasheet."""
        flops = sum(work.flops for _, work in step.places) * self.layout.ranks
        best = sum(place.card.best_rate for place in self.rig.devices if place.card)
        return flops / best

    def _link(self) -> float:
        """Bytes/s each way among the devices of a node."""
        return link_bandwidth(self.rig.devices[0].card)

    def _constants(self, test: Test, place: Place) -> Constants:
        own = self.demand.program
        program = f"{own.runtime}/cpu" if place.card is None and not self.rig.unified else own.name
        era = self.era or self.fitted.eras.get(program, "")
        return self.fitted.constants(test, program, era, place.card, self.packing, self.demand.sized.experts > 0)


def link_bandwidth(card: Card | None) -> float:
    """Bytes/s each way to a card's peers; infinite where there are none."""
    return (card.peers if card else None) or math.inf
