"""What drafts tokens ahead, and how many does a step then bring?

Something small, the model's own layers for it (MTP) or a model beside it, drafts a few tokens one after another; the
model reads them all in one step, keeps those that it would have chosen, up to the first that it would not, and adds one
of its own (Leviathan et al., 2023, section 2). How many are kept depends on what is written: no datasheet says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sizing.engine.dealing import HOST
from sizing.engine.layout import Layout
from sizing.engine.sized import Sized

MOST: Final = 16  # tokens that are drafted at once at most
ACCEPTANCE: Final = "acceptance"  # assumed: how many drafted tokens are kept, by other models or texts


@dataclass(frozen=True)
class Draft:
    """What drafts ``tokens`` tokens before each step, and how many tokens a step then brings."""

    sized: Sized
    packing: str
    tokens: int
    length: float  # tokens of a sequence that a step brings, its own one among them: from 1 to ``tokens`` + 1
    least: float  # with texts that are hard to foresee
    most: float  # with those that are easy
    assumed: bool = False  # whether others measured it; else it was given

    @property
    def acceptance(self) -> float:
        """The share of the drafted tokens that is kept, as llama.cpp and vLLM print it."""
        return (self.length - 1) / self.tokens


def beside(layout: Layout, layers: int) -> Layout:
    """Where what drafts lies: with the output head, whole; ranks share it as they share all."""
    if layout.ranks > 1:
        return Layout("tensor", (0, layers), 0, ranks=layout.ranks, shares=layout.shares)
    devices = len(layout.bounds) - 1
    if layout.output == HOST:
        return Layout("layer", tuple([layers for _ in range(devices + 1)]), HOST, layers)
    return Layout("layer", tuple([0 if i <= layout.output else layers for i in range(devices + 1)]), layout.output)
