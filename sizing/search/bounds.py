"""What can no plan be better than? Bytes and seconds that a model takes at least on a machine, without a plan of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from sizing.anatomy.shape import Ngram, Shape
from sizing.facts.entries.formats import Format
from sizing.facts.machine import Machine
from sizing.model import Model

# A format's bits say what most weights take; scales, and tensors left wider, add to it, and what makers publish in
# fewer bits is not widened. No format takes less than this share of the fewer: what cannot fit need not be sized.
_LEAST: Final = 0.8


@dataclass(frozen=True, slots=True)
class Least:
    """Bytes than which a model's weights are no fewer."""

    weights: float
    token: float  # read for each token
    unread: float  # of embeddings, which may lie on the host without being read
    share: float  # of what is too much for the devices, read for each token: all, or so many of the experts

    def seconds(self, machine: Machine) -> float:
        """Seconds than which a token takes no fewer to decode: each place reads its part at its datasheet's bandwidth,
        and the host what is too much for the devices. 0 where a bandwidth is not known."""
        rig = machine.rig
        devices = sum(inf if place.bandwidth is None else place.bandwidth for place in rig.devices)
        if rig.unified:
            return self.token / devices
        host = rig.host.bandwidth or inf
        spilled = max(0.0, self.weights - self.unread - machine.capacity) * self.share
        return spilled / host + max(0.0, self.token - spilled) / (devices + host)


def least(model: Model, bits: float, formats: Mapping[str, Format]) -> Least:
    """What a model takes at least in a format of so many bits."""
    counted, shape = model.parameters, model.shape
    if counted is None or shape is None:
        return Least(0.0, 0.0, 0.0, 0.0)
    native = formats[model.native].bits if model.native in formats else bits
    each = min(bits, native) / 8 * _LEAST
    if not shape.experts.count:
        return Least(counted.total * each, counted.active * each, (counted.total - counted.active) * each, 1.0)
    unread = (shape.vocab + shape.further_rows) * max(shape.hidden, shape.embedding)
    share = 0.0 if _looks_up(shape) else shape.experts.used / (shape.experts.count + shape.experts.idle)
    return Least(counted.total * each, counted.active * each, unread * each, share)


def _looks_up(shape: Shape) -> bool:
    """Whether layers have embeddings of their own."""
    return shape.layer_input > 0 or shape.ngram != Ngram()


def fewest(found: Iterable[Least]) -> Least:
    """The one of the fewest bytes; nothing, where there is none."""
    return min(found, key=lambda one: one.weights, default=Least(0.0, 0.0, 0.0, 0.0))
