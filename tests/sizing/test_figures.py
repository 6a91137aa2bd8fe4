"""A change shows which published numbers it moves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sizing import Catalog
from sizing.cli import main
from sizing.figures import Moved, counted, figures, markdown, moved
from tests.sizing.conftest import Shelf

ROOT = Path(__file__).resolve().parents[2]


MODEL = "llama-3-8b"  # alone, for all of them take seconds


def test_nothing_moves_between_a_catalog_and_itself(catalog: Catalog) -> None:
    found = figures(catalog, [MODEL])
    assert {"parameters", "weights", "cache", "capacity", "price", "verdict", "decode"} <= set(found)
    assert moved(found, found) == []
    assert markdown([], counted(found)) == f"No published number moves ({counted(found):,} compared).\n"


def test_a_faster_card_moves_its_rates_and_nothing_else(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    before, of = shelf.root.parent / "before.json", ["--model", MODEL, "--catalog", str(shelf.root)]
    assert main(["diff", "--write", str(before), *of]) == 0
    capsys.readouterr()
    shelf.edit("devices/nvidia.yaml", "bandwidth: 1008 GB/s", "bandwidth: 1100 GB/s")
    assert main(["diff", str(before), *of, "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)
    assert {one["kind"] for one in changes} == {"decode"}
    assert all(one["after"] > one["before"] for one in changes)
    assert main(["diff", str(before), *of]) == 0
    told = capsys.readouterr().out
    assert "### decode" in told
    assert "| after / before | machines | least | median | most |" in told


def test_what_comes_and_goes_is_none() -> None:
    changes = moved({"model": {"a": "A", "b": "B"}}, {"model": {"b": "B|<i>", "c": "C"}})
    assert changes == [
        Moved("model", "a", "A", None), Moved("model", "b", "B", "B|<i>"), Moved("model", "c", None, "C"),
    ]  # fmt: skip
    told = markdown(changes, 3)
    assert "| a | A | none |" in told
    assert "| b | B | B\\|&lt;i> |" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to compare with"),
        (["no-such-revision"], "is no file, no folder, and no revision"),
        (["--output=x"], "unrecognized arguments"),
        ([str(ROOT / "README.md")], "holds no numbers; write it by sizing diff --write"),
    ],
)
def test_a_base_that_is_none_is_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(["diff", *arguments, "--model", MODEL])
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_revision_tells_its_numbers_by_its_own_code(tmp_path: Path) -> None:
    """In a checkout of its own with two commits, of which the second has another formula."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "sizing", checkout / "sizing", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "catalog", checkout / "catalog")
    git = ["git", "-C", str(checkout), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git[:3], "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "before"], check=True)
    units = checkout / "sizing/facts/units.py"
    text = units.read_text(encoding="utf-8")
    assert '"GB/s": 10**9' in text
    units.write_text(text.replace('"GB/s": 10**9', '"GB/s": 5.0e8'), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sizing", "diff", "HEAD", "--json", "--model", MODEL],
        cwd=checkout, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(checkout)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    changes = json.loads(done.stdout)
    assert {one["kind"] for one in changes} == {"decode"}
    assert all(one["after"] < one["before"] for one in changes)
    assert (
        subprocess.run([*git, "worktree", "list"], capture_output=True, text=True, check=True).stdout.count("\n") == 1
    )
