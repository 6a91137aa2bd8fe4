"""A YAML file is read as YAML 1.2 says, and what is wrong in it has a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sizing.errors import CatalogError, Problem
from sizing.facts.yaml import Document, read


def document(folder: Path, text: str) -> Document:
    file = folder / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file, "catalog/file.yaml")


def problem(folder: Path, text: str | bytes) -> Problem:
    file = folder / "file.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CatalogError) as caught:
        read(file, "catalog/file.yaml")
    (only,) = caught.value.problems
    assert "\n" not in str(only)
    return only


# https://yaml.org/spec/1.2.2/#103-core-schema, dates being text there as everything else is
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("Yes", "Yes"), ("y", "y"),
        ("12:30", "12:30"), ("1:02:03", "1:02:03"), ("1_000", "1_000"),
        ("2026-11-22", "2026-11-22"), ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"), ("=", "="),
        ("true", True), ("True", True), ("FALSE", False), ("null", None), ("~", None), ("", None),
        ("0", 0), ("-7", -7), ("+7", 7), ("007", 7), ("8030261248", 8_030_261_248),
        ("1.5", 1.5), ("1e3", 1000.0), (".5", 0.5), ("5.", 5.0), ("-1.5E-3", -0.0015),
        ('"true"', "true"), ("'1'", "1"), ('"~"', "~"), ("13.4.1", "13.4.1"), ("24 GB", "24 GB"),
        ("4.0 x16", "4.0 x16"),
    ],
)  # fmt: skip
def test_a_scalar_means_what_an_editor_shows(tmp_path: Path, text: str, value: Any) -> None:
    found = document(tmp_path, f"key: {text}\n").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_text(tmp_path: Path) -> None:
    assert document(tmp_path, "yes: 1\n8: 2\nnull: 3\n").data == {"yes": 1, "8": 2, "null": 3}


def test_every_key_and_item_has_its_line(tmp_path: Path) -> None:
    found = document(tmp_path, "# a comment\na:\n  b: 1\n  c:\n    - x\n    - {d: 2,\n       e: 3}\n")
    assert found.line(("a", "b")) == 3
    assert found.line(("a", "c", 1)) == 6
    assert found.line(("a", "c", 1, "e")) == 7
    assert found.line(("a", "missing")) == 2
    assert found.line(("missing",), ("a", "b")) == 3


def test_an_empty_file_and_one_of_comments_hold_nothing(tmp_path: Path) -> None:
    assert document(tmp_path, "").data == {}
    assert document(tmp_path, "# nothing\n").data == {}


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    assert document(tmp_path, "\ufeffa: 1\n").data == {"a": 1}


def test_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    found = document(tmp_path, "a: 1\r\nb: x\r\n")
    assert found.data == {"a": 1, "b": "x"}
    assert found.line(("b",)) == 2


def test_a_key_given_twice_is_an_error_that_names_both_lines(tmp_path: Path) -> None:
    found = problem(tmp_path, "a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert (found.line, found.key) == (4, "a.b")
    assert found.what == "given twice (first on line 2); keep one"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: {b: 1\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: 'text\nb: 2\n", 3),
        ("a:\n\tb: 1\n", 2),
        ("a: 1\nb\nc: 2\n", 3),
        ("a: @x\n", 1),
        ("a: b: c\n", 1),
    ],
)
def test_what_is_no_yaml_has_a_line_and_a_hint(tmp_path: Path, text: str, line: int) -> None:
    found = problem(tmp_path, text)
    assert found.line in (line, line - 1)
    assert found.what.startswith("not YAML: ")
    assert "check this line's and the one before's indentation, colons and quotes" in found.what


@pytest.mark.parametrize(
    "data", [b"a: \xe9\n", "a: 1\n".encode("utf-16"), b"\x80"], ids=["Latin-1", "UTF-16", "neither"]
)
def test_what_is_not_utf_8_says_so(tmp_path: Path, data: bytes) -> None:
    found = problem(tmp_path, data)
    assert found.what.startswith("not UTF-8 text (byte ")
    assert found.what.endswith("save it as UTF-8")


@pytest.mark.parametrize("data", [b"a: \x00\n", b"a: \x07\n"], ids=["NUL", "BEL"])
def test_a_control_character_is_no_text(tmp_path: Path, data: bytes) -> None:
    assert problem(tmp_path, data).what.endswith("is not seen by readers; leave it out")


def test_a_list_is_no_key(tmp_path: Path) -> None:
    assert problem(tmp_path, "a: 1\n? [b, c]\n: 2\n").line == 2


def test_an_alias_to_what_holds_it_is_an_error(tmp_path: Path) -> None:
    assert problem(tmp_path, "a: &x\n  b: *x\n").line in (1, 2)


def test_a_problem_is_one_line_of_file_line_key_and_what() -> None:
    assert str(Problem("catalog/x.yaml", 3, "a.b", "wrong; right")) == "catalog/x.yaml:3: a.b: wrong; right"
    assert str(Problem("catalog/x.yaml", 3, "", "wrong; right")) == "catalog/x.yaml:3: wrong; right"


def test_an_error_is_its_first_problem_and_says_how_many_more() -> None:
    problems = [Problem("catalog/x.yaml", n, "", "wrong") for n in (1, 2, 3)]
    assert str(CatalogError(problems[:1])) == "catalog/x.yaml:1: wrong"
    assert str(CatalogError(problems)).startswith("catalog/x.yaml:1: wrong (and 2 more: ")
