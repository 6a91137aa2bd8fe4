"""What does a file hold? The bytes of a regular file of a bounded size; no pipe or device is waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

MIB: Final = 2**20

_NO_FILE: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def opened(path: Path) -> BinaryIO:
    """A regular file, open for reading. Raises ValueError, in words, for what is none or cannot be read."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = next((name for kind, name in _NO_FILE if kind(mode)), "no file")
            raise ValueError(f"is {what}; give a file")
        return path.open("rb")
    except FileNotFoundError:
        broken = path.is_symlink()
        raise ValueError("is a link to nothing; give a file" if broken else "No such file; check its name") from None
    except OSError as error:
        raise ValueError(f"cannot be read ({(error.strerror or str(error)).lower()})") from None


def is_file(name: str) -> bool:
    """Whether a file has this name; what no file can be called is none."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def is_there(name: str) -> bool:
    """Whether anything has this name: a file, a folder, a pipe, a link to nothing."""
    try:
        return os.path.lexists(name)
    except ValueError:
        return False


def is_folder(name: str | Path) -> bool:
    """Whether a folder has this name; what no folder can be called is none."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def content(path: Path, most: int) -> bytes:
    """The bytes of a file of at most ``most``. Raises ValueError in words."""
    with opened(path) as file:
        found = read(file, most + 1)
    if len(found) > most:
        raise ValueError(f"holds more than {most // MIB} MiB; give a smaller file, or parts of it")
    return found


def read(file: BinaryIO, count: int) -> bytes:
    """At most ``count`` bytes from where a file stands. Raises ValueError in words."""
    try:
        return file.read(count)
    except OSError as error:
        raise ValueError(f"cannot be read ({(error.strerror or str(error)).lower()})") from None


def decoded(data: bytes) -> str:
    """UTF-8 text, without a byte order mark. Raises ValueError in words."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 text (byte {error.start}); save it as UTF-8") from None
