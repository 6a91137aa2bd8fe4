"""How is it told whether a plan fits?"""

from __future__ import annotations

from typing import Final

from sizing.plan import Plan

UNREADABLE: Final = "没有框架能读"
OFFLOADED: Final = " *"  # behind the speed of what borrows the host's memory
# Between a machine and its price.
FOR: Final = "，"
BEYOND: Final = "超过模型上限"

# Whether a plan fits: a sign, and a word.
STATES: Final = {
    "fits": ("●", "放得下"),
    "tight": ("◔", "勉强"),
    "offload": ("◐", "要卸载"),
    "disk": ("○", "放不下"),
    "no": ("○", "放不下"),
}
# The class that colours each.
STYLES: Final = {"fits": "fits", "tight": "tight", "offload": "offload", "disk": "no", "no": "no"}


def outcome(p: Plan) -> str:
    """Whether a plan fits."""
    return " ".join(STATES[p.verdict or "no"])


def style(p: Plan) -> str:
    """The class that colours whether a plan fits."""
    return STYLES[p.verdict or "no"]
