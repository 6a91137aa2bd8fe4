"""What would a larger catalog be like? This one with fewer entries, or with copies of them under other names.

    python -m tools.synthetic FOLDER --models 1000 --devices 2000

Copies have the formats and names of what they are copied from, almost its shape, and scores some of which are lower, so
that a catalog of a thousand models is as varied as this one. Of fewer models those remain that claims, formats and
pages name, so that every page can be built of them. What else the catalog says of models that are left out goes with
them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from sizing.catalog import HERE
from sizing.facts.files import FILES
from sizing.facts.sheets import Sheet
from sizing.facts.tables import Table
from sizing.facts.yaml import read

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = ROOT / "docs"
_WORD: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_NAMING: Final = ("model", "drafter")  # columns whose cells name models
_SCORES: Final = "measurements/scores.csv"  # of which copies have their own

Data = dict[str, Any]


def main() -> None:
    """Write one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="which must not be there yet")
    parser.add_argument("--models", type=int, metavar="N", help="how many; unsaid, as many as there are")
    parser.add_argument("--devices", type=int, metavar="N", help="how many, at least as many as there are")
    asked = parser.parse_args()
    write(asked.folder, models=asked.models, devices=asked.devices)


def write(root: Path, *, models: int | None = None, devices: int | None = None) -> Path:
    """A catalog of so many entries at ``root``, which it gives back. Raises ValueError for fewer than must remain."""
    shutil.copytree(HERE, root)
    sheets = {
        kind: {path: read(path, path.name).data for path in sorted((HERE / kind).glob("[!_]*.yaml"))}
        for kind in ("models", "devices")
    }
    known = [id for data in sheets["models"].values() for id in data["models"]]
    kept = _kept(known, len(known) if models is None else models)
    copies = _copies(root, "models", sheets["models"], kept, (models or len(known)) - len(kept))
    _without(root, set(known) - set(kept))
    _scored(root / _SCORES, copies)
    own = [id for data in sheets["devices"].values() for id in data["devices"]]
    _copies(root, "devices", sheets["devices"], own, max(0, (devices or 0) - len(own)))
    return root


def _kept(known: list[str], most: int) -> list[str]:
    """At most so many of the models that there are: those that are named, and of the others every so many-th."""
    texts = [path.read_text(encoding="utf-8") for path in (*PAGES.rglob("*.md"), *HERE.glob("*.yaml"))]
    named = {word for text in texts for word in _WORD.findall(text)} & set(known)
    others = [id for id in known if id not in named]
    if most < len(named):
        raise ValueError(f"{most} models are too few; pages, claims and formats name {len(named)}")
    room = min(most - len(named), len(others))
    chosen = named | {others[i * len(others) // room] for i in range(room)}
    return [id for id in known if id in chosen]


def _copies(root: Path, kind: str, sheets: dict[Path, Data], kept: Collection[str], more: int) -> dict[str, list[str]]:
    """Write the files of a kind with what is kept of them, and so many copies, a file for each round; by what they are
    copies of."""
    found: dict[str, list[str]] = {id: [] for id in kept}
    for path, data in sheets.items():
        own = {id: entry for id, entry in data[kind].items() if id in found}
        if own != data[kind]:  # what stays whole stays as it is written
            _dump(root / kind / path.name, {**data, kind: own} if own else None)
    for number in count(2):
        for path, data in sheets.items():
            if more <= 0:
                return found
            taken = [id for id in data[kind] if id in found][:more]
            more -= len(taken)
            for id in taken:
                found[id].append(f"{id}-copy-{number}")
            again = {found[id][-1]: _varied(_renamed(data[kind][id], number), number) for id in taken}
            # What stands beside entries, such as observed limits, is of the first ones.
            head = {key: value for key, value in data.items() if key not in (kind, "gpu_limits", "raise_gpu_limit")}
            if "family" in head:
                head = {**_varied(head, number), "family": f"{head['family']} copy {number}"}
            _dump(root / kind / f"{path.stem}-copy-{number}.yaml", {**head, kind: again} if again else None)
    return found


def _dump(path: Path, data: Data | None) -> None:
    """As YAML, of which JSON is a part; no file where there is nothing."""
    path.unlink(missing_ok=True)
    if data is not None:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _varied(stated: Data, number: int) -> Data:
    """What is stated of a shape with a few more words in the vocabulary, so that nothing known of the other helps."""
    shape = stated.get("architecture")
    if not isinstance(shape, dict) or "vocab_size" not in shape:
        return stated
    return {**stated, "architecture": {**shape, "vocab_size": shape["vocab_size"] + 64 * number}}


def _renamed(entry: Data, number: int) -> Data:
    """An entry under names of its own, which end as the others do: endings tell formats."""
    named = {**entry, "name": f"{entry['name']} copy {number}"}
    names = entry.get("names")
    if names:
        named["names"] = {
            kind: {f"copy{number}-{tag}": fmt for tag, fmt in told.items()}
            if isinstance(told, dict)
            else [repository.replace("/", f"/Copy{number}-", 1) for repository in told]
            for kind, told in names.items()
        }
    return named


def _without(root: Path, gone: Collection[str]) -> None:
    """Leave out what is said of models that are gone: rows of tables, and prices of their tokens."""
    for kind in FILES if gone else ():
        if isinstance(kind.what, Table):
            _filtered(root / kind.where, gone)
        elif isinstance(kind.what, Sheet) and kind.what.names == "apis":
            for path in sorted(root.glob(kind.where)):
                data = read(path, path.name).data
                own = {id: entry for id, entry in data["apis"].items() if entry["model"] not in gone}
                if not path.name.startswith("_"):
                    _dump(path, {**data, "apis": own} if own else None)


def _filtered(path: Path, gone: Collection[str]) -> None:
    head, *rows = _rows(path)
    columns = [head.index(name) for name in _NAMING if name in head]
    _write(path, [head, *(row for row in rows if not any(row[i] in gone for i in columns))])


def _scored(path: Path, copies: dict[str, list[str]]) -> None:
    """Copies are about as good as what they are copied from, and none better: of all models, few are among the best."""
    head, *rows = _rows(path)
    again = []
    for row in rows:
        own = dict(zip(head, row, strict=True))
        for id in copies.get(own["model"], ()):
            share = 1 - crc32(id.encode()) % 32 / 100
            again.append([*{**own, "model": id, "value": f"{float(own['value']) * share:.2f}"}.values()])
    _write(path, [head, *rows, *again])


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from list(csv.reader(file))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
