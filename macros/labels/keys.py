"""What are a source's keys and a model's languages called in Chinese?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from . import units

# What of an entry a source supports; a key below another has the name of that one, unless it has its own.
KEYS: Final[Mapping[str, str]] = {
    "own_head": "另存的输出层", "whole_towers": "不切分的编码器",
    "released": "发售日", "announced": "发布日", "names": "别名", "name": "名称", "memory": "内存",
    "bandwidth": "带宽", "context": "上下文", "architecture": "结构", "tdp": "功率", "compute": "算力",
    "interconnect": "互联", "license": "许可", "devices": "所含设备", "native": "发布精度",
    "published": "已发布的格式", "parameters": "参数量", "capability": "计算能力", "tools": "工具调用",
    "memory.driver": "驱动显示的内存", "towers": "视觉与音频部分", "languages": "语言", "host": "主机",
    "memory_type": "内存类型", "scales": "缩放因子", "runtimes": "推理框架", "keeps": "留下的精度",
    "memory.offered": "可用内存", "network": "节点互联", "spans": "分组", "batched_tokens": "批大小",
    "mixed": "混合精度", "bpw": "每个权重的位数", "logit_rows": "输出行数", "by_memory": "按内存的默认值",
    "port": "端口", "backends": "后端", "tries_towers": "启动时试跑视觉部分",
    "card": "所在的卡", "processors": "所在的处理器",
    "slot_logits": "槽位的输出行", "unpacked": "解包的矩阵",
    "tile": "块大小", "loss": "质量损失", "expert_tokens": "专家的 token 数",
    "offload": "CPU 卸载", "experts_alone": "只卸载专家", "windows": "Windows",
    "contexts": "实测的上下文开销", "small": "小内存的默认值",
    "gpu_memory_utilization": "显存利用率", "margin_each": "每张卡的余量",
}  # fmt: skip
# The languages that many models name, in the order that readers here look for them.
LANGUAGES: Final[Mapping[str, str]] = {
    "zh": "中文", "en": "英语", "yue": "粤语", "ja": "日语", "ko": "韩语", "fr": "法语", "de": "德语",
    "es": "西班牙语", "ru": "俄语", "pt": "葡萄牙语", "it": "意大利语", "ar": "阿拉伯语", "vi": "越南语",
    "th": "泰语", "id": "印尼语", "ms": "马来语", "hi": "印地语", "tl": "菲律宾语", "my": "缅甸语", "km": "高棉语",
    "lo": "老挝语", "bn": "孟加拉语", "ur": "乌尔都语", "fa": "波斯语", "tr": "土耳其语", "he": "希伯来语",
    "nl": "荷兰语", "pl": "波兰语", "cs": "捷克语", "el": "希腊语", "ro": "罗马尼亚语", "uk": "乌克兰语",
    "sv": "瑞典语", "da": "丹麦语", "fi": "芬兰语", "hu": "匈牙利语", "bo": "藏语", "ug": "维吾尔语", "mn": "蒙古语",
    "kk": "哈萨克语",
}  # fmt: skip
_FEW: Final = 12  # languages that are shown


def keys(found: Iterable[str]) -> str:
    """What a source was read for; a key without a name here as it is."""
    return units.listed(dict.fromkeys(KEYS.get(one) or KEYS.get(one.partition(".")[0], one) for one in found))


def languages(found: Iterable[str]) -> str:
    """The languages that a model's makers name, those first that have a name here; of many a few and how many."""
    order = list(LANGUAGES)
    every = sorted(found, key=lambda code: order.index(code) if code in LANGUAGES else len(order))
    shown = units.listed(LANGUAGES.get(code, code) for code in every[:_FEW])
    return shown if len(every) <= _FEW else f"{shown}等 {len(every)} 种"
