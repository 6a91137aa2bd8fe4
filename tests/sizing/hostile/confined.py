"""Runs the command line on many files, each in a process of its own that is bounded in time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]

# What a process may take before it is killed; the tests allow less.
SECONDS: Final = 10
BYTES: Final = 2 << 30

_DRIVER: Final = f"""
import json, os, resource, sys, tempfile, time
from sizing.cli import main
import sizing.check, sizing.files.drafts, sizing.files.llama_bench, sizing.files.rows
# What a first use builds: validators, and what reading models needs.
sizing.check.check()
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for line in sys.stdin:
    arguments = json.loads(line)
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
            resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
            status = 99
            try:
                status = main(arguments)
            except SystemExit as ended:
                status = ended.code
            except BaseException:
                import traceback
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status, used = os.wait4(child, 0)
        said.seek(0)
        text = said.read(100_000).decode("utf-8", "replace")
    print(json.dumps([os.waitstatus_to_exitcode(status), text, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
    sys.stdout.flush()
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its status, what it printed, CPU seconds, and MiB at most."""

    status: int
    text: str
    seconds: float
    mib: float

    @property
    def lines(self) -> list[str]:
        """What it printed."""
        return self.text.splitlines()


def run(commands: Mapping[str, Sequence[str]]) -> dict[str, Ended]:
    """Each command line's end, by its name."""
    asked = "".join(json.dumps(list(map(str, one))) + "\n" for one in commands.values())
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER], input=asked, capture_output=True, text=True, check=True, cwd=ROOT
    )
    found = [Ended(*json.loads(line)) for line in done.stdout.splitlines()]
    return dict(zip(commands, found, strict=True))
