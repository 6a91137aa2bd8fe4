"""What can no plan be better than? Bytes and seconds that a model takes at least on a rig, without a plan of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Final

from sizing.engine.numbers import total
from sizing.engine.rig import Rig

# A format's bits say what most weights take; scales, and tensors left wider, add to it, and what makers publish in
# fewer bits is not widened. No format takes less than this share of the fewer: what cannot fit need not be sized.
LEAST: Final = 0.8


@dataclass(frozen=True, slots=True)
class Bulk:
    """A model's parameters, of which nothing is known where all are 0."""

    total: int
    active: int
    unread: int  # of embeddings, which may lie on the host without being read
    share: float  # of what is too much for the devices, read for each token: all, or so many of the experts
    native: float | None  # bits of one as published; None where that is not known


@dataclass(frozen=True, slots=True)
class Least:
    """Bytes than which a model's weights are no fewer."""

    weights: float
    token: float  # read for each token
    unread: float  # of embeddings, which may lie on the host without being read
    share: float  # of what is too much for the devices, read for each token: all, or so many of the experts

    def seconds(self, rig: Rig) -> float:
        """Seconds than which a token takes no fewer to decode: each place reads its part at its datasheet's bandwidth,
        and the host what is too much for the devices. 0 where a bandwidth is not known."""
        devices = total([inf if place.bandwidth is None else place.bandwidth for place in rig.devices])
        if rig.unified:
            return self.token / devices
        host = rig.host.bandwidth or inf
        spilled = max(0.0, self.weights - self.unread - rig.capacity) * self.share
        return spilled / host + max(0.0, self.token - spilled) / (devices + host)


NOTHING_KNOWN: Final = Least(0.0, 0.0, 0.0, 0.0)


def least(bulk: Bulk, bits: float) -> Least:
    """What a model takes at least in a format of so many bits."""
    each = min(bits, bits if bulk.native is None else bulk.native) / 8 * LEAST
    return Least(bulk.total * each, bulk.active * each, bulk.unread * each, bulk.share)
