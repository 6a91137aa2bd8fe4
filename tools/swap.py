"""How does a new folder take the place of an old one, so that there is always a whole one? In one step of the system.

``python -m tools.swap NEW OLD``: OLD is then what NEW was, and what it held itself is gone. Linux and macOS exchange
two names at once; elsewhere there are two steps, with a moment between them in which OLD has no name.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path
from typing import Final

# Linux: renameat2(2), include/uapi/linux/fs.h. macOS: renamex_np(2), sys/stdio.h. Both call their flag for this 2.
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2


def swap(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is or would be, and remove what was there. Raises OSError where the system refuses."""
    if not old.exists():
        new.rename(old)
        return
    if not _exchanged(new, old):
        beside = old.with_name(f".{old.name}-old")
        shutil.rmtree(beside, ignore_errors=True)
        old.rename(beside)
        new.rename(old)
        new = beside
    shutil.rmtree(new)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two names were exchanged, which not every system or kind of disk can."""
    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(system, "renameat2"):
        failed = system.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    elif sys.platform == "darwin" and hasattr(system, "renamex_np"):
        failed = system.renamex_np(*names, _EXCHANGE)
    else:
        return False
    return not failed


if __name__ == "__main__":
    swap(Path(sys.argv[1]), Path(sys.argv[2]))
