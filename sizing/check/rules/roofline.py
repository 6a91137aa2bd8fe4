"""Is a measured speed one that its device can reach? Memory reads so many bytes a second, and units compute so much.

A plain decode reads every weight that a token passes through, and computing a prompt takes two operations a weight
(https://arxiv.org/abs/2001.08361, section 2.1). What is faster was measured otherwise: with a draft, on another device,
of another model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sizing.catalog import Catalog
from sizing.check.rule import Finding, Rule, Seen
from sizing.facts.measurements import SPEEDS, Measurement
from sizing.facts.units import UNDISCLOSED, known
from sizing.plan import plan

_TIP: Final = "correct the row, or the device's figure"
_HALF: Final = ("fp16", "bf16")  # in what prompts are computed; where its rate is not stated, no limit is known


def _look(seen: Seen) -> Iterator[Finding]:
    catalog = seen.catalog
    if catalog is None:
        return
    limit_of = Limits(catalog)
    for line, row in SPEEDS.placed(seen.root):
        limit, why = limit_of.prefill(row) if row.test == "prefill" else limit_of.decode(row)
        if limit is not None and row.tok_s > limit:
            actual = f"{row.tok_s:g} tokens/s of {row.model} on {row.device}"
            yield Finding(f"catalog/{SPEEDS.file}", line, "tok_s", actual, f"at most {limit:,.1f}, {why}", _TIP)


class Limits:
    """The most tokens/s of a row, and by what; None where that is not known."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._read: dict[tuple[str, str, str], float] = {}

    def prefill(self, row: Measurement) -> tuple[float | None, str]:
        """By what the units compute, at the best of their rates."""
        device, count = self._catalog.device(row.device), self._catalog.model(row.model).parameters
        unstated = any(one.rate == UNDISCLOSED and one.type in _HALF for one in device.compute)
        best = device.best_rate
        if count is None or best is None or unstated:
            return None, ""
        return best * row.count / (2 * count.active), "which its units can compute"

    def decode(self, row: Measurement) -> tuple[float | None, str]:
        """By what the memory can read, of one sequence that lies there whole; layers on several cards read in turn."""
        bandwidth = known(self._catalog.device(row.device).bandwidth)
        if bandwidth is None or row.batch != 1 or row.host:
            return None, ""
        cards = row.count if row.split == "tensor" else 1
        return bandwidth * cards / self._bytes(row), "which its memory can read"

    def _bytes(self, row: Measurement) -> float:
        """Of weights that one token passes through."""
        key = (row.model, row.format, row.runtime)
        if key not in self._read:
            model = self._catalog.model(row.model)
            format = model.files[row.format].like if row.format in model.files else row.format
            sized = plan(model, None, format=format, context=1, runtime=row.runtime).sized
            layers = sum(one.dense + one.experts * sized.expert_share(1) for one in sized.layers)
            self._read[key] = sized.output + layers
        return self._read[key]


RULE: Final = Rule("roofline", "error", _look)
