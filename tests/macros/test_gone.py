"""What an author takes away while a site is built is one line, and no traceback of a copy."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.structure.files import File, Files

from macros.gone import forget


def test_a_file_that_is_gone_is_told_and_not_copied(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = Files(
        [File(name, str(tmp_path), str(tmp_path / "site"), use_directory_urls=True) for name in ("a.mjs", "b.mjs")]
    )
    (tmp_path / "a.mjs").write_text("// kept", encoding="utf-8")
    with caplog.at_level(logging.WARNING, "mkdocs.macros"):
        forget(files)
    files.copy_static_files()
    assert sorted(one.name for one in (tmp_path / "site").iterdir()) == ["a.mjs"]
    assert [one.getMessage() for one in caplog.records] == ["docs/b.mjs: gone while the site was built, and left out"]
