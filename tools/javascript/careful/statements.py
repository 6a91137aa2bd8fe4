"""What do a module's statements become? Functions and classes of records, each under a name of its own."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tools.javascript.careful.expressions import Expressions
from tools.javascript.careful.given import ends_with_a_value, generates, signature, width_of
from tools.javascript.careful.scope import Named, Source, local, refuse, stored
from tools.javascript.subset import indented

_IN_PLACE: Final = {ast.Add: "$iadd", ast.BitOr: "$ibitor"}
_UNCALLED: Final = ("__hash__", "__repr__")  # which records have of python.mjs
_PLAIN: Final = re.compile(r'null|true|false|-?[0-9.]+|"[^\\"\s?]*"')
_NAMES: Final = re.compile(r"(?<=[.\"'`])\w+")


@dataclass(eq=False)
class Class:
    """A class in the making: what comes before its methods, and of these the ones that somebody names."""

    source: Source
    head: str
    fields: list[str]
    defaults: Sequence[ast.stmt]
    methods: dict[str, ast.FunctionDef]
    told: dict[str, list[str]] = field(default_factory=dict)

    def named(self, words: set[str]) -> list[str]:
        """Its methods that some words name, or that Python calls itself, and that are not told yet."""
        every = [name for name in self.methods if name in words or name.startswith("__")]
        return [name for name in every if name not in self.told and name not in _UNCALLED]

    @property
    def text(self) -> str:
        """The class, its methods in their order."""
        methods = [self.methods[name] for name in self.methods if name in self.told]
        takes = [f"static takes = {json.dumps(optional)};"] if (optional := _takes(methods)) else []
        bodies = [line for one in methods for line in self.told[one.name]]
        return f"{self.head} {{\n{indented([*self.fields, *takes, *bodies])}\n}}"


@dataclass(eq=False)
class Statements(Expressions):
    """All that some names reach. A method is reached where its name stands behind a dot, or as a text, anywhere."""

    beside: str = ""  # JavaScript that stands around, and names methods too
    texts: dict[int, str | Class] = field(default_factory=dict)  # by the statements that they are of
    begun: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def body(self, roots: Sequence[tuple[str, str]]) -> str:
        """One body of JavaScript, what is needed first first. Raises RefusalError.

        A constant may be made of a class whose methods name it: classes need nothing but what they extend, and stand
        before all else.
        """
        self.words |= set(_NAMES.findall(self.beside))
        for module, name in roots:
            source = self.scope.source(module)
            assert source is not None, module
            self.define(self.scope.meant(source, name))
        named = [f"const {name} = {self.scope.meant(self.scope.sources[module], name).text};" for module, name in roots]
        classes = [one.text for one in self.texts.values() if isinstance(one, Class)]
        others = [one for one in self.texts.values() if isinstance(one, str) and one]
        return "\n\n".join([*classes, *others, "\n".join(named)]) + "\n"

    def define(self, named: Named) -> None:
        """Translate a statement, and before it what it needs when it is run: what functions reach may come later."""
        node, source = named.node, named.source
        if node is None or source is None or id(node) in self.begun:
            return
        self.begun.add(id(node))
        self.source, self.reached, self.own = source, [], []
        text, reached = self.top(node), self.reached
        for one in reached:
            self.define(one)
        if isinstance(text, Class):
            self.texts[id(node)] = text
            self.tell(text)
            for default in text.defaults:
                self.say(default)
        else:
            self.say(node)
            self.texts[id(node)] = text

    def say(self, node: ast.AST) -> None:
        """Tell the methods that a statement names."""
        self.words |= set(_named_in(node))
        for one in list(self.texts.values()):
            if isinstance(one, Class):
                self.tell(one)

    def tell(self, of: Class) -> None:
        """Translate the methods of a class that are named by now, and what they reach."""
        for name in of.named(self.words):
            item = of.methods[name]
            of.told[name] = []
            self.source, self.reached, self.own = of.source, [], []
            of.told[name], reached = self.method_told(item), self.reached
            for one in reached:
                self.define(one)
            self.say(item)

    def label(self, name: str) -> str:
        return f"{self.scope.labels[self.source.name]}${name}"

    def top(self, node: ast.stmt) -> str | Class:
        """A statement of a module."""
        match node:
            case ast.FunctionDef(name=name):
                kept = [one for one in node.decorator_list if ast.unparse(one).split("(")[0] in ("lru_cache", "cache")]
                if len(kept) < len(node.decorator_list):
                    raise refuse(self.source, node, f"a decorator of {name}")
                if kept:
                    return f"const {self.label(name)} = /* @__PURE__ */ $memo({self.function(node, 'function ')});"
                return self.function(node, f"function {self.label(name)}")
            case ast.ClassDef():
                return self.class_(node)
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                | ast.Assign(targets=[ast.Name(id=name)], value=value)
            ):
                self.check(value)
                return f"const {self.label(name)} = {_idle(self.value(value))};"
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=value):
                told = [
                    f"const {self.label(part.id)} = {_idle(f'$unpack({self.value(value)}, {len(parts)})[{place}]')};"
                    for place, part in enumerate(parts)
                    if isinstance(part, ast.Name)
                ]
                return "\n".join(told)
        raise refuse(self.source, node, type(node).__name__)

    def check(self, constant: ast.expr) -> None:
        """Refuse a constant that is made of data which are there only later."""
        for one in ast.walk(constant):
            if isinstance(one, ast.Name) and self.scope.meant(self.source, one.id).given:
                raise refuse(self.source, constant, f"a constant made of {one.id}")

    # --- classes -------------------------------------------------------------------------------------------------

    def fields(self, node: ast.ClassDef) -> Iterator[tuple[str, str | None]]:
        """A record's fields, those of what it extends first, with their defaults."""
        for base in node.bases:
            found = self.scope.meant(self.source, ast.unparse(base))
            if isinstance(found.node, ast.ClassDef) and found.source is not None and found.node.name != "Entry":
                here, self.source = self.source, found.source
                yield from self.fields(found.node)
                self.source = here
        for item in node.body:
            match item:
                case ast.AnnAssign(
                    value=ast.Call(func=ast.Name(id="field" | "about")) as call, target=ast.Name(id=name)
                ):
                    told = {one.arg: one.value for one in call.keywords}
                    if "init" in told:
                        continue
                    if "default_factory" in told:
                        yield name, f"{self.value(told['default_factory'])}()"
                    else:
                        yield name, self.value(told["default"]) if "default" in told else None
                case ast.AnnAssign(target=ast.Name(id=name), value=value):
                    yield name, self.value(value) if value else None

    def class_(self, node: ast.ClassDef) -> Class:
        """A record, or an error; its methods are told when somebody names them."""
        bases = [self.scope.meant(self.source, ast.unparse(base)) for base in node.bases]
        own = [one for one in bases if one.text == "$SizingError" or isinstance(one.node, ast.ClassDef)]
        own = [one for one in own if not one.text.endswith("$Entry")]
        for one in own:
            self.reached += [one] if one.node else []
        fields = dict(self.fields(node))
        methods = {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
        base = own[0].text if own else None if "__init__" in methods else "$Record"
        head = f"class {self.label(node.name)}" + (f" extends {base}" if base else "")
        body: list[str] = []
        if "__init__" in methods:
            takes = ", ".join(signature(methods["__init__"]).names)
            body = [f"constructor({takes}) {{\n  {'super(); ' if own else ''}this.__init__({takes});\n}}"]
        elif fields or not own:
            said = " ".join(name + _unsaid(value) for name, value in fields.items())
            left = [f"{name}: () => {value}" for name, value in fields.items() if value and not _told(value)]
            made = f", {{ {', '.join(left)} }}" if left else ""
            body = [f"static fields = /* @__PURE__ */ $fielded({json.dumps(said)}{made});"]
        defaults = [item for item in node.body if isinstance(item, ast.AnnAssign)]
        return Class(self.source, head, body, defaults, methods)

    def method_told(self, item: ast.FunctionDef) -> list[str]:
        """A method of a record."""
        how = {ast.unparse(one) for one in item.decorator_list}
        if how - {"property", "cached_property", "staticmethod", "classmethod"}:
            raise refuse(self.source, item, f"a decorator of {item.name}")
        if "cached_property" in how:
            once = f'$once(this, "{item.name}", () => this.$${item.name}())'
            return [f"get {item.name}() {{ return {once}; }}", self.function(item, f"$${item.name}")]
        return [self.function(item, ("get " if "property" in how else "static " if how else "") + item.name)]

    # --- functions -----------------------------------------------------------------------------------------------

    def function(self, node: ast.FunctionDef, head: str) -> str:
        """A function, or a method."""
        args = node.args
        places = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(places) - len(args.defaults)) + [*args.defaults]
        told = [*zip(places, defaults, strict=True), *zip(args.kwonlyargs, args.kw_defaults, strict=True)]
        taken = [(arg.arg, value) for arg, value in told if arg.arg not in ("self", "cls")]
        parameters = [local(name) if value is None else f"{local(name)} = {self.value(value)}" for name, value in taken]
        if args.kwarg:
            parameters.append(local(args.kwarg.arg))
        if args.vararg:
            parameters.append(f"...{local(args.vararg.arg)}")
        given = {name for name, _ in taken} | {one.arg for one in (args.vararg, args.kwarg) if one}
        own = {name for inner in node.body for name in stored(inner)} - given
        nested = {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}
        bound = {one.arg for one in places[:1] if one.arg in ("self", "cls")}
        self.own.append(given | own | bound)
        lines = [f"const {name} = this;" for name in bound]
        lines += [f"let {', '.join(map(local, sorted(own - nested)))};"] if own - nested else []
        lines += self.statements(node.body)
        self.own.pop()
        if not generates(node):
            lines += ["return null;"] if not isinstance(node.body[-1], ast.Return | ast.Raise) else []
        elif ends_with_a_value(node):
            raise refuse(self.source, node, f"what {node.name} asks another for the end of")
        else:
            head = head.replace("function", "function*") if "function" in head else f"*{head}"
        return f"{head}({', '.join(parameters)}) {{\n{indented(lines)}\n}}"

    def statements(self, body: Iterable[ast.stmt]) -> list[str]:
        return [text for node in body if (text := self.statement(node))]

    def block(self, body: Iterable[ast.stmt]) -> str:
        return f"{{\n{indented(self.statements(body))}\n}}"

    def statement(self, node: ast.stmt) -> str:
        """A statement of a function."""
        match node:
            case (
                ast.Assert()
                | ast.Pass()
                | ast.AnnAssign(value=None)
                | ast.Expr(value=ast.Constant())
                | ast.ImportFrom()
            ):
                return ""
            case ast.Return(value=value):
                return f"return {self.value(value) if value else 'null'};"
            case ast.Raise(exc=ast.expr() as error):
                return f"throw {self.value(error)};"
            case ast.Raise(exc=None):
                return "throw $error;"
            case ast.Continue() | ast.Break():
                return f"{type(node).__name__.lower()};"
            case ast.Expr(value=value):
                return f"{self.value(value)};"
            case ast.FunctionDef(name=name, decorator_list=[]):
                return (
                    self.function(node, f"const {local(name)} = function ").replace("= function* ", "= function*") + ";"
                )
            case ast.Assign(targets=[target], value=value):
                return self.given(target, value)
            case ast.Assign(targets=targets, value=value):
                return "\n".join(self.assigned(target, self.value(value)) for target in targets)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                return self.assigned(target, self.value(value))
            case ast.AugAssign(target=target, op=op, value=value):
                read = ast.parse(ast.unparse(target), mode="eval").body
                if type(op) in _IN_PLACE:
                    return self.assigned(target, f"{_IN_PLACE[type(op)]}({self.value(read)}, {self.value(value)})")
                return self.assigned(target, self.value(ast.copy_location(ast.BinOp(read, op, value), node)))
            case ast.Delete(targets=[ast.Subscript(value=of, slice=at)]):
                return f"$delete({self.value(of)}, {self.value(at)});"
            case ast.If(test=test, body=body, orelse=orelse):
                return f"if ({self.truth(test)}) {self.block(body)}" + (f" else {self.block(orelse)}" if orelse else "")
            case ast.For(target=target, iter=values, body=body, orelse=[]):
                width = width_of(target)
                each = f"$each({self.value(values)}, {width})" if width else f"$iter({self.value(values)})"
                return f"for ({self.target(target)} of {each}) {self.block(body)}"
            case ast.While(test=test, body=body, orelse=[]):
                return f"while ({self.truth(test)}) {self.block(body)}"
            case ast.With(items=[ast.withitem(context_expr=of, optional_vars=ast.Name(id=name))], body=body):
                return f"{local(name)} = {self.value(of)};\n" + "\n".join(self.statements(body))
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=[]):
                return self.tried(body, handlers, orelse)
            case ast.Match(subject=subject, cases=cases):
                return self.matched(subject, cases)
        raise refuse(self.source, node, f"this {type(node).__name__}")

    def given(self, target: ast.expr, value: ast.expr) -> str:
        """What is assigned to: names that get a value each, or what takes one apart."""
        match target, value:
            case ast.Tuple(elts=names), ast.Tuple(elts=parts) if _by_place(names, parts):
                return f"{self.target(target)} = {self.value(value)};"
        return self.assigned(target, self.value(value))

    def assigned(self, target: ast.expr, value: str) -> str:
        match target:
            case ast.Subscript(value=of, slice=at):
                return f"$put({self.value(of)}, {self.value(at)}, {value});"
            case ast.Attribute(value=of, attr=name):
                return f"{self.value(of)}.{name} = {value};"
            case ast.Tuple(elts=parts) if any(isinstance(one, ast.Attribute | ast.Subscript) for one in parts):
                if not width_of(target):
                    raise refuse(self.source, target, f"assigning to {ast.unparse(target)}")
                sets = [self.assigned(part, f"$parts[{i}]") for i, part in enumerate(parts)]
                return f"{{ const $parts = $unpack({value}, {len(parts)}); {' '.join(sets)} }}"
            case ast.Tuple():
                return f"{self.target(target)} = $unpack({value}, {width_of(target)});"
        return f"{self.target(target)} = {value};"

    def tried(self, body: Sequence[ast.stmt], handlers: Sequence[ast.ExceptHandler], orelse: Sequence[ast.stmt]) -> str:
        """What is tried, and what is done about errors; what else is done where there was none."""
        caught = []
        for one in handlers:
            kinds = self.kinds(one.type) if one.type else []
            name = [f"{local(one.name)} = $error;"] if one.name else []
            caught.append(
                f"if ($is_error($error, [{', '.join(kinds)}])) {{\n{indented([*name, *self.statements(one.body)])}\n}}"
            )
        text = (
            f"try {self.block(body)} catch ($error) {{\n{indented([' else '.join([*caught, '{ throw $error; }'])])}\n}}"
        )
        if not orelse:
            return text
        done = ["$done = true;"]
        inner = text.replace("try {", "let $done = false;\ntry {", 1).replace(
            "} catch", f"{indented(done)}\n}} catch", 1
        )
        return f"{{\n{indented([inner, f'if ($done) {self.block(orelse)}'])}\n}}"

    def matched(self, subject: ast.expr, cases: Sequence[ast.match_case]) -> str:
        """Cases of constants, of one of several, and of all else by a name."""
        told = []
        for one in cases:
            body = self.statements(one.body)
            match one.pattern:
                case ast.MatchValue(value=value):
                    tests = [value]
                case ast.MatchOr(patterns=patterns) if all(isinstance(x, ast.MatchValue) for x in patterns):
                    tests = [x.value for x in patterns if isinstance(x, ast.MatchValue)]
                case ast.MatchAs(pattern=None, name=name):
                    told.append(f"{{\n{indented([f'{local(name)} = $subject;' if name else '', *body])}\n}}")
                    continue
                case _:
                    raise refuse(self.source, one.pattern, "this case")
            told.append(
                f"if ({' || '.join(f'$eq($subject, {self.value(x)})' for x in tests)}) {{\n{indented(body)}\n}}"
            )
        return f"{{ const $subject = {self.value(subject)};\n{' else '.join(told)} }}"


def _told(default: str) -> bool:
    """Whether a field's default is told by a word: a text without spaces, a number, true, false, null."""
    return _PLAIN.fullmatch(default) is not None


def _unsaid(default: str | None) -> str:
    """What stands behind a field's name: of one that may be left out a mark, and its default where a word tells it."""
    return "" if default is None else f"?{default}" if _told(default) and default != "null" else "?"


def _by_place(names: Sequence[ast.expr], parts: Sequence[ast.expr]) -> bool:
    """Whether each of some names gets one of some values, which are as many."""
    plain = all(isinstance(one, ast.Name) for one in names)
    return plain and len(names) == len(parts) and not any(isinstance(one, ast.Starred) for one in parts)


def _named_in(node: ast.AST) -> Iterator[str]:
    """What stands behind a dot, or as a text, which may be such a name."""
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute):
            yield one.attr
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _takes(methods: Iterable[ast.FunctionDef]) -> dict[str, list[str]]:
    """What methods may be given by its name, in the order of places: of those that may be left out of a call."""
    optional = [one for one in methods if one.args.defaults or one.args.kwonlyargs]
    return {one.name: [*signature(one).names, *signature(one).keywords] for one in optional}


def _idle(value: str) -> str:
    """A value that bundlers may leave out where nobody asks for it."""
    return f"/* @__PURE__ */ (() => {value})()" if "(" in value else value
