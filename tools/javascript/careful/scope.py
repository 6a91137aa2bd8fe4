"""What does a name of a module stand for? The statement that defines it, in whichever module that stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from tools.javascript import subset
from tools.javascript.subset import RefusalError

ROOT: Final = Path(__file__).resolve().parents[3]

# What python.mjs has by these names: Python's own, and what is imported of elsewhere.
NATIVE: Final = frozenset({
    "all", "any", "bool", "dict", "enumerate", "float", "frozenset", "int", "iter", "len", "list", "map", "max", "min",
    "next", "range", "round", "set", "sorted", "str", "sum", "tuple", "zip", "abs", "filter", "hash", "getattr", "repr",
    "accumulate", "zip_longest", "groupby", "median", "Counter", "defaultdict", "fields", "astuple", "MappingProxyType",
    "SizingError", "Exception", "ArithmeticError", "AttributeError", "KeyError", "LookupError", "TypeError",
    "ValueError", "OSError", "difflib", "math", "re", "struct", "unicodedata", "bytes", "callable", "vars", "ord",
    "reversed", "inf", "sqrt", "bisect_left",
})  # fmt: skip
# What the face supplies in place of the project's own, which reads files.
SUPPLIED: Final = frozenset({
    ("sizing.anatomy.dialect.defaults", "table"), ("sizing.facts.wanted", "wanted"),
    ("sizing.engine.numbers", "single"),
})  # fmt: skip
# What is nothing but data comes as such, once the face is given it: no constant is made of it.
GIVEN: Final = frozenset({
    ("sizing.anatomy.architectures", "TABLE"), ("sizing.anatomy.dialect.defaults", "BY_CODE"),
    ("sizing.anatomy.dialect.synonyms", "CANONICAL"), ("sizing.anatomy.dialect.synonyms", "OF_TYPE"),
    ("sizing.anatomy.dialect.synonyms", "TYPES"),
})  # fmt: skip
# Modules of the standard library that are named whole.
WHOLE: Final = frozenset({"difflib", "math", "re", "struct", "unicodedata"})


@dataclass(frozen=True, eq=False)
class Source:
    """A module of the project, by its dotted name."""

    name: str
    path: Path
    tree: ast.Module

    @cached_property
    def defined(self) -> dict[str, ast.stmt]:
        """Its own statements by the name that each defines."""
        found: dict[str, ast.stmt] = {}
        for node in self.tree.body:
            for name in _named(node):
                found[name] = node
        return found

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """What it imports: a module's name and the name there, which is empty for a whole module."""
        found: dict[str, tuple[str, str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                found |= {one.asname or one.name: (self._module(node), one.name) for one in node.names}
        return found

    def _module(self, node: ast.ImportFrom) -> str:
        """The whole name of a module that something is imported of."""
        if not node.level:
            return node.module or ""
        above = self.name.split(".")[: -node.level + (self.path.stem == "__init__") or None]
        return ".".join([*above, *([node.module] if node.module else [])])


@dataclass(frozen=True)
class Named:
    """What a name stands for: a statement of a module, a module, something of python.mjs, or what is not known."""

    text: str  # in JavaScript
    node: ast.stmt | None = None
    source: Source | None = None
    whole: Source | None = None  # where it is a module
    known: bool = True
    given: bool = False  # data that is there only when a function is called


@dataclass(eq=False)
class Scope:
    """All modules that were looked into."""

    sources: dict[str, Source] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # what each is called in JavaScript

    def source(self, name: str) -> Source | None:
        """A module of the project."""
        if name not in self.sources:
            parts = name.split(".")
            path = ROOT.joinpath(*parts).with_suffix(".py")
            if not path.exists():
                path = ROOT.joinpath(*parts, "__init__.py")
            if parts[0] not in ("sizing", "macros") or not path.exists():
                return None
            self.sources[name] = Source(name, path, ast.parse(path.read_text(encoding="utf-8")))
            taken = set(self.labels.values())
            self.labels[name] = parts[-1] if parts[-1] not in taken else "_".join(parts[-2:])
        return self.sources[name]

    def meant(self, source: Source, name: str) -> Named:
        """What a name means in a module."""
        if (source.name, name) in SUPPLIED | GIVEN:
            return Named(f"${name}", given=(source.name, name) in GIVEN)
        if name in source.defined:
            return Named(f"{self.labels[source.name]}${name}", source.defined[name], source)
        if name in source.imported:
            module, own = source.imported[name]
            if (own in NATIVE and not module.startswith("sizing.")) or own == "SizingError":
                return Named(f"${own}")
            if whole := self.source(f"{module}.{own}"):
                return Named(name, whole=whole)
            if there := self.source(module):
                return self.meant(there, own)
        elif name in NATIVE:
            return Named(f"${name}")
        return Named(name, known=False)


def _named(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            yield name
        case ast.Assign(targets=[target]):
            yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


def stored(node: ast.AST) -> Iterator[str]:
    """The names that the statements of a function store to, those of nested functions and comprehensions left out."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    if isinstance(node, ast.FunctionDef):
        yield node.name
        return
    if isinstance(node, ast.MatchAs | ast.ExceptHandler) and node.name:
        yield node.name
    for name, value in ast.iter_fields(node):
        if isinstance(node, ast.comprehension) and name == "target":
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.AST) and not isinstance(inner, ast.Lambda):
                yield from stored(inner)


def refuse(source: Source, node: ast.AST, what: str) -> RefusalError:
    """The error that names a construct and where it stands."""
    return RefusalError(f"{source.path}:{getattr(node, 'lineno', 0)}: {what} is outside tools/javascript/careful")


def local(name: str) -> str:
    """A name of a function's own in JavaScript."""
    return f"{name}$" if name in subset.RESERVED else name
