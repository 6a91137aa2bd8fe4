"""The engine for browsers: what is written once in Python, as one module of JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tools.javascript.translate import translated

ENGINE: Final = Path(__file__).resolve().parents[2] / "sizing" / "engine"
OUTPUT: Final = ENGINE / "engine.mjs"
HEAD: Final = "// Made by `make engine` from sizing/engine/*.py, and never edited. Its face is load(data), below.\n\n"


def module(folder: Path = ENGINE) -> str:
    """The text of a folder as one module. Raises RefusalError for what the translator does not know."""
    prelude = (Path(__file__).parent / "prelude.mjs").read_text(encoding="utf-8")
    return HEAD + prelude + "\n" + translated(folder)
