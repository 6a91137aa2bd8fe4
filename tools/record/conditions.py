"""Under which conditions are devices recorded, and of which models?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Held = Mapping[str, tuple[int, int, int]]  # by place: model, context and compute in whole MiB


FORMAT: Final = "Q4_K_M"

# Small and large, every kind of attention, mixtures with and without shared experts.
MODELS: Final = (
    "deepseek-v2-lite", "deepseek-v3", "deepseek-v4-flash", "falcon-h1-7b", "gemma-2-9b", "gemma-3-27b", "gemma-3-4b",
    "glm-4.5-air", "glm-5", "gpt-oss-120b", "gpt-oss-20b", "granite-4.0-h-small", "kimi-linear-48b-a3b", "lfm2-8b-a1b",
    "llama-2-7b", "llama-3-70b", "llama-3.1-8b", "llama-3.2-1b", "llama-4-scout", "minimax-m2", "mistral-nemo-12b",
    "mixtral-8x7b", "nemotron-3-nano-30b-a3b", "olmo-3-7b", "phi-4", "qwen3-30b-a3b", "qwen3-32b", "qwen3-4b",
    "qwen3-next-80b-a3b", "qwen3.6-27b", "qwen3.6-35b-a3b",
)  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """How llama.cpp is asked to run a model; ``context`` is tokens per sequence."""

    split: str = "1"  # the devices' shares, one each
    layers: int = 999  # on devices, the output layer included: -ngl
    experts_on_host: int = 0  # the first so many layers': --n-cpu-moe
    context: int = 32768
    cache_type: str = "f16"
    micro_batch: int = 512
    sequences: int = 1

    @property
    def devices(self) -> int:
        """How many devices."""
        return self.split.count("/") + 1

    def arguments(self) -> list[str]:
        """llama-fit-params' arguments."""
        asked = {
            "-ngl": self.layers,
            "-c": self.context * self.sequences,
            "-ctk": self.cache_type,
            "-ctv": self.cache_type,
            "-b": 2048,
            "-ub": self.micro_batch,
            "-np": self.sequences,
            "-fa": "on",
            "-ts": self.split,
        }
        if self.experts_on_host:
            asked["-ncmoe"] = self.experts_on_host
        # GPUs' drivers give the host memory that they reach, where llama.cpp packs no weights anew.
        return [*(str(word) for pair in asked.items() for word in pair), "--no-repack"]


CONDITIONS: Final = (
    *(Condition(context=context) for context in (4096, 32768, 131072)),
    Condition(cache_type="q8_0"),
    Condition(context=131072, cache_type="q8_0"),  # which CUDA's attention copies in FP16
    Condition(micro_batch=2048),
    Condition(context=8192, sequences=4),
    Condition(layers=12),
    *(Condition(split="1/1", context=context) for context in (4096, 131072)),
    Condition(split="1/1", micro_batch=2048),
    Condition(split="1/1", layers=12),
    Condition(split="3/2/1", context=8192),
    Condition(split="1/1/1/1"),
)
OF_MIXTURES: Final = (
    Condition(experts_on_host=999),
    Condition(experts_on_host=999, context=131072),
    Condition(experts_on_host=8),
    Condition(split="1/1", experts_on_host=8),
)

# In other recipes a mixture's matrices are equally large, or less unlike: that decides how many are copied at once.
OTHERS: Final = ("IQ4_XS", "MXFP4_MOE", "Q8_0")
OF_OTHERS: Final = (
    Condition(experts_on_host=999),
    Condition(experts_on_host=999, context=131072),
    Condition(experts_on_host=999, micro_batch=2048),
    Condition(split="1/1", experts_on_host=999),
)
