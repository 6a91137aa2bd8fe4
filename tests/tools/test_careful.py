"""Python of which no type is known does the same in JavaScript, with its values and its errors, or is refused."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tools.javascript import HERE
from tools.javascript.careful.scope import Scope, Source
from tools.javascript.careful.statements import Statements
from tools.javascript.subset import RefusalError

# Expressions over what stands before them, each with what Python makes of it; some raise.
VALUES: dict[str, Any] = {
    "n": None, "t": True, "i": 7, "m": -7, "f": 2.5, "w": 2.0, "big": 10**15, "s": "héllo wörld", "l": [3, 1, 2],
    "d": {"a": 1, "b": [1, 2]}, "e": "", "words": ["full", "shared", "full"],
}  # fmt: skip
EXPRESSIONS = (
    "i // 2", "m // 2", "m % 5", "i / 2", "i ** 2", "-i", "i * s", "l * 2", "l + [4]", "s + 1", "n * 2", "i < n",
    "l < [3, 2]", "str(big * big // 3)", "big * 3 + 1", "1 / 0", "i % 0", "1 + t", "w == 2", "w + 1", "i == 7.0",
    "i in l", "'a' in d", "s[0]", "s[-1]", "s[1:3]", "l[5]", "d['c']", "d.get('c')", "d.get('a', 5)", "d['b'][-1]",
    "len(s)",
    "len(i)", "sorted(l)", "sorted(words, key=len)", "max(l)", "max([], default=3)", "min([])", "sum(l)",
    "list(range(3))", "s.upper()", "s.split()", "s.startswith(('x', 'h'))", "s.removeprefix('hé')",
    "s.partition(' ')", "', '.join(words)", "', '.join(l)", "s.nope()", "n.get('x')",
    "f'{s!r} {f:.2f} {big:,} {w} {f:g} {i:05} {t} {n}'", "f'{d}'", "[x * 2 for x in l if x > 1]",
    "{x: y for x, y in d.items()}", "{**d, 'c': 3}", "[a + b for a, b in d.items()]", "all(x for x in l)",
    "next((x for x in l if x > 5), None)", "next(x for x in l if x > 5)", "(x for x in i)", "len({*words})",
    "len({'full'} & set(words))", "set(words) == {'shared', 'full'}", "len(set(l) - {1})", "isinstance(w, int)",
    "isinstance(w, float)", "isinstance(t, int)", "isinstance(l, (list, str))", "type(t) is int", "int('12')",
    "int('x')", "int(f)", "int(n)", "float('2.5')", "round(f)", "round(3.5)", "abs(m)", "bool(e)", "e or i",
    "l and s", "not d", "i if l else n", "(lambda a, b: a - b)(i, 2)", "[*l, *words]", "list(zip(l, words))",
    "list(zip(l, [1], strict=True))", "[x for x in enumerate(words)]", "list(map(str, l))", "tuple(l) == (3, 1, 2)",
    "0 < i < 10", "s.count('l')", "list(d)", "list(d.values())", "str(w)", "str(f)", "str(big * big)", "repr(words)",
    "list(reversed(l))", "list(filter(None, [0, 1, '']))", "dict.fromkeys(l)", "d | {'a': 2}",
    "str(1e-5)",
)  # fmt: skip

RUN = """async ([text, values]) => {
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return module.run(values);
}"""


def made(source: str, names: list[str]) -> str:
    """Functions of a module as JavaScript that can be run."""
    scope = Scope()
    scope.sources["sizing.some"] = Source("sizing.some", Path("some.py"), ast.parse(source))
    scope.labels["sizing.some"] = "some"
    return Statements(scope).body([("sizing.some", name) for name in names])


def python(expression: str) -> Any:
    """What Python makes of it, as JSON has it."""
    try:
        found = eval(expression, {"__builtins__": __builtins__, **json.loads(json.dumps(VALUES))})
        if hasattr(found, "__next__"):
            found = list(found)
        return json.loads(json.dumps(found))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, StopIteration):
        return "raises"


def test_expressions_are_worth_what_python_makes_of_them(browser: Browser) -> None:
    names = [f"f{i}" for i in range(len(EXPRESSIONS))]
    takes = ", ".join(VALUES)
    source = "\n".join(f"def {name}({takes}):\n    return {one}" for name, one in zip(names, EXPRESSIONS, strict=True))
    prelude = (HERE / "python.mjs").read_text(encoding="utf-8")
    told = json.dumps(VALUES).replace('"w": 2.0', '"w": {"float": 2}')
    run = f"""
const $values = () => $pairs($dicts({told})).map(([name, one]) => (name === "w" ? new $Float(2) : one));
const $given = (x) => (x !== null && typeof x === "object" && typeof x.next === "function" ? [...x] : x);
export const run = () => [{", ".join(names)}].map((one) => {{
  try {{ return $plain($given(one(...$values()))); }} catch (error) {{ return "raises"; }}
}});"""
    page = browser.new_page()
    found = page.evaluate(RUN, [f"{prelude}\n{made(source, names)}\n{run}", 0])
    page.close()
    differing = [(one, python(one), ours) for one, ours in zip(EXPRESSIONS, found, strict=True) if python(one) != ours]
    assert differing == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("return open(a)", "the name open"),
        ("return a @ b", "a @ b"),
        ("return f(a, c=1)", "a keyword of f"),
        ("global a", "this Global"),
        ("return [x async for x in a]", "what is awaited"),
        ("for b in a: pass\n    else: pass", "this For"),
        ("a.b, *c = a", "assigning to (a.b, *c)"),
        ("import os", "this Import"),
        ("@a\n    def inner(): pass", "this FunctionDef"),
        ("return a[::2] if (b := a) else undefined", "the name undefined"),
    ],
)
def test_what_it_does_not_know_is_refused_with_its_line(line: str, what: str) -> None:
    with pytest.raises(RefusalError, match=r"some\.py:\d+: ") as caught:
        made(f"def f(a, b):\n    {line}\n", ["f"])
    assert what in str(caught.value)


RECORDS = """
from dataclasses import dataclass, field
from functools import cached_property
from sizing.anatomy.dialect.synonyms import TYPES

@dataclass(frozen=True)
class Layer:
    kind: str
    count: int = 2
    gate: str = "none"
    sizes: list[int] = field(default_factory=list)
    name: str | None = None

    @property
    def twice(self): return self.count * self.helped()

    def helped(self): return 2

    def idle(self): return nowhere

def told(a):
    one = Layer("x")
    return [one.kind, one.count, one.gate, one.sizes, one.name, one.twice, [*walked(2)]]

def walked(n):
    yield n
    if n:
        yield from walked(n - 1)

def ending(n):
    end = yield from walked(n)
    return end

KNOWN = {*TYPES}

def known(): return KNOWN
"""


def test_of_a_record_only_the_methods_are_told_that_somebody_names(browser: Browser) -> None:
    body = made(RECORDS, ["told"])
    assert "helped()" in body
    assert "idle" not in body
    prelude = (HERE / "python.mjs").read_text(encoding="utf-8")
    page = browser.new_page()
    found = page.evaluate(RUN, [f"{prelude}\n{body}\nexport const run = () => $plain(told(0));", 0])
    page.close()
    assert found == ["x", 2, "none", [], None, 4, [2, 1, 0]]


@pytest.mark.parametrize(
    ("name", "what"), [("ending", "what ending asks another for the end of"), ("known", "a constant made of TYPES")]
)
def test_what_comes_too_late_is_refused(name: str, what: str) -> None:
    with pytest.raises(RefusalError, match=what):
        made(RECORDS, [name])
