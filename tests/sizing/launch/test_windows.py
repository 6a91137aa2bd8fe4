"""What is pasted into PowerShell or cmd means there what it means in a POSIX shell."""

from __future__ import annotations

import re

import pytest

from sizing import Catalog, plan
from sizing.launch import Asked, Step, launches
from sizing.launch.words.shells import CMD, POWERSHELL
from sizing.launch.words.weights import either_case, in_findstr
from tests.sizing.launch.plans import every
from tests.sizing.launch.test_pasting import NASTY
from tests.sizing.launch.windows import argv, cmd, powershell

READERS = {POWERSHELL: powershell, CMD: cmd}
WORDS = (
    *NASTY, "", '{"method": "mtp", "num_speculative_tokens": 3}', "C:\\my models\\", 'a\\"b', "3,1", "CUDA0,RPC0",
    "-a.b", "--a=b", "8GB", "100%", "%PATH%", "a^b", "it’s", "x & y", "a\\\\b c", "0.92", "@x", "(a)",
)  # fmt: skip


def in_shell(step: Step, shell: str) -> Step:
    from dataclasses import replace

    return replace(step, shell=shell)


@pytest.mark.parametrize("shell", READERS)
@pytest.mark.parametrize("word", WORDS)
def test_a_word_comes_back_as_it_was(word: str, shell: str) -> None:
    step = in_shell(Step(kind="start", words=("llama-server", "-m", word, "--port", "8080")), shell)
    assert step.command is not None
    if shell == POWERSHELL and "%" in word and '"' in word:
        return  # no command that both PowerShells read holds both
    assert READERS[shell](step.command) == [["llama-server", "-m", word, "--port", "8080"]]


def test_json_comes_whole_through_the_older_powershell() -> None:
    said = '{"method": "mtp"}'
    step = in_shell(Step(kind="start", words=("vllm", "serve", "x", "--speculative-config", said)), POWERSHELL)
    assert step.command == 'vllm --% serve x --speculative-config "{\\"method\\": \\"mtp\\"}"'
    assert argv('x "{\\"method\\": \\"mtp\\"}"') == ["x", said]


@pytest.mark.parametrize("shell", READERS)
def test_a_long_command_goes_on_in_the_next_line_and_means_the_same(shell: str) -> None:
    words = ("llama-server", *(part for i in range(20) for part in (f"--option-{i}", f"a value {i}")))
    step = in_shell(Step(kind="start", words=words), shell)
    pasted = step.pasted
    assert pasted is not None
    ends = {line[-2:] for line in pasted.split("\n")[:-1]}
    assert ends == {" `" if shell == POWERSHELL else " ^"}
    assert all(len(line) <= 100 for line in pasted.split("\n"))
    assert READERS[shell](pasted) == [list(words)]


def test_what_is_set_is_set_before() -> None:
    step = Step(kind="start", words=("ollama", "serve"), env=(("OLLAMA_HOST", "127.0.0.1:9000"),))
    assert in_shell(step, POWERSHELL).command == "$env:OLLAMA_HOST = '127.0.0.1:9000'\nollama serve"
    assert in_shell(step, CMD).command == 'set "OLLAMA_HOST=127.0.0.1:9000"\nollama serve'


def test_a_file_is_written_as_it_stands() -> None:
    lines = ("FROM it's", "  a: [1, 2]", "", '100% <of> "it" & more|')
    step = Step(kind="file", path="Modelfile", lines=lines)
    in_powershell = in_shell(step, POWERSHELL).command or ""
    assert [line[3:-1].replace("''", "'") for line in in_powershell.split("\n")[1:-1]] == list(lines)
    first, *echoed, last = (in_shell(step, CMD).command or "").split("\n")
    assert (first, last) == ("(", ") > Modelfile")
    assert [re.sub(r"\^(.)", r"\1", line)[5:] for line in echoed] == list(lines)
    assert echoed[2] == "echo(", "a bare echo tells whether it is on"


def test_no_letter_of_a_file_is_read_by_cmd() -> None:
    step = in_shell(Step(kind="file", path="x", lines=("a & b | c > d (e) %F%",)), CMD)
    assert "echo a ^& b ^| c ^> d ^(e^) ^%F^%" in (step.command or "")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("m-Q4_K_M.gguf", True), ("m-q4_k_m-00001-of-00002.gguf", True), ("m-IQ4_K_M.gguf", False),
        ("m-Q4_K_S.gguf", False), ("m-Q4_K_M.gguf.part", False), ("x-Q4_K_M\\m-Q8_0.gguf", False),
    ],
)  # fmt: skip
def test_the_file_of_a_recipe_is_found_by_its_name_alone(name: str, meant: bool) -> None:
    pattern = in_findstr(f"{either_case('Q4_K_M')}.gguf") + "$"
    assert bool(re.search(pattern.replace("[^\\\\]", "[^\\\\]"), f"C:\\models\\{name}", re.IGNORECASE)) is meant


def test_every_command_of_a_server_that_runs_there_is_read_as_meant(catalog: Catalog) -> None:
    tried: set[str] = set()
    for p in every(catalog):
        for shell, read in READERS.items():
            for one in launches(p, Asked(shell=shell)) or ():
                for step in one.steps:
                    if step.shell == shell and step.words and not step.read:
                        assert step.pasted is not None
                        line = step.pasted.split("\n", len(step.before))[-1]
                        assert read(line) == [list(step.words)], line
                        tried.add(one.server)
    assert tried == {
        "llama-server",
        "ik-llama-server",
        "ollama",
        "lm-studio",
        "tabbyapi",
        "tabbyapi-exl2",
        "transformers-serve",
    }


@pytest.mark.parametrize("shell", READERS)
def test_what_runs_on_linux_alone_is_said_for_its_shell(catalog: Catalog, shell: str) -> None:
    p = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="FP8", runtime="vllm", context=4096)
    (start,) = launches(p, Asked(shell=shell)) or ()
    assert all(step.shell == "sh" for step in start.steps)
    assert any("does not run on Windows itself" in note for note in start.notes)
    mac = plan(catalog.model("qwen3-8b"), catalog.machine("m4-max-40-core-64gb"), format="Q4_K_M", context=4096)
    assert all(step.shell == "sh" for one in launches(mac, Asked(shell=shell)) or () for step in one.steps)


def test_weights_of_a_container_lie_in_the_home_of_windows(catalog: Catalog) -> None:
    p = plan(catalog.model("qwen3-8b"), catalog.machine("rtx-4090"), format="Q4_K_M", context=4096)
    texts = [step.text for one in launches(p, Asked(shell=POWERSHELL)) or () for step in one.steps if step.path]
    assert any("${USERPROFILE}/.cache" in text for text in texts)
    assert not any("${HOME}" in text for text in texts)
