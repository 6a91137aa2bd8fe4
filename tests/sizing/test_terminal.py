"""In a real terminal every table is as wide as it or narrower, its head stands out, and NO_COLOR is heeded."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from itertools import takewhile

import pytest

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
ASKED = (
    ("fit", "rtx-4090"),
    ("machines", "qwen3-32b"),
    ("compare", "qwen3-8b", "qwen3-32b", "--on", "rtx-4090"),
    ("buy", "--budget", "20000cny"),
)


def seen(arguments: tuple[str, ...], width: int, **environment: str) -> str:
    """What a terminal of so many columns shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "LINES")}
    running = subprocess.Popen(
        [sys.executable, "-m", "sizing", *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
        env={**kept, "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # Linux says so once the other end is closed
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert running.wait() == 0
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
def test_a_narrow_terminal_in_colour(asked: tuple[str, ...]) -> None:
    text = seen(asked, 80)
    assert ESCAPE.search(text), "the head of the table stands out"
    plain = ESCAPE.sub("", text)
    assert max(map(len, plain.splitlines())) <= 80
    head = next(line for line in plain.splitlines() if line.strip())
    assert head.split()[0] in ("model", "machine")
    assert "answer" in head.split(), "what decides is not left out"
    rows = [row.rstrip() for row in takewhile(lambda line: line.strip(), plain.splitlines()[3:])]
    assert rows
    if head.split()[-1] == "price":
        priced = [row for row in rows if len(row) == max(map(len, rows))]
        assert all(re.search(r" [A-Z]{3}(/h)?( used| launch| cards| old)*$", row) for row in priced), "cut short"


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
def test_a_wide_terminal_without_colour(asked: tuple[str, ...]) -> None:
    text = seen(asked, 160, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", text), "no colours"
    plain = ESCAPE.sub("", text)
    assert max(map(len, plain.splitlines())) <= 160
    assert all(line.count("…") <= 1 for line in plain.splitlines()), "names alone are cut short"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_a_terminal_that_lacks_letters_gets_them_escaped(encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    for asked in (("plan", "qwen3-8b", "--on", "rtx-4090"), ("plan", "qwen3-8b", "--on", "千问", "--json")):
        done = subprocess.run(
            [sys.executable, "-m", "sizing", *asked], capture_output=True, env=environment, check=False
        )
        told = (done.stdout + done.stderr).decode(encoding)
        assert "Traceback" not in told
        assert done.returncode == (2 if "--json" in asked else 0)
        assert "Qwen3 8B" in told or "\\u5343" in told or "千问" in told
