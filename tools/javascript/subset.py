"""What is in the subset of Python that becomes JavaScript? Its names, and how its modules are read."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Python's own functions, and what is imported of elsewhere, as the prelude has them.
PRELUDE: Final = frozenset({
    "all", "any", "bool", "dict", "enumerate", "frozenset", "int", "len", "list", "max", "min", "next",
    "range", "round", "sorted", "str", "tuple", "zip", "accumulate", "bisect_left", "inf", "sqrt", "SizingError",
})  # fmt: skip
NATIVE: Final = frozenset({"single"})  # functions of the engine that the prelude has in their place
# What is imported for type checkers alone, or to decorate.
ERASED: Final = frozenset({
    "annotations", "Any", "Callable", "Final", "Generic", "Iterable", "Iterator", "Literal", "Mapping", "Protocol",
    "Self", "Sequence", "TypeVar", "cached_property", "dataclass", "field", "lru_cache", "replace", "struct",
})  # fmt: skip
DECORATORS: Final = frozenset({"property", "cached_property", "staticmethod", "lru_cache"})
METHODS: Final = {"append": "push", "items": "entries", "get": "get", "clear": "clear", "fromkeys": "fromkeys"}
RESERVED: Final = frozenset({
    "arguments", "await", "case", "catch", "class", "const", "default", "delete", "do", "enum", "eval", "export",
    "extends", "function", "import", "in", "instanceof", "interface", "let", "new", "package", "private", "protected",
    "public", "static", "super", "switch", "this", "throw", "typeof", "var", "void", "with",
})  # fmt: skip
# A property that is computed once, and that is no part of what a record is.
ONCE: Final = "#{name};\nget {name}() {{ return (this.#{name} ??= [this.${name}()])[0]; }}"
OPERATORS: Final = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS: Final = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "===", ast.NotEq: "!==", ast.Is: "===",
    ast.IsNot: "!==",
}  # fmt: skip
OURS: Final = frozenset({"format", "id"})  # names of Python's own functions that mean something else here
KEYWORDS: Final = {"accumulate": ["values", "initial"], "sorted": ["values", "key"]}
GENERAL: Final = re.compile(r"(?:\.([1-9]))?g")  # so many figures, or six
LISTS: Final[set[type[ast.expr]]] = {ast.Tuple, ast.List, ast.ListComp, ast.Dict}


Placed = ast.expr | ast.stmt | ast.alias | ast.arg


class RefusalError(Exception):
    """What is outside the subset, with its file and line."""


@dataclass(frozen=True, eq=False)
class Module:
    """A file of the engine, and the modules beside it that it imports."""

    path: Path
    tree: ast.Module

    @property
    def needs(self) -> list[str]:
        """Their names."""
        found = [node.module or "" for node in self.tree.body if isinstance(node, ast.ImportFrom)]
        return [name.rpartition(".")[2] for name in found if name.startswith("sizing.engine.")]


def modules_of(folder: Path) -> list[Module]:
    """The modules of a folder, each after those that it imports."""
    files = sorted(path for path in folder.glob("*.py") if path.stem != "__init__")
    modules = {path.stem: Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in files}
    ordered: list[Module] = []

    def place(module: Module) -> None:
        for name in module.needs:
            place(modules[name])
        if module not in ordered:
            ordered.append(module)

    for module in modules.values():
        place(module)
    return ordered


def named(node: ast.stmt) -> str:
    """What a statement of a module names, types left out."""
    match node:
        case ast.ClassDef(bases=[*_, ast.Name(id="Protocol")]) | ast.Assign(value=ast.Subscript()):
            return ""
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return ""
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def fields(node: ast.ClassDef) -> list[tuple[str, ast.expr | None]]:
    """A class's fields with their defaults."""
    found = [item for item in node.body if isinstance(item, ast.AnnAssign)]
    return [(item.target.id, item.value) for item in found if isinstance(item.target, ast.Name)]


def stored(node: ast.AST) -> Iterator[str]:
    """The names that a node stores to, comprehensions' own left out."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.comprehension):
            yield from stored(inner)


def is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def catches(node: ast.ExceptHandler) -> bool:
    """Whether it is what cannot be answered that is caught, and its line is of no matter."""
    return node.name is None and isinstance(node.type, ast.Name) and node.type.id == "SizingError"


def figures(how: ast.JoinedStr) -> int | None:
    """How many figures a format writes: ``g``, ``.3g``; None for any other."""
    said = GENERAL.fullmatch("".join(str(one.value) for one in how.values if isinstance(one, ast.Constant)))
    return said and int(said[1] or 6)


def indented(parts: Iterable[str]) -> str:
    """Lines of a block, two spaces further in."""
    return "\n".join(re.sub(r"^(?=.)", "  ", text, flags=re.M) for text in parts)


def truth(node: ast.expr, value: Callable[[ast.expr], str]) -> str:
    """A value of which only the truth matters; ``value`` writes one as it is."""
    match node:
        case ast.BoolOp(op=op, values=values):
            parts = [truth(one, value) for one in values]
            return f"({(' && ' if isinstance(op, ast.And) else ' || ').join(parts)})"
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return value(node)
    return f"$truth({value(node)})"


def joined(parts: Iterable[str]) -> str:
    """Parts of a text, each a text itself, as one."""
    return f"({' + '.join(parts)})"
