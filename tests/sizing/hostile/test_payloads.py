"""Whatever the catalog says, no answer of the command line, export or launch takes it for more than text."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from mcp.server.mcpserver.exceptions import ToolError

from sizing import Catalog, plan
from sizing.agents.server import server
from sizing.cli import main
from sizing.export.api import api
from sizing.launch import launches
from tests.awaited import awaited
from tests.payloads import FREE, MEANT, PAYLOAD, poisoned, texts

ASKED = (
    ("plan", "qwen3-32b", "--on", "rtx-4090", "--explain"),
    ("launch", "qwen3-32b", "--on", "rtx-4090", "--format", "Q4_K_M", "--context", "4096"),
    ("fit", "rtx-4090"),
    ("machines", "qwen3-32b"),
    ("compare", "qwen3-8b", "qwen3-32b", "--on", "rtx-4090"),
    ("buy", "--budget", "20000cny"),
    ("cost", "qwen3-32b", "--on", "pc-rtx-5090"),
    ("check",),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog that says payloads."""
    return poisoned(tmp_path_factory.mktemp("payloads"))


def test_every_field_of_text_is_a_payload_or_must_mean_something() -> None:
    assert set(texts()) <= FREE | MEANT, "say in tests/payloads.py which the new field is"
    assert not FREE & MEANT


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
def test_a_table_shows_it_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]) -> None:
    assert main([*asked, "--catalog", str(folder)]) == 0
    text = capsys.readouterr().out
    assert "\x1b" not in text, "no style, no link, no colour came of it"
    if asked[0] != "check":
        assert PAYLOAD[:20] in text
    if "--explain" in asked:
        assert "[bold]r[/bold] [/red]" in text


@pytest.mark.parametrize("asked", ASKED[:7], ids=lambda asked: asked[0])
def test_json_holds_it_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]) -> None:
    assert main([*asked, "--json", "--catalog", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)


AGENTS = (
    ("plan", {"model": "qwen3-32b", "machine": "rtx-4090"}),
    ("plan", {"model": "qwen3-32b", "machine": "rtx-4090", "whole": True}),
    ("launch", {"model": "qwen3-32b", "machine": "rtx-4090", "format": "Q4_K_M"}),
    ("fit", {"machine": "rtx-4090"}),
    ("machines", {"model": "qwen3-32b"}),
    ("buy", {"budget": "20000cny"}),
    ("compare", {"names": ["qwen3-8b", "qwen3-32b"], "machine": "rtx-4090"}),
    ("cost", {"model": "qwen3-32b", "machine": "pc-rtx-5090"}),
)


@pytest.mark.parametrize("asked", AGENTS, ids=lambda asked: asked[0])
def test_an_agent_gets_it_as_text_within_json(folder: Path, asked: tuple[str, dict[str, object]]) -> None:
    found: Any = awaited(server(Catalog.load(folder)).call_tool(*asked))
    (block,) = found.content
    assert json.loads(block.text)
    assert "\n" not in block.text
    if asked[0] in ("buy", "fit", "launch"):  # which tell names and notes
        assert "<script>ran('script')</script>" in block.text


def test_a_question_that_is_a_payload_is_refused_in_one_line() -> None:
    for name, words in (("plan", {"model": PAYLOAD}), ("fit", {"machine": PAYLOAD}), ("buy", {"budget": PAYLOAD})):
        with pytest.raises(ToolError) as refused:
            awaited(server(Catalog.load()).call_tool(name, words))
        assert "\n" not in str(refused.value)


def words(catalog: Catalog, machine: str, runtime: str) -> list[list[str]]:
    """The words of every command that starts a model there, as a shell reads what is pasted."""
    p = plan(catalog.model("qwen3-8b"), catalog.machine(machine), context=4096, runtime=runtime)
    ways = launches(p)
    assert ways
    return [
        shlex.split(step.pasted.replace("\\\n", ""), comments=False)
        for way in ways for step in way.steps if step.pasted and step.kind not in ("file", "container")
    ]  # fmt: skip


@pytest.mark.parametrize("runtime", ["llama.cpp", "vllm"])
def test_no_command_changes_its_meaning(folder: Path, runtime: str) -> None:
    assert words(Catalog.load(folder), "rtx-4090", runtime) == words(Catalog.load(), "rtx-4090", runtime)


def test_a_script_holds_it_in_comments_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED[1], "--catalog", str(folder)]) == 0
    lines = [line for line in capsys.readouterr().out.split("\n") if re.search(r"\bran\b", line)]
    assert lines
    assert all(line.startswith("#") for line in lines)


def test_no_cell_of_a_table_is_a_formula(folder: Path) -> None:
    files = api(Catalog.load(folder), planned=False)
    seen = 0
    for name, data in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(data.decode())):
                seen += sum("HYPERLINK" in cell for cell in row)
                assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))], name
    assert seen > 500
