"""How does Python become JavaScript? A strict translator of a small subset; what it does not know, it refuses.

The subset is what ``sizing/engine`` is written in. A module holds imports, constants, functions, and classes of
fields with methods; a function holds assignments, ``if``, ``for``, ``while``, ``return``, ``raise``, ``yield``, calls.
Refused, as JavaScript would do otherwise: ``**``, ``sum``, operators between lists, whole numbers from 2**53 on, ``==``
with a tuple, negative places but the last, nested functions, stars in parameters, ``try`` but of a SizingError …

What only looks alike is done by the prelude, under names with a $: truth, ``and``, ``or``, ``in``, ``//``, ``%``.
"""

from __future__ import annotations

import ast
import builtins
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from tools.javascript import subset
from tools.javascript.subset import Placed, RefusalError


def translated(folder: Path) -> str:
    """All modules of a folder as one body of JavaScript. Raises RefusalError."""
    return _Translator(subset.modules_of(folder)).text()


class _Translator:
    """Knows all names of the modules, and the file in hand."""

    def __init__(self, modules: Sequence[subset.Module]) -> None:
        self.modules, self.file = modules, Path()
        self.parameters: dict[str, list[str]] = {}  # of functions, methods and classes, in their order
        self.classes = {"SizingError"}
        self.members: set[str] = set()  # fields, properties and methods
        self.globals: set[str] = set(subset.PRELUDE)
        for module in modules:
            self.file = module.path
            for node in module.tree.body:
                self.declare(node)

    def refuse(self, node: Placed, what: str) -> NoReturn:
        raise RefusalError(f"{self.file}:{node.lineno}: {what} is outside the subset of tools/javascript/translate.py")

    def declare(self, node: ast.stmt) -> None:
        """Note what a statement of a module names. All modules become one, so that a name may stand for one thing."""
        name = subset.named(node)
        if name in self.globals:
            self.refuse(node, f"a second {name}")
        self.globals |= {name} - {""}
        if isinstance(node, ast.FunctionDef):
            self.parameters[node.name] = [arg.arg for arg, _ in self.signature(node)]
        elif isinstance(node, ast.ClassDef) and name:
            self.classes.add(name)
            self.parameters[name] = [field for field, _ in subset.fields(node)]
            self.members.update(self.parameters[name])
            for item in node.body:
                if isinstance(item, ast.FunctionDef):
                    self.members.add(item.name)
                    own = [arg.arg for arg, _ in self.signature(item)]
                    # Methods of one name but other parameters are called without keywords.
                    self.parameters[item.name] = own if self.parameters.get(item.name, own) == own else []

    def signature(self, node: ast.FunctionDef) -> list[tuple[ast.arg, ast.expr | None]]:
        """The parameters with their defaults, ``self`` left out."""
        args = node.args
        if args.vararg or args.kwarg or args.posonlyargs:
            self.refuse(node, "a star or a slash among parameters")
        names = [*args.args, *args.kwonlyargs]
        defaults = [None] * (len(args.args) - len(args.defaults)) + [*args.defaults, *args.kw_defaults]
        return [(arg, default) for arg, default in zip(names, defaults, strict=True) if arg.arg != "self"]

    def text(self) -> str:
        """The body of the module that all become."""
        parts = []
        for module in self.modules:
            self.file = module.path
            question = (ast.get_docstring(module.tree) or "").split("\n")[0]
            parts.append(f"// --- {module.path.name}: {question}")
            parts += [text for node in module.tree.body if (text := self.top(node))]
        public = sorted(name for name in self.globals - subset.PRELUDE if not name.startswith("_"))
        return "\n\n".join([*parts, f"export {{ {', '.join(public)} }};"]) + "\n"

    def top(self, node: ast.stmt) -> str:
        """A statement of a module."""
        match node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                for alias in names:
                    if alias.asname or not (alias.name in self.globals | subset.ERASED or self.erased(alias.name)):
                        self.refuse(alias, f"the import of {alias.name}")
                return ""
            case ast.FunctionDef(name=name):
                return "" if name in subset.NATIVE else self.function(node, f"function {name}")
            case ast.ClassDef(name=name):
                return self.class_(node) if name in self.classes else ""
            case ast.AnnAssign(value=ast.expr() as value) | ast.Assign(value=value):
                return f"const {name} = {self.value(value)};" if (name := subset.named(node)) else ""
        return "" if subset.is_text(node) else self.refuse(node, f"a module's {type(node).__name__}")

    def erased(self, name: str) -> bool:
        """Whether a module names a type so, which JavaScript does without."""
        found = (node for module in self.modules for node in module.tree.body if not subset.named(node))
        return any(name in {getattr(node, "name", ""), *subset.stored(node)} for node in found)

    def class_(self, node: ast.ClassDef) -> str:
        """A class of subset.fields: its constructor takes them in their order."""
        parameters = [name if value is None else f"{name} = {self.value(value)}" for name, value in subset.fields(node)]
        names = [name for name, _ in subset.fields(node)]
        sets = " ".join(f"this.{name} = {name};" for name in names)
        body = [f"constructor({', '.join(parameters)}) {{ {sets} }}"]
        for item in node.body:
            if isinstance(item, ast.FunctionDef):
                how = {ast.unparse(one) for one in item.decorator_list}
                kind = "static " if "staticmethod" in how else "get " if how else ""
                if "cached_property" in how:
                    body.append(subset.ONCE.format(name=item.name))
                    kind = "$"
                body.append(self.function(item, kind + item.name))
            elif not isinstance(item, ast.AnnAssign) and not subset.is_text(item):
                self.refuse(item, f"a class's {type(item).__name__}")
        return f"class {node.name} {{\n{subset.indented(body)}\n}}"

    def function(self, node: ast.FunctionDef, head: str) -> str:
        """A function, or a method."""
        for one in node.decorator_list:
            if ast.unparse(one).split("(")[0] not in subset.DECORATORS:
                self.refuse(one, f"the decorator {ast.unparse(one)}")
        signature = self.signature(node)
        for arg, _ in signature:
            self.name(arg, arg.arg)
        parameters = [arg.arg if value is None else f"{arg.arg} = {self.value(value)}" for arg, value in signature]
        own = sorted({name for inner in node.body for name in subset.stored(inner)} - {arg.arg for arg, _ in signature})
        body = ([f"let {', '.join(own)};"] if own else []) + self.statements(node.body)
        if any(isinstance(inner, ast.Yield) for inner in ast.walk(node)):
            head = head.replace("function", "function*")
        return f"{head}({', '.join(parameters)}) {{\n{subset.indented(body)}\n}}"

    def statements(self, body: Iterable[ast.stmt]) -> list[str]:
        return [text for node in body if (text := self.statement(node))]

    def block(self, body: Iterable[ast.stmt]) -> str:
        return f"{{\n{subset.indented(self.statements(body))}\n}}"

    def statement(self, node: ast.stmt) -> str:
        """A statement of a function."""
        match node:
            case ast.Assert() | ast.Pass() | ast.AnnAssign(value=None):
                return ""
            case ast.Return(value=value):
                return f"return {self.value(value) if value else 'null'};"
            case ast.Raise(exc=ast.expr() as error):
                return f"throw {self.value(error)};"
            case ast.Continue() | ast.Break():
                return f"{type(node).__name__.lower()};"
            case ast.Expr(value=value):
                return "" if subset.is_text(node) else f"{self.value(value)};"
            case (
                ast.Assign(targets=[ast.Subscript(value=of, slice=at)], value=value)
                | ast.AnnAssign(target=ast.Subscript(value=of, slice=at), value=ast.expr() as value)
            ):
                return f"$put({self.value(of)}, {self.value(at)}, {self.value(value)});"
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                return f"{self.target(target)} = {self.value(value)};"
            case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
                return f"{name} = {self.value(ast.copy_location(ast.BinOp(target, op, value), node))};"
            case ast.If(test=test, body=body, orelse=orelse):
                return f"if ({self.truth(test)}) {self.block(body)}" + (f" else {self.block(orelse)}" if orelse else "")
            case ast.For(target=target, iter=values, body=body, orelse=[]):
                return f"for ({self.target(target)} of {self.value(values)}) {self.block(body)}"
            case ast.While(test=test, body=body, orelse=[]):
                return f"while ({self.truth(test)}) {self.block(body)}"
            case ast.Try(body=body, handlers=[handler], orelse=[], finalbody=[]) if subset.catches(handler):
                then = self.statements(handler.body)
                return f"try {self.block(body)} catch ($) {{\n{subset.indented(['$only($);', *then])}\n}}"
        return self.refuse(node, f"this {type(node).__name__}")

    def target(self, node: ast.expr) -> str:
        """What is assigned to."""
        match node:
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.Tuple(elts=parts):
                return f"[{', '.join(map(self.target, parts))}]"
        return self.refuse(node, f"assigning to {ast.unparse(node)}")

    def name(self, node: Placed, name: str) -> str:
        if name in subset.RESERVED or (hasattr(builtins, name) and name not in subset.PRELUDE | subset.OURS):
            self.refuse(node, f"the name {name}")
        return name

    def truth(self, node: ast.expr) -> str:
        """A value of which only the truth matters."""
        return subset.truth(node, self.value)

    def value(self, node: ast.expr) -> str:  # noqa: C901 (a table: one case a construct)
        """An expression."""
        match node:
            case ast.Constant(value=None | bool() | str() | float() as value):
                return json.dumps(value, ensure_ascii=False)
            case ast.Constant(value=int(value)) if value < 2**53:
                return str(value)
            case ast.Name(id=name):
                return "this" if name == "self" else self.name(node, name)
            case ast.Attribute(value=of, attr=name) if name in self.members:
                return f"{self.value(of)}.{name}"
            case ast.Subscript(value=of, slice=ast.Slice(lower=lower, upper=upper, step=None)):
                ends = [lower or ast.Constant(0), *([upper] if upper else [])]
                return f"{self.value(of)}.slice({', '.join(map(self.value, ends))})"
            case ast.Subscript(value=of, slice=ast.UnaryOp() as at) if ast.unparse(at) == "-1":
                return f"$last({self.value(of)})"
            case ast.Subscript(value=of, slice=at) if not isinstance(at, ast.UnaryOp):
                return f"$item({self.value(of)}, {self.value(at)})"
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return f"[{', '.join(map(self.value, parts))}]"
            case ast.Starred(value=of) | ast.Yield(value=ast.expr() as of):
                return f"{'...' if isinstance(node, ast.Starred) else 'yield '}{self.value(of)}"
            case ast.Dict(keys=keys, values=values) if None not in keys:
                pairs = [self.value(ast.Tuple([key, one])) for key, one in zip(keys, values, strict=True) if key]
                return f"dict([{', '.join(pairs)}])"
            case ast.JoinedStr(values=parts):
                return subset.joined(map(self.value, parts))
            case ast.FormattedValue(value=of, conversion=-1, format_spec=None):
                return f"str({self.value(of)})"
            case ast.FormattedValue(value=of, conversion=-1, format_spec=ast.JoinedStr() as how):
                figures = subset.figures(how) or self.refuse(node, ast.unparse(node))
                return f"$general({self.value(of)}, {figures})"
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                return f"({self.truth(test)} ? {self.value(then)} : {self.value(otherwise)})"
            case ast.BoolOp(op=op, values=[first, *rest]):
                later = self.value(ast.BoolOp(op, rest)) if rest[1:] else self.value(rest[0])
                return f"{'$and' if isinstance(op, ast.And) else '$or'}({self.value(first)}, () => {later})"
            case ast.UnaryOp(op=ast.Not() | ast.USub() as op, operand=of):
                return f"(!{self.truth(of)})" if isinstance(op, ast.Not) else f"(-{self.value(of)})"
            case ast.BinOp(left=left, op=op, right=right) if not {type(left), type(right)} & subset.LISTS:
                a, b = self.value(left), self.value(right)
                if isinstance(op, ast.FloorDiv | ast.Mod):
                    return f"{'$div' if isinstance(op, ast.FloorDiv) else '$mod'}({a}, {b})"
                return f"({a} {subset.OPERATORS.get(type(op)) or self.refuse(node, ast.unparse(node))} {b})"
            case ast.Compare(left=left, ops=ops, comparators=others):
                pairs = [self.compared(*one) for one in zip([left, *others], ops, others, strict=False)]
                return f"({' && '.join(pairs)})"
            case ast.Lambda(args=args, body=body):
                return f"(({', '.join(arg.arg for arg in args.args)}) => {self.value(body)})"
            case ast.ListComp(elt=made, generators=loops) | ast.GeneratorExp(elt=made, generators=loops):
                return self.gathered(loops, made)
            case ast.DictComp(key=key, value=one, generators=loops):
                return f"dict({self.gathered(loops, ast.Tuple([key, one]))})"
            case ast.Call(func=func):
                return self.call(node, func)
        return self.refuse(node, ast.unparse(node))

    def compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        if isinstance(op, ast.In | ast.NotIn):
            return f"{'' if isinstance(op, ast.In) else '!'}$has({self.value(right)}, {self.value(left)})"
        if {type(left), type(right)} & subset.LISTS:
            self.refuse(left, "comparing tuples")
        return f"{self.value(left)} {subset.COMPARISONS[type(op)]} {self.value(right)}"

    def gathered(self, loops: Sequence[ast.comprehension], made: ast.expr) -> str:
        """A comprehension."""
        if len(loops) == 1 and not any(isinstance(one, ast.NamedExpr) for one in ast.walk(loops[0])):
            return self.mapped(loops[0], made)
        text = ""
        for one in loops:
            text += f"for (const {self.target(one.target)} of {self.value(one.iter)}) "
            text += "".join(f"if ({self.truth(test)}) " for test in one.ifs)
        return f"(() => {{ const $ = []; {text}$.push({self.value(made)}); return $; }})()"

    def mapped(self, loop: ast.comprehension, made: ast.expr) -> str:
        """A comprehension of one loop that names nothing on its way."""
        takes, told = f"({self.target(loop.target)})", self.value(made)
        tests = "".join(f".filter({takes} => {self.truth(test)})" for test in loop.ifs)
        itself = isinstance(made, ast.Name) and ast.unparse(loop.target) == made.id
        return f"[...{self.value(loop.iter)}]{tests}" + ("" if itself else f".map({takes} => {told})")

    def call(self, node: ast.Call, func: ast.expr) -> str:
        match func:
            case ast.Name(id="field"):  # a field's own empty dictionary
                return f"{self.value(node.keywords[0].value)}()"
            case ast.Name(id="replace"):  # a record, but for some fields
                changes = [f"{one.arg}: {self.value(one.value)}" for one in node.keywords if one.arg in self.members]
                if len(changes) < len(node.keywords):
                    self.refuse(node, "a keyword of replace")
                return f"$replace({self.value(node.args[0])}, {{ {', '.join(changes)} }})"
            case ast.Name(id=name):
                return f"{'new ' if name in self.classes else ''}{self.value(func)}({self.arguments(node, name)})"
            case ast.Attribute(value=of, attr="join"):
                return f"list({self.arguments(node, '')}).join({self.value(of)})"
            case ast.Attribute(value=of, attr="extend"):
                return f"{self.value(of)}.push(...{self.arguments(node, '')})"
            case ast.Attribute(value=of, attr=name) if name in self.members or name in subset.METHODS:
                return f"{self.value(of)}.{subset.METHODS.get(name, name)}({self.arguments(node, name)})"
        return self.refuse(node, f"the call of {ast.unparse(func)}")

    def arguments(self, node: ast.Call, name: str) -> str:
        """What a call gives, keywords in their places; ``strict`` is what the prelude's zip is anyway."""
        given = list(map(self.value, node.args))
        told = {one.arg: self.value(one.value) for one in node.keywords if one.arg != "strict"}
        rest = {**subset.KEYWORDS, **self.parameters}.get(name, [])[len(given) :]
        if not told.keys() <= set(rest):
            self.refuse(node, f"a keyword of {name or 'this call'}")
        last = max((rest.index(key) for key in told if key), default=-1)
        return ", ".join([*given, *(told.get(key, "undefined") for key in rest[: last + 1])])
