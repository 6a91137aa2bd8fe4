"""JSON from outside is plain data within bounds, or one sentence about what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing import SizingError
from sizing.files.json_text import parsed, read_json


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_as_editors_save_it(encoding: str) -> None:
    assert parsed('{"a": "é", "b": [1, 2.5, null]}\n'.encode(encoding)) == {"a": "é", "b": [1, 2.5, None]}


def test_a_key_may_be_said_twice_alike() -> None:
    assert parsed(b'{"a": 1, "a": 1}') == {"a": 1}
    with pytest.raises(ValueError, match="'a' is given twice; keep one"):
        parsed(b'{"a": 1, "a": 2}')


def test_infinity_is_a_number_of_some_config_files() -> None:
    assert parsed(b'{"time_step_limit": [0.0, Infinity]}') == {"time_step_limit": [0.0, float("inf")]}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not JSON: line 1: expecting value; give the whole file"),
        (b'{"a": 1', "not JSON: line 1: expecting ',' delimiter"),
        (b'{\n"a": 1,\n}', "not JSON: line 2|not JSON: line 3"),
        (b"{} {}", "more after its end; give the file as it was"),
        (b'{"a": "\xe9"}', r"no UTF-8 text \(byte 7\); save it as UTF-8"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number of 5,000 digits; write one that can be"),
        (b"[" * 60 + b"]" * 60, "nested more than 50 deep"),
        (b"[" * 100_000, "nested more than 50 deep"),
        (b'["' + b"x" * 70_000 + b'"]', "a text of 70,000 characters"),
        (b"[" + b"0," * 800_000 + b"0]", "more than half a million values"),
    ],
    ids=["empty", "cut off", "a comma", "two", "Latin-1", "digits", "60 deep", "endless", "text", "values"],
)
def test_what_cannot_be_is_one_sentence(data: bytes, what: str) -> None:
    with pytest.raises(ValueError, match=what) as caught:
        parsed(data)
    assert "\n" not in str(caught.value)


def test_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(b"{")
    with pytest.raises(SizingError, match=rf"^{tmp_path}/config\.json: not JSON: line 1"):
        read_json(tmp_path / "config.json")
