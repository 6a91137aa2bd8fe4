"""Of the same files come the same bytes: in another folder, on another day, in another order of sets and folders."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.kept import ROOT, SOURCES
from tests.sampled import NIGHT, WHOLE

DAY: Final = "1795651200"  # 2026-11-26
# Two places and two days, and two seeds of what Python orders by chance.
RUNS: Final = (("one", "1", 1_600_000_000), ("another/deeper", "2", 1_750_000_000))


def copied(folder: Path, day: int) -> Path:
    """A checkout in a folder, all files of which are of a day, and made in a random order."""
    copy = folder / "checkout"
    copy.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / name, copy / name)
    files = sorted(copy.rglob("*"))
    random.Random(day).shuffle(files)
    for file in files:
        os.utime(file, (day, day))
    return copy


def run(*command: str | Path, cwd: Path, **environment: str) -> None:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def hashes(folder: Path) -> dict[str, str]:
    """What lies in a folder."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_wheel(tmp_path: Path) -> None:
    made = []
    for name, seed, day in RUNS:
        copy = copied(tmp_path / name, day)
        run(
            sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist", ".",
            cwd=copy, SOURCE_DATE_EPOCH=DAY, PYTHONHASHSEED=seed, TZ="Asia/Shanghai" if seed == "1" else "UTC",
        )  # fmt: skip
        made.append(hashes(copy / "dist"))
    assert made[0] == made[1]
    assert len(made[0]) == 1


@pytest.mark.skipif(not NIGHT, reason="takes a minute; WHOLE=night asks for it")
def test_the_plugin(tmp_path: Path) -> None:
    made = []
    for name, seed, day in RUNS:
        copy = copied(tmp_path / name, day)
        shutil.copytree(ROOT / "obsidian", copy / "obsidian", ignore=shutil.ignore_patterns("node_modules", "dist"))
        (copy / "obsidian" / "node_modules").symlink_to(ROOT / "obsidian" / "node_modules")
        run(
            sys.executable, "-m", "tools.obsidian", copy / "plugin",
            cwd=copy, SOURCE_DATE_EPOCH=DAY, PYTHONHASHSEED=seed, PYTHONPATH=str(copy), NO_MKDOCS_2_WARNING="1",
        )  # fmt: skip
        made.append(hashes(copy / "plugin"))
    assert made[0] == made[1]
    assert {*made[0]} == {"main.js", "manifest.json", "styles.css"}


@pytest.mark.skipif(not WHOLE, reason="the site is built twice where everything is tried: WHOLE=1")
@pytest.mark.parametrize("full", ["false", *(["true"] if NIGHT else [])])
def test_the_site(tmp_path: Path, full: str) -> None:
    """Without the pages of single entries; with them too at night, which takes minutes."""
    made = []
    for name, seed, day in RUNS:
        copy = copied(tmp_path / name, day)
        run(
            sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", copy / "site",
            cwd=copy, SOURCE_DATE_EPOCH=DAY, PYTHONHASHSEED=seed, PYTHONPATH=str(copy), FULL=full,
            SITE_URL="https://example.org/", NO_MKDOCS_2_WARNING="1",
        )  # fmt: skip
        made.append(hashes(copy / "site"))
    assert {name for name in made[0] if made[0][name] != made[1].get(name)} == set()
    assert made[0].keys() == made[1].keys()
