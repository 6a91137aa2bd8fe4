"""What is written once in Python for browsers too, as modules of JavaScript.

The engine, what a start says, what reads models of files, and what explains plans.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tools.javascript.careful import reached
from tools.javascript.translate import translated

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).parent
HEAD: Final = "// Made by `make engine` from {of}/*.py, and never edited. Its face is below.\n\n"


@dataclass(frozen=True)
class Made:
    """A module of JavaScript: what it is made of, and where it is written."""

    make: Callable[[], str]
    output: Path

    @property
    def text(self) -> str:
        """What stands in it. Raises RefusalError for what the translator does not know."""
        return self.make()


ENGINE: Final = ROOT / "sizing" / "engine"
OUTPUT: Final = ENGINE / "engine.mjs"
READING: Final = ROOT / "sizing" / "export" / "reading.mjs"
# What sizes models of files and of entries is made of, with all that these reach.
ROOTS: Final = (
    ("sizing.export.reading", "rules_of"),
    ("sizing.export.reading", "config_told"),
    ("sizing.export.reading", "gguf_told"),
    ("sizing.export.entries", "entry_told"),
    ("sizing.export.entries", "own_told"),
    ("sizing.anatomy.architectures", "Blocks"),
    ("sizing.files.gguf_header", "header_in"),
    ("sizing.files.gguf_header", "unreadable"),
    ("sizing.files.kinds", "foreign"),
)


def reading() -> str:
    """The text of what reads models. Raises RefusalError likewise."""
    return careful("sizing/export/reading.py", ROOTS, "read")


EXPLAINING: Final = ROOT / "sizing" / "explain" / "explaining.mjs"
# What plans again, with what remembers of what each number was made.
EXPLAINED: Final = (
    ("sizing.engine.exported", "Exported"),
    ("sizing.engine.planned", "asked_of"),
    ("sizing.engine.planned", "plan"),
    ("sizing.explain.exported", "explained"),
)


def explaining() -> str:
    """The text of what explains plans. Raises RefusalError likewise."""
    return careful("sizing/explain/exported.py", EXPLAINED, "explain")


SAYING: Final = ROOT / "docs" / "assets" / "calculator" / "steps.mjs"
SAID: Final = (("macros.labels.steps", "PARTS"), ("macros.labels.steps", "row"))


def saying() -> str:
    """The text of what says an explanation's steps in Chinese. Raises RefusalError likewise."""
    return careful("macros/labels/steps.py", SAID, "steps")


def careful(of: str, roots: Sequence[tuple[str, str]], *faces: str) -> str:
    """What some names reach, with all that Python does with values of no known type. Raises RefusalError."""
    head = HEAD.replace("{of}/*.py", f"{of} and all that it needs")
    prelude, *told = ((HERE / f"{name}.mjs").read_text(encoding="utf-8") for name in ("python", *faces))
    return "\n".join([head + prelude, reached(roots, "\n".join([prelude, *told])), *told])


def module(folder: Path = ENGINE, face: str = "load") -> str:
    """The text of a folder as one module. Raises RefusalError for what the translator does not know."""
    of = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder.name
    parts = [(HERE / f"{name}.mjs").read_text(encoding="utf-8") for name in ("prelude", face)]
    return "\n".join([HEAD.format(of=of) + parts[0], translated(folder), parts[1]])


STARTS: Final = ROOT / "sizing" / "launch" / "words"
WORDS: Final = ROOT / "sizing" / "launch" / "words.mjs"
MODULES: Final = (
    Made(module, OUTPUT),
    Made(partial(module, STARTS, "launch"), WORDS),
    Made(reading, READING),
    Made(explaining, EXPLAINING),
    Made(saying, SAYING),
)
