"""What is written once in Python for browsers too, as modules of JavaScript: the engine, and what a start says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.javascript.translate import translated

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).parent
HEAD: Final = "// Made by `make engine` from {of}/*.py, and never edited. Its face is below.\n\n"


@dataclass(frozen=True)
class Made:
    """A module of JavaScript: the folder that it is made of, its face, and where it is written."""

    folder: Path
    face: str
    output: Path

    @property
    def text(self) -> str:
        """What stands in it. Raises RefusalError for what the translator does not know."""
        return module(self.folder, self.face)


ENGINE: Final = ROOT / "sizing" / "engine"
OUTPUT: Final = ENGINE / "engine.mjs"
MODULES: Final = (
    Made(ENGINE, "load", OUTPUT),
    Made(ROOT / "sizing" / "launch" / "words", "launch", ROOT / "sizing" / "launch" / "words.mjs"),
)


def module(folder: Path = ENGINE, face: str = "load") -> str:
    """The text of a folder as one module. Raises RefusalError for what the translator does not know."""
    of = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder.name
    parts = [(HERE / f"{name}.mjs").read_text(encoding="utf-8") for name in ("prelude", face)]
    return "\n".join([HEAD.format(of=of) + parts[0], translated(folder), parts[1]])
