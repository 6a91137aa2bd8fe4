"""The plan matrix is the same in however many parts it is made, by whomever, and however often that was stopped."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sizing import Catalog, SizingError, plan
from sizing.cli import main
from sizing.export.api import KINDS
from sizing.export.matrix import COLUMNS, Matrix, Part
from sizing.export.parts import PLANS, Workers, here, make, make_all, part_file
from sizing.export.schema import schema
from sizing.export.workers import LOCAL, cluster, processes

ROOT = Path(__file__).resolve().parents[2]
MATRIX = Matrix(models=("qwen3-0.6b", "gpt-oss-20b"), machines=("rtx-4090", "gb10"), contexts=(4096, 131072))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The matrix made at once."""
    return make_all(tmp_path_factory.mktemp("whole"), MATRIX, 1).read_bytes()


def test_a_row_is_the_plan(whole: bytes, catalog: Catalog) -> None:
    rows = list(csv.DictReader(io.StringIO(whole.decode())))
    assert {(row["model"], row["machine"]) for row in rows} == {
        (model, machine) for model in MATRIX.models for machine in MATRIX.machines
    }
    for row in rows:
        p = plan(
            catalog.model(row["model"]), catalog.machine(row["machine"]), format=row["format"],
            context=int(row["context"]),
        )  # fmt: skip
        assert (row["verdict"], int(row["memory"])) == (p.verdict or "", p.memory.total)
        assert row["decode"] == (str(p.decode.value) if p.decode else "")


def test_no_row_is_beyond_a_models_limit(whole: bytes) -> None:
    rows = list(csv.DictReader(io.StringIO(whole.decode())))
    assert {row["context"] for row in rows if row["model"] == "qwen3-0.6b"} == {"4096"}
    assert {row["context"] for row in rows if row["model"] == "gpt-oss-20b"} == {"4096", "131072"}


def test_a_row_has_what_the_schema_says_of_a_plan() -> None:
    assert set(COLUMNS) == set(schema(KINDS)["$defs"]["plans"]["properties"])


@pytest.mark.parametrize("of", [2, 7, 60])
def test_parts_one_after_another_are_the_whole(whole: bytes, tmp_path: Path, of: int) -> None:
    assert make_all(tmp_path, MATRIX, of).read_bytes() == whole


def test_parts_that_a_scheduler_made_in_any_order_are_merged_as_they_are(whole: bytes, tmp_path: Path) -> None:
    for number in (3, 1, 2):
        assert main(["export", "--plans", str(tmp_path), "--shard", f"{number}/3", *asked()]) == 0
    assert not (tmp_path / PLANS).exists()

    def nobody(parts: object) -> object:
        assert not parts, "every part is there"
        return iter(())

    matrix = replace(MATRIX, catalog=str(Catalog.load().root))
    assert make_all(tmp_path, matrix, 3, nobody).read_bytes() == whole  # type: ignore[arg-type]


def asked() -> list[str]:
    """The matrix as the command line asks for it."""
    models = [word for name in MATRIX.models for word in ("--model", name)]
    machines = [word for name in MATRIX.machines for word in ("--on", name)]
    return [*models, *machines, *(word for n in MATRIX.contexts for word in ("--context", str(n)))]


def test_who_is_stopped_loses_only_what_was_being_made(whole: bytes, tmp_path: Path) -> None:
    def stopped(parts: object) -> object:
        for done, one in enumerate(here(parts)):  # type: ignore[arg-type]
            if done == 2:
                raise KeyboardInterrupt
            yield one

    with pytest.raises(KeyboardInterrupt):
        make_all(tmp_path, MATRIX, 5, stopped)  # type: ignore[arg-type]
    made = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.csv")}
    assert len(made) == 2
    assert make_all(tmp_path, MATRIX, 5).read_bytes() == whole
    assert {file: file.stat().st_mtime_ns for file in made} == made, "they are not made again"


def test_parts_of_other_cells_are_not_taken_for_these(tmp_path: Path) -> None:
    other = replace(MATRIX, machines=("gb10",))
    assert make(tmp_path, Part(MATRIX, 1, 2)) != part_file(tmp_path, Part(other, 1, 2))


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SizingError, match=r"cannot be written \(No space left on device\); name another folder"):
        make(tmp_path, Part(MATRIX, 1, 2))
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def local_cluster() -> Workers:
    pytest.importorskip("ray", reason="pip install 'llm-sizing[ray]'")
    return cluster(LOCAL, 2)


@pytest.mark.parametrize("workers", [lambda: processes(2), local_cluster], ids=["processes", "ray"])
def test_two_workers_make_the_same(whole: bytes, tmp_path: Path, workers: Callable[[], Workers]) -> None:
    assert make_all(tmp_path, MATRIX, 4, workers()).read_bytes() == whole


def test_a_worker_that_is_killed_costs_one_line_and_what_it_was_making(tmp_path: Path) -> None:
    """Asked again, the command makes what is missing."""
    command = [
        sys.executable,
        "-m",
        "sizing",
        "export",
        "--plans",
        str(tmp_path),
        "--model",
        "llama-3-8b",
        "--jobs",
        "1",
    ]
    command += ["--shards", "40"]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.rglob("*-of-40.csv")):
        assert run.poll() is None, run.communicate()
        time.sleep(0.02)
    (worker,) = [pid for pid in children(run.pid) if "spawn_main" in command_of(pid)]
    os.kill(worker, signal.SIGKILL)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 2
    assert said == "sizing: a worker was stopped; what it was making is lost, all else is kept; ask the same again\n"
    kept = list(tmp_path.rglob("*-of-40.csv"))
    assert 0 < len(kept) < 40
    assert not (tmp_path / PLANS).exists()


def children(pid: int) -> list[int]:
    if not Path(f"/proc/{pid}/task/{pid}/children").exists():
        pytest.skip("no list of a process's own")
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--shard", "4/3"], "there is no such part; give one from 1/3 to 3/3"),
        (["--shard", "0/3"], "give a whole one from 1 to 100000"),
        (["--shard", "1/3", "--jobs", "2"], "--shard is one part, made by one process"),
        (["--model", "nobody-1b"], "no model 'nobody-1b' in the catalog"),
        (["--shard", "1/3", "--shards", "3"], "not allowed with argument"),
    ],
)
def test_what_cannot_be_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], what: str
) -> None:
    try:
        status: object = main(["export", "--plans", str(tmp_path), *words])
    except SystemExit as stop:
        status = stop.code
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert what in err
