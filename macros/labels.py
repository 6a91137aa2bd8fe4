"""How are numbers and verdicts written in Chinese? Every label and unit of the site, in one place."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

from sizing.catalog import Catalog
from sizing.engine.speed import Rate
from sizing.facts.entries.offers import Price
from sizing.facts.machine import Machine
from sizing.facts.measurements import Measurement
from sizing.facts.units import GB, GIB, MIB, UNDISCLOSED
from sizing.model import Model
from sizing.plan import Plan

UNKNOWN: Final = "未公布"
NONE: Final = "—"

VERDICTS: Final = {"holds": "成立", "holds if": "有条件成立", "fails": "不成立"}
KINDS: Final = {
    "laptop": "笔记本电脑",
    "desktop": "台式机",
    "workstation": "工作站",
    "server": "服务器",
    "cloud": "云端租用",
}
MARKETS: Final = {
    "consumer": "消费级", "laptop": "笔记本", "workstation": "工作站", "datacenter": "数据中心", "embedded": "嵌入式",
}  # fmt: skip
DEVICE_KINDS: Final = {"gpu": "", "soc": "，统一内存", "cpu": "，处理器"}
VENDORS: Final = {
    "openai": "OpenAI", "anthropic": "Anthropic", "google": "Google", "meta": "Meta", "alibaba": "阿里巴巴",
    "mistral": "Mistral", "deepseek": "深度求索", "moonshot": "月之暗面", "zai": "智谱", "apple": "Apple",
    "nvidia": "NVIDIA", "microsoft": "微软", "minimax": "MiniMax", "ai2": "Ai2", "ibm": "IBM", "tii": "TII",
    "bytedance": "字节跳动", "01ai": "零一万物", "tinyllama": "TinyLlama", "xiaomi": "小米", "baidu": "百度",
    "tencent": "腾讯", "huggingface": "Hugging Face", "liquid": "Liquid AI", "ai21": "AI21",
    "amd": "AMD", "intel": "Intel", "huawei": "华为昇腾",
    "cambricon": "寒武纪", "hygon": "海光", "moore-threads": "摩尔线程", "metax": "沐曦", "biren": "壁仞",
    "kunlunxin": "昆仑芯", "iluvatar": "天数智芯", "ampere": "Ampere", "aws": "AWS", "cix": "此芯",
    "raspberry-pi": "树莓派", "cohere": "Cohere", "lg": "LG", "poolside": "Poolside", "rednote": "小红书",
    "stepfun": "阶跃星辰", "arcee": "Arcee",
}  # fmt: skip
PRICE_KINDS: Final = {"launch": "发布价", "list": "标价", "street": "市价", "used": "二手价", "rent": "租金"}
COVERS: Final = {"whole": "", "card": "，只含显卡", "node": ""}
CURRENCIES: Final = {"USD": "美元", "CNY": "元", "EUR": "欧元"}
REGIONS: Final = {"US": "美国", "CN": "中国"}
RECORDED: Final = {
    "parameters": "参数量，对 transformers",
    "weights": "权重字节，对 llama-quantize 的每种配方",
    "cache": "缓存字节，对 llama-fit-params",
    "buffers": "缓冲区字节，对 llama-fit-params",
    "weights, devices": "各设备上的权重，同上",
    "weights, host": "这时留在主机的权重，同上",
    "cache, devices": "各设备上的缓存，同上",
    "cache, host": "这时留在主机的缓存，同上",
    "buffers, devices": "各设备上的缓冲区，同上",
    "buffers, host": "这时主机的缓冲区，同上",
    "file sizes": "公布的 GGUF 文件",
    "published caches": "日志里的缓存",
    "published buffers": "日志里的缓冲区",
    "totals": "整次运行占用的显存",
}
TARGET_WORDS: Final = {
    "parameters": "一个不差",
    "weights": "0.1 % 以内",
    "cache": "0.1 % 或 1 MiB 以内",
    "buffers": "10 % 或 32 MiB 以内",
    "weights, devices": "0.1 % 或 1 MiB 以内",
    "weights, host": "0.1 % 或 1 MiB 以内",
    "cache, devices": "0.1 % 或 1 MiB 以内",
    "cache, host": "0.1 % 或 1 MiB 以内",
    "buffers, devices": "10 % 或 32 MiB 以内",
    "buffers, host": "10 % 或 32 MiB 以内",
    "file sizes": "1 % 以内",
    "published caches": "1 % 以内",
    "published buffers": "10 % 或 32 MiB 以内",
    "totals": "5 % 以内",
}
TESTS: Final = {"decode": "生成", "prefill": "读入"}
CLASSES: Final = {
    "small": "稠密，50 亿以下", "dense": "稠密，50 亿以上", "mixture": "混合专家", "devices": "几张卡",
    "offload": "一部分在主机", "batch": "同时几路", "plain": "**单卡稠密合计**", "one": "**单卡合计**",
}  # fmt: skip
REASONS: Final = {"alone": "同代设备里只测过它", "unlike": "与同类的实测不合"}
QUALITIES: Final = {"A": "", "B": "\u00a0†"}
TERMS: Final = {
    "step": "每步", "layer": "每层", "mixture": "每个专家层另加", "state": "每个循环层另加",
    "read": "带宽利用率", "scatter": "读专家的字节，乘",
    "recall": "读缓存的字节，乘", "multiply": "算力利用率", "attend": "注意力的算力利用率", "hop": "每换一张卡",
    "exchange": "每次交换结果", "carry": "互联利用率", "handover": "每个放在主机的专家层", "overlap": "流水的重叠",
}  # fmt: skip
FILES: Final = {"gguf": "GGUF", "safetensors": "safetensors", "mlx": "MLX", "exl2": "EXL2", "exl3": "EXL3"}
SPLITS: Final = {"layer": "按层", "tensor": "张量并行"}
PUBLISHED: Final = ("file sizes", "published caches", "published buffers", "totals")  # the rest is the record's
AXES: Final = {"model": "模型", "machine": "机器", "format": "格式", "context": "上下文"}
RELATIONS: Final = {
    "about": "约", "at most": "不超过", "at least": "不少于", "above": "大于", "below": "小于",
    "fits": "放得下", "not fits": "放不下", "runs": "能运行", "not runs": "不能运行",
    "disclosed": "规模已公布", "undisclosed": "规模未公布", "open": "权重公开", "hosted": "只能在云端使用",
}  # fmt: skip
QUANTITIES: Final = {
    "parameters": "总参数", "active_parameters": "激活参数", "weights": "权重",
    "weights_per_parameter": "每十亿参数的权重",
    "cache": "缓存", "memory": "总内存", "decode": "生成速度", "prefill": "读入速度", "usable_memory": "GPU 可用内存",
    "power": "功率上限", "decode_per_compute": "每单位算力的生成速度", "decode_per_bandwidth": "每单位带宽的生成速度",
    "decode_per_price": "每块钱的生成速度",
}  # fmt: skip


def number(value: float, digits: int = 3) -> str:
    """``digits`` significant digits, whole numbers in full, thousands separated."""
    decimals = max(0, _decimals(value, digits))
    return f"{value:,.{decimals}f}"


def rounded(value: float) -> str:
    """Two significant digits, thousands separated: what a prediction deserves."""
    decimals = _decimals(value, 2)
    return f"{round(value, decimals):,.{max(0, decimals)}f}"


def _decimals(value: float, digits: int) -> int:
    """The decimals that leave ``digits`` significant digits, after rounding: 9.97 has two as 10."""
    if value == 0:
        return 0
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    return decimals - 1 if abs(round(value, decimals)) >= 10 ** (digits - decimals) else decimals


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


def tokens(value: int | str) -> str:
    """A context, such as ``8K``: K is 1,024; a limit that its vendor states in thousands stays one."""
    if isinstance(value, str):
        return UNKNOWN
    if value % 1024 == 0 and value % 1000 and value < 1 << 20:
        return f"{value // 1024}K"
    return f"{value / (1 << 20):.0f}M" if value % (1 << 20) == 0 else f"{value:,}"


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


def measured(row: Measurement) -> str:
    """A measured speed with its year, such as ``实测 111（2024）``: programs have become faster since."""
    return f"实测 {number(row.tok_s)}（{row.era[:4]}）"


def subject(catalog: Catalog, row: Measurement) -> str:
    """What a row measured: device, model, format, program and era."""
    device = cards(row.count, catalog.device(row.device).name)
    program = f"{catalog.runtime(row.runtime).name} {row.backend} {row.era}"
    return f"{device}，{catalog.model(row.model).name} {row.format}，{program}"


def cards(count: int, name: str) -> str:
    """One device, or several."""
    return f"{count} × {name}" if count > 1 else name


def conditions(row: Measurement) -> str:
    """How a row measured it, in llama-bench's words, such as ``tg128 @ d4096``: 128 tokens generated after 4,096."""
    prefill = row.test == "prefill"
    done, before = (row.prompt, row.depth) if prefill else (row.generated, max(row.depth, row.prompt or 0))
    return f"{'pp' if prefill else 'tg'}{done or ''}" + (f" @ d{before}" if before else "")


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


def attention(model: Model) -> str:
    """What kind of attention decides a model's cache."""
    a = model.architecture
    if isinstance(a, str) or model.shape is None:
        return UNKNOWN
    first = model.shape.layers[0]
    if first.mixer == "latent" or a.kv_lora_rank:
        return "MLA"
    kind = "MHA" if first.kv_heads == first.heads else "MQA" if first.kv_heads == 1 else "GQA"
    return kind + ("＋滑动窗口" if a.sliding_window else "")


def percent(value: float) -> str:
    """A signed deviation, such as ``+14 %``; from twice on, as a multiple."""
    if value >= 1:
        return f"{rounded(value + 1)}\u00a0倍"
    whole = round(value * 100)
    return f"{whole:+d}\u00a0%" if whole else "0\u00a0%"


def fit(p: Plan) -> str:
    """Whether a plan fits."""
    if p.fits:
        return "放得下"
    return "要借主机内存" if p.runs else "放不下"


def money(machine: Machine | None) -> str:
    """A machine's price with what it covers, where and when."""
    if machine is None or machine.price is None or machine.cost is None:
        return UNKNOWN
    return f"{amount(machine.price, machine.cost)}（{when(machine.price)}）"


def amount(price: Price, cost: float) -> str:
    """Such as ``1,599 美元`` or ``每小时 6.88 美元``."""
    figure = f"{cost:,.2f}".rstrip("0").rstrip(".")
    return f"{'每小时 ' if price.per else ''}{figure} {CURRENCIES[price.currency]}"


def when(price: Price) -> str:
    """Where, when and what a price was."""
    region = REGIONS.get(price.region, price.region)
    return f"{region}{PRICE_KINDS[price.kind]}，{price.date:%Y-%m}{COVERS[price.covers]}"
