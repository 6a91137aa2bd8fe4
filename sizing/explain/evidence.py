"""What does a speed rest on? How many measured rows there are of this device and program, and of whom."""

from __future__ import annotations

from sizing.explain.case import Case
from sizing.explain.step import Part


def evidence(case: Case) -> Part | None:
    """The rows of this device with this program, and of these those of this very model."""
    speed, rows = case.speed, case.facts["rows"]
    if speed is None or rows is None:
        return None
    card = speed.rig.devices[0].card
    part = Part("evidence")
    part.look_up("seen", speed.seen("decode"), "")
    for what in ("device", "model"):
        count, sources = rows[what]
        part.look_up(f"{what}_rows", count, "rows", card.id if card else "", sources)
    return part
