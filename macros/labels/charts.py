"""What do charts of memory say?"""

from __future__ import annotations

from typing import Final

from . import units

PARTS: Final = {"weights": "权重", "cache": "缓存", "buffers": "缓冲区", "overhead": "固定占用"}


def title(model: str) -> str:
    """What a chart of a model's memory is called."""
    return f"{model} 的内存"


def bar(format: str, context: int) -> str:
    """What a bar stands for."""
    return units.clauses([format, units.tokens(context)])


def offered(machine: str, capacity: int) -> str:
    """What a machine's devices offer."""
    return f"{machine}：{units.gib(capacity)}"


def part(name: str, gibibytes: float) -> str:
    """A part of a bar and its size."""
    return f"{PARTS[name]} {gibibytes:.2f} GiB"
