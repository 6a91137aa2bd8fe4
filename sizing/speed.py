"""How fast is it? Bytes moved over bandwidth, plus work over compute, plus a fixed cost, with a stated range.

Decoding reads every weight that the token uses, and the cache at that depth, once a step; the time is the sum over
the places they lie in, since the layers run one after another. Tensor parallel ranks read their shares at once and
then exchange them; what is left of the gain is measured. A prompt is worked off in micro-batches: each costs its
operations, but at least the time to read the weights it touches; what lies on the host is copied over PCIe (llama.cpp
does so from 32 tokens on).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sizing.entries import BackendFacts, Efficiency, Speedup, Spread
from sizing.machine import Machine, Place
from sizing.memory import HOST, Layout, Request
from sizing.sized import Sized
from sizing.units import UNDISCLOSED, Undisclosed

End = Literal["value", "low", "high"]  # of the speed


@dataclass(frozen=True, slots=True)
class Rate:
    """Tokens per second, with the range that four in five measurements fall into."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Speed:
    """The rates of one model in one layout on one machine."""

    sized: Sized
    layout: Layout
    machine: Machine
    request: Request

    def decode(self, depth: int) -> Rate | None:
        """Tokens/s of each sequence with ``depth`` tokens in its cache; None where a fact is undisclosed."""
        return self._rate(lambda end: self._step(depth, end), 1)

    def prefill(self, prompt: int, depth: int = 0) -> Rate | None:
        """Mean tokens/s over a prompt of ``prompt`` tokens that starts at ``depth``."""
        return self._rate(lambda end: self._prompt(prompt, depth, end), prompt)

    def time_to_first_token(self, prompt: int) -> float | None:
        """Seconds until the first new token: the prompt, then one step."""
        first, step = self._prompt(prompt, 0, "value"), self._step(prompt, "value")
        return None if first is None or step is None else first + step

    def unknown(self) -> tuple[str, ...]:
        """The facts whose absence makes a rate None."""
        runtime, missing = self.request.runtime, []
        for place in self.machine.devices:
            assert place.device is not None
            if place.bandwidth is None:
                missing.append(f"{place.device.id}.bandwidth")
            facts = self._backend(place)
            if facts is not None and place.device.rate(facts.of.type, facts.of.accumulate) is None:
                missing.append(f"{place.device.id}.compute.{facts.of.type}")
            if facts is not None and self._efficiency(place).compute_efficiency == UNDISCLOSED:
                missing.append(f"{runtime.id}.{self.request.backend}.compute_efficiency")
        if self.layout.offloaded and self._backend(self.machine.host) is None:
            missing.append(f"{runtime.id}.cpu")
        return tuple(dict.fromkeys(missing))

    def _rate(self, seconds: Callable[[End], float | None], tokens: int) -> Rate | None:
        best, middle, worst = seconds("high"), seconds("value"), seconds("low")
        if best is None or middle is None or worst is None:
            return None
        return Rate(tokens / middle, tokens / worst, tokens / best)

    def _backend(self, place: Place) -> BackendFacts | None:
        return self.request.runtime.backends.get("cpu" if place.is_host else self.request.backend)

    def _efficiency(self, place: Place) -> Efficiency:
        """The figures for this place's kind of memory."""
        facts = self._backend(place)
        assert facts is not None
        hbm = place.device is not None and place.device.memory.type.startswith("HBM")
        return facts.hbm if hbm and facts.hbm else facts

    def _read(self, place: Place, bytes_: float, end: End) -> float | None:
        """Seconds to read bytes in a place."""
        if not bytes_:
            return 0.0
        facts = self._backend(place)
        if facts is None or place.bandwidth is None:
            return None
        share = _end(self._efficiency(place).bandwidth_efficiency, end)
        return bytes_ / (share * self._experts_factor(facts.moe_efficiency, end) * place.bandwidth)

    def _experts_factor(self, factor: Spread | Undisclosed, end: End) -> float:
        """What a mixture of experts loses against a dense model; nothing where nobody has measured it."""
        if not self.sized.experts or isinstance(factor, str):
            return 1.0
        return _end(factor, end)

    def _compute(self, place: Place, flops: float, end: End) -> float | None:
        """Seconds for operations on a device."""
        facts = self._backend(place)
        rate = place.device.rate(facts.of.type, facts.of.accumulate) if place.device and facts else None
        if facts is None or rate is None:
            return None
        share = self._efficiency(place).compute_efficiency
        if isinstance(share, str):
            return None
        return flops / (_end(share, end) * self._experts_factor(facts.moe_compute_efficiency, end) * rate)

    def _overhead(self, end: End) -> float:
        """Fixed seconds of one step; a slow end has a high overhead."""
        time = self._efficiency(self.machine.devices[0]).step_overhead
        return float(getattr(time, {"value": "value", "low": "high", "high": "low"}[end]))

    def _step(self, depth: int, end: End) -> float | None:
        if self.layout.split == "tensor":
            return self._tensor_step(depth, end)
        s, x, sequences = self.sized, self.layout, self.request.sequences
        share = s.expert_share(sequences)
        time = self._overhead(end)
        for i, place in enumerate(self.machine.places):
            at = HOST if place.is_host else i
            first, last = (0, x.bounds[0]) if at == HOST else (x.bounds[i], x.bounds[i + 1])
            moved = s.dense[last] - s.dense[first] + s.moved(depth, first, last) * sequences
            flops = (s.flops[last] - s.flops[first] + s.attended(depth, first, last)) * sequences
            if at == HOST:
                moved += s.expert[max(last, x.experts_from)] * share
            else:
                moved += (s.expert[max(last, x.experts_from)] - s.expert[max(first, x.experts_from)]) * share
            if x.output == at:
                moved += s.output
                flops += s.output_flops * sequences
            read = self._read(place, moved, end)
            if read is None:
                return None
            time += max(read, self._compute(place, flops, end) or 0.0)
        return time

    def _tensor_step(self, depth: int, end: End) -> float | None:
        s, ranks, sequences = self.sized, self.layout.ranks, self.request.sequences
        place, count = self.machine.devices[0], len(s.layers)
        moved = s.dense[-1] + s.expert[-1] * s.expert_share(sequences) + s.output
        read = self._read(place, moved + s.moved(depth, 0, count) * sequences, end)
        flops = s.flops[-1] + s.attended(depth, 0, count) + s.output_flops
        work = self._compute(place, flops * sequences, end)
        if read is None:
            return None
        return self._overhead(end) + max(read, work or 0.0) / _speedup(self.request.runtime.tensor_parallel, ranks, end)

    def _prompt(self, prompt: int, depth: int, end: End) -> float | None:
        s, batch = self.sized, self.request.runtime.batched_tokens
        batches = -(-prompt // batch)
        share = s.expert_share(min(prompt, batch))
        device = self.machine.devices[0]
        flops = s.output_flops + s.flops[-1] * prompt + s.attended_by_prompt(depth, prompt)
        work = self._compute(device, flops, end)
        read = self._read(device, s.dense[-1] + s.expert[-1] * share, end)
        copied = self._copied(share)
        if work is None or read is None or copied is None:
            return None
        return max(work, read * batches) / self._prompt_speedup(batches, end) + (copied + self._overhead(end)) * batches

    def _prompt_speedup(self, batches: int, end: End) -> float:
        """Of several devices: ranks share every micro-batch; split layers take one each once the first is through."""
        if self.layout.split == "tensor":
            return _speedup(self.request.runtime.tensor_parallel, self.layout.ranks, end)
        used = sum(first < last for first, last in pairwise(self.layout.bounds))
        return 1 + (_speedup(self.request.runtime.pipeline, used, end) - 1) * (1 - 1 / batches)

    def _copied(self, share: float) -> float | None:
        """Seconds to bring what lies on the host to the device for one micro-batch; nothing moves in one memory."""
        if not self.layout.offloaded or self.machine.unified:
            return 0.0
        first = self.layout.bounds[0]
        moved = self.sized.dense[first] + self.sized.expert[max(first, self.layout.experts_from)] * share
        link = self.machine.link.pcie_bandwidth if self.machine.link else None
        return None if link is None else moved / link


def _speedup(measured: Sequence[Speedup], devices: int, end: End) -> float:
    """Speed of several devices against one, between the measured counts in proportion and no more beyond them."""
    known = [(1, 1.0), *((x.cards, _end(x.speedup, end)) for x in measured)]
    for (few, slow), (many, fast) in pairwise(known):
        if few < devices <= many:
            return slow + (fast - slow) * (devices - few) / (many - few)
    return known[-1][1] if devices > known[-1][0] else 1.0


def _end(spread: Spread, end: End) -> float:
    return {"value": spread.value, "low": spread.low, "high": spread.high}[end]
