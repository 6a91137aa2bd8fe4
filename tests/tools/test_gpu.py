"""What is asked of a GPU, and what is kept of the answers."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.record.gpu import RUNS, answers, command, printed, together


def test_every_command_names_the_gpu_so_that_none_computes_on_the_cpu_unnoticed() -> None:
    for run in RUNS:
        words = [str(word) for word in command(run, Path("bin"), Path("models"), "CUDA0")]
        assert words[words.index("-dev" if run.tool == "llama-bench" else "--device") + 1] == "CUDA0"
        assert words.count("-fa") == 1


def test_a_batch_has_room_for_every_sequence() -> None:
    # 256 and 64 tokens take two pages of 256 of each sequence's own cache.
    asked = together("m", 256, "1,64").asked
    assert asked[asked.index("-c") + 1] == str(64 * 512)
    assert all(int(run.asked[run.asked.index("-c") + 1]) % 256 == 0 for run in RUNS if "-c" in run.asked)


def test_a_command_that_outlasts_its_limit_leaves_what_it_printed_before() -> None:
    slow = "import time; print('{\"n\": 1}', flush=True); time.sleep(60)"
    text, went = printed([sys.executable, "-c", slow], 3)
    assert list(answers(text)) == ['{"n": 1}']
    assert went["status"] == 124
    assert went["seconds"] < 30


def test_logs_and_cut_lines_are_no_tests() -> None:
    assert list(answers('warning: none\n{"a": 1}\n{"cut": \n')) == ['{"a": 1}']
