"""What does an expression become? Names resolved, operators and methods by what python.mjs calls them."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tools.javascript import subset
from tools.javascript.careful.given import generates, signature, width_of
from tools.javascript.careful.scope import WHOLE, Named, Scope, Source, local, refuse

_OPERATORS: Final = {
    ast.Add: "$add", ast.Sub: "$sub", ast.Mult: "$mul", ast.Div: "$truediv", ast.FloorDiv: "$floordiv",
    ast.Mod: "$mod", ast.Pow: "$pow", ast.BitOr: "$bitor", ast.BitAnd: "$bitand", ast.BitXor: "$bitxor",
    ast.LShift: "$shl", ast.RShift: "$shr",
}  # fmt: skip
_COMPARISONS: Final = {
    ast.Lt: "$lt", ast.LtE: "$le", ast.Gt: "$gt", ast.GtE: "$ge", ast.Eq: "$eq", ast.NotEq: "!$eq", ast.In: "$in",
    ast.NotIn: "!$in",
}  # fmt: skip
# Types of isinstance, beside the project's own classes.
_TYPES: Final = frozenset({
    "int", "float", "str", "bool", "dict", "list", "tuple", "set", "frozenset", "bytes", "Mapping", "Sequence",
})  # fmt: skip

# Methods of Python's own types, which values of JavaScript have not; all else that has methods has its own.
_PYTHONS: Final = frozenset(name for kind in (str, bytes, list, tuple, dict, set, Counter) for name in dir(kind))

_WORD: Final = re.compile(r"[A-Za-z_].*", re.ASCII)  # no number, which objects would put first


@dataclass(eq=False)
class Expressions:
    """Expressions of the module in hand; what they reach is noted, for it must be translated too."""

    scope: Scope
    source: Source = field(init=False)
    reached: list[Named] = field(default_factory=list)
    own: list[set[str]] = field(default_factory=list)  # names of the functions that are open

    def named(self, node: ast.Name) -> Named:
        """What a name that is none of an open function means. Raises RefusalError for one that nobody knows."""
        found = self.scope.meant(self.source, node.id)
        if not found.known and node.id not in WHOLE:
            raise refuse(self.source, node, f"the name {node.id}")
        if found.node is not None:
            self.reached.append(found)
        return found

    def is_own(self, name: str) -> bool:
        return any(name in names for names in self.own)

    def value(self, node: ast.expr) -> str:  # noqa: C901 (a table: one case a construct)
        """An expression."""
        match node:
            case ast.Constant(value=None | bool() | str() as value):
                return json.dumps(value, ensure_ascii=True)
            case ast.Constant(value=bytes() as value):
                return f"$bytes([{', '.join(map(str, value))}])"
            case ast.Constant(value=int() | float() as value):
                return f"{value}n" if isinstance(value, int) and value >= 2**53 else repr(value)
            case ast.Name(id=name):
                return local(name) if self.is_own(name) else self.named(node).text
            case ast.Attribute(value=ast.Name(id=of), attr=name) if not self.is_own(of) and (
                whole := self.scope.meant(self.source, of).whole
            ):
                return self.member(node, whole, name).text
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super"), args=[]), attr=name):
                return f"super.{name}"
            case ast.Attribute(value=of, attr=name):
                return f"{self.value(of)}.{name}"
            case ast.Subscript(value=of, slice=ast.Slice(lower=lower, upper=upper, step=step)):
                ends = [self.value(one) if one else "null" for one in (lower, upper, step)]
                return f"$slice({self.value(of)}, {', '.join(ends)})"
            case ast.Subscript(value=of, slice=at):
                return f"$item({self.value(of)}, {self.value(at)})"
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return f"[{', '.join(map(self.value, parts))}]"
            case ast.Set(elts=parts):
                return f"$set([{', '.join(map(self.value, parts))}])"
            case ast.Starred(value=of):
                return f"...$iter({self.value(of)})"
            case ast.Yield(value=ast.expr() as of):
                return f"(yield {self.value(of)})"
            case ast.YieldFrom(value=of):
                return f"(yield* {self.value(of)})" if self.generated(of) else f"(yield* $iter({self.value(of)}))"
            case ast.Dict(keys=keys, values=values) if (words := _words(keys)) is not None:
                facts = [f"{word}: {self.value(one)}" for word, one in zip(words, values, strict=True)]
                return f"$dict({{ {', '.join(facts)} }})"
            case ast.Dict(keys=keys, values=values):
                pairs = [
                    f"[{self.value(key)}, {self.value(one)}]" if key else f"...$pairs({self.value(one)})"
                    for key, one in zip(keys, values, strict=True)
                ]
                return f"$dict([{', '.join(pairs)}])"
            case ast.JoinedStr(values=parts):
                return subset.joined(map(self.value, parts))
            case ast.FormattedValue(value=of, conversion=conversion, format_spec=how):
                told = f"$repr({self.value(of)})" if conversion == ord("r") else self.value(of)
                return f"$format({told}, {self.value(how)})" if how else f"$str({told})"
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                return f"({self.truth(test)} ? {self.value(then)} : {self.value(otherwise)})"
            case ast.BoolOp(op=op, values=[first, *rest]):
                later = self.value(ast.copy_location(ast.BoolOp(op, rest), node)) if rest[1:] else self.value(rest[0])
                return f"{'$and' if isinstance(op, ast.And) else '$or'}({self.value(first)}, () => {later})"
            case ast.UnaryOp(op=ast.Not(), operand=of):
                return f"(!{self.truth(of)})"
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return f"$neg({self.value(of)})"
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return f"{_OPERATORS[type(op)]}({self.value(left)}, {self.value(right)})"
            case ast.Compare(left=left, ops=ops, comparators=others):
                pairs = [self.compared(*one) for one in zip([left, *others], ops, others, strict=False)]
                return f"({' && '.join(pairs)})"
            case ast.NamedExpr(target=ast.Name(id=name), value=of):
                return f"({local(name)} = {self.value(of)})"
            case ast.Lambda(args=args, body=body):
                names = [arg.arg for arg in args.args]
                self.own.append(set(names))
                text = f"(({', '.join(map(local, names))}) => {self.value(body)})"
                self.own.pop()
                return text
            case ast.ListComp(elt=made, generators=loops) | ast.GeneratorExp(elt=made, generators=loops):
                return self.gathered(loops, [made], "$list" if isinstance(node, ast.ListComp) else "")
            case ast.SetComp(elt=made, generators=loops):
                return self.gathered(loops, [made], "$set")
            case ast.DictComp(key=key, value=one, generators=loops):
                return self.gathered(loops, [key, one], "$dict")
            case ast.Call(func=func):
                return self.call(node, func)
        raise refuse(self.source, node, ast.unparse(node))

    def generated(self, node: ast.expr) -> bool:
        """Whether it is a call of a function of a module that gives one value after another."""
        match node:
            case ast.Call(func=ast.Name(id=name)) if not self.is_own(name):
                return generates(self.scope.meant(self.source, name).node)
        return False

    def member(self, node: ast.expr, whole: Source, name: str) -> Named:
        """A name of another module."""
        found = self.scope.meant(whole, name)
        if found.node is None:
            raise refuse(self.source, node, ast.unparse(node))
        self.reached.append(found)
        return found

    def truth(self, node: ast.expr) -> str:
        """A value of which only the truth matters."""
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "all" | "any" | "bool" as name)) if not self.is_own(name):
                return self.value(node)
        return subset.truth(node, self.value)

    def compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        match left, op, right:
            case ast.Call(func=ast.Name(id="type"), args=[of]), ast.Is(), ast.Name(id=kind):
                return f'$exactly({self.value(of)}, "{kind}")'
            case _, ast.Is() | ast.IsNot(), _:
                return f"{self.value(left)} {'===' if isinstance(op, ast.Is) else '!=='} {self.value(right)}"
            case _, ast.Eq() | ast.NotEq(), ast.Constant(value=str()):  # which nothing else is equal to
                return f"{self.value(left)} {'===' if isinstance(op, ast.Eq) else '!=='} {self.value(right)}"
        a, b = (right, left) if isinstance(op, ast.In | ast.NotIn) else (left, right)
        return f"{_COMPARISONS[type(op)]}({self.value(a)}, {self.value(b)})"

    def target(self, node: ast.expr) -> str:
        """Names that are assigned to."""
        match node:
            case ast.Name(id=name):
                return local(name)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return f"[{', '.join(map(self.target, parts))}]"
            case ast.Starred(value=of):
                return f"...{self.target(of)}"
        raise refuse(self.source, node, f"assigning to {ast.unparse(node)}")

    def gathered(self, loops: Sequence[ast.comprehension], made: Sequence[ast.expr], into: str) -> str:
        """A comprehension; one that is not gathered gives one after another."""
        if any(one.is_async for one in loops):
            raise refuse(self.source, loops[0].iter, "what is awaited")
        if len(loops) == 1:
            return self.through(loops[0], made, into)
        text, opened = "", 0
        for one in loops:
            values = self.value(one.iter)
            self.own.append({name.id for name in ast.walk(one.target) if isinstance(name, ast.Name)})
            opened += 1
            text += f"for (const {self.target(one.target)} of $each({values}, {width_of(one.target)})) "
            text += "".join(f"if ({self.truth(test)}) " for test in one.ifs)
        told = ", ".join(map(self.value, made))
        del self.own[len(self.own) - opened :]
        return f"{into}((function* () {{ {text}yield {f'[{told}]' if len(made) > 1 else told}; }})())"

    def through(self, loop: ast.comprehension, made: Sequence[ast.expr], into: str) -> str:
        """A comprehension of one loop."""
        given = [self.value(loop.iter), str(width_of(loop.target))]
        self.own.append({name.id for name in ast.walk(loop.target) if isinstance(name, ast.Name)})
        takes = self.target(loop.target)
        takes = takes if isinstance(loop.target, ast.Name) else f"({takes})"
        told = ", ".join(map(self.value, made))
        given.append(f"{takes} => {f'[{told}]' if len(made) > 1 else told}")
        if loop.ifs:
            given.append(f"{takes} => {' && '.join(map(self.truth, loop.ifs))}")
        self.own.pop()
        return f"{into}($through({', '.join(given)}))"

    def call(self, node: ast.Call, func: ast.expr) -> str:
        """A call, of what is known by its name with keywords in their places."""
        match func:
            case ast.Name(id="isinstance") if not self.is_own("isinstance"):
                return f"$isinstance({self.value(node.args[0])}, [{', '.join(self.kinds(node.args[1]))}])"
            case ast.Name(id="get_args") if not self.is_own("get_args"):
                return self.choices(node.args[0])
            case ast.Name(id="replace") if not self.is_own("replace"):
                return f"$replace({self.value(node.args[0])}, {self.keywords(node.keywords)})"
            case ast.Name(id=name) if not self.is_own(name):
                return self.called(node, self.named(func))
            case ast.Attribute(value=ast.Name(id=of), attr=name) if not self.is_own(of) and (
                whole := self.scope.meant(self.source, of).whole
            ):
                return self.called(node, self.member(func, whole, name))
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super"), args=[]), attr=name):
                return f"super.{name}({', '.join(map(self.value, node.args))})"
            case ast.Attribute(value=ast.Name(id="object"), attr="__setattr__"):
                return f"$assign({', '.join(map(self.value, node.args))})"
            case ast.Attribute(value=ast.Name(id=of), attr=name) if (method := self.method(of, name)) is not None:
                return f"{self.value(func.value)}.{name}({self.placed(node, method)})"
            case ast.Attribute(value=of, attr=name) if name not in _PYTHONS and not node.keywords:
                return f"{self.value(of)}.{name}({', '.join(map(self.value, node.args))})"
            case ast.Attribute(value=of, attr=name):
                args = [*map(self.value, node.args)]
                if node.keywords:
                    args.append(f"$kw({self.keywords(node.keywords)})")
                return f"$call({', '.join([self.value(of), json.dumps(name), *args])})"
        if any(one.arg for one in node.keywords) and ast.unparse(func) != "cls":
            raise refuse(self.source, node, f"a keyword of {ast.unparse(func)}")
        if node.keywords:  # a record of a type that is not known
            given = ", ".join(map(self.value, node.args))
            return f"$make({self.value(func)}, [{given}], {self.keywords(node.keywords)})"
        return f"{self.value(func)}({', '.join(map(self.value, node.args))})"

    def method(self, of: str, name: str) -> ast.FunctionDef | None:
        """A class's own method."""
        definition = None if self.is_own(of) else self.scope.meant(self.source, of).node
        every = definition.body if isinstance(definition, ast.ClassDef) else []
        return next((one for one in every if isinstance(one, ast.FunctionDef) and one.name == name), None)

    def choices(self, node: ast.expr) -> str:
        """What a Literal allows."""
        found = self.scope.meant(self.source, node.id) if isinstance(node, ast.Name) else None
        match found and found.node:
            case ast.Assign(value=ast.Subscript(value=ast.Name(id="Literal"), slice=choices)):
                return self.value(choices)
        raise refuse(self.source, node, ast.unparse(node))

    def keywords(self, told: Sequence[ast.keyword]) -> str:
        """Keywords as an object."""
        parts = [
            f"{one.arg}: {self.value(one.value)}" if one.arg else f"...$object({self.value(one.value)})" for one in told
        ]
        return f"{{ {', '.join(parts)} }}"

    def called(self, node: ast.Call, named: Named) -> str:
        """A call of what a name stands for."""
        definition = named.node
        args = [*map(self.value, node.args)]
        if isinstance(definition, ast.ClassDef):
            plain = not node.keywords
            return (
                f"new {named.text}({', '.join(args)})"
                if plain
                else (f"$make({named.text}, [{', '.join(args)}], {self.keywords(node.keywords)})")
            )
        if not isinstance(definition, ast.FunctionDef):
            if node.keywords:
                args.append(f"$kw({self.keywords(node.keywords)})")
            made = "new " if named.text.endswith(("Error", "Exception")) else ""
            return f"{made}{named.text}({', '.join(args)})"
        return f"{named.text}({self.placed(node, definition)})"

    def placed(self, node: ast.Call, definition: ast.FunctionDef) -> str:
        """What a call gives a function or a method that is known, keywords in their places."""
        args, takes = [*map(self.value, node.args)], signature(definition)
        told = {one.arg: self.value(one.value) for one in node.keywords if one.arg}
        strange = [one for one in node.keywords if one.arg not in (*takes.names, *takes.keywords)]
        if strange and not takes.others:
            raise refuse(self.source, node, f"a keyword of {ast.unparse(node.func)}")
        if any(isinstance(one, ast.Starred) for one in node.args[: len(takes.names)]):
            if told or takes.keywords:
                raise refuse(self.source, node, f"a star and keywords of {ast.unparse(node.func)}")
            return ", ".join(args)
        first, rest = args[: len(takes.names)], args[len(takes.names) :]
        placed = [told.get(name, "undefined") for name in (*takes.names[len(first) :], *takes.keywords)]
        if takes.others:
            placed.append(f"$dict($pairs({self.keywords(strange)}))")
        while placed and not rest and placed[-1] == "undefined":
            placed.pop()
        return ", ".join([*first, *placed, *rest])

    def kinds(self, node: ast.expr) -> list[str]:
        """What isinstance asks for: names of Python's types, and classes."""
        match node:
            case ast.Tuple(elts=parts):
                return [kind for part in parts for kind in self.kinds(part)]
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return [*self.kinds(left), *self.kinds(right)]
            case ast.Name(id=name) if name in _TYPES and not self.is_own(name):
                return [f'"{name}"']
        return [self.value(node)]


def _words(keys: Sequence[ast.expr | None]) -> list[str] | None:
    """Keys as an object of JavaScript has them in the same order; None where they are not all words."""
    words = [one.value for one in keys if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    plain = len(words) == len(keys) and all(_WORD.fullmatch(word) and word != "__proto__" for word in words)
    return [word if word.isidentifier() else json.dumps(word) for word in words] if plain and words else None
