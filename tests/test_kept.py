"""What is built for all workers is built by one of them, of the sources as they are; a sample is the same for all."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import kept
from tests.sampled import drawing, sample


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only source of what is built."""
    file = tmp_path / "source"
    file.write_text("as it was", encoding="utf-8")
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(kept, "SOURCES", ("source",))
    return file


def built(source: Path, builds: list[str]) -> str:
    """What somebody finds who asks for it; every build is noted."""

    def build(folder: Path) -> None:
        builds.append(source.read_text(encoding="utf-8"))
        folder.mkdir()
        (folder / "page").write_text(builds[-1], encoding="utf-8")

    return (kept.built_once("site", build) / "page").read_text(encoding="utf-8")


def test_a_path_that_is_named_twice_builds_nothing_anew(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[str] = []
    built(source, builds)
    monkeypatch.setattr(sys, "path", [*sys.path, *sys.path])
    built(source, builds)
    assert builds == ["as it was"]


def test_of_many_who_ask_one_builds(source: Path) -> None:
    builds: list[str] = []
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: built(source, builds), range(8)))
    assert (found, builds) == (["as it was"] * 8, ["as it was"])


def test_it_is_built_anew_once_a_source_has_changed_and_not_when_it_is_as_it_was(source: Path) -> None:
    builds: list[str] = []
    found = []
    for text in ("as it was", "edited", "as it was"):
        source.write_text(text, encoding="utf-8")
        found.append(built(source, builds))
    assert (found, builds) == (["as it was", "edited", "as it was"], ["as it was", "edited"])


def test_what_is_saved_while_it_is_built_is_in_no_folder_that_is_found_again(source: Path) -> None:
    def saved_meanwhile(folder: Path) -> None:
        folder.mkdir()
        source.write_text("edited", encoding="utf-8")

    kept.built_once("site", saved_meanwhile)
    source.write_text("as it was", encoding="utf-8")
    builds: list[str] = []
    assert built(source, builds) == "as it was"
    assert len(builds) == 1


def test_what_fails_leaves_nothing(source: Path) -> None:
    def failing(folder: Path) -> None:
        folder.mkdir()
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        kept.built_once("site", failing)
    assert built(source, []) == "as it was"


def test_a_sample_is_drawn_alike_by_all_and_otherwise_for_another_proof() -> None:
    code = "from tests.sampled import drawing; print(drawing('a proof').random())"
    other = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert float(other.stdout) == drawing("a proof").random() != drawing("another").random()
    drawn = sample(range(100), 10, "a proof")
    assert drawn == sorted(drawn)
    assert len(drawn) in (10, 100)


def test_what_else_is_asked_than_everything_is_refused_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import tests.sampled"], cwd=Path(__file__).parents[1],
        env={**os.environ, "WHOLE": "some"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stderr == "WHOLE=some: say 1, or night for hours\n"
