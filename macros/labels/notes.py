"""How is it said of a note that it is generated?"""

from __future__ import annotations


def generated(site: str) -> str:
    """A comment of Obsidian's, which nobody sees who reads."""
    return f"%% 由“{site}”生成（sizing export --obsidian）。改过的笔记不会再更新，也不会被覆盖。 %%"
