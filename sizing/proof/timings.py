"""How does the fit see a measured row? Its numbers, what constants are looked up by, and whose measurement it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from sizing.engine.dealing import HOST
from sizing.engine.fitted import Attributes, Test, attributes
from sizing.engine.speed import BALANCE, attention_rate, fed, kernel_rate, link_bandwidth, stays
from sizing.engine.work import NOTHING, Work
from sizing.proof.cases import Case
from sizing.proof.sources import source_of


@dataclass(frozen=True)
class Timing:
    """A case as the fit sees it."""

    case: Case
    source: str
    device: Attributes
    host: Attributes
    numbers: Mapping[str, float]

    @property
    def pair(self) -> tuple[str, str]:
        """The device and the model."""
        return self.case.row.device, self.case.row.model

    def at(self, eras: Mapping[str, str]) -> Timing:
        """The same in the eras of ``eras``, by program, as a reader is answered."""
        own, beside = self.device, self.host
        era = eras.get(own["program"], own["era"])
        return replace(
            self,
            device={**own, "era": era},
            host={**beside, "era": eras.get(beside["program"], beside["era"])},
            numbers={**self.numbers, "attending": attending(self.case, era)},
        )


def timings_of(found: Iterable[Case], test: Test) -> list[Timing]:
    """The cases of a test whose devices' figures are disclosed."""
    return [row for case in found if case.row.test == test and (row := timing(case)) is not None]


def timing(case: Case) -> Timing | None:
    """A case as the fit sees it; None where a figure that it needs is undisclosed."""
    speed, step = case.speed, case.step
    first, host = speed.rig.devices[0], speed.rig.host
    assert first.card is not None
    program, era, mixture = speed.demand.program, case.row.era, speed.demand.sized.experts > 0
    rate = kernel_rate(first.card, program, speed.packing)
    hosted = next((w for place, w in step.places if place == HOST), NOTHING)
    working = reduce(Work.plus, (w for place, w in step.places if place != HOST), NOTHING)
    needs_rate = case.row.test == "prefill"
    if first.bandwidth is None or (hosted != NOTHING and host.bandwidth is None) or (needs_rate and rate is None):
        return None
    link, stayed = first.card.pcie, needs_rate and stays(program, speed.demand.sized, case.row.prompt or 0)
    if needs_rate and hosted != NOTHING and not stayed:
        if link is None and not speed.rig.unified:
            return None
        working = working.plus(hosted)
    numbers = {
        **{f"device.{name}": getattr(working, name) for name in Work.__slots__},
        **{f"host.{name}": getattr(hosted, name) for name in Work.__slots__},
        "bandwidth": first.bandwidth, "host_bandwidth": host.bandwidth or math.inf,
        "rate": fed(rate or math.inf, BALANCE * first.bandwidth, math.sqrt) if needs_rate else rate or math.inf,
        "attending": attending(case, era),
        "stated": first.card.rate or math.inf,
        "batches": step.batches, "hops": step.hops, "exchanges": step.exchanges, "exchanged": step.exchanged,
        "hosted": step.hosted, "link": link_bandwidth(first.card, speed.layout.ranks), "pcie": link or math.inf,
        "stayed": float(stayed), "devices": len(step.places) - (hosted != NOTHING), "seconds": case.seconds,
    }  # fmt: skip
    return Timing(
        case,
        source_of(case.row.source_url),
        attributes(program.name, era, first.card, speed.packing, mixture),
        attributes(replace(program, backend="host").name, era, host.card, speed.packing, mixture),
        numbers,
    )


def attending(case: Case, era: str) -> float:
    """The rate that the first device's attention is a share of, fed by its memory, in builds of an era."""
    speed = case.speed
    first = speed.rig.devices[0]
    assert first.card is not None
    assert first.bandwidth is not None
    rate = kernel_rate(first.card, speed.demand.program, speed.packing) or math.inf
    return fed(attention_rate(first.card, speed.demand, rate, era), BALANCE * first.bandwidth, math.sqrt)
