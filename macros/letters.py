"""Is a page's file text? One that breaks off within a letter, as while an editor saves it, is told in one line."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from mkdocs.structure.pages import Page

from .gone import is_gone

log = logging.getLogger("mkdocs.macros")
ENCODING: Final = "utf-8-sig"


def whole_letters(page: Page) -> str | None:
    """The letters of a page that is no text throughout, or none of one that is gone, which is a warning; None for one
    that MkDocs can read, or that has no file."""
    if page.file.abs_src_path is None:
        return None
    try:
        held = Path(page.file.abs_src_path).read_bytes()
    except FileNotFoundError:
        is_gone(page.file)
        return ""
    try:
        held.decode(ENCODING)
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        log.warning("docs/%s:%d: no text in UTF-8 (%s); save it so", page.file.src_uri, line, error.reason)
        return held.decode(ENCODING, errors="replace")
    return None
