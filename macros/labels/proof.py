"""How are the comparisons with real tools and measurements told, and the constants that are fitted to them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sizing.engine.fitted import Near, Test

from . import speeds, units

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
    "pools": "vLLM 日志里能装的 token",
}
TARGETS: Final = {
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
    "pools": "至多多报 6 %",
}
CLASSES: Final = {
    "small": "稠密，50 亿以下", "dense": "稠密，50 亿以上", "mixture": "混合专家", "devices": "几张卡",
    "offload": "一部分在主机", "batch": "同时几路", "processor": "只用 CPU", "plain": "单卡稠密合计", "one": "单卡合计",
}  # fmt: skip
REASONS: Final = {"alone": "同代设备里只测过它", "unlike": "与同类的实测不合"}
VERIFYING: Final = {"before": "与同时几路一样快", "after": "按框架拟合，没见过这种设备"}
TERMS: Final = {
    "step": "每步", "layer": "每层", "mixture": "每个专家层另加", "state": "每个循环层另加",
    "stream": "混合残差流（预填充：读写的遍数）",
    "read": "带宽利用率", "scatter": "读专家的字节，乘",
    "recall": "读缓存的字节，乘", "multiply": "算力利用率", "attend": "注意力的算力利用率", "hop": "每换一张卡",
    "exchange": "每次交换结果", "carry": "互联利用率", "handover": "每个放在主机的专家层", "overlap": "流水的重叠",
    "tile": "每个专家多算的 token", "host": "主机每读一字节算的次数",
}  # fmt: skip
CHANGES: Final = {
    "nothing": "现在", "rate": "只用一个算力",
    "fed": "算力不管内存喂不喂得上", "fetched": "读 HBM 不分哪家的核",
    "states": "循环状态每步算一次", "walk": "年代各自为政",
    "generation": "芯片的代按框架各算", "packing": "解包不算算力", "padding": "专家不补齐",
    "stream": "残差流不算", "repacked": "为主机重排的权重也搬到卡上",
    "memory": "显存与共用内存分开", "wide": "32 位的编译也当 16 位",
    "all": "以上都退回", "attend": "注意力也分年代", "source": "来源也成一层",
}  # fmt: skip
EXACT: Final = "没有"  # where no case differs

NEAR: Final[Mapping[Near, str]] = {
    "same": "同一模型与格式",
    "kin": "权重打包方式相同、同为稠密或同为混合专家的别的模型",
    "other": "其余的模型",
}
MEASURED: Final = "实测"
NOTHING: Final = "目录里没有参与过拟合的实测，无从比较。"
PREDICTED: Final = "预测"
MEASURED_AXIS: Final = "实测 tok/s"
SEVERAL: Final = "几张卡"
SINGLE: Final = "一张卡或一块芯片"


def changes(names: Iterable[str]) -> tuple[str, ...]:
    """The head of the table of what each change brought."""
    return ("测试与类别", *(f"{CHANGES[name]}:" for name in names))


def largest_error(error: float, case: str) -> str:
    """The case that is furthest off, by how much."""
    return f"{error:+.2%}（{case}）" if error else EXACT


def constant(value: float, is_time: bool) -> str:
    """A constant: a time in its own unit, else a share or a factor."""
    if is_time:
        return f"{value * 1e6:.3g} µs" if value < 1e-3 else f"{value * 1e3:.3g} ms"
    return f"{value:.2f}"


def class_of(test: Test, kind: str) -> tuple[str, str]:
    """The two halves of a class's name: what was tested, and of what."""
    return f"{speeds.TESTS[test]}，", CLASSES[kind]


def predicted_axis(test: Test) -> str:
    """What the upright axis of predictions shows."""
    return f"{speeds.TESTS[test]}，预测 tok/s（没见过这种设备）"


def dumbbells(test: Test, devices: int) -> str:
    """What a picture of devices' typical cases shows, for those who do not see it."""
    return f"{speeds.TESTS[test]}：{devices} 种设备各一条典型的实测，与没见过这种设备的预测"


def told_class(known: Test, test: Test, near: Near) -> tuple[str, str]:
    """The two halves of a name: what is known and what is asked, and how near the one is to the other."""
    return f"知道{speeds.TESTS[known]}，问{speeds.TESTS[test]}：", NEAR[near]


def scatter(test: Test, rows: int) -> str:
    """What a picture of predictions shows, for those who do not see it."""
    return f"{speeds.TESTS[test]}：预测与实测，{rows} 条"


def counts(entries: Mapping[str, int]) -> str:
    """How many entries the catalog holds."""
    measures = {
        "models": "个模型", "devices": "种设备", "machines": "台机器", "formats": "种格式", "claims": "条说法",
        "measurements": "条实测速度",
    }  # fmt: skip
    return units.listed(f"{entries[name]:,} {measure}" for name, measure in measures.items())
