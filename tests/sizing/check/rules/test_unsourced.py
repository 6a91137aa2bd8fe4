"""Each fact of a model that a reader decides by has a source that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sizing.catalog import HERE
from sizing.check.rules import unsourced
from tests.sizing.check.seen import found

FAMILY = (HERE / "models" / "llama-3.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("", "", []),
        ("released", "native", ["released"]),  # what sources are for
        ("architecture", "native", []),  # another one is of the context alone
        ("context", "native", []),  # config.json states it as it does the shape
    ],
)
def test_a_fact_that_no_source_names_is_told(tmp_path: Path, old: str, new: str, keys: list[str]) -> None:
    lines = FAMILY.splitlines(keepends=True)
    changed = "".join(line.replace(old, new) if "for: [" in line and old else line for line in lines)
    told = found(tmp_path, unsourced.RULE, models__llama=changed)
    assert {key.rpartition(".")[2] for key, *_ in told} == set(keys)


def test_a_size_that_the_name_tells_needs_no_other_source(tmp_path: Path) -> None:
    lines = FAMILY.splitlines(keepends=True)
    text = "".join(line.replace("published", "native") if "for: [" in line else line for line in lines)
    assert found(tmp_path, unsourced.RULE, models__llama=text) == []
    other = re.sub(r"(?<=name: )LLaMA-3 8B", "Llama 3 Small", text)
    assert [key for key, *_ in found(tmp_path, unsourced.RULE, models__llama=other)] == ["models.llama-3-8b.published"]
