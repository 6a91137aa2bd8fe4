"""How are the answers of searches said? Heads of their tables, and words in their cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sizing.facts.money import Money
from sizing.facts.quotes import Market

from . import facts, units
from .tables import Head

SUITED: Final[Head] = ("*机器", "内存:", "GPU 可用:", "带宽:", "*适合的模型：格式，解码（tok/s），一个回答", "参考价")
BUDGETS: Final[Head] = ("*预算", "*买什么", "*最合适的模型", "解码（tok/s）:", "*一个回答要等:", "满载功耗:")
PLATFORM: Final[Head] = ("*机器", "GPU 可用:", "带宽:")
FIRST: Final = "8K 提示词的首字延迟:"
POWER: Final = "满载功耗:"
PRICE: Final = "参考价"
WAYS: Final[Head] = ("*每天的用量（token）:", "*自己买，每月:", "*租，每月:", "*API，每月:")
QUANTIZED: Final[Head] = ("格式", "*文件大小:", "*困惑度升高:", "*解码（tok/s）:", "*放得下吗")

USES: Final = {
    "chat": "日常问答",
    "coding": "写代码",
    "documents": "读长文档",
    "agents": "智能体",
    "team": "几个人同时用",
}
BESIDE: Final = "另有 "  # before another maker's best, which one of those before it beats
NOT_FIT: Final = "没有够快的"
TOO_MUCH: Final = "一天算不完"
STALE: Final = "（旧价）"
UNMEASURED: Final = "没有实测"


def uses(machines: Iterable[str]) -> Head:
    """Over what each machine serves a use with."""
    return ("*用途", "要求", *(f"*{name}" for name in machines))


def needs(context: int, sequences: int, rate: float) -> str:
    """What a use needs, such as ``32K 上下文，每秒 15 个 token``."""
    several = f"{sequences} 路同时" if sequences > 1 else ""
    return units.clauses([f"{units.tokens(context)} 上下文", f"至少 {rate:g} tok/s", several])


def budget(most: Money, market: Market) -> str:
    """Such as ``12,000 元（约 1,780 美元）``."""
    beside = facts.beside(most, market)
    return facts.amount(most) + (f"（{beside}）" if beside else "")


def waiting(seconds: float | None) -> str:
    """How long an answer takes."""
    return units.seconds(seconds)


def day(tokens: float) -> str:
    """Tokens of a day in Chinese, such as ``100 万``."""
    return f"{tokens / 1e4:,.0f} 万"


def month(cost: Money, enough: bool, stale: bool) -> str:
    """What a month costs, and what is to be known of it."""
    if not enough:
        return TOO_MUCH
    return f"{units.rounded(cost.amount)} {facts.CURRENCIES[cost.currency]}" + (STALE if stale else "")


def loss(share: float | None) -> str:
    """By how much perplexity rises, such as ``3.8 %``."""
    return UNMEASURED if share is None else units.share(share)
