"""What is recorded of one model?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tools.record.tools import Allocated, Tensor

LISTED: Final = "Q4_K_M"  # the recipe whose tensors are kept one by one


@dataclass
class Record:
    """What was found of one model, and at which step nothing was."""

    model: str
    parameters: int | None = None
    class_name: str = ""
    architecture: str = ""  # llama.cpp's name of it
    sizes: dict[str, tuple[int, bool]] = field(default_factory=dict)  # by recipe: bytes, whether it needs an imatrix
    tensors: tuple[Tensor, ...] = ()  # as LISTED writes them
    memory: dict[tuple[int, str], Allocated] = field(default_factory=dict)  # by context and cache type
    failures: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # by step and reason: what failed
