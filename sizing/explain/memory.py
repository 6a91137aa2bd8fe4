"""What lies where, and is there room? Each place's bytes beside what it offers, the driver's share and the margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sizing.engine.dealing import HOST
from sizing.engine.placement import TIGHT
from sizing.explain.case import MEMORY, Case
from sizing.explain.step import Part
from sizing.explain.terms import Term, added, called, less, named, plain


def memory(case: Case) -> Part:
    """The bytes of each place, and their sum; on a machine also what each place has room for."""
    part, found = Part("memory"), []
    for i, place in enumerate(case.outcome.places):
        m = place.memory
        if case.rig is not None and (lies := _lies(case, i)):
            part.look_up("lies", lies, "", place.name)
        parts = (("weights", m.weights), ("cache", m.cache), ("buffers", m.buffers), ("overhead", m.overhead))
        sources = case.of("runtime")
        terms = [named(what, size, "bytes", "plan", sources if what == "buffers" else ()) for what, size in parts]
        if m.total:
            found.append(part.take("held", added(terms), "bytes", place.name))
    part.take("total", added(found), "bytes")
    if case.rig is not None:
        _room(case, part)
    return part


def _lies(case: Case, place: int) -> str:
    """What lies in a place: ``layers:1-20 output``, ``experts:1-36``; of ranks each layer's share, ``share:1/8``."""
    layout, last = case.outcome.proposal.layout, len(case.outcome.places) - 1
    if layout.split == "tensor":
        return "" if place == last else f"share:1/{layout.ranks}"
    index = HOST if place == last else place
    own = [i + 1 for i, at in enumerate(layout.layers) if at == index]
    experts = [i + 1 for i, at in enumerate(layout.experts) if at == HOST and layout.layers[i] != HOST]
    said = [f"layers:{own[0]}-{own[-1]}"] if own else []
    said += ["output"] if layout.output == index else []
    mixed = index == HOST and experts and case.outcome.loaded.sized.experts
    said += [f"experts:{experts[0]}-{experts[-1]}"] if mixed else []
    return " ".join(said)


def _room(case: Case, part: Part) -> None:
    """What each place offers, and what remains of it."""
    outcome, rig = case.outcome, case.outcome.rig
    assert rig is not None
    tight = outcome.verdict == TIGHT
    needs = outcome.proposal.needs(not tight)
    for i, place in enumerate(rig.devices):
        room = _offered(case, part, i, tight)
        if outcome.places[i].memory.total:
            part.take("spare", less(room, named("needed", needs[i], "bytes", "plan")), "bytes", place.name)
    _host(case, part)
    part.look_up("verdict", outcome.verdict, "")


def _offered(case: Case, part: Part, index: int, tight: bool) -> Term:
    """What a program may fill of a device."""
    outcome, rig, before = case.outcome, case.outcome.rig, case.rig
    assert rig is not None
    assert before is not None
    program, place = outcome.proposal.demand.program, rig.devices[index]
    device, own = case.facts["machine"]["devices"][index], before.devices[index].capacity
    limit, box = outcome.asked.wired_limit, device["box"]
    kept = box - (own if limit is None else limit)
    in_use = box - kept - place.capacity
    whole = named("box", box, "bytes", "fact", case.of_device(index, MEMORY))
    usable = less(whole, named("withheld", kept, "bytes", "fact", _withheld_by(device["limits"], own)))
    usable = less(usable, named("in_use", in_use, "bytes", "plan"))
    why = "wired_limit" if device["why"] == "gpu_limit" and limit is not None else device["why"]
    offered = part.take("usable", usable, "bytes", place.name, note=why)
    if tight and program.utilization < 1:
        return part.take("room", less(offered, named("overhead", program.overhead, "bytes")), "bytes", place.name)
    taken = offered
    if program.utilization < 1:
        by = "plan" if outcome.asked.utilization is not None else "fact"
        taken = taken * named("utilization", program.utilization, "", by)
    margin = 0 if tight else program.margin
    taken = less(taken, named("margin", margin, "bytes", "fact", case.of("runtime")))
    if taken.value < 0:
        taken = called("max", max, plain(0), taken)
    return part.take("room", taken, "bytes", place.name)


def _withheld_by(limits: Sequence[Any], capacity: int) -> Sequence[str]:
    """Who says what a system keeps of a chip's memory: of those that were seen, the nearest."""
    same = sorted(limits, key=lambda one: (one[0] != capacity, abs(one[0] - capacity)))
    found: Sequence[str] = same[0][1] if same else ()
    return found


def _host(case: Case, part: Part) -> None:
    """What the host offers; in one memory, what devices hold is its too."""
    rig, places = case.outcome.rig, case.outcome.places
    assert rig is not None
    place, reserved = places[-1], case.facts["machine"]["reserved"]
    memory = named("memory", rig.host.capacity + reserved, "bytes", "fact", case.of_host)
    usable = part.take("usable", less(memory, named("reserved", reserved, "bytes")), "bytes", place.name)
    if not place.memory.total:
        return
    taken = [named("held_host", place.memory.total, "bytes", "step")]
    if rig.unified:
        first = places[: len(rig.devices) // rig.nodes]
        taken.append(named("on_devices", sum(one.memory.total for one in first), "bytes", "plan"))
    part.take("spare", less(usable, added(taken)), "bytes", place.name)
