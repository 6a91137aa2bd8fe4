"""Whatever a command prints with --json follows the schema of answers, and has no key that the schema does not name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sizing.catalog import default_catalog
from sizing.cli import main
from sizing.here.found import find
from tests.sizing.here.machines import COMPUTERS
from tools.printed import PRINTED, schema

ASKED: dict[str, list[tuple[str, ...]]] = {
    "plan": [
        ("qwen3-32b", "--on", "rtx-4090", "--format", "Q8_0"),
        ("qwen3-8b", "--on", "mac-mini-m6-16gb", "--sequences", "2"),
        ("gemma-3-27b", "--on", "2x-rtx-3090", "--mmproj", "--parallel", "4", "--tensor-split", "3,1"),
        ("qwen3-8b", "--on", "h100-sxm-80gb", "--runtime", "vllm"),
        ("gpt-oss-120b", "--on", "rtx-5090", "--explain"),
        ("qwen3-8b",),
        ("qwen3-8b", "--on", "rtx-4090", "--explain"),
    ],
    "fit": [("rtx-4090", "--use", "agents"), ("pc-rtx-5060-ti-16gb", "--chinese")],
    "machines": [("qwen3-32b",), ("qwen3-32b", "--budget", "20000cny", "--used", "yes")],
    "compare": [("qwen3-8b", "qwen3-32b", "--explain"), ("rtx-4090", "rtx-5090", "--for", "qwen3-8b")],
    "buy": [
        ("--budget", "20000cny", "--explain"),
        ("--budget", "3000usd", "--used", "yes", "--for", "qwen3-8b"),
        ("--budget", "4000cny", "--with", "rtx-3060-12gb", "--explain"),
        ("--budget", "1cny"),
    ],
    "cost": [("qwen3-32b",), ("qwen3-32b", "--on", "pc-rtx-5090", "--explain")],
}  # fmt: skip


def closed(part: Any) -> Any:
    """A schema that refuses keys which it does not name."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    shut = {"additionalProperties": False} if "properties" in part else {}
    return {key: closed(value) for key, value in part.items()} | shut


def refusals(command: str, printed: str) -> list[str]:
    """What a closed schema says of what a command printed."""
    rules = closed(schema())
    one = {**rules["$defs"][command], "$defs": rules["$defs"]}
    found = Draft202012Validator(one).iter_errors(json.loads(printed))
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


def test_the_schema_is_one_and_names_every_command() -> None:
    Draft202012Validator.check_schema(schema())
    assert set(PRINTED) <= set(schema()["$defs"])


@pytest.mark.parametrize(
    ("command", "asked"),
    [(name, one) for name, every in ASKED.items() for one in every],
    ids=lambda x: x if isinstance(x, str) else " ".join(x),
)
def test_what_is_printed_follows_the_schema(
    command: str, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, *asked, "--json"]) == 0
    assert refusals(command, capsys.readouterr().out) == []


@pytest.mark.parametrize("name", COMPUTERS)
def test_what_a_computer_tells_follows_the_schema(name: str) -> None:
    found = find(default_catalog(), COMPUTERS[name].texts)
    assert refusals("here", json.dumps({**found.as_dict(), "runs": []})) == []


def test_what_this_computer_runs_follows_the_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nvidia-smi.txt").write_text("GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-0)\n", encoding="utf-8")
    assert main(["here", "--from", str(tmp_path), "--json"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["runs"]
    assert refusals("here", printed) == []


def test_a_key_that_the_schema_does_not_name_is_seen() -> None:
    printed = json.dumps([{"plan": {}, "offer": None, "score": None, "seconds": 1.0, "why": [], "new": 1}])
    assert any("'new' was unexpected" in one for one in refusals("fit", printed))
