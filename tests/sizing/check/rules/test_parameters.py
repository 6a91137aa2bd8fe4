"""A model has as many parameters as its shape has."""

from __future__ import annotations

from pathlib import Path

import pytest

from sizing.catalog import HERE
from sizing.check.rules import parameters
from tests.sizing.check.seen import found

TIP = "correct the one that is wrong"


@pytest.mark.parametrize(
    ("old", "new", "actual", "expected"),
    [
        ("", "", "", ""),
        ("8030261248", "8030261249", "8,030,261,249", "its architecture's 8,030,261,248"),
        ("8030261248", "80302612480", "80,302,612,480", "its architecture's 8,030,261,248"),
        ("8030261248", "undisclosed", "undisclosed", "its architecture's 8,030,261,248"),
    ],
)
def test_of_llama_3(tmp_path: Path, old: str, new: str, actual: str, expected: str) -> None:
    text = (HERE / "models" / "llama-3.yaml").read_text(encoding="utf-8")
    assert old in text
    told = found(tmp_path, parameters.RULE, models__llama=text.replace(old, new) if old else text)
    tip = parameters.UNSTATED if new == "undisclosed" else TIP
    assert told == ([("models.llama-3-8b.parameters", actual, expected, tip)] if actual else [])
