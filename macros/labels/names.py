"""What are machines, devices, formats and tests called in Chinese, where the catalog has an English name?

Product names stay as they are; the words around them do not. ``make engine`` writes `docs/assets/calculator/called.mjs`
of this table, for what pages draw: patterns are what Python and a browser read alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# What is written so, and how it is said, in this order. Machines, cards and tests, which pages draw too:
PRODUCTS: Final = (
    (r"^Laptop · (.*?) Laptop\b", r"笔记本 · \1"),
    (r"^Rig · ", "多卡机 · "),
    (r"^Any processor\b", "任意处理器（没有显卡）"),
    (r"^Server · ", "服务器 · "),
    (r"^Workstation · ", "工作站 · "),
    (r"\bAlibaba Cloud ", "阿里云 "),
    (r"\bTencent Cloud ", "腾讯云 "),
    (r"^HY90 \(行云褐蚁\)", "行云褐蚁 HY90"),
    (r"\bAscend ", "昇腾 "),
    (r", rebuilt$", "（魔改）"),
    (r", its CPU$", " 的 CPU"),
    (r", one of its two dies$", "（两个芯粒之一）"),
    (r", one of its two GPUs$", "（两个 GPU 之一）"),
    (r", one of its four GPUs$", "（四个 GPU 之一）"),
    (r", two sockets\b", "，双路"),
    (r", two (.*)$", r"（两个 \1）"),
    (r"^Socket (\w+), ", r"\1 平台，"),
    (r"(\d+)-core (CPU|GPU)", r"\1 核 \2"),
    (r" CPU, (?=\d)", " CPU、"),
    (r"\) with (\d+ GB)$", r", \1)"),
    (r", (\d+) units\b", r"，\1 个单元"),
    (r", (\d+) Xe cores\b", r"，\1 个 Xe 核"),
    (r"\b(\d+)th to (\d+)th generation Core\b", r"第 \1 到 \2 代 Core"),
    (r"(\d) and (?=\d)", r"\1、"),
    (r"^Arena text, Chinese prompts, style control$", "Arena 对战投票，中文提问"),
    (r"^Arena text, coding, style control$", "Arena 对战投票，编程"),
    (r"^Arena text, style control$", "Arena 对战投票"),
    (r"^LiveBench, mean of its categories$", "LiveBench 各类平均"),
    (r"^LiveBench, coding$", "LiveBench 编程"),
    (r"^ReLE, all seven fields$", "ReLE 七个领域"),
    (r"^(.*), run by (Artificial Analysis)$", r"\1（\2 测）"),
    (r"^Open LLM Leaderboard v2, MMLU-PRO$", "MMLU-PRO（Open LLM Leaderboard v2）"),
)
# Hosts and formats, whose names pages are given in Chinese:
_BESIDE: Final = (
    (r"\bgroups of (\d+)\b", r"每组 \1 个"),
    (r"\(experts\)", "(只量化专家)"),
    (r" dynamic$", " 动态"),
    (r", double quantization$", "，二次量化"),
    (r"^Desktop PC\b", "台式机"),
    (r"^Laptop with an? (.*?),", r"笔记本（\1）,"),
    (r"\b(\d+)(?:rd|th)-generation (Core|EPYC|Xeon)\b", r"第 \1 代 \2"),
    (r"^One-socket (.*) server\b", r"单路 \1 服务器"),
    (r"^Two-socket (.*) server\b", r"双路 \1 服务器"),
    (r"(.*) workstation\b", r"\1 工作站"),
    (r"\btwo sockets(?: of)? ?", "双路 "),
    (r"^DGX Station's Grace processor\b", "DGX Station 的 Grace 处理器"),
    (r" host (?=\()", " 主机 "),
    (r"路 (?=第)", "路"),
)
# Commas and brackets, once the words are said:
MARKS: Final = (
    (r" (?=\))", ""),
    (r", ", "，"),
    (r" ?\(([^()]+)\)(?= |$|，)", r"（\1）"),
    (r"）(?: (?=\w)|$)", "）"),
)
_WORDS: Final = tuple((re.compile(pattern, re.ASCII), said) for pattern, said in (*PRODUCTS, *_BESIDE, *MARKS))


@lru_cache(maxsize=2048)
def called(name: str) -> str:
    """A name as the site says it: "M2 (8-core GPU)" is M2（8 核 GPU）."""
    for pattern, said in _WORDS:
        name = pattern.sub(said, name)
    return name
