"""How are numbers and units written?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from sizing.engine.speed import Rate
from sizing.facts.units import GB, GIB, MIB, UNDISCLOSED, decimals_for, significant

UNKNOWN: Final = "未公布"
NONE: Final = "—"
RANGE: Final = re.compile(r"（[\d.,]+～[\d.,]+）")  # a speed's range, as it is written behind it
AND: Final = "、"  # between the items of a list
COMMA: Final = "，"  # between clauses


def listed(items: Iterable[str]) -> str:
    """Such as ``48 GB、64 GB``."""
    return AND.join(items)


def clauses(parts: Iterable[str]) -> str:
    """What belongs together, such as ``Q4_K_M，4K``; empty parts are left out."""
    return COMMA.join(part for part in parts if part)


def number(value: float, digits: int = 3) -> str:
    """``digits`` significant digits, whole numbers in full, thousands separated."""
    decimals = max(0, decimals_for(value, digits))
    return f"{value:,.{decimals}f}"


def rounded(value: float) -> str:
    """Two significant digits, thousands separated: what a prediction deserves."""
    return significant(value, 2)


def tick(value: float) -> str:
    """A power of ten at an axis, short: 1,000, 10 万."""
    return f"{value:,g}" if value < 1e4 else f"{value / 1e4:,g} 万"


def gib(size: float) -> str:
    """Memory that is filled, such as ``39.6 GiB``."""
    return f"{number(size / GIB)} GiB"


def mib(size: float) -> str:
    """Memory that is small, such as ``283 MiB``."""
    return f"{size / MIB:,.0f} MiB"


def gb(size: float) -> str:
    """A file's size, such as ``42.5 GB``, decimal."""
    return f"{number(size / GB)} GB"


def box(size: int) -> str:
    """Memory as the box says it, such as ``24 GB``: DRAM's gigabytes are binary."""
    return f"{size / GIB:,.0f} GB"


def count(value: float | str) -> str:
    """A number of parameters, such as ``8.03B`` or ``1.03T``."""
    if isinstance(value, str):
        return UNKNOWN
    return f"{number(value / 1e12)}T" if value >= 1e12 else f"{number(value / 1e9)}B"


def count_in_full(value: int) -> str:
    """The same with all its digits behind it."""
    return f"{count(value)}（{value:,}）"


def tokens(value: int | str) -> str:
    """A context, such as ``8K``: K is 1,024; a limit that its vendor states in thousands stays one."""
    if isinstance(value, str):
        return UNKNOWN
    if value % 1024 == 0 and value % 1000 and value < 1 << 20:
        return f"{value // 1024}K"
    return f"{value / (1 << 20):.0f}M" if value % (1 << 20) == 0 else f"{value:,}"


def at(told: str, context: int) -> str:
    """What is told of another context than a table's, such as ``9.8 GiB（4K）``."""
    return f"{told}（{tokens(context)}）"


def bandwidth(value: float | str | None) -> str:
    """Such as ``1,008 GB/s``."""
    return UNKNOWN if value is None or isinstance(value, str) else f"{value / 1e9:,.1f} GB/s".replace(".0 ", " ")


def watts(value: float | str | None) -> str:
    """Such as ``450 W``; a dash where there is nothing to state."""
    if value is None:
        return NONE
    return UNKNOWN if isinstance(value, str) else f"{value:g} W"


def tflops(value: float | str | None) -> str:
    """Such as ``165 TFLOPS``."""
    return UNKNOWN if value is None or isinstance(value, str) else f"{number(value / 1e12)} TFLOPS"


def rate(value: Rate | None) -> str:
    """A speed with its range, such as ``17 tok/s（15～19）``."""
    if value is None:
        return NONE
    return f"{rounded(value.value)} tok/s（{rounded(value.low)}～{rounded(value.high)}）"


def short_rate(value: Rate | None) -> str:
    """A speed with its range, without the unit, for a column that states it."""
    return NONE if value is None else f"{rounded(value.value)}（{rounded(value.low)}～{rounded(value.high)}）"


def seconds(value: float | None) -> str:
    """Such as ``3.2 秒`` or ``4 分钟``."""
    if value is None:
        return NONE
    return f"{rounded(value)} 秒" if value < 120 else f"{rounded(value / 60)} 分钟"


def disclosed(value: str) -> str:
    """A text fact, or that it is undisclosed."""
    return UNKNOWN if value == UNDISCLOSED else value


def date(value: dt.date | str) -> str:
    """An ISO date."""
    return UNKNOWN if isinstance(value, str) else value.isoformat()


def percent(value: float) -> str:
    """A signed deviation, such as ``+14 %``; from twice on, as a multiple."""
    if value >= 1:
        return f"{rounded(value + 1)}\u00a0倍"
    whole = round(value * 100)
    return f"{whole:+d}\u00a0%" if whole else "0\u00a0%"


def share(value: float) -> str:
    """A share or an error, such as ``7.4 %`` or ``83 %``."""
    return f"{value * 100:.1f} %" if value < 0.1 else f"{value * 100:.0f} %"


def exact_share(value: float) -> str:
    """A small error to a hundredth of a percent, such as ``0.04 %``."""
    return f"{value * 100:.2f} %"


def times(value: float) -> str:
    """A ratio of predicted and measured, such as ``0.84 倍``."""
    return f"{rounded(value)} 倍"


def ratio(value: float) -> str:
    """A ratio in a sentence, such as ``3.6 倍``."""
    return f"{rounded(value)} 倍"


def hours(value: float) -> str:
    """Such as ``440 小时``."""
    return f"{rounded(value)} 小时"


def span(low: str, high: str) -> str:
    """From one to another, such as ``283 MiB～310 MiB``."""
    return f"{low}～{high}"
