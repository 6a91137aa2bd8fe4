"""A catalog is checked in one pass: errors and warnings apart, and what can be mended is mended."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sizing.catalog import HERE
from sizing.check import looked
from sizing.check.rules import RULES
from sizing.cli import main
from tests.sizing.conftest import Shelf

RULES_HERE = Path(__file__).parents[3] / "sizing" / "check" / "rules"


def test_every_rule_is_asked_and_has_its_tests() -> None:
    modules = sorted(file.stem for file in RULES_HERE.glob("*.py") if file.stem != "__init__")
    assert sorted(rule.name for rule in RULES) == modules
    assert [name for name in modules if not (Path(__file__).parent / "rules" / f"test_{name}.py").is_file()] == []


def test_the_catalog_holds_and_its_only_warnings_are_of_old_prices() -> None:
    checked = looked(HERE)
    assert checked.errors == ()
    assert {rule for rule, _ in checked.warnings} <= {"stale"}


def test_errors_and_warnings_are_told_apart(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.edit("devices/nvidia.yaml", "bandwidth: 1792 GB/s", "bandwidth: 2792 GB/s")  # an RTX 5090's
    assert main(["check", str(shelf.root), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert [(one["rule"], one["key"], one["actual"], one["tip"]) for one in told if one["severity"] == "error"] == [
        ("bus", "devices.rtx-5090.bandwidth", "2,792 GB/s", "correct the one that is wrong")
    ]
    assert {one["rule"] for one in told if one["severity"] == "warning"} == {"stale"}


def test_a_warning_is_no_mistake_unless_asked(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(shelf.root)]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^warning \(stale\): catalog/offers/.*\.yaml:\d+: .*; expected one of the last 180 days", out)
    assert re.search(r"warning \(stale\): \d+ more; --all shows them", out)
    assert "valid, " in out
    assert main(["check", str(shelf.root), "--strict"]) == 2


def test_a_comment_explains_a_warning_and_nothing_else(shelf: Shelf) -> None:
    shelf.edit("devices/biren.yaml", "# check(unrunnable):", "# it is so:")
    shelf.edit("devices/metax.yaml", "# check(unrunnable):", "# check(kin):")
    told = {(rule, one.file) for rule, one in looked(shelf.root).warnings if rule != "stale"}
    assert told == {
        ("unrunnable", "catalog/devices/biren.yaml"),
        ("unrunnable", "catalog/devices/metax.yaml"),
        ("waivers", "catalog/devices/metax.yaml"),
    }
