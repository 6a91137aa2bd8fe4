"""Where does every layer lie? A layout, and the layouts that devices and llama.cpp's options ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sizing.engine.dealing import HOST, deal
from sizing.engine.numbers import over, total
from sizing.engine.program import Program
from sizing.engine.rig import Rig
from sizing.engine.sized import Sized


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every layer and expert lies.

    Layers before the first of ``bounds`` lie on the host, each device has those from its bound to the next, and the
    experts of layers before ``experts_from`` lie on the host. With ``split`` "tensor" a place is a pipeline stage,
    whose ``ranks`` devices share each layer. ``output`` is the place of the output head.
    """

    split: str
    bounds: tuple[int, ...]
    output: int
    experts_from: int = 0
    experts_on_host: int = 0  # layers whose experts alone lie on the host
    ranks: int = 1
    shares: tuple[float, ...] = ()  # each rank's of every layer; none where they are equal

    @property
    def largest(self) -> float:
        """The share of every layer that the rank with most of it has: what the others wait for."""
        return max(self.shares) if self.shares else 1 / self.ranks

    @property
    def layers_on_host(self) -> int:
        """Layers that lie on the host whole."""
        return self.bounds[0]

    @property
    def tensor_split(self) -> tuple[int, ...]:
        """How many layers each device has, the output layer with them: what llama.cpp's ``-ts`` takes."""
        bounds = self.bounds
        return tuple([bounds[i + 1] - bounds[i] + (self.output == i) for i in range(len(bounds) - 1)])

    @property
    def layers(self) -> tuple[int, ...]:
        """For each layer a place's index, or ``HOST``."""
        bounds = self.bounds
        found = [HOST for _ in range(bounds[0])]
        for place in range(len(bounds) - 1):
            found.extend([place for _ in range(bounds[place], bounds[place + 1])])
        return tuple(found)

    @property
    def experts(self) -> tuple[int, ...]:
        """The same for each layer's routed experts; a layer without any has its own place."""
        return tuple([HOST if i < self.experts_from else place for i, place in enumerate(self.layers)])

    def routed(self, before: Sequence[int], place: int, first: int, end: int) -> int:
        """What a place that has layers ``first`` to ``end`` holds of the routed experts: their bytes or layers, by how
        much comes ``before`` each layer. The host has those of layers before ``experts_from`` too."""
        held = before[max(end, self.experts_from)]
        return held if place == HOST else held - before[max(first, self.experts_from)]

    @property
    def offloaded(self) -> bool:
        """Whether anything but what the runtime always keeps there lies on the host."""
        return self.bounds[0] > 0 or self.experts_on_host > 0

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return {
            "split": self.split,
            "layers": _named(self.layers),
            "experts": _named(self.experts),
            "output": "host" if self.output == HOST else self.output,
            "ranks": self.ranks,
            "tensor_split": None if self.split == "tensor" else list(self.tensor_split),
        }


def _named(places: Sequence[int]) -> list[int | str]:
    return ["host" if place == HOST else place for place in places]


def everything_on_devices(s: Sized, program: Program, rig: Rig, shares: tuple[float, ...] = ()) -> Layout:
    """The layout with nothing on the host; ranks have these ``shares``, or equal ones."""
    count = len(s.layers)
    if shares:
        return Layout("tensor", (0, count), 0, ranks=len(shares), shares=tuple([x / total(shares) for x in shares]))
    if program.split == "tensor":
        stages = tuple([over(stage * count, rig.stages) for stage in range(rig.stages + 1)])
        return Layout("tensor", stages, rig.stages - 1, ranks=len(rig.devices) // rig.stages)
    return Layout("layer", *deal(count, rig.capacities))


def everything_on_host(s: Sized) -> Layout:
    """The layout without a device."""
    return Layout("layer", (len(s.layers),), HOST, len(s.layers))


def as_asked(s: Sized, shares: tuple[float, ...], layers_on_device: int | None, experts_on_host: int) -> Layout:
    """llama.cpp's layout over devices of these ``shares`` for -ngl (None: all) and --n-cpu-moe."""
    count = len(s.layers)
    # -ngl counts the output layer as one more.
    bounds, output = deal(count, shares, 0 if layers_on_device is None else max(0, count + 1 - layers_on_device))
    hosted = min(experts_on_host, count) if s.experts else 0
    return Layout("layer", bounds, output, hosted, s.mixtures[max(hosted, bounds[0])] - s.mixtures[bounds[0]])
