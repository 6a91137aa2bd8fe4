"""How does llama.cpp deal layers out to devices?

The output layer is dealt like one more layer, the last. Of all layers, ``-ngl`` stay on the devices, counted from the
output backwards; the first ones lie on the host. Each device takes a run of them in proportion to its free memory (or
to ``--tensor-split``): layer ``i`` of ``n`` goes to the first device up to which the share of the memory is above
``i / n``. Where that leaves a device less than a margin free, ``--fit`` (the default) deals again: from the last device
to the first, each takes as many layers as it holds; what is left over lies on the host.

Sources: llama_model_base::load_tensors in src/llama-model.cpp and common_params_fit_impl in common/fit.cpp (read
2026-11-24 in llama-cpp-python 0.3.36). The record of devices proves the first rule.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Final

HOST: Final = -1
MARGIN: Final = 1024 << 20  # bytes that ``--fit`` leaves free on each device (--fit-target)


def deal(layers: int, offloaded: int, memory: Sequence[float]) -> tuple[tuple[int, ...], int]:
    """Where each of ``layers`` lies, and the output layer: a device's index, or ``HOST``.

    ``offloaded`` is ``-ngl``, in which the output layer counts; ``memory`` is what each device has free, in any unit.
    """
    dealt = min(offloaded, layers + 1) if memory else 0
    first = layers + 1 - dealt
    ends = _ends(memory)

    def place(item: int) -> int:
        if item < first:
            return HOST
        at = _single((item - first) / dealt)
        return next(device for device, end in enumerate(ends) if end > at)

    return tuple(map(place, range(layers))), place(layers)


def fill(layers: int, devices: int, holds: Callable[[int, tuple[int, ...]], bool]) -> tuple[int, ...]:
    """How many layers each device takes where ``deal`` leaves too little free; the last one's include the output layer.

    ``holds(device, counts)`` says whether a device holds its share with ``MARGIN`` to spare. Dense models only: of a
    mixture, ``--fit`` first moves experts to the host.
    """
    counts = [0] * devices
    for device in reversed(range(devices)):
        low, high = 0, layers + 1 - sum(counts)
        while low < high:
            middle = (low + high + 1) // 2
            counts[device] = middle
            low, high = (middle, high) if holds(device, tuple(counts)) else (low, middle - 1)
        counts[device] = low
    return tuple(counts)


def _ends(memory: Sequence[float]) -> list[float]:
    """Up to which share of all the memory each device reaches."""
    total, sums = 0.0, []
    for one in memory:
        total = _single(total + _single(one))
        sums.append(total)
    return [_single(end / total) for end in sums]


def _single(value: float) -> float:
    """In single precision, as llama.cpp computes: it decides where a share is a whole number of layers."""
    rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    return rounded
