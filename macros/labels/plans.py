"""How is it told whether a plan fits?"""

from __future__ import annotations

from typing import Final

from sizing.plan import Plan

UNREADABLE: Final = "没有能读它的程序"
STUCK: Final = "跑不了"
OFFLOADED: Final = " *"  # behind the speed of what borrows the host's memory
# Between the largest model that fits and its speed; between a machine and its price.
AT: Final = "："
FOR: Final = "，"
BEYOND: Final = "超过模型上限"

OUTCOMES: Final = {
    "fits": "放得下",
    "tight": "刚够，没有余量",
    "offload": "要借主机内存",
    "disk": "放不下",
    "no": "放不下",
}


def outcome(p: Plan) -> str:
    """Whether a plan fits."""
    return OUTCOMES[p.verdict or "no"]
