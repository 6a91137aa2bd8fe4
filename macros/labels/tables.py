"""What stands at the head of each table? A head that ends in ``:`` is over a column of figures.

One that begins with ``*`` is over what a phone shows at once; where none does, the first few are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from . import units

Head = Sequence[str]

# --- what stands around a table of many rows --------------------------------------------------------------------------

FILTER: Final = "筛选这张表"
BY_FIGURES: Final = "按数值筛选"
FROM: Final = "从"
TO: Final = "到"
PAGES: Final = "翻页"
PREVIOUS: Final = "上一页"
NEXT: Final = "下一页"
COPY_CODE: Final = "复制这段代码"


def filter_hint(rows: int) -> str:
    """What stands in the empty field that looks for words in a table."""
    return f"在 {rows} 行里筛选"


def shown(page: int, pages: int, rows: int) -> str:
    """Which page of a table is shown."""
    return f"第 {page}／{pages} 页，共 {rows} 行"


# --- the article ----------------------------------------------------------------------------------------------------

CLOSED_MODELS: Final[Head] = ("模型", "厂商", "发布", "参数量", "上下文上限:", "本地运行")
BANDWIDTH: Final[Head] = ("机器", "带宽:", "FP16 算力:", "解码（tok/s）:", "预填充（tok/s）:")
ADVICE: Final[Head] = (
    "模型", "*总占用:", "*买：最便宜的一台", "*速度（tok/s）:", "*租：最便宜的一台", "速度（tok/s）:",
)  # fmt: skip


def open_models(formats: Sequence[str], context: int) -> Head:
    """Over parameters, sizes, and the smallest machine."""
    sizes = [f"*{f} 权重:" for f in formats]
    need = f"{formats[0]}、{units.tokens(context)} 时总占用:"
    return ("模型", "*总参数:", "*激活:", "上下文上限:", *sizes, need, "*放得下的最小机器")


def speeds(models: Iterable[str]) -> Head:
    """Over speeds of some models."""
    return tuple(f"{name}（tok/s）:" for name in models)


def precisions(context: int, machines: Iterable[str]) -> Head:
    """Over a model's size by format, and whether some machines hold it."""
    need = f"{units.tokens(context)} 时总占用:"
    first, second, *rest = (*machines, "", "")
    shown = [f"*{name}" for name in (first, second) if name]
    return ("格式", "每个参数（bit）:", "*权重（GB）:", "权重（GiB）:", f"*{need}", *shown, *filter(None, rest))


def contexts(formats: Iterable[str]) -> Head:
    """Over a model's memory as the context grows."""
    return ("上下文:", "缓存（f16）:", "缓存（q8_0）:", *(f"{f} 总占用:" for f in formats), "备注")


def caches(contexts: Iterable[int]) -> Head:
    """Over the caches of several models."""
    return ("模型", "注意力", *(f"{units.tokens(c)}:" for c in contexts))


def bandwidths(context: int) -> Head:
    """Over what bandwidth and compute decide."""
    return (*BANDWIDTH, f"{units.tokens(context)} 提示词的首字延迟:")


# --- the ledger -----------------------------------------------------------------------------------------------------

WORDS: Final[Head] = ("词", "意思", "门槛", "出处")

# --- the data -------------------------------------------------------------------------------------------------------

MODELS: Final[Head] = (
    "模型", "厂商", "*发布", "*总参数:", "*激活参数:", "注意力", "*上下文上限:", "发布精度", "许可", "出处",
)  # fmt: skip
DEVICES: Final[Head] = (
    "设备", "定位", "*发布", "*标称内存:", "驱动显示:", "*带宽:", "16 位算力", "*功率:", "互联", "出处",
)  # fmt: skip
MACHINES: Final[Head] = ("机器", "种类", "*设备", "*标称内存:", "*GPU 可用:", "带宽:", "主机可用:", "*价格", "出处")
OFFERS: Final[Head] = ("品名", "口径", "地区", "价格:", "包含", "日期", "卖家", "出处")
APIS: Final[Head] = ("模型", "服务商", "输入:", "命中缓存的输入:", "输出:", "日期", "出处")
TARIFFS: Final[Head] = ("电价", "用途", "地区", "每度:", "日期", "售电方", "出处")
RATES: Final[Head] = ("一单位", "值:", "日期", "公布者", "出处")
HOSTS: Final[Head] = ("主机", "内存类型", "内存:", "带宽:", "出处")
GPU_LIMITS: Final[Head] = ("内存:", "GPU 可用:", "占比:", "厂商", "芯片", "系统", "出处")
FORMATS: Final[Head] = ("格式", "精度", "能读的推理框架", "实测损失", "出处")
RUNTIMES: Final[Head] = (
    "推理框架", "后端", "读的文件", "几张卡怎么分", "放一部分到主机", "一次预填充 token:", "每卡固定占用:", "出处",
)  # fmt: skip
SPEEDS: Final[Head] = (
    "设备", "*模型", "*格式", "推理框架", "*解码，实测:", "*解码，预测:", "解码条件",
    "*预填充，实测:", "*预填充，预测:", "预填充条件",
)  # fmt: skip

# --- the method -----------------------------------------------------------------------------------------------------

RECORD: Final[Head] = ("比较", "条数:", "目标", "达到:", "误差中位数:", "最大的误差")
PUBLISHED: Final[Head] = ("比较", "条数:", "目标", "达到:", "其中注明原因的:", "误差中位数:", "最大的误差")
UNACCOUNTED: Final[Head] = ("设备", "推理框架", "*后端", "*条数:", "*中位数:", "*范围:")
ACCURACY: Final[Head] = (
    "测试与类别", "条数:", "设备:", "没见过\u200b这一对:", "九成以内:", "落在区间:",
    "没见过\u200b设备与来源:", "九成以内:", "落在区间:", "按大小:", "按\u200b利用率:", "加固定\u200b耗时:",
)  # fmt: skip
ACCURACY_READER: Final[Head] = (
    "测试与类别", "条数:", "设备:", "没见过\u200b新版本:", "九成以内:", "落在区间:",
    "没见过\u200b设备与来源:", "九成以内:", "落在区间:", "按大小:", "按\u200b利用率:", "加固定\u200b耗时:",
)  # fmt: skip
TOLD: Final[Head] = ("要算的", "设备:", "原来:", "九成以内:", "知道一条之后:", "九成以内:")
DRAFTS: Final[Head] = ("怎么算核对的几个 token", "实测:", "设备:", "误差:", "九成以内:")
WORST: Final[Head] = ("情形", "实测 tok/s:", "预测:", "预测／实测:", "多半因为", "出处")
CONSTANTS: Final[Head] = ("常数", "*不分框架:", "各框架", "*更细的因子:")
