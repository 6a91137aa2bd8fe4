"""How does llama.cpp deal layers out to devices?

The output layer is dealt like one more layer, the last. Of all of them, ``-ngl`` stay on the devices, counted from the
output backwards; the first ones lie on the host. Each device takes a run of them in proportion to its free memory (or
to ``--tensor-split``): layer ``i`` of ``n`` goes to the first device up to which the share of the memory is above
``i / n``, so a small last device may get nothing. Where that leaves a device less than a margin free, ``--fit`` (the
default) deals again: from the last device to the first, each takes as many layers as it holds; what is left over lies
on the host.

Sources: llama_model_base::load_tensors in src/llama-model.cpp and common_params_fit_impl in common/fit.cpp (read
2026-11-24 in llama-cpp-python 0.3.36). The record of devices proves the first rule.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Final

HOST: Final = -1
MARGIN: Final = 1024 << 20  # bytes that ``--fit`` leaves free on each device (--fit-target)


def deal(layers: int, memory: Sequence[float], on_host: int = 0) -> tuple[tuple[int, ...], int]:
    """The first layer of each device, and the end; and the output layer's place, a device's index or ``HOST``.

    The first ``on_host`` layers stay on the host: ``-ngl`` is ``layers + 1 - on_host``. ``memory`` is what each device
    has free, in any unit.
    """
    dealt = layers + 1 - on_host if memory else 0
    if dealt <= 0:
        return (layers,) * (len(memory) + 1), HOST
    starts = [on_host]
    for end in _ends(memory)[:-1]:
        taken = int(end * dealt)
        # The product may fall beside a whole number; llama.cpp compares the shares themselves.
        taken += _single(taken / dealt) < end
        starts.append(on_host + taken)
    output = max(device for device, start in enumerate(starts) if start <= layers)
    return (*(min(start, layers) for start in starts), layers), output


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
