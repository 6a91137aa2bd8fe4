"""What does the home page say?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from . import plans, units

MACHINE: Final = "机器"
HEAT: Final = "哪台机器跑得动哪个模型"
TESTS: Final = {"decode": "解码误差", "prefill": "预填充误差"}


def legend(formats: Iterable[str], context: int) -> str:
    """What the signs, the figures and the shades of the map mean."""
    states = dict.fromkeys(f"{sign} {word}" for sign, word in plans.STATES.values())
    figures = f"数字是 {units.tokens(context)} 上下文写满时每秒写出的 token"
    return f"{units.listed(states)}。{figures}，颜色越深越快；权重按 {units.listed(formats)}，点进去可以改。"


def seen(rows: int, devices: int) -> str:
    """What the errors were measured on."""
    return f"中位数，拿 {devices} 种设备的 {rows:,} 条实测检验，预测时都没见过这种设备"
