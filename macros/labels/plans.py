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


def outcome(p: Plan) -> str:
    """Whether a plan fits."""
    if p.fits:
        return "放得下"
    return "要借主机内存" if p.runs else "放不下"
