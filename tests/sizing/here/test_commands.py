"""This computer's tools are asked without a shell, in English, and never for long."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from sizing import Catalog
from sizing.here import commands
from sizing.here.found import find
from tests.sizing.here.machines import card, smi


def script(folder: Path, name: str, body: str) -> Path:
    """A tool of this name."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}")
    path.chmod(0o755)
    return path


def test_a_tool_that_does_not_end_is_left(tmp_path: Path) -> None:
    slow = script(tmp_path, "nvidia-smi", "import time; print('x', flush=True); time.sleep(60)")
    start = time.monotonic()
    assert commands.answer([str(slow)], seconds=0.5) == ""
    assert time.monotonic() - start < 5


def test_a_tool_that_waits_for_an_answer_gets_none(tmp_path: Path) -> None:
    asks = script(tmp_path, "asks", "print(repr(input('password: ')))")
    assert "EOFError" in commands.answer([str(asks)], seconds=5)


def test_a_tool_that_fails_says_why(tmp_path: Path) -> None:
    fails = script(tmp_path, "fails", "import sys; print('No devices were found', file=sys.stderr); sys.exit(6)")
    assert commands.answer([str(fails)]) == "No devices were found\n"


def test_what_cannot_be_run_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program")
    assert commands.answer([str(tmp_path / "text")]) == ""
    assert commands.answer([str(tmp_path / "gone")]) == ""
    assert commands.answer([str(tmp_path)]) == ""
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0")
    (tmp_path / "binary").chmod(0o755)
    assert commands.answer([str(tmp_path / "binary")]) == ""


def test_tools_speak_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    says = script(
        tmp_path, "says", "import os; print(os.environ['LC_ALL'], os.environ['LANG'], os.environ['LANGUAGE'])"
    )
    assert commands.answer([str(says)]) == "C C C\n"


def test_a_name_with_signs_of_a_shell_is_a_name(tmp_path: Path) -> None:
    echo = script(tmp_path, "echo", "import sys; print(sys.argv[1])")
    assert commands.answer([str(echo), "$(touch x); `id`"]) == "$(touch x); `id`\n"


def test_the_tools_on_the_path_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    table = smi(card(0, "NVIDIA GeForce RTX 4090", "1MiB /  24564MiB"))
    script(tmp_path, "nvidia-smi", f"print({table!r})")
    monkeypatch.setenv("PATH", str(tmp_path))
    texts = commands.texts()
    assert texts["nvidia-smi"].strip() == table.strip()
    assert [group.device for group in find(catalog, texts).groups][:1] == ["rtx-4090"]


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="only Linux keeps it")
def test_this_computer_has_memory(catalog: Catalog) -> None:
    found = find(catalog, commands.texts())
    assert found.system in ("linux", "wsl2")
    assert (found.host.memory or 0) > 2**28
