"""How is it told whether a plan fits?"""

from __future__ import annotations

from typing import Final

from sizing.plan import Plan

UNREADABLE: Final = "没有能读它的程序"
STUCK: Final = "跑不了"
OFFLOADED: Final = " *"  # behind the speed of what borrows the host's memory
# Between a machine and its price.
FOR: Final = "，"
BEYOND: Final = "超过模型上限"

OUTCOMES: Final = {
    "fits": "放得下",
    "tight": "刚够，没有余量",
    "offload": "要靠 CPU 卸载",
    "disk": "放不下",
    "no": "放不下",
}


def outcome(p: Plan) -> str:
    """Whether a plan fits."""
    return OUTCOMES[p.verdict or "no"]
