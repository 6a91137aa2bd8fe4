"""What changed in the catalog, day by day? Its history in git, as the entries that came, changed and went.

``python -m tools.changes`` writes ``docs/changes.json``, which the site's page of changes and its feed tell; a checkout
without a history keeps the file as it is.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parent.parent
FILE: Final = ROOT / "docs" / "changes.json"
KINDS: Final = ("models", "devices", "machines", "offers", "apis")
DAYS: Final = 90  # that are told

Entries = dict[str, dict[str, Any]]  # kind, id: what it says
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def days(root: Path) -> list[dict[str, Any]]:
    """Each day on which the catalog changed, the newest first; empty where there is no history."""
    lasts = list(_lasts(root))[-DAYS - 1 :]
    found = [(day, entries(root, commit)) for day, commit in lasts]
    if found and _whole(root):
        found.insert(0, ("", {}))
    told = [{"day": day, **differences(before, after)} for (_, before), (day, after) in pairwise(found)]
    return [one for one in reversed(told) if len(one) > 1]


def differences(before: Entries, after: Entries) -> dict[str, dict[str, list[str]]]:
    """The ids that came, changed and went, by kind; what is empty is left out."""
    found: dict[str, dict[str, list[str]]] = {"added": {}, "changed": {}, "removed": {}}
    for kind in KINDS:
        old, new = before.get(kind, {}), after.get(kind, {})
        found["added"][kind] = [id for id in new if id not in old]
        found["changed"][kind] = [id for id in new if id in old and old[id] != new[id]]
        found["removed"][kind] = [id for id in old if id not in new]
    kept = {what: {kind: ids for kind, ids in kinds.items() if ids} for what, kinds in found.items()}
    return {what: kinds for what, kinds in kept.items() if kinds}


def entries(root: Path, commit: str) -> Entries:
    """Every entry of the catalog at a commit, as its YAML has it; a file that cannot be read has none."""
    packed = _git(root, "archive", "--format=tar", commit, "catalog")
    found: Entries = {kind: {} for kind in KINDS}
    if not packed:
        return found
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        for member in files:
            path = PurePosixPath(member.name)
            held = files.extractfile(member) if path.suffix == ".yaml" and not path.name.startswith("_") else None
            if held is not None:
                _gather(held.read(), found)
    return found


def _gather(text: bytes, found: Entries) -> None:
    """The entries of one file, with what the file says once for all of them."""
    try:
        told = yaml.load(text, _LOADER)
    except yaml.YAMLError:
        return
    if not isinstance(told, Mapping):
        return
    shared = {key: value for key, value in told.items() if key not in KINDS}
    for kind in KINDS:
        own = told.get(kind)
        if isinstance(own, Mapping):
            found[kind].update((str(id), [shared, said]) for id, said in own.items())


def _lasts(root: Path) -> Iterator[tuple[str, str]]:
    """Each day with the last commit of it that touched the catalog, the oldest first."""
    printed = _git(root, "log", "--format=%cs %H", "--", "catalog").decode().splitlines()
    newest: dict[str, str] = {}
    for line in printed:
        day, commit = line.split()
        newest.setdefault(day, commit)
    yield from sorted(newest.items())


def _whole(root: Path) -> bool:
    """Whether the history goes back to its beginning, and not further than is told."""
    shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    return not shallow and len(list(_lasts(root))) <= DAYS


def _git(root: Path, *words: str) -> bytes:
    """What git prints; nothing where there is no git or no history."""
    try:
        return subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""


def main() -> int:
    """Write the file where there is a history."""
    found = days(ROOT)
    if not found:
        print("no history of the catalog here; docs/changes.json stays as it is")
        return 0
    FILE.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {len(found)} days")
    return 0


if __name__ == "__main__":
    sys.exit(main())
