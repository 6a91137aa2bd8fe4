"""How is it told what changed in the catalog?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from . import units

WHAT: Final = {"added": "新增", "changed": "改动", "removed": "删去"}
MEASURES: Final = {
    "models": "个模型", "devices": "种设备", "machines": "台机器", "offers": "个价格", "apis": "个 API 价格",
}  # fmt: skip
FEED: Final = "目录的更新"
MORE: Final = "等"
NOTHING: Final = "还没有记录。"


def count(kind: str, number: int) -> str:
    """Such as ``19 个模型``."""
    return f"{number} {MEASURES[kind]}"


def summary(day: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """A day in a sentence, such as ``新增 19 个模型、31 台机器；改动 95 个模型``."""
    told = (
        f"{word} {units.listed(count(kind, len(ids)) for kind, ids in day[what].items())}"
        for what, word in WHAT.items()
        if day.get(what)
    )
    return "；".join(told)


def counted(word: str, kind: str, number: int, *, named: bool) -> str:
    """What a list of entries is opened by, such as ``新增 19 个模型：``."""
    return f"{word} {count(kind, number)}{'：' if named else ''}"


def feed(site: str) -> str:
    """What the feed is called."""
    return f"{site}：{FEED}"


def entry(day: str, told: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """What a day's entry is called."""
    return f"{day}：{summary(told)}"
