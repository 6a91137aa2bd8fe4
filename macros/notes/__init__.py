"""How do the site's pages stand in a folder of Obsidian's? As notes: what macros say in place, and links to notes."""

from __future__ import annotations

from .pages import notes

__all__ = ["notes"]
