"""Generated notes in somebody's folder: only what changed is written, whole or not at all, and what is theirs stays."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sizing import SizingError
from sizing.export.notes import LEDGER, keep

NOTES = {f"{folder}/note {i}.md": f"# {folder} {i}\n".encode() * 50 for folder in ("a", "b/c") for i in range(60)}


def renewed(notes: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content.replace(b"#", b"##") for path, content in notes.items()}


def standing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LEDGER and not path.name.endswith(".sizing-part")
    }


def in_a_process(do: Callable[[], object]) -> int:
    """Its id; it ends with 0 where nothing was raised."""
    child = os.fork()
    if child == 0:
        try:
            do()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


def test_what_was_made_stands_there(tmp_path: Path) -> None:
    kept = keep(tmp_path, NOTES)
    assert standing(tmp_path) == NOTES
    assert set(kept.written) == set(NOTES)


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    keep(tmp_path, NOTES)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    kept = keep(tmp_path, NOTES)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert (kept.written, kept.removed, kept.others) == ((), (), ())
    assert set(kept.same) == set(NOTES)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    keep(tmp_path, NOTES)
    one = next(iter(NOTES))
    kept = keep(tmp_path, {**NOTES, one: b"new"})
    assert kept.written == (one,)
    assert (tmp_path / one).read_bytes() == b"new"


def test_somebodys_note_is_left_alone_and_told(tmp_path: Path) -> None:
    mine = tmp_path / "a" / "note 1.md"
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    (tmp_path / "other.md").write_bytes(b"mine too")
    for made in (NOTES, renewed(NOTES)):
        assert keep(tmp_path, made).others == ("a/note 1.md",)
    keep(tmp_path, {})
    assert standing(tmp_path) == {"a/note 1.md": b"mine", "other.md": b"mine too"}


def test_a_note_that_was_changed_since_is_somebodys(tmp_path: Path) -> None:
    keep(tmp_path, NOTES)
    changed = tmp_path / "a" / "note 1.md"
    was = changed.read_bytes()
    changed.write_bytes(was + b"and a thought of mine\n")
    kept = keep(tmp_path, renewed(NOTES))
    assert kept.others == ("a/note 1.md",)
    assert changed.read_bytes() == was + b"and a thought of mine\n"
    changed.write_bytes(was)  # taken back, it is generated again
    assert keep(tmp_path, renewed(NOTES)).written == ("a/note 1.md",)


def test_what_is_no_longer_made_goes_unless_it_was_changed(tmp_path: Path) -> None:
    keep(tmp_path, NOTES)
    (tmp_path / "a" / "note 2.md").write_bytes(b"mine now")
    fewer = {path: content for path, content in NOTES.items() if not path.startswith("a/")}
    kept = keep(tmp_path, fewer)
    assert len(kept.removed) == 59
    assert standing(tmp_path) == {**fewer, "a/note 2.md": b"mine now"}


@pytest.mark.parametrize("seed", range(8))
def test_a_kill_at_any_moment_leaves_whole_notes_and_the_next_run_goes_on(tmp_path: Path, seed: int) -> None:
    keep(tmp_path, NOTES)
    drawn = random.Random(seed)
    new = renewed(NOTES)
    for _ in range(6):
        child = in_a_process(lambda: keep(tmp_path, new))
        time.sleep(drawn.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = standing(tmp_path)
        assert found.keys() == NOTES.keys()
        assert all(found[path] in (NOTES[path], new[path]) for path in NOTES)
    assert keep(tmp_path, new).others == ()
    assert standing(tmp_path) == new
    assert not list(tmp_path.rglob("*.sizing-part"))


def test_where_there_is_no_room_every_note_is_whole_and_one_line_says_so(tmp_path: Path) -> None:
    keep(tmp_path, NOTES)
    new = {**renewed(NOTES), "b/long.md": b"x" * 200_000}

    def without_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with pytest.raises(SizingError, match=r"cannot be written \(File too large\); every note is whole") as caught:
            keep(tmp_path, new)
        assert "\n" not in str(caught.value)

    _, status = os.waitpid(in_a_process(without_room), 0)
    assert status == 0
    found = standing(tmp_path)
    assert "b/long.md" not in found
    assert all(found[path] in (NOTES[path], new[path]) for path in NOTES)
    keep(tmp_path, new)
    assert standing(tmp_path) == new
    assert not list(tmp_path.rglob("*.sizing-part"))


def test_a_ledger_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_text("[1]")
    with pytest.raises(SizingError, match="is no ledger of notes"):
        keep(tmp_path, NOTES)
    assert standing(tmp_path) == {}
