"""What do the pages of models, devices and machines say, but for what the catalog does?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sizing.facts.machine import Machine
from sizing.facts.scores import Score
from sizing.model import Model

from . import facts, keys, names, units

KINDS: Final = {"models": "模型", "devices": "设备", "machines": "机器"}
PLAN_MODEL: Final = "用我的机器算一算"
RANK_MODELS: Final = "排出能跑的模型"
PLAN_MACHINE: Final = "选模型算一算"

PAGES: Final = "页面"
DATA: Final = "数据"

# --- headings -------------------------------------------------------------------------------------------------------

FACTS: Final = "概况"
RUNS_ON: Final = "哪些机器跑得动"
RUNS: Final = "能跑什么"
LAUNCH: Final = "启动命令"
FORMATS: Final = "各格式的大小与损失"
CACHES: Final = "上下文与 KV 缓存"
MEASURED: Final = "实测与预测"
SCORES: Final = "评测成绩"
TOKENS: Final = "API 价格"
OFFERS: Final = "价格"
HOLDERS: Final = "装着它的机器"
SOURCES: Final = "出处"

# --- facts ----------------------------------------------------------------------------------------------------------

VENDOR: Final = "厂商"
FAMILY: Final = "同系列"
RELEASED: Final = "发布"
TOTAL: Final = "总参数"
ACTIVE: Final = "激活参数"
STATED: Final = "厂商公布"
CONTEXT: Final = "上下文上限"
ATTENTION: Final = "注意力"
NATIVE: Final = "发布精度"
LICENSE: Final = "许可"
SENSES: Final = "除文字外"
USE: Final = "用途"
_EMBEDS: Final = "嵌入：把文本变成向量，不生成文字"
_SCORES: Final = "重排序：给文本打分，不生成文字"
_TELLS: Final = "填空：猜出遮住的词，不续写文字"
USES: Final = {
    "answers": _EMBEDS, "none": _EMBEDS, "pooled": _EMBEDS, "labels": _SCORES, "yes_or_no": _SCORES, "masked": _TELLS,
}  # fmt: skip
LANGUAGES: Final = "厂商列出的语言"
TOOLS: Final = "工具调用"
HUGGINGFACE: Final = "Hugging Face"
OLLAMA: Final = "Ollama"
STANDING: Final = "定位"
CHIP: Final = "架构"
PROCESSORS: Final = "所在的处理器"
MEMORY: Final = "标称内存"
MEMORY_TYPE: Final = "内存类型"
DRIVER: Final = "驱动显示"
BANDWIDTH: Final = "内存带宽"
COMPUTE: Final = "稠密算力"
POWER: Final = "功率上限"
LINKS: Final = "互联"
BACKENDS: Final = "后端"
KIND: Final = "种类"
DEVICES: Final = "设备"
USABLE: Final = "GPU 可用"
HOST: Final = "主机可用"
NETWORK: Final = "节点互联"
PRICE: Final = "价格"
ID: Final = "编号"
PERCEIVED: Final = {"vision": "看图", "audio": "听声音"}
TO_EDIT: Final = "在仓库里看这一条"
TO_REPORT: Final = "报告错误"

# --- tables ---------------------------------------------------------------------------------------------------------

ON_MACHINES: Final = ("机器", "*种类", "格式", "*总占用:", "*解码（tok/s）:", "*价格")
BY_FORMAT: Final = ("格式", "精度", "权重:", "{} 上下文总占用:", "困惑度:")
BY_MACHINE: Final = ("模型", "格式", "结论", "总占用:", "解码（tok/s）:", "首字延迟:", "最长上下文:")
MEASURED_MODEL: Final = (
    "设备", "*格式", "*推理框架", "*解码，实测:", "*解码，预测:", "解码条件",
    "*预填充，实测:", "*预填充，预测:", "预填充条件",
)  # fmt: skip
MEASURED_DEVICE: Final = ("模型", *MEASURED_MODEL[1:])
SCORED: Final = ("评测", "版本", "成绩:", "方式", "评测方", "出处")
TOKEN_PRICES: Final = ("服务商", "输入:", "命中缓存的输入:", "输出:", "日期", "出处")
OFFERED: Final = ("口径", "地区", "价格:", "包含", "日期", "卖家", "出处")
HELD: Final = ("机器", "种类", "GPU 可用:", "价格")
MODES: Final = {"thinking": "先思考", "plain": "直接答"}
# What devices are counted in.
COUNTED: Final = "{} 张"

# --- sentences ------------------------------------------------------------------------------------------------------

ON_MACHINES_NOTE: Final = (
    "能整个放进显存或统一内存、每秒至少写 {least:g} 个 token 的机器，每一类列最便宜的 {most} 台。"
    "按 {context} 上下文算；格式选质量几乎无损的里面最小的（几张卡就选最快的），放不下再选放得下的里面最精细的。"
    "括号里是速度的区间。"
)
NOTHING_RUNS: Final = "目录里没有一台机器能把它整个放进显存或统一内存，并且跑到每秒 {least:g} 个 token。"
BY_FORMAT_NOTE: Final = (
    "总占用含 KV 缓存、计算缓冲区和固定占用。困惑度一列是这种格式比未量化时高出多少，越小越好，取各次实测的平均，"
    "多半是在别的模型上测的。"
)
BY_FORMAT_APART_NOTE: Final = "总占用含计算缓冲区和固定占用。量化后检索或排序会差多少，没有可引用的实测。"
CACHES_NOTE: Final = "只列到模型自己的上限。"
MEASURED_NOTE: Final = (
    "单位 tok/s，一次一路。预测按那次实测所用版本的年份算，所以两列可以直接比；标 * 的，实测落在预测的区间之外。"
)
NUMERALS: Final = {1: "一", 2: "两"}
RUNS_NOTE: Final = (
    "每一档大小里，独立评测成绩最好的{most}个模型；放得下的排在前面，成绩好的排在前面。按 {context} 上下文算，"
    "格式选放得下的里面最精细的。标 * 的有一部分放在主机内存里。"
)
NOT_HELD: Final = "放不下的："
CONFIGURATIONS_NOTE: Final = "格子里是解码速度（tok/s）和所用的格式。"
TOKENS_NOTE: Final = "每百万 token。"
LAUNCH_NOTE: Final = "在 {machine} 上运行 {format}，{context} 上下文；算出来的摆放就写在参数里。"
NOT_EXACT: Final = "（近似：它不能完全照这份方案来）"
MORE_MEASURED: Final = "另有 {} 组，见"
ALL_SPEEDS: Final = "实测速度"
HOSTED_NOTE: Final = "权重没有公开，只能通过厂商的服务使用。"


def back(kind: str) -> str:
    """The way from an entry to all of its kind."""
    return f"‹ 全部{KINDS[kind]}"


def named(name: str) -> str:
    """What a sentence about an entry begins with."""
    return f"{name}："


def runs_on_note(least: float, most: int, context: int) -> str:
    """What the machines of a model's page are."""
    return ON_MACHINES_NOTE.format(least=least, most=most, context=units.tokens(context))


def launch_note(machine: str, format: str, context: int) -> str:
    """What a model's commands start."""
    return LAUNCH_NOTE.format(machine=machine, format=format, context=units.tokens(context))


def server(name: str, exact: bool) -> str:
    """A server, and whether what it starts is the plan."""
    return name if exact else name + NOT_EXACT


def nothing_runs(least: float) -> str:
    """That no machine holds a model."""
    return NOTHING_RUNS.format(least=least)


def runs_note(context: int, each: int) -> str:
    """What the models of a machine's page are."""
    return RUNS_NOTE.format(most=NUMERALS[each], context=units.tokens(context))


def by_format(context: int, *, answers: bool) -> Sequence[str]:
    """Over a model's sizes by format; perplexity is told of what answers alone."""
    return tuple(name.format(units.tokens(context)) for name in (BY_FORMAT if answers else BY_FORMAT[:-1]))


def caches(kinds: Iterable[str], format: str) -> Sequence[str]:
    """Over a model's caches by context, and all its memory in a format."""
    return ("上下文:", *(f"缓存，{kind}:" for kind in kinds), f"{format} 总占用:")


def configurations(names: Iterable[str]) -> Sequence[str]:
    """Over what a device runs, a column for each number or size of it."""
    return ("模型", *(f"{name}:" for name in names))


def count(number: int) -> str:
    """So many of a device."""
    return COUNTED.format(number)


def on_several(number: int) -> str:
    """Behind a model, on how many of a device it ran."""
    return f"，{count(number)}"


def rise(value: float) -> str:
    """By how much perplexity rose, such as ``+1.2 %``."""
    return f"{value:+.1%}".replace("%", "\u00a0%")


def tools(calls: bool | None) -> str:
    """Whether a model calls tools."""
    return "" if calls is None else "支持" if calls else "不支持"


def senses(found: Iterable[str]) -> str:
    """What a model perceives beside text."""
    return units.listed(PERCEIVED[one] for one in found)


def use(model: Model) -> str:
    """What a model that does not answer is for; nothing of one that does."""
    return "" if model.shape is None or model.answers else USES[model.shape.head]


def stated(model: Model) -> str:
    """A vendor's own count, and what it counts."""
    headline = model.published
    if headline is None:
        return units.NONE
    both = [units.count(headline.total), f"激活 {units.count(headline.active)}" if _known(headline.active) else ""]
    return units.clauses(both)


def _known(value: object) -> bool:
    return not isinstance(value, str)


def model_summary(model: Model, weights: str, total: str, format: str, context: int) -> str:
    """A model in a sentence, for those who look at a list of pages."""
    counts = model.parameters
    size = units.count(counts.total) if counts else units.UNKNOWN
    active = f"，激活 {units.count(counts.active)}" if counts and counts.active < counts.total * 0.9 else ""
    who = (
        f"{named(model.name)}{facts.vendor(model.vendor)}，{size} 参数{active}，上下文 {units.tokens(model.context)}。"
    )
    return who + f"{format} 权重 {weights}，{units.tokens(context)} 上下文总占用 {total}。"


def hosted_summary(model: Model) -> str:
    """A model that runs only at its vendor, in a sentence."""
    return f"{named(model.name)}{facts.vendor(model.vendor)}，{facts.HOSTED}。"


def device_summary(name: str, memory: str, bandwidth: str) -> str:
    """A device in a sentence."""
    return f"{named(name)}{memory} 内存，带宽 {bandwidth}。能跑哪些大模型、多快、多少钱，逐项算给你看。"


def machine_summary(machine: Machine, usable: str, bandwidth: str) -> str:
    """A machine in a sentence."""
    kind = facts.KINDS[machine.kind]
    name = named(names.called(machine.name))
    return f"{name}{kind}，GPU 可用内存 {usable}，带宽 {bandwidth}。能跑哪些大模型、多快、多少钱，逐项算给你看。"


def score(one: Score) -> str:
    """A score with half of its interval."""
    return f"{one.value:g}" + (f" ± {one.spread:g}" if one.spread else "")


def read_at(day: str, read_for: Iterable[str], note: str | None) -> str:
    """When a source was read, and for what."""
    told = keys.keys(read_for)
    return f"，{day} 读取" + (f"：{told}" if told else "") + facts.remark(note)


def report_title(name: str) -> str:
    """What a report of a mistake is called."""
    return f"{name} 的数据有误"
