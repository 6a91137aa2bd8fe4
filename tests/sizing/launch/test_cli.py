"""``sizing launch`` prints what is pasted: comments and commands, nothing else."""

from __future__ import annotations

import json
import shlex
import subprocess

import pytest

from sizing.cli import main


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["launch", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["launch", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    return line


def test_what_is_printed_is_a_script_that_a_shell_reads(capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (
        ("qwen3-32b", "--on", "rtx-4090", "--format", "Q4_K_M"),
        ("qwen3-32b", "--on", "2x-rtx-3090", "--format", "Q4_K_M", "--compose"),
        ("gemma-3-27b", "--on", "rtx-4090", "--format", "Q4_K_M", "--mmproj", "--source", "modelscope"),
        ("deepseek-v3", "--on", "cluster-2x8-h100", "--format", "FP8", "--nodes", "10.0.0.1,10.0.0.2"),
        ("qwen3-8b", "--on", "2x-rtx-3090", "--format", "EXL3-4.0bpw"),
    ):
        script = answered(capsys, *asked)
        assert subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0, script
        assert "\x1b" not in script, "no colour where nobody sees it"


def test_the_servers_own_command_is_among_them(capsys: pytest.CaptureFixture[str]) -> None:
    script = answered(capsys, "qwen3-32b", "--on", "rtx-4090", "--format", "Q4_K_M", "--with", "llama-server")
    lines = script.replace("\\\n", "").splitlines()
    (start,) = (line for line in lines if line.startswith("llama-server"))
    assert shlex.split(start)[-4:] == ["--host", "127.0.0.1", "--port", "8080"]
    assert "ollama" not in script
    opened = answered(
        capsys, "qwen3-32b", "--on", "rtx-4090", "--with", "llama-server", "--listen", "0.0.0.0", "--port", "9000"
    )
    assert "--host 0.0.0.0 --port 9000" in opened


def test_json_is_a_list_of_plans_with_what_was_asked_of_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("qwen3-32b", "--on", "rtx-4090", "--format", "Q4_K_M", "--port", "9000", "--json")
    (data,) = json.loads(answered(capsys, *asked))
    assert data["model"] == "qwen3-32b"
    assert [one["server"] for one in data["launch"]] == ["llama-server", "ollama", "lm-studio"]
    for one in data["launch"]:
        assert one.keys() == {"server", "name", "exact", "differs", "notes", "steps"}
        assert {key for step in one["steps"] for key in step} == {"step", "where", "command", "path", "text", "note"}
        assert any("9000" in (step["command"] or "") for step in one["steps"])


@pytest.mark.parametrize(
    ("server", "runtime", "begins"),
    [
        ("vllm", "vllm", "vllm serve"),
        ("sglang", "sglang", "python -m sglang.launch_server"),
        ("vllm-serve", "vllm", "vllm serve"),
        ("ollama", "llama.cpp", "ollama serve"),
    ],
)
def test_a_server_that_is_named_alone_brings_its_runtime(
    capsys: pytest.CaptureFixture[str], server: str, runtime: str, begins: str
) -> None:
    (told,) = json.loads(answered(capsys, "qwen3-8b", "--on", "rtx-4090", "--with", server, "--json"))
    (launch,) = told["launch"]
    assert told["runtime"] == runtime
    assert any(begins in (step["command"] or "") for step in launch["steps"])


def test_what_does_not_run_is_started_by_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    script = answered(capsys, "deepseek-v3", "--on", "rtx-4090", "--format", "Q4_K_M")
    assert all(line.startswith("#") for line in script.splitlines())
    assert "nothing starts it" in script


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("qwen3-32b",), "name it with --on"),
        (("qwen3-32b", "--on", "rtx-4090", "--with", "nothing"), "no server 'nothing'; choose one of ik-llama-server"),
        (("qwen3-32b", "--on", "rtx-4090", "--with", "mlx"), "mlx, which cannot run on cuda"),
        (("qwen3-32b", "--on", "rtx-4090", "--runtime", "vllm", "--with", "ollama"), "choose vllm-serve"),
        (("qwen3-32b", "--on", "rtx-4090", "--listen", "a;b"), "'a;b' is no address"),
        (("qwen3-32b", "--on", "rtx-4090", "--nodes", "a,b"), "2 nodes are named; the machine has 1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], why: str
) -> None:
    assert why in refused(capsys, *asked)
