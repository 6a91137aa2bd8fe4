"""What else may a reader call it? Words that only the search reads: nicknames, and names written without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sizing.facts.entries.devices import Device

# By how an id begins: what people also call a family of models, or a chip.
_CALLED: Final = {
    "qwen": "千问 通义千问 通义 阿里",
    "qwq": "千问 通义千问 通义 阿里",
    "deepseek": "深度求索 深度搜索",
    "glm": "智谱 智谱清言 清言",
    "chatglm": "智谱 智谱清言 清言",
    "kimi": "月之暗面 Moonshot",
    "hunyuan": "混元 腾讯混元",
    "ernie": "文心 文心一言 百度",
    "seed": "豆包 字节 字节跳动",
    "internlm": "书生 书生浦语",
    "internvl": "书生 书生万象",
    "minicpm": "面壁 面壁小钢炮",
    "baichuan": "百川",
    "yi": "零一万物 万知",
    "step": "阶跃 阶跃星辰",
    "mimo": "小米",
    "llama": "羊驼 Meta",
    "gemma": "谷歌 Google",
    "gpt-oss": "OpenAI 开源 GPT",
    "ryzen-ai-max": "Strix Halo StrixHalo 锐龙 395 AI Max",
    "gb10": "DGX Spark Digits",
    "ascend": "昇腾 华为",
}  # fmt: skip
# Words before a product's name that people leave out.
_BRANDS: Final = re.compile(r"^(?:NVIDIA|AMD|Intel|Apple|GeForce|Radeon|Instinct|Tesla|PC|Server|Rig)\b[\s·]*")
_SPACE: Final = re.compile(r"\s+")
# Words of a name that people write as one: 5060 Ti as 5060Ti, 16 GB as 16G.
_RUNS: Final = re.compile(r"\b(\d+) (Ti|SUPER|XTX?|GRE|D|S)\b")
_SIZES: Final = re.compile(r"\b(\d+) ?GB\b")


def called(own_id: str) -> list[str]:
    """Nicknames of an entry, by its id."""
    return [words for start, words in _CALLED.items() if re.match(rf"{start}(?![a-z])", own_id)]


def spellings(name: str) -> Iterator[str]:
    """A name without spaces, without its brand, and without both: ``GeForce RTX 4090`` gives ``RTX4090`` too."""
    yield _SPACE.sub("", name)
    bare = name
    while bare != (shorter := _BRANDS.sub("", bare)):
        bare = shorter
    if bare != name:
        yield bare
        yield _SPACE.sub("", bare)


def written_as_one(name: str) -> Iterator[str]:
    """Parts of a name as people write them in one: ``RTX 5060 Ti 16 GB`` gives ``5060Ti``, ``16G`` and ``16GB``."""
    yield from ("".join(found.groups()) for found in _RUNS.finditer(name))
    yield from (f"{found[1]}{unit}" for found in _SIZES.finditer(name) for unit in ("G", "GB"))


def kind(device: Device) -> list[str]:
    """What kind of device people call it: a GPU within an AMD or Intel processor is 核显."""
    inside = device.kind == "soc" and device.vendor in ("amd", "intel")
    return ["核显 集显"] if inside and device.market != "datacenter" else []


def found_by(own_id: str, name: str) -> list[str]:
    """All words that an entry is found by, beside its title."""
    return [own_id, *spellings(name), *written_as_one(name), *called(own_id)]
