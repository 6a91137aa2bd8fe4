"""How does a function take what it is given, and a loop what it takes apart?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
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


def generates(node: ast.stmt | None) -> bool:
    """Whether a statement defines a function that gives one value after another."""
    return any(isinstance(one, ast.Yield | ast.YieldFrom) for one in _own(node))


def ends_with_a_value(node: ast.FunctionDef) -> bool:
    """Whether one that gives values asks another for what that ends with: none here ends with anything."""
    statements = {one.value for one in _own(node) if isinstance(one, ast.Expr)}
    return any(isinstance(one, ast.YieldFrom) and one not in statements for one in _own(node))


def _own(node: ast.stmt | None) -> list[ast.AST]:
    """All within a function, functions in it left out."""
    every = node.body if isinstance(node, ast.FunctionDef) else []
    return [inner for one in every for inner in _inside(one)]


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all within it that is of the same function."""
    if isinstance(node, ast.FunctionDef | ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
        return
    yield node
    for inner in ast.iter_child_nodes(node):
        yield from _inside(inner)
