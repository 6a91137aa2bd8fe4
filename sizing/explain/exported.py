"""Which facts of those that were exported stand behind a plan that was made of them?

``sizing.export.explained`` writes them:

    {"formats": {id: sources}, "runtimes": {id: sources}, "hosts": {id: sources}, "reference_host": id,
     "devices": {id: {"why", "vendor", "sources"}}, "limits": {vendor: [[bytes, sources], …]},
     "offers": {id: [amount, note, sources]}, "rows": {"device runtime backend": [how many, sources]}}     of all
    {"parts", "sources", "formats": {id: sources},
     "bytes": {format or format/gguf: {part: bytes}}, "rows": {"device runtime backend": …}}               of a model
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sizing.engine.exported import sized_key
from sizing.engine.planned import Planned
from sizing.explain.case import Case, Data
from sizing.explain.step import Step
from sizing.explain.steps import steps


def explained(planned: Planned, asked: Data, facts: Data, model: Data) -> list[Step]:
    """The steps of a plan: of what was ``asked``, in the words of ``sizing.engine.planned``."""
    return steps(case_of(planned, asked, facts, model))


def case_of(planned: Planned, asked: Data, facts: Data, model: Data) -> Case:
    """A plan, with the facts behind it."""
    program, rig = planned.outcome.loaded.program, planned.asked.rig
    format = planned.asked.format or ""
    named = planned.outcome.loaded.encoding.id
    told = {
        "model": model,
        "format": {
            "parts": model["bytes"][sized_key(format, program.gguf)],
            "sources": model["formats"].get(named) or facts["formats"].get(named, []),
        },
        "runtime": {"sources": facts["runtimes"][program.runtime]},
        "machine": None if rig is None else _machine(planned, asked, facts),
        "rows": _rows(planned, facts, model),
        "price": planned.asked.offer and _price(planned.asked.offer, facts),
    }
    return Case(planned.outcome, rig, told)


def _machine(planned: Planned, asked: Data, facts: Data) -> Data:
    exported, rig = planned.exported, planned.asked.rig
    machine = asked["machine"]
    built = machine if machine.get("devices") is not None else exported.machines[machine["id"]]
    own = asked.get("host")
    host = built["host"] or facts["reference_host"] if own is None else own.get("id")
    return {
        "devices": [_device(unit.device, unit.box, facts) for unit in exported.units(built)],
        "reserved": exported.reserved,
        "sources": [] if rig is None or rig.unified else facts["hosts"].get(host, []),
    }


def _device(name: str, box: int, facts: Data) -> Data:
    found = facts["devices"][name]
    limits = facts["limits"].get(found["vendor"], []) if found["why"] == "gpu_limit" else []
    return {"why": found["why"], "sources": found["sources"], "box": box, "limits": limits}


def _rows(planned: Planned, facts: Data, model: Data) -> Data | None:
    rig, program = planned.outcome.rig, planned.outcome.loaded.program
    card = None if rig is None else rig.devices[0].card
    if card is None:
        return None
    key = f"{card.id} {program.runtime} {program.backend}"
    return {"device": facts["rows"].get(key, [0, []]), "model": model["rows"].get(key, [0, []])}


def _price(offer: Mapping[str, Any], facts: Data) -> Data:
    per = f"/{offer['per']}" if offer["per"] else ""
    return {
        "unit": f"{offer['currency']}{per}",
        "note": f"{offer['region']} {offer['kind']} {offer['covers']} {offer['date']}",
        "offers": [
            [facts["offers"][one["offer"]][0], one["times"], *facts["offers"][one["offer"]][1:]]
            for one in offer["parts"]
        ],
    }
