"""The catalog's history in git, as the entries that came, changed and went on a day."""

import os
import subprocess
from pathlib import Path

import pytest

from tools.changes import days, differences

MODELS = "family: F\nmodels:\n  one: {name: One}\n"


def commit(root: Path, day: str, **files: str) -> None:
    for name, text in files.items():
        path = root / "catalog/models" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {"GIT_AUTHOR_DATE": f"{day}T10:00:00Z", "GIT_COMMITTER_DATE": f"{day}T10:00:00Z"}
    for words in (("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run(["git", "-C", str(root), *words], check=True, env={**os.environ, **who, **when})


@pytest.fixture
def history(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    commit(tmp_path, "2026-01-01", a=MODELS)
    commit(tmp_path, "2026-01-02", a=MODELS.replace("One", "Two"))
    commit(tmp_path, "2026-01-02", a=MODELS.replace("One", "Uno"), b="models:\n  two: {name: Two}\n")
    commit(tmp_path, "2026-01-03", a="family: F\nmodels: {}\n", _draft="models:\n  three: {name: Three}\n")
    return tmp_path


def test_each_day_tells_what_is_different_at_its_end(history: Path) -> None:
    assert days(history) == [
        {"day": "2026-01-03", "removed": {"models": ["one"]}},
        {"day": "2026-01-02", "added": {"models": ["two"]}, "changed": {"models": ["one"]}},
        {"day": "2026-01-01", "added": {"models": ["one"]}},
    ]


def test_what_a_file_says_for_all_of_its_entries_changes_each() -> None:
    before, after = ({"models": {"one": [{"license": name}, {}]}} for name in ("MIT", "Apache-2.0"))
    assert differences(before, after) == {"changed": {"models": ["one"]}}


def test_without_a_history_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert days(tmp_path) == []
