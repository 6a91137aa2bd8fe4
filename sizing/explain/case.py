"""What is explained? An outcome of the engine, and beside it the facts that its numbers do not hold.

Facts are plain data, as ``sizing.explain.facts`` gathers them and a browser has them of what was exported:

    {"model": {"parts": [[part, parameters, of these that a token reads, numbers that are none], …],
               "sources": [address, …]},
     "format": {"parts": {part: bytes}, "sources"}, "runtime": {"sources"},
     "machine": {"devices": [{"box": bytes, "why", "limits": [[bytes, sources], …],
                              "sources": {"memory", "bandwidth", "compute", "interconnect"}}, …],   as places are
                 "reserved": bytes, "sources": of its host} or null,
     "rows": {"device": [how many, sources], "model": the same of this model} or null,
     "price": {"unit", "note", "offers": [[amount, times, note, sources], …]} or null}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sizing.engine.outcome import Outcome
from sizing.engine.rig import Place, Rig
from sizing.engine.speed import Speed

Data = Mapping[str, Any]

# Facts of a device, each of which has sources of its own.
MEMORY: Final = "memory"
BANDWIDTH: Final = "bandwidth"
COMPUTE: Final = "compute"
INTERCONNECT: Final = "interconnect"


@dataclass(frozen=True)
class Case:
    """An outcome, on a machine as it is before anything was asked of it; None for memory only."""

    outcome: Outcome
    rig: Rig | None
    facts: Data

    @property
    def speed(self) -> Speed | None:
        """How fast it is; None where it does not run."""
        return self.outcome.speed

    def of_device(self, index: int, key: str) -> Sequence[str]:
        """Where a fact of a device was read."""
        found: Sequence[str] = self.facts["machine"]["devices"][index]["sources"][key]
        return found

    def of_place(self, place: Place | None, key: str) -> Sequence[str]:
        """Where a fact of a place was read: of a device, of the first one where none is named, or of the host."""
        assert self.rig is not None
        if place is None:
            return self.of_device(0, key)
        if place.card is None and not self.rig.unified:
            return self.of_host
        alike = [
            i for i, one in enumerate(self.rig.devices) if one.card and place.card and one.card.id == place.card.id
        ]
        return self.of_device(alike[0] if alike else 0, key)

    @property
    def of_host(self) -> Sequence[str]:
        """Where the facts of a host were read."""
        found: Sequence[str] = self.facts["machine"]["sources"]
        return found

    def of(self, what: str) -> Sequence[str]:
        """Where the facts of the model, the format or the runtime were read."""
        found: Sequence[str] = self.facts[what]["sources"]
        return found
