"""How is a step's formula written for people? Each name with its number, in the signs that people write."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from sizing.explain.step import Step, called_at
from sizing.explain.terms import Input

_SIGNS: Final = ((" * ", " × "), (" / ", " ÷ "), (" - ", " − "), ("**2", "²"), ("sqrt(", "√("))


def written(step: Step, said: Callable[[str, Input], str]) -> str:
    """The formula with each input as it is ``said``; nothing where that says no more than the value. A name of this
    very place is said without it."""
    if not step.formula or step.formula in step.inputs:
        return ""
    here = called_at("", step.where) if step.where else ""

    def told(found: re.Match[str]) -> str:
        one = step.inputs.get(found[0])
        if one is None:
            return found[0]
        return said(found[0].removesuffix(here) if here and one.by == "step" else found[0], one)

    squared = re.sub(r"(\w+)\*\*2", r"(\1)**2", step.formula)
    text = re.sub(r"[A-Za-z_]\w*", told, squared)
    for plain, sign in _SIGNS:
        text = text.replace(plain, sign)
    return text
