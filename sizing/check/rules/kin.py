"""Is a figure far from its kin's? A digit or a unit too many shows beside what is of the same kind.

Kin are a vendor's devices of one architecture, the prices of one thing, and those of one model's tokens. A figure is
told where it is ``FAR`` times off the median of at least ``FEW`` others; it may be right all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final

from sizing.check.rule import Finding, Rule, Seen, at
from sizing.errors import SizingError
from sizing.facts.entries.devices import Device
from sizing.facts.entries.offers import ApiPrice, Offer
from sizing.facts.money import Money, Rates
from sizing.facts.reader import Placed
from sizing.facts.units import known, significant
from sizing.facts.yaml import Key

FEW: Final = 3
FAR: Final = 4.0
_CURRENCY: Final = "USD"  # in which prices are compared


@dataclass(frozen=True)
class _Figure:
    """A number that its kin have too, and how it is said."""

    kin: Hashable
    value: float
    said: str  # of a number
    placed: Placed
    key: Key


def _look(seen: Seen) -> Iterator[Finding]:
    figures = defaultdict(list)
    for one in (*_of_devices(seen), *_of_offers(seen), *_of_tokens(seen)):
        figures[one.kin].append(one)
    for kin in figures.values():
        for i, one in enumerate(kin):
            others = [other.value for j, other in enumerate(kin) if j != i]
            if len(others) < FEW or 1 / FAR <= one.value / median(others) <= FAR:
                continue
            yield at(
                one.placed,
                one.key,
                actual=one.said.format(significant(one.value)),
                expected=f"about {one.said.format(significant(median(others)))}, as {len(others)} of its kin have",
                tip="check the digits and the unit",
            )


def _of_devices(seen: Seen) -> Iterable[_Figure]:
    """What figures are as parts of each other: of one architecture, they grow together."""
    for device, placed in seen.entries(Device):
        types = frozenset(one.type for one in device.compute)  # a GTX 1660 lacks the tensor cores of other Turings
        kin = device.vendor, device.architecture, device.kind, types
        rates = [rate for one in device.compute if one.type in ("fp16", "bf16") and (rate := known(one.rate))]
        bandwidth, tdp, best = known(device.bandwidth), known(device.tdp or "undisclosed"), max(rates, default=None)
        if device.architecture is None:
            continue
        if bandwidth and best:
            yield _Figure(("work", *kin), best / bandwidth, "{} operations to a byte", placed, ("compute",))
        if bandwidth and device.kind == "gpu":
            reads = bandwidth / device.memory.box[0]
            yield _Figure(
                ("reads", *kin, device.memory.type),
                reads,
                "{} readings of its memory a second",
                placed,
                ("bandwidth",),
            )
        if tdp and best:
            yield _Figure(("power", *kin), best / tdp / 1e12, "{} TFLOPS to a watt", placed, ("tdp",))


def _of_offers(seen: Seen) -> Iterable[_Figure]:
    rates = Rates.of(seen.facts.rates.values())
    for offer, placed in seen.entries(Offer):
        if (paid := _in_dollars(rates, offer.amount, offer.currency)) is not None:
            kin = "offers", offer.axis, offer.of, offer.per, offer.covers
            yield _Figure(kin, paid, f"{{}} {_CURRENCY}", placed, ("amount",))


def _of_tokens(seen: Seen) -> Iterable[_Figure]:
    rates = Rates.of(seen.facts.rates.values())
    for price, placed in seen.entries(ApiPrice):
        for key, amount in (("input", price.input), ("output", price.output)):
            if paid := _in_dollars(rates, amount, price.currency):
                said = f"{{}} {_CURRENCY} a million"
                yield _Figure((key, price.model), paid, said, placed, (key,))


def _in_dollars(rates: Rates, amount: float, currency: str) -> float | None:
    try:
        return rates.put(Money(amount, currency), _CURRENCY).amount
    except SizingError:
        return None  # which nobody can compare


RULE: Final = Rule("kin", "warning", _look)
