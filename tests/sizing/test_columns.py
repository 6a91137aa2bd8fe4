"""Records in columns are told with each key once, and as they are."""

from __future__ import annotations

from sizing.export.columns import columns


def test_a_key_that_some_lack_is_told_so() -> None:
    told = columns({"a": {"size": 8, "watts": None}, "b": {"size": 16, "watts": 30, "short": "B"}})
    assert told == {
        "ids": ["a", "b"],
        "columns": {"size": [8, 16], "watts": [None, 30], "short?": [None, "B"]},
    }


def test_of_nothing_there_are_no_columns() -> None:
    assert columns({}) == {"ids": [], "columns": {}}
