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
from sizing.engine.fitted import Fitted, Test, attributes, compute_rate, fitted
from sizing.engine.memory import Layout, Request
from sizing.engine.sized import Sized
from sizing.engine.work import Step, Work, decoding, prefilling
from sizing.facts.entries.devices import Device
from sizing.facts.entries.formats import Format
from sizing.facts.machine import Machine, Place
from sizing.facts.units import known

Constants = Mapping[str, Any]

SMALL: Final = 5_000_000_000  # parameters up to which fixed costs weigh most


@dataclass(frozen=True, slots=True)
class Rate:
    """Tokens per second, with the range that four in five measurements fall into."""

    value: float
    low: float
    high: float


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

    sized: Sized
    format: Format
    layout: Layout
    machine: Machine
    request: Request
    era: str | None = None

    def decode(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache; None where a fact is undisclosed."""
        step = decoding(self.sized, self.layout, depth, self.request.sequences)
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
        step = self._decoding(decoding(self.sized, self.layout, prompt, self.request.sequences))
        return None if first is None or step is None else first + step

    def unknown(self) -> tuple[str, ...]:
        """The facts whose absence makes a rate None."""
        missing = []
        for place in self.machine.devices:
            assert place.device is not None
            if place.bandwidth is None:
                missing.append(f"{place.device.id}.bandwidth")
            if compute_rate(place.device) is None:
                missing.append(f"{place.device.id}.compute")
        return tuple(dict.fromkeys(missing))

    @property
    def kind(self) -> str:
        """The class of cases that this is one of, by whose residuals its range is told."""
        if self.layout.offloaded:
            return "offload"
        if self.request.sequences > 1:
            return "batch"
        if len(self.machine.devices) > 1:
            return "devices"
        if self.sized.experts:
            return "mixture"
        return "small" if self.sized.total_parameters <= SMALL else "dense"

    @property
    def program(self) -> str:
        """The runtime with its backend."""
        return f"{self.request.runtime.id}/{self.request.backend}"

    def _rate(self, test: Test, value: float, most: float) -> Rate:
        device = self.machine.devices[0].device
        low, high = fitted().spread(test, self.kind, self.program, device.id if device else "")
        value = min(value, most)
        return Rate(value, value * min(low, 1.0), min(value * max(high, 1.0), most))

    def _decoding(self, step: Step) -> float | None:
        seconds = 0.0
        for index, work in step.places:
            place = self.machine.places[index]
            if place.bandwidth is None:
                return None
            rate = compute_rate(place.device) if place.device else None
            seconds += decode_seconds(self._constants("decode", place), work, place.bandwidth, rate or math.inf)
        k = self._constants("decode", self.machine.devices[0])
        between = k["hop"] * step.hops + k["handover"] * step.hosted + passing_seconds(k, step, self._link())
        return float(k["step"] + seconds + between)

    def _prompt(self, prompt: int, depth: int) -> Step:
        return prefilling(self.sized, self.layout, prompt, depth, self.request.runtime.batched_tokens)

    def _prefilling(self, step: Step) -> float | None:
        hosted = sum((work for place, work in step.places if place == HOST), Work())
        on_devices = [(self.machine.places[place], work) for place, work in step.places if place != HOST]
        if not on_devices:
            return None
        seconds = 0.0
        for i, (place, work) in enumerate(on_devices):
            assert place.device is not None
            rate = compute_rate(place.device)
            if place.bandwidth is None or rate is None:
                return None
            computed = work + hosted if i == 0 else work
            seconds += prefill_seconds(self._constants("prefill", place), computed, place.bandwidth, rate)
        k = self._constants("prefill", self.machine.devices[0])
        copied = self._copied(k, hosted)
        if copied is None:
            return None
        stages = len(on_devices) if self.layout.split == "layer" else self.machine.nodes
        seconds /= in_line(k, stages, step.batches)
        return float(k["step"] * step.batches + seconds + passing_seconds(k, step, self._link()) + copied)

    def _copied(self, k: Constants, hosted: Work) -> float | None:
        """Seconds to bring what lies on the host to the device; nothing moves in one memory."""
        moved = hosted.dense + hosted.experts
        if not moved or self.machine.unified:
            return 0.0
        link = self.machine.link.pcie_bandwidth if self.machine.link else None
        return None if link is None else float(moved / (k["carry"] * link))

    def _least(self, step: Step) -> float:
        """The seconds of a step in which every byte moves at the datasheet's bandwidth."""
        moved = (
            (w.dense + w.experts + w.cache) / (self.machine.places[i].bandwidth or math.inf) for i, w in step.places
        )
        return sum(moved)

    def _computing(self, step: Step) -> float:
        """The seconds of a prompt that every device computes at the best rate of its datasheet."""
        flops = sum(work.flops for _, work in step.places) * self.layout.ranks
        best = sum(_best_rate(place.device) for place in self.machine.devices if place.device)
        return flops / best

    def _link(self) -> float:
        """Bytes/s each way among the devices of a node."""
        return link_bandwidth(self.machine.devices[0])

    def _constants(self, test: Test, place: Place) -> Constants:
        backend = "cpu" if place.is_host and not self.machine.unified else self.request.backend
        known_as = fitted()
        program = f"{self.request.runtime.id}/{backend}"
        era = self.era or known_as.eras.get(program, "")
        return _constants(
            known_as, test, self.request.runtime.id, backend, era, place, self.format, self.sized.experts > 0
        )


def _best_rate(device: Device) -> float:
    return max((rate for stated in device.compute if (rate := known(stated.rate)) is not None), default=0.0)


def link_bandwidth(place: Place) -> float:
    """Bytes/s each way to a device's peers: NVLink's total is for both ways; infinite where there are no peers."""
    joint = place.device.interconnect if place.device else None
    if joint is None:
        return math.inf
    nvlink = known(joint.nvlink)
    return nvlink / 2 if isinstance(nvlink, float) else joint.pcie_bandwidth or math.inf


_KNOWN: dict[tuple[object, ...], Constants] = {}


def _constants(
    of: Fitted, test: Test, runtime: str, backend: str, era: str, place: Place, fmt: Format, mixture: bool
) -> Constants:
    name = place.device.id if place.device else "host"
    asked = (id(of), test, runtime, backend, era, name, fmt.id, mixture)
    found = _KNOWN.get(asked)
    if found is None:
        found = _KNOWN[asked] = of.constants(test, attributes(runtime, backend, era, place, fmt, mixture))
    return found
