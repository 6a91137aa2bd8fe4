"""Which words does a line never part from the one before them?"""

from __future__ import annotations

from typing import Final

# Particles, which stand with the word before them.
BEHIND: Final = "的了吗呢吧着过地得们个"
# What a figure is counted in, a space behind it.
COUNTED_IN: Final = ("元", "美元", "秒", "分钟", "小时", "倍")
