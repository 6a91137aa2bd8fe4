"""What do the files of a folder hold? Texts that tools printed elsewhere, as far as they are text."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Final

from sizing.errors import SizingError
from sizing.facts.content import MIB, content

_MOST_FILES: Final = 500
_MOST: Final = 8 * MIB
# What no tool prints: somebody's notes on the folder.
_NOT_PRINTED: Final = frozenset({".yaml", ".yml", ".md", ".py", ".png", ".jpg", ".pdf"})
_COLOURS: Final = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Z])")
_UNSEEN: Final = re.compile(r"[ \t\r]+$|^[ \t]*```\w*\n?", re.M)
_QUOTED: Final = re.compile(r"^[ \t]*> ?", re.M)
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def texts(folder: Path) -> tuple[dict[str, str], list[str]]:
    """The texts by their paths from the folder on, and what could not be read. Raises SizingError for what is none."""
    if not folder.is_dir():
        what = "is a file; give the folder that it lies in" if folder.exists() else "No such folder; check its name"
        raise SizingError(f"{folder}: {what}")
    found: dict[str, str] = {}
    remarks: list[str] = []
    try:
        paths = sorted(path for path in folder.rglob("*") if not path.is_dir())
    except OSError as error:
        raise SizingError(f"{folder}: cannot be read ({(error.strerror or str(error)).lower()})") from None
    if len(paths) > _MOST_FILES:
        most = f"give a folder of {_MOST_FILES} at most, each a tool's output"
        raise SizingError(f"{folder}: {len(paths):,} files; {most}")
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in _NOT_PRINTED or path.name.startswith("."):
            continue
        try:
            text = as_text(content(path, _MOST))
        except ValueError as error:
            remarks.append(f"{name}: {error}")
            continue
        if text is None:
            remarks.append(f"{name}: holds no text")
        else:
            found[name] = plain(text)
    return found, remarks


def plain(text: str) -> str:
    """A text as the tool printed it: without a terminal's colours, blanks that no one sees, the marks of a block in
    Markdown, and what somebody who passed it on put before every line, a quotation's mark or an indentation."""
    text = _UNSEEN.sub("", _COLOURS.sub("", text)).strip("\n") + "\n"
    lines = [line for line in text.split("\n") if line.strip()]
    while lines and all(_QUOTED.match(line) for line in lines):
        text = _QUOTED.sub("", text)
        lines = [_QUOTED.sub("", line, 1) for line in lines]
        lines = [line for line in lines if line.strip()]
    return dedent(text)


def as_text(data: bytes) -> str | None:
    """Text in UTF-8, or in UTF-16 as PowerShell writes files; None for anything else. What cannot be decoded in a text,
    such as a name in another encoding, is replaced."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None and len(data) >= 4 and data[1:8:2].strip(b"\0") == b"" and data[:1] != b"\0":
        encoding = "utf-16-le"  # without its mark
    text = _decoded(data, encoding)
    # Files of a device tree end each name with a zero.
    text = text.replace("\0", "\n") if text.count("\0") <= 1 + len(text) // 20 else text
    # A file that is no text has bytes that no writing uses.
    strange = sum(c < " " and c not in "\t\n\r\x1b\f" for c in text[:4096]) + text[:4096].count("\ufffd")
    return None if strange > len(text[:4096]) // 10 else text


def _decoded(data: bytes, encoding: str | None) -> str:
    """By its mark; else as UTF-8, or as Windows writes Chinese; else what can be read of it."""
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode(encoding or "utf-8", errors="replace")
