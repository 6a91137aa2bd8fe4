"""A command is pasted as it is: whatever a name holds, the shell, YAML and a Modelfile read the same words."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sizing import Catalog, plan
from sizing.facts.entries.models import Names
from sizing.launch import Asked, Step, launches
from sizing.launch.words.shells import Read, quoted
from sizing.launch.words.step import options

NASTY = ("a b", "$(touch gone)", "`id`", "x'y", 'x"y', "x;y", "-x", "*", "x\\y", "{{a}}", "#x", "é", "a|b", "~", "!x")


@pytest.mark.parametrize("word", NASTY)
def test_a_word_comes_back_from_the_shell_as_it_was(word: str) -> None:
    step = Step(kind="start", words=("printf", "%s", word), env=(("NAME", word),))
    assert step.command is not None
    assert shlex.split(step.command) == [f"NAME={word}", "printf", "%s", word]
    done = subprocess.run(["sh", "-c", step.command], capture_output=True, text=True, check=True)
    assert done.stdout == word


def test_a_long_command_is_broken_between_its_options_and_means_the_same() -> None:
    words = ("llama-server", *options([(f"--option-{i}", f"a value {i}") for i in range(20)]))
    step = Step(kind="start", words=words)
    lines = step.pasted
    assert lines is not None
    assert all(len(line) <= 100 for line in lines.split("\n"))
    assert all(line.endswith(" \\") for line in lines.split("\n")[:-1])
    assert shlex.split(lines.replace("\\\n", "")) == list(words) == shlex.split(step.command or "")


def test_a_file_is_written_as_it_stands_even_if_it_holds_the_end_of_its_own(tmp_path: Path) -> None:
    lines = ("a", "END", "$HOME `id` \\", "END_")
    step = Step(kind="file", path=str(tmp_path / "it's here"), lines=lines)
    subprocess.run(["sh", "-c", step.command or ""], check=True)
    assert (tmp_path / "it's here").read_text() == "\n".join(lines) + "\n"


def test_a_download_finds_its_first_part(tmp_path: Path) -> None:
    from sizing.launch.words.weights import either_case, first_file

    for name in ("m-Q4_K_M-00002-of-00002.gguf", "m-Q4_K_M-00001-of-00002.gguf", "mmproj-Q4_K_M.gguf", "m-q4_k_s.gguf"):
        (tmp_path / name).touch()
    word = first_file(str(tmp_path), f"*{either_case('Q4_K_M')}.gguf", "*mmproj*", "MODEL")
    step = Step(kind="start", words=("printf", "%s", word.sh), read=(word,))
    done = subprocess.run(["sh", "-c", step.command or ""], capture_output=True, text=True, check=True)
    assert done.stdout == str(tmp_path / "m-Q4_K_M-00001-of-00002.gguf")


@pytest.mark.parametrize(
    ("recipe", "name", "meant"),
    [
        ("F16", "m-BF16.gguf", False),
        ("F16", "m-f16.gguf", True),
        ("Q4_K_M", "m.q4_k_m.gguf", True),
        ("Q4_K_M", "m-UD-Q4_K_M.gguf", True),
        ("Q4_K_M", "m-Q4_K_S.gguf", False),
        ("Q4_0", "m-IQ4_0.gguf", False),
    ],
)
def test_a_pattern_means_the_recipe_alone(recipe: str, name: str, meant: bool) -> None:
    from fnmatch import fnmatchcase

    from sizing.launch.words.weights import either_case

    assert fnmatchcase(name, either_case(recipe)) is meant


def test_nothing_of_a_model_breaks_out(catalog: Catalog, tmp_path: Path) -> None:
    names = Names(huggingface=("x/$(touch gone)", "x/a'b-GGUF"), ollama={"a;b:c": "Q4_K_M"})
    model = replace(catalog.model("qwen3-8b"), id="x'; touch gone; '", name="$(touch gone)", names=names)
    for machine, format in (("rtx-4090", "Q4_K_M"), ("rtx-4090", "BF16"), ("m4-max-40-core-64gb", "MLX-4bit")):
        p = plan(model, catalog.machine(machine), format=format, context=4096)
        for launch in launches(p, Asked(source="huggingface")) or ():
            for step in launch.steps:
                if step.command is None or step.path is not None:
                    continue
                read = shlex.split(step.command)
                assert read == [*(f"{k}={v}" for k, v in step.env), *step.words]
            for step in launch.steps:
                if step.path == "compose.yaml":
                    assert isinstance(yaml.safe_load(step.text)["services"], dict)


def test_a_word_for_the_shell_says_so() -> None:
    assert options([("-m", "a"), ("-x", None), ("-y", ""), ("-z", "0")]) == ("-m", "a", "-y", "-z", "0")
    assert Step(kind="start", words=("x", '"$(ls)"'), read=(Read(sh='"$(ls)"'),)).command == 'x "$(ls)"'
    assert Step(kind="start", words=("x", '"$(ls)"')).command != 'x "$(ls)"'


@pytest.mark.parametrize("word", [*NASTY, "", "plain", "a-b_c.d/e:f=g,h+i@j%k"])
def test_a_word_is_quoted_as_the_standard_library_quotes_it(word: str) -> None:
    assert quoted(word) == shlex.quote(word)
