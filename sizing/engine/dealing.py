"""How does llama.cpp deal layers out to devices?

The output layer is dealt like one more layer, the last. Of all of them, ``-ngl`` stay on the devices, counted from the
output backwards; the first ones lie on the host. Each device takes a run of them in proportion to its free memory (or
to ``--tensor-split``): layer ``i`` of ``n`` goes to the first device up to which the share of the memory is above
``i / n``, so a small last device may get nothing.

Source: llama_model_base::load_tensors in src/llama-model.cpp (read 2026-11-24 in llama-cpp-python 0.3.36); the record
of devices proves it. (Where that leaves a device less than 1 GiB free, ``--fit`` deals again, which is not followed.)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sizing.engine.numbers import single

HOST: Final = -1  # its place, beside the devices' indices


@lru_cache(maxsize=4096)
def deal(layers: int, memory: tuple[float, ...], on_host: int = 0) -> tuple[tuple[int, ...], int]:
    """The first layer of each device, and the end; and the output layer's place, a device's index or ``HOST``.

    The first ``on_host`` layers stay on the host: ``-ngl`` is ``layers + 1 - on_host``. ``memory`` is what each device
    has free, in any unit.
    """
    dealt = layers + 1 - on_host if memory else 0
    if dealt <= 0:
        return (*(layers for _ in memory), layers), HOST
    starts = [on_host]
    for end in _shares(memory)[:-1]:
        taken = int(end * dealt)
        # The product may fall beside a whole number; llama.cpp compares the shares themselves.
        taken += single(taken / dealt) < end
        starts.append(on_host + taken)
    output = max(device for device, start in enumerate(starts) if start <= layers)
    return (*(min(start, layers) for start in starts), layers), output


def _shares(memory: Sequence[float]) -> list[float]:
    """Up to which share of all the memory each device reaches. In single precision, as llama.cpp computes: it decides
    where a share is a whole number of layers."""
    whole = 0.0
    sums: list[float] = []
    for one in memory:
        whole = single(whole + single(one))
        sums.append(whole)
    if whole <= 0.0:  # the system keeps all of it: nothing fits, wherever it is said to lie
        return [single((i + 1) / len(sums)) for i in range(len(sums))]
    return [single(end / whole) for end in sums]
