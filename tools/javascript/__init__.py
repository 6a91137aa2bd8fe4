"""What is written once in Python for browsers too, as modules of JavaScript.

The engine, what a start says, what reads models of files, and what explains plans; what the last two need of Python
itself, once for both; and what names are called in Chinese.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tools.javascript.calling import calling
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
PYTHON: Final = ROOT / "sizing" / "export" / "python.mjs"
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


_DEFINED: Final = re.compile(r"^(?:const|let|class|function\*?) (\$\w+)", re.M)
_NAMES: Final = re.compile(r"\$\w+")


def python() -> str:
    """The text of what Python means by its words, which what is made with care imports."""
    names = sorted(_DEFINED.findall(_beside("python")))
    head = "// Made by `make engine` from tools/javascript/python.mjs, and never edited.\n\n"
    return f"{head}{_beside('python')}\nexport {{\n{_listed(names)}\n}};\n"


def _beside(name: str) -> str:
    return (HERE / f"{name}.mjs").read_text(encoding="utf-8")


def _listed(names: Sequence[str]) -> str:
    return textwrap.fill(", ".join(names), 118, initial_indent="  ", subsequent_indent="  ")


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
CALLING: Final = ROOT / "docs" / "assets" / "calculator" / "called.mjs"
SAID: Final = (("macros.labels.steps", "PARTS"), ("macros.labels.steps", "row"))


def saying() -> str:
    """The text of what says an explanation's steps in Chinese. Raises RefusalError likewise."""
    return careful("macros/labels/steps.py", SAID, "steps", "../sizing/python.mjs")


def careful(of: str, roots: Sequence[tuple[str, str]], face: str, words: str = "../export/python.mjs") -> str:
    """What some names reach, with what it uses of all that Python does with values of no known type, which is imported
    from ``words``. Raises RefusalError."""
    head = HEAD.replace("{of}/*.py", f"{of} and all that it needs")
    own = _beside(face)
    body = "\n".join([reached(roots, "\n".join([_beside("python"), own])), own])
    used = sorted(set(_NAMES.findall(body)) & set(_DEFINED.findall(_beside("python"))))
    return f'{head}import {{\n{_listed(used)}\n}} from "{words}";\n\n{body}'


def module(folder: Path = ENGINE, face: str = "load") -> str:
    """The text of a folder as one module. Raises RefusalError for what the translator does not know."""
    of = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder.name
    return "\n".join([HEAD.format(of=of) + _beside("prelude"), translated(folder), _beside(face)])


STARTS: Final = ROOT / "sizing" / "launch" / "words"
WORDS: Final = ROOT / "sizing" / "launch" / "words.mjs"
MODULES: Final = (
    Made(module, OUTPUT),
    Made(partial(module, STARTS, "launch"), WORDS),
    Made(python, PYTHON),
    Made(reading, READING),
    Made(explaining, EXPLAINING),
    Made(saying, SAYING),
    Made(calling, CALLING),
)
