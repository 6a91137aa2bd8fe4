"""Work is done by a copy of the process, or here where the copy gives nothing; either way once it is asked for."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from macros.apart import Apart
from sizing import SizingError

ROOT = Path(__file__).resolve().parents[2]


def alone(script: str) -> str:
    """What a process prints that runs nothing else; those of tests have threads."""
    before = "import os\nfrom macros.apart import Apart, possible\nhere = os.getpid()\n"
    run = subprocess.run([sys.executable, "-c", before + script], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_a_copy_of_the_process_does_it_where_there_can_be_one() -> None:
    assert alone("print((Apart(os.getpid).result() != here) == possible())") == "True"


def test_a_copy_that_ends_early_costs_time_alone() -> None:
    assert alone("print(Apart(lambda: 7 if os.getpid() == here else os._exit(9)).result())") == "7"


def test_what_fails_is_told_where_it_is_asked_for() -> None:
    def refused() -> str:
        raise SizingError("no such folder")

    with pytest.raises(SizingError, match="no such folder"):
        Apart(refused).result()


def test_a_process_with_threads_is_not_copied() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert Apart(os.getpid).result() == os.getpid()
    finally:
        done.set()
        other.join()
