"""Plans of every kind that a start may be of: all formats, runtimes and settings that are possible on some machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sizing import Catalog, Plan, SizingError, plan
from tests.sampled import sample

CASES: Final = (
    ("qwen3-8b", "rtx-4090"), ("qwen3-235b-a22b", "2x-dgx-spark-over-200gbe"), ("gpt-oss-120b", "rtx-4090"),
    ("deepseek-v3", "cluster-2x8-h100"), ("gemma-3-12b", "2x-rtx-3090"), ("qwen3-32b", "m4-max-40-core-64gb"),
    ("llama-3.2-1b", "am5-ddr5-6000-64gb"), ("qwen3-30b-a3b", "rx-7900-xtx"), ("hunyuan-a13b", "2x-rtx-3090"),
    ("qwen3-8b", "2x-mac-mini-m4-pro-64gb-over-tb5"), ("aya-expanse-8b", "rtx-4090"), ("qwen3.6-35b-a3b", "rtx-4090"),
)  # fmt: skip
FORMATS: Final = ("Q4_K_M", "Q8_0", "IQ2_XS", "BF16", "F16", "FP8", "AWQ", "MXFP4_MOE", "MLX-4bit", "EXL3-4.0bpw")
ASKED: Final[tuple[dict[str, Any], ...]] = (
    {}, {"vision": True}, {"vision": False}, {"sequences": 3}, {"slots": 2, "unified": True}, {"swa_full": True},
    {"cache_format": "q8_0"}, {"cache_format": "fp8"}, {"cache_format": "8bit"}, {"micro_batch": 4096}, {"mtp": True},
    {"flash_attention": False}, {"split": "tensor"}, {"split": "none"}, {"lora": 1 << 28}, {"utilization": 0.5},
)  # fmt: skip
WHOLLY: Final = ("qwen3.6-35b-a3b", "Q4_K_M")  # sees, drafts, and is a mixture
OF_A_KIND: Final = 3  # ways to ask of an ordinary run, of each model on its machine, format and runtime


def every(catalog: Catalog) -> Iterator[Plan]:
    """All of them; in an ordinary run some ways to ask for each kind, the plainest of them always, and every way of one
    model in one format, so that no draw leaves a way out."""
    for name, place in CASES:
        model, machine = catalog.model(name), catalog.machine(place)
        for format in FORMATS:
            for runtime in catalog.runtimes:
                plainest, *others = ASKED
                some = sample(others, OF_A_KIND, f"{name} {place} {format} {runtime}")
                for asked in (plainest, *(others if (name, format) == WHOLLY else some)):
                    try:
                        yield plan(model, machine, format=format, runtime=runtime, context=4096, **asked)
                    except SizingError:
                        continue
