"""How are generated files kept in a folder of somebody's own notes? Only what changed is written, whole or not at all.

What was written stands in a ledger, ``.sizing-notes.json``: {path: [digest of what may stand there, …]}. A file whose
content is not in it is somebody's, also one that was written here and changed since: it is left as it is. The ledger
says what is going to be written before it is, so that after a kill nothing is taken for somebody's.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sizing.errors import SizingError

LEDGER: Final = ".sizing-notes.json"
Digests = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kept:
    """What was done, by paths."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]  # what is no longer generated
    others: tuple[str, ...]  # somebody's, left as they are


def keep(folder: Path, made: Mapping[str, bytes]) -> Kept:
    """Bring a folder up to what was made, by paths below it. Raises SizingError where it cannot be read or written;
    each file is then either as it was or as it is to be."""
    try:
        return _kept(folder, made)
    except OSError as error:
        raise SizingError(
            f"{folder}: cannot be written ({error.strerror}); every note is whole, make room and run it again"
        ) from None


def _kept(folder: Path, made: Mapping[str, bytes]) -> Kept:
    before = _ledger(folder)
    found = {path: _digest(folder / path) for path in {*made, *before}}
    wanted = {path: hashlib.sha256(content).hexdigest() for path, content in made.items()}
    same = [path for path in made if found[path] == wanted[path]]
    ours = {path for path, digest in found.items() if digest is None or digest in before.get(path, ())}
    changed = [path for path in made if path in ours and path not in set(same)]
    gone = [path for path in before if path not in made and path in ours]
    kept = {path: digests for path, digests in before.items() if path in made or path not in ours}
    _tell(folder, before, {**before, **{path: [*before.get(path, ()), wanted[path]] for path in changed}})
    for path in changed:
        write_whole(folder / path, made[path])
    for path in gone:
        (folder / path).unlink(missing_ok=True)
    own = [*changed, *(path for path in same if path in before)]
    _tell(folder, None, {**kept, **{path: [wanted[path]] for path in own}})
    others = [path for path in made if path not in ours and path not in set(same)]
    return Kept(tuple(changed), tuple(same), tuple(path for path in gone if found[path]), tuple(others))


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is at every moment as it was or as it is to be. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{hashlib.sha256(file.name.encode()).hexdigest()[:16]}.sizing-part")
    try:
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _ledger(folder: Path) -> Digests:
    file = folder / LEDGER
    if not file.exists():
        return {}
    try:
        said = json.loads(file.read_bytes())
        return {str(path): [str(one) for one in digests] for path, digests in said.items()}
    except (ValueError, AttributeError, TypeError):
        raise SizingError(
            f"{file}: is no ledger of notes; remove it, and notes that stand there stay as they are"
        ) from None


def _tell(folder: Path, before: Digests | None, now: Digests) -> None:
    """Write the ledger, unless it says so already."""
    file, text = folder / LEDGER, json.dumps(dict(sorted(now.items())), ensure_ascii=False, indent=0).encode()
    if before != now and not (file.exists() and file.read_bytes() == text):
        write_whole(file, text)


def _digest(file: Path) -> str | None:
    """Of what stands there; None where nothing does. A folder is somebody's."""
    if file.is_dir():
        return ""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() or file.is_symlink() else None
