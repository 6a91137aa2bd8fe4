"""Where does it go? Proposes placements, and asks ``memory`` what each place then holds.

All on the devices if that fits; else, where the runtime can offload, a mixture's experts go to the host layer by
layer (llama.cpp's ``--n-cpu-moe``), and last whole layers do (``-ngl``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sizing.machine import Machine
from sizing.memory import HOST, Layout, Memory, Request, hold
from sizing.sized import Sized


def on_devices(held: tuple[Memory, ...], machine: Machine, request: Request) -> bool:
    """Whether every device holds what lies there."""
    share = request.runtime.gpu_memory_utilization
    return all(m.total <= place.capacity * share for m, place in zip(held[:-1], machine.devices, strict=True))


def on_host(held: tuple[Memory, ...], machine: Machine) -> bool:
    """Whether the host does; a unified memory holds device and host together."""
    total = held[-1].total + (sum(m.total for m in held[:-1]) if machine.unified else 0)
    return total <= machine.host.capacity


def propose(s: Sized, machine: Machine, request: Request) -> tuple[Layout, bool]:
    """The best placement, and whether it runs. Where nothing runs: everything on the devices, which do not hold it."""
    whole = _on_devices(s, machine, request)

    def hold_it(layout: Layout) -> tuple[Memory, ...]:
        return hold(s, layout, request, len(machine.devices))

    held = hold_it(whole)
    if on_devices(held, machine, request) and on_host(held, machine):
        return whole, True
    if request.runtime.offload:
        for moved in _offloads(s, machine, whole):
            layout = _fewest(len(s.layers), moved, lambda x: on_devices(hold_it(x), machine, request))
            if layout is not None:
                # Moving more would only fill the host further.
                return (layout, True) if on_host(hold_it(layout), machine) else (whole, False)
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


def _offloads(s: Sized, machine: Machine, whole: Layout) -> Iterator[Callable[[int], Layout]]:
    """The ways to move ``k`` layers' worth to the host, the one that costs least first."""
    if s.experts:
        yield lambda k: _experts_moved(s, whole, k)
        whole = _experts_moved(s, whole, len(s.layers))
    yield lambda k: _layers_moved(whole, k, len(machine.devices))


def _fewest(most: int, moved: Callable[[int], Layout], fits: Callable[[Layout], bool]) -> Layout | None:
    """The layout with the fewest layers moved (1 to ``most``) that the devices hold: every move frees them."""
    if not fits(moved(most)):
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(moved(middle)) else (middle + 1, high)
    return moved(low)


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
