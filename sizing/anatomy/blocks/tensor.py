"""What is a tensor? A weight with its role, shape and count."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["embedding", "output", "norm", "bias", "attention", "ffn", "expert", "router", "mtp", "tower"]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A weight. An expert tensor is one tensor whose ``count`` is the number of experts."""

    role: str
    part: Part
    shape: tuple[int, ...]
    layer: int | None = None
    count: int = 1
    buffer: bool = False  # kept in the file, but no parameter (a router's correction bias)
    lookup: bool = False  # a token reads one row
    seeing: bool = False  # only the tokens of images use it
    mtp: bool = False  # belongs to a multi-token-prediction layer, which plain decoding does not run
    elements: int = field(init=False)  # over all ``count`` copies

    def __post_init__(self) -> None:
        object.__setattr__(self, "elements", math.prod(self.shape) * self.count)

    def of_layer(self, layer: int) -> Tensor:
        """The same in a layer; ``dataclasses.replace`` takes four times as long, and models have many tensors."""
        return Tensor(
            self.role, self.part, self.shape, layer, self.count, self.buffer, self.lookup, self.seeing, self.mtp
        )


def linear(role: str, part: Part, rows: int, columns: int, *, bias: bool = False, count: int = 1) -> Iterator[Tensor]:
    """A projection, with its bias where it has one."""
    yield Tensor(role, part, (rows, columns), count=count)
    if bias:
        yield Tensor(f"{role}.bias", "bias", (rows,), count=count)


def norm(role: str, size: int, *, buffer: bool = False) -> Tensor:
    """A norm's scale."""
    return Tensor(role, "norm", (size,), buffer=buffer)


def norms(role: str, size: int, *, bias: bool, buffer: bool = False) -> Iterator[Tensor]:
    """A norm's scale, with its bias where it centres too."""
    yield norm(role, size, buffer=buffer)
    if bias:
        yield Tensor(f"{role}.bias", "bias", (size,))
