"""How are facts of the catalog named: vendors, kinds, prices, and where they were read?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

from sizing.errors import SizingError
from sizing.facts.entries.common import Source
from sizing.facts.entries.devices import Compute, Device
from sizing.facts.entries.formats import Loss
from sizing.facts.money import Money
from sizing.facts.quotes import Market, Quote
from sizing.model import Model

from . import keys, units

# Of machines, those that people have at home first.
KINDS: Final = {
    "desktop": "台式机",
    "laptop": "笔记本电脑",
    "workstation": "工作站",
    "server": "服务器",
    "cloud": "云端租用",
}
# What a backend is called by those who make it; others are called as they are written.
BACKENDS: Final = {
    "cuda": "CUDA", "rocm": "ROCm", "metal": "Metal", "vulkan": "Vulkan", "sycl": "SYCL", "cpu": "CPU", "musa": "MUSA",
    "cann": "CANN", "cann-310p": "CANN 310P", "dtk": "DTK", "neuware": "NeuWare", "supa": "SUPA", "corex": "CoreX",
    "xpu": "XPU", "maca": "MACA", "hpu": "HPU", "gcu": "GCU",
}  # fmt: skip
# What losses are measured by, and of what texts.
METRICS: Final = {
    "perplexity": "困惑度", "average of 4 tasks": "四项平均", "mmlu-pro": "MMLU-Pro", "gsm8k": "GSM8K",
    "openllm-v1": "Open LLM Leaderboard 1", "wikitext-2": "WikiText-2",
    "truthfulqa_mc2, arc:challenge, hellaswag, winogrande": "TruthfulQA、ARC、HellaSwag、WinoGrande",
}  # fmt: skip
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
    "stepfun": "阶跃星辰", "arcee": "Arcee", "nousresearch": "Nous Research", "upstage": "Upstage",
    "baai": "智源研究院", "nomic": "Nomic AI", "snowflake": "Snowflake", "mixedbread": "Mixedbread",
    "sentence-transformers": "Sentence Transformers", "llava": "LLaVA", "shanghai-ai-lab": "上海人工智能实验室",
    "any": "不限厂商", "baichuan": "百川智能", "orionstar": "猎户星空", "eleutherai": "EleutherAI",
    "bigcode": "BigCode", "essential-ai": "Essential AI", "inception": "Inception", "inclusionai": "蚂蚁百灵",
    "infly": "INF", "iquest": "IQuest", "jetbrains": "JetBrains", "meituan": "美团", "nanbeige": "南北阁",
    "openbmb": "面壁智能", "opengvlab": "OpenGVLab", "sarvam": "Sarvam AI", "utter-project": "UTTER",
}  # fmt: skip
PRICE_KINDS: Final = {
    "launch": "发布价", "list": "官方标价", "new": "市价", "used": "二手价", "rent": "租金",
}  # fmt: skip
# Sellers that are no names.
SELLERS: Final = {
    "a group of buyers": "团购", "a shop": "一家商店", "eBay and Amazon": "eBay 和 Amazon", "its maker": "厂商",
    "private sellers": "个人卖家", "resellers": "经销商", "shops": "商店",
    "the lowest of several shops": "多家商店中最低",
}  # fmt: skip
COVERS: Final = {"whole": "", "parts": "，整机按配件合计", "card": "，只含显卡"}
OFFERED: Final = {
    "card": "一张卡", "whole": "整机", "node": "一个节点", "part": "一件", "gigabyte": "每 GB",
}  # fmt: skip
PARTS: Final = {
    "cpu": "处理器", "board": "主板", "memory": "内存", "storage": "硬盘", "power": "电源", "case": "机箱",
    "platform": "整套平台",
}  # fmt: skip
USES: Final = {"home": "居民", "business": "商业"}
STALE: Final = "，旧价"  # too old to decide anything
BY_STALE: Final = "（按旧价）"
WHOLE: Final = 100  # of money, from here on hundredths say nothing
CURRENCIES: Final = {"USD": "美元", "CNY": "元", "EUR": "欧元"}
REGIONS: Final = {
    "US": "美国", "CN": "中国", "CN-GD": "广东", "CN-BJ": "北京", "CN-ZJ": "浙江", "EU": "欧盟", "DE": "德国",
}  # fmt: skip
# What a price is told in beside its own currency.
BESIDE: Final = {"CNY": "USD", "USD": "CNY", "EUR": "CNY"}
FILES: Final = {"gguf": "GGUF", "safetensors": "safetensors", "mlx": "MLX", "exl2": "EXL2", "exl3": "EXL3"}
SPLITS: Final = {"layer": "按层", "tensor": "张量并行"}
OFFLOAD: Final = {True: "能", False: "不能"}
HOSTED: Final = "只能在云端使用"
PROPRIETARY: Final = "专有，不公开权重"


def vendor(name: str) -> str:
    """A vendor as it is known here; one that is not, by the catalog's word for it."""
    return VENDORS.get(name, name)


def seller(name: str) -> str:
    """A seller's name, or what kind of seller it is."""
    return SELLERS.get(name, name)


def standing(device: Device) -> str:
    """Whom a device is for, and what it is where it is no graphics card, such as ``工作站，统一内存``."""
    return MARKETS[device.market] + DEVICE_KINDS[device.kind]


def compute(stated: Compute) -> str:
    """A dense rate, such as ``FP16／FP32 165.2 TFLOPS``: by the type, then by what it accumulates in."""
    kind = stated.type.upper() + (f"／{stated.accumulate.upper()}" if stated.accumulate != "undisclosed" else "")
    unit = "TOPS" if stated.type.startswith("int") else "TFLOPS"
    rate = units.UNKNOWN if isinstance(stated.rate, str) else f"{stated.rate / 1e12:,g} {unit}"
    return f"{kind} {rate}"


def of_16_bits(stated: Sequence[Compute]) -> Sequence[Compute]:
    """The rates of 16-bit numbers, which everything else is a multiple of; where none is stated, the first of any."""
    return [one for one in stated if one.type in ("fp16", "bf16")] or stated[:1]


def licence(name: str) -> str:
    """A licence by its name, as its publisher writes it; that there is none for weights that nobody publishes."""
    return PROPRIETARY if name == "proprietary" else units.disclosed(name)


def links(device: Device) -> str:
    """How a device reaches others, such as ``PCIe 5.0 x16，NVLink 900 GB/s``."""
    if device.interconnect is None:
        return units.NONE
    nvlink, bridge = device.interconnect.nvlink, device.interconnect.bridge
    joins = f"（桥接 {bridge} 张）" if bridge else ""
    further = f"NVLink {units.bandwidth(nvlink)}{joins}" if isinstance(nvlink, float) else ""
    others = [x for x in (device.interconnect.mesh, device.interconnect.fabric) if isinstance(x, float)]
    own = f"自有互联 {units.bandwidth(others[0])}" if others else ""
    return units.clauses([f"PCIe {units.disclosed(device.interconnect.pcie)}", further, own])


def loss(found: Loss, model: str) -> str:
    """What a format loses with a model, such as ``困惑度 6.46（F16 为 6.40，Llama 3 8B，WikiText-2）``."""
    metric = METRICS.get(found.metric, found.metric)
    dataset = METRICS.get(found.dataset, found.dataset)
    against = units.clauses([f"{found.base} 为 {found.base_value:g}", model, dataset if dataset != metric else ""])
    return f"{metric} {found.value:g}（{against}）"


def backend(name: str) -> str:
    """What computes, as its makers write it: ``CUDA``."""
    return BACKENDS.get(name, name)


def attention(model: Model) -> str:
    """What kind of attention decides a model's cache."""
    a = model.architecture
    if isinstance(a, str) or model.shape is None:
        return units.UNKNOWN
    first = model.shape.layers[0]
    if first.mixer == "latent" or a.kv_lora_rank:
        return "MLA"
    kind = "MHA" if first.kv_heads == first.heads else "MQA" if first.kv_heads == 1 else "GQA"
    return kind + ("＋滑动窗口" if a.sliding_window else "")


def money(quote: Quote | None, market: Market) -> str:
    """What a machine costs, in the other currency too, and where, when and what that was."""
    if quote is None:
        return units.UNKNOWN
    return f"{amount(quote.money, quote.per)}（{units.clauses([beside(quote.money, market), when(quote, market)])}）"


def amount(cost: Money, per: str | None = None) -> str:
    """Such as ``1,599 美元`` or ``每小时 6.88 美元``."""
    return figure(cost.amount, cost.currency, per)


def figure(value: float, currency: str, per: str | None = None) -> str:
    """The same of a figure in a currency that is known by its letters."""
    said = f"{value:,.0f}" if value >= WHOLE else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{'每小时 ' if per else ''}{said} {CURRENCIES[currency]}"


def beside(cost: Money, market: Market) -> str:
    """About as much in the other currency, by the newest rate; nothing where there is none."""
    try:
        other = market.exchange.put(cost, BESIDE[cost.currency])
    except SizingError:
        return ""
    return f"约 {units.number(other.amount)} {CURRENCIES[other.currency]}"


def when(quote: Quote, market: Market) -> str:
    """Where, when and what a price was."""
    stale = STALE if quote.stale(market.today) else ""
    return f"{region(quote.region)}{PRICE_KINDS[quote.kind]}，{quote.date:%Y-%m}{COVERS[quote.covers]}{stale}"


def region(code: str) -> str:
    """A region's name; its code, where it has none here."""
    return REGIONS.get(code, code)


def since(version: str) -> str:
    """Behind a command, the system that first knew it."""
    return f"（{version} 起）"


def source(read: Source) -> str:
    """When a page was read, and for what."""
    about = f"：{keys.keys(read.keys)}" if read.keys else ""
    return f"{read.read} 读取{about}{remark(read.note)}"


# What a reader is told of a note, by what stands in it: notes are written in English, for who corrects an entry.
_REMARKS: Final = {
    re.compile(r"\bquote[sd]?\b"): "转引",
    re.compile(r"\b(?:copy|copies)\b"): "转载",
    re.compile(r"[\u4e00-\u9fff]"): "{}",
}


def remark(note: str | None) -> str:
    """What a source's note says to a reader, behind all else; nothing where it is for contributors alone."""
    told = next((said for pattern, said in _REMARKS.items() if note and pattern.search(note)), "")
    return f"；{told.format(note)}" if told else ""


def sources(number: int) -> str:
    """What is written on the button that opens where something was read."""
    return "出处" if number == 1 else f"出处 {number}"


def copies(own_id: str) -> str:
    """What a button says, for those who do not see it, that copies an id."""
    return f"复制编号 {own_id}"


def address(url: str, most: int = 56) -> str:
    """An address as a reader knows it: without its scheme, its middle left out where it is long."""
    bare = unquote(url.partition("://")[2]).removeprefix("www.").rstrip("/")
    return bare if len(bare) <= most else f"{bare[: most - 20]}…{bare[-19:]}"
