"""Is a file gone since the build began? What an author takes away meanwhile is told in one line and left out."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.structure.files import File, Files

log = logging.getLogger("mkdocs.macros")


def is_gone(file: File) -> bool:
    """Whether a file of ``docs/`` is there no more, which is a warning."""
    gone = file.abs_src_path is not None and not Path(file.abs_src_path).exists()
    if gone:
        log.warning("docs/%s: gone while the site was built, and left out", file.src_uri)
    return gone


def forget(files: Files) -> None:
    """Leave out what would be copied and is gone."""
    for file in [one for one in files if not one.is_documentation_page() and is_gone(one)]:
        files.remove(file)
