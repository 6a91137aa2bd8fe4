"""What is written once in Python becomes JavaScript, or is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.javascript import ENGINE, MODULES, OUTPUT, Made
from tools.javascript.calling import rows
from tools.javascript.subset import RefusalError
from tools.javascript.translate import translated


def refusal(tmp_path: Path, source: str) -> str:
    (tmp_path / "some.py").write_text(source, encoding="utf-8")
    with pytest.raises(RefusalError) as caught:
        translated(tmp_path)
    return str(caught.value).replace(str(tmp_path), "")


@pytest.mark.parametrize("made", MODULES, ids=lambda made: made.output.name)
def test_a_browsers_module_is_that_of_the_python_beside_it(made: Made) -> None:
    assert made.output.read_text(encoding="utf-8") == made.text, f"{made.output.name} is old: run make engine"


def test_it_exports_all_that_the_engine_names() -> None:
    text = OUTPUT.read_text(encoding="utf-8")
    exported = text.rpartition("export {")[2].split("}")[0].replace(",", " ").split()
    assert {"Exported", "Outcome", "Proposals", "Speed", "settle", "deal", "hold", "power", "TERMS"} <= set(exported)
    assert not [name for name in exported if name.startswith("_")]
    assert "export function load(data)" in text


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("return a ** 2", "a ** 2"),
        ("return sum(a)", "the name sum"),
        ("return (1,) + a", "(1,) + a"),
        ("return a == (1, 2)", "comparing tuples"),
        ("return a[-2]", "a[-2]"),
        ("return 9007199254740992", "9007199254740992"),
        ("return f'{a:.2f}'", "{a:.2f}"),
        ("return a.sort()", "the call of a.sort"),
        ("return a.real", "a.real"),
        ("return a if (b := a) else 0", "(b := a)"),
        ("a += [1]", "a + [1]"),
        ("del a", "this Delete"),
        ("global b", "this Global"),
        ("b = c = a", "this Assign"),
        ("a, *b = a", "assigning to *b"),
        ("with a: pass", "this With"),
        ("try: pass\n    finally: pass", "this Try"),
        ("def inner(): pass", "this FunctionDef"),
        ("new = a", "the name new"),
        ("return min(a, key=len)", "a keyword of min"),
        ("return {**a}", "{**a}"),
        ("return a & 1", "a & 1"),
        ("for b in a: pass\n    else: pass", "this For"),
    ],
)
def test_a_line_outside_the_subset_is_refused(tmp_path: Path, line: str, what: str) -> None:
    said = refusal(tmp_path, f"def some(a: int) -> int:\n    {line}\n")
    assert said == f"/some.py:2: {what} is outside the subset of tools/javascript/translate.py"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import os\n", "1: the import of os"),
        ("from math import cos\n", "1: the import of cos"),
        ("\nfrom math import sqrt as root\n", "2: the import of sqrt"),
        ("def a(*b: int) -> None: ...\n", "1: a star or a slash among parameters"),
        ("A = 1\nA = 2\n", "2: a second A"),
        ("def len(x: int) -> int: ...\n", "1: a second len"),
        ("if True:\n    A = 1\n", "1: a module's If"),
        ("@staticmethod\n@cache\ndef a() -> None: ...\n", "2: the decorator cache"),
        ("class A:\n    b: int\n    c = 1\n", "3: a class's Assign"),
    ],
)
def test_a_module_outside_the_subset_is_refused(tmp_path: Path, source: str, what: str) -> None:
    assert refusal(tmp_path, source) == f"/some.py:{what} is outside the subset of tools/javascript/translate.py"


def test_two_modules_must_not_name_one_thing_twice(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("def a() -> int:\n    return 1\n", encoding="utf-8")
    assert "/some.py:1: a second a" in refusal(tmp_path, "def a() -> int:\n    return 2\n")


def test_modules_come_after_those_that_they_import() -> None:
    text = translated(ENGINE)
    order = [
        text.index(f"// --- {name}.py:") for name in ("numbers", "cache", "sized", "memory", "placement", "outcome")
    ]
    assert order == sorted(order)


def test_a_table_of_names_becomes_one_of_a_browsers_patterns() -> None:
    (row,) = rows([(r"(\d+) a/b$", r"\1 $ 台")])
    assert row == r'  [/(\d+) a\/b$/g, "$1 $$ 台"],' + "\n"


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"(?P<a>b)", r"a\Z", r"a++"])
def test_a_pattern_that_browsers_read_otherwise_is_refused(pattern: str) -> None:
    with pytest.raises(RefusalError, match="browsers do not read"):
        list(rows([(pattern, "")]))
