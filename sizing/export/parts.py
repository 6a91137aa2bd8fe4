"""How is a large matrix made? In parts, by one process or many; what is there already is not made again.

A part is a file of its own, which is there whole or not at all: whoever is stopped, only what was being made is lost.
Parts lie in a folder named by what decides them, so that those of another catalog are never taken for them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from sizing.errors import SizingError
from sizing.export.matrix import Matrix, Part, head

PLANS: Final = "plans.csv"

# Makes parts in any order, and hands each over as it is done.
Workers = Callable[[Iterable[Part]], Iterator[tuple[Part, bytes]]]


def here(parts: Iterable[Part]) -> Iterator[tuple[Part, bytes]]:
    """One after another, in this process."""
    return ((part, part.rows()) for part in parts)


def part_file(folder: Path, part: Part) -> Path:
    """Where a part lies."""
    width = len(str(part.of))
    return folder / "parts" / part.matrix.digest / f"{part.number:0{width}}-of-{part.of}.csv"


def make(folder: Path, part: Part) -> Path:
    """One part, unless it is there. Raises SizingError where it cannot be written."""
    file = part_file(folder, part)
    if not file.exists():
        _write(file, [part.rows()])
    return file


def make_all(folder: Path, matrix: Matrix, of: int, workers: Workers = here) -> Path:
    """Every part that is not there, and then all of them as one table. Raises SizingError likewise, and where a worker
    is lost: what was done till then stays."""
    parts = [Part(matrix, number, of) for number in range(1, of + 1)]
    files = {part: part_file(folder, part) for part in parts}
    for part, rows in workers([part for part in parts if not files[part].exists()]):
        _write(files[part], [rows])
    whole = folder / PLANS
    _write(whole, (content for content in _contents(files.values())))
    return whole


def _contents(files: Iterable[Path]) -> Iterator[bytes]:
    yield head()
    for file in files:
        yield file.read_bytes()


def _write(file: Path, contents: Iterable[bytes]) -> None:
    """A file, all at once: it takes its name when it is whole."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(number, "wb") as out:
                out.writelines(contents)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SizingError(f"{file}: cannot be written ({error.strerror}); name another folder") from None
