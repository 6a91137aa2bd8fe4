"""A page that breaks off within a letter is one line with its place; its whole letters are shown."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from macros.letters import whole_letters


def page(folder: Path, held: bytes) -> Page:
    (folder / "a.md").write_bytes(held)
    return Page(None, File("a.md", str(folder), str(folder), use_directory_urls=True), MkDocsConfig())


def test_a_page_that_is_text_is_left_to_mkdocs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert whole_letters(page(tmp_path, "# 显存\n".encode())) is None
    assert not caplog.records


def test_a_page_that_breaks_off_is_told_by_its_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "mkdocs.macros"):
        said = whole_letters(page(tmp_path, "# 显存\n带宽".encode()[:-1]))
    assert said is not None
    assert said.startswith("# 显存\n带")
    assert [one.getMessage() for one in caplog.records] == [
        "docs/a.md:2: no text in UTF-8 (unexpected end of data); save it so"
    ]


def test_a_page_that_is_gone_is_told_and_empty(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gone = page(tmp_path, b"# A\n")
    (tmp_path / "a.md").unlink()
    with caplog.at_level(logging.WARNING, "mkdocs.macros"):
        assert whole_letters(gone) == ""
    assert [one.getMessage() for one in caplog.records] == ["docs/a.md: gone while the site was built, and left out"]
