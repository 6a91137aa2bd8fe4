"""What does a speed rest on? How many measured rows there are of this device and program, and of whom."""

from __future__ import annotations

from urllib.parse import urlsplit

from sizing.explain.step import Part
from sizing.plan import Plan

SHOWN = 5  # sources that are named


def evidence(p: Plan) -> Part | None:
    """The rows of this device with this program, and of these those of weights packed alike and of this very model."""
    from sizing.catalog import planner_of

    speed = p.outcome.speed
    card = p.outcome.rig.devices[0].card if p.outcome.rig else None
    if speed is None or card is None:
        return None
    part, planner = Part("evidence"), planner_of(p.model)
    program = p.outcome.proposal.demand.program
    rows = [
        row
        for row in planner.catalog.measurements()
        if row.device == card.id and row.runtime == program.runtime and row.backend == program.backend
    ]
    own = [row for row in rows if row.model == p.model.id]
    part.look_up("seen", speed.seen, "")
    for what, found in (("device_rows", rows), ("model_rows", own)):
        by_source: dict[str, str] = {}
        for row in found:
            by_source.setdefault(_site(row.source_url), row.source_url)
        part.look_up(what, len(found), "rows", card.id, list(by_source.values())[:SHOWN])
    return part


def _site(url: str) -> str:
    """Whose page it is: of GitHub and the like with the owner."""
    found = urlsplit(url)
    return "/".join([found.netloc, *found.path.split("/")[1:3]])
