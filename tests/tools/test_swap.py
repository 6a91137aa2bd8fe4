"""`make site`, killed whenever: the old site is there, or the new one, and all of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from tests.sampled import drawing, tries
from tools.swap import swap

ROOT: Final = Path(__file__).resolve().parents[2]
KILLS: Final = tries(10, 20, night=200)
FILES: Final = 60
# What stands in for a build: every file says which build it is of.
MKDOCS: Final = f"""#!{sys.executable}
import sys, pathlib, time
folder = pathlib.Path(sys.argv[sys.argv.index("--site-dir") + 1])
folder.mkdir()
build = str(time.time_ns())
for number in range({FILES}):
    (folder / f"{{number}}.html").write_text(build)
    time.sleep(0.001)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout with a build that takes a tenth of a second."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__", "record"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "mkdocs").write_text(MKDOCS, encoding="utf-8")
    (tmp_path / "bin" / "mkdocs").chmod(0o755)
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def making(project: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["make", "--old-file=setup", "site", "BIN=bin"], cwd=project, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def of_builds(project: Path) -> set[str]:
    """The builds that the files of the site are of; the test fails where one is missing."""
    files = list((project / "site").iterdir())
    assert len(files) == FILES
    return {file.read_text(encoding="utf-8") for file in files}


def test_killed_at_any_moment(project: Path) -> None:
    started = time.monotonic()
    whole = making(project)
    assert whole.wait() == 0, whole.communicate()[0]
    lasts = time.monotonic() - started
    random = drawing("kills")
    seen = of_builds(project)
    for _ in range(KILLS):
        killed = making(project)
        # Most of the kills fall to the end, where the one takes the place of the other.
        time.sleep(lasts * (random.random() if random.random() < 0.3 else random.uniform(0.6, 1.1)))
        with suppress(ProcessLookupError):  # it was done
            os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        now = of_builds(project)
        assert len(now) == 1, "a site of two builds"
        lasts *= 0.9 if now - seen else 1.15  # others use the machine too, now less and now more
        seen |= now
    assert making(project).wait() == 0
    assert len(of_builds(project)) == 1
    assert len(seen) > 1, "at least one of them was done before it was killed"
    assert sorted(path.name for path in project.glob(".site*")) == []


def test_a_build_that_fails_leaves_the_last_good_site(project: Path) -> None:
    assert making(project).wait() == 0
    before = of_builds(project)
    (project / "bin" / "mkdocs").write_text(f"{MKDOCS}\nsys.exit(1)\n", encoding="utf-8")
    assert making(project).wait() != 0
    assert of_builds(project) == before


def test_what_was_there_is_gone_and_what_was_not_needs_no_exchange(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    for said in ("one", "two"):
        new.mkdir()
        (new / "file").write_text(said)
        swap(new, old)
        assert (old / "file").read_text() == said
        assert not new.exists()
