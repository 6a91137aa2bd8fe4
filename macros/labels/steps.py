"""How are the steps of an explanation said in Chinese? Their names, and the numbers that their formulas take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sizing.explain.step import Step
from sizing.explain.terms import Input
from sizing.explain.written import written
from sizing.facts.units import MIB

from . import facts, plans, units
from .tables import Head

STEPS: Final[Head] = ("*步骤", "*等于", "怎么算", "出处")

PARTS: Final = {
    "model": "模型",
    "weights": "权重：参数乘以位数",
    "cache": "缓存：一层一层，一个 token 一个 token",
    "memory": "放在哪里，还剩多少",
    "decode_empty": "生成一个 token，缓存几乎是空的",
    "decode": "生成一个 token，上下文写满时",
    "throughput": "几路合计",
    "prefill": "预填充",
    "first_token": "首字延迟",
    "evidence": "速度的根据",
    "price": "价格",
}
WORDS: Final = {
    "parameters": "参数", "active": "激活参数", "embedding": "词嵌入", "attention": "注意力", "ffn": "前馈层",
    "expert": "专家", "router": "路由", "norm": "归一化", "bias": "偏置", "output": "输出层",
    "file": "文件", "weights": "权重", "bits_each": "每个的位数", "second_embedding": "另存一份的词嵌入",
    "tile_padding": "补齐", "adapters": "适配器", "beside": "文本模型以外的", "rounding": "取整", "cache": "缓存",
    "layers": "层", "token_bytes": "每个 token", "tokens": "token", "state_bytes": "一路的状态", "sequences": "路数",
    "compressed_bytes": "压缩条目", "copies": "份数", "buffers": "缓冲区", "overhead": "固定占用", "held": "占用",
    "total": "总占用", "box": "标称内存", "withheld": "系统和驱动留下的", "in_use": "别的软件占用的", "usable": "可用",
    "utilization": "利用率上限", "margin": "余量", "room": "能放", "needed": "要放", "spare": "还剩",
    "memory": "主机内存", "lies": "放的是", "one_step": "一步生成", "reserved": "操作系统留下的",
    "on_devices": "GPU 用的", "verdict": "结论", "depth": "缓存里已有",
    "reading": "读内存", "computing": "做运算", "time": "耗时", "step_time": "每步固定耗时",
    "layer_time": "每层固定耗时", "mixture_time": "每个专家层固定耗时", "state_time": "每个循环层固定耗时",
    "bandwidth": "带宽", "bandwidth_share": "带宽利用率", "scatter": "专家分散的倍数", "recall": "读缓存的倍数",
    "compute_rate": "算力", "compute_share": "算力利用率", "attention_share": "注意力的算力利用率",
    "weight_bytes": "权重", "expert_bytes": "用到的专家", "cache_bytes": "缓存", "operations": "权重运算",
    "attention_operations": "注意力运算", "mixtures": "专家层", "states": "循环层", "padding_operations": "补齐的运算",
    "mixed_streams": "混合的残差流", "streams": "每份残差流", "attention_rate": "注意力的算力",
    "fed_rate": "内存喂得上的算力", "fed_attention_rate": "内存喂得上的注意力算力",
    "verifying": "核对几个 token 的倍数", "drafted_token_time": "起草一个 token", "drafted_tokens": "一次起草",
    "drafting_time": "起草", "tokens_per_step": "一步得到",
    "tile": "补齐的倍数", "hops": "换卡次数", "hop_time": "换一次", "handovers": "交给主机的次数",
    "handover_time": "交一次", "exchanges": "交换次数", "exchange_time": "交换一次", "exchanged_bytes": "交换的字节",
    "link": "互联带宽", "link_share": "互联利用率", "crossing_time": "跨节点", "brought_bytes": "从主机搬来的",
    "host_link": "PCIe 带宽", "operations_per_byte": "每字节的运算", "overlap": "重叠", "other_stages": "其余的级",
    "following_share": "跟在后面的批", "decode_empty_time": "一步", "decode_time": "一步", "prompt_time": "读完提示词",
    "prompt": "提示词", "micro_batches": "批数", "decode_empty": "速度", "decode": "速度", "prefill": "速度",
    "computed": "算出来的", "unbounded": "不设上限时", "bandwidth_bound": "带宽的上限", "compute_bound": "算力的上限",
    "own_factor": "自己量的修正", "low": "区间的下端", "high": "区间的上端", "low_share": "下端的比例",
    "high_share": "上端的比例", "throughput": "合计", "first_token": "首字延迟", "seen": "见过多少",
    "device_rows": "这种设备的实测", "model_rows": "其中这个模型的", "offer": "报价", "amount": "单价", "count": "件数",
    "price": "合计",
}  # fmt: skip
VALUES: Final = {
    "all": "这种设备和打包方式都测过", "device": "测过这种设备，打包方式不同", "program": "只测过别的设备",
    "nothing": "没测过这个推理框架", **{verdict: word for verdict, (_, word) in plans.STATES.items()},
}  # fmt: skip
NOTES: Final = {
    "offered": "按实际分到的", "driver": "按驱动显示的", "driver_memory": "按同一厂商别的卡推断",
    "gpu_limit": "按系统允许 GPU 用的", "wired_limit": "按设定的上限", "reserved": "已扣掉系统留下的",
}  # fmt: skip
HOST: Final = "主机"
NUMBERED: Final = "{} 第 {} 张"
LIES: Final = {"layers": "第 {} 层", "experts": "第 {} 层的专家", "share": "每层的 {}", "output": "输出层"}
# Units that are written in another way than the step has them.
UNITS: Final = {"tokens": "", "bits": " bit", "": "", "tokens/s": " tok/s", "rows": " 条", "parameters": ""}


def row(step: Step, named: Callable[[str], str]) -> tuple[str, str, str, str]:
    """A step's name with its place, its value, how it is worked out, and what it stands on; ``named`` says what a
    place such as ``rtx-4090#0`` is called."""
    where = HOST if step.where == "host" else named(step.where) if step.where else ""
    return word(step.what, where), value(step.value, step.unit), written(step, said), note(step)


def word(name: str, where: str = "") -> str:
    """A step's name or a number's, such as ``读内存（RTX 4090）``."""
    bare = re.sub(r"_\d+$", "", name)
    said = WORDS.get(name) or WORDS.get(bare, bare)
    return f"{said}（{where}）" if where else said


def note(step: Step) -> str:
    """What a step stands on; nothing where its name says it."""
    if step.what == "offer":
        said = step.note.split(" ")  # of what, where, of which kind, when
        return units.clauses([facts.region(said[1]) + facts.PRICE_KINDS[said[2]], said[3]])
    return NOTES.get(step.note, "")


def said(name: str, one: Input) -> str:
    """A name with its number, such as ``带宽 1,008 GB/s``."""
    bare = name if name in WORDS else re.sub(r"_host$|_(?:[a-z0-9]+_)*[a-z0-9]+_\d+$", "", name)
    return f"{word(bare)} {value(one.value, one.unit)}"


def value(found: float | str | None, unit: str) -> str:
    """A value with its unit."""
    if found is None:
        return units.NONE
    if isinstance(found, str):
        return VALUES.get(found) or units.listed(_lying(part) for part in found.split())
    if unit == "bytes":
        if abs(found) < MIB / 10:
            return f"{found:,.0f} 字节"
        return units.gib(found) if abs(found) >= 100 * MIB else f"{units.number(found / MIB)} MiB"
    if unit == "s":
        return units.seconds(found) if found >= 1 else f"{units.number(found * 1e3)} 毫秒"
    if unit == "bytes/s":
        return units.bandwidth(found)
    if unit == "FLOP/s":
        return units.tflops(found)
    if unit == "FLOP":
        return f"{units.number(found / 1e9)} G"
    if unit == "parameters":
        return units.count(found) if found >= 1e7 else f"{found:,.0f}"
    currency, _, per = unit.partition("/")
    if currency in facts.CURRENCIES:
        return facts.figure(found, currency, per or None)
    number = f"{found:,.0f}" if found == round(found) else units.number(found)
    return number + UNITS.get(unit, f" {unit}")


def _lying(part: str) -> str:
    """What lies in a place, such as ``第 1～20 层``."""
    what, _, which = part.partition(":")
    return LIES.get(what, what).format(units.span(*which.split("-", 1)) if "-" in which else which)
