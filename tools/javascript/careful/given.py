"""How does a function take what it is given, and a loop what it takes apart?"""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(eq=False)
class Signature:
    """How a function takes what it is given: places in JavaScript are names, then keywords, then a list of the rest."""

    names: list[str]  # that may be given in their places
    keywords: list[str]  # that may not
    rest: bool = False  # of places: what is more than the names
    others: bool = False  # of keywords: what is none of the names


def width_of(target: ast.expr) -> int:
    """How many parts each value has that a loop takes apart; 0 where it takes them whole, or any number."""
    parts = target.elts if isinstance(target, ast.Tuple) else []
    return 0 if any(isinstance(one, ast.Starred) for one in parts) else len(parts)


def signature(node: ast.FunctionDef) -> Signature:
    """How a function or a method takes what it is given."""
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args) if one.arg not in ("self", "cls")]
    only = [one.arg for one in node.args.kwonlyargs]
    return Signature(names, only, node.args.vararg is not None, node.args.kwarg is not None)
