"""What lies where, and is there room? Each place's bytes beside what it offers, the driver's share and the margin."""

from __future__ import annotations

from sizing.engine.dealing import HOST
from sizing.engine.placement import TIGHT
from sizing.explain.cited import addresses
from sizing.explain.step import Part
from sizing.explain.terms import Term, added, called, less, named, plain
from sizing.facts.entries.devices import Device
from sizing.facts.units import known
from sizing.plan import Plan


def memory(p: Plan) -> Part:
    """The bytes of each place, and their sum; on a machine also what each place has room for."""
    part, found = Part("memory"), []
    for i, place in enumerate(p.places):
        m = place.memory
        if p.machine is not None and (lies := _lies(p, i)):
            part.look_up("lies", lies, "", place.name)
        parts = (("weights", m.weights), ("cache", m.cache), ("buffers", m.buffers), ("overhead", m.overhead))
        sources = addresses(p.runtime.sources)
        terms = [named(what, size, "bytes", "plan", sources if what == "buffers" else ()) for what, size in parts]
        if m.total:
            found.append(part.take("held", added(terms), "bytes", place.name))
    part.take("total", added(found), "bytes")
    if p.machine is not None:
        _room(p, part)
    return part


def _lies(p: Plan, place: int) -> str:
    """What lies in a place: ``layers:1-20 output``, ``experts:1-36``; of ranks each layer's share, ``share:1/8``."""
    layout = p.outcome.proposal.layout
    if layout.split == "tensor":
        return "" if place == len(p.places) - 1 else f"share:1/{layout.ranks}"
    index = HOST if place == len(p.places) - 1 else place
    own = [i + 1 for i, at in enumerate(layout.layers) if at == index]
    experts = [i + 1 for i, at in enumerate(layout.experts) if at == HOST and layout.layers[i] != HOST]
    said = [f"layers:{own[0]}-{own[-1]}"] if own else []
    said += ["output"] if layout.output == index else []
    said += [f"experts:{experts[0]}-{experts[-1]}"] if index == HOST and experts and p.sized.experts else []
    return " ".join(said)


def _room(p: Plan, part: Part) -> None:
    """What each place offers, and what remains of it."""
    assert p.machine is not None
    outcome, rig = p.outcome, p.outcome.rig
    assert rig is not None
    tight = outcome.verdict == TIGHT
    needs = outcome.proposal.needs(not tight)
    for i, place in enumerate(rig.devices):
        room = _offered(p, part, i, tight)
        if p.places[i].memory.total:
            part.take("spare", less(room, named("needed", needs[i], "bytes", "plan")), "bytes", place.name)
    _host(p, part)
    part.look_up("verdict", p.verdict, "")


def _offered(p: Plan, part: Part, index: int, tight: bool) -> Term:
    """What a program may fill of a device."""
    assert p.machine is not None
    assert p.outcome.rig is not None
    program, place = p.outcome.proposal.demand.program, p.outcome.rig.devices[index]
    device = p.machine.devices[index]
    box = device.memory.box[0] if device.kind == "gpu" else p.machine.memory // len(p.machine.devices)
    own = p.machine.rig.devices[index].capacity
    limit = p.outcome.asked.wired_limit
    kept = box - (own if limit is None else limit)
    in_use = box - kept - place.capacity
    whole = named("box", box, "bytes", "fact", addresses(device.sources, "memory"))
    usable = less(whole, named("withheld", kept, "bytes", "fact", _withheld_by(p, device, own)))
    usable = less(usable, named("in_use", in_use, "bytes", "plan"))
    offered = part.take("usable", usable, "bytes", place.name, note=_why(p, device))
    if tight and program.utilization < 1:
        return part.take("room", less(offered, named("overhead", program.overhead, "bytes")), "bytes", place.name)
    taken = offered
    if program.utilization < 1:
        by = "plan" if p.outcome.asked.utilization is not None else "fact"
        taken = taken * named("utilization", program.utilization, "", by)
    margin = 0 if tight else program.margin
    taken = less(taken, named("margin", margin, "bytes", "fact", addresses(p.runtime.sources)))
    if taken.value < 0:
        taken = called("max", max, plain(0), taken)
    return part.take("room", taken, "bytes", place.name)


def _why(p: Plan, device: Device) -> str:
    """What a device's capacity stands on."""
    if device.kind == "cpu":
        return "reserved"
    if device.kind == "soc":
        return "wired_limit" if p.outcome.asked.wired_limit is not None else "gpu_limit"
    if known(device.memory.offered):
        return "offered"
    return "driver" if known(device.memory.driver) else "driver_memory"


def _withheld_by(p: Plan, device: Device, capacity: int) -> tuple[str, ...]:
    """Who says what a system keeps of a chip's memory."""
    from sizing.catalog import planner_of

    if device.kind != "soc":
        return ()
    own = [x for x in planner_of(p.model).catalog.gpu_limits if x.vendor == device.vendor]
    same = sorted(own, key=lambda x: (x.limit != capacity, abs(x.limit - capacity)))
    return addresses([x.source for x in same[:1]])


def _host(p: Plan, part: Part) -> None:
    """What the host offers; in one memory, what devices hold is its too."""
    from sizing.catalog import planner_of

    assert p.machine is not None
    assert p.outcome.rig is not None
    machine, rig, place = p.machine, p.outcome.rig, p.places[-1]
    catalog = planner_of(p.model).catalog
    entry = catalog.hosts.get((machine.entry.host if machine.entry else None) or catalog.reference_host)
    sources = () if rig.unified or entry is None else addresses(entry.sources)
    memory = named("memory", rig.host.capacity + machine.reserved, "bytes", "fact", sources)
    usable = part.take("usable", less(memory, named("reserved", machine.reserved, "bytes")), "bytes", place.name)
    if not place.memory.total:
        return
    taken = [named("held_host", place.memory.total, "bytes", "step")]
    if rig.unified:
        first = p.places[: len(rig.devices) // rig.nodes]
        taken.append(named("on_devices", sum(one.memory.total for one in first), "bytes", "plan"))
    part.take("spare", less(usable, added(taken)), "bytes", place.name)
