"""Is a page's file text? One that breaks off within a letter, as while an editor saves it, is told in one line."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.macros")
ENCODING: Final = "utf-8-sig"


def whole_letters(page: Page) -> str | None:
    """The letters of a page that is no text throughout, which is a warning; None for one that MkDocs can read, or that
    has no file."""
    if page.file.abs_src_path is None or not (file := Path(page.file.abs_src_path)).is_file():
        return None
    held = file.read_bytes()
    try:
        held.decode(ENCODING)
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        log.warning("docs/%s:%d: no text in UTF-8 (%s); save it so", page.file.src_uri, line, error.reason)
        return held.decode(ENCODING, errors="replace")
    return None
