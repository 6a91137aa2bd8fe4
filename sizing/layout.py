"""Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

All on the devices if that fits; else, where the runtime can offload, a mixture's experts go to the host layer by
layer (llama.cpp's ``--n-cpu-moe``), and last whole layers do (``-ngl``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sizing.machine import Machine
from sizing.memory import HOST, Layout, Memory, Request, hold
from sizing.sized import Sized


def within(held: tuple[Memory, ...], machine: Machine, request: Request) -> bool:
    """Whether every place holds what lies there; a unified memory also holds device and host together."""
    share = request.runtime.gpu_memory_utilization
    for memory, place in zip(held[:-1], machine.devices, strict=True):
        if memory.total > place.capacity * share:
            return False
    host = held[-1].total + (sum(m.total for m in held[:-1]) if machine.unified else 0)
    return host <= machine.host.capacity


def propose(s: Sized, machine: Machine, request: Request) -> tuple[Layout, bool]:
    """The best placement, and whether it runs. Where nothing runs: everything on the devices, which do not hold it."""
    whole = _on_devices(s, machine, request)

    def runs(layout: Layout) -> bool:
        return within(hold(s, layout, request, len(machine.devices)), machine, request)

    if runs(whole):
        return whole, True
    if request.runtime.offload:
        for layout in _offloads(s, machine, whole, runs):
            return layout, True
    return whole, False


def _on_devices(s: Sized, machine: Machine, request: Request) -> Layout:
    count = len(s.layers)
    if request.runtime.split == "tensor":
        ranks = len(machine.devices) // machine.nodes
        stages = tuple(i * machine.nodes // count for i in range(count))
        return Layout("tensor", stages, stages, max(stages), ranks)
    # llama.cpp shares layers and the output layer out in proportion to free memory.
    total = sum(place.capacity for place in machine.devices)
    ends, sofar = [], 0
    for place in machine.devices:
        sofar += place.capacity
        ends.append(sofar / total * (count + 1))
    layers = tuple(next(d for d, end in enumerate(ends) if i < end - 1e-9) for i in range(count))
    return Layout("layer", layers, layers, len(machine.devices) - 1)


def _offloads(s: Sized, machine: Machine, whole: Layout, runs: Callable[[Layout], bool]) -> Iterable[Layout]:
    """At most one layout that runs: the one that moves least."""
    if s.experts:
        moved = _fewest(len(s.layers), lambda k: _experts_moved(s, whole, k), runs)
        if moved is not None:
            yield moved
            return
        whole = _experts_moved(s, whole, len(s.layers))
    moved = _fewest(len(s.layers), lambda k: _layers_moved(whole, k, len(machine.devices)), runs)
    if moved is not None:
        yield moved


def _fewest(most: int, make: Callable[[int], Layout], runs: Callable[[Layout], bool]) -> Layout | None:
    """The layout with the fewest layers moved (1 to ``most``) that runs.

    Every move frees the devices and fills the host, so the layouts that fit the devices begin at one count; a linear
    search finds it even where the host fills up first.
    """
    for k in range(1, most + 1):
        layout = make(k)
        if runs(layout):
            return layout
    return None


def _experts_moved(s: Sized, whole: Layout, k: int) -> Layout:
    """The experts of the first ``k`` layers on the host."""
    experts = tuple(HOST if i < k and s.layers[i].experts else at for i, at in enumerate(whole.experts))
    return Layout(whole.split, whole.layers, experts, whole.output)


def _layers_moved(whole: Layout, k: int, devices: int) -> Layout:
    """The first ``k`` layers on the host, the rest shared out again over the devices in the same proportions."""
    count = len(whole.layers)
    rest = count - k
    # Stretch the original split over the layers that stay.
    kept = tuple(whole.layers[i * count // rest] for i in range(rest)) if rest else ()
    layers = (HOST,) * k + kept
    experts = tuple(HOST if e == HOST else at for e, at in zip(whole.experts, layers, strict=True))
    return Layout(whole.split, layers, experts, devices - 1 if rest else HOST)
