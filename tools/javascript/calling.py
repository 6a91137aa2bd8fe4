"""How do pages say names in Chinese? By the table of the site's own pages, as JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from macros.labels import names
from tools.javascript.subset import RefusalError

HEAD: Final = "// Made by `make engine` from macros/labels/names.py, and never edited. Its face is below.\n\n"
# What a browser reads otherwise in a pattern, or an older one does not read at all.
_PYTHON: Final = re.compile(r"\(\?(?![:=!])|\\[AZ]|[*+?}]\+")
_GROUP: Final = re.compile(r"\\(\d)")


def calling() -> str:
    """The text of what says names. Raises RefusalError for a pattern that browsers read otherwise."""
    face = Path(__file__).with_name("called.mjs").read_text(encoding="utf-8")
    return f"{HEAD}const WORDS = [\n{''.join(rows([*names.PRODUCTS, *names.MARKS]))}];\n\n{face}"


def rows(words: Iterable[tuple[str, str]]) -> Iterable[str]:
    """A line each of a table of patterns and what is said for them."""
    return (f"  [/{_pattern(pattern)}/g, {_said(said)}],\n" for pattern, said in words)


def _pattern(pattern: str) -> str:
    if found := _PYTHON.search(pattern):
        raise RefusalError(f"macros/labels/names.py: browsers do not read {found[0]} as Python does, in {pattern}")
    return pattern.replace("/", r"\/")


def _said(said: str) -> str:
    return json.dumps(_GROUP.sub(r"$\1", said.replace("$", "$$")), ensure_ascii=False)
